package form

import (
	"foljsam/internal/codebook"
	"foljsam/internal/locale"
	"foljsam/internal/record"
)

// placeKind: the municipality or district. The register knows which it is; it is shown, not
// asked.
var placeKind = kind{
	fill: func(x *Field, _ *codebook.Variable, a record.Answer, _ *locale.Printer) {
		x.Control, x.Value = "fixed", a.Value
	},
	read: func(_ *codebook.Variable, posted []string) string { return first(posted) },
}
