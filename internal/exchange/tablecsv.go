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
	return writeTableCSV(w, r, p, nil, nil)
}

// WriteToldCSV is WriteTableCSV with one column more, last and the same on every row: of what the
// table is. A file of a selection of cases must say so itself.
func WriteToldCSV(w io.Writer, r *disclosure.Released, p *locale.Printer, column, told string) error {
	return writeTableCSV(w, r, p, []string{column}, appendCell([]byte{','}, told))
}

func writeTableCSV(w io.Writer, r *disclosure.Released, p *locale.Printer, more []string, last []byte) error {
	dims := dimensionsOf(r, p)
	var header []string
	for _, d := range dims {
		header = append(header, d.id, d.id+"_etikett")
	}
	b := appendRow(nil, append(append(header, "varde", "status"), more...)...)
	heads := cellHeads(dims)
	at := make([]int, len(dims))
	eachValue(r, func(v disclosure.Value) {
		for d, k := range at {
			b = append(b, heads[d][k]...)
		}
		b = append(append(appendValue(b, v), last...), '\n')
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
