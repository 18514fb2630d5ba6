package disclosure

import (
	"maps"
	"slices"

	"foljsam/internal/query"
)

// linkSplits: a county is the sum of its municipalities, and two splits of the same
// whole have the same sum, for every set that both publish.
func (m *model) linkSplits(l *links) {
	splits := slices.Sorted(maps.Keys(m.units))
	for i, a := range splits {
		for _, b := range splits[i+1:] {
			if m.apart(a) || m.apart(b) {
				continue
			}
			m.linkPair(l, m.units[a], m.units[b])
		}
	}
}

// apart tells whether a split's units are no division of the whole: a period, and the one before.
func (m *model) apart(split string) bool { return m.units[split][0].part.Split.Apart }

func (m *model) linkPair(l *links, a, b []*unit) {
	sets := m.commonSets(a, b)
	for _, pair := range [][2][]*unit{{a, b}, {b, a}} {
		if parts, ok := nested(pair[0], pair[1]); ok {
			for _, s := range sets {
				m.linkNested(l, parts, s)
			}
			return
		}
	}
	for _, s := range sets {
		coef := map[int]int{}
		m.spread(coef, a, s, 1)
		m.spread(coef, b, s, -1)
		l.inequalities = append(l.inequalities, inequality{coef: coef, bounded: true})
	}
}

// spread adds the units' cells of a set. A unit that has none is one whose own set shares
// no case with it (the cases of activity 1 among those of activity 2).
func (m *model) spread(coef map[int]int, units []*unit, s query.Set, sign int) {
	for _, u := range units {
		if i, ok := m.index[u.key(s)]; ok {
			coef[i] += sign
		}
	}
}

// commonSets gives the sets that both splits publish, without the units' own sets.
func (m *model) commonSets(a, b []*unit) []query.Set {
	var sets []query.Set
	for _, t := range a[0].part.Tables {
		for _, c := range t.Cells {
			if m.anyHas(b, c.Set) {
				sets = append(sets, c.Set)
			}
		}
	}
	slices.SortFunc(sets, func(x, y query.Set) int { return slices.Compare([]byte(x.String()), []byte(y.String())) })
	return slices.CompactFunc(sets, func(x, y query.Set) bool { return x.String() == y.String() })
}

func (m *model) anyHas(units []*unit, s query.Set) bool {
	return slices.ContainsFunc(units, func(u *unit) bool { _, ok := m.index[u.key(s)]; return ok })
}

// nested gives, for each outer unit, the inner units that make it up: when both splits
// are of municipalities and every inner unit lies in one outer unit.
func nested(outer, inner []*unit) (map[*unit][]*unit, bool) {
	home := map[int]*unit{}
	for _, u := range outer {
		for _, p := range u.places() {
			home[p] = u
		}
	}
	parts := map[*unit][]*unit{}
	for _, u := range inner {
		ps := u.places()
		if len(ps) == 0 || home[ps[0]] == nil {
			return nil, false
		}
		for _, p := range ps {
			if home[p] != home[ps[0]] {
				return nil, false
			}
		}
		parts[home[ps[0]]] = append(parts[home[ps[0]]], u)
	}
	return parts, len(outer) > 0
}

func (u *unit) places() []int { return u.part.Split.Units[u.at].Places }

func (m *model) linkNested(l *links, parts map[*unit][]*unit, s query.Set) {
	outers := slices.SortedFunc(maps.Keys(parts), func(a, b *unit) int { return a.at - b.at })
	for _, o := range outers {
		r := relation{total: m.index[o.key(s)]}
		for _, u := range parts[o] {
			r.parts = append(r.parts, m.index[u.key(s)])
		}
		l.relations = append(l.relations, r)
	}
}
