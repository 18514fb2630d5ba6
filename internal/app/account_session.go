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

// OwnSession is a place where the person is signed in.
type OwnSession struct {
	ID      string // names it, and opens nothing
	Role    access.Role
	Created time.Time
	Seen    time.Time
	Here    bool // this one
}

// sessionID names a session on a page: it is neither its secret nor the hash that is kept.
func sessionID(hash string) string { return hashOf(hash)[:32] }

// OwnSessions gives where the person is signed in.
func (a *App) OwnSessions(ctx context.Context, secret string, by access.Actor) (all []OwnSession, err error) {
	sessions, err := a.sessionsOf(ctx, by.Person.ID)
	for _, s := range sessions {
		all = append(all, OwnSession{ID: sessionID(s.Hash), Role: s.Role, Created: s.Created, Seen: s.Seen, Here: s.Hash == hashOf(secret)})
	}
	return all, err
}

// sessionsOf gives a person's sessions that are not over.
func (a *App) sessionsOf(ctx context.Context, person string) (all []access.Session, err error) {
	err = a.store.Node().Read(ctx, func(t *store.Tx) error {
		kept, err := t.SessionsOf(person)
		for _, s := range kept {
			if a.now().Before(s.Ends) && a.now().Sub(s.Seen) <= idle {
				all = append(all, s)
			}
		}
		return err
	})
	return all, err
}

// EndOwnSession ends one of the person's own sessions.
func (a *App) EndOwnSession(ctx context.Context, by access.Actor, id string) error {
	hash := ""
	err := a.store.Node().Write(ctx, func(t *store.Tx) error {
		all, err := t.SessionsOf(by.Person.ID)
		for _, s := range all {
			if sessionID(s.Hash) == id {
				hash = s.Hash
			}
		}
		if err != nil || hash == "" {
			return err // over already: no fault
		}
		t.Audit(a.line(by, audit.SessionsEnded, ""))
		return t.EndSession(hash)
	})
	if err == nil && hash != "" {
		a.sessions.end(hash, a.now())
	}
	return err
}

// EndOtherSessions ends all of the person's sessions but this one.
func (a *App) EndOtherSessions(ctx context.Context, secret string, by access.Actor) error {
	var ended []string
	err := a.store.Node().Write(ctx, func(t *store.Tx) (err error) {
		t.Audit(a.line(by, audit.SessionsEnded, ""))
		ended, err = t.EndSessionsOf(by.Person.ID, hashOf(secret))
		return err
	})
	if err == nil {
		a.endedNow(ended)
	}
	return err
}

// endedNow makes sessions that were ended in the database over here too, at once.
func (a *App) endedNow(hashes []string) {
	for _, h := range hashes {
		a.sessions.end(h, a.now())
	}
}

// ChangePassword changes the person's own password, ends all their sessions and gives the
// secret of a new one.
func (a *App) ChangePassword(ctx context.Context, by access.Actor, old, password, from string) (secret string, err error) {
	if a.demo {
		return "", fault.New(fault.Conflict, "account.not_in_demo")
	}
	if err := passwordFault(password, by.Person.Login); err != nil {
		return "", err
	}
	if strings.TrimSpace(password) == strings.TrimSpace(old) {
		return "", fault.New(fault.Invalid, "account.same_password")
	}
	hash, err := hashPassword(ctx, password)
	if err != nil {
		return "", err
	}
	var ended []string
	err = a.withProof(ctx, by, Proof{Password: old}, from, func(t *store.Tx) error {
		p, err := t.Person(by.Person.ID)
		if err != nil {
			return err
		}
		p.Password = hash
		t.Audit(a.line(by, audit.PasswordChanged, ""))
		if err := t.SavePerson(p); err != nil {
			return err
		}
		if ended, err = t.EndSessionsOf(p.ID, ""); err != nil {
			return err
		}
		secret, err = a.beginIn(t, p, by.Register, by.Role, access.ByPassword)
		return err
	})
	if err == nil {
		a.endedNow(ended)
	}
	return secret, err
}

// OwnFactors is what the person signs in with beside the password.
type OwnFactors struct {
	CodesSince   time.Time // zero: one-time codes are off
	Passkeys     []store.Passkey
	PasskeysHere int // of them made for the public name that the installation has now
	Recovery     int // recovery codes that are left
	Protection
}

// CodesOn tells whether one-time codes are on.
func (o OwnFactors) CodesOn() bool { return !o.CodesSince.IsZero() }

// OwnFactors gives what the person signs in with beside the password.
func (a *App) OwnFactors(ctx context.Context, by access.Actor) (o OwnFactors, err error) {
	err = a.store.Node().Read(ctx, func(t *store.Tx) error {
		codes, err := t.OneTime(by.Person.ID)
		if err != nil && fault.KindOf(err) != fault.NotFound {
			return err
		}
		o.CodesSince = codes.Confirmed
		if o.Passkeys, err = t.PasskeysOf(by.Person.ID); err != nil {
			return err
		}
		if o.Recovery, err = t.RecoveryCodesLeft(by.Person.ID); err != nil {
			return err
		}
		grants, err := t.Grants(by.Person.ID)
		if err == nil {
			o.Protection, err = a.protection(t, by.Person.ID, grants)
		}
		return err
	})
	if n := a.public.Load(); n != nil {
		for _, k := range o.Passkeys {
			if k.Host == n.host {
				o.PasskeysHere++
			}
		}
	}
	return o, err
}
