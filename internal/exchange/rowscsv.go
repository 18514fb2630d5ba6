package exchange

import "io"

// WriteRows writes rows of texts as CSV. What a spreadsheet would take for a formula is text.
func WriteRows(w io.Writer, rows [][]string) error {
	var b []byte
	for _, r := range rows {
		b = appendRow(b, r...)
	}
	_, err := w.Write(b)
	return err
}
