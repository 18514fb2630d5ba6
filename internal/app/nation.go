package app

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/fault"
	"foljsam/internal/place"
	"foljsam/internal/record"
	"foljsam/internal/store"
)

// The nation's register has no cases. Its units are the municipalities and districts that
// report to it; a unit's id is its code. An installation has at most one.

// HasNation tells whether the installation has the nation's register.
func (a *App) HasNation(ctx context.Context) bool {
	_, err := a.nation(ctx)
	return err == nil
}

// nation gives the nation's register; not found where there is none.
func (a *App) nation(ctx context.Context) (*store.Register, error) {
	id, err := a.nationID.get(ctx, place.Nation, a.now(), a.findNation)
	if err != nil {
		return nil, err
	}
	if id == "" {
		return nil, fault.New(fault.NotFound, "visit.not_found")
	}
	return a.store.Register(ctx, id)
}

func (a *App) findNation(ctx context.Context) (id string, err error) {
	err = a.store.Node().Read(ctx, func(t *store.Tx) error {
		all, err := t.Registers()
		if i := slices.IndexFunc(all, place.Register.IsNation); i >= 0 {
			id = all[i].ID
		}
		return err
	})
	return id, err
}

// mayInNation refuses, and logs that it did, unless the actor may do something in a unit of
// the nation's register; an empty unit means all of it.
func (a *App) mayInNation(ctx context.Context, by access.Actor, action access.Action, unit string) (*store.Register, error) {
	r, err := a.nation(ctx)
	if err != nil {
		return nil, err
	}
	if err := by.Allow(action, r.ID(), unit); err != nil {
		return nil, a.refused(ctx, a.store.Node(), by, "", err)
	}
	return r, nil
}

// BeginNation makes the nation's register. It gives nobody a role there: whoever is to collect is
// proposed as coordinators are.
func (a *App) BeginNation(ctx context.Context, by access.Actor, name, controller string) error {
	if err := a.mayGravely(ctx, by, access.ManagePeople); err != nil {
		return err
	}
	if err := nameFault(name, "place.register_name", "people.unit_name_long"); err != nil {
		return err
	}
	a.first.begin.Lock()
	defer a.first.begin.Unlock()
	a.nationID.forget(place.Nation)
	if a.HasNation(ctx) {
		return fault.New(fault.Conflict, "nation.begun_already")
	}
	ctx = context.WithoutCancel(ctx)
	r := place.Register{ID: registerID(place.Nation), Name: strings.TrimSpace(name), Controller: strings.TrimSpace(controller), Unit: place.Nation, Synthetic: a.demo, Created: a.now()}
	if err := a.store.AddRegister(ctx, r, municipalUnits()); err != nil {
		return err
	}
	a.nationID.forget(place.Nation)
	return a.store.Node().Write(ctx, func(t *store.Tx) error { t.Audit(a.about(by, audit.NationBegun, r.ID)); return nil })
}

// municipalUnits gives the municipalities as units of the nation's register.
func municipalUnits() (units []place.Unit) {
	for _, m := range place.Municipalities() {
		units = append(units, place.Unit{ID: m.Code, Name: m.Short, Area: m.Code, From: m.From, Till: m.Till})
	}
	return units
}

// aboutYear begins a line of the log on a unit and a year of the nation's register.
func (a *App) aboutYear(by access.Actor, act audit.Act, unit string, year int) audit.Line {
	l := a.about(by, act, unit)
	if year != 0 {
		l.Fields = []string{strconv.Itoa(year)}
	}
	return l
}

// lastOf gives the last day of a year: a unit reports for a year when it holds on it.
func lastOf(year int) record.Day { return dayOf(year, 12, 31) }

// RestEnding is how the code ends of what a city reports for no district of its own: it has no
// inhabitants, is in no mean, and is shown as it is.
const RestEnding = "99"

// IsRest tells whether a unit is what a city reports for no district of its own.
func IsRest(unit string) bool { return place.IsDistrict(unit) && strings.HasSuffix(unit, RestEnding) }

// reporting gives the units that report for a year: of a city with districts that year, those.
func reporting(all []place.Unit, year int) (units []place.Unit) {
	now := place.UnitsOn(all, lastOf(year).Time())
	divided := map[string]bool{}
	for _, u := range now {
		if place.IsDistrict(u.ID) {
			divided[place.MunicipalityOf(u.ID)] = true
		}
	}
	for _, u := range now {
		if !divided[u.ID] {
			units = append(units, u)
		}
	}
	slices.SortFunc(units, func(x, y place.Unit) int { return strings.Compare(x.ID, y.ID) })
	return units
}

// MayBeginNation refuses whoever may not make the nation's register.
func (a *App) MayBeginNation(ctx context.Context, by access.Actor) error {
	return a.mayGravely(ctx, by, access.ManagePeople)
}
