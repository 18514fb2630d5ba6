// Package disclosure decides what may be shown. Only it makes [Released] tables and
// [Estimate]s, and pages, diagrams, exports and reports accept nothing else.
//
// A release is everything that is published together. Its model gives every cell an
// identity made of its definition, and declares what hangs together: totals and parts,
// subsets, hierarchies, shared bases, sums behind means. A cell that is not in the model
// cannot be released. That all links are declared is tested, not proven: whoever audits a
// release should look for more. Inside one's own unit, raw counts may be released as internal; whatever
// shows them says so.
package disclosure

// State tells the kinds of value apart. They never turn into one another: a masked
// value is not zero, and neither is one that is not registered.
type State uint8

const (
	Number        State = iota // a true number, zero among them
	Masked                     // may not be shown: 1-4, or something that would give such a number away
	Missing                    // not registered or not reported
	NotApplicable              // a share of nothing
)

// Mark is how the state is written where a number would stand: ".." masked, "-" not
// registered, "." not applicable, empty for a number.
func (s State) Mark() string {
	return [...]string{"", "..", "-", "."}[s]
}

// Status is the state in JSON-stat: "m", "-", ".", empty for a number.
func (s State) Status() string {
	return [...]string{"", "m", "-", "."}[s]
}

// Value is a number that may be shown, or the reason why there is none. The zero Value
// is the number 0; its number cannot be set outside this package.
type Value struct {
	state State
	v     float64
}

// State gives the value's state.
func (v Value) State() State { return v.state }

// IsNumber tells whether there is a number to show.
func (v Value) IsNumber() bool { return v.state == Number }

// Float gives the number, 0 where there is none: ask IsNumber first.
func (v Value) Float() float64 { return v.v }

// Int gives a whole number, 0 where there is none: ask IsNumber first.
func (v Value) Int() int64 { return int64(v.v) }

func number(f float64) Value { return Value{Number, f} }
func count(n int64) Value    { return Value{Number, float64(n)} }
func without(s State) Value  { return Value{state: s} }

// Cell is what a table shows in one cell: how many, and the percent of the base or the
// mean, unrounded.
type Cell struct {
	Count Value
	Share Value
}
