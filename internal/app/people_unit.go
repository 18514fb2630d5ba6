package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/fault"
	"foljsam/internal/place"
	"foljsam/internal/record"
	"foljsam/internal/store"
)

// UnitEdit is what somebody wants a unit to be.
type UnitEdit struct {
	Name   string
	Area   string     // code of a municipality, or of a district in one
	From   record.Day // of a new unit; none: from now on
	Since  record.Day // from which day it is in the area, where that is another than before
	Always bool       // it was in the area all the time: what stood was wrong
	Last   record.Day // the last day that it holds; none: still
}

// UnitMark says how a unit was when somebody looked at it, so that what another has changed
// since is not written over.
func UnitMark(u place.Unit) string {
	sum := sha256.Sum256([]byte(strings.Join([]string{u.ID, u.Name, u.Area, wasOf(u), u.From.UTC().Format(time.RFC3339), u.Till.UTC().Format(time.RFC3339)}, "\n")))
	return hex.EncodeToString(sum[:8])
}

func wasOf(u place.Unit) string {
	s := ""
	for _, w := range u.Was {
		s += w.Area + " " + w.Till.UTC().Format(time.RFC3339) + "\n"
	}
	return s
}

// ManagedUnits gives the units that the actor looks after, those that have ended last.
func (a *App) ManagedUnits(ctx context.Context, by access.Actor) ([]place.Unit, error) {
	r, err := a.maySomewhere(ctx, by, access.ManageUnits)
	if err != nil {
		return nil, err
	}
	all, err := r.Units(ctx)
	all = slices.DeleteFunc(all, func(u place.Unit) bool { return !by.In(u.ID) })
	slices.SortStableFunc(all, func(x, y place.Unit) int {
		if over := over(x, a.now()) - over(y, a.now()); over != 0 {
			return over
		}
		return strings.Compare(strings.ToLower(x.Name), strings.ToLower(y.Name))
	})
	return all, err
}

func over(u place.Unit, now time.Time) int {
	if !u.Till.IsZero() && !now.Before(u.Till) {
		return 1
	}
	return 0
}

// ManagedUnit gives one of the units that the actor looks after.
func (a *App) ManagedUnit(ctx context.Context, by access.Actor, id string) (place.Unit, error) {
	all, err := a.ManagedUnits(ctx, by)
	if err != nil {
		return place.Unit{}, err
	}
	for _, u := range all {
		if u.ID == id {
			return u, nil
		}
	}
	return place.Unit{}, fault.New(fault.NotFound, "people.no_unit")
}

// AddUnit makes a unit. It takes somebody who looks after the whole register.
func (a *App) AddUnit(ctx context.Context, by access.Actor, e UnitEdit) error {
	r, err := a.mayIn(ctx, by, access.ManageUnits, "")
	if err != nil {
		return err
	}
	u := place.Unit{ID: newID()}
	if u.From, u.Till, err = a.period(e.From, e.Last); err != nil {
		return err
	}
	return a.putUnit(ctx, r, by, audit.AddedUnit, "", u, e)
}

// SaveUnit changes a unit's name, area and last day. The cases in it stay as they are: in years that
// had ended by the day that the unit came to another area, they are of the one before. mark
// is the unit's when the person looked at it: where somebody else has changed it since, it is
// a conflict and nothing is changed.
func (a *App) SaveUnit(ctx context.Context, by access.Actor, id, mark string, e UnitEdit) error {
	r, err := a.mayIn(ctx, by, access.ManageUnits, id)
	if err != nil {
		return err
	}
	u, err := a.ManagedUnit(ctx, by, id)
	if err != nil {
		return err
	}
	if u.Till = (time.Time{}); e.Last != record.NoDay {
		if u.Till = a.dawn(e.Last + 1); !u.Till.After(u.From) {
			return fault.New(fault.Invalid, "people.ends_before")
		}
	}
	if e.Area = strings.TrimSpace(e.Area); e.Area != u.Area {
		if u, err = a.moved(u, e); err != nil {
			return err
		}
	}
	return a.putUnit(ctx, r, by, audit.ChangedUnit, mark, u, e)
}

// moved gives a unit in another area: from a day that is not to come, or all the time.
func (a *App) moved(u place.Unit, e UnitEdit) (place.Unit, error) {
	switch {
	case e.Always == (e.Since != record.NoDay):
		return u, fault.New(fault.Invalid, "people.area_since")
	case e.Since > a.today():
		return u, fault.New(fault.Invalid, "people.area_later")
	case e.Always:
		u.Area, u.Was = e.Area, nil
		return u, nil
	}
	return u.MovedTo(e.Area, a.dawn(e.Since)), nil
}

// putUnit writes a unit, where it is as its mark says (empty: it is new) and no other that
// holds has its name.
func (a *App) putUnit(ctx context.Context, r *store.Register, by access.Actor, act audit.Act, mark string, u place.Unit, e UnitEdit) error {
	if err := nameFault(e.Name, "people.unit_name", "people.unit_name_long"); err != nil {
		return err
	}
	u.Name, u.Area = strings.TrimSpace(e.Name), strings.TrimSpace(e.Area)
	if _, known := place.Municipality(place.MunicipalityOf(u.Area)); !known {
		return fault.New(fault.Invalid, "people.unit_area")
	}
	err := r.Write(ctx, func(t *store.Tx) error {
		all, err := t.Units()
		if err != nil {
			return err
		}
		if err := a.unitFits(all, mark, u); err != nil {
			return err
		}
		t.Audit(a.about(by, act, u.ID))
		return t.PutUnit(u)
	})
	a.units.forget(r.ID())
	return err
}

func (a *App) unitFits(all []place.Unit, mark string, u place.Unit) error {
	for _, other := range all {
		switch {
		case other.ID == u.ID && UnitMark(other) != mark:
			return fault.New(fault.Conflict, "people.unit_changed")
		case other.ID != u.ID && strings.EqualFold(other.Name, u.Name) && over(other, a.now()) == 0 && over(u, a.now()) == 0:
			return fault.New(fault.Invalid, "people.unit_taken")
		}
	}
	return nil
}
