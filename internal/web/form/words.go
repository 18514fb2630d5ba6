package form

import (
	"strings"

	"foljsam/internal/codebook"
	"foljsam/internal/locale"
	"foljsam/internal/place"
	"foljsam/internal/record"
	"foljsam/internal/web/page"
)

// Say writes an answer in words: "Polis, Kvinnojour", "8 maj 2024", "Ej aktuell". The comment
// stands after it. Nothing registered is empty.
func Say(p *locale.Printer, cb *codebook.Codebook, field string, a record.Answer) string {
	text := SayValue(p, cb, field, a)
	if a.Comment != "" {
		text = strings.TrimSpace(text + " " + p.T("cases.comment", "text", a.Comment))
	}
	return text
}

// SayValue writes an answer in words without its comment.
func SayValue(p *locale.Printer, cb *codebook.Codebook, field string, a record.Answer) string {
	switch a.State {
	case record.Present:
		return p.T("cases.row_there")
	case record.Removed:
		return p.T("cases.row_removed")
	case record.NotApplicable:
		return p.T("form.state_not_applicable")
	case record.Impossible:
		return p.T("form.state_impossible")
	}
	if v := record.VariableOf(cb, field); v != nil && a.Value != "" {
		return sayValue(p, v, a.Value)
	}
	return a.Value
}

func sayValue(p *locale.Printer, v *codebook.Variable, value string) string {
	x, _ := v.Parse(value)
	switch {
	case v.Kind == codebook.Date && x.Set:
		return page.Date(p, x.Day)
	case v.Kind == codebook.Place && place.NameOf(value) != "":
		return place.NameOf(value)
	case v.Kind == codebook.Number && x.Set && v.Decimals:
		_, after, _ := strings.Cut(value, ".")
		return p.Number(x.Number, len(after))
	case (v.Kind == codebook.One || v.Kind == codebook.Many) && x.Set:
		var words []string
		for _, n := range x.Codes {
			if c := codeOf(v, n); c != nil {
				words = append(words, c.Label.In(p.Lang()))
			}
		}
		return strings.Join(words, ", ")
	}
	return value
}

func codeOf(v *codebook.Variable, n int) *codebook.Code {
	if v.Noted != nil && v.Noted.Code == n {
		return v.Noted
	}
	return v.Code(n)
}

// NameOf gives what a field is called: a variable's label, and in a row which row it is.
func NameOf(p *locale.Printer, cb *codebook.Codebook, field string) string {
	level, row, _ := record.SplitField(field)
	v := record.VariableOf(cb, field)
	switch {
	case v == nil && level != codebook.OfCase:
		return p.T("cases.row_"+string(level), "nr", row)
	case v == nil:
		return field
	case row != "":
		return p.T("cases.row_"+string(level), "nr", row) + ": " + v.Label.In(p.Lang())
	}
	return v.Label.In(p.Lang())
}
