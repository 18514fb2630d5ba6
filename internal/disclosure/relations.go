package disclosure

import (
	"cmp"
	"maps"
	"slices"

	"foljsam/internal/codebook"
	"foljsam/internal/query"
)

// relation says that a total is the sum of its parts; all are cells of the model.
type relation struct {
	total int
	parts []int
}

// inequality says that a sum of cells with coefficients is at least lo, and at most hi
// when bounded.
type inequality struct {
	coef    map[int]int
	lo, hi  int
	bounded bool
}

// links is what hangs together in a model.
type links struct {
	relations    []relation
	inequalities []inequality
}

// declare finds every link between the model's cells: totals and parts by the
// codebook's divisions, a set and its complement, subsets, sums behind means, and the
// hierarchies of units.
func (m *model) declare() links {
	var l links
	m.linkFamilies(&l)
	m.linkSubsets(&l)
	m.linkSums(&l)
	m.linkCovers(&l)
	m.linkChosen(&l)
	m.linkEmpty(&l)
	m.linkRepeated(&l)
	m.linkSplits(&l)
	return l
}

// linkFamilies: within any context, the parts of a division add up to what is divided.
// When some parts are not published, those that are add up to at most that.
func (m *model) linkFamilies(l *links) {
	families := m.families()
	byChild := map[string][]int{}
	for i, f := range families {
		for _, c := range f.Children {
			byChild[c.String()] = append(byChild[c.String()], i)
		}
	}
	type place struct {
		total  int
		family int
	}
	parts := map[place][]int{}
	for i, c := range m.cells {
		for _, t := range c.set.Terms() {
			for _, f := range byChild[t.String()] {
				parent := query.And(without1(c.set, t), families[f].Parent)
				if total, ok := m.index[c.unit.placeKey(parent)+c.sumKey()]; ok && total != i {
					at := place{total, f}
					parts[at] = append(parts[at], i)
				}
			}
		}
	}
	for _, at := range slices.SortedFunc(maps.Keys(parts), func(a, b place) int {
		return cmp.Or(cmp.Compare(a.total, b.total), cmp.Compare(a.family, b.family))
	}) {
		l.divide(at.total, parts[at], len(parts[at]) == len(families[at.family].Children))
	}
}

// sumKey is what the identity of a sum has after its set's; empty for a count.
func (c *modelCell) sumKey() string {
	if c.sumOf == "" {
		return ""
	}
	return sumMark + c.sumOf
}

// families is the codebook's divisions, those of local variables' tables, every set with
// its complement, and every set of several codes of a single choice.
func (m *model) families() []query.Family {
	fs := append(query.Families(m.about.Codebook), m.local...)
	seen := map[string]bool{}
	for _, c := range m.cells {
		for _, t := range c.set.Terms() {
			if seen[t.String()] {
				continue
			}
			seen[t.String()] = true
			if t.Negated() {
				fs = append(fs, query.Family{Parent: query.All(), Children: []query.Set{query.Not(t), t}})
			}
			if v, codes, ok := t.Choice(); ok && len(codes) > 1 && m.isSingle(v) {
				fs = append(fs, query.Family{Parent: t, Children: eachCode(v, codes)})
			}
		}
	}
	return fs
}

// isSingle tells whether a case has at most one code of a variable.
func (m *model) isSingle(number int) bool {
	v := m.about.Codebook.Variable(number)
	return v != nil && v.Kind == codebook.One && v.Level == codebook.OfCase
}

func eachCode(v int, codes []int) []query.Set {
	sets := make([]query.Set, len(codes))
	for i, c := range codes {
		sets[i] = query.Codes(v, c)
	}
	return sets
}

func (l *links) divide(total int, parts []int, whole bool) {
	if whole {
		l.relations = append(l.relations, relation{total, parts})
		return
	}
	coef := map[int]int{total: 1}
	for _, p := range parts {
		coef[p] = -1
	}
	l.inequalities = append(l.inequalities, inequality{coef: coef})
}

// without1 is a conjunction without one of its terms.
func without1(s, term query.Set) query.Set {
	var rest []query.Set
	for _, t := range s.Terms() {
		if t.String() != term.String() {
			rest = append(rest, t)
		}
	}
	return query.And(rest...)
}

// placeKey is the identity of a set that already has the unit's own set in it.
func (u *unit) placeKey(s query.Set) string { return u.place() + "|" + s.String() }

// linkSubsets: a set with one condition more is at most the set without it, and a set
// of codes at most the set of those registered.
func (m *model) linkSubsets(l *links) {
	for i, c := range m.cells {
		if c.sumOf != "" {
			continue
		}
		for _, t := range c.set.Terms() {
			for _, wider := range []query.Set{query.All(), t.Wider()} {
				outer, ok := m.index[c.unit.placeKey(query.And(without1(c.set, t), wider))]
				if ok && outer != i {
					l.divide(outer, []int{i}, false)
				}
			}
		}
	}
}

// linkSums: the sum behind a mean is the sum of the counts of the codes it counts, when
// those are published; every case of the set has at least one.
func (m *model) linkSums(l *links) {
	for i, c := range m.cells {
		if c.sumOf == "" {
			continue
		}
		if n, ok := m.index[c.unit.placeKey(c.set)]; ok {
			l.inequalities = append(l.inequalities, inequality{coef: map[int]int{i: 1, n: -1}})
		}
		m.linkOnes(l, i)
		if parts, ok := m.codesBehind(c); ok {
			l.relations = append(l.relations, relation{i, parts})
		}
	}
}

// codesBehind gives the published counts of every code that a sum counts.
func (m *model) codesBehind(c *modelCell) ([]int, bool) {
	var parts []int
	for _, v := range m.about.Codebook.Variables {
		if query.CodesChosen(v.Number).String() != c.sumOf {
			continue
		}
		for _, code := range v.Codes {
			i, ok := m.index[c.unit.placeKey(query.And(c.set, query.Codes(v.Number, code.Code)))]
			if !ok {
				return nil, false
			}
			parts = append(parts, i)
		}
	}
	return parts, len(parts) > 0
}
