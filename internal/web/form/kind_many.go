package form

import (
	"strings"

	"foljsam/internal/codebook"
	"foljsam/internal/locale"
	"foljsam/internal/record"
)

// manyKind: any codes of a list, as checkboxes. Answers that cannot stand with others say so.
var manyKind = kind{
	fill: func(x *Field, v *codebook.Variable, a record.Answer, p *locale.Printer) {
		x.Control = "many"
		x.addOptions(v, strings.Split(a.Value, codebook.ListDelimiter), p)
		x.Hint = p.T("form.several")
		if alone := aloneIn(x.Options, p); len(alone) > 0 {
			x.Hint = p.T("form.several_but", "svar", strings.Join(alone, ", "))
		}
	},
	read: func(_ *codebook.Variable, posted []string) string {
		return strings.Join(posted, codebook.ListDelimiter)
	},
}

func aloneIn(options []Option, p *locale.Printer) (texts []string) {
	for _, o := range options {
		if o.Exclusive {
			texts = append(texts, p.T("form.quoted", "svar", o.Text))
		}
	}
	return texts
}
