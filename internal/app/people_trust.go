package app

import (
	"context"
	"slices"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/fault"
	"foljsam/internal/store"
)

// standing is how long two administrators must have been that before one approves what the other
// proposed, where the register has no coordinator who can.
const standing = 14 * 24 * time.Hour

// StandingDays is the same in days, for what is said of it.
const StandingDays = int(standing / (24 * time.Hour))

// mayApprove refuses whoever may not say yes to a proposal. Where the register has a coordinator
// beside the one whom it is for, only a coordinator there may: else one administrator with a second
// login of their own could let themselves in. Where it has none, another administrator may, who
// does not owe the proposer their login, and both have stood long enough to be seen.
func (a *App) mayApprove(t *store.Tx, by access.Actor, p access.Proposal) error {
	if !p.MayApprove(by.Person.ID) {
		return fault.New(fault.Refused, "people.not_own_proposal")
	}
	if by.Role == p.Role && by.Register == p.Register {
		return nil
	}
	has, err := a.hasLeader(t, p.Role, p.Register, p.Person)
	if err != nil {
		return err
	}
	if has {
		return fault.New(fault.Refused, "trust.coordinator_approves")
	}
	tied, err := a.tied(t, p.MadeBy, by.Person.ID)
	if err != nil {
		return err
	}
	if tied {
		return fault.New(fault.Refused, "trust.tied")
	}
	return firstError(a.hasStood(t, p.MadeBy), a.hasStood(t, by.Person.ID))
}

// hasLeader tells whether somebody else than a person has a role in all units of a register
// and can sign in.
func (a *App) hasLeader(t *store.Tx, role access.Role, register, but string) (bool, error) {
	all, err := t.GrantsIn(register)
	for _, g := range all {
		if err != nil || g.Role != role || g.Unit != "" || g.Person == but || !g.HoldsAt(a.now()) {
			continue
		}
		p, err := t.Person(g.Person)
		if err != nil {
			return false, err
		}
		if a.canSignIn(p) {
			return true, nil
		}
	}
	return false, err
}

// hasStood refuses for somebody who has not been administrator long enough.
func (a *App) hasStood(t *store.Tx, person string) error {
	grants, err := t.Grants(person)
	for _, g := range grants {
		if g.Role == access.Administrator && g.HoldsAt(a.now()) && !a.now().Before(g.From.Add(standing)) {
			return err
		}
	}
	return firstError(err, fault.New(fault.Refused, "trust.too_new", "n", StandingDays))
}

// tied tells whether one of two people owes the other their login or a role, straight or through
// others: added, given a one-time code or a role, or without a second step by the other's hand.
func (a *App) tied(t *store.Tx, one, other string) (bool, error) {
	gave := map[string][]string{}
	lines, err := t.AuditActs(time.Time{}, audit.AddedPerson, audit.GaveCode, audit.Granted, audit.FactorsReset)
	if err != nil {
		return false, err
	}
	for _, l := range lines {
		gave[l.Person] = append(gave[l.Person], l.About)
	}
	grants, err := t.AllGrants()
	for _, g := range grants {
		gave[g.GivenBy] = append(gave[g.GivenBy], g.Person)
	}
	return leads(gave, one, other) || leads(gave, other, one), err
}

// leads tells whether one can go from somebody to somebody else.
func leads(gave map[string][]string, from, to string) bool {
	reached := []string{from}
	for i := 0; i < len(reached); i++ {
		for _, x := range gave[reached[i]] {
			if x == to {
				return true
			}
			if x != "" && !slices.Contains(reached, x) {
				reached = append(reached, x)
			}
		}
	}
	return false
}

// caseRegisters gives the registers where somebody has a role that sees cases, now or later.
func (a *App) caseRegisters(t *store.Tx, person string) (all []string, err error) {
	grants, err := t.Grants(person)
	for _, g := range grants {
		if g.Role.SeesCases() && !g.OverAt(a.now()) && !slices.Contains(all, g.Register) {
			all = append(all, g.Register)
		}
	}
	return all, err
}

// tell writes a line in the logs of registers too, of what an administrator did in the installation.
func (a *App) tell(ctx context.Context, registers []string, l audit.Line) error {
	for _, id := range registers {
		r, err := a.store.Register(ctx, id)
		if err == nil {
			err = r.Write(ctx, func(t *store.Tx) error { t.Audit(l); return nil })
		}
		if err != nil {
			return err
		}
	}
	return nil
}
