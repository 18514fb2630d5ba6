package disclosure

// guardSubtraction masks, beside what is small, what a small number could be worked out from within
// one table: where all parts of a shown total but one are shown, the last is the rest; and where a
// few are not, the rest may leave each of them one value only. One part more is then masked, the
// smallest that has any case; the total where there is none. What can be worked out between tables
// (all cases less a table's base), between periods or from inequalities is not looked at.
func (m *model) guardSubtraction() {
	relations := m.declare().relations
	for again := true; again; {
		again = false
		for _, r := range relations {
			if m.tells(r) && m.hideOne(r) {
				again = true
			}
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
	return alike && (rest == smallFrom*hidden || rest == smallTill*hidden)
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
