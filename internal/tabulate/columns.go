// Package tabulate counts. It keeps cases as columns of bits, a bit a case for every
// answer, in the order of municipalities, so that a cell of a table is the number of
// bits set in the intersection of two columns, and one pass gives every municipality
// and, as their sum, the nation. See DESIGN.md in this folder.
//
// What it gives is true counts, which may be shown to nobody before disclosure has
// released them. It knows no files and no SQL.
package tabulate

import (
	"sync"

	"foljsam/internal/record"
)

// Columns is a set of cases, ready to be counted. It is immutable, and may be used by
// several goroutines at once.
type Columns struct {
	layout   *record.Layout
	cases    int
	segments []Segment
	words    int
	bits     [][]uint64 // one column for each bit of the layout
	valid    []uint64   // the bits that stand for a case; the rest pads a segment's last word
	intake   []record.Day
	days     []uint16
	age      []uint8
	local    []record.LocalColumn
	names    []uint32 // by bit: the case's number; of BuildNamed
	alive    []uint64 // of Changed: the bits of the cases that are as they were; nil: all
	more     *Columns // of Changed: the cases that are not
	derived  *derived
}

// derived is columns that were worked out from others, by set name.
type derived struct {
	mu   sync.Mutex
	kept map[string][]uint64
	most int
}

// mostDerived is how many columns that were worked out are kept: whoever asks ever new questions
// of a large register does not fill its memory. Those of a report are fewer. mostNamed is that
// of columns that stay in memory, save after save.
const mostDerived, mostNamed = 1000, 256

func newDerived(most int) *derived { return &derived{kept: map[string][]uint64{}, most: most} }

// keep keeps a column that was worked out. The lock is held.
func (d *derived) keep(name string, bits []uint64) {
	if len(d.kept) >= d.most {
		clear(d.kept)
	}
	d.kept[name] = bits
}

// Segment is the cases of one municipality: whole words of every column.
type Segment struct {
	Place      int // the municipality's code as a number: 180
	Cases      int
	from, till int // words
}

// Cases gives the number of cases.
func (c *Columns) Cases() int { return c.cases }

// Segments gives the municipalities that have cases, in the order of their codes.
func (c *Columns) Segments() []Segment { return c.segments }

// Layout gives the layout of the packed cases that the columns were built from.
func (c *Columns) Layout() *record.Layout { return c.layout }

// Local gives the local columns that the cases have, without their answers.
func (c *Columns) Local() []record.LocalColumn {
	heads := make([]record.LocalColumn, len(c.local))
	for i, l := range c.local {
		heads[i] = record.LocalColumn{Name: l.Name, Description: l.Description, Codes: l.Codes, Labels: l.Labels}
	}
	return heads
}

// Years gives the first and last year in which a case was taken in; ok is false when
// there is no case.
func (c *Columns) Years() (first, last int, ok bool) {
	lo, hi := record.Day(1<<30), record.NoDay
	for at, d := range c.intake {
		if d != record.NoDay && (c.alive == nil || c.alive[at>>6]>>(at&63)&1 != 0) {
			lo, hi = min(lo, d), max(hi, d)
		}
	}
	if c.more != nil {
		for _, d := range c.more.intake {
			if d != record.NoDay {
				lo, hi = min(lo, d), max(hi, d)
			}
		}
	}
	if hi == record.NoDay {
		return 0, 0, false
	}
	return lo.Time().Year(), hi.Time().Year(), true
}
