package codebook

import "strconv"

// oneKind: one code of a list.
var oneKind = KindRules{
	Kind: One,
	Check: func(v *Variable, say func(string, ...any)) {
		checkList(v, say)
		for _, c := range v.Codes {
			if c.Exclusive {
				say("codebook.exclusive_single", "code", strconv.Itoa(c.Code))
			}
		}
	},
	Parse: func(v *Variable, cell string) (Value, []Reason) {
		code, ok := parseCode(v, cell)
		if !ok {
			return left("codebook.unknown_code", cell)
		}
		return Value{Set: true, Codes: []int{code}}, nil
	},
}

// checkList is what every kind with a list must have: two answers or more to choose from.
func checkList(v *Variable, say func(string, ...any)) {
	if len(v.Codes) < 2 {
		say("codebook.few_codes")
	}
	if v.Answer != nil {
		say("codebook.answer_not_here", "kind", string(v.Kind))
	}
	checkNoNumber(v, say)
}

// parseCode reads a code of the variable, or the word that stands for it.
func parseCode(v *Variable, s string) (int, bool) {
	for i := range v.Codes { // a code is large: none is copied
		if c := &v.Codes[i]; c.ID != "" && c.ID == s {
			return c.Code, true
		}
	}
	n, err := strconv.Atoi(s)
	return n, err == nil && strconv.Itoa(n) == s && v.Code(n) != nil
}
