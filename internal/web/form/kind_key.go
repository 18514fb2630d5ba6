package form

import (
	"foljsam/internal/codebook"
	"foljsam/internal/locale"
	"foljsam/internal/record"
)

// keyKind: a local code. It stays at home; the browser must not remember it.
var keyKind = kind{
	fill: func(x *Field, _ *codebook.Variable, a record.Answer, p *locale.Printer) {
		x.Control, x.Size, x.Value, x.Max = "text", "code", a.Value, record.LongestCode
		x.Hint = p.T("form.code_not_number")
	},
	read: func(_ *codebook.Variable, posted []string) string { return first(posted) },
}
