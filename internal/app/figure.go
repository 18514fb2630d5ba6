package app

import (
	"context"
	"slices"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/disclosure"
	"foljsam/internal/fault"
	"foljsam/internal/query"
	"foljsam/internal/record"
	"foljsam/internal/tabulate"
)

// Feedback is what comes back after a case is closed: what the unit's closed cases of the
// year add up to. It is released as internal, and the page says so.
type Feedback struct {
	Year     int
	Unit     string           // name
	Closed   disclosure.Value // cases of the unit closed in the year
	Followed disclosure.Value // of them with the goal followed up
	Whole    disclosure.Value // of them with the goal reached wholly
	Partly   disclosure.Value
}

// The tables of the report that the feedback is taken from.
const (
	funnelTable = "d01"
	goalTable   = "d15"
)

// FeedbackSoon gives the year's figures of a unit when they are at hand before patience ends,
// and nil while the register's cases are still being read.
func (a *App) FeedbackSoon(ctx context.Context, by access.Actor, unit string, patience time.Duration) (*Feedback, error) {
	r, err := a.register(ctx, by)
	if err != nil {
		return nil, err
	}
	_, ready := a.warm(r)
	select {
	case <-ready:
		return a.Feedback(ctx, by, unit)
	default:
	}
	select {
	case <-ready:
		return a.Feedback(ctx, by, unit)
	case <-time.After(patience):
		return nil, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Feedback gives the year's figures of a unit.
func (a *App) Feedback(ctx context.Context, by access.Actor, unit string) (*Feedback, error) {
	r, err := a.register(ctx, by)
	if err != nil {
		return nil, err
	}
	if err := by.Allow(access.SeeFigures, r.ID(), unit); err != nil {
		return nil, a.refused(ctx, r, by, "", err)
	}
	l, err := a.liveOf(ctx, r)
	if err != nil {
		return nil, err
	}
	year := a.now().Year()
	from, till := dayOf(year, 1, 1), dayOf(year+1, 1, 1)
	columns, err := l.columns(func(in string, x liveCase) bool {
		return in == unit && x.closed != record.NoDay && x.closed >= from && x.closed < till
	})
	if err != nil {
		return nil, err
	}
	units, err := a.unitsOf(ctx, r)
	if err != nil {
		return nil, err
	}
	release, err := a.release(columns, funnelTable, goalTable)
	if err != nil {
		return nil, err
	}
	return a.feedback(release, year, unitName(units, unit))
}

func dayOf(year, month, day int) record.Day {
	return record.DayOf(time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC))
}

// release makes an internal release of some of the report's tables.
func (a *App) release(columns *tabulate.Columns, ids ...string) (*disclosure.Release, error) {
	var tables []*query.Table
	for _, t := range query.Report(a.book) {
		if slices.Contains(ids, t.ID) {
			tables = append(tables, t)
		}
	}
	split := query.Whole()
	counts, err := tabulate.Count(columns, split, tables)
	if err != nil {
		return nil, err
	}
	about := &disclosure.About{Audience: disclosure.Internal, Codebook: a.book, Read: [2]time.Time{a.now(), a.now()}, Synthetic: a.demo}
	return disclosure.New(about, []disclosure.Part{{Split: split, Tables: tables, Counts: counts}})
}

func (a *App) feedback(release *disclosure.Release, year int, unit string) (*Feedback, error) {
	goal, funnel := release.Table("", goalTable), release.Table("", funnelTable)
	if goal == nil || funnel == nil {
		return nil, fault.New(fault.Internal, "fault.internal")
	}
	f := &Feedback{Year: year, Unit: unit, Followed: goal.Base(0, 0)}
	// The follow-up of the goal begins with "wholly" and "partly", as in every codebook.
	f.Whole, f.Partly = goal.Cell(0, 0).Count, goal.Cell(0, 1).Count
	// Every case here is closed, so the funnel's base is how many were closed.
	f.Closed = funnel.Base(0, 0)
	return f, nil
}
