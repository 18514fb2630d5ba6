package exchange

import (
	"io"
	"strconv"

	"foljsam/internal/fault"
	"foljsam/internal/locale"
)

// WriteProblems writes what was found in somebody's data as CSV, in the printer's
// language: paket,fil,rad,kolumn,varde,allvar,orsak. rad is empty where a file or a
// package is at fault.
func WriteProblems(w io.Writer, all []fault.Problem, p *locale.Printer) error {
	b := appendRow(nil, "paket", "fil", "rad", "kolumn", "varde", "allvar", "orsak")
	for _, x := range all {
		row := ""
		if x.Row > 0 {
			row = strconv.Itoa(x.Row)
		}
		b = appendRow(b, x.Package, x.File, row, x.Column, x.Value, severityWord(x.Severity), p.Reason(x))
		if len(b) > 1<<16 {
			if _, err := w.Write(b); err != nil {
				return err
			}
			b = b[:0]
		}
	}
	_, err := w.Write(b)
	return err
}

// severityWord is the format's own word, the same in every language.
func severityWord(s fault.Severity) string {
	if s == fault.Warning {
		return "varning"
	}
	return "fel"
}
