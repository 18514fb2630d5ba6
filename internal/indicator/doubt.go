package indicator

import (
	"slices"

	"foljsam/internal/record"
)

// Doubts gives why somebody should look at a case before a year is counted: only what could
// change how it counts that year. Doubts that need to know units or other cases ([OtherUnit],
// [TwoUnits]) are added by who does.
func Doubts(c Case, year int) (all []Doubt) {
	add := func(kind DoubtKind, figures [3]bool) {
		if figures != ([3]bool{}) {
			all = append(all, Doubt{kind, figures})
		}
	}
	counts, other := Decide(c, year, ByGoal), Decide(c, year, ByReason)
	add(GoalDiffers, [3]bool{2: counts[2] != other[2]})
	add(SupportUndated, [3]bool{1: c.perhapsSupported(year) && !counts[1]})
	add(SupportLasting, [3]bool{1: counts[1] && !Decide(c.withoutLasting(year), year, ByGoal)[1]})
	either := [3]bool{counts[0], counts[1], counts[2] || other[2]}
	if c.Age == NoAge {
		add(AgeMissing, either)
	}
	if c.notClose() {
		add(NotClose, either)
	}
	return all
}

// perhapsSupported tells whether support without a day of beginning may have gone on in the
// year: the case was open then, and the support had not ended before it.
func (c Case) perhapsSupported(year int) bool {
	y := yearOf(year)
	if !c.adult() || c.Intake == record.NoDay || c.Intake > y.last {
		return false
	}
	return slices.ContainsFunc(c.Supports, func(s Support) bool {
		return s.Began == record.NoDay && y.first <= c.lasts(Support{Began: c.Intake, Ended: s.Ended})
	})
}

// withoutLasting gives the case without support from an earlier year that has no end while
// the case is open: it may have been forgotten.
func (c Case) withoutLasting(year int) Case {
	first := yearOf(year).first
	c.Supports = slices.DeleteFunc(slices.Clone(c.Supports), func(s Support) bool {
		return s.Began < first && c.lasts(s) == endless
	})
	return c
}

// notClose tells whether all violence is by someone who is neither close nor in an honour
// context, as far as that is registered.
func (c Case) notClose() bool {
	return len(c.Perpetrators) == 1 && c.Perpetrators[0] == otherPerson && c.Honour != honourYes
}
