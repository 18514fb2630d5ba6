package app

import (
	"context"
	"slices"
	"strings"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/fault"
	"foljsam/internal/place"
	"foljsam/internal/record"
	"foljsam/internal/store"
)

// NewRole is a role in the register that somebody is to have.
type NewRole struct {
	Login string // whom it is for
	Role  access.Role
	Unit  string     // empty: all units
	From  record.Day // none, or a day that has begun: from now on
	Last  record.Day // none: without end
}

// CaseRoles gives everybody's roles in the register, as far as the actor gives roles there;
// those that have ended last. A unit's name stands with each.
func (a *App) CaseRoles(ctx context.Context, by access.Actor) ([]Held, []place.Unit, error) {
	r, err := a.maySomewhere(ctx, by, access.GrantCase)
	if err != nil {
		return nil, nil, err
	}
	units, err := a.unitsOf(ctx, r)
	if err != nil {
		return nil, nil, err
	}
	var all []Held
	err = a.store.Node().Read(ctx, func(t *store.Tx) error {
		grants, err := t.GrantsIn(r.ID())
		for _, g := range grants {
			if err == nil && by.In(g.Unit) {
				var h Held
				h, err = namedRole(t, g, units)
				all = append(all, h)
			}
		}
		return err
	})
	slices.SortStableFunc(all, func(x, y Held) int {
		return strings.Compare(strings.ToLower(x.PersonName), strings.ToLower(y.PersonName))
	})
	a.endedLast(all)
	mine := slices.DeleteFunc(place.UnitsOn(units, a.now()), func(u place.Unit) bool { return !by.In(u.ID) })
	return all, mine, err
}

func namedRole(t *store.Tx, g access.Grant, units []place.Unit) (h Held, err error) {
	h = Held{Grant: g, UnitName: unitName(units, g.Unit)}
	p, err := t.Person(g.Person)
	if err != nil {
		return h, err
	}
	h.PersonName, h.Login = p.Name, p.Login
	if h.Giver, err = nameIn(t, g.GivenBy, nil); err == nil {
		h.Approver, err = nameIn(t, g.ApprovedBy, nil)
	}
	return h, err
}

// GiveRole gives somebody a role that sees cases, in units where the actor gives them.
func (a *App) GiveRole(ctx context.Context, by access.Actor, n NewRole) error {
	r, err := a.mayIn(ctx, by, access.GrantCase, n.Unit)
	if err = firstError(err, a.Confirmed(by)); err != nil {
		return err
	}
	if !n.Role.InRegister() {
		return fault.New(fault.Refused, "access.refused")
	}
	units, err := r.Units(ctx)
	if err != nil {
		return err
	}
	if n.Unit != "" && !slices.ContainsFunc(place.UnitsOn(units, a.now()), func(u place.Unit) bool { return u.ID == n.Unit }) {
		return fault.New(fault.Invalid, "people.no_unit")
	}
	g := access.Grant{Register: r.ID(), Unit: n.Unit, Role: n.Role, GivenBy: by.Person.ID}
	if g.From, g.Till, err = a.period(n.From, n.Last); err != nil {
		return err
	}
	return a.give(ctx, by, n.Login, g)
}

// give writes a grant for whoever has a login.
func (a *App) give(ctx context.Context, by access.Actor, login string, g access.Grant) error {
	err := a.store.Node().Write(ctx, func(t *store.Tx) error {
		p, err := t.PersonByLogin(plainLogin(login))
		if err == nil && p.EndedAt(a.now()) || err != nil && fault.KindOf(err) == fault.NotFound {
			return fault.New(fault.Invalid, "people.no_such_login")
		}
		if err != nil {
			return err
		}
		g.Person = p.ID
		return a.addGrant(t, by, audit.Granted, g)
	})
	a.sessions.forgetPerson(g.Person)
	return err
}

