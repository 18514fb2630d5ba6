package codebook

import (
	"slices"
	"time"

	"foljsam/internal/fault"
)

// Value is one answer, read.
type Value struct {
	Set    bool
	Codes  []int // One and Many: ascending; {0} is a noted none
	Number float64
	Day    time.Time
	Text   string // Free, Place and Key
}

// Reason says what is wrong with a cell, or with a part of it.
type Reason struct {
	Key      string // text key
	Part     string // the part of the cell, as it stood
	Severity fault.Severity
}

// KindRules is what the program knows of one kind of variable.
type KindRules struct {
	Kind Kind
	// Check names what is wrong with a definition of this kind.
	Check func(v *Variable, say func(key string, args ...any))
	// Parse reads a cell that is not empty. What it names as [fault.Left] is left out.
	Parse func(v *Variable, cell string) (Value, []Reason)
}

// Kinds are all kinds of variables. A new kind is a file kind_*.go and a line here.
var Kinds = []KindRules{oneKind, manyKind, numberKind, dateKind, textKind, placeKind, keyKind}

// RulesOf gives the rules of a kind, nil if there is no such kind.
func RulesOf(k Kind) *KindRules {
	if i := slices.IndexFunc(Kinds, func(r KindRules) bool { return r.Kind == k }); i >= 0 {
		return &Kinds[i]
	}
	return nil
}

// Parse reads a cell of a file: empty is not registered, and not a fault.
func (v *Variable) Parse(cell string) (Value, []Reason) {
	if cell == "" {
		return Value{}, nil
	}
	return RulesOf(v.Kind).Parse(v, cell)
}

// Code gives a code of the list, or the noted none; nil if there is no such code.
func (v *Variable) Code(code int) *Code {
	if v.Noted != nil && v.Noted.Code == code {
		return v.Noted
	}
	for i := range v.Codes {
		if v.Codes[i].Code == code {
			return &v.Codes[i]
		}
	}
	return nil
}

// left is the one reason of a cell that is left out as a whole.
func left(key, cell string) (Value, []Reason) {
	return Value{}, []Reason{{Key: key, Part: cell}}
}

// checkNoCodes is shared by the kinds whose answers are not chosen from a list.
func checkNoCodes(v *Variable, say func(string, ...any)) {
	if len(v.Codes) > 0 {
		say("codebook.codes_not_here", "kind", string(v.Kind))
	}
	if v.Noted != nil {
		say("codebook.noted_not_here", "kind", string(v.Kind))
	}
	checkNoNumber(v, say)
}

// checkNoNumber is shared by every kind but Number.
func checkNoNumber(v *Variable, say func(string, ...any)) {
	if v.Kind != Number && (v.Min != 0 || v.Max != 0 || v.Decimals) {
		say("codebook.span_not_here", "kind", string(v.Kind))
	}
}
