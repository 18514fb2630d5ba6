package disclosure

import "foljsam/internal/query"

// guardSubtraction masks, beside what is small, what a small number could be worked out from within
// one table: where all parts of a shown total but one are shown, the last is the rest; where more
// are not, the rest is how many they are together, and may leave each of them one value only. One
// part more is then masked, the smallest that has any case; the total where there is none. Of what
// is no part of a whole (one of several answers, the cases of a further figure), those who are not
// in it are the rest. What can be worked out between tables (all cases less a table's base), between
// periods or from inequalities is not looked at.
func (m *model) guardSubtraction() {
	relations := m.declare().relations
	m.guardRests()
	for again := true; again; {
		again = false
		for _, r := range relations {
			if m.tells(r) && m.hideOne(r) {
				again = true
			}
		}
	}
}

// inner is a cell, and the cell beside it in the same table that it is a part of.
type inner struct{ part, of int }

// takeInner remembers what a table shows of what.
func (m *model) takeInner(u *unit, t *query.Table) {
	if t.Kind != query.Shares {
		return
	}
	for _, c := range t.Cells {
		m.inside = append(m.inside, inner{m.add(u, c.Set), m.add(u, c.Base)})
	}
	for _, f := range t.Figures {
		for _, at := range f.At {
			if of, ok := m.index[u.key(at.Set.Wider())]; ok && f.Kind == query.Count {
				m.inside = append(m.inside, inner{m.add(u, at.Set), of})
			}
		}
	}
}

// guardRests masks what all but a few of those beside it are in.
func (m *model) guardRests() {
	for _, x := range m.inside {
		if part, of := m.cells[x.part], m.cells[x.of]; !of.masked && small(of.true-part.true) {
			part.masked = true
		}
	}
}

// tells tells whether a masked cell can be worked out of the others of a relation.
func (m *model) tells(r relation) bool {
	rest, hidden, alike := int64(0), int64(0), true
	for _, i := range r.parts {
		switch c := m.cells[i]; {
		case !c.masked:
			rest -= c.true
		default:
			hidden, alike = hidden+1, alike && c.primary && !c.held
		}
	}
	if total := m.cells[r.total]; total.masked {
		return hidden == 0
	} else if hidden < 2 {
		return hidden == 1
	} else {
		rest += total.true
	}
	return alike && (small(rest) || rest == smallFrom*hidden || rest == smallTill*hidden)
}

// hideOne masks one cell more of a relation; false where none is left.
func (m *model) hideOne(r relation) bool {
	at := -1
	for _, i := range r.parts {
		if c := m.cells[i]; !c.masked && c.true > 0 && (at < 0 || c.true < m.cells[at].true) {
			at = i
		}
	}
	if at < 0 && !m.cells[r.total].masked {
		at = r.total
	}
	if at < 0 {
		return false
	}
	m.cells[at].masked = true
	return true
}
