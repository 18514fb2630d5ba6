package codebook

import (
	"slices"
	"strings"

	"foljsam/internal/fault"
)

// ListDelimiter stands between the codes of a cell.
const ListDelimiter = "|"

// manyKind: any codes of a list.
var manyKind = KindRules{
	Kind:  Many,
	Check: checkList,
	Parse: parseMany,
}

// parseMany leaves out an unknown code, not the cell; a code twice counts once. A noted
// none together with codes says two things at once, and the cell is left out.
func parseMany(v *Variable, cell string) (Value, []Reason) {
	var codes []int
	var reasons []Reason
	for part := range strings.SplitSeq(cell, ListDelimiter) {
		code, ok := parseCode(v, part)
		switch {
		case !ok:
			reasons = append(reasons, Reason{Key: "codebook.unknown_code", Part: part})
		case slices.Contains(codes, code):
			reasons = append(reasons, Reason{Key: "codebook.code_twice", Part: part, Severity: fault.Warning})
		default:
			codes = append(codes, code)
		}
	}
	if v.Noted != nil && len(codes) > 1 && slices.Contains(codes, v.Noted.Code) {
		return left("codebook.none_and_more", cell)
	}
	slices.Sort(codes)
	return Value{Set: len(codes) > 0, Codes: codes}, reasons
}

// Contradicts tells whether an answer that excludes the others ("Nej", "Vet ej", a noted
// none) stands together with another. A form does not allow it; a file is only warned.
func (v *Variable) Contradicts(codes []int) bool {
	return len(codes) > 1 && slices.ContainsFunc(codes, func(n int) bool {
		c := v.Code(n)
		return c != nil && c.Exclusive
	})
}
