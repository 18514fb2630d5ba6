package disclosure

import (
	"cmp"
	"maps"
	"slices"

	"foljsam/internal/codebook"
	"foljsam/internal/query"
)

// linkCovers: of a multiple choice, no code is in more cases than those that chose any,
// and all codes together are in at least as many.
func (m *model) linkCovers(l *links) {
	for i, c := range m.cells {
		for _, t := range c.set.Terms() {
			v, codes, ok := m.anyOf(t)
			if !ok || c.sumOf != "" {
				continue
			}
			coef := map[int]int{i: -1}
			for _, code := range codes {
				at, ok := m.index[c.unit.placeKey(query.And(without1(c.set, t), query.Codes(v, code)))]
				if ok && at != i {
					coef[at] = 1
					l.divide(i, []int{at}, false)
				}
			}
			if len(coef) == len(codes)+1 {
				l.inequalities = append(l.inequalities, inequality{coef: coef})
			}
		}
	}
}

// anyOf gives the codes of which a set of cases has any, when it may have several.
func (m *model) anyOf(t query.Set) (v int, codes []int, ok bool) {
	if v, codes, ok = t.Choice(); ok {
		return v, codes, len(codes) > 1 && !m.isSingle(v)
	}
	if v, ok = t.Answered(); !ok || m.isSingle(v) || m.about.Codebook.Variable(v) == nil {
		return 0, nil, false
	}
	x := m.about.Codebook.Variable(v)
	for _, c := range x.Codes {
		codes = append(codes, c.Code)
	}
	if x.Noted != nil {
		codes = append(codes, x.Noted.Code)
	}
	return v, codes, len(codes) > 0
}

// linkOnes: a case with support has one kind or at least two, so the sum of kinds is at
// least twice the cases less those with one.
func (m *model) linkOnes(l *links, sum int) {
	c := m.cells[sum]
	for _, t := range c.set.Terms() {
		v, ok := t.Answered()
		if !ok || query.CodesChosen(v).String() != c.sumOf {
			continue
		}
		n, ok1 := m.index[c.unit.placeKey(c.set)]
		one, ok2 := m.index[c.unit.placeKey(query.And(c.set, query.Span(query.CodesChosen(v), 1, 1)))]
		if ok1 && ok2 {
			l.inequalities = append(l.inequalities, inequality{coef: map[int]int{sum: 1, n: -2, one: 1}})
		}
	}
}

// linkChosen: the cases that chose two codes are in two of the codes' counts, and so on:
// all codes' counts together are at least the sum of how many each case chose.
func (m *model) linkChosen(l *links) {
	type place struct {
		unit    *unit
		context string
		v       int
	}
	spans := map[place]map[int]int{} // cell: fewest chosen
	contexts := map[place]query.Set{}
	for i, c := range m.cells {
		for _, t := range c.set.Terms() {
			n, lo, _, ok := t.Between()
			kind, v, _ := n.Parts()
			if !ok || kind != 'n' || lo == 0 || c.sumOf != "" {
				continue
			}
			at := place{c.unit, without1(c.set, t).String(), v}
			if spans[at] == nil {
				spans[at] = map[int]int{}
			}
			spans[at][i], contexts[at] = lo, without1(c.set, t)
		}
	}
	for _, at := range slices.SortedFunc(maps.Keys(spans), func(a, b place) int {
		return cmp.Or(cmp.Compare(a.unit.place(), b.unit.place()), cmp.Compare(a.context, b.context), cmp.Compare(a.v, b.v))
	}) {
		m.linkChosenIn(l, at.unit, contexts[at], at.v, spans[at])
	}
}

func (m *model) linkChosenIn(l *links, u *unit, context query.Set, v int, spans map[int]int) {
	coef := map[int]int{}
	for cell, fewest := range spans {
		coef[cell] = -fewest
	}
	for _, c := range m.about.Codebook.Variable(v).Codes {
		i, ok := m.index[u.placeKey(query.And(context, query.Codes(v, c.Code)))]
		if !ok {
			return
		}
		coef[i] = 1
	}
	l.inequalities = append(l.inequalities, inequality{coef: coef})
}

// linkEmpty: the complement of every case is none.
func (m *model) linkEmpty(l *links) {
	nobody := query.Not(query.All()).String()
	for i, c := range m.cells {
		if slices.ContainsFunc(c.set.Terms(), func(t query.Set) bool { return t.String() == nobody }) {
			l.inequalities = append(l.inequalities, inequality{coef: map[int]int{i: 1}, bounded: true})
		}
	}
}

// linkRepeated: whoever was assessed again with an instrument was assessed with it.
func (m *model) linkRepeated(l *links) {
	risk := m.about.Codebook.Role(codebook.Risk)
	if risk == nil {
		return
	}
	for _, code := range risk.Codes {
		for _, u := range m.allUnits() {
			again, ok1 := m.index[u.key(query.Repeated(code.Code))]
			once, ok2 := m.index[u.key(query.Codes(risk.Number, code.Code))]
			if ok1 && ok2 {
				l.divide(once, []int{again}, false)
			}
		}
	}
}

func (m *model) allUnits() []*unit {
	var all []*unit
	for _, split := range slices.Sorted(maps.Keys(m.units)) {
		all = append(all, m.units[split]...)
	}
	return all
}
