package tabulate

import (
	"math/bits"

	"foljsam/internal/query"
	"foljsam/internal/record"
)

// BuildOrdered is Build of one batch, and remembers which case stands where: [Columns.Which] can
// then be asked, and cases can be [Columns.Changed].
func BuildOrdered(layout *record.Layout, batch *record.Batch) *Columns {
	b := &builder{batches: []*record.Batch{batch}, cols: &Columns{layout: layout, derived: map[string][]uint64{}}, grows: true}
	b.place()
	b.order()
	b.fill()
	b.fillLocal()
	b.cols.order = b.at
	return b.cols
}

// Which gives the places in the batch of the cases in a set, each once and in no order: for what
// has to be followed case by case and is no count of a set.
func (c *Columns) Which(s query.Set) ([]int, error) {
	column, err := c.column(s)
	if err != nil {
		return nil, err
	}
	var all []int
	for w, word := range column {
		for ; word != 0; word &= word - 1 {
			all = append(all, int(c.order[w*64+bits.TrailingZeros64(word)]))
		}
	}
	return all, nil
}
