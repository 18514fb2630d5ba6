package exchange

import (
	"context"
	"errors"
	"io"
	"strconv"

	"foljsam/internal/exchange/csvscan"
	"foljsam/internal/fault"
	"foljsam/internal/record"
)

// Population is how many live in a municipality or district at the end of a year.
type Population struct {
	Unit        string // 4 digits a municipality, 6 a district
	Year        int
	Adults      int // 0: not said
	Inhabitants int // 0: not said
}

// The columns of a population file. Others are passed over: the file is public.
const (
	unitColumn        = "enhet"
	yearColumn        = "ar"
	adultsColumn      = "vuxna"
	inhabitantsColumn = "invanare"
)

// ReadPopulation reads a population file: enhet, ar, vuxna and perhaps invanare. The first
// row of a unit and year stands. A row whose unit or year cannot be read is left out, of
// another only the number that cannot be; each is named. The error is about the file.
func ReadPopulation(r io.Reader, file string) ([]Population, []fault.Problem, error) {
	s, err := csvscan.Open(r, csvscan.Options{})
	if errors.Is(err, csvscan.ErrEmpty) {
		return nil, nil, fault.New(fault.Invalid, "population.empty", "file", file)
	}
	if errors.Is(err, csvscan.ErrUTF16) {
		return nil, nil, fault.New(fault.Invalid, "population.utf16", "file", file)
	}
	if err != nil {
		return nil, nil, fault.Wrap(err, fault.Invalid, "population.unreadable", "file", file)
	}
	p := &populationReader{file: file, at: map[string]int{}, seen: map[Population]bool{}}
	for i, name := range s.Header() {
		if _, twice := p.at[name]; !twice {
			p.at[name] = i
		}
	}
	p.width = len(s.Header())
	for _, name := range []string{unitColumn, yearColumn, adultsColumn} {
		if _, ok := p.at[name]; !ok {
			return nil, nil, fault.New(fault.Invalid, "population.column_missing", "file", file, "column", name)
		}
	}
	parse := func(c *csvscan.Chunk) struct{} { p.readChunk(c); return struct{}{} }
	err = csvscan.Each(context.Background(), s, 1, parse, p.take)
	if err != nil {
		return nil, nil, fault.Wrap(err, fault.Invalid, "population.unreadable", "file", file)
	}
	return p.rows, p.problems, nil
}

type populationReader struct {
	file     string
	at       map[string]int // column by name
	width    int
	seen     map[Population]bool // unit and year
	rows     []Population
	problems []fault.Problem
	placed   int // problems whose row is the file's, not the chunk's
}

// take is called after each chunk, as there is one worker.
func (p *populationReader) take(_ struct{}, before int) error {
	for ; p.placed < len(p.problems); p.placed++ {
		p.problems[p.placed].Row += before
	}
	return nil
}

func (p *populationReader) say(row int, column, value, key string, args ...any) {
	p.problems = append(p.problems, fault.Problem{File: p.file, Row: row, Column: column, Value: clip(value), Key: key, Args: args})
}

func (p *populationReader) readChunk(c *csvscan.Chunk) {
	for c.Next() {
		switch {
		case c.Fate() == csvscan.Broken:
			p.say(c.Row(), "", "", "exchange.row_quotes")
		case c.Fate() == csvscan.TooLong:
			p.say(c.Row(), "", "", "exchange.row_long")
		case c.Len() != p.width:
			p.say(c.Row(), "", "", "exchange.row_fields", "have", c.Len(), "want", p.width)
		default:
			p.readRow(c)
		}
	}
}

func (p *populationReader) readRow(c *csvscan.Chunk) {
	row := Population{Unit: p.cell(c, unitColumn)}
	if _, ok := record.UnitNumber([]byte(row.Unit)); !ok {
		p.say(c.Row(), unitColumn, row.Unit, "codebook.not_place")
		return
	}
	year := p.cell(c, yearColumn)
	if n, err := strconv.Atoi(year); err == nil && len(year) == 4 && n > 0 {
		row.Year = n
	} else {
		p.say(c.Row(), yearColumn, year, "population.not_year")
		return
	}
	if p.seen[row] {
		p.say(c.Row(), "", "", "population.twice", "unit", row.Unit, "year", year)
		return
	}
	p.seen[row] = true
	row.Adults = p.people(c, adultsColumn)
	row.Inhabitants = p.people(c, inhabitantsColumn)
	p.rows = append(p.rows, row)
}

// cell gives a cell without surrounding blanks; empty when there is no such column.
func (p *populationReader) cell(c *csvscan.Chunk, column string) string {
	i, ok := p.at[column]
	if !ok {
		return ""
	}
	return string(trim(c.Field(i)))
}

// people reads a number of people, 0 when there is none that can be used.
func (p *populationReader) people(c *csvscan.Chunk, column string) int {
	text := p.cell(c, column)
	if text == "" {
		return 0
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		p.say(c.Row(), column, text, "population.not_people")
		return 0
	}
	return n
}
