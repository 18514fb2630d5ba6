package report

import (
	"fmt"
	"io"
	"time"

	"github.com/xuri/excelize/v2"

	"foljsam/internal/locale"
)

// PlainTable is one table for a workbook without diagrams: a cell is a text, or a number
// with its decimals.
type PlainTable struct {
	Title string
	Name  string // of the sheet
	Head  []string
	Rows  [][]PlainCell
	Notes []string
}

// PlainCell is one cell of it.
type PlainCell struct {
	Text     string
	Number   float64
	IsNumber bool
	Decimals int
}

// WritePlain writes a table as a workbook with one sheet, the notes under the table. The same
// table gives the same bytes. Texts are never formulas.
func WritePlain(w io.Writer, t PlainTable, p *locale.Printer) error {
	f := excelize.NewFile()
	defer f.Close()
	stamp := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC).Format(time.RFC3339) // a fixed day, never the clock
	if err := f.SetDocProps(&excelize.DocProperties{Title: t.Title, Creator: "Följsam", LastModifiedBy: "Följsam", Language: string(p.Lang()), Created: stamp, Modified: stamp}); err != nil {
		return err
	}
	if err := f.SetSheetName("Sheet1", t.Name); err != nil {
		return err
	}
	out, err := f.NewStreamWriter(t.Name)
	if err != nil {
		return err
	}
	x := plainSheet{f: f, out: out, looks: map[int]int{}}
	if err := x.write(t); err != nil {
		return err
	}
	f.SetZipWriter(func(w io.Writer) excelize.ZipWriter { return &steadyZip{w: w} })
	_, err = f.WriteTo(w)
	return err
}

type plainSheet struct {
	f     *excelize.File
	out   *excelize.StreamWriter
	looks map[int]int // style by number of decimals
	row   int
}

func (x *plainSheet) write(t PlainTable) error {
	strong, err := x.f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true, Family: bookFont, Size: 11}})
	if err != nil {
		return err
	}
	if err := x.out.SetColWidth(1, max(1, len(t.Head)), 16); err != nil {
		return err
	}
	if err := x.out.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	head := make([]any, len(t.Head))
	for i, h := range t.Head {
		head[i] = excelize.Cell{StyleID: strong, Value: h}
	}
	if err := x.line(head); err != nil {
		return err
	}
	for _, row := range t.Rows {
		cells := make([]any, len(row))
		for i, c := range row {
			if cells[i], err = x.cell(c); err != nil {
				return err
			}
		}
		if err := x.line(cells); err != nil {
			return err
		}
	}
	for _, n := range append([]string{""}, t.Notes...) {
		if err := x.line([]any{n}); err != nil {
			return err
		}
	}
	return x.out.Flush()
}

func (x *plainSheet) line(cells []any) error {
	x.row++
	return x.out.SetRow(fmt.Sprintf("A%d", x.row), cells)
}

func (x *plainSheet) cell(c PlainCell) (any, error) {
	if !c.IsNumber {
		return c.Text, nil
	}
	look, known := x.looks[c.Decimals]
	if !known {
		format := "0"
		for i := range c.Decimals {
			if i == 0 {
				format += "."
			}
			format += "0"
		}
		var err error
		if look, err = x.f.NewStyle(&excelize.Style{CustomNumFmt: &format}); err != nil {
			return nil, err
		}
		x.looks[c.Decimals] = look
	}
	return excelize.Cell{StyleID: look, Value: c.Number}, nil
}
