package codebook

import "strings"

// placeKind: SCB's code of a municipality (4 digits) or a district in one (6 digits).
// Only the form is looked at: which places there are changes over time.
var placeKind = KindRules{
	Kind:  Place,
	Check: checkNoCodes,
	Parse: func(_ *Variable, cell string) (Value, []Reason) {
		if (len(cell) != 4 && len(cell) != 6) || strings.Trim(cell, "0123456789") != "" {
			return left("codebook.not_place", cell)
		}
		return Value{Set: true, Text: cell}, nil
	},
}
