package app

import (
	"slices"

	"foljsam/internal/disclosure"
	"foljsam/internal/indicator"
	"foljsam/internal/record"
)

// Odd is something that looks wrong in a year's key figures, for whoever answers for them. It
// is told inside only: its numbers are of lists.
type Odd struct {
	Kind   OddKind
	Figure indicator.Figure     // where it is about one
	N      disclosure.ListCount // cases
	Last   disclosure.ListCount // the year before
	Months []int
	Units  []string // names
	Warning
}

// OddKind is a kind of warning; also the last part of its text's key.
type OddKind string

const (
	NotOver    OddKind = "pagar"      // the year is not over
	NoneOpened OddKind = "inga"       // no case was opened
	Jumped     OddKind = "sprang"     // far more or far fewer than the year before
	GoalAbove  OddKind = "fler_mal"   // more reached the goal than had support
	NoSupport  OddKind = "ingen"      // nobody had support
	Silent     OddKind = "manader"    // months in which nothing was opened
	SilentUnit OddKind = "tyst_enhet" // units that had cases the year before and have none
	Dateless   OddKind = "utan_datum" // cases without a day of intake count nowhere
	Unfollowed OddKind = "ej_foljda"  // closed cases of which nobody said whether the goal was reached
)

// What is few, and what is much more than that, for a warning.
const (
	oddFew    = 10
	oddMany   = 24
	oddFactor = 2
)

// odd looks for what may be wrong in a year.
func (a *App) odd(x *figureRegister, now, last *figureYear) (all []Odd) {
	add := func(o Odd, when bool) {
		if when {
			all = append(all, o)
		}
	}
	count := func(y *figureYear, f indicator.Figure) int {
		return y.number(func(c *countedCase) bool { return c.counts[f.Index()] })
	}
	opened, supported, goal := count(now, indicator.Opened), count(now, indicator.Supported), count(now, indicator.GoalMet)
	over := a.today() > dayOf(now.year, 12, 31)
	add(Odd{Kind: NotOver}, !over)
	add(Odd{Kind: NoneOpened}, opened == 0 && len(x.cases) > 0)
	for _, f := range indicator.Figures {
		n, before := count(now, f), count(last, f)
		add(Odd{Kind: Jumped, Figure: f, N: list(n), Last: list(before)}, over && len(last.counted) > 0 && jumped(n, before))
	}
	add(Odd{Kind: GoalAbove, N: list(goal), Last: list(supported)}, goal > supported)
	add(Odd{Kind: NoSupport, N: list(opened)}, opened >= oddFew && supported == 0)
	months := a.silentMonths(now)
	add(Odd{Kind: Silent, Months: months}, opened >= oddMany && len(months) > 0)
	units := silentUnits(x, now, last)
	add(Odd{Kind: SilentUnit, Units: units}, over && len(units) > 0)
	add(Odd{Kind: Dateless, N: list(now.dateless)}, now.dateless > 0)
	unfollowed, closed := a.unfollowed(now)
	add(Odd{Kind: Unfollowed, N: list(unfollowed), Last: list(closed)}, closed >= oddFew && 5*unfollowed > closed)
	return all
}

// jumped tells whether a number is less than half, or more than double, of the year before.
func jumped(n, before int) bool {
	return max(n, before) >= oddFew && (n*oddFactor < before || before*oddFactor < n)
}

// silentMonths gives the months of the year that are over and in which no case was opened.
func (a *App) silentMonths(y *figureYear) (silent []int) {
	var opened [13]bool
	for _, c := range y.counted {
		if c.counts[indicator.Opened.Index()] {
			opened[int(c.Intake.Time().Month())] = true
		}
	}
	for m := 1; m <= 12; m++ {
		if !opened[m] && a.today() >= dayOf(y.year, m+1, 1) {
			silent = append(silent, m)
		}
	}
	return silent
}

// silentUnits gives the names of the area's units that had cases the year before, and have
// none now.
func silentUnits(x *figureRegister, now, last *figureYear) (names []string) {
	in := func(y *figureYear, unit string) bool {
		return slices.ContainsFunc(y.counted, func(c countedCase) bool { return c.unit == unit && c.counts != ([3]bool{}) })
	}
	areas, before := areasOf(x.units, now.year), areasOf(x.units, last.year)
	for _, u := range x.units {
		if areas[u.ID] == before[u.ID] && u.HoldsOn(dayOf(now.year, 12, 31).Time()) && in(last, u.ID) && !in(now, u.ID) {
			names = append(names, u.Name)
		}
	}
	return names
}

// unfollowed counts the cases that were closed in the year after support, and of them those of
// which neither the goal nor the reason for closing is registered.
func (a *App) unfollowed(y *figureYear) (unfollowed, closed int) {
	from, till := dayOf(y.year, 1, 1), dayOf(y.year, 12, 31)
	for _, c := range y.counted {
		if c.Closing == record.NoDay || c.Closing < from || c.Closing > till || len(c.Supports) == 0 {
			continue
		}
		closed++
		if c.Goal == 0 && c.Reason == 0 {
			unfollowed++
		}
	}
	return unfollowed, closed
}
