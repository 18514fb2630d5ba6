package chart

import (
	"strings"

	"foljsam/internal/disclosure"
	"foljsam/internal/locale"
)

// Table is the diagram's numbers as a table, in the diagram's order.
type Table struct {
	Head []string // one for each column, whole: "HRV, procent"
	Rows [][]Cell
}

// Cell is one cell of a Table. Text is what is shown: the number or its mark.
type Cell struct {
	Text   string
	Label  bool // a category's name; the first cell of a row
	Value  disclosure.Value
	Format Format
}

// Format is how a number is to be written.
type Format int

const (
	Whole   Format = iota // 3 070
	Percent               // 57 %; the value is 57,4
	Mean                  // 2,4
)

// Code is the format as a workbook writes it, with the language's space before the sign;
// a workbook's percent are of one. Less than half a percent is not shown as none.
func (f Format) Code(l locale.Lang) string {
	whole := "0%"
	if l != locale.English {
		whole = "0\u00a0%"
	}
	percent := "[=0]" + whole + `;[<0.005]"<"` + strings.Replace(whole, "0", `"1"`, 1) + ";" + whole
	return [...]string{"#,##0", percent, "0.0"}[f]
}

// Number gives the number as a workbook holds it, unrounded: percent as parts of one.
func (c Cell) Number() float64 {
	if c.Format == Percent {
		return c.Value.Float() / 100
	}
	return c.Value.Float()
}

// Table gives the numbers: of each series how many and the percent or the mean, and N
// where rows or series have their own.
func (d *Diagram) Table() Table {
	t := Table{Head: d.head()}
	for i, r := range d.rows {
		label := r.label
		if r.head != "" {
			label = r.head + ": " + r.label
		}
		t.Rows = append(t.Rows, d.tableRow(i, label))
	}
	if last := d.lastRow(); last != nil {
		t.Rows = append(t.Rows, last)
	}
	return t
}

func (d *Diagram) head() []string {
	rowDim, _ := d.kind.dims(d.table.Table())
	head := []string{rowDim.Label.In(d.p)}
	second := d.p.T("matt.andel")
	if d.measure == means {
		second = d.p.T("matt.medel")
	}
	for _, s := range d.series {
		for _, m := range []string{d.p.T("matt.antal"), second} {
			if s.name != "" {
				m = d.p.T("chart.of_series", "series", s.name, "measure", strings.ToLower(m))
			}
			head = append(head, m)
		}
	}
	if d.rowN {
		head = append(head, "N")
	}
	if f := d.cellFigure(); f != "" {
		for _, s := range d.series {
			head = append(head, d.p.T("chart.of_series", "series", s.name, "measure", d.p.T("chart.figure_"+f)))
		}
	}
	return head
}

func (d *Diagram) tableRow(i int, label string) []Cell {
	row := []Cell{{Text: label, Label: true}}
	for _, s := range d.series {
		second := percents
		if d.measure == means {
			second = means
		}
		row = append(row, d.cell(s.cells[i].Count, counts), d.cell(s.cells[i].Share, second))
	}
	if d.rowN {
		row = append(row, d.cell(d.rows[i].n, counts))
	}
	if f := d.cellFigure(); f != "" {
		for s := range d.series {
			row = append(row, d.cell(d.table.Figure(d.unit, f)[i*len(d.series)+s], counts))
		}
	}
	return row
}

// lastRow is N under the columns, where rows have none of their own.
func (d *Diagram) lastRow() []Cell {
	if d.rowN || d.measure == means {
		return nil
	}
	row := []Cell{{Text: "N", Label: true}}
	for _, s := range d.series {
		row = append(row, d.cell(s.n, counts), Cell{})
	}
	return row
}

// cellFigure is a further figure with a value for each cell.
func (d *Diagram) cellFigure() string {
	t := d.table.Table()
	for _, f := range t.Figures {
		if len(f.At) == t.Size() {
			return f.ID
		}
	}
	return ""
}

func (d *Diagram) cell(v disclosure.Value, m measure) Cell {
	return Cell{Text: write(d.p, v, m), Value: v, Format: m.format()}
}
