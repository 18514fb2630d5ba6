package app

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/indicator"
	"foljsam/internal/place"
	"foljsam/internal/record"
	"foljsam/internal/store"
)

// figureYear is a year of a register's cases, as the rules and what was decided count them.
type figureYear struct {
	year     int
	reading  indicator.Reading
	counted  []countedCase // those of the area, in the order in which they were filed
	dateless int           // cases of the area without a day of intake: they are in no extract
}

// countedCase is a case in a year.
type countedCase struct {
	figureCase
	rule   [3]bool
	counts [3]bool // after what was decided
	doubts []decidedDoubt
}

// decidedDoubt is a doubt, and the last that was decided of it; Version 0: nothing.
type decidedDoubt struct {
	indicator.Doubt
	Decided store.FigureDecision
}

// FigureVerdict is what is decided of a doubtful case.
type FigureVerdict string

const (
	CaseCounts FigureVerdict = "raknas"
	CaseNot    FigureVerdict = "raknas_inte"
	AsTheRules FigureVerdict = "som_reglerna" // a decision is taken back
)

// FigureVerdicts lists them in the order in which pages name them.
var FigureVerdicts = []FigureVerdict{CaseCounts, CaseNot, AsTheRules}

// FiguresAsk says which key figures are asked for.
type FiguresAsk struct {
	Year    int    // 0: the last whole year with cases
	Area    string // municipality or district; empty: the only one, or the first
	Reading indicator.Reading
}

// figureRegister is what all key figures of a register are counted from.
type figureRegister struct {
	*store.Register
	units    []place.Unit
	cases    []figureCase // without the excluded ones
	outside  map[string]bool
	decided  map[int][]store.FigureDecision
	returns  []store.FigureReturn
	accepted []store.FigureAccepted
	moved    int64 // the log's line up to which it was changed
}

// outsideSetting names the units that lie outside individual and family care.
const outsideSetting = "nyckeltal_utanfor"

// figuresOf opens a register's key figures for somebody who answers for all of it.
func (a *App) figuresOf(ctx context.Context, by access.Actor) (*figureRegister, error) {
	r, err := a.mayReportOwn(ctx, by)
	if err != nil {
		return nil, err
	}
	x := &figureRegister{Register: r, outside: map[string]bool{}, decided: map[int][]store.FigureDecision{}}
	if x.units, err = a.unitsOf(ctx, r); err != nil {
		return nil, err
	}
	cases, moved, err := a.figureCases(ctx, r)
	if err != nil {
		return nil, err
	}
	x.moved = moved
	x.cases = slices.DeleteFunc(cases, func(c figureCase) bool { return c.out })
	err = r.Read(ctx, func(t *store.Tx) error {
		said, err := t.Setting(outsideSetting)
		if err != nil {
			return err
		}
		for _, id := range strings.Fields(said) {
			x.outside[id] = true
		}
		if x.returns, err = t.FigureReturns(); err == nil {
			x.accepted, err = t.FiguresAccepted()
		}
		return err
	})
	return x, err
}

// mayReportOwn refuses whoever does not answer for all of a register that has cases.
func (a *App) mayReportOwn(ctx context.Context, by access.Actor) (*store.Register, error) {
	r, err := a.mayIn(ctx, by, access.SeeUnits, "")
	if err == nil && by.Allow(access.Report, r.ID(), "") != nil {
		err = a.refused(ctx, r, by, "", by.Allow(access.Report, r.ID(), ""))
	}
	return r, err
}

// decide reads what was decided of some years' cases.
func (x *figureRegister) decide(ctx context.Context, years ...int) error {
	return x.Read(ctx, func(t *store.Tx) error {
		for _, y := range years {
			all, err := t.FigureDecisions(y)
			if err != nil {
				return err
			}
			x.decided[y] = all
		}
		return nil
	})
}

// areas gives the municipalities and districts that the register has units in, in a year.
func (x *figureRegister) areas(year int) []string { return areasIn(x.units, year) }

// years gives the years that can be chosen, the last first: those that cases tell of, and those
// that were returned.
func (x *figureRegister) years(today record.Day) []int {
	all := x.caseYears()
	for _, r := range x.returns {
		all = append(all, r.Year)
	}
	slices.Sort(all)
	all = slices.DeleteFunc(slices.Compact(all), func(y int) bool { return y > today.Time().Year() })
	slices.Reverse(all)
	return all
}

