package tabulate

import (
	"runtime"
	"sort"
	"sync"

	"foljsam/internal/record"
)

const places = 10000 // municipalities' codes have four digits

// noCase marks a place in the order of municipalities where no case stands.
const noCase = ^uint32(0)

// Build turns packed cases into columns. The batches may be in any order, and so may the
// cases in them: the same cases give the same counts.
func Build(layout *record.Layout, batches []*record.Batch) *Columns {
	b := &builder{batches: batches, cols: &Columns{layout: layout, derived: newDerived(mostDerived)}}
	b.place()
	b.order()
	b.fill()
	b.fillLocal()
	return b.cols
}

type builder struct {
	batches []*record.Batch
	starts  []int // number of cases before each batch
	cols    *Columns
	from    []int    // next bit of each municipality
	at      []uint32 // by bit: which case, counted over all batches
}

// place gives every municipality its words.
func (b *builder) place() {
	var cases [places]int
	c := b.cols
	for _, x := range b.batches {
		b.starts = append(b.starts, c.cases)
		c.cases += x.Len()
		for _, u := range x.Unit {
			cases[record.MunicipalityOf(u)]++
		}
	}
	b.from = make([]int, places)
	for p, n := range cases {
		if n > 0 {
			words := (n + 63) / 64
			if words >= line {
				c.words = wholeLines(c.words)
			}
			b.from[p] = c.words * 64
			c.segments = append(c.segments, Segment{p, n, c.words, c.words + words})
			c.words += words
		}
	}
	c.words = wholeLines(c.words)
}

// line is how many words the processor fetches at a time: a large municipality begins at
// such a place, so that eight words at once are never fetched in two parts.
const line = 8

func wholeLines(words int) int { return (words + line - 1) / line * line }

// order decides which case stands at which bit.
func (b *builder) order() {
	b.at = make([]uint32, b.cols.words*64)
	for i := range b.at {
		b.at[i] = noCase
	}
	for k, x := range b.batches {
		for i, u := range x.Unit {
			p := record.MunicipalityOf(u)
			b.at[b.from[p]] = uint32(b.starts[k] + i)
			b.from[p]++
		}
	}
}

// finder finds the batches of cases. Cases that stand beside each other mostly come from
// one batch, or from one that follows soon.
type finder struct {
	*builder
	batch int
}

// find gives the batch of a case and its place there.
func (f *finder) find(at uint32) (*record.Batch, int) {
	i := int(at)
	if f.starts[f.batch] > i {
		f.batch = sort.SearchInts(f.starts, i+1) - 1
	}
	for f.batch+1 < len(f.starts) && f.starts[f.batch+1] <= i {
		f.batch++
	}
	return f.batches[f.batch], i - f.starts[f.batch]
}

// fill makes every column, some words in each goroutine.
func (b *builder) fill() {
	c := b.cols
	b.room()
	c.intake = make([]record.Day, c.words*64)
	c.days = make([]uint16, c.words*64)
	c.age = make([]uint8, c.words*64)
	inParallel(c.words, func(from, till int) {
		f, block := &finder{builder: b}, make([][64]uint64, c.layout.Words)
		for w := from; w < till; w++ {
			f.fillWord(w, block)
		}
	})
}

// room makes empty columns, in one piece.
func (b *builder) room() {
	c, n := b.cols, b.cols.layout.Words*64
	all := make([]uint64, (n+1)*c.words)
	for i := range n {
		c.bits = append(c.bits, all[i*c.words:(i+1)*c.words:(i+1)*c.words])
	}
	c.valid = all[n*c.words:]
}

// fillWord gathers the 64 cases of one word and turns their rows into columns.
func (b *finder) fillWord(w int, block [][64]uint64) {
	c := b.cols
	clear(block)
	for i := range 64 {
		at := w*64 + i
		c.intake[at], c.days[at], c.age[at] = record.NoDay, record.NoNumber, record.NoAge
		if b.at[at] == noCase {
			continue
		}
		x, k := b.find(b.at[at])
		c.valid[w] |= 1 << i
		c.intake[at], c.days[at], c.age[at] = x.Intake[k], x.Days[k], x.Age[k]
		for j, word := range x.Row(k) {
			block[j][i] = word
		}
	}
	for j := range block {
		transpose(&block[j])
		for i, word := range block[j] {
			if word != 0 {
				c.bits[j*64+i][w] = word
			}
		}
	}
}

// transpose turns 64 rows of 64 bits into 64 columns (Warren, Hacker's Delight, 7-3).
func transpose(m *[64]uint64) {
	for j, mask := 32, uint64(0x00000000ffffffff); j != 0; j, mask = j>>1, mask^mask<<(j>>1) {
		for k := 0; k < 64; k = (k + j + 1) &^ j {
			t := (m[k]>>j ^ m[k+j]) & mask
			m[k] ^= t << j
			m[k+j] ^= t
		}
	}
}

// fillLocal puts the local columns of all batches in the order of the cases. A column is
// the same in two batches when its name and description are.
func (b *builder) fillLocal() {
	c := b.cols
	for k, x := range b.batches {
		for _, l := range x.Local {
			into := c.localColumn(l)
			for at, case_ := range b.at {
				if i := int(case_) - b.starts[k]; case_ != noCase && i >= 0 && i < x.Len() {
					into.Values[at] = l.Values[i]
				}
			}
		}
	}
}

// localColumn gives the column with the name and description, made if it is new.
func (c *Columns) localColumn(l record.LocalColumn) *record.LocalColumn {
	for i := range c.local {
		if c.local[i].Name == l.Name && c.local[i].Description == l.Description {
			return &c.local[i]
		}
	}
	values := make([]int16, c.words*64)
	for i := range values {
		values[i] = -1
	}
	c.local = append(c.local, record.LocalColumn{Name: l.Name, Description: l.Description, Codes: l.Codes, Labels: l.Labels, Values: values})
	return &c.local[len(c.local)-1]
}

// inParallel does a span of work on all processors, each a part of it.
func inParallel(n int, do func(from, till int)) {
	workers := min(runtime.GOMAXPROCS(0), n)
	if workers <= 1 {
		do(0, n)
		return
	}
	var wg sync.WaitGroup
	for k := range workers {
		wg.Go(func() { do(n*k/workers, n*(k+1)/workers) })
	}
	wg.Wait()
}
