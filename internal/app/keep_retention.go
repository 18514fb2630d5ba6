package app

import (
	"context"
	"slices"
	"strconv"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/disclosure"
	"foljsam/internal/fault"
	"foljsam/internal/place"
	"foljsam/internal/record"
	"foljsam/internal/store"
)

// The rule of a register: how many years after closing a case is kept. There is none until
// somebody has said so, and then nothing is ever deleted.
const (
	retentionSetting = "gallring.ar"
	longestRetention = 100
)

// Retention is what a coordinator sees of what is no longer to be kept.
type Retention struct {
	Years     int        // the rule; 0: there is none
	Before    record.Day // what was closed before that day
	Closed    []Listed   // without codes
	Excluded  []Listed   // excluded cases that nobody has changed since that day
	Reached   disclosure.ListCount
	Set       disclosure.ListCount // how many excluded ones
	Waiting   []RetentionRecord
	Protocols []RetentionRecord
}

// RetentionRecord is a proposal or a protocol, and who is behind it.
type RetentionRecord struct {
	retention
	Cases, Excluded, Deleted disclosure.ListCount // instead of the plain numbers
	Register                 string               // id
	RegisterName             string
	ProposedName             string
	DecidedName              string
	Mine                     bool // proposed by who looks: somebody else has to confirm it
}

type retention = store.Retention

// Retention shows the rule, what it reaches in the actor's units, what waits for a second
// person, and the protocols.
func (a *App) Retention(ctx context.Context, by access.Actor) (*Retention, error) {
	r, units, err := a.unitsFor(ctx, by, access.Retain)
	if err != nil {
		return nil, err
	}
	v := &Retention{Before: record.NoDay}
	var records []store.Retention
	err = r.Read(ctx, func(t *store.Tx) (err error) {
		if err := a.reached(t, units, v); err != nil {
			return err
		}
		records, err = t.Retentions()
		return err
	})
	if err != nil {
		return nil, err
	}
	for _, x := range records {
		v.add(a.recordOf(ctx, by, place.Register{ID: r.ID()}, x))
	}
	return v, a.logSeen(ctx, r, by, audit.Listed, "")
}

// countAll makes the count of a list that is there to its end.
func countAll(n int) disclosure.ListCount { return disclosure.CountList(n, n) }

// add puts a record where it belongs; what was withdrawn is in neither place.
func (v *Retention) add(x RetentionRecord) {
	switch x.State {
	case store.RetentionProposed:
		v.Waiting = append(v.Waiting, x)
	case store.RetentionDone:
		v.Protocols = append(v.Protocols, x)
	}
}

func (a *App) recordOf(ctx context.Context, by access.Actor, r place.Register, x store.Retention) RetentionRecord {
	return RetentionRecord{retention: x, Cases: countAll(x.Cases), Excluded: countAll(x.Excluded), Deleted: countAll(x.Deleted), Register: r.ID, RegisterName: r.Name, Mine: x.ProposedBy == by.Person.ID,
		ProposedName: a.nameOf(ctx, x.ProposedBy), DecidedName: a.nameOf(ctx, x.DecidedBy)}
}

// reached fills in the rule and the cases that it reaches.
func (a *App) reached(t *store.Tx, units []place.Unit, v *Retention) error {
	text, err := t.Setting(retentionSetting)
	v.Years, _ = strconv.Atoi(text)
	if err != nil || v.Years <= 0 {
		return err
	}
	v.Before = yearsBack(a.now(), v.Years)
	old, err := t.OldCases(v.Before)
	v.Closed, v.Excluded = inUnits(units, old.Closed), inUnits(units, old.Excluded)
	v.Reached, v.Set = countAll(len(v.Closed)), countAll(len(v.Excluded))
	return err
}

// yearsBack gives the same day some years ago; what was closed before it has been kept so long.
func yearsBack(now time.Time, years int) record.Day {
	return dayOf(now.Year()-years, int(now.Month()), now.Day())
}

func inUnits(units []place.Unit, covers []record.Cover) (all []Listed) {
	for _, x := range covers {
		if hasUnit(units, x.Unit) {
			all = append(all, Listed{Cover: x, UnitName: unitName(units, x.Unit)})
		}
	}
	return all
}

// SetRetention says how many years after closing cases are kept; 0 takes the rule away.
func (a *App) SetRetention(ctx context.Context, by access.Actor, years int) error {
	r, _, err := a.unitsFor(ctx, by, access.Retain)
	if err = firstError(err, a.Confirmed(by)); err != nil {
		return err
	}
	if !by.AllUnits {
		return fault.New(fault.Invalid, "keeping.rule_all_units")
	}
	if years < 0 || years > longestRetention {
		return fault.New(fault.Invalid, "keeping.rule_span", "n", longestRetention)
	}
	return r.Write(ctx, func(t *store.Tx) error {
		t.Audit(a.line(by, audit.RetentionRuled, ""))
		return t.PutSetting(retentionSetting, strconv.Itoa(years))
	})
}

// ProposeRetention proposes that what the rule reaches in the actor's units is deleted; the
// excluded cases too where that is asked. Nothing is deleted until somebody else confirms it.
func (a *App) ProposeRetention(ctx context.Context, by access.Actor, excludedToo bool) (id string, err error) {
	r, units, err := a.unitsFor(ctx, by, access.Retain)
	if err = firstError(err, a.Confirmed(by)); err != nil {
		return "", err
	}
	id = newID()
	return id, r.Write(ctx, func(t *store.Tx) error {
		v := &Retention{}
		if err := a.reached(t, units, v); err != nil {
			return err
		}
		if waits, err := waiting(t); waits || err != nil {
			return firstError(err, fault.New(fault.Conflict, "keeping.waits_already"))
		}
		x := store.Retention{ID: id, Years: v.Years, Before: v.Before, Oldest: record.NoDay, Newest: record.NoDay, Proposed: a.now(), ProposedBy: by.Person.ID, ProposedRole: string(by.Role)}
		all := slices.Clone(v.Closed)
		if len(all) > 0 {
			x.Oldest, x.Newest = all[0].Closed, all[len(all)-1].Closed
		}
		if excludedToo {
			all, x.Excluded = append(all, v.Excluded...), len(v.Excluded)
		}
		if len(all) == 0 {
			return fault.New(fault.Invalid, "keeping.nothing_reached")
		}
		l := a.line(by, audit.RetentionProposed, "")
		l.N = len(all)
		t.Audit(l)
		return t.ProposeRetention(x, idsOf(all))
	})
}

func idsOf(all []Listed) []string {
	ids := make([]string, len(all))
	for i, x := range all {
		ids[i] = x.ID
	}
	return ids
}

func waiting(t *store.Tx) (bool, error) {
	all, err := t.Retentions()
	return slices.ContainsFunc(all, func(x store.Retention) bool { return x.State == store.RetentionProposed }), err
}

// WithdrawRetention takes a proposal back. Any coordinator of the register may.
func (a *App) WithdrawRetention(ctx context.Context, by access.Actor, id string) error {
	r, _, err := a.unitsFor(ctx, by, access.Retain)
	if err != nil {
		return err
	}
	return r.Write(ctx, func(t *store.Tx) error {
		t.Audit(a.line(by, audit.RetentionEnded, ""))
		return t.EndRetention(store.Retention{ID: id, State: store.RetentionWithdrawn, Decided: a.now(), DecidedBy: by.Person.ID, DecidedRole: string(by.Role)})
	})
}
