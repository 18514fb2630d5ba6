package disclosure

import (
	"encoding/json"

	"foljsam/internal/fault"
)

// Count is how many cases a unit reports under a key figure, by Kolada's rule: a number
// that may be shown (0, or 5 and more), a mark that it is 1-4, or nothing. It cannot hold
// 1, 2, 3 or 4, however it is made: whoever has a Count has nothing that must be hidden. The zero Count is nothing
// reported.
type Count struct {
	kind countKind
	n    int64
}

type countKind uint8

const (
	countMissing countKind = iota
	countNumber
	countSecret
)

// MostCases is the largest number that is taken for a count: more than anyone has.
const MostCases = 1_000_000_000_000

// CountOf makes a count; 1-4 becomes secret, here and nowhere later. A negative number, or
// one above MostCases, is no count: nothing is reported.
func CountOf(n int) Count {
	switch {
	case n < 0 || n > MostCases:
		return Count{}
	case n >= smallFrom && n <= smallTill:
		return SecretCount()
	}
	return Count{countNumber, int64(n)}
}

// SecretCount is the mark that a count is 1-4.
func SecretCount() Count { return Count{kind: countSecret} }

// NoCount says that nothing is reported.
func NoCount() Count { return Count{} }

// Number gives the number; ok is false where there is none that may be shown.
func (c Count) Number() (n int, ok bool) { return int(c.n), c.kind == countNumber }

// IsNumber tells whether there is a number, zero among them.
func (c Count) IsNumber() bool { return c.kind == countNumber }

// IsSecret tells whether the count is 1-4.
func (c Count) IsSecret() bool { return c.kind == countSecret }

// IsMissing tells whether nothing is reported.
func (c Count) IsMissing() bool { return c.kind == countMissing }

// State gives the count's state: Number, Masked or Missing.
func (c Count) State() State {
	return [...]State{Missing, Number, Masked}[c.kind]
}

// secretWord is the mark in JSON: a number, "sekretess", or null.
const secretWord = "sekretess"

// MarshalJSON writes a number, "sekretess" or null.
func (c Count) MarshalJSON() ([]byte, error) {
	switch c.kind {
	case countNumber:
		return json.Marshal(c.n)
	case countSecret:
		return json.Marshal(secretWord)
	}
	return []byte("null"), nil
}

// UnmarshalJSON reads what MarshalJSON writes. A 1-4 that stands there becomes secret, and
// the error for anything else does not say what stood there.
func (c *Count) UnmarshalJSON(b []byte) error {
	var n int64
	switch {
	case string(b) == "null":
		*c = NoCount()
	case string(b) == `"`+secretWord+`"`:
		*c = SecretCount()
	case json.Unmarshal(b, &n) == nil && n >= 0 && n <= MostCases:
		*c = CountOf(int(n))
	default:
		return fault.New(fault.Invalid, "indicator.not_count")
	}
	return nil
}
