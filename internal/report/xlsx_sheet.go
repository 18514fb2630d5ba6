package report

import (
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"foljsam/internal/chart"
	"foljsam/internal/disclosure"
)

// xlsxSheet is a sheet being written from the top down.
type xlsxSheet struct {
	b    *book
	name string
	out  *excelize.StreamWriter
	row  int // written last
	wide []float64
	err  error
}

// newSheet begins a sheet on A4 lying, one page wide, with the rows down to head kept in
// sight and on every page.
func (b *book) newSheet(name string, head int, widths ...float64) (*xlsxSheet, error) {
	if _, err := b.f.NewSheet(name); err != nil {
		return nil, err
	}
	fit, size, wide, high, lying := true, 9, 1, 0, "landscape" // 9 is A4; 0 as many pages high as it takes
	if err := b.f.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return nil, err
	}
	if err := b.f.SetPageLayout(name, &excelize.PageLayoutOptions{Size: &size, Orientation: &lying, FitToWidth: &wide, FitToHeight: &high}); err != nil {
		return nil, err
	}
	if err := b.f.SetHeaderFooter(name, &excelize.HeaderFooterOptions{OddFooter: b.footer()}); err != nil {
		return nil, err
	}
	out, err := b.f.NewStreamWriter(name)
	if err != nil {
		return nil, err
	}
	s := &xlsxSheet{b: b, name: name, out: out, wide: widths}
	for i, w := range widths {
		s.keep(out.SetColWidth(i+1, i+1, w))
	}
	below := cellName(1, head+1)
	s.keep(out.SetPanes(&excelize.Panes{Freeze: true, YSplit: head, TopLeftCell: below, ActivePane: "bottomLeft"}))
	return s, s.err
}

// footer says on every page whose it is, for whom, and which page of how many.
func (b *book) footer() string {
	left := strings.Join(append([]string{b.readDays()}, chart.Stamps(b.rel.About, b.p)...), " · ")
	return "&L" + strings.ReplaceAll(strings.TrimPrefix(left, " · "), "&", "&&") + "&R" + b.p.T("xlsx.page") + " &P (&N)"
}

func (s *xlsxSheet) keep(err error) {
	if s.err == nil {
		s.err = err
	}
}

func cellName(col, row int) string {
	name, _ := excelize.CoordinatesToCellName(col, row) // both are above 0
	return name
}

// line writes the next row, as high as its longest wrapped text.
func (s *xlsxSheet) line(cells ...any) { s.write(s.lines(cells), cells) }

// say writes a row with one text, which goes on over the empty cells beside it.
func (s *xlsxSheet) say(style int, text string) {
	high := 1.0
	if style == s.b.looks.title {
		high = 1.4
	}
	s.write(high, []any{s.text(style, text)})
}

// rowHeight is the height of a row of one line, in points.
const rowHeight = 15

func (s *xlsxSheet) write(lines float64, cells []any) {
	s.row++
	s.keep(s.out.SetRow(cellName(1, s.row), cells, excelize.RowOpts{Height: rowHeight * lines}))
}

// lines is how many lines the texts need in their columns. Not every program works that
// out by itself.
func (s *xlsxSheet) lines(cells []any) float64 {
	most := 1
	for i, c := range cells {
		if text, ok := c.(excelize.Cell).Value.(string); ok && i < len(s.wide) {
			most = max(most, linesIn(text, int(s.wide[i])))
		}
	}
	return float64(most)
}

// linesIn is how many lines of so many letters a text needs, broken between words.
func linesIn(text string, letters int) int {
	if len(text) <= letters {
		return 1
	}
	lines, used := 1, 0
	for _, word := range strings.Fields(text) {
		n := utf8.RuneCountInString(word)
		if used > 0 && used+1+n > letters {
			lines, used = lines+1, 0
		}
		used += n + 1
		lines += (n - 1) / letters // a word that is cut
	}
	return lines
}

func (s *xlsxSheet) text(style int, text string) excelize.Cell {
	return excelize.Cell{StyleID: style, Value: text}
}

// link makes the cell in the row just written lead to a sheet.
func (s *xlsxSheet) link(col int, to string) {
	s.keep(s.b.f.SetCellHyperLink(s.name, cellName(col, s.row), "'"+to+"'!A1", "Location"))
}

// repeat prints the rows from first to last on every page.
func (s *xlsxSheet) repeat(row int) {
	at := cellName(1, row)[1:]
	s.keep(s.b.f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", Scope: s.name, RefersTo: "'" + s.name + "'!$" + at + ":$" + at}))
}

// close ends the sheet.
func (s *xlsxSheet) close() error {
	s.keep(s.out.Flush())
	return s.err
}

// number is a cell with a value: its number as it is, or its mark.
func (s *xlsxSheet) number(v disclosure.Value, f chart.Format) excelize.Cell {
	k := s.b.looks
	if !v.IsNumber() {
		return excelize.Cell{StyleID: k.mark, Value: v.State().Mark()}
	}
	switch f {
	case chart.Whole:
		return excelize.Cell{StyleID: k.whole, Value: v.Int()}
	case chart.Mean:
		return excelize.Cell{StyleID: k.mean, Value: v.Float()}
	}
	return excelize.Cell{StyleID: k.percent, Value: v.Float() / 100}
}

// heads writes the row of column heads.
func (s *xlsxSheet) heads(names ...string) {
	var cells []any
	for _, n := range names {
		cells = append(cells, s.text(s.b.looks.head, n))
	}
	s.line(cells...)
}
