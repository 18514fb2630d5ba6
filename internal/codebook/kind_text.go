package codebook

// textKind: what somebody wrote. Never tabulated, and in an extract only on request.
var textKind = KindRules{
	Kind:  Free,
	Check: checkNoCodes,
	Parse: func(_ *Variable, cell string) (Value, []Reason) {
		return Value{Set: true, Text: cell}, nil
	},
}
