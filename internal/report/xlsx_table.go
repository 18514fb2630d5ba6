package report

import (
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"foljsam/internal/chart"
	"foljsam/internal/disclosure"
)

// headRow is the row of column heads on every table's sheet, under title, base and stamp.
const headRow = 5

// mostBeside is how many columns a table can have with its chart beside it; under wider
// ones, so that a printed page can be read.
const mostBeside = 5

// onOnePage prints a short table and its chart on one page.
func (s *xlsxSheet) onOnePage(rows int) {
	if one := 1; rows <= 30 {
		s.keep(s.b.f.SetPageLayout(s.name, &excelize.PageLayoutOptions{FitToHeight: &one}))
	}
}

func (b *book) tables() error {
	for _, t := range b.sheets {
		write := b.wholeTable
		if t.table.Split().ID != "" {
			write = b.splitTable
		}
		if err := write(t); err != nil {
			return err
		}
	}
	return nil
}

// wholeTable writes a table of all, its chart beside it and its notes under it.
func (b *book) wholeTable(t tableSheet) error {
	d := chart.Of(t.table, 0, b.p)
	table := d.Table()
	widths := []float64{42}
	for range table.Head[1:] {
		widths = append(widths, 12)
	}
	s, err := b.newSheet(t.name, headRow, append(widths, 3)...)
	if err != nil {
		return err
	}
	s.top(d.Title, d.N, d.Base)
	s.heads(table.Head...)
	for i, row := range table.Rows {
		s.tableRow(row, i >= d.Office().Rows)
	}
	s.under(append([]string{chart.Missing(b.rel, t.table, 0, b.p)}, d.Notes...), d.Marks)
	s.repeat(headRow)
	if len(table.Head) > mostBeside {
		s.draw(d, 1, s.row+2)
	} else {
		s.draw(d, len(table.Head)+2, headRow)
	}
	s.onOnePage(len(table.Rows))
	return s.close()
}

// top writes what stands over every table.
func (s *xlsxSheet) top(title, n, base string) {
	k := s.b.looks
	s.say(k.title, title)
	s.say(k.text, strings.TrimPrefix(n+". "+base, ". "))
	s.say(k.strong, s.b.audience())
	s.say(k.link, s.b.p.T("xlsx.back"))
	s.link(1, s.b.p.T("xlsx.contents"))
}

func (s *xlsxSheet) tableRow(row []chart.Cell, sum bool) {
	var cells []any
	for _, c := range row {
		x := s.number(c.Value, c.Format)
		switch {
		case c.Label && sum:
			x = s.text(s.b.looks.sumLabel, c.Text)
		case c.Label:
			x = s.text(s.b.looks.label, c.Text)
		case c.Text == "":
			x = s.text(s.b.looks.sumLabel, "")
		case sum:
			x.StyleID = s.b.looks.sum
		}
		cells = append(cells, x)
	}
	s.line(cells...)
}

// under writes the sentences that belong to a table, and what its marks mean.
func (s *xlsxSheet) under(notes, marks []string) {
	s.row++
	for _, n := range append(append(notes, marks...), s.b.p.T("xlsx.unrounded")) {
		if n != "" {
			s.say(s.b.looks.text, n)
		}
	}
	if s.b.rel.About.Synthetic {
		s.say(s.b.looks.strong, s.b.p.T("xlsx.synthetic"))
	}
}

// draw puts the native chart beside the table. The library places it and tells readers
// of screens what it shows; the chart itself is our own part.
func (s *xlsxSheet) draw(d *chart.Diagram, col, row int) {
	o := d.Office()
	if o.Rows == 0 {
		return
	}
	ref := "'" + s.name + "'!$A$1"
	s.keep(s.b.f.AddChart(s.name, cellName(col, row), &excelize.Chart{
		Type: excelize.Bar, Series: []excelize.ChartSeries{{Name: ref, Categories: ref, Values: ref}},
		Format:    excelize.GraphicOptions{AltText: o.Alt, Name: d.ID},
		Dimension: excelize.ChartDimension{Width: uint(o.Width), Height: uint(o.Height)},
	}))
	path := "xl/charts/chart" + strconv.Itoa(len(s.b.charts)+1) + ".xml"
	s.b.charts[path] = d.OfficeXML(chart.OfficePlace{Sheet: s.name, FirstRow: headRow + 1})
}

// splitTable writes a table by unit as one long table, to be filtered and pivoted.
func (b *book) splitTable(t tableSheet) error {
	table := t.table.Table()
	widths := []float64{10, 26}
	for range table.Dims {
		widths = append(widths, 38)
	}
	s, err := b.newSheet(t.name, headRow, append(widths, 12, 12, 12)...)
	if err != nil {
		return err
	}
	split := t.table.Split()
	by := b.p.T("xlsx.split") + ": " + split.Label.In(b.p)
	s.top(table.Title.In(b.p), by, chart.BaseOf(table, b.p))
	share, format := "matt.andel", chart.Percent
	if chart.OfMeans(table) {
		share, format = "matt.medel", chart.Mean
	}
	names := []string{b.p.T("xlsx.code"), split.Label.In(b.p)}
	for _, dim := range table.Dims {
		names = append(names, dim.Label.In(b.p))
	}
	s.heads(append(names, b.p.T("matt.antal"), b.p.T(share), "N")...)
	for u := range split.Units {
		s.unit(t.table, u, format)
	}
	if s.row > headRow {
		s.keep(b.f.AutoFilter(t.name, cellName(1, headRow)+":"+cellName(len(names)+3, s.row), nil))
	}
	s.repeat(headRow)
	s.under(nil, []string{chart.Mark(b.rel.About, disclosure.Masked, b.p), chart.Mark(b.rel.About, disclosure.NotApplicable, b.p)})
	return s.close()
}

// unit writes the rows of one unit.
func (s *xlsxSheet) unit(r *disclosure.Released, u int, format chart.Format) {
	p, t, unit := s.b.p, r.Table(), r.Split().Units[u]
	label := s.text(s.b.looks.label, unit.Label.In(p))
	code := s.text(s.b.looks.label, unit.ID)
	at := make([]int, len(t.Dims))
	for i := range t.Size() {
		cells := []any{code, label}
		rest := i
		for d := len(t.Dims) - 1; d >= 0; d-- {
			at[d] = rest % len(t.Dims[d].Cats)
			rest /= len(t.Dims[d].Cats)
		}
		for d, dim := range t.Dims {
			cells = append(cells, s.text(s.b.looks.label, dim.Cats[at[d]].Label.In(p)))
		}
		c := r.Cell(u, i)
		s.line(append(cells, s.number(c.Count, chart.Whole), s.number(c.Share, format), s.number(r.BaseOf(u, i), chart.Whole))...)
	}
}