// caseYears gives the years that dates in cases lie in.
func (x *figureRegister) caseYears() []int {
	seen := map[int]bool{}
	note := func(d record.Day) {
		if d != record.NoDay {
			seen[d.Time().Year()] = true
		}
	}
	for i := range x.cases {
		c := &x.cases[i]
		note(c.Intake)
		note(c.Closing)
		for _, s := range c.Supports {
			note(s.Began)
			note(s.Ended)
		}
	}
	return slices.Sorted(maps.Keys(seen))
}

// count counts a year's cases of an area.
func (x *figureRegister) count(ask FiguresAsk) *figureYear {
	y := &figureYear{year: ask.Year, reading: ask.Reading}
	rules := make([][3]bool, len(x.cases))
	for i := range x.cases {
		rules[i] = indicator.Decide(x.cases[i].Case, ask.Year, ask.Reading)
	}
	double := x.inTwoUnits(rules)
	decided := lastDecided(x.decided[ask.Year])
	areas := areasOf(x.units, ask.Year)
	for i := range x.cases {
		c := x.cases[i]
		switch {
		case areas[c.unit] != ask.Area:
			continue
		case c.Intake == record.NoDay: // it is in no extract
			y.dateless++
			continue
		}
		one := countedCase{figureCase: c, rule: rules[i], counts: rules[i]}
		doubts := indicator.Doubts(c.Case, ask.Year)
		if x.outside[c.unit] && rules[i] != ([3]bool{}) {
			doubts = append(doubts, indicator.Doubt{Kind: indicator.OtherUnit, Figures: rules[i]})
		}
		if double[i] != ([3]bool{}) {
			doubts = append(doubts, indicator.Doubt{Kind: indicator.TwoUnits, Figures: double[i]})
		}
		one.settle(doubts, decided)
		if one.rule != ([3]bool{}) || len(one.doubts) > 0 {
			y.counted = append(y.counted, one)
		}
	}
	return y
}

// lastDecided gives the last decision by case and kind of doubt.
func lastDecided(all []store.FigureDecision) map[[2]string]store.FigureDecision {
	last := map[[2]string]store.FigureDecision{}
	for _, d := range all {
		last[[2]string{d.Case, d.Doubt}] = d
	}
	return last
}

// settle takes a case's doubts and what was decided of them. That a case counts can add it
// only where the rules are in doubt about how the answers are read; that it does not takes
// it away under each key figure that the doubt is about.
func (c *countedCase) settle(doubts []indicator.Doubt, decided map[[2]string]store.FigureDecision) {
	var out [3]bool
	for _, d := range doubts {
		x := decidedDoubt{d, decided[[2]string{c.ID, string(d.Kind)}]}
		c.doubts = append(c.doubts, x)
		for i, about := range d.Figures {
			switch {
			case x.verdict() == CaseNot && (about || wholly(d.Kind)):
				out[i] = true
			case !about:
			case x.verdict() == CaseCounts && adds(d.Kind):
				c.counts[i] = true
			}
		}
	}
	for i := range out {
		c.counts[i] = c.counts[i] && !out[i]
	}
}

// adds tells whether a doubt may be about a case that the rules leave out.
func adds(k indicator.DoubtKind) bool {
	return k == indicator.GoalDiffers || k == indicator.SupportUndated
}

// wholly tells whether a doubt is about the case itself: where that is outside, nothing in it counts.
func wholly(k indicator.DoubtKind) bool {
	return k == indicator.AgeMissing || k == indicator.NotClose || k == indicator.OtherUnit
}

// verdict gives what stands; AsTheRules where nothing was decided.
func (d decidedDoubt) verdict() FigureVerdict {
	if d.Decided.Version == 0 {
		return AsTheRules
	}
	return FigureVerdict(d.Decided.Verdict)
}

// lastWhole gives the last year that is over of those there are; where none is, the last one.
func lastWhole(years []int, now time.Time) int {
	for _, y := range years {
		if y < now.Year() {
			return y
		}
	}
	if len(years) > 0 {
		return years[0]
	}
	return now.Year() - 1
}
