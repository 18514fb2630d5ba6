package app

import (
	"context"
	"errors"
	"slices"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/codebook"
	"foljsam/internal/fault"
	"foljsam/internal/place"
	"foljsam/internal/record"
	"foljsam/internal/store"
)

// NewCase is what somebody says when they open a case.
type NewCase struct {
	Unit     string
	Case     string // local code
	Client   string // local code
	Previous string // id of the client's earlier case, for a real return
	Codebook string // that the page which asked showed; empty: the newest
	Answers  map[string]record.Answer
}

// OpenCase files a new case and gives its id. Answers that cannot stand refuse the whole:
// nothing has been acknowledged yet.
func (a *App) OpenCase(ctx context.Context, by access.Actor, n NewCase) (id string, err error) {
	r, err := a.register(ctx, by)
	if err != nil {
		return "", err
	}
	if err := by.Allow(access.WriteCase, r.ID(), n.Unit); err != nil {
		return "", a.refused(ctx, r, by, "", err)
	}
	if err := checkCodes(n); err != nil {
		return "", err
	}
	if err := a.mayMeet(ctx, r, by); err != nil {
		return "", err
	}
	cb, err := a.bookNamed(ctx, r, n.Codebook)
	if err != nil {
		return "", err
	}
	form, changes, err := a.firstForm(ctx, r, cb, n)
	if err != nil {
		return "", err
	}
	now := a.now()
	c := &record.Filed{
		ID: newID(), Unit: n.Unit, Worker: by.Person.ID, Previous: n.Previous, Codebook: cb.Named(),
		Created: now, Changed: now, By: by.Person.ID, Form: form,
	}
	rev := store.Revision{Version: form.Version, At: now, Person: by.Person.ID, Role: string(by.Role), Act: audit.Opened, Changes: changes}
	err = r.Write(ctx, func(t *store.Tx) (err error) {
		if n.Previous != "" {
			if err := a.mayLink(t, by, n.Previous); err != nil {
				return err
			}
		}
		if err := t.PutCodes(c, n.Case, n.Client); err != nil {
			return err
		}
		l := a.line(by, audit.Opened, c.ID)
		l.Bound = []string{c.Unit, c.Codebook} // no save changes them
		t.Audit(l)
		if err := t.PutSetting(lastSetting(by.Person.ID), c.ID); err != nil {
			return err
		}
		return t.AddCase(cb, c, rev)
	})
	if err != nil {
		return "", a.taken(ctx, r, by, n.Case, a.unseen(ctx, r, by, n.Previous, err))
	}
	a.follow(r.ID(), c)
	return c.ID, nil
}

// taken logs that somebody learned that a case code is taken, which is a look-up. Where they
// may not see the case that has it, they are not told of it as of a case to open.
func (a *App) taken(ctx context.Context, r *store.Register, by access.Actor, code string, err error) error {
	var e *fault.Error
	if !errors.As(err, &e) || e.Key != "store.case_code_taken" {
		return err
	}
	if err := a.lookUp(ctx, r, by, audit.LookedUp); err != nil {
		return err
	}
	return a.takenBy(ctx, r, by, code, err)
}

// takenBy tells that a case code is taken by a case that one may see, or by another's.
func (a *App) takenBy(ctx context.Context, r *store.Register, by access.Actor, code string, taken error) error {
	var see bool
	failed := r.Read(ctx, func(t *store.Tx) error {
		c, err := t.CaseByCode(r.PseudonymOf(record.OfTheCase, code))
		see = err == nil && by.Allow(access.SeeCase, r.ID(), c.Unit) == nil
		return err
	})
	switch {
	case failed != nil:
		return failed
	case see:
		return taken
	}
	return fault.New(fault.Conflict, "app.code_taken_case")
}

// mayLink checks that an earlier case is one that the actor may see.
func (a *App) mayLink(t *store.Tx, by access.Actor, id string) error {
	c, err := t.Case(id)
	if err != nil {
		return err
	}
	return by.Allow(access.SeeCase, by.Register, c.Unit)
}

// firstForm checks the unit and the first answers, and adds what the program knows: the area
// of the unit.
func (a *App) firstForm(ctx context.Context, r *store.Register, cb *codebook.Codebook, n NewCase) (*record.Form, []record.Change, error) {
	units, err := a.unitsOf(ctx, r)
	if err != nil {
		return nil, nil, err
	}
	answers := make(map[string]record.Answer, len(n.Answers)+1)
	for field, x := range n.Answers {
		if answers[field], err = mayStand(cb, field, x); err != nil {
			return nil, nil, err
		}
	}
	units = place.UnitsOn(units, a.now())
	at := slices.IndexFunc(units, func(u place.Unit) bool { return u.ID == n.Unit })
	if at < 0 {
		return nil, nil, fault.New(fault.Invalid, "app.no_such_unit")
	}
	if v := cb.Role(codebook.Municipality); v != nil {
		answers[v.Key()] = record.Answer{Value: units[at].Area}
	}
	form := record.NewForm()
	changes, err := form.Set(cb, answers)
	if form.Version == 0 {
		form.Version = 1
	}
	return form, changes, err
}
