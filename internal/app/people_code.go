package app

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"strings"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/fault"
	"foljsam/internal/store"
)

// codeLife is how long a one-time code can be used.
const codeLife = 7 * 24 * time.Hour

// CodeDays is the same in days, for what is said of it.
const CodeDays = int(codeLife / (24 * time.Hour))

// newSignCode makes a one-time code: 16 letters of 32, which is 80 bits. Only its hash is kept.
func (a *App) newSignCode(by access.Actor, person string) (code string, kept access.SignCode) {
	code = rand.Text()[:16]
	return groups(code), access.SignCode{Person: person, Hash: hashOf(code), MadeBy: by.Person.ID, Made: a.now(), Ends: a.now().Add(codeLife)}
}

// plainSignCode gives a code as it was made: case, spaces and dashes mean nothing.
func plainSignCode(typed string) string {
	return strings.ToUpper(strings.NewReplacer("-", "", " ", "", "\t", "").Replace(typed))
}

// GiveCode gives a new one-time code to somebody who has forgotten their password or let the
// first code grow old. Their password holds until the code is used. Nobody gives one to
// themselves: whoever sits at another's unlocked screen would have their account for good. The
// registers where the person sees cases have it in their logs. A code that resets the sign-in of
// somebody with a role works when a second person has confirmed it: see people_confirm.go.
func (a *App) GiveCode(ctx context.Context, by access.Actor, id string) (code string, err error) {
	if err := a.mayGravely(ctx, by, access.ManagePeople); err != nil {
		return "", err
	}
	if id == by.Person.ID {
		return "", fault.New(fault.Refused, "people.not_yourself")
	}
	code, kept := a.newSignCode(by, id)
	l := a.about(by, audit.GaveCode, id)
	var registers []string
	err = a.changePerson(ctx, id, func(t *store.Tx, p *access.Person) (err error) {
		takes, err := a.codeTakes(t, *p, by.Person.ID)
		if err == nil && takes == CodeEnded {
			err = fault.New(fault.Refused, "trust.ended_lately", "n", StandingDays)
		}
		if err != nil {
			return err
		}
		if registers, err = a.noteHelp(t, by, id, audit.GaveCode); err != nil {
			return err
		}
		if takes == CodeAlone {
			l.Fields = []string{string(CodeAlone)}
			err = a.worksAlone(t, id)
		}
		if err != nil {
			return err
		}
		t.Audit(l)
		return t.PutSignCode(kept)
	})
	if err == nil {
		err = a.tell(ctx, registers, l)
	}
	if err != nil {
		return "", err
	}
	return code, nil
}

// worksAlone lets a code work at once, where nobody could confirm it.
func (a *App) worksAlone(t *store.Tx, person string) error {
	h, err := helpOf(t, person)
	if err != nil {
		return err
	}
	h.Works = a.now()
	return putHelp(t, person, h)
}

// UseCode sets the password of somebody who has been given a one-time code. Their sessions
// end, and they sign in as everybody does: what else signing in asks of them is asked still.
// What was wrong is not told, and each wrong try costs time as at the sign-in.
func (a *App) UseCode(ctx context.Context, login, code, password, from string) error {
	if err := passwordFault(password, login); err != nil {
		return err
	}
	login = plainLogin(login)
	if wait := a.signIn.take(login, from, a.now()); wait > 0 {
		return fault.New(fault.Refused, "app.wait", "n", int(wait.Seconds())+1)
	}
	if TooLong(login) || a.demo {
		return fault.New(fault.Refused, "people.code_wrong")
	}
	hash := hashOf(plainSignCode(code))
	if err := a.store.Node().Read(ctx, func(t *store.Tx) error { _, err := a.codeOwner(t, login, hash); return err }); err != nil {
		if fault.KindOf(err) == fault.Refused && !isKey(err, "trust.code_waits") {
			return firstError(a.logWrong(ctx), err)
		}
		a.signIn.giveBack(login, from, a.now())
		return err
	}
	kept, err := hashPassword(ctx, password)
	if err != nil {
		a.signIn.giveBack(login, from, a.now())
		return err
	}
	if err := a.setPassword(ctx, login, hash, kept); err != nil {
		return err
	}
	a.signIn.succeeded(login, from, a.now())
	return nil
}

// codeOwner gives whose code it is, where it can be used.
func (a *App) codeOwner(t *store.Tx, login, hash string) (access.Person, error) {
	wrong := fault.New(fault.Refused, "people.code_wrong")
	p, err := t.PersonByLogin(login)
	var c access.SignCode
	if err == nil {
		c, err = t.SignCode(p.ID)
	}
	switch {
	case err != nil && fault.KindOf(err) == fault.NotFound:
		return p, wrong
	case err != nil:
		return p, err
	case subtle.ConstantTimeCompare([]byte(c.Hash), []byte(hash)) != 1, !a.now().Before(c.Ends), p.EndedAt(a.now()):
		return p, wrong
	}
	return p, a.waits(t, p) // told only to whoever has the code
}

// setPassword uses up a code.
func (a *App) setPassword(ctx context.Context, login, hash, password string) error {
	var ended []string
	err := a.store.Node().Write(ctx, func(t *store.Tx) error {
		p, err := a.codeOwner(t, login, hash)
		if err != nil {
			return err
		}
		p.Password = password
		t.Audit(audit.Line{At: a.now(), Person: p.ID, Act: audit.UsedCode, About: p.ID})
		if err := firstError(t.SavePerson(p), t.DropSignCode(p.ID)); err != nil {
			return err
		}
		ended, err = t.EndSessionsOf(p.ID, "")
		return err
	})
	if err == nil {
		a.sessions.endAll(ended, a.now())
	}
	return err
}
