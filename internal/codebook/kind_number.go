package codebook

import (
	"math"
	"strconv"
	"strings"
)

// numberKind: a whole number between Min and Max, or any number with decimals.
var numberKind = KindRules{
	Kind: Number,
	Check: func(v *Variable, say func(string, ...any)) {
		checkNoCodes(v, say)
		if !v.Decimals && v.Min >= v.Max {
			say("codebook.span_empty")
		}
	},
	Parse: func(v *Variable, cell string) (Value, []Reason) {
		if v.Decimals {
			return parseDecimal(cell)
		}
		n, err := strconv.Atoi(cell)
		if err != nil || strings.HasPrefix(cell, "+") {
			return left("codebook.not_whole", cell)
		}
		if n < v.Min || n > v.Max {
			return left("codebook.outside", cell)
		}
		return Value{Set: true, Number: float64(n)}, nil
	},
}

// parseDecimal reads a number with a decimal point or, as Swedes write it, a comma.
func parseDecimal(cell string) (Value, []Reason) {
	if strings.ContainsFunc(cell, func(r rune) bool { return !strings.ContainsRune("0123456789.,-", r) }) {
		return left("codebook.not_number", cell) // no 1e9, no Inf, no 0x1p3
	}
	f, err := strconv.ParseFloat(strings.Replace(cell, ",", ".", 1), 64)
	if err != nil || math.IsInf(f, 0) {
		return left("codebook.not_number", cell)
	}
	return Value{Set: true, Number: f}, nil
}
