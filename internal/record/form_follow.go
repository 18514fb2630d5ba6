package record

import (
	"strconv"

	"foljsam/internal/codebook"
)

// Follow adds to some answers what changes with them, so that it is one save and undone as
// one: where a risk assessment gets an instrument with another scale, the values on the old
// scale are taken away. What the answers say anew stands.
func (f *Form) Follow(cb *codebook.Codebook, answers map[string]Answer) {
	v := cb.Role(codebook.Risk)
	if v == nil {
		return
	}
	for _, row := range f.Rows(v.Level) {
		field := Field(v.Level, row, v.Key())
		a, said := answers[field]
		if !said || a.Same(f.Answers[field]) {
			continue
		}
		was, now := scaleOf(v, f.Answers[field]), scaleOf(v, a)
		for _, name := range []string{codebook.Estimate, codebook.OwnEstimate} {
			value := f.Answers[Field(v.Level, row, name)].Value
			if was != "" && now != "" && was != now || !cb.OnScale(now, value) {
				f.takeAway(answers, Field(v.Level, row, name))
			}
		}
		if now != "" && now != codebook.FreeScale {
			f.takeAway(answers, Field(v.Level, row, codebook.ScaleFrom))
			f.takeAway(answers, Field(v.Level, row, codebook.ScaleTill))
		}
	}
}

// takeAway empties a field that has a value, unless the answers give it another.
func (f *Form) takeAway(answers map[string]Answer, field string) {
	stands := f.Answers[field]
	if a, said := answers[field]; stands.Value == "" || said && !a.Same(stands) {
		return
	}
	answers[field] = Answer{Comment: stands.Comment}
}

// scaleOf gives the scale of the instrument that an answer names; empty where it names none.
func scaleOf(v *codebook.Variable, a Answer) string {
	n, err := strconv.Atoi(a.Value)
	if c := v.Code(n); err == nil && c != nil {
		return c.Scale
	}
	return ""
}
