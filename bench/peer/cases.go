package main

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync"

	"foljsam/internal/exchange/csvscan"
	"foljsam/internal/record"
)

// columns of one code each, and columns that are one code of a multiple choice, by the
// names that the file has for the variables.
var (
	single = map[string]int{"verksamhet": 1, "kon": 14, "ursprung": 20, "heder": 59, "grad": 67, "mal": 110, "typ": 126,
		"genomf": 161, "malupp": 192, "orsak": 257, "q202": 202, "q203": 203, "q206": 206, "q212": 212}
	multiple = map[string]int{"funk": 19, "init": 49, "utov": 58, "risk": 90, "ins": 118, "sam": 127}
)

// cell is what is done with one column: a code becomes the bit of table, anything else
// goes to one of the numbers of a row.
type cell struct {
	bits   []int16 // by code; nil: no codes
	flag   int     // bit of a 0/1 column; -1 when it is none
	number int     // index into row.numbers
}

// numbers of a row that are not codes.
const (
	kommun = iota
	alder
	fore
	efter
	aktualisering
	insatsstart
	avslut
	ignored
	numbers
)

type reader struct {
	layout *record.Layout
	cells  []cell
	steps  []step
	risk   []uint64  // the bits of the risk methods
	read   sync.Pool // of *record.Batch: the cases of a chunk as they stand there
}

// part is what one chunk of the file became.
type part struct {
	batch *record.Batch
	bad   int
}

// readCases reads, checks and packs the whole file, a batch for every chunk.
func readCases(ctx context.Context, path string, layout *record.Layout) (all []*record.Batch, bad int, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, 0, err
	}
	defer f.Close()
	s, err := csvscan.Open(f, csvscan.Options{ChunkSize: chunkSize})
	if err != nil {
		return nil, 0, err
	}
	r, err := newReader(layout, s.Header())
	if err != nil {
		return nil, 0, err
	}
	err = csvscan.Each(ctx, s, runtime.GOMAXPROCS(0), r.parse, func(p part, _ int) error {
		all, bad = append(all, p.batch), bad+p.bad
		return nil
	})
	return all, bad, err
}

// chunkSize is small enough for a chunk and its cases to stay in a processor's cache.
const chunkSize = 512 << 10

func newReader(layout *record.Layout, header []string) (*reader, error) {
	names := map[string]int{"kommun": kommun, "alder": alder, "risk_fore": fore, "risk_efter": efter,
		"aktualisering": aktualisering, "insatsstart": insatsstart, "avslut": avslut, "id": ignored, "risk_under": ignored}
	r := &reader{layout: layout, risk: make([]uint64, layout.Words)}
	r.read.New = func() any { return &record.Batch{Layout: layout} }
	for _, h := range header {
		c := cell{flag: -1, number: ignored}
		name, code, isFlag := strings.Cut(h, "_")
		n, isNumber := names[h]
		switch v, isMultiple := multiple[name]; {
		case isNumber:
			c.number = n
		case isFlag && isMultiple:
			k, err := strconv.Atoi(code)
			if c.flag = layout.Bit(v, k); err != nil || c.flag < 0 {
				return nil, fmt.Errorf("column %q", h)
			}
			if name == "risk" {
				record.SetBit(r.risk, c.flag)
			}
		default:
			if c.bits = codeBits(layout, single[h]); c.bits == nil {
				return nil, fmt.Errorf("column %q", h)
			}
		}
		r.cells = append(r.cells, c)
	}
	r.steps = stepsOf(r.cells)
	return r, nil
}

func codeBits(layout *record.Layout, v int) []int16 {
	_, codes := layout.Field(v)
	if len(codes) == 0 {
		return nil
	}
	bits := make([]int16, 10)
	for i := range bits {
		bits[i] = int16(layout.Bit(v, i))
	}
	return bits
}

// parse packs the cases of a chunk. A record that plainRow does not know is read with care.
func (r *reader) parse(c *csvscan.Chunk) part {
	b := r.read.Get().(*record.Batch)
	defer r.read.Put(b)
	b.Clear()
	p, x := part{batch: b}, &row{}
	for plain := c.Plain(); ; {
		if n := 0; plain {
			if n = x.plainRow(r.steps, c.Rest()); n > 0 {
				c.Skip(n, 1)
				r.finish(x, &p)
				continue
			}
		}
		if !c.Next() {
			break
		}
		r.carefulRow(c, x, &p)
	}
	p.batch = b.ByPlace()
	return p
}

// carefulRow takes the record that the chunk has found, and counts what is wrong in it.
func (r *reader) carefulRow(c *csvscan.Chunk, x *row, p *part) {
	if c.Fate() != csvscan.Whole || c.Len() != len(r.cells) {
		p.bad++
		return
	}
	x.clear()
	for i := range r.cells {
		if !r.cells[i].take(c.Field(i), x) {
			p.bad++
		}
	}
	r.finish(x, p)
}

// take puts one cell into the row; ok is false for a value that it cannot have.
func (c *cell) take(b []byte, x *row) (ok bool) {
	switch {
	case len(b) == 0:
		return true
	case c.flag >= 0:
		x.bits[c.flag>>6] |= uint64(b[0]&1) << (c.flag & 63)
		return len(b) == 1 && b[0]|1 == '1'
	case c.bits != nil:
		k := int(b[0] - '0')
		if len(b) != 1 || k >= len(c.bits) || c.bits[k] < 0 {
			return false
		}
		record.SetBit(x.bits[:], int(c.bits[k]))
	case c.number >= aktualisering && c.number < ignored:
		d, ok := record.ParseDay(b)
		if ok {
			x.numbers[c.number] = int(d)
		}
		return ok
	case c.number < aktualisering:
		n, err := strconv.ParseUint(string(b), 10, 31)
		if err != nil {
			return false
		}
		x.numbers[c.number] = int(n)
	}
	return true
}

// finish checks a row and adds it to the part.
func (r *reader) finish(x *row, p *part) {
	n := &x.numbers
	intake := n[aktualisering]
	if n[kommun] < 1 || n[kommun] > 290 || intake == none {
		p.bad++
		return
	}
	age, days := record.NoAge, record.NoNumber
	if n[alder] >= 0 && n[alder] <= 120 {
		age = uint8(n[alder])
	}
	if n[insatsstart] != none && n[insatsstart] < intake {
		p.bad++
	}
	if n[avslut] != none {
		if n[avslut] < intake {
			p.bad++
		}
		days = uint16(max(n[avslut]-intake, 0)) // the comparison counts such a case as closed, outside every span
	}
	assessed := false
	for w, m := range r.risk {
		assessed = assessed || x.bits[w]&m != 0
	}
	if assessed {
		record.SetBit(x.bits[:], r.layout.AssessedBit())
	}
	if a, b := n[fore], n[efter]; a != none && b != none {
		record.SetBit(x.bits[:], r.layout.ChangeBit(1, 1+cmp.Compare(b, a)))
	}
	p.batch.Add(x.bits[:r.layout.Words], uint32(n[kommun])*1000, record.Day(intake), days, age)
}
