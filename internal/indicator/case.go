package indicator

import "foljsam/internal/record"

// Case is what the rules ask of a case.
type Case struct {
	ID           string // as whoever made it knows the case; the rules do not look at it
	Unit         string // municipality or district, as it stands
	Intake       record.Day
	Closing      record.Day // NoDay: open
	Age          int        // in years when the case was opened; NoAge where it is not registered
	Goal         int        // how far the goal was met, code; 0 not registered
	Reason       int        // why it was closed, code; 0 not registered
	Supports     []Support
	Perpetrators []int // codes; none: not registered
	Honour       int   // code; 0 not registered
}

// Support is one support row with at least one kind of support.
type Support struct {
	Began record.Day // NoDay: not registered
	Ended record.Day // NoDay: with the case
}

// NoAge is an age that is not registered.
const NoAge = -1

// Reading is how "the goal was met" is read.
type Reading int

const (
	ByGoal   Reading = iota // goal met wholly or partly; where that is not registered, the reason for closing
	ByReason                // the reason for closing alone
)

// Doubt is why somebody should look at a case before it is counted.
type Doubt struct {
	Kind    DoubtKind
	Figures [3]bool // which key figures it is about, by Figure.Index
}

// DoubtKind is a kind of doubt; also the last part of its text's key.
type DoubtKind string

const (
	GoalDiffers    DoubtKind = "mal"      // the two readings of "the goal was met" differ
	SupportUndated DoubtKind = "odaterad" // support without a date of beginning: not counted
	SupportLasting DoubtKind = "pagaende" // counted only because of support from an earlier year that never ended
	AgeMissing     DoubtKind = "alder"    // counted as an adult
	NotClose       DoubtKind = "relation" // violence by someone who is neither close nor in an honour context
	OtherUnit      DoubtKind = "enhet"    // handled in a unit outside IFO; added by who knows the units
	TwoUnits       DoubtKind = "dubbel"   // the client has a case open in two units; added by who knows the other cases
)

// DoubtKinds are all kinds, in the order in which they are shown.
var DoubtKinds = []DoubtKind{GoalDiffers, SupportUndated, SupportLasting, AgeMissing, NotClose, OtherUnit, TwoUnits}
