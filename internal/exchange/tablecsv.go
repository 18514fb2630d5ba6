package exchange

import (
	"io"

	"foljsam/internal/disclosure"
	"foljsam/internal/locale"
)

// WriteTableCSV writes a table as CSV, one row a cell: a column for each dimension with
// the category's id, one with its label, then the value and its status. Where there is no
// number the mark stands that pages show (".." masked, "-" not registered, "." not
// applicable).
func WriteTableCSV(w io.Writer, r *disclosure.Released, p *locale.Printer) error {
	return writeTableCSV(w, r, p, nil)
}

// Told is what a file of a selection of cases says on its rows besides.
type Told struct {
	Low, High, About string                                   // columns
	Interval         func(unit, cell int) disclosure.Estimate // of a cell's share, in percent
	Text             string                                   // of what the table is, the same on every row
}

// WriteToldCSV is WriteTableCSV with three columns more: where the interval of a share begins and
// ends, and last of what the table is.
func WriteToldCSV(w io.Writer, r *disclosure.Released, p *locale.Printer, told Told) error {
	return writeTableCSV(w, r, p, &told)
}

// add adds the told cells of a row: values come two for each cell of the table, its count and then
// its share, unit by unit.
func (t *Told) add(b []byte, size, row int) []byte {
	if t == nil {
		return b
	}
	if row%2 == 0 { // a count has none
		none := disclosure.NotApplicable.Mark()
		b = appendMark(append(appendMark(append(b, ','), none), ','), none)
	} else {
		e := t.Interval(row/2/size, row/2%size)
		b = appendEnd(appendEnd(b, e.Low), e.High)
	}
	return appendCell(append(b, ','), t.Text)
}

func appendEnd(b []byte, v disclosure.Value) []byte {
	if b = append(b, ','); v.IsNumber() {
		return appendNumber(b, v.Float())
	}
	return appendMark(b, v.State().Mark())
}

func writeTableCSV(w io.Writer, r *disclosure.Released, p *locale.Printer, told *Told) error {
	dims := dimensionsOf(r, p)
	var header []string
	for _, d := range dims {
		header = append(header, d.id, d.id+"_etikett")
	}
	header = append(header, "varde", "status")
	if told != nil {
		header = append(header, told.Low, told.High, told.About)
	}
	b := appendRow(nil, header...)
	heads := cellHeads(dims)
	at, row := make([]int, len(dims)), 0
	eachValue(r, func(v disclosure.Value) {
		for d, k := range at {
			b = append(b, heads[d][k]...)
		}
		b = append(told.add(appendValue(b, v), r.Table().Size(), row), '\n')
		row++
		advance(at, dims)
	})
	_, err := w.Write(b)
	return err
}

// cellHeads makes the two cells of every category once: "id,label,".
func cellHeads(dims []dimension) [][]string {
	heads := make([][]string, len(dims))
	for i, d := range dims {
		for k, id := range d.cats {
			head := append(appendMark(nil, id), ',')
			heads[i] = append(heads[i], string(append(appendCell(head, d.names[k]), ',')))
		}
	}
	return heads
}

// appendMark adds an id or a mark. A dash alone is one of them, and no formula.
func appendMark(b []byte, s string) []byte {
	if s == "-" {
		return append(b, s...)
	}
	return appendCell(b, s)
}

// appendValue adds the value and its status.
func appendValue(b []byte, v disclosure.Value) []byte {
	if v.IsNumber() {
		return append(appendNumber(b, v.Float()), ',')
	}
	b = append(appendMark(b, v.State().Mark()), ',')
	return appendMark(b, v.State().Status())
}

// advance goes to the next cell, the last dimension first.
func advance(at []int, dims []dimension) {
	for d := len(at) - 1; d >= 0; d-- {
		if at[d]++; at[d] < len(dims[d].cats) {
			return
		}
		at[d] = 0
	}
}
