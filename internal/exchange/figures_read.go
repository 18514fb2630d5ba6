package exchange

import (
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"foljsam/internal/exchange/csvscan"
	"foljsam/internal/fault"
	"foljsam/internal/indicator"
	"foljsam/internal/record"
)

var reportTexts = plainTexts{"indicator.file_empty", "indicator.file_utf16", "indicator.file_unreadable", "indicator.column_missing", "indicator.headless"}

// ReadReports reads rapporter.csv: enhet, ar, nyckeltal, antal, and perhaps sekretess and
// omfattning. A count of 1-4 becomes secret as it is read, and is said nowhere again: the
// problem that names it has no value. A row with a fault is among the reports as left, so
// that [indicator.Check] can name what more is wrong with it. The error is about the file.
func ReadReports(r io.Reader, file string) ([]indicator.Report, []fault.Problem, error) {
	p := &reportReader{plainFile: plainFile{file: file}}
	p.row, p.chunk = p.readRow, p.place
	err := readPlain(r, &p.plainFile, reportTexts,
		indicator.UnitColumn, indicator.YearColumn, indicator.FigureColumn, indicator.CountColumn)
	if err != nil {
		return nil, nil, err
	}
	return p.reports, p.problems, nil
}

type reportReader struct {
	plainFile
	reports []indicator.Report
	placed  int // reports whose row is the file's, not the chunk's
}

func (p *reportReader) place(before int) {
	for ; p.placed < len(p.reports); p.placed++ {
		p.reports[p.placed].Row += before
	}
}

// readRow reads a row, and names all that is wrong with it.
func (p *reportReader) readRow(c *csvscan.Chunk) {
	r := indicator.Report{Row: c.Row()}
	leave := func(column, value, key string) {
		r.Left = true
		p.say(c.Row(), column, value, key)
	}
	if r.Unit = p.cell(c, indicator.UnitColumn); !isUnit(r.Unit) {
		leave(indicator.UnitColumn, r.Unit, "codebook.not_place")
		r.Unit = ""
	}
	year := p.cell(c, indicator.YearColumn)
	if r.Year = fourDigits(year); r.Year == 0 {
		leave(indicator.YearColumn, year, "population.not_year")
	}
	figure := p.cell(c, indicator.FigureColumn)
	if r.Figure = indicator.Figure(oneDigit(figure)); !r.Figure.Valid() {
		leave(indicator.FigureColumn, figure, "indicator.not_figure")
		r.Figure = 0
	}
	r.Count = p.readCount(c, leave)
	r.Scope = p.readScope(c)
	p.reports = append(p.reports, r)
}

// readScope reads the scope; one that is none is named, and the rest of the row used.
func (p *reportReader) readScope(c *csvscan.Chunk) indicator.Scope {
	cell := p.cell(c, indicator.ScopeColumn)
	switch s := indicator.Scope(oneDigit(cell)); {
	case cell == "":
		return indicator.NotStated
	case s >= indicator.Authority && s <= indicator.Both:
		return s
	}
	p.say(c.Row(), indicator.ScopeColumn, cell, "indicator.not_scope")
	return indicator.NotStated
}

func isUnit(code string) bool {
	_, ok := record.UnitNumber([]byte(code))
	return ok
}

// oneDigit reads one digit; -1 for anything else.
func oneDigit(text string) int {
	if len(text) == 1 && text[0] >= '0' && text[0] <= '9' {
		return int(text[0] - '0')
	}
	return -1
}

// readCount reads the count and the mark together.
func (p *reportReader) readCount(c *csvscan.Chunk, leave func(column, value, key string)) indicator.Count {
	cell, mark := p.cell(c, indicator.CountColumn), p.cell(c, indicator.SecretColumn)
	if mark == "1" {
		if cell != "" {
			p.warn(c.Row(), "indicator.mark_with_number")
		}
		return indicator.SecretCount()
	}
	if mark != "" && mark != "0" {
		leave(indicator.SecretColumn, unlessSmall(mark), "indicator.not_mark")
	}
	if cell == "" {
		return indicator.NoCount()
	}
	count, ok := parseCount(cell)
	switch {
	case !ok:
		leave(indicator.CountColumn, unlessSmall(cell), "indicator.not_whole")
	case count.IsSecret():
		p.warn(c.Row(), "indicator.small_number")
	}
	return count
}

// warn names a count that is dropped, without it.
func (p *reportReader) warn(row int, key string) {
	p.say(row, indicator.CountColumn, "", key)
	p.problems[len(p.problems)-1].Severity = fault.Warning
}

// wholeForm is a whole number, also as a spreadsheet writes it in a column with decimals.
var wholeForm = regexp.MustCompile(`^([0-9]+)(?:[.,]0+)?$`)

func parseCount(cell string) (indicator.Count, bool) {
	m := wholeForm.FindStringSubmatch(cell)
	if m == nil {
		return indicator.NoCount(), false
	}
	n, err := strconv.Atoi(m[1])
	if err != nil {
		return indicator.NoCount(), false
	}
	count := indicator.CountOf(n)
	return count, !count.IsMissing()
}

// noCountForm is a number that nobody has cases to the number of: a negative one, or one
// with a part.
var noCountForm = regexp.MustCompile(`^-?[0-9]+[.,][0-9]+$|^-[0-9]+$`)

// unlessSmall gives what stood where a count or a mark should, but nothing where it may be
// 1-4 in some other form: "3 st", "tre", "³". Whoever sent it finds it by its row.
func unlessSmall(cell string) string {
	if noCountForm.MatchString(cell) {
		return cell
	}
	words := strings.FieldsFunc(strings.ToLower(cell), func(r rune) bool { return !unicode.IsLetter(r) })
	for _, w := range words {
		if smallWords[w] {
			return ""
		}
	}
	for _, digits := range strings.FieldsFunc(cell, func(r rune) bool { return !unicode.IsNumber(r) }) {
		n, err := strconv.Atoi(digits)
		if utf8.RuneCountInString(digits) != len(digits) || err == nil && n >= 1 && n <= 4 {
			return ""
		}
	}
	return cell
}

// smallWords are 1-4 as people write them.
var smallWords = map[string]bool{
	"en": true, "ett": true, "två": true, "tva": true, "tre": true, "fyra": true,
	"one": true, "two": true, "three": true, "four": true,
	"i": true, "ii": true, "iii": true, "iiii": true, "iv": true,
}
