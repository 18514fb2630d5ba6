package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"
	"unicode/utf8"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/fault"
	"foljsam/internal/store"
)

// How long a sign-in lasts: without use, and at most.
const (
	idle    = time.Hour
	longest = 12 * time.Hour
)

// longestLogin is the longest login, in characters.
const longestLogin = 200

// TooLong tells whether a login is longer than any is.
func TooLong(login string) bool { return utf8.RuneCountInString(login) > longestLogin }

// Entrance is how far somebody came by their password: into a session, or to the second step.
type Entrance struct {
	Secret string // of a new session
	Step   string // of the second step, for SignInSecond; the other is empty
}

// SignIn lets in whoever knows a login and its password, or to the second step where they
// have one. What was wrong is not told, and each wrong try costs time: for the login, and for
// the address that it came from, empty where that is not known.
func (a *App) SignIn(ctx context.Context, login, password, from string) (in Entrance, err error) {
	login = plainLogin(login)
	if wait := a.signIn.take(login, from, a.now()); wait > 0 {
		return in, waitFor(wait)
	}
	if TooLong(login) {
		return in, firstError(a.logWrong(ctx), fault.New(fault.Refused, "app.sign_in_wrong"))
	}
	p, grants, second, err := a.signedIn(ctx, login, password)
	switch {
	case fault.KindOf(err) == fault.Refused && err != nil && !isBusy(err):
		return in, firstError(a.logWrong(ctx), err)
	case err != nil: // nobody's password was tried
		a.signIn.giveBack(login, from, a.now())
		return in, err
	}
	a.signIn.succeeded(login, from, a.now())
	if second {
		in.Step, err = a.addStep(ctx, p.ID, forSecond, nil)
		return in, err
	}
	register, role := a.firstChoice(p, grants)
	in.Secret, err = a.begin(ctx, p, register, role, access.ByPassword)
	return in, err
}

// signedIn gives who has a login and a password, and whether they have a second step.
func (a *App) signedIn(ctx context.Context, login, password string) (p access.Person, grants []access.Grant, second bool, err error) {
	err = a.store.Node().Read(ctx, func(t *store.Tx) (err error) {
		if p, err = t.PersonByLogin(login); err != nil {
			return err
		}
		if second, err = t.HasSecondFactor(p.ID); err != nil {
			return err
		}
		grants, err = t.Grants(p.ID)
		return err
	})
	if err != nil && fault.KindOf(err) != fault.NotFound {
		return p, nil, false, err
	}
	right, err := checkPassword(ctx, p.Password, password)
	if err == nil && (!right || a.hasEnded(p)) {
		err = fault.New(fault.Refused, "app.sign_in_wrong")
	}
	return p, grants, second, err
}

func (a *App) hasEnded(p access.Person) bool { return !p.Ended.IsZero() && !a.now().Before(p.Ended) }

// logWrong logs that somebody could not sign in, at most once a second: not as whom, since
// people type their passwords there.
func (a *App) logWrong(ctx context.Context) error {
	if !a.signIn.mayLog(a.now()) {
		return nil
	}
	return a.store.Node().Write(ctx, func(t *store.Tx) error {
		t.Audit(audit.Line{At: a.now(), Act: audit.Refused})
		return nil
	})
}

func firstError(all ...error) error {
	for _, err := range all {
		if err != nil {
			return err
		}
	}
	return nil
}

// firstChoice gives where somebody begins: the first register and role that they have.
func (a *App) firstChoice(p access.Person, grants []access.Grant) (string, access.Role) {
	for _, role := range access.Roles {
		for _, g := range grants {
			if g.Role == role && g.HoldsAt(a.now()) {
				return g.Register, role
			}
		}
	}
	return "", ""
}

// begin makes a session.
func (a *App) begin(ctx context.Context, p access.Person, register string, role access.Role, how string) (secret string, err error) {
	err = a.store.Node().Write(ctx, func(t *store.Tx) (err error) {
		secret, err = a.beginIn(t, p, register, role, how)
		return err
	})
	return secret, err
}

// beginIn makes a session. Who begins one has just shown who they are; without a role there
// is nothing to begin.
func (a *App) beginIn(t *store.Tx, p access.Person, register string, role access.Role, how string) (string, error) {
	if role == "" {
		return "", fault.New(fault.Refused, "app.no_role")
	}
	secret, now := newSecret(), a.now()
	t.Audit(audit.Line{At: now, Person: p.ID, Role: string(role), Act: audit.SignedIn})
	if err := t.EndSessionsBefore(now); err != nil {
		return "", err
	}
	if err := a.remind(t, p); err != nil {
		return "", err
	}
	return secret, t.AddSession(access.Session{Hash: hashOf(secret), Person: p.ID, Register: register, Role: role, How: how, Created: now, Seen: now, Ends: now.Add(longest), Confirmed: now})
}

// SignOut ends a session. One that is over already is no fault. It is ended where it is kept
// before it is forgotten here, so that no request under way brings it back.
func (a *App) SignOut(ctx context.Context, secret string) error {
	hash := hashOf(secret)
	err := a.store.Node().Write(ctx, func(t *store.Tx) error {
		s, err := t.Session(hash)
		if fault.KindOf(err) == fault.NotFound && err != nil {
			return nil
		}
		if err != nil {
			return err
		}
		t.Audit(audit.Line{At: a.now(), Person: s.Person, Role: string(s.Role), Act: audit.SignedOut})
		return t.EndSession(hash)
	})
	if err == nil {
		a.sessions.end(hash, a.now())
	}
	return err
}

func hashOf(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

func plainLogin(login string) string { return strings.ToLower(strings.TrimSpace(login)) }
