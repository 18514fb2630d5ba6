package record

import "foljsam/internal/codebook"

// Wrote tells whether somebody has written words of their own in a case: the client in the survey,
// or staff beside an answer.
func (f *Form) Wrote(cb *codebook.Codebook) (client, staff bool) {
	asked := map[int]bool{}
	for _, n := range cb.Survey {
		asked[n] = true
	}
	for field, a := range f.Answers {
		if a.Comment == "" && len(a.Value) < 1 {
			continue
		}
		v := VariableOf(cb, field)
		switch {
		case v == nil || a.Comment == "" && (v.Kind != codebook.Free || a.State != Answered):
		case asked[v.Number] && v.Number > 0:
			client = true
		case a.Comment != "":
			staff = true
		}
	}
	return client, staff
}