// addGrant gives a role, unless the person has it.
func (a *App) addGrant(t *store.Tx, by access.Actor, act audit.Act, g access.Grant) error {
	grants, err := t.Grants(g.Person)
	if err != nil {
		return err
	}
	for _, x := range grants {
		if x.Register == g.Register && x.Role == g.Role && x.Unit == g.Unit && !x.OverAt(a.now()) {
			return fault.New(fault.Conflict, "people.role_held")
		}
	}
	t.Audit(a.aboutRole(by, act, g))
	return t.AddGrant(g)
}

// EndRole ends a role that sees cases, from now on. The register's last coordinator of all
// units stays.
func (a *App) EndRole(ctx context.Context, by access.Actor, g access.Grant) error {
	r, err := a.mayIn(ctx, by, access.GrantCase, g.Unit)
	if err != nil {
		return err
	}
	if !g.Role.InRegister() {
		return fault.New(fault.Refused, "access.refused")
	}
	g.Register = r.ID()
	return a.endGrant(ctx, by, g, func(t *store.Tx) error { return a.othersCoordinate(t, g) })
}

func (a *App) endGrant(ctx context.Context, by access.Actor, g access.Grant, check func(*store.Tx) error) error {
	err := a.store.Node().Write(ctx, func(t *store.Tx) error {
		grants, err := t.Grants(g.Person)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(grants, func(x access.Grant) bool {
			return x.Register == g.Register && x.Role == g.Role && x.Unit == g.Unit && x.From.Equal(g.From) && !x.OverAt(a.now())
		})
		if i < 0 {
			return fault.New(fault.NotFound, "store.no_grant")
		}
		if err := check(t); err != nil {
			return err
		}
		t.Audit(a.aboutRole(by, audit.EndedRole, g))
		return t.EndGrant(grants[i], a.now())
	})
	a.sessions.forgetPerson(g.Person)
	return err
}

// othersCoordinate refuses where a register would be left without a coordinator of all units.
func (a *App) othersCoordinate(t *store.Tx, g access.Grant) error {
	if g.Role != access.Coordinator || g.Unit != "" {
		return nil
	}
	all, err := t.GrantsIn(g.Register)
	for _, x := range all {
		if err != nil || x.Role != access.Coordinator || x.Unit != "" || x.Person == g.Person || !x.HoldsAt(a.now()) {
			continue
		}
		p, err := t.Person(x.Person)
		if err != nil {
			return err
		}
		if a.canSignIn(p) {
			return nil
		}
	}
	return firstError(err, fault.New(fault.Refused, "people.last_coordinator"))
}

// GiveAdministrator lets somebody administer the installation.
func (a *App) GiveAdministrator(ctx context.Context, by access.Actor, id string) error {
	if err := a.mayGravely(ctx, by, access.ManagePeople); err != nil {
		return err
	}
	err := a.changePerson(ctx, id, func(t *store.Tx, p *access.Person) error {
		return a.addGrant(t, by, audit.Granted, access.Grant{Person: id, Role: access.Administrator, From: a.now(), GivenBy: by.Person.ID})
	})
	a.sessions.forgetPerson(id)
	return err
}

// EndAdministrator takes the administrator's role from somebody else.
func (a *App) EndAdministrator(ctx context.Context, by access.Actor, id string) error {
	if err := a.mayGravely(ctx, by, access.ManagePeople); err != nil {
		return err
	}
	if id == by.Person.ID {
		return fault.New(fault.Refused, "people.not_yourself")
	}
	var grants []access.Grant
	err := a.store.Node().Read(ctx, func(t *store.Tx) (err error) { grants, err = t.Grants(id); return err })
	if err != nil {
		return err
	}
	for _, g := range grants {
		if g.Role == access.Administrator && !g.OverAt(a.now()) {
			return a.endGrant(ctx, by, g, func(t *store.Tx) error { return a.othersAdminister(t, id) })
		}
	}
	return fault.New(fault.NotFound, "store.no_grant")
}
