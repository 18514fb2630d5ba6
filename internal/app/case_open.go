package app

import (
	"context"
	"strings"
	"unicode/utf8"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/codebook"
	"foljsam/internal/fault"
	"foljsam/internal/record"
	"foljsam/internal/store"
)

// NewCase is what somebody says when they open a case.
type NewCase struct {
	Unit     string
	Case     string // local code
	Client   string // local code
	Previous string // id of the client's earlier case, for a real return
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
	form, changes, err := a.firstForm(ctx, r, n)
	if err != nil {
		return "", err
	}
	now := a.now()
	c := &record.Filed{
		ID: newID(), Unit: n.Unit, Worker: by.Person.ID, Previous: n.Previous, Codebook: a.book.ID + "/" + a.book.Version,
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
		t.Audit(a.line(by, audit.Opened, c.ID))
		if err := t.PutSetting(lastSetting(by.Person.ID), c.ID); err != nil {
			return err
		}
		return t.AddCase(a.book, c, rev)
	})
	if err != nil {
		return "", err
	}
	a.follow(r.ID(), c)
	return c.ID, nil
}

// mayLink checks that an earlier case is one that the actor may see.
func (a *App) mayLink(t *store.Tx, by access.Actor, id string) error {
	c, err := t.Case(id)
	if err != nil {
		return err
	}
	return by.Allow(access.SeeCase, by.Register, c.Unit)
}

func checkCodes(n NewCase) error {
	for field, code := range map[string]string{"case": n.Case, "client": n.Client} {
		switch {
		case strings.TrimSpace(code) == "":
			return fault.New(fault.Invalid, "app.code_missing_"+field)
		case utf8.RuneCountInString(code) > record.LongestCode:
			return fault.New(fault.Invalid, "app.code_long_"+field, "n", record.LongestCode)
		}
	}
	return nil
}

// firstForm checks the first answers, and adds what the program knows: the area of the
// unit.
func (a *App) firstForm(ctx context.Context, r *store.Register, n NewCase) (*record.Form, []record.Change, error) {
	units, err := a.unitsOf(ctx, r)
	if err != nil {
		return nil, nil, err
	}
	answers := map[string]record.Answer{}
	for field, x := range n.Answers {
		if answers[field], err = record.Check(a.book, field, x); err != nil {
			return nil, nil, err
		}
	}
	for _, u := range units {
		if v := a.book.Role(codebook.Municipality); v != nil && u.ID == n.Unit {
			answers[v.Key()] = record.Answer{Value: u.Area}
		}
	}
	form := record.NewForm()
	changes, err := form.Set(a.book, answers)
	if form.Version == 0 {
		form.Version = 1
	}
	return form, changes, err
}
