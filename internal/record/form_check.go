package record

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"foljsam/internal/codebook"
	"foljsam/internal/fault"
)

// The longest that somebody may write in a field, in characters.
const (
	LongestText    = 4000
	LongestComment = 1000
	LongestCode    = 40 // a local code of a client or a case
)

// Check says whether an answer may stand in a field, and gives it in canonical form: codes
// ascending and once each, a decimal comma as a point. Only the impossible is refused;
// what is odd is warned about by [Form.Warnings]. The error never holds the answer.
func Check(cb *codebook.Codebook, field string, a Answer) (Answer, error) {
	v := VariableOf(cb, field)
	switch {
	case v == nil:
		return checkRow(field, a)
	case v.Retired:
		return a, fault.New(fault.Invalid, "record.no_such_field")
	}
	a.Comment, a.Version = strings.TrimSpace(a.Comment), 0
	if utf8.RuneCountInString(a.Comment) > LongestComment {
		return a, fault.New(fault.Invalid, "record.comment_long", "n", LongestComment)
	}
	switch a.State {
	case NotApplicable, Impossible:
		a.Value = ""
		return a, nil
	case Answered:
	default:
		return a, fault.New(fault.Invalid, "record.no_such_state")
	}
	a.Value = strings.TrimSpace(a.Value)
	if a.Value == "" {
		return a, nil
	}
	return canonical(v, a)
}

func checkRow(field string, a Answer) (Answer, error) {
	level, row, name := SplitField(field)
	rowLevel := level == codebook.OfSupport || level == codebook.OfRisk
	if !rowLevel || name != "" || !isRow(row) {
		return a, fault.New(fault.Invalid, "record.no_such_field")
	}
	if a.State != Present && a.State != Removed {
		return a, fault.New(fault.Invalid, "record.no_such_state")
	}
	return Answer{State: a.State}, nil
}

func canonical(v *codebook.Variable, a Answer) (Answer, error) {
	if v.Kind == codebook.Free || v.Kind == codebook.Key {
		if utf8.RuneCountInString(a.Value) > LongestText {
			return a, fault.New(fault.Invalid, "record.text_long", "n", LongestText)
		}
		return a, nil
	}
	if n, ok := plainNumber(a.Value); ok && v.Kind == codebook.One && v.Code(n) != nil {
		return a, nil // what most answers are
	}
	cell := a.Value
	if v.Kind == codebook.Many {
		cell = sortedCodes(cell)
		if err := checkExclusive(v, strings.Split(cell, codebook.ListDelimiter)); err != nil {
			return a, err
		}
	}
	x, reasons := v.Parse(strings.Replace(cell, ",", ".", 1))
	for _, r := range reasons {
		if r.Severity == fault.Left {
			return a, fault.New(fault.Invalid, "record.cannot_"+string(v.Kind), spanOf(v)...)
		}
	}
	if !x.Set || slices.ContainsFunc(x.Codes, func(n int) bool { c := v.Code(n); return c != nil && c.Retired }) {
		return a, fault.New(fault.Invalid, "record.cannot_"+string(v.Kind), spanOf(v)...)
	}
	a.Value = cellOf(v, x)
	return a, nil
}

// spanOf gives the arguments that every text of "record.cannot_…" may use.
func spanOf(v *codebook.Variable) []any {
	if v.Kind == codebook.Number && !v.Decimals {
		return []any{"min", v.Min, "max", v.Max}
	}
	return []any{"min", "", "max", ""}
}

func sortedCodes(cell string) string {
	parts := strings.Split(cell, codebook.ListDelimiter)
	slices.SortFunc(parts, func(a, b string) int {
		x, _ := strconv.Atoi(a)
		y, _ := strconv.Atoi(b)
		return x - y
	})
	return strings.Join(slices.Compact(parts), codebook.ListDelimiter)
}

// checkExclusive refuses an answer that cannot stand with another ("Nej" and "Fysisk").
func checkExclusive(v *codebook.Variable, codes []string) error {
	if len(codes) < 2 {
		return nil
	}
	for _, code := range codes {
		n, err := strconv.Atoi(code)
		if c := v.Code(n); err == nil && c != nil && (c.Exclusive || c == v.Noted) {
			return fault.New(fault.Invalid, "record.exclusive")
		}
	}
	return nil
}

// cellOf writes a value as the cell of an extract.
func cellOf(v *codebook.Variable, x codebook.Value) string {
	switch v.Kind {
	case codebook.One, codebook.Many:
		var parts []string
		for _, n := range x.Codes {
			parts = append(parts, strconv.Itoa(n))
		}
		return strings.Join(parts, codebook.ListDelimiter)
	case codebook.Number:
		return strconv.FormatFloat(x.Number, 'f', -1, 64)
	case codebook.Date:
		return DayOf(x.Day).String()
	}
	return x.Text
}
