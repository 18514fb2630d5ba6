package form

import (
	"foljsam/internal/codebook"
	"foljsam/internal/locale"
	"foljsam/internal/record"
)

// textKind: what somebody writes, in a text area. Warned about when it looks as if it told
// who somebody is.
var textKind = kind{
	fill: func(x *Field, _ *codebook.Variable, a record.Answer, p *locale.Printer) {
		x.Control, x.Value, x.Max = "area", a.Value, record.LongestText
		x.Hint = p.T("form.no_names")
	},
	read: func(_ *codebook.Variable, posted []string) string { return unixLines(first(posted)) },
}

// Identifying gives a warning for each sort of thing in a text or comment that looks as if
// it told who somebody is. The warning never repeats it.
func Identifying(p *locale.Printer, k codebook.Kind, a record.Answer) (warnings []string) {
	text := a.Comment
	if k == codebook.Free || k == codebook.Key {
		text = a.Value + "\n" + text
	}
	seen := map[record.Sort]bool{}
	for _, f := range record.Identifying(text) {
		if !seen[f.Sort] {
			seen[f.Sort] = true
			warnings = append(warnings, p.T("form.looks_like", "vad", p.T("form.sort_"+string(f.Sort))))
		}
	}
	return warnings
}
