package exchange

import (
	"io"
	"strconv"
	"strings"

	"foljsam/internal/exchange/csvscan"
	"foljsam/internal/fault"
	"foljsam/internal/indicator"
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

var populationTexts = plainTexts{"population.empty", "population.utf16", "population.unreadable", "population.column_missing", "population.headless"}

// ReadPopulation reads a population file: enhet, ar, vuxna and perhaps invanare. The first
// row of a unit and year stands. A row whose unit or year cannot be read is left out, of
// another only the number that cannot be; each is named. The error is about the file.
func ReadPopulation(r io.Reader, file string) ([]Population, []fault.Problem, error) {
	return readPopulation(r, file, false)
}

// ReadFigurePopulation reads a population file for those who need its adults: a row that says nothing
// of them is named too.
func ReadFigurePopulation(r io.Reader, file string) ([]indicator.Population, []fault.Problem, error) {
	rows, problems, err := readPopulation(r, file, true)
	all := make([]indicator.Population, len(rows))
	for i, x := range rows {
		all[i] = indicator.Population{Unit: x.Unit, Year: x.Year, Adults: x.Adults}
	}
	return all, problems, err
}

func readPopulation(r io.Reader, file string, adults bool) ([]Population, []fault.Problem, error) {
	p := &populationReader{plainFile: plainFile{file: file}, adults: adults, seen: map[Population]bool{}}
	p.row = p.readRow
	if err := readPlain(r, &p.plainFile, populationTexts, unitColumn, yearColumn, adultsColumn); err != nil {
		return nil, nil, err
	}
	return p.rows, p.problems, nil
}

type populationReader struct {
	plainFile
	adults bool                // a row must say how many
	seen   map[Population]bool // unit and year
	rows   []Population
}

func (p *populationReader) readRow(c *csvscan.Chunk) {
	row := Population{Unit: p.cell(c, unitColumn)}
	_, isUnit := record.UnitNumber([]byte(row.Unit))
	if !isUnit {
		p.say(c.Row(), unitColumn, row.Unit, "codebook.not_place")
	}
	year := p.cell(c, yearColumn)
	if row.Year = fourDigits(year); row.Year == 0 {
		p.say(c.Row(), yearColumn, year, "population.not_year")
	}
	if !isUnit || row.Year == 0 {
		return
	}
	if p.seen[row] {
		p.say(c.Row(), "", "", "population.twice", "unit", row.Unit, "year", year)
		return
	}
	p.seen[row] = true
	row.Adults = p.people(c, adultsColumn, p.adults)
	row.Inhabitants = p.people(c, inhabitantsColumn, false)
	p.rows = append(p.rows, row)
}

// fourDigits reads a year; 0 for anything else than four digits.
func fourDigits(text string) int {
	if len(text) != 4 || strings.Trim(text, "0123456789") != "" {
		return 0
	}
	n, _ := strconv.Atoi(text)
	return n
}

// peopleLimit is more than there are.
const peopleLimit = 1_000_000_000_000

// people reads a number of people, 0 when there is none that can be used.
func (p *populationReader) people(c *csvscan.Chunk, column string, needed bool) int {
	text := p.cell(c, column)
	if text == "" && !needed {
		return 0
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > peopleLimit {
		p.say(c.Row(), column, text, "population.not_people")
		return 0
	}
	return n
}
