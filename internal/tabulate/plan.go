package tabulate

import (
	"slices"

	"foljsam/internal/query"
)

// Plan is a list of sets to be counted, made ready for some columns: every set is the
// intersection of one column with what it has in common with other sets. A plan may be run many times, by several goroutines.
type Plan struct {
	cols   *Columns
	groups []group
	index  map[string]int32 // set name → slot
	sums   map[string][]int32
	more   *Plan // of the cases that are not as they were
}

// group is the intersections of a with each of bs; where a mask is given, of a and mask, and
// where alive is, of that too.
type group struct {
	a, mask []uint64
	alive   []uint64
	bs      [][]uint64
	slots   []int32
}

// Sum asks for the sum of a number over a set.
type Sum struct {
	Set query.Set
	Of  query.Numeric
}

func (s Sum) name() string { return s.Set.String() + "|" + s.Of.String() }

// Prepare makes the plan of everything that some tables ask for in every unit of a split.
func Prepare(c *Columns, split query.Split, tables []*query.Table) (*Plan, error) {
	w := newWish()
	for _, u := range split.Units {
		w.add(u.Set)
		for _, t := range tables {
			w.table(u.Set, t)
		}
		if len(u.Places) > 0 { // units that are places ask for the same sets
			break
		}
	}
	return w.plan(c)
}

// PrepareSets makes the plan of some sets and of sums over some sets.
func PrepareSets(c *Columns, sets []query.Set, sums []Sum) (*Plan, error) {
	w := newWish()
	for _, s := range sets {
		w.add(s)
	}
	for _, s := range sums {
		w.addSum(s.Set, s.Of)
	}
	return w.plan(c)
}

// wish collects what is to be counted, each set once.
type wish struct {
	sets map[string]query.Set
	sums map[string]Sum
}

func newWish() *wish { return &wish{map[string]query.Set{}, map[string]Sum{}} }

func (w *wish) add(s query.Set) { w.sets[s.String()] = s }

func (w *wish) addSum(s query.Set, of query.Numeric) {
	w.add(s)
	x := Sum{s, of}
	w.sums[x.name()] = x
}

func (w *wish) table(within query.Set, t *query.Table) {
	for _, c := range t.Cells {
		w.add(query.And(within, c.Set))
		w.add(query.And(within, c.Base))
		if t.Kind == query.Means {
			w.addSum(query.And(within, c.Set), t.Of)
		}
	}
	for _, f := range t.Figures {
		for _, at := range f.At {
			w.add(query.And(within, at.Set))
			w.add(query.And(within, at.Base))
			if f.Kind == query.MeanOf {
				w.addSum(query.And(within, at.Set), at.Num)
			}
		}
	}
}

// plan resolves every set to an intersection of a rest with one more column: the column
// that leaves the rest which most other sets share, so that a rest is worked out once.
func (w *wish) plan(c *Columns) (*Plan, error) {
	p, err := w.planOf(c)
	if err == nil && c.more != nil {
		p.more, err = w.planOf(c.more)
	}
	return p, err
}

func (w *wish) planOf(c *Columns) (*Plan, error) {
	p := &planner{cols: c, groups: map[uint64][]int{}, rests: w.rests(),
		plan: &Plan{cols: c, index: map[string]int32{}, sums: map[string][]int32{}}}
	for _, name := range sortedKeys(w.sets) {
		if err := p.set(name, w.sets[name]); err != nil {
			return nil, err
		}
	}
	for _, name := range sortedKeys(w.sums) {
		if err := p.sum(name, w.sums[name]); err != nil {
			return nil, err
		}
	}
	return p.plan, nil
}

// rests counts, for the conjunctions, how many share each rest of all terms but one. A
// rest is known by its hash: the conjunction's less the term's.
func (w *wish) rests() map[uint64]int {
	n := map[uint64]int{}
	for _, s := range w.sets {
		if terms := s.Terms(); len(terms) > 1 {
			for _, t := range terms {
				n[s.Hash()-t.Hash()]++
			}
		}
	}
	return n
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

type planner struct {
	cols   *Columns
	plan   *Plan
	groups map[uint64][]int // by the hash of what their intersections share
	shared [][]query.Set    // by group: what its intersections share
	rests  map[uint64]int
	slots  int32
}

func (p *planner) set(name string, s query.Set) error {
	terms := s.Terms()
	if len(terms) < 2 {
		g, err := p.group(terms, s.Hash())
		if err == nil {
			p.plan.index[name] = p.intersect(g, p.plan.groups[g].a)
		}
		return err
	}
	last, most := 0, 0
	for i, t := range terms {
		if n := p.rests[s.Hash()-t.Hash()]; n > most {
			last, most = i, n
		}
	}
	rest := slices.Concat(terms[:last], terms[last+1:])
	g, err := p.group(rest, s.Hash()-terms[last].Hash())
	if err != nil {
		return err
	}
	b, err := p.cols.column(terms[last])
	p.plan.index[name] = p.intersect(g, b)
	return err
}

// sum asks for the set's intersection with each binary digit of the number.
func (p *planner) sum(name string, s Sum) error {
	g, err := p.group(s.Set.Terms(), s.Set.Hash())
	if err != nil {
		return err
	}
	digits, err := p.cols.digits(s.Of)
	if err != nil {
		return err
	}
	slots := []int32{}
	for _, d := range digits {
		slots = append(slots, p.intersect(g, d))
	}
	p.plan.sums[name] = slots
	return nil
}

func (p *planner) intersect(at int, b []uint64) int32 {
	g := &p.plan.groups[at]
	slot := p.slots
	p.slots++
	g.bs, g.slots = append(g.bs, b), append(g.slots, slot)
	return slot
}

// group gives the place of the group of intersections that share some terms, made if it
// is new.
func (p *planner) group(terms []query.Set, hash uint64) (int, error) {
	for _, i := range p.groups[hash] {
		if slices.EqualFunc(p.shared[i], terms, func(a, b query.Set) bool { return a.String() == b.String() }) {
			return i, nil
		}
	}
	g := group{a: p.cols.valid}
	var err error
	switch len(terms) {
	case 0:
	case 1:
		g.a, err = p.cols.column(terms[0])
	default:
		if g.a, err = p.cols.column(terms[0]); err == nil {
			g.mask, err = p.cols.column(query.And(terms[1:]...))
		}
	}
	if g.alive = p.cols.alive; g.mask == nil {
		g.mask, g.alive = g.alive, nil
	}
	i := len(p.plan.groups)
	p.groups[hash] = append(p.groups[hash], i)
	p.shared = append(p.shared, terms)
	p.plan.groups = append(p.plan.groups, g)
	return i, err
}

// Slots gives how many intersections the plan counts.
func (p *Plan) Slots() int {
	n := 0
	for _, g := range p.groups {
		n += len(g.slots)
	}
	return n
}
