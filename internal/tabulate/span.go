package tabulate

import (
	"math/bits"
	"time"

	"foljsam/internal/codebook"
	"foljsam/internal/query"
	"foljsam/internal/record"
)

// span gives the cases whose number is between lo and hi, both ends in it; ok is false
// for a number that is not known.
func (c *Columns) span(n query.Numeric, lo, hi int) (out []uint64, ok bool) {
	kind, a, b := n.Parts()
	book := c.layout.Book
	x := book.Variable(a)
	switch {
	case x == nil:
	case kind == 'v' && x.Role == codebook.Age:
		return spanOf(c.age, lo, min(hi, int(record.NoAge)-1)), true
	case kind == 'd' && x.Role == codebook.Intake && book.Variable(b) == book.Role(codebook.Closing):
		return spanOf(c.days, lo, min(hi, int(record.NoNumber)-1)), true
	case kind == 't' && x.Role == codebook.Intake:
		return spanOf(c.intake, max(lo, int(record.NoDay)+1), hi), true
	case kind == 'y' && x.Role == codebook.Intake:
		return spanOf(c.intake, newYear(lo), newYear(hi+1)-1), true
	}
	return nil, false
}

// newYear is the first day of a year, or the end of all days.
func newYear(year int) int {
	if year > 1<<16 {
		return query.Open
	}
	return int(record.DayOf(time.Date(year, time.January, 1, 0, 0, 0, 0, time.UTC)))
}

// spanOf compares a number of every case with a span, a word of 64 cases at a time. There
// is no branch in it: a number less than lo becomes a very large one.
func spanOf[T uint8 | uint16 | record.Day](numbers []T, lo, hi int) []uint64 {
	out := make([]uint64, len(numbers)/64)
	if lo > hi {
		return out
	}
	first, width := uint64(lo), uint64(hi-lo+1)
	inParallel(len(out), func(from, till int) {
		for w := from; w < till; w++ {
			word := uint64(0)
			for _, x := range numbers[w*64 : w*64+64] {
				_, in := bits.Sub64(uint64(x)-first, width, 0)
				word = word>>1 | in<<63
			}
			out[w] = word
		}
	})
	return out
}
