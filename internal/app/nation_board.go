package app

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/disclosure"
	"foljsam/internal/exchange"
	"foljsam/internal/indicator"
	"foljsam/internal/place"
	"foljsam/internal/store"
)

// Board is how far a collection has come.
type Board struct {
	CollectionLine
	Rows     []BoardRow // by code
	Counties []CountySum
	Unused   []string // units that have returned something for a year for which they do not report
	Changed  []string // units of which something has changed since the last edition
	Open     bool     // returns are still taken, and the deadline has not passed
	NoPeople []string // units whose number of adults must be known before it is published
	Odd      int      // rows with something odd that nobody has looked at
	DaysLeft int      // to the deadline; negative: it has passed
}

// BoardRow is a unit in a collection.
type BoardRow struct {
	Unit, Name string
	County     string // code
	Answered   bool
	Nothing    bool // it has answered that it has none of the numbers
	Counts     [3]disclosure.Count
	Rates      [3]disclosure.Rate // as they would be published now
	Scope      int
	How        string
	At         time.Time
	Edition    int
	Odd        []indicator.Odd
	Warning    // of what is odd
}

// ToAsk tells whether something is odd that nobody has looked at.
func (r BoardRow) ToAsk() bool { return len(r.Odd) > 0 && r.Accepted == nil }

// CountySum is how many of a county's units have answered.
type CountySum struct {
	Code         string
	Of, Answered int
}

// Board gives a collection's units with what they have returned and what is odd in it.
func (a *App) Board(ctx context.Context, by access.Actor, year int) (*Board, error) {
	r, err := a.mayInNation(ctx, by, access.Collect, "")
	if err != nil {
		return nil, err
	}
	s, err := a.nationState(ctx, r)
	if err != nil {
		return nil, err
	}
	c, err := s.collection(year)
	if err != nil {
		return nil, err
	}
	b := &Board{CollectionLine: CollectionLine{Asked: Asked{c.Year, c.Deadline, c.Closed}, Opened: c.Opened, Published: s.editionsOf(year)}}
	b.DaysLeft = int(c.Deadline - a.today())
	units := reporting(s.units, year)
	counties := map[string]*CountySum{}
	for _, u := range units {
		row := s.row(u, units, year)
		a.nameAccepted(ctx, &row.Warning)
		b.Rows = append(b.Rows, row)
		if row.ToAsk() {
			b.Odd++
		}
		if IsRest(u.ID) {
			continue
		}
		county := counties[row.County]
		if county == nil {
			county = &CountySum{Code: row.County}
			counties[row.County] = county
		}
		county.Of++
		b.Of++
		if row.Answered {
			county.Answered++
			b.Answered++
		}
	}
	for _, c := range place.Counties() {
		if x := counties[c.Code]; x != nil {
			b.Counties = append(b.Counties, *x)
		}
	}
	b.NoPeople, b.Unused = s.lacksPeople(year), s.unused(units, year)
	b.Open = c.Closed.IsZero() && b.DaysLeft >= 0
	if len(b.Published) > 0 {
		b.Changed, err = a.changedSince(ctx, s, year)
	}
	return b, err
}

// unused names those who have returned something for a year for which they do not report: a city
// whose districts do, or a district that was not there. What they returned is kept.
func (s *nationState) unused(units []place.Unit, year int) (names []string) {
	for at, x := range s.returns {
		if at.year == year && !saysNothing(x) && !slices.ContainsFunc(units, func(u place.Unit) bool { return u.ID == at.unit }) {
			names = append(names, s.name(at.unit))
		}
	}
	slices.Sort(names)
	return names
}

// changedSince names the units that would be others in a new edition than in the last.
func (a *App) changedSince(ctx context.Context, s *nationState, year int) (names []string, err error) {
	x, err := a.figures(ctx)
	if err != nil || x.of[year] == nil {
		return nil, err
	}
	before := x.of[year].at
	now := map[string]bool{}
	for _, u := range s.editionUnits(year) {
		if was := before[u.Unit]; was == nil || !saysTheSame(*was, u) {
			names = append(names, u.Name)
		}
		now[u.Unit] = true
	}
	for unit, was := range before {
		if !now[unit] {
			names = append(names, was.Name)
		}
	}
	slices.Sort(names)
	return names, nil
}

// saysTheSame compares what two editions say of a unit; what follows from it follows.
func saysTheSame(was, is exchange.EditionUnit) bool {
	was.Rates, is.Rates = [3]exchange.EditionRate{}, [3]exchange.EditionRate{}
	if is.Kind == exchange.CityUnit {
		was.Scope, is.Scope = 0, 0 // made of its districts'
	}
	return was == is
}

