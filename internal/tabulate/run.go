package tabulate

import (
	"slices"
	"sync"

	"foljsam/internal/query"
)

// block is how many words of every column are counted before going on to the next: few
// enough to stay in the processor's cache, many enough to be worth starting.
const block = 256

// Counted is what a plan counted, in some places: each municipality, each unit, or the
// whole as one.
type Counted struct {
	plan   *Plan
	places int
	cells  []uint32 // by slot, then by place
	more   *Counted // of the cases that are not as they were
	at     []int    // by place: where that is in more, -1 for nowhere; nil: at the same
}

func newCounted(p *Plan, places int) *Counted {
	return &Counted{plan: p, places: places, cells: make([]uint32, p.Slots()*places)}
}

// of gives a slot's numbers in all places.
func (c *Counted) of(slot int32) []uint32 {
	return c.cells[int(slot)*c.places : (int(slot)+1)*c.places]
}

// ByPlace counts every municipality, in the order of Columns.Segments.
func (p *Plan) ByPlace() *Counted {
	segments := p.cols.segments
	c := newCounted(p, len(segments))
	inParallel(len(segments), func(from, till int) {
		scratch := make([]uint64, 0, block)
		for from < till {
			some := together(segments[from:till])
			for i := range p.groups {
				p.groups[i].countSegments(c, from, segments[from:from+some], scratch)
			}
			from += some
		}
	})
	if p.more != nil {
		c.more, c.at = p.more.ByPlace(), p.more.cols.placesOf(segments)
	}
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

// countSegments counts the group's intersections in each of some segments that stand
// together, the first of them at a place.
func (g *group) countSegments(c *Counted, place int, segments []Segment, scratch []uint64) {
	a, start := g.a, 0
	if g.mask != nil {
		start = segments[0].from
		a = g.masked(start, segments[len(segments)-1].till, scratch)
	}
	for k, b := range g.bs {
		out := c.of(g.slots[k])[place:]
		for i, s := range segments {
			out[i] = count(a[s.from-start:s.till-start], b[s.from:s.till])
		}
	}
}

// masked gives some words of what the group's intersections share.
func (g *group) masked(from, till int, scratch []uint64) []uint64 {
	scratch = slices.Grow(scratch[:0], till-from)[:till-from]
	a, mask := g.a[from:till], g.mask[from:till]
	for i := range scratch {
		scratch[i] = a[i] & mask[i]
	}
	if g.alive != nil {
		into(scratch, g.alive[from:till], and)
	}
	return scratch
}

// Whole counts all cases together.
func (p *Plan) Whole() *Counted {
	var mu sync.Mutex
	c := newCounted(p, 1)
	inParallel((p.cols.words+block-1)/block, func(from, till int) {
		row := make([]uint32, len(c.cells))
		p.count(row, from*block, min(till*block, p.cols.words), make([]uint64, 0, block))
		mu.Lock()
		defer mu.Unlock()
		addInto(c.cells, row)
	})
	if p.more != nil {
		c.more = p.more.Whole()
	}
	return c
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
		a = g.masked(from, till, scratch)
	}
	for k, b := range g.bs {
		row[g.slots[k]] += count(a, b[from:till])
	}
}

// Sum gives the places added up: the nation out of its municipalities.
func (c *Counted) Sum() *Counted {
	total := newCounted(c.plan, 1)
	for slot := range total.cells {
		for _, n := range c.of(int32(slot)) {
			total.cells[slot] += n
		}
	}
	if c.more != nil {
		total.more = c.more.Sum()
	}
	return total
}

// Count gives the number of cases of a set that the plan was made for, in a place.
func (c *Counted) Count(place int, s query.Set) int64 {
	slot, ok := c.plan.index[s.String()]
	if !ok {
		panic("tabulate: the plan has no set " + s.String())
	}
	n := int64(c.of(slot)[place])
	if at := c.inMore(place); at >= 0 {
		n += c.more.Count(at, s)
	}
	return n
}

// inMore gives where a place is among the cases that are not as they were; -1 where it has none.
func (c *Counted) inMore(place int) int {
	switch {
	case c.more == nil:
		return -1
	case c.at == nil:
		return place
	}
	return c.at[place]
}

// SumOf gives the sum of a number over a set that the plan was made for, in a place.
func (c *Counted) SumOf(place int, s query.Set, of query.Numeric) int64 {
	slots, ok := c.plan.sums[Sum{s, of}.name()]
	if !ok {
		panic("tabulate: the plan has no sum over " + s.String())
	}
	total := int64(0)
	for k, slot := range slots {
		total += int64(c.of(slot)[place]) << k
	}
	if at := c.inMore(place); at >= 0 {
		total += c.more.SumOf(at, s, of)
	}
	return total
}

func addInto(total, more []uint32) {
	for i, n := range more {
		total[i] += n
	}
}
