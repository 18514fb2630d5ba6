package tabulate

import (
	"math/bits"
	"slices"

	"foljsam/internal/record"
)

// spare is how many words more than it needs a municipality of so many words has in columns that
// cases are added to.
func spare(words int) int { return 8 + words/64 }

// Changed gives the columns with some cases as they are now: those of a batch, each with its
// place in the batch that the columns were built of ([BuildOrdered]), or with a place after all
// those where it is new; and without those that are gone. The columns themselves stay as they
// are, and only what differs is copied. ok is false where it cannot be done: a case has come to
// another municipality, or there is no more room.
func (c *Columns) Changed(batch *record.Batch, places []int, gone []int) (*Columns, bool) {
	if len(batch.Local) != len(c.local) {
		return nil, false
	}
	x := &changing{old: c, cols: c.copied(), own: make([]bool, len(c.bits)+1)}
	at := x.bitsOf(slices.Concat(places, gone))
	for i, place := range places {
		bit, known := at[place]
		if !known {
			bit = x.free(record.MunicipalityOf(batch.Unit[i]))
		}
		if bit < 0 || !x.within(bit, record.MunicipalityOf(batch.Unit[i])) {
			return nil, false
		}
		x.cols.order[bit] = uint32(place)
		x.put(bit, batch.Row(i), true)
		x.cols.intake[bit], x.cols.days[bit], x.cols.age[bit] = batch.Intake[i], batch.Days[i], batch.Age[i]
		for k := range batch.Local {
			x.cols.local[k].Codes = batch.Local[k].Codes
			x.cols.local[k].Values[bit] = batch.Local[k].Values[i]
		}
	}
	empty := make([]uint64, c.layout.Words)
	for _, place := range gone {
		if bit, known := at[place]; known {
			x.put(bit, empty, false)
			x.cols.order[bit] = noCase
			x.cols.intake[bit], x.cols.days[bit], x.cols.age[bit] = record.NoDay, record.NoNumber, record.NoAge
			for k := range x.cols.local {
				x.cols.local[k].Values[bit] = -1
			}
		}
	}
	return x.cols, true
}

// copied gives columns of their own but for the bits, which are copied when they are written.
func (c *Columns) copied() *Columns {
	x := &Columns{layout: c.layout, cases: c.cases, segments: slices.Clone(c.segments), words: c.words, bits: slices.Clone(c.bits), valid: c.valid,
		intake: slices.Clone(c.intake), days: slices.Clone(c.days), age: slices.Clone(c.age), order: slices.Clone(c.order),
		local: slices.Clone(c.local), derived: map[string][]uint64{}}
	for i := range x.local {
		x.local[i].Values = slices.Clone(x.local[i].Values)
	}
	return x
}

// changing is columns that are being made of others.
type changing struct {
	old, cols *Columns
	own       []bool // by column of bits, and last what is valid: it has been copied
}

// bitsOf finds where cases stand.
func (x *changing) bitsOf(places []int) map[int]int {
	at := make(map[int]int, len(places))
	wanted := make([]uint64, (slices.Max(append([]int{0}, places...))+64)/64)
	for _, p := range places {
		wanted[p>>6] |= 1 << (p & 63)
	}
	for bit, p := range x.old.order {
		if p != noCase && int(p>>6) < len(wanted) && wanted[p>>6]>>(p&63)&1 != 0 {
			at[int(p)] = bit
		}
	}
	return at
}

// free gives a bit of a municipality where no case stands, -1 if there is none.
func (x *changing) free(place int) int {
	for _, s := range x.cols.segments {
		if s.Place != place {
			continue
		}
		for w := s.from; w < s.till; w++ {
			if x.cols.valid[w] != ^uint64(0) {
				return w*64 + bits.TrailingZeros64(^x.cols.valid[w])
			}
		}
	}
	return -1
}

// within tells whether a bit is a municipality's.
func (x *changing) within(bit, place int) bool {
	return slices.ContainsFunc(x.cols.segments, func(s Segment) bool { return s.Place == place && s.from <= bit>>6 && bit>>6 < s.till })
}

// put writes a case's row over what stands at a bit; there tells whether there is a case any more.
func (x *changing) put(bit int, row []uint64, there bool) {
	w, mask := bit>>6, uint64(1)<<(bit&63)
	for j := range x.cols.bits {
		x.set(j, &x.cols.bits[j], w, mask, row[j>>6]>>(j&63)&1 != 0)
	}
	if x.set(len(x.cols.bits), &x.cols.valid, w, mask, there) {
		more := -1
		if there {
			more = 1
		}
		x.cols.cases += more
		for i, s := range x.cols.segments {
			if s.from <= w && w < s.till {
				x.cols.segments[i].Cases += more
			}
		}
	}
}

// set sets a bit of a column, and tells whether it was another.
func (x *changing) set(j int, column *[]uint64, w int, mask uint64, on bool) bool {
	if (*column)[w]&mask != 0 == on {
		return false
	}
	if !x.own[j] {
		*column, x.own[j] = slices.Clone(*column), true
	}
	(*column)[w] ^= mask
	return true
}
