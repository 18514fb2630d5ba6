package exchange

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"foljsam/internal/query"
)

// What a package may bring of local variables. Their names reach the names of files, of
// sheets and of what is in a diagram, and every category is a row of a table.
const (
	maxLocalColumns = 100
	maxCategories   = 200
	maxLocalName    = 64  // letters
	maxLocalBytes   = 192 // so that a file can have the name
)

// reserved are the names that tables use for something else.
var reserved = append([]string{caseColumn, clientColumn, "matt", "varde", "status"}, query.Splits...)

// labelEnd ends the name of a column of labels in a table's CSV.
const labelEnd = "_etikett"

// isLocalName tells whether a local variable may have the name: letters, digits, _ and -,
// a letter or digit first, and none that tables use.
func isLocalName(name string) bool {
	if name == "" || len(name) > maxLocalBytes || utf8.RuneCountInString(name) > maxLocalName || !utf8.ValidString(name) {
		return false
	}
	for i, c := range name {
		if !unicode.IsLetter(c) && !unicode.IsDigit(c) && (i == 0 || c != '_' && c != '-') {
			return false
		}
	}
	return !strings.HasSuffix(strings.ToLower(name), labelEnd) && !slices.ContainsFunc(reserved, func(r string) bool { return strings.EqualFold(r, name) })
}

// refusal gives the key of what is wrong with a column, if anything is; taken are the
// columns before it that are read.
func (f *localField) refusal(taken []column) string {
	switch same := func(c column) bool { return c.refused == "" && strings.EqualFold(c.name, f.name) }; {
	case !isLocalName(f.name) || slices.ContainsFunc(taken, same):
		return "exchange.local_name"
	case f.crowded:
		return "exchange.local_categories"
	case len(taken) > maxLocalColumns: // the first is the case's
		return "exchange.local_columns"
	}
	return ""
}
