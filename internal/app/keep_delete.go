package app

import (
	"context"
	"slices"
	"strconv"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/fault"
	"foljsam/internal/place"
	"foljsam/internal/record"
	"foljsam/internal/store"
)

// OthersRetentions gives an administrator who may approve what others have decided the
// proposals and protocols of all registers: how many cases, and by what rule; never which.
func (a *App) OthersRetentions(ctx context.Context, by access.Actor) (*Retention, error) {
	if err := by.Allow(access.Approve, "", ""); err != nil {
		return nil, a.refused(ctx, a.store.Node(), by, "", err)
	}
	var registers []place.Register
	err := a.store.Node().Read(ctx, func(t *store.Tx) (err error) { registers, err = t.Registers(); return err })
	if err != nil {
		return nil, err
	}
	all := &Retention{Before: record.NoDay}
	for _, x := range registers {
		r, err := a.store.Register(ctx, x.ID)
		if err != nil {
			return nil, err
		}
		var records []store.Retention
		if err := r.Read(ctx, func(t *store.Tx) (err error) { records, err = t.Retentions(); return err }); err != nil {
			return nil, err
		}
		for _, y := range records {
			y.Hashes = nil // of the cases' ids
			all.add(a.recordOf(ctx, by, x, y))
		}
	}
	return all, nil
}

// ConfirmRetention carries out a proposal that somebody else made: a coordinator of the same
// register, or an administrator, who names it. A case that the rule no longer reaches, since
// somebody has opened it again, stays. It gives how many were deleted. What they leave in free
// space is written over afterwards; where that fails the protocol says so, and it can be done
// again.
func (a *App) ConfirmRetention(ctx context.Context, by access.Actor, register, id string) (deleted int, err error) {
	r, units, err := a.confirming(ctx, by, register)
	if err == nil {
		err = a.Confirmed(by)
	}
	if err != nil {
		return 0, err
	}
	var gone []string
	ctx = context.WithoutCancel(ctx) // what is begun is ended, also when the browser does not wait
	err = r.Write(ctx, func(t *store.Tx) (err error) {
		gone, err = a.carryOut(t, by, units, id)
		return err
	})
	if err != nil {
		return 0, err
	}
	a.forget(r.ID(), gone)
	_ = a.scrub(ctx, r, id) // the protocol tells that it is not done
	return len(gone), nil
}

// confirming opens the register of a proposal, and gives the units that the actor answers for;
// all of them for an administrator.
func (a *App) confirming(ctx context.Context, by access.Actor, register string) (*store.Register, []place.Unit, error) {
	if by.Role != access.Administrator {
		return a.unitsFor(ctx, by, access.Retain)
	}
	if err := by.Allow(access.Approve, "", ""); err != nil {
		return nil, nil, a.refused(ctx, a.store.Node(), by, "", err)
	}
	r, err := a.store.Register(ctx, register)
	if err != nil {
		return nil, nil, err
	}
	units, err := a.unitsOf(ctx, r)
	return r, units, err
}

// carryOut deletes what a proposal names, and makes a protocol of it.
func (a *App) carryOut(t *store.Tx, by access.Actor, units []place.Unit, id string) (gone []string, err error) {
	all, err := t.Retentions()
	at := slices.IndexFunc(all, func(x store.Retention) bool { return x.ID == id })
	switch {
	case err != nil:
		return nil, err
	case at < 0:
		return nil, fault.New(fault.NotFound, "keeping.no_retention")
	case all[at].ProposedBy == by.Person.ID:
		return nil, fault.New(fault.Refused, "keeping.second_person")
	}
	x := all[at]
	cases, err := t.RetentionCases(id)
	if err == nil {
		err = a.stillRuled(t, x)
	}
	if err != nil {
		return nil, err
	}
	for _, c := range cases {
		if !hasUnit(units, c.Unit) {
			return nil, fault.New(fault.Refused, "keeping.other_units")
		}
		if !x.Reaches(c) {
			continue
		}
		hash, err := t.DeleteCase(c.ID)
		if err != nil {
			return nil, err
		}
		gone, x.Hashes = append(gone, c.ID), append(x.Hashes, hash)
	}
	x.State, x.Decided, x.DecidedBy, x.DecidedRole, x.Deleted = store.RetentionDone, a.now(), by.Person.ID, string(by.Role), len(gone)
	l := a.line(by, audit.Retained, "")
	l.N = len(gone)
	t.Audit(l)
	return gone, t.EndRetention(x)
}

// stillRuled refuses a proposal whose rule was taken away since, or no longer reaches so far.
func (a *App) stillRuled(t *store.Tx, x store.Retention) error {
	text, err := t.Setting(retentionSetting)
	if err != nil || x.State != store.RetentionProposed {
		return err // of one that is ended, that is what is told
	}
	years, _ := strconv.Atoi(text)
	if years <= 0 || yearsBack(a.now(), years) < x.Before {
		return fault.New(fault.Conflict, "keeping.rule_changed")
	}
	return nil
}

// ScrubAgain writes over what deleted cases have left, where that could not be done before.
// Nobody writes in the register meanwhile, so it is for a coordinator of all its units.
func (a *App) ScrubAgain(ctx context.Context, by access.Actor, id string) error {
	r, _, err := a.unitsFor(ctx, by, access.Retain)
	if err != nil {
		return err
	}
	if !by.AllUnits {
		return fault.New(fault.Refused, "keeping.scrub_all_units")
	}
	err = r.Write(ctx, func(t *store.Tx) error {
		all, err := t.Retentions()
		at := slices.IndexFunc(all, func(x store.Retention) bool { return x.ID == id && x.State == store.RetentionDone })
		switch {
		case err != nil:
			return err
		case at < 0:
			return fault.New(fault.NotFound, "keeping.no_retention")
		case !all[at].Scrubbed.IsZero():
			return fault.New(fault.Conflict, "keeping.scrubbed_already")
		}
		t.Audit(a.line(by, audit.Scrubbed, ""))
		return nil
	})
	if err != nil {
		return err
	}
	return a.scrub(context.WithoutCancel(ctx), r, id)
}

func (a *App) scrub(ctx context.Context, r *store.Register, id string) error {
	if err := r.Scrub(ctx); err != nil {
		return err
	}
	return r.Write(ctx, func(t *store.Tx) error { return t.MarkScrubbed(id, a.now()) })
}
