package app

import (
	"context"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/fault"
	"foljsam/internal/place"
	"foljsam/internal/store"
)

// RoleAt is a role that somebody may act under, in a register; in the installation where it
// is empty.
type RoleAt struct {
	Role     access.Role
	Register string
	Name     string // the register's
}

// rolesNow gives the roles that a person may act under, in the order of the registers and of
// the roles in them.
func (a *App) rolesNow(p access.Person, grants []access.Grant, registers []place.Register) (all []RoleAt) {
	for _, r := range append([]place.Register{{}}, registers...) {
		for _, role := range access.Roles {
			if _, ok := access.ActorOf(p, role, r.ID, grants, a.now()); ok {
				all = append(all, RoleAt{role, r.ID, r.Name})
			}
		}
	}
	return all
}

// Switch lets a session go on under another of the person's roles. What they do from then on
// is logged under it.
func (a *App) Switch(ctx context.Context, secret string, by access.Actor, register string, role access.Role) error {
	hash := hashOf(secret)
	err := a.store.Node().Write(ctx, func(t *store.Tx) error {
		p, err := t.Person(by.Person.ID)
		if err != nil {
			return err
		}
		grants, err := t.Grants(p.ID)
		if err != nil {
			return err
		}
		next, ok := access.ActorOf(p, role, register, grants, a.now())
		if !ok {
			return fault.New(fault.Refused, "access.refused")
		}
		t.Audit(a.aboutRole(next, audit.ChangedRole, access.Grant{Person: p.ID, Role: role, Register: register}))
		return t.MoveSession(hash, register, role)
	})
	a.sessions.forget(hash)
	return err
}
