package app

import (
	"context"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/disclosure"
	"foljsam/internal/fault"
	"foljsam/internal/record"
	"foljsam/internal/store"
)

// findCode finds the case with a local code, where the actor may see it. Each look-up is
// logged, and counted.
func (a *App) findCode(ctx context.Context, r *store.Register, by access.Actor, code string, list *CaseList) error {
	if err := a.lookUp(ctx, r, by, audit.LookedUp); err != nil {
		return err
	}
	err := r.Read(ctx, func(t *store.Tx) error {
		c, err := t.CaseByCode(r.PseudonymOf(record.OfTheCase, code))
		if err != nil {
			return err
		}
		if err := by.Allow(access.SeeCase, r.ID(), c.Unit); err != nil {
			return err
		}
		cover, err := a.coverOf(t, r.ID(), c)
		if err != nil {
			return err
		}
		l, err := a.listed(t, list.Units, cover)
		list.Cases, list.Of, list.Pages = []Listed{l}, disclosure.CountList(1, 1), 1
		return err
	})
	if k := fault.KindOf(err); err != nil && (k == fault.NotFound || k == fault.Refused) {
		return nil // an empty list: whether the code is another unit's is not told
	}
	a.nameAll(ctx, list.Cases)
	return err
}
