package record

import (
	"slices"
	"strconv"
	"strings"

	"foljsam/internal/codebook"
)

// AnswersOf gives a coded case as the answers of a form: the way back from [CaseOf]. Area,
// client and caseworker are not among them.
func AnswersOf(cb *codebook.Codebook, c *Case) map[string]Answer {
	all := map[string]Answer{}
	put := func(field, value string) {
		if value != "" {
			all[field] = Answer{Value: value}
		}
	}
	for n, day := range c.Dates {
		put(cb.Variable(n).Key(), day.String())
	}
	for n, x := range c.Numbers {
		put(cb.Variable(n).Key(), strconv.Itoa(x))
	}
	for n, codes := range c.Codes {
		put(cb.Variable(n).Key(), joinCodes(codes))
	}
	for i, s := range c.Supports {
		row := strconv.Itoa(i + 1)
		in := func(name, value string) { put(Field(codebook.OfSupport, row, name), value) }
		all[Field(codebook.OfSupport, row, "")] = Answer{State: Present}
		in(cb.Role(codebook.SupportBegan).Key(), s.Began.String())
		in(codebook.SupportEnded, s.Ended.String())
		in(cb.Role(codebook.Support).Key(), joinCodes(s.Codes))
		if v := cb.Role(codebook.SupportBasis); v != nil {
			in(v.Key(), codeOf(s.Basis))
		}
		in(codebook.SupportProvider, codeOf(s.Regi))
	}
	for i, r := range c.Risks {
		row := strconv.Itoa(i + 1)
		in := func(name, value string) { put(Field(codebook.OfRisk, row, name), value) }
		all[Field(codebook.OfRisk, row, "")] = Answer{State: Present}
		in(codebook.AssessedOn, r.Date.String())
		if v := cb.Role(codebook.Risk); v != nil {
			in(v.Key(), codeOf(r.Instrument))
		}
		if v := cb.Field(codebook.OfRisk, codebook.AssessedIn); v != nil {
			if k := slices.IndexFunc(v.Codes, func(x codebook.Code) bool { return x.ID == r.Phase && r.Phase != "" }); k >= 0 {
				in(codebook.AssessedIn, codeOf(v.Codes[k].Code))
			}
		}
		if r.Value != nil {
			in(codebook.Estimate, strconv.FormatFloat(*r.Value, 'f', -1, 64))
		}
	}
	return all
}

func joinCodes(codes []int) string {
	parts := make([]string, len(codes))
	for i, n := range codes {
		parts[i] = strconv.Itoa(n)
	}
	return strings.Join(parts, codebook.ListDelimiter)
}

// codeOf writes a code; 0 is not registered.
func codeOf(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}
