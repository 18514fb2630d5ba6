package app

import (
	"context"

	"foljsam/internal/access"
	"foljsam/internal/record"
	"foljsam/internal/store"
)

// Walk gives the cases of a unit that the group should go through: those where something is
// missing or that somebody wants to talk about; the open ones first, and of those the oldest.
func (a *App) Walk(ctx context.Context, by access.Actor, unit string, page int) (*CaseList, error) {
	r, units, err := a.seeUnits(ctx, by)
	if err != nil {
		return nil, err
	}
	if err := by.Allow(access.SeeUnitCases, r.ID(), unit); err != nil {
		return nil, a.refused(ctx, r, by, "", err)
	}
	list := &CaseList{Units: units, Page: pageIn(page)}
	return list, a.fill(ctx, r, by, list, walkOf(unit))
}

// walkOf asks for the cases of a walk-through.
func walkOf(unit string) store.Find {
	return store.Find{Units: []string{unit}, Standings: []record.Standing{record.Open, record.Shut}, MissingOrDiscuss: true, Apart: true, Top: listLength}
}

// WalkPlace gives the place of a case in the walk-through of its unit, from 0, and whether it
// is there; where it is not, the place where it would be. No place is further on than a list
// is counted.
func (a *App) WalkPlace(ctx context.Context, by access.Actor, c record.Cover) (place int, in bool, err error) {
	r, err := a.register(ctx, by)
	if err != nil {
		return 0, false, err
	}
	if err := by.Allow(access.SeeUnitCases, r.ID(), c.Unit); err != nil {
		return 0, false, a.refused(ctx, r, by, "", err)
	}
	before := walkOf(c.Unit)
	before.Before, before.Most = &c, mostCounted
	err = r.Read(ctx, func(t *store.Tx) (err error) { place, err = t.CountCovers(before); return err })
	return place, err == nil && place < mostCounted && c.Standing != record.Excluded && (c.Missing > 0 || c.Discuss), err
}
