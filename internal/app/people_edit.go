package app

import (
	"context"
	"strings"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/fault"
	"foljsam/internal/store"
)

// NewPerson is somebody who is to be able to sign in.
type NewPerson struct {
	Login    string
	Name     string
	Language string
}

// AddPerson adds somebody, and gives the one-time code by which they set their own password:
// it is shown once, and given to them by hand or by telephone. They have no role yet.
func (a *App) AddPerson(ctx context.Context, by access.Actor, n NewPerson) (id, code string, err error) {
	if err := a.mayGravely(ctx, by, access.ManagePeople); err != nil {
		return "", "", err
	}
	p := access.Person{ID: newID(), Login: plainLogin(n.Login), Name: strings.TrimSpace(n.Name), Language: n.Language, Created: a.now()}
	if err := personFault(p); err != nil {
		return "", "", err
	}
	code, kept := a.newSignCode(by, p.ID)
	err = a.store.Node().Write(ctx, func(t *store.Tx) error {
		t.Audit(a.about(by, audit.AddedPerson, p.ID))
		if err := t.AddPerson(p); err != nil {
			return err
		}
		t.Audit(a.about(by, audit.GaveCode, p.ID))
		return t.PutSignCode(kept)
	})
	if err != nil {
		return "", "", err
	}
	return p.ID, code, nil
}

func personFault(p access.Person) error {
	switch {
	case p.Login == "":
		return fault.New(fault.Invalid, "people.login_missing")
	case TooLong(p.Login):
		return fault.New(fault.Invalid, "app.login_long", "n", longestLogin)
	}
	return nameFault(p.Name, "people.name_missing", "people.name_long")
}

// changePerson changes somebody who is still here.
func (a *App) changePerson(ctx context.Context, id string, change func(*store.Tx, *access.Person) error) error {
	return a.store.Node().Write(ctx, func(t *store.Tx) error {
		p, err := t.Person(id)
		if err != nil {
			return err
		}
		if p.EndedAt(a.now()) {
			return fault.New(fault.Conflict, "people.person_gone")
		}
		return change(t, &p)
	})
}

// RenamePerson changes what somebody is called.
func (a *App) RenamePerson(ctx context.Context, by access.Actor, id, name string) error {
	if err := a.mayOnNode(ctx, by, access.ManagePeople); err != nil {
		return err
	}
	if err := nameFault(name, "people.name_missing", "people.name_long"); err != nil {
		return err
	}
	err := a.changePerson(ctx, id, func(t *store.Tx, p *access.Person) error {
		p.Name = strings.TrimSpace(name)
		t.Audit(a.about(by, audit.ChangedPerson, id))
		return t.SavePerson(*p)
	})
	a.names.forget(id)
	a.sessions.forgetPerson(id)
	return err
}

// EndPerson lets somebody sign in no more, from now on: their sessions end, their roles end,
// and what waits for a second person about them is declined. What they did stays in their
// name. Nobody ends themselves or the last administrator; the last coordinator of a register only
// when it has been announced: see people_announce.go. The registers where the person saw cases
// have it in their logs.
func (a *App) EndPerson(ctx context.Context, by access.Actor, id string) error {
	if err := a.mayGravely(ctx, by, access.ManagePeople); err != nil {
		return err
	}
	if id == by.Person.ID {
		return fault.New(fault.Refused, "people.not_yourself")
	}
	var ended, registers []string
	l := a.about(by, audit.EndedPerson, id)
	err := a.changePerson(ctx, id, func(t *store.Tx, p *access.Person) (err error) {
		if err := firstError(a.othersAdminister(t, id), a.mayEndLast(t, *p)); err != nil {
			return err
		}
		if registers, err = a.caseRegisters(t, id); err != nil {
			return err
		}
		t.Audit(l)
		p.Ended = a.now()
		if err := firstError(t.SavePerson(*p), t.DropSignCode(id), a.endRolesOf(t, by, id), a.declineAbout(t, by, id)); err != nil {
			return err
		}
		ended, err = t.EndSessionsOf(id, "")
		return err
	})
	if err == nil {
		a.sessions.endAll(ended, a.now())
		a.sessions.forgetPerson(id)
		err = a.tell(ctx, registers, l)
	}
	return err
}

// othersAdminister refuses where nobody but a person could administer the installation.
// Whoever has never set a password cannot.
func (a *App) othersAdminister(t *store.Tx, but string) error {
	grants, err := t.GrantsIn("")
	if err != nil {
		return err
	}
	was := false
	for _, g := range grants {
		if g.Role != access.Administrator || !g.HoldsAt(a.now()) {
			continue
		}
		if g.Person == but {
			was = true
			continue
		}
		p, err := t.Person(g.Person)
		if err != nil {
			return err
		}
		if a.canSignIn(p) {
			return nil
		}
	}
	if !was {
		return nil
	}
	return fault.New(fault.Refused, "people.last_administrator")
}

func (a *App) canSignIn(p access.Person) bool {
	return !p.EndedAt(a.now()) && (p.Password != "" || a.demo)
}

func (a *App) endRolesOf(t *store.Tx, by access.Actor, person string) error {
	grants, err := t.Grants(person)
	for _, g := range grants {
		if err == nil && !g.OverAt(a.now()) {
			t.Audit(a.aboutRole(by, audit.EndedRole, g))
			err = t.EndGrant(g, a.now())
		}
	}
	return err
}

// EndSessionsOf ends somebody's sessions: the one whose hash begins so, or all (none: "").
func (a *App) EndSessionsOf(ctx context.Context, by access.Actor, id, one string) error {
	if err := a.mayOnNode(ctx, by, access.ManagePeople); err != nil {
		return err
	}
	var ended []string
	err := a.store.Node().Write(ctx, func(t *store.Tx) error {
		all, err := t.SessionsOf(id)
		for _, s := range all {
			if err == nil && strings.HasPrefix(s.Hash, one) {
				ended = append(ended, s.Hash)
				err = t.EndSession(s.Hash)
			}
		}
		l := a.about(by, audit.EndedSession, id)
		l.N = len(ended)
		t.Audit(l)
		return err
	})
	if err == nil {
		a.sessions.endAll(ended, a.now())
	}
	return err
}

func (c *sessionCache) endAll(hashes []string, now time.Time) {
	for _, h := range hashes {
		c.end(h, now)
	}
}

// forgetPerson lets a person's next request read again who they are.
func (c *sessionCache) forgetPerson(id string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for hash, x := range c.known {
		if x.who.Person.ID == id {
			delete(c.known, hash)
		}
	}
}
