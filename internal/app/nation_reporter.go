package app

import (
	"context"
	"io"
	"slices"

	"foljsam/internal/access"
	"foljsam/internal/exchange"
	"foljsam/internal/fault"
	"foljsam/internal/indicator"
	"foljsam/internal/place"
	"foljsam/internal/store"
)

// Reporters gives everybody who reports or collects in the nation's register, those whose role has
// ended last.
func (a *App) Reporters(ctx context.Context, by access.Actor) (all []Held, err error) {
	r, err := a.mayInNation(ctx, by, access.Collect, "")
	if err != nil {
		return nil, err
	}
	units, err := a.unitsOf(ctx, r)
	if err != nil {
		return nil, err
	}
	err = a.store.Node().Read(ctx, func(t *store.Tx) error {
		grants, err := t.GrantsIn(r.ID())
		for _, g := range grants {
			if err == nil {
				var h Held
				h, err = namedRole(t, g, units)
				all = append(all, h)
			}
		}
		return err
	})
	a.endedLast(all)
	return all, err
}

// GiveReporter lets somebody report for a municipality or district. Whoever administers the
// installation has added them.
func (a *App) GiveReporter(ctx context.Context, by access.Actor, login, unit string) error {
	r, err := a.mayInNation(ctx, by, access.Collect, "")
	if err = firstError(err, a.Confirmed(by)); err != nil {
		return err
	}
	units, err := r.Units(ctx)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(units, func(u place.Unit) bool { return u.ID == unit }) {
		return fault.New(fault.Invalid, "nation.no_such_unit")
	}
	return a.give(ctx, by, login, access.Grant{Register: r.ID(), Unit: unit, Role: access.Reporter, From: a.now(), GivenBy: by.Person.ID})
}

// EndReporter ends somebody's role of reporting for a unit, from now on.
func (a *App) EndReporter(ctx context.Context, by access.Actor, g access.Grant) error {
	r, err := a.mayInNation(ctx, by, access.Collect, "")
	if err != nil {
		return err
	}
	g.Register, g.Role = r.ID(), access.Reporter
	return a.endGrant(ctx, by, g, func(*store.Tx) error { return nil })
}

// ReturnsIn is what became of a file with returns.
type ReturnsIn struct {
	Taken    int // units and years
	Problems []fault.Problem
}

// ImportReturns takes in returns from rapporter.csv, as far as the actor reports for the units
// in it. A 1-4 in it is made secret as it is read. A row with a fault is named; of a
// unit and year with none that can be used, what stood stays.
func (a *App) ImportReturns(ctx context.Context, by access.Actor, name string, file io.Reader) (*ReturnsIn, error) {
	r, err := a.nation(ctx)
	if err != nil {
		return nil, err
	}
	if by.Register != r.ID() || !by.May(access.Report) {
		_, err := a.mayInNation(ctx, by, access.Report, "")
		return nil, err
	}
	reports, problems, err := exchange.ReadReports(file, name)
	if err != nil {
		return nil, err
	}
	x := &ReturnsIn{}
	err = r.Write(ctx, func(t *store.Tx) error {
		x.Taken, x.Problems = 0, slices.Clone(problems)
		return a.takeReports(t, by, name, reports, x)
	})
	return x, err
}

func (a *App) takeReports(t *store.Tx, by access.Actor, name string, reports []indicator.Report, x *ReturnsIn) error {
	years, err := t.Collections()
	if err != nil {
		return err
	}
	units, err := t.Units()
	if err != nil {
		return err
	}
	returns, problems := indicator.ReturnsOf(reports, name, func(r indicator.Return) error {
		if !by.In(r.Unit) {
			return fault.New(fault.Refused, "nation.not_yours", "enhet", r.Unit)
		}
		return returnFault(years, units, r)
	})
	x.Problems = append(x.Problems, problems...)
	x.Taken = len(returns)
	if err := keepWhatStood(t, reports, returns); err != nil {
		return err
	}
	return a.receive(t, by, ByFile, returns...)
}

// keepWhatStood fills in what a file says nothing of with what was returned before: a file with one
// row, or with one row that cannot be used, takes nothing else away. A row with neither number
// nor mark says that the number is missing.
func keepWhatStood(t *store.Tx, reports []indicator.Report, returns []indicator.Return) error {
	type cell struct {
		unitYear
		figure indicator.Figure
	}
	said := map[cell]bool{}
	for _, r := range reports {
		if !r.Left {
			said[cell{unitYear{r.Unit, r.Year}, r.Figure}] = true
		}
	}
	for i := range returns {
		x := &returns[i]
		before, err := t.ReturnEditions(x.Unit, x.Year)
		if err != nil {
			return err
		}
		if len(before) == 0 {
			continue
		}
		last := before[len(before)-1]
		for _, f := range indicator.Figures {
			if !said[cell{unitYear{x.Unit, x.Year}, f}] {
				x.Counts[f.Index()] = last.Count(f)
			}
		}
		if x.Scope == indicator.NotStated {
			x.Scope = last.Scope
		}
	}
	return nil
}
