package tabulate

import (
	"slices"
	"sort"

	"foljsam/internal/record"
)

// BuildNamed is Build of one batch whose cases have numbers, which rise with their places in it:
// [Columns.Each] tells them, and cases can be [Columns.Changed] by them.
func BuildNamed(layout *record.Layout, batch *record.Batch, numbers []uint32) *Columns {
	b := &builder{batches: []*record.Batch{batch}, cols: &Columns{layout: layout, derived: newDerived(mostNamed)}}
	b.place()
	b.order()
	b.fill()
	b.fillLocal()
	for bit, at := range b.at {
		if at != noCase {
			b.at[bit] = numbers[at]
		}
	}
	b.cols.names = b.at
	return b.cols
}

// Changed gives the columns without some cases, by their numbers, and with others in their place:
// named columns of their own, of the same local columns. Nothing of the cases that are left is
// copied, and what has been worked out of them is shared. c must be as it was built: changes are
// told all at once. ok is false where a case is in a municipality that had none.
func (c *Columns) Changed(without []uint32, more *Columns) (changed *Columns, ok bool) {
	x := *c
	x.segments, x.alive = slices.Clone(c.segments), slices.Clone(c.valid)
	for _, number := range without {
		if bit, segment := c.find(number); bit >= 0 && x.alive[bit>>6]>>(bit&63)&1 != 0 {
			x.alive[bit>>6] &^= 1 << (bit & 63)
			x.segments[segment].Cases--
			x.cases--
		}
	}
	if more.cases == 0 {
		return &x, true
	}
	for i, at := range more.placesOf(c.segments) {
		if at >= 0 {
			x.segments[i].Cases += more.segments[at].Cases
			x.cases += more.segments[at].Cases
		}
	}
	x.more = more
	return &x, len(more.segments) == len(slices.DeleteFunc(more.placesOf(c.segments), func(at int) bool { return at < 0 }))
}

// find gives the bit of a case and its segment; -1 where it has none. In a segment the numbers rise.
func (c *Columns) find(number uint32) (bit, segment int) {
	for i, s := range c.segments {
		from := s.from * 64
		all := c.names[from : from+s.Cases]
		if at := sort.Search(len(all), func(i int) bool { return all[i] >= number }); at < len(all) && all[at] == number {
			return from + at, i
		}
	}
	return -1, -1
}

// placesOf gives where the municipalities of some segments are among c's own; -1 for nowhere.
func (c *Columns) placesOf(segments []Segment) []int {
	at := make([]int, len(segments))
	for i, s := range segments {
		at[i] = slices.IndexFunc(c.segments, func(x Segment) bool { return x.Place == s.Place })
	}
	return at
}
