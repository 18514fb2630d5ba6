package main

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"

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
	bits   []int16 // by code; -1 no such code
	flag   int16   // bit of a 0/1 column; -1 when it is none
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
	risk   []int16 // bits of the risk methods
}

// part is what one chunk of the file became.
type part struct {
	batch record.Batch
	bad   int
}

// readCases reads, checks and packs the whole file.
func readCases(ctx context.Context, path string, layout *record.Layout) (*record.Batch, int, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, 0, err
	}
	defer f.Close()
	s, err := csvscan.Open(f, csvscan.Options{})
	if err != nil {
		return nil, 0, err
	}
	r, err := newReader(layout, s.Header())
	if err != nil {
		return nil, 0, err
	}
	all, bad := &record.Batch{Layout: layout}, 0
	if info, err := f.Stat(); err == nil {
		all.Grow(int(info.Size() / 175)) // about as many as there are; growing on is fine
	}
	err = csvscan.Each(ctx, s, 2, r.parse, func(p *part, _ int) error {
		bad += p.bad
		all.Join(&p.batch)
		return nil
	})
	return all, bad, err
}

func newReader(layout *record.Layout, header []string) (*reader, error) {
	names := map[string]int{"kommun": kommun, "alder": alder, "risk_fore": fore, "risk_efter": efter,
		"aktualisering": aktualisering, "insatsstart": insatsstart, "avslut": avslut, "id": ignored, "risk_under": ignored}
	r := &reader{layout: layout}
	for _, h := range header {
		c := cell{flag: -1, number: ignored}
		name, code, isFlag := strings.Cut(h, "_")
		n, isNumber := names[h]
		switch v, isMultiple := multiple[name]; {
		case isNumber:
			c.number = n
		case isFlag && isMultiple:
			k, err := strconv.Atoi(code)
			if err != nil {
				return nil, fmt.Errorf("column %q", h)
			}
			c.flag = int16(layout.Bit(v, k))
			if name == "risk" {
				r.risk = append(r.risk, c.flag)
			}
		default:
			c.bits = codeBits(layout, single[h])
			if c.bits == nil {
				return nil, fmt.Errorf("column %q", h)
			}
		}
		r.cells = append(r.cells, c)
	}
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

// parse packs the cases of a chunk.
func (r *reader) parse(c *csvscan.Chunk) *part {
	p := &part{batch: record.Batch{Layout: r.layout}}
	p.batch.Grow(len(c.Rest())/150 + 1)
	row := make([]uint64, r.layout.Words)
	var nums [numbers]int
	for c.Plain() && len(c.Rest()) > 0 {
		n, ok := r.plainRow(c.Rest(), row, &nums, p)
		if !ok {
			break
		}
		c.Skip(n, 1)
		r.finish(row, &nums, p)
	}
	for c.Next() {
		if c.Fate() != csvscan.Whole || c.Len() != len(r.cells) {
			p.bad++
			continue
		}
		clear(row)
		for i := range r.cells {
			r.cells[i].take(c.Field(i), row, &nums, p)
		}
		r.finish(row, &nums, p)
	}
	return p
}

// plainRow reads one record without quotes and gives its length. Most cells are one
// digit or none; those are read without looking for their end.
func (r *reader) plainRow(d []byte, row []uint64, nums *[numbers]int, p *part) (n int, ok bool) {
	clear(row)
	at, last := 0, len(r.cells)-1
	for i := range r.cells[:last] {
		c := &r.cells[i]
		if len(d)-at < 2 {
			return 0, false
		}
		from := at
		switch {
		case d[at] == ',':
		case d[at+1] == ',' && c.flag >= 0 && d[at]|1 == '1':
			row[c.flag>>6] |= uint64(d[at]&1) << (c.flag & 63)
			at += 2
			continue
		default:
			for at < len(d) && d[at] != ',' && d[at] != '\n' {
				at++
			}
			if at == len(d) || d[at] == '\n' {
				return 0, false
			}
		}
		if c.flag < 0 || at > from {
			c.take(d[from:at], row, nums, p)
		}
		at++
	}
	return r.lastCell(d, at, row, nums, p)
}

func (r *reader) lastCell(d []byte, from int, row []uint64, nums *[numbers]int, p *part) (n int, ok bool) {
	at := from
	for at < len(d) && d[at] != ',' && d[at] != '\n' {
		at++
	}
	if at < len(d) && d[at] == ',' {
		return 0, false
	}
	r.cells[len(r.cells)-1].take(d[from:at], row, nums, p)
	return min(at+1, len(d)), true
}

// take puts one cell into the row.
func (c *cell) take(b []byte, row []uint64, nums *[numbers]int, p *part) {
	switch {
	case c.number == ignored && c.bits == nil && c.flag < 0:
	case c.number >= aktualisering && c.number < ignored:
		nums[c.number] = day(b, p)
	case c.number < aktualisering:
		nums[c.number] = number(b, p)
	case len(b) == 0:
	case c.flag >= 0:
		if len(b) == 1 && b[0]|1 == '1' {
			row[c.flag>>6] |= uint64(b[0]&1) << (c.flag & 63)
		} else {
			p.bad++
		}
	default:
		if k := int(b[0] - '0'); len(b) == 1 && k >= 0 && k < len(c.bits) && c.bits[k] >= 0 {
			record.SetBit(row, int(c.bits[k]))
		} else {
			p.bad++
		}
	}
}

const none = -1 << 30

func number(b []byte, p *part) int {
	if len(b) == 0 {
		return none
	}
	n := 0
	for _, c := range b {
		if c < '0' || c > '9' {
			p.bad++
			return none
		}
		n = n*10 + int(c-'0')
	}
	return n
}

func day(b []byte, p *part) int {
	if len(b) == 0 {
		return none
	}
	d, ok := record.ParseDay(b)
	if !ok {
		p.bad++
		return none
	}
	return int(d)
}

// finish checks a row and adds it to the part.
func (r *reader) finish(row []uint64, nums *[numbers]int, p *part) {
	intake := nums[aktualisering]
	if nums[kommun] < 1 || nums[kommun] > 290 || intake == none {
		p.bad++
		return
	}
	into := p.batch.Append(uint32(nums[kommun])*1000, record.Day(intake))
	at := p.batch.Len() - 1
	copy(into, row)
	if a := nums[alder]; a != none && a <= 120 {
		p.batch.Age[at] = uint8(a)
	}
	if s := nums[insatsstart]; s != none && s < intake {
		p.bad++
	}
	if e := nums[avslut]; e != none {
		if e < intake {
			p.bad++
		}
		p.batch.Days[at] = uint16(max(e-intake, 0)) // the comparison counts such a case as closed, outside every span
	}
	for _, bit := range r.risk {
		if record.HasBit(into, int(bit)) {
			record.SetBit(into, r.layout.AssessedBit())
			break
		}
	}
	if a, b := nums[fore], nums[efter]; a != none && b != none {
		record.SetBit(into, r.layout.ChangeBit(1, 1+sign(b-a)))
	}
}

func sign(n int) int {
	switch {
	case n < 0:
		return -1
	case n > 0:
		return 1
	}
	return 0
}
