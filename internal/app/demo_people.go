package app

import (
	"context"
	"fmt"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/place"
	"foljsam/internal/store"
	"foljsam/internal/synth"
)

// The people of a synthetic municipality are called after trees, so that nobody is meant.
var trees = []string{"Alm", "Björk", "Ek", "Gran", "Lind", "Tall"}

// demoUnit is a unit of a synthetic municipality, and how many caseworkers it has.
type demoUnit struct {
	place.Unit
	workers []access.Person
}

func plainUnits(all []demoUnit) []place.Unit {
	units := make([]place.Unit, len(all))
	for i, u := range all {
		units[i] = u.Unit
	}
	return units
}

// demoUnits are the units of every synthetic municipality.
var demoUnits = []place.Unit{{ID: "e1", Name: "Enhet Vuxen"}, {ID: "e2", Name: "Öppenvård"}}

// demoPeople makes the units, two caseworkers in each, and a coordinator and a manager of both.
func demoPeople(register string, nr int, town synth.Town, start time.Time) (units []demoUnit, people []access.Person, grants []access.Grant) {
	add := func(name string, role access.Role, unit string) access.Person {
		p := access.Person{ID: fmt.Sprintf("demo-%s-%d", town.Unit, len(people)+1), Name: name, Created: start}
		p.Login = p.ID
		people = append(people, p)
		grants = append(grants, access.Grant{Person: p.ID, Register: register, Unit: unit, Role: role, From: start})
		return p
	}
	for i, unit := range demoUnits {
		unit.Area, unit.From = town.Unit, start
		u := demoUnit{Unit: unit}
		for j := range 2 {
			u.workers = append(u.workers, add(trees[(nr+2*i+j)%len(trees)], access.Caseworker, u.ID))
		}
		units = append(units, u)
	}
	add(trees[(nr+4)%len(trees)], access.Coordinator, "")
	chief := access.Person{ID: fmt.Sprintf("demo-%s-4-chef", town.Unit), Name: trees[(nr+5)%len(trees)], Created: start} // before the coordinator in lists
	chief.Login = chief.ID
	people = append(people, chief)
	grants = append(grants, access.Grant{Person: chief.ID, Register: register, Role: access.Manager, From: start})
	return units, people, grants
}

// addDemoAdministrators adds two people who see no case: what the one proposes, the other may
// approve.
func (a *App) addDemoAdministrators(ctx context.Context) error {
	return a.store.Node().Write(ctx, func(t *store.Tx) error {
		for i, name := range []string{"Rönn", "Sälg"} {
			p := access.Person{ID: fmt.Sprintf("demo-admin-%d", i+1), Name: name, Created: a.now().AddDate(-4, 0, 0)}
			p.Login = p.ID
			if err := firstError(t.AddPerson(p), t.AddGrant(access.Grant{Person: p.ID, Role: access.Administrator, From: p.Created})); err != nil {
				return err
			}
		}
		return nil
	})
}

// coordinatorAmong gives the coordinator of a municipality.
func coordinatorAmong(grants []access.Grant) string {
	for _, g := range grants {
		if g.Role == access.Coordinator {
			return g.Person
		}
	}
	return ""
}
