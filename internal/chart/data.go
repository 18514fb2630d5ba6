package chart

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"foljsam/internal/codebook"
	"foljsam/internal/disclosure"
	"foljsam/internal/query"
)

// few is the N under which a diagram shows how many cases there are, not their percent.
const few = 20

// read takes the table's cells into rows and series.
func (d *Diagram) read(l line) {
	t := d.table.Table()
	rowDim, seriesDim := l.kind.dims(t)
	d.rowN = l.kind.rowsFirst && t.BaseDims == 1
	for _, c := range rowDim.Cats {
		d.rows = append(d.rows, d.rowOf(*rowDim, c))
	}
	if seriesDim == nil {
		d.series = []series{d.oneSeries()}
	} else {
		for s, c := range seriesDim.Cats {
			d.series = append(d.series, d.seriesOf(l, *seriesDim, c, s))
		}
	}
	if d.rowN {
		for i := range d.rows {
			d.rows[i].n = d.table.BaseOf(d.unit, d.cellAt(l, i, 0))
		}
	}
	if l.order == bySize {
		d.sortBySize()
	}
}

func (d *Diagram) rowOf(dim query.Dim, c query.Cat) row {
	label := d.name(dim, c)
	if d.kind.name == profileName {
		if head, rest, ok := strings.Cut(label, ": "); ok {
			return row{label: rest, head: head, spare: d.youngest(dim, c)}
		}
	}
	return row{label: label, all: c.Set.String() == query.All().String(), spare: d.youngest(dim, c)}
}

// youngest tells whether a category is the first age group: adults' cases have children's
// ages only by mistake.
func (d *Diagram) youngest(dim query.Dim, c query.Cat) bool {
	ages := d.table.About().Codebook.Grouping("alder")
	if ages == nil || len(ages.Groups) == 0 {
		return false
	}
	first := ages.Groups[0].ID
	return dim.ID == ages.ID && c.ID == first || c.ID == ages.ID+"_"+first
}

func (d *Diagram) oneSeries() series {
	s := series{}
	for i := range d.rows {
		s.cells = append(s.cells, d.table.Cell(d.unit, i))
	}
	if d.table.Table().BaseDims == 0 {
		s.n = d.table.Base(d.unit, 0)
	}
	return s
}

func (d *Diagram) seriesOf(l line, dim query.Dim, c query.Cat, at int) series {
	s := series{name: d.name(dim, c)}
	for i := range d.rows {
		s.cells = append(s.cells, d.table.Cell(d.unit, d.cellAt(l, i, at)))
	}
	switch {
	case d.kind.name == profileName:
		s.n = d.table.Figure(d.unit, "grupp")[at]
	case !l.kind.rowsFirst:
		s.n = d.table.Base(d.unit, at)
	}
	return s
}

// cellAt gives the place in the table of a row of a series.
func (d *Diagram) cellAt(l line, row, series int) int {
	t := d.table.Table()
	switch {
	case len(t.Dims) == 1:
		return row
	case l.kind.rowsFirst:
		return t.Index(row, series)
	}
	return t.Index(series, row)
}

// name is what a category is called where it stands alone. "Ja" and "Nej" to the honour
// context say nothing without the question.
func (d *Diagram) name(dim query.Dim, c query.Cat) string {
	honour := d.table.About().Codebook.Role(codebook.Honour)
	compared := len(d.table.Table().Dims) > 1
	if compared && honour != nil && (dim.ID == "hrv" || dim.ID == fmt.Sprintf("v%d", honour.Number)) {
		switch c.ID {
		case "1":
			return d.p.T("cat.hrv")
		case "2":
			return d.p.T("cat.ej_hrv")
		}
	}
	return c.Label.In(d.p)
}

// sortBySize puts the largest number of the first series first, zeros after what is
// masked, and last what is not there. Among the masked the codebook's order stays: their
// places must not tell their sizes.
func (d *Diagram) sortBySize() {
	at := make([]int, len(d.rows))
	for i := range at {
		at[i] = i
	}
	slices.SortStableFunc(at, func(a, b int) int {
		return cmp.Compare(rank(d.plotted(0, b)), rank(d.plotted(0, a)))
	})
	rows := make([]row, len(at))
	for i, k := range at {
		rows[i] = d.rows[k]
	}
	d.rows = rows
	for s := range d.series {
		cells := make([]disclosure.Cell, len(at))
		for i, k := range at {
			cells[i] = d.series[s].cells[k]
		}
		d.series[s].cells = cells
	}
}

// rank is where a value stands among others; it knows no more than what is shown.
func rank(v disclosure.Value) float64 {
	switch {
	case v.State() == disclosure.Masked:
		return -1
	case !v.IsNumber():
		return -3
	case v.Float() == 0:
		return -2
	}
	return v.Float()
}

// plotted is the value that a bar's length stands for.
func (d *Diagram) plotted(s, row int) disclosure.Value {
	c := d.series[s].cells[row]
	if d.measure == counts {
		return c.Count
	}
	return c.Share
}

// fewCases shows counts where percent would make much of a handful of cases, or where every percent
// is hidden and the counts are not.
func (d *Diagram) fewCases() {
	if d.measure != percents || len(d.series) != 1 {
		return
	}
	switch n := d.series[0].n; {
	case n.IsNumber() && n.Float() < few && n.Float() > 0:
		d.measure = counts
		d.Notes = append(d.Notes, d.p.T("chart.few"))
	case d.onlyCounts():
		d.measure = counts
		d.Notes = append(d.Notes, d.p.T("chart.only_counts"))
	}
}

// onlyCounts tells whether counts may be shown and no percent of them.
func (d *Diagram) onlyCounts() bool {
	cells := d.series[0].cells
	return !slices.ContainsFunc(cells, func(c disclosure.Cell) bool { return c.Share.IsNumber() || c.Share.State() == disclosure.NotApplicable }) &&
		slices.ContainsFunc(cells, func(c disclosure.Cell) bool { return c.Count.IsNumber() && c.Count.Int() > 0 })
}
