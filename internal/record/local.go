package record

import "foljsam/internal/codebook"

// LocalAnswer is a code that was chosen in a local variable.
type LocalAnswer struct {
	Column string
	Code   int
}

// LocalAnswers gives the codes that were chosen in a case's local variables, by the codebook that
// it was opened with.
func (f *Form) LocalAnswers(cb *codebook.Codebook) (all []LocalAnswer) {
	for _, vs := range [][]*codebook.Variable{cb.Local, cb.Retired} {
		for _, v := range vs {
			if len(v.Codes) == 0 {
				continue
			}
			for _, code := range f.value(v, v.Key()).Codes {
				all = append(all, LocalAnswer{v.Column, code})
			}
		}
	}
	return all
}
