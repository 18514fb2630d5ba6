package form

import (
	"strings"

	"foljsam/internal/codebook"
	"foljsam/internal/locale"
	"foljsam/internal/record"
)

// numberKind: a number, written. Not type=number: it drops what it does not understand and
// changes when somebody scrolls.
var numberKind = kind{
	fill: func(x *Field, v *codebook.Variable, a record.Answer, p *locale.Printer) {
		x.Control, x.Size, x.Numeric, x.Max = "text", "short", !v.Decimals, 12
		x.Value = writeNumber(a.Value, p)
		if !v.Decimals {
			x.Hint = p.T("form.number_between", "min", v.Min, "max", v.Max)
		}
	},
	read: func(_ *codebook.Variable, posted []string) string { return readNumber(first(posted)) },
}

// writeNumber writes a decimal point as the language does.
func writeNumber(s string, p *locale.Printer) string {
	if p.Lang() == locale.Swedish {
		return strings.Replace(s, ".", ",", 1)
	}
	return s
}

// readNumber takes away the spaces that people put between thousands, and makes a comma a
// point and the minus sign of print a hyphen.
func readNumber(s string) string {
	return strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "", ",", ".", "\u2212", "-").Replace(s)
}
