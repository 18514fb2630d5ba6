package app

import (
	"context"
	"slices"
	"strconv"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/fault"
	"foljsam/internal/indicator"
	"foljsam/internal/place"
	"foljsam/internal/store"
)

// What is odd in a unit's return is asked about once: whoever collects notes that it is so, and it
// is odd again when something else is.

const (
	TheySaySo   AcceptReason = "bekraftat" // the municipality says that it is right
	SeenOurself AcceptReason = "sett"      // whoever collects has looked
)

// CheckReasons are those that can be chosen, in the order in which pages name them.
var CheckReasons = []AcceptReason{TheySaySo, SeenOurself}

// aboutReturn is the warning that something in a unit's return is odd.
const aboutReturn = "att_titta_pa"

// oddState sums up what is odd in a return. What others return does not change it.
func oddState(all []indicator.Odd) string {
	var parts []any
	for _, o := range all {
		now, _ := o.Now.MarshalJSON() // never fails
		before, _ := o.Before.MarshalJSON()
		parts = append(parts, o.Kind, o.Figure, string(now), string(before), o.Year)
	}
	return stateOf(parts...)
}

// CheckOdd notes that what is odd in a unit's return is so, or takes that back.
func (a *App) CheckOdd(ctx context.Context, by access.Actor, year int, unit string, k FigureAccept) error {
	r, err := a.mayInNation(ctx, by, access.Collect, "")
	if err != nil {
		return err
	}
	s, err := a.nationState(ctx, r)
	if err != nil {
		return err
	}
	units := reporting(s.units, year)
	i := slices.IndexFunc(units, func(u place.Unit) bool { return u.ID == unit })
	switch {
	case i < 0:
		return fault.New(fault.NotFound, "visit.not_found")
	case k.Reason != TakenBack && !slices.Contains(CheckReasons, k.Reason):
		return fault.New(fault.Invalid, "indicator.choose_reason")
	}
	row := s.row(units[i], units, year)
	if row.Warning.State != k.State || row.Version != k.Version || len(row.Odd) == 0 {
		return fault.New(fault.Conflict, "indicator.accepted_meanwhile")
	}
	return r.Write(ctx, func(t *store.Tx) error {
		l := a.aboutYear(by, audit.FigureAccepted, unit, 0)
		l.Fields = []string{strconv.Itoa(year), aboutReturn}
		t.Audit(l)
		return t.AddFigureAccepted(store.FigureAccepted{Year: year, Unit: unit, About: aboutReturn, Version: k.Version + 1, Reason: string(k.Reason), State: k.State,
			At: a.now(), Person: by.Person.ID, Role: string(by.Role)})
	})
}
