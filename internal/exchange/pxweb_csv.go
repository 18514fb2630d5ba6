package exchange

import (
	"bytes"
	"context"
	"io"
	"slices"
	"strconv"
	"strings"

	"foljsam/internal/exchange/csvscan"
	"foljsam/internal/fault"
)

// csvColumns are the names under which PxWeb writes the dimensions of a table of people, by
// code or by text, in lower case.
var csvColumns = map[string]string{
	"region": regionDim, "regionkod": regionDim,
	"ålder": ageDim, "alder": ageDim, "age": ageDim,
	"kön": sexDim, "kon": sexDim, "sex": sexDim,
	"civilstånd": statusDim, "civilstand": statusDim, "marital status": statusDim,
	"år": timeDim, "tid": timeDim, "year": timeDim,
	"tabellinnehåll": contentsDim, "contentscode": contentsDim, "observations": contentsDim,
}

// csvMeasures are what PxWeb writes over a number of people.
var csvMeasures = []string{"folkmängd", "population", "antal", "number", "värde", "value"}

// peopleColumn is a column of numbers; its year stands over it, or in a column of its own.
type peopleColumn struct {
	at   int
	year int // 0: in the row
}

// isPxWebCSV tells a file that PxWeb saved from one of our own, by its first record.
func isPxWebCSV(b []byte) bool {
	s, err := csvscan.Open(bytes.NewReader(b), csvscan.Options{})
	if err != nil {
		return false
	}
	return slices.ContainsFunc(s.Header(), func(name string) bool { return csvColumns[strings.ToLower(name)] == regionDim })
}

// peopleReader reads the rows of a CSV of PxWeb's.
type peopleReader struct {
	h        *headcount
	dims     map[string]int // the column of each dimension
	numbers  []peopleColumn
	width    int
	cells    int
	problems []fault.Problem
	placed   int // problems whose row is the file's, not the chunk's
	more     int // problems beyond those that are named
}

// mostNamed is how many problems of a file are named; the rest are counted.
const mostNamed = 1000

// readPxWebCSV reads adults out of a CSV that PxWeb saved: the dimensions in columns of any
// order, years as rows or as columns.
func readPxWebCSV(b []byte, file string) ([]Denominator, []fault.Problem, error) {
	reopen := func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(b)), nil }
	s, err := csvscan.Open(bytes.NewReader(b), csvscan.Options{Reopen: reopen})
	if err != nil {
		return nil, nil, fault.Wrap(err, fault.Invalid, "population.unreadable", "file", file)
	}
	p := &peopleReader{h: newHeadcount(file), dims: map[string]int{}, width: len(s.Header())}
	if err := p.takeHeader(s.Header()); err != nil {
		return nil, nil, err
	}
	p.placed = len(p.problems)
	parse := func(c *csvscan.Chunk) struct{} { p.readChunk(c); return struct{}{} }
	if err := csvscan.Each(context.Background(), s, 1, parse, p.take); err != nil {
		return nil, nil, fault.Wrap(err, fault.Invalid, "population.unreadable", "file", file)
	}
	if p.cells > maxCells {
		return nil, nil, fault.New(fault.TooLarge, "population.too_many_cells", "file", file, "most", maxCells)
	}
	all, more := p.h.settle()
	return all, limited(append(p.problems, more...), p.more, file), nil
}

// takeHeader finds which column is what. A column of something else than people is named
// and not read.
func (p *peopleReader) takeHeader(header []string) error {
	file := p.h.file
	for i, name := range header {
		dim, known := csvColumns[strings.ToLower(name)]
		if known {
			p.dims[dim] = i
			continue
		}
		measure, year := csvMeasure(name)
		table := slices.IndexFunc(scbTables, func(t scbTable) bool { return strings.EqualFold(t.contents, measure) })
		if table >= 0 {
			p.h.table = scbTables[table].id
		}
		if table < 0 && !slices.Contains(csvMeasures, measure) && (measure != "" || year == 0) {
			p.say(1, name, "", "population.column_unknown")
			continue
		}
		p.numbers = append(p.numbers, peopleColumn{i, year})
	}
	for _, d := range []string{regionDim, ageDim} {
		if _, ok := p.dims[d]; !ok {
			return fault.New(fault.Invalid, "population.dimension_missing", "file", file, "dimension", d)
		}
	}
	if len(p.numbers) == 0 {
		return fault.New(fault.Invalid, "population.contents", "file", file)
	}
	if _, ok := p.dims[timeDim]; !ok && slices.ContainsFunc(p.numbers, func(c peopleColumn) bool { return c.year == 0 }) {
		return fault.New(fault.Invalid, "population.dimension_missing", "file", file, "dimension", timeDim)
	}
	return nil
}

