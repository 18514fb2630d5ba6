package app

import (
	"context"
	"slices"

	"foljsam/internal/access"
	"foljsam/internal/disclosure"
	"foljsam/internal/fault"
	"foljsam/internal/place"
	"foljsam/internal/store"
)

// Duties is what waits for whoever looks after people, roles and what is kept.
type Duties struct {
	Alone      bool                 // the only administrator who can sign in
	Proposals  int                  // of a coordinator, that this person may approve
	Codes      int                  // that reset somebody's sign-in, that this person may confirm
	Retentions disclosure.ListCount // proposals to delete, that this person may confirm
	Doubles    disclosure.ListCount // possible doubles that nobody has decided of
}

// Duties gives what waits for the actor; nothing for whoever looks after nothing. It counts,
// and shows no case.
func (a *App) Duties(ctx context.Context, by access.Actor) (Duties, error) {
	d, err := a.roleDuties(ctx, by)
	if err == nil && (by.May(access.Approve) || by.May(access.GrantCase)) {
		d.Codes, err = a.codeDuties(ctx, by)
	}
	switch {
	case err != nil:
	case by.May(access.Approve):
		n, wrong := a.retentionDuties(ctx, by)
		d.Retentions, err = countAll(n), wrong
	case by.May(access.Retain):
		n, doubles, wrong := a.keepingDuties(ctx, by)
		d.Retentions, d.Doubles, err = countAll(n), countAll(doubles), wrong
	}
	return d, err
}

// roleDuties gives what waits for whoever decides on roles.
func (a *App) roleDuties(ctx context.Context, by access.Actor) (d Duties, err error) {
	if !by.May(access.Approve) && !(by.May(access.GrantCase) && by.AllUnits) {
		return d, nil
	}
	all, err := a.RoleProposals(ctx, by)
	for _, p := range all {
		if p.MayApprove {
			d.Proposals++
		}
	}
	if err != nil || !by.May(access.ManagePeople) {
		return d, err
	}
	err = a.store.Node().Read(ctx, func(t *store.Tx) error { return a.othersAdminister(t, by.Person.ID) })
	if fault.KindOf(err) == fault.Refused && err != nil {
		return Duties{Alone: true, Proposals: d.Proposals}, nil
	}
	return d, err
}

// codeDuties counts the codes that somebody may confirm.
func (a *App) codeDuties(ctx context.Context, by access.Actor) (n int, err error) {
	all, err := a.CodesWaiting(ctx, by)
	for _, c := range all {
		if c.MayConfirm {
			n++
		}
	}
	return n, err
}

// retentionDuties counts the proposals of all registers that an administrator may confirm.
func (a *App) retentionDuties(ctx context.Context, by access.Actor) (n int, err error) {
	var registers []place.Register
	err = a.store.Node().Read(ctx, func(t *store.Tx) (err error) { registers, err = t.Registers(); return err })
	for _, x := range registers {
		if err != nil {
			break
		}
		var r *store.Register
		if r, err = a.store.Register(ctx, x.ID); err == nil {
			err = r.Read(ctx, func(t *store.Tx) error {
				one, err := proposedByOthers(t, by)
				n += one
				return err
			})
		}
	}
	return n, err
}

func proposedByOthers(t *store.Tx, by access.Actor) (n int, err error) {
	all, err := t.Retentions()
	for _, x := range all {
		if x.State == store.RetentionProposed && x.ProposedBy != by.Person.ID {
			n++
		}
	}
	return n, err
}

// keepingDuties counts what waits for a coordinator in the actor's units.
func (a *App) keepingDuties(ctx context.Context, by access.Actor) (retentions, doubles int, err error) {
	r, err := a.register(ctx, by)
	if err != nil {
		return 0, 0, err
	}
	units, err := a.unitsOf(ctx, r)
	if err != nil {
		return 0, 0, err
	}
	mine := slices.DeleteFunc(slices.Clone(units), func(u place.Unit) bool { return !by.In(u.ID) })
	err = r.Read(ctx, func(t *store.Tx) (err error) {
		if retentions, err = proposedByOthers(t, by); err == nil {
			doubles, err = a.undecided(t, mine)
		}
		return err
	})
	return retentions, doubles, err
}

// undecided counts the possible doubles in some units that nobody has decided of.
func (a *App) undecided(t *store.Tx, units []place.Unit) (n int, err error) {
	found, err := t.Doubles(mostDoubles)
	for _, d := range found {
		if err != nil {
			break
		}
		var one Double
		if one, err = a.doubleOf(t, units, d.Cases); len(one.Cases) > 1 && one.Verdict == "" {
			n++
		}
	}
	return n, err
}

// FirstDay is what should be in order before a new installation is used for good.
type FirstDay struct {
	Second  bool // the person has a second factor
	People  bool // there is more than one person
	Another bool // somebody else can administer the installation
	Holders bool // at least two people hold a key to recover with
	Backup  bool // a backup has been taken
}

// Done tells whether all of it is in order.
func (d FirstDay) Done() bool { return d == FirstDay{true, true, true, true, true} }

// enoughHolders is how many people should be able to recover a backup.
const enoughHolders = 2

// FirstDay gives what is in order, to whoever may administer the installation, under
// whichever role they act now. In a demonstration all is.
func (a *App) FirstDay(ctx context.Context, by access.Actor) (d FirstDay, err error) {
	if a.demo {
		return FirstDay{true, true, true, true, true}, nil
	}
	holders, err := a.store.KeyHolders()
	if err != nil {
		return d, err
	}
	confirmed := 0
	for _, h := range holders {
		if !h.Confirmed.IsZero() {
			confirmed++
		}
	}
	err = a.store.Node().Read(ctx, func(t *store.Tx) error { return a.firstDay(t, by, &d) })
	if err != nil {
		return d, err
	}
	last, err := a.lastBackup(ctx)
	d.Holders, d.Backup = confirmed >= enoughHolders, !last.IsZero()
	return d, err
}

func (a *App) firstDay(t *store.Tx, by access.Actor, d *FirstDay) error {
	grants, err := t.Grants(by.Person.ID)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(grants, func(g access.Grant) bool { return g.Role == access.Administrator && g.HoldsAt(a.now()) }) {
		return fault.New(fault.Refused, "access.refused")
	}
	people, err := t.People()
	if err != nil {
		return err
	}
	d.People = len(slices.DeleteFunc(people, func(p access.Person) bool { return p.EndedAt(a.now()) })) > 1
	if d.Second, err = t.HasSecondFactor(by.Person.ID); err != nil {
		return err
	}
	err = a.othersAdminister(t, by.Person.ID)
	if err != nil && fault.KindOf(err) == fault.Refused {
		return nil
	}
	d.Another = err == nil
	return err
}
