package app

import (
	"context"
	"slices"

	"foljsam/internal/access"
	"foljsam/internal/fault"
	"foljsam/internal/place"
	"foljsam/internal/record"
	"foljsam/internal/store"
)

// FigureWait is a return that waits for whoever answers for it.
type FigureWait struct {
	FigureStanding
	Deadline record.Day // that the nation's register in this installation has said
}

// waitYears is for how many years back a return comes up by itself: of an older one that the
// register no longer agrees with, the pages of the key figures tell.
const waitYears = 2

// FigureWaits gives what waits: returns that are settled and not sent, sent ones that the register
// no longer agrees with, and what the nation asks for. Whoever may not return is told nothing,
// and nobody waits for cases to be read.
func (a *App) FigureWaits(ctx context.Context, by access.Actor) ([]FigureWait, error) {
	r, err := a.register(ctx, by)
	if err != nil || by.Allow(access.Report, r.ID(), "") != nil {
		return nil, err
	}
	var returns []store.FigureReturn
	err = r.Read(ctx, func(t *store.Tx) (err error) { returns, err = t.FigureReturns(); return err })
	if err != nil {
		return nil, err
	}
	year := a.now().Year()
	if !slices.ContainsFunc(returns, func(r store.FigureReturn) bool { return r.Year >= year-waitYears }) {
		return a.asksFor(ctx, r, nil, nil)
	}
	if !a.ownFigures.base(r.ID()).ready(func() { _, _, _ = a.figureCases(context.WithoutCancel(ctx), r) }) {
		return nil, nil
	}
	x, err := a.figuresOf(ctx, by)
	if err != nil {
		return nil, err
	}
	all, err := a.standings(ctx, x)
	if err != nil {
		return nil, err
	}
	var waits []FigureWait
	for _, f := range all {
		if f.Waits() && f.Year >= year-waitYears {
			waits = append(waits, FigureWait{f, record.NoDay})
		}
	}
	return a.asksFor(ctx, r, all, waits)
}

// asksFor adds what the nation's register in this installation asks of the register's areas: a
// deadline for what waits, and the years that nothing is settled of.
func (a *App) asksFor(ctx context.Context, r *store.Register, settled []FigureStanding, waits []FigureWait) ([]FigureWait, error) {
	years, err := a.AskedYears(ctx)
	if err != nil || len(years) == 0 {
		return waits, err
	}
	units, err := a.unitsOf(ctx, r)
	if err != nil {
		return nil, err
	}
	reporters, err := a.reporters(ctx)
	if err != nil {
		return nil, err
	}
	for _, y := range years {
		if !y.Closed.IsZero() || y.Year >= a.now().Year() {
			continue
		}
		for _, area := range areasIn(units, y.Year) {
			is := func(f FigureStanding) bool { return f.Year == y.Year && f.Area == area }
			i := slices.IndexFunc(waits, func(w FigureWait) bool { return is(w.FigureStanding) })
			switch {
			case i >= 0:
				waits[i].Deadline = y.Deadline
			case !slices.ContainsFunc(settled, is) && unitFault(reporters, area, y.Year) == nil:
				waits = append(waits, FigureWait{FigureStanding{Year: y.Year, Area: area, State: FigureOpen}, y.Deadline})
			}
		}
	}
	return waits, nil
}

// reporters gives the units of the nation's register; none where there is no nation.
func (a *App) reporters(ctx context.Context) ([]place.Unit, error) {
	r, err := a.nation(ctx)
	if err != nil && fault.KindOf(err) == fault.NotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return r.Units(ctx)
}

// ready tells whether the cases are read; where they are not, and nobody reads them, it lets
// somebody begin.
func (b *figureBase) ready(begin func()) bool {
	if !b.mu.TryLock() {
		return false // somebody reads them, or follows the log: the page does not wait
	}
	defer b.mu.Unlock()
	if !b.read {
		go begin()
	}
	return b.read
}
