package exchange

import (
	"foljsam/internal/codebook"
	"foljsam/internal/fault"
	"foljsam/internal/record"
)

// plan says what is done with each cell of a file's rows.
type plan struct {
	file   string
	layout *record.Layout
	cells  []cell // by position in the file
	id     int    // position of the case's pseudonym
	fast   bool   // rows may be read the fast way
}

// cell is what is done with one column's cells.
type cell struct {
	column
	bits  []int16 // bit by code; noBit: a code without a bit; unknown: no such code
	words []string
	table *[256]uint16 // of a column of codes, see [cell.codeTable]
	digit bool         // all codes are one digit: the table is looked into by the first byte
}

// onlyCareful is for tests.
var onlyCareful bool

const (
	unknown int16 = -1
	noBit   int16 = -2
)

// makePlan compares a file's header with the columns that it may have, and names what
// differs. ok is false when a required column is missing.
func makePlan(file string, header []string, columns []column, l *record.Layout, say *problems) (p *plan, ok bool) {
	p = &plan{file: file, layout: l, cells: make([]cell, len(header)), id: -1}
	seen := make([]bool, len(columns))
	at := byName(columns)
	for i, name := range header {
		k, known := at[name]
		switch {
		case !known:
			say.add(fault.Problem{File: file, Row: 1, Column: clip(name), Key: "exchange.column_extra"})
		case seen[k]:
			say.add(fault.Problem{File: file, Row: 1, Column: clip(name), Key: "exchange.column_twice"})
		case columns[k].refused != "":
			seen[k] = true
			say.add(fault.Problem{File: file, Row: 1, Column: clip(name), Key: columns[k].refused})
		default:
			seen[k] = true
			p.cells[i] = makeCell(columns[k], l)
			if columns[k].use == pickID {
				p.id = i
			}
		}
	}
	p.fast = p.canBeFast() && !onlyCareful
	return p, nameMissing(file, columns, seen, say)
}

// canBeFast tells whether the fast way knows all of the columns.
func (p *plan) canBeFast() bool {
	for i := range p.cells {
		if x := &p.cells[i]; x.use == pickLocal || (x.use == check || x.use == pickCode || x.use == pickCodes) && (x.table == nil || len(x.bits) > 100 || len(x.words) > 0) {
			return false
		}
	}
	return p.layout.Words < 8
}

func byName(columns []column) map[string]int {
	at := make(map[string]int, len(columns))
	for i := range columns {
		at[columns[i].name] = i
	}
	return at
}

func nameMissing(file string, columns []column, seen []bool, say *problems) (usable bool) {
	usable = true
	for k, c := range columns {
		switch {
		case seen[k] || c.optional:
		case c.required:
			say.add(fault.Problem{File: file, Row: 1, Column: c.name, Key: "exchange.column_required"})
			usable = false
		default:
			say.add(fault.Problem{File: file, Row: 1, Column: clip(c.name), Severity: fault.Warning, Key: "exchange.column_missing"})
		}
	}
	return usable
}

func makeCell(c column, l *record.Layout) cell {
	x := cell{column: c}
	if c.v == nil || c.v.Kind != codebook.One && c.v.Kind != codebook.Many {
		return x
	}
	for _, code := range c.v.Codes {
		x.setBit(code.Code, l)
		if code.ID != "" {
			x.words = append(x.words, code.ID)
		}
	}
	if c.v.Noted != nil {
		x.setBit(c.v.Noted.Code, l)
	}
	x.digit = len(x.bits) <= 10
	x.table = x.codeTable()
	return x
}

func (x *cell) setBit(code int, l *record.Layout) {
	for len(x.bits) <= code {
		x.bits = append(x.bits, unknown)
	}
	x.bits[code] = noBit
	if b := l.Bit(x.v.Number, code); x.v.Number != 0 && b >= 0 {
		x.bits[code] = int16(b)
	}
}
