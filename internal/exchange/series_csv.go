package exchange

import (
	"io"
	"strconv"

	"foljsam/internal/disclosure"
	"foljsam/internal/indicator"
	"foljsam/internal/locale"
)

// SheetCell is a cell of a table as a spreadsheet has it: a number with its decimals, or a
// text (a name, a mark).
type SheetCell struct {
	Text     string
	Number   float64
	Decimals int
	IsNumber bool
}

// Sheet is a table ready for a spreadsheet, with the notes that belong under it.
type Sheet struct {
	Title  string
	Header []string // as people read it
	IDs    []string // the same columns as files name them
	Rows   [][]SheetCell
	Notes  []string
}

// seriesColumns are the columns of a series as a table: id and the key of the name.
var seriesColumns = []struct{ id, key string }{
	{"enhet", "series.unit"}, {"enhet_etikett", "series.unit_name"}, {"slag", "series.kind"}, {"lan", "series.county"}, {"ar", "series.year"},
	{"nyckeltal", "series.figure"}, {"nyckeltal_etikett", "series.figure_name"}, {"varde", "series.rate"}, {"status", "series.status"},
	{"antal", "series.cases"}, {"vuxna", "series.adults"}, {"omfattning", "series.scope"}, {"lagst", "series.low"}, {"hogst", "series.high"},
	{"stadsdelar", "series.districts"}, {"stadsdelar_med", "series.districts_with"}, {"folkmangd_kalla", "series.people_source"},
	{"folkmangd_tabell", "series.people_table"}, {"folkmangd_metod", "series.people_method"}, {"folkmangd_hamtad", "series.people_taken"},
}

// Sheet gives the series as a table, one row for each unit, year and key figure. Where there
// is no number the mark stands that pages show.
func (s *Series) Sheet(p *locale.Printer) Sheet {
	t := Sheet{Title: p.T("series.title"), Notes: s.notes(p)}
	for _, c := range seriesColumns {
		t.IDs, t.Header = append(t.IDs, c.id), append(t.Header, p.T(c.key))
	}
	for _, x := range s.Points() {
		t.Rows = append(t.Rows, x.row(p))
	}
	return t
}

func text(s string) SheetCell { return SheetCell{Text: s} }

func whole(n int) SheetCell {
	return SheetCell{Text: strconv.Itoa(n), Number: float64(n), IsNumber: true}
}

func rate(h disclosure.Hundredths) SheetCell {
	return SheetCell{Text: h.String(), Number: h.Float(), Decimals: 2, IsNumber: true}
}

// wholeIn gives a number, or the mark of why there is none.
func wholeIn(n int, state disclosure.State) SheetCell {
	if state != disclosure.Number {
		return text(state.Mark())
	}
	return whole(n)
}

func (x Point) row(p *locale.Printer) []SheetCell {
	value, low, high, adults, scope := text(x.State.Mark()), text(""), text(""), text(""), text("")
	if h, ok := x.Rate.Value(); ok && x.State == disclosure.Number {
		value = rate(h)
	}
	if a, b, ok := x.Rate.Span(); ok {
		low, high = rate(a), rate(b)
	}
	if n := x.adults(); n > 0 {
		adults = whole(n)
	}
	if x.Scope != indicator.NotStated {
		scope = whole(int(x.Scope))
	}
	of, with := text(""), text("")
	if parts, ok := x.Rate.Parts(); ok {
		of, with = whole(parts.Of), whole(parts.Numbers)
	}
	u := x.Source
	return []SheetCell{text(x.Unit.Code), text(x.Unit.Name), text(kindName(x.Unit.Kind, p)), text(countyOf(x.Unit)), whole(x.Year),
		whole(int(x.Figure)), text(figureName(x.Figure, p)), value, text(x.Status()),
		wholeIn(x.Cases()), adults, scope, low, high, of, with,
		text(u.From), text(u.Table), text(u.Method), text(u.Taken)}
}

// adults gives how many the rate is counted per: for a city those of the districts in it.
func (x Point) adults() int {
	if n := x.Rate.Adults(); n > 0 {
		return n
	}
	return x.Source.Adults
}

// Status is the word that files have for the rate's state.
func (x Point) Status() string {
	switch {
	case x.Taken:
		return "aterkallad"
	case !x.Asked:
		return "inte_tillfragad"
	}
	switch x.State {
	case disclosure.Number:
		return string(indicator.Published)
	case disclosure.Masked:
		return string(indicator.Secret)
	case disclosure.NotApplicable:
		return "ingen_folkmangd"
	}
	return string(indicator.Missing)
}

// WriteCSV writes the series as CSV: the sheet's rows under the columns' ids.
func (s *Series) WriteCSV(w io.Writer, p *locale.Printer) error {
	t := s.Sheet(p)
	b := appendRow(nil, t.IDs...)
	for _, row := range t.Rows {
		for i, c := range row {
			if i > 0 {
				b = append(b, ',')
			}
			b = appendMark(b, c.Text)
		}
		b = append(b, '\n')
	}
	_, err := w.Write(b)
	return err
}
