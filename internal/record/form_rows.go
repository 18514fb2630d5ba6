package record

import (
	"slices"

	"foljsam/internal/codebook"
	"foljsam/internal/fault"
)

// InRemovedRow tells whether a field is of a row that was taken away: what is written there
// is not seen.
func (f *Form) InRemovedRow(field string) bool {
	level, row, name := SplitField(field)
	return name != "" && level != codebook.OfCase && f.Answers[Field(level, row, "")].State == Removed
}

// checkRows refuses answers in rows that were taken away and are not put back with them,
// and rows beyond the next ones: ids are given in order, and there are not many.
func (f *Form) checkRows(answers map[string]Answer) error {
	fresh := map[codebook.Level][]int{}
	for field, a := range answers {
		level, row, name := SplitField(field)
		if level == codebook.OfCase || f.Answers[field].Same(a) {
			continue
		}
		owner := Field(level, row, "")
		if f.InRemovedRow(field) && answers[owner].State != Present {
			return fault.New(fault.Invalid, "record.row_removed")
		}
		n, ok := plainNumber(row)
		if _, there := f.Answers[owner]; ok && !there && (name == "" || !a.Empty() || a.Comment != "") && !slices.Contains(fresh[level], n) {
			fresh[level] = append(fresh[level], n)
		}
	}
	for level, rows := range fresh {
		if slices.Max(rows) > f.lastRow(level)+len(rows) {
			return fault.New(fault.Invalid, "record.no_such_field")
		}
	}
	return nil
}
