package codebook

// keyKind: something that identifies at home, and is a pseudonym everywhere else.
var keyKind = KindRules{
	Kind:  Key,
	Check: checkNoCodes,
	Parse: func(_ *Variable, cell string) (Value, []Reason) {
		return Value{Set: true, Text: cell}, nil
	},
}
