package codebook

import "time"

// dateKind: a day, ÅÅÅÅ-MM-DD.
var dateKind = KindRules{
	Kind:  Date,
	Check: checkNoCodes,
	Parse: func(_ *Variable, cell string) (Value, []Reason) {
		day, err := time.Parse(time.DateOnly, cell)
		if err != nil {
			return left("codebook.not_date", cell)
		}
		return Value{Set: true, Day: day}, nil
	},
}