// row gives a unit's line.
func (s *nationState) row(u place.Unit, units []place.Unit, year int) BoardRow {
	row := BoardRow{Unit: u.ID, Name: u.Name, County: place.CountyOf(u.ID)}
	x, ok := s.returns[unitYear{u.ID, year}]
	if !ok {
		return row
	}
	adults := s.people[unitYear{u.ID, year}].Adults
	row.Nothing = saysNothing(x)
	row.Answered, row.Counts, row.Scope, row.How, row.At, row.Edition = true, x.Counts, int(x.Scope), x.How, x.At, x.Edition
	for i, c := range x.Counts {
		row.Rates[i] = disclosure.RateOf(c, adults)
	}
	if row.Odd = s.oddIn(x, units); len(row.Odd) > 0 {
		row.Warning = knownOf(s.accepted, year, u.ID, aboutReturn, oddState(row.Odd))
	}
	return row
}

// oddIn finds what is odd in a return.
func (s *nationState) oddIn(x store.ReceivedReturn, units []place.Unit) []indicator.Odd {
	var before *indicator.Return
	for year := x.Year - 1; year >= firstYear && before == nil; year-- {
		if old, ok := s.returns[unitYear{x.Unit, year}]; ok {
			before = &old.Return
		}
	}
	peers, adults := s.peers(x.Unit, units, x.Year)
	return indicator.OddIn(x.Return, before, adults[x.Unit], peers, adults)
}

// peers gives the returns of those nearest in number of adults, and the adults of all.
func (s *nationState) peers(unit string, units []place.Unit, year int) (all []indicator.Return, adults map[string]int) {
	adults = map[string]int{unit: s.people[unitYear{unit, year}].Adults}
	own := adults[unit]
	for _, u := range units {
		x, ok := s.returns[unitYear{u.ID, year}]
		n := s.people[unitYear{u.ID, year}].Adults
		if ok && u.ID != unit && n > 0 && own > 0 {
			all = append(all, x.Return)
			adults[u.ID] = n
		}
	}
	away := func(r indicator.Return) int { return max(adults[r.Unit]-own, own-adults[r.Unit]) }
	slices.SortFunc(all, func(x, y indicator.Return) int {
		return cmp.Or(cmp.Compare(away(x), away(y)), strings.Compare(x.Unit, y.Unit))
	})
	return all[:min(len(all), NearestInSize)], adults
}

// ReportForm is what a unit has returned for a year, and what is asked for.
type ReportForm struct {
	Asked
	Unit, Name string
	Return     *BoardRow // nil: nothing yet
	Before     *BoardRow // the last earlier year; nil: none
	BeforeYear int
	Late       bool
	Days       int
}

// ReportForms gives the forms of those units that the actor reports for, the open years first.
func (a *App) ReportForms(ctx context.Context, by access.Actor) (all []ReportForm, err error) {
	r, err := a.nation(ctx)
	if err != nil {
		return nil, err
	}
	if by.Register != r.ID() || !by.May(access.Report) {
		_, err := a.mayInNation(ctx, by, access.Report, "")
		return nil, err
	}
	s, err := a.nationState(ctx, r)
	if err != nil {
		return nil, err
	}
	for _, c := range s.years {
		units := reporting(s.units, c.Year)
		for _, u := range units {
			if by.In(u.ID) {
				all = append(all, a.formOf(s, c, u, units))
			}
		}
	}
	return all, nil
}

// ReportForm gives the form of one unit and year.
func (a *App) ReportForm(ctx context.Context, by access.Actor, unit string, year int) (*ReportForm, error) {
	r, err := a.mayReport(ctx, by, unit)
	if err != nil {
		return nil, err
	}
	s, err := a.nationState(ctx, r)
	if err != nil {
		return nil, err
	}
	c, err := s.collection(year)
	if err != nil {
		return nil, err
	}
	if err := unitFault(s.units, unit, year); err != nil {
		return nil, err
	}
	f := a.formOf(s, c, place.Unit{ID: unit, Name: s.name(unit)}, reporting(s.units, year))
	return &f, nil
}

func (a *App) formOf(s *nationState, c store.Collection, u place.Unit, units []place.Unit) ReportForm {
	f := ReportForm{Asked: Asked{c.Year, c.Deadline, c.Closed}, Unit: u.ID, Name: u.Name, Days: int(c.Deadline - a.today())}
	f.Late = c.Closed.IsZero() && a.today() > c.Deadline
	if row := s.row(u, units, c.Year); row.Answered {
		f.Return = &row
	}
	for year := c.Year - 1; year >= firstYear && f.Before == nil; year-- {
		if row := s.row(u, nil, year); row.Answered {
			f.Before, f.BeforeYear = &row, year
		}
	}
	return f
}
