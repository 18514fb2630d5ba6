package tabulate

import (
	"sync"

	"foljsam/internal/query"
)

// block is how many words of every column are counted before going on to the next: few
// enough to stay in the processor's cache, many enough to be worth starting.
const block = 256

// Counted is what a plan counted: one row of numbers for each municipality, or one for
// the whole.
type Counted struct {
	plan *Plan
	rows [][]uint32
}

// ByPlace counts every municipality, in the order of Columns.Segments.
func (p *Plan) ByPlace() *Counted {
	segments := p.cols.segments
	c := &Counted{plan: p, rows: make([][]uint32, len(segments))}
	slots := p.Slots()
	all := make([]uint32, slots*len(segments))
	for i := range segments {
		c.rows[i] = all[i*slots : (i+1)*slots]
	}
	inParallel(len(segments), func(from, till int) {
		scratch := make([]uint64, 0, block)
		for from < till {
			some := together(segments[from:till])
			for i := range p.groups {
				p.groups[i].countSegments(c.rows[from:], segments[from:from+some], scratch)
			}
			from += some
		}
	})
	return c
}

// together gives how many of the first segments are counted before going on to the next
// column: those that make up a block.
func together(segments []Segment) int {
	for i, s := range segments {
		if s.till-segments[0].from > block && i > 0 {
			return i
		}
	}
	return len(segments)
}

// countSegments adds up the group's intersections for each of some segments that stand
// together.
func (g *group) countSegments(rows [][]uint32, segments []Segment, scratch []uint64) {
	a, start := g.a, 0
	if g.mask != nil {
		start = segments[0].from
		a = append(scratch[:0], g.a[start:segments[len(segments)-1].till]...)
		for i := range a {
			a[i] &= g.mask[start+i]
		}
	}
	for k, b := range g.bs {
		slot := g.slots[k]
		for i, s := range segments {
			rows[i][slot] += count(a[s.from-start:s.till-start], b[s.from:s.till])
		}
	}
}

// Whole counts all cases together.
func (p *Plan) Whole() *Counted {
	var mu sync.Mutex
	total := make([]uint32, p.Slots())
	inParallel(p.cols.words, func(from, till int) {
		row, scratch := make([]uint32, len(total)), make([]uint64, 0, block)
		p.count(row, from, till, scratch)
		mu.Lock()
		defer mu.Unlock()
		addInto(total, row)
	})
	return &Counted{p, [][]uint32{total}}
}

// count adds up every intersection over some words, a block at a time.
func (p *Plan) count(row []uint32, from, till int, scratch []uint64) {
	for ; from < till; from += block {
		end := min(from+block, till)
		for i := range p.groups {
			p.groups[i].count(row, from, end, scratch)
		}
	}
}

func (g *group) count(row []uint32, from, till int, scratch []uint64) {
	a := g.a[from:till]
	if g.mask != nil {
		a = append(scratch[:0], a...)
		for i := range a {
			a[i] &= g.mask[from+i]
		}
	}
	for k, b := range g.bs {
		row[g.slots[k]] += count(a, b[from:till])
	}
}

// Sum gives the rows added up: the nation out of its municipalities.
func (c *Counted) Sum() *Counted {
	total := make([]uint32, c.plan.Slots())
	for _, row := range c.rows {
		addInto(total, row)
	}
	return &Counted{c.plan, [][]uint32{total}}
}

// Count gives the number of cases of a set that the plan was made for, in a row.
func (c *Counted) Count(row int, s query.Set) int64 {
	slot, ok := c.plan.index[s.String()]
	if !ok {
		panic("tabulate: the plan has no set " + s.String())
	}
	return int64(c.rows[row][slot])
}

// SumOf gives the sum of a number over a set that the plan was made for, in a row.
func (c *Counted) SumOf(row int, s query.Set, of query.Numeric) int64 {
	slots, ok := c.plan.sums[Sum{s, of}.name()]
	if !ok {
		panic("tabulate: the plan has no sum over " + s.String())
	}
	total := int64(0)
	for k, slot := range slots {
		total += int64(c.rows[row][slot]) << k
	}
	return total
}
