package app

import (
	"context"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/fault"
	"foljsam/internal/store"
)

// proposalLife is how long a proposal waits.
const proposalLife = 14 * 24 * time.Hour

// ProposalDays is the same in days, for what is said of it.
const ProposalDays = int(proposalLife / (24 * time.Hour))

// RoleProposal is a proposal with what things are called, as one reader sees it.
type RoleProposal struct {
	access.Proposal
	PersonName   string
	Maker        string
	Decider      string
	RegisterName string
	Waits        bool
	MayApprove   bool
	MayDecline   bool
	MayWithdraw  bool
}

// ProposeCoordinator asks for somebody to become coordinator of all units in a register, or of the
// nation's to be who collects there. It gives nothing: somebody else must approve, as mayApprove says. Nobody proposes themselves.
func (a *App) ProposeCoordinator(ctx context.Context, by access.Actor, person, register string) error {
	if err := a.mayGravely(ctx, by, access.ManagePeople); err != nil {
		return err
	}
	if person == by.Person.ID {
		return fault.New(fault.Refused, "people.not_yourself")
	}
	p := access.Proposal{ID: newID(), Person: person, Register: register, Role: access.Coordinator, MadeBy: by.Person.ID, Made: a.now(), Ends: a.now().Add(proposalLife)}
	return a.changePerson(ctx, person, func(t *store.Tx, _ *access.Person) error {
		registers, err := t.Registers()
		if err != nil {
			return err
		}
		r, ok := registerNamed(registers, register)
		if !ok {
			return fault.New(fault.Invalid, "store.no_register")
		}
		if r.IsNation() {
			p.Role = access.National
		}
		if err := a.mayWait(t, p); err != nil {
			return err
		}
		t.Audit(a.aboutRole(by, audit.Proposed, grantOf(p)))
		return t.AddProposal(p)
	})
}

func grantOf(p access.Proposal) access.Grant {
	return access.Grant{Person: p.Person, Register: p.Register, Role: p.Role}
}

// mayWait refuses a proposal of what somebody has, or of what waits already.
func (a *App) mayWait(t *store.Tx, p access.Proposal) error {
	all, err := t.Proposals()
	for _, x := range all {
		if x.Person == p.Person && x.Register == p.Register && x.WaitsAt(a.now()) {
			return fault.New(fault.Conflict, "people.proposed_already")
		}
	}
	if err != nil {
		return err
	}
	grants, err := t.Grants(p.Person)
	for _, g := range grants {
		if g.Register == p.Register && g.Role == p.Role && g.Unit == "" && !g.OverAt(a.now()) {
			return fault.New(fault.Conflict, "people.role_held")
		}
	}
	return err
}

// RoleProposals gives what has been proposed, the newest first: an administrator sees all, a
// coordinator what concerns the register.
func (a *App) RoleProposals(ctx context.Context, by access.Actor) (all []RoleProposal, err error) {
	if err := a.mayDecide(ctx, by); err != nil {
		return nil, err
	}
	err = a.store.Node().Read(ctx, func(t *store.Tx) error {
		proposals, err := t.Proposals()
		if err != nil {
			return err
		}
		registers, err := t.Registers()
		for _, p := range proposals {
			if !concerns(p, by) {
				continue
			}
			r, _ := registerNamed(registers, p.Register)
			x := RoleProposal{Proposal: p, RegisterName: r.Name}
			x.PersonName, err = nameIn(t, p.Person, err)
			x.Maker, err = nameIn(t, p.MadeBy, err)
			x.Decider, err = nameIn(t, p.DecidedBy, err)
			x.Waits = p.WaitsAt(a.now())
			x.MayWithdraw = x.Waits && p.MadeBy == by.Person.ID
			if x.Waits && err == nil {
				refusal := a.mayApprove(t, by, p)
				x.MayApprove = refusal == nil
				if refusal != nil && fault.KindOf(refusal) != fault.Refused {
					err = refusal
				}
			}
			x.MayDecline = x.Waits && !x.MayWithdraw
			all = append(all, x)
		}
		return err
	})
	return all, err
}

// mayDecide refuses whoever decides on no proposals.
func (a *App) mayDecide(ctx context.Context, by access.Actor) error {
	if by.Register == "" {
		return a.mayOnNode(ctx, by, access.Approve)
	}
	action := access.GrantCase
	if by.Role == access.National {
		action = access.Collect
	}
	_, err := a.mayIn(ctx, by, action, "")
	return err
}

// concerns tells whether somebody who decides on proposals sees this one.
func concerns(p access.Proposal, by access.Actor) bool {
	return by.Register == "" || by.Register == p.Register
}

// DecideProposal approves or declines a proposal, or withdraws one's own. Nobody approves what they
// proposed themselves, or what is for themselves; what has waited too long is over.
func (a *App) DecideProposal(ctx context.Context, by access.Actor, id string, outcome access.Outcome) error {
	if err := firstError(a.mayDecide(ctx, by), a.Confirmed(by)); err != nil {
		return err
	}
	var person string
	err := a.store.Node().Write(ctx, func(t *store.Tx) error {
		p, err := a.proposal(t, by, id)
		if err != nil {
			return err
		}
		person = p.Person
		switch {
		case outcome == access.Withdrawn && p.MadeBy != by.Person.ID:
			return fault.New(fault.Refused, "people.not_own_proposal")
		case p.Outcome != "":
			return fault.New(fault.Conflict, "store.decided")
		case !p.WaitsAt(a.now()):
			return fault.New(fault.Conflict, "people.proposal_over")
		case outcome == access.Approved:
			if err := a.mayApprove(t, by, p); err != nil {
				return err
			}
		}
		return a.decide(t, by, p, outcome)
	})
	a.sessions.forgetPerson(person)
	return err
}

func (a *App) proposal(t *store.Tx, by access.Actor, id string) (access.Proposal, error) {
	all, err := t.Proposals()
	for _, p := range all {
		if p.ID == id && concerns(p, by) {
			return p, err
		}
	}
	return access.Proposal{}, firstError(err, fault.New(fault.NotFound, "people.no_proposal"))
}

func (a *App) decide(t *store.Tx, by access.Actor, p access.Proposal, outcome access.Outcome) error {
	act, ok := map[access.Outcome]audit.Act{access.Approved: audit.Approved, access.Declined: audit.Declined, access.Withdrawn: audit.Withdrew}[outcome]
	if !ok {
		return fault.New(fault.Invalid, "people.no_answer")
	}
	p.Outcome, p.Decided, p.DecidedBy = outcome, a.now(), by.Person.ID
	if err := t.DecideProposal(p); err != nil {
		return err
	}
	g := grantOf(p)
	if outcome != access.Approved {
		t.Audit(a.aboutRole(by, act, g))
		return nil
	}
	person, err := t.Person(p.Person)
	if err != nil {
		return err
	}
	if person.EndedAt(a.now()) {
		return fault.New(fault.Conflict, "people.person_gone")
	}
	g.From, g.GivenBy, g.ApprovedBy = a.now(), p.MadeBy, by.Person.ID
	return a.addGrant(t, by, act, g)
}

// declineAbout declines what waits that somebody made or that is for them.
func (a *App) declineAbout(t *store.Tx, by access.Actor, person string) error {
	all, err := t.Proposals()
	for _, p := range all {
		if err == nil && p.WaitsAt(a.now()) && (p.Person == person || p.MadeBy == person) {
			err = a.decide(t, by, p, access.Declined)
		}
	}
	return err
}
