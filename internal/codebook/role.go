package codebook

// shape is what the program expects of the variable that has a role.
type shape struct {
	role     Role
	kind     Kind
	level    Level
	required bool // without it there are no key figures and no rows: every codebook has one
}

// roles are all roles there are.
var roles = []shape{
	{Activity, One, OfCase, false},
	{Municipality, Place, OfCase, true},
	{Caseworker, Key, OfCase, false},
	{Client, Key, OfCase, true},
	{Intake, Date, OfCase, true},
	{Sex, One, OfCase, false},
	{Age, Number, OfCase, true},
	{Disability, Many, OfCase, false},
	{Origins, One, OfCase, false},
	{Children, Many, OfCase, false},
	{Initiative, Many, OfCase, false},
	{Perpetrator, Many, OfCase, false},
	{Honour, One, OfCase, false},
	{Severity, One, OfCase, false},
	{Risk, One, OfRisk, false},
	{RiskAssessed, Date, OfRisk, false},
	{RiskNext, Date, OfRisk, false},
	{Goal, One, OfCase, false},
	{SupportBegan, Date, OfSupport, true},
	{SupportTill, Date, OfSupport, false},
	{Support, Many, OfSupport, true},
	{SupportBasis, One, OfSupport, false},
	{Collaboration, Many, OfCase, false},
	{Carried, One, OfCase, false},
	{GoalReached, One, OfCase, true},
	{Closing, Date, OfCase, true},
	{ClosingReason, One, OfCase, true},
	{Change, One, OfCase, false},
	{Meaning, One, OfCase, false},
	{Positive, One, OfCase, false},
	{Influence, One, OfCase, false},
	{Proposals, Free, OfCase, false},
}

// shapeOf gives what is expected of a role; nil if there is no such role.
func shapeOf(r Role) *shape {
	for i := range roles {
		if roles[i].role == r {
			return &roles[i]
		}
	}
	return nil
}