// csvMeasure cuts the name of a column of numbers into what it is and its year: "Folkmängd
// 2024", "2024".
func csvMeasure(name string) (measure string, year int) {
	name = strings.TrimSpace(name)
	at := strings.LastIndexByte(name, ' ') + 1
	if y, ok := yearOf(name[at:]); ok {
		name, year = name[:at], y
	}
	return strings.ToLower(strings.TrimSpace(name)), year
}

// take is called after each chunk, as there is one worker.
func (p *peopleReader) take(_ struct{}, before int) error {
	for ; p.placed < len(p.problems); p.placed++ {
		p.problems[p.placed].Row += before
	}
	return nil
}

func (p *peopleReader) say(row int, column, value, key string, args ...any) {
	if len(p.problems) >= mostNamed {
		p.more++
		return
	}
	p.problems = append(p.problems, fault.Problem{File: p.h.file, Row: row, Column: clip(column), Value: clip(value), Key: key, Args: args})
}

// limited names the first problems and counts the others, of which some may be counted already.
func limited(all []fault.Problem, more int, file string) []fault.Problem {
	if len(all) > mostNamed {
		more += len(all) - mostNamed
		all = all[:mostNamed]
	}
	if more > 0 {
		all = append(all, fault.Problem{File: file, Key: "population.more", Args: []any{"n", more}})
	}
	return all
}

func (p *peopleReader) readChunk(c *csvscan.Chunk) {
	for c.Next() {
		key, args := rowFault(c, p.width)
		switch {
		case key != "":
			p.say(c.Row(), "", "", key, args...)
		case p.cells <= maxCells:
			p.readRow(c)
		}
	}
}

func (p *peopleReader) cell(c *csvscan.Chunk, dim string) (string, bool) {
	i, ok := p.dims[dim]
	if !ok {
		return "", false
	}
	return string(trim(c.Field(i))), true
}

// part reads the sex or the status of a row; all, where the file does not tell them apart.
func (p *peopleReader) part(c *csvscan.Chunk, dim string, known map[string]int) int {
	text, ok := p.cell(c, dim)
	if !ok {
		return 0
	}
	return partOf(known, text)
}

func (p *peopleReader) readRow(c *csvscan.Chunk) {
	region, _ := p.cell(c, regionDim)
	unit, ok := unitOf(region)
	if !ok {
		return // the nation, a county
	}
	if text, ok := p.cell(c, contentsDim); ok && !p.isPeople(text) {
		return
	}
	rowYear := 0
	if text, ok := p.cell(c, timeDim); ok {
		if rowYear, ok = yearOf(text); !ok {
			p.say(c.Row(), "Tid", text, "population.not_year")
			return
		}
	}
	age, _ := p.cell(c, ageDim)
	sex, status := p.part(c, sexDim, sexOf), p.part(c, statusDim, statusOf)
	for _, col := range p.numbers {
		p.cells++
		at := unitYear{unit, max(col.year, rowYear)}
		p.h.know(at)
		n, err := strconv.Atoi(string(trim(c.Field(col.at))))
		if err != nil || n < 0 || n > mostInCell {
			continue // missing: named with the unit, if it was needed
		}
		if !p.h.add(at, age, sex, status, n) {
			p.say(c.Row(), "", "", "population.cell_twice", "unit", unit, "year", at.year)
		}
	}
}

// isPeople tells whether a row is about the number of people, where the contents are rows.
func (p *peopleReader) isPeople(text string) bool {
	for _, t := range scbTables {
		if strings.EqualFold(t.contents, text) {
			p.h.table = t.id
			return true
		}
	}
	return slices.Contains(csvMeasures, strings.ToLower(text))
}
