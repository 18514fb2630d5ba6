package app

import (
	"context"
	"sync"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/fault"
	"foljsam/internal/place"
	"foljsam/internal/store"
)

// Who is somebody who is signed in, and where they work now.
type Who struct {
	access.Actor
	At      place.Register // the register that they work in
	Units   []place.Unit   // where the role holds
	Roles   []RoleAt       // all that the person may act under
	Protect Protection     // of their sign-in
}

// Who gives whom a session's secret belongs to. A session that is unknown, unused for too
// long or over is refused.
func (a *App) Who(ctx context.Context, secret string) (*Who, error) {
	if secret == "" {
		return nil, fault.New(fault.Refused, "app.signed_out")
	}
	hash, now := hashOf(secret), a.now()
	if w := a.sessions.get(hash, now); w != nil {
		return w, nil
	}
	var s access.Session
	var w *Who
	err := a.store.Node().Read(ctx, func(t *store.Tx) (err error) {
		if s, err = t.Session(hash); err != nil {
			return err
		}
		w, err = a.actor(t, s)
		return err
	})
	switch {
	case fault.KindOf(err) == fault.NotFound && err != nil, err == nil && (!now.Before(s.Ends) || now.Sub(s.Seen) > idle):
		return nil, fault.New(fault.Refused, "app.signed_out")
	case err != nil:
		return nil, err
	}
	if w.Role != access.Administrator && w.Register != "" {
		if w.Units, err = a.Units(ctx, w.Actor); err != nil {
			return nil, err
		}
	}
	err = a.store.Node().Write(ctx, func(t *store.Tx) error { return t.TouchSession(hash, now) })
	switch {
	case err != nil && fault.KindOf(err) == fault.NotFound: // ended meanwhile
		return nil, fault.New(fault.Refused, "app.signed_out")
	case err != nil:
		return nil, err
	}
	a.sessions.put(hash, w, s.Ends, now)
	return w, nil
}

// actor gives who a session's person is under the session's role.
func (a *App) actor(t *store.Tx, s access.Session) (*Who, error) {
	p, err := t.Person(s.Person)
	if err != nil {
		return nil, err
	}
	grants, err := t.Grants(p.ID)
	if err != nil {
		return nil, err
	}
	actor, ok := access.ActorOf(p, s.Role, s.Register, grants, a.now())
	if !ok {
		return nil, fault.New(fault.Refused, "app.no_role")
	}
	all, err := t.Registers()
	if err != nil {
		return nil, err
	}
	w := &Who{Actor: actor, Roles: a.rolesNow(p, grants, all)}
	w.At, _ = registerNamed(all, s.Register)
	w.Confirmed = s.Confirmed
	return w, a.protect(t, w, grants)
}

// Prefer changes the person's language and whether single keys are on.
func (a *App) Prefer(ctx context.Context, secret string, by access.Actor, language string, keysOff bool) error {
	err := a.store.Node().Write(ctx, func(t *store.Tx) error {
		p, err := t.Person(by.Person.ID)
		if err != nil {
			return err
		}
		p.Language, p.KeysOff = language, keysOff
		return t.SavePerson(p)
	})
	a.sessions.forget(hashOf(secret))
	return err
}

// sessionCache remembers for a short while who a session is, so that not every request
// asks the database. A role that is taken away holds at most that much longer. One that was
// ended is remembered as long as a request may be under way, and does not come back by it.
type sessionCache struct {
	mu    sync.Mutex
	known map[string]cachedWho
	ended map[string]time.Time
}

type cachedWho struct {
	who   *Who
	until time.Time
}

const (
	sessionMemory = 15 * time.Second
	endedMemory   = 5 * time.Minute
	mostSessions  = 10_000
)

func (c *sessionCache) get(hash string, now time.Time) *Who {
	c.mu.Lock()
	defer c.mu.Unlock()
	if x, ok := c.known[hash]; ok && now.Before(x.until) {
		return x.who
	}
	return nil
}

func (c *sessionCache) put(hash string, w *Who, ends, now time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, over := c.ended[hash]; over {
		return
	}
	if c.known == nil || len(c.known) >= mostSessions {
		c.known = map[string]cachedWho{}
	}
	until := now.Add(sessionMemory)
	if ends.Before(until) {
		until = ends
	}
	c.known[hash] = cachedWho{w, until}
}

func (c *sessionCache) forget(hash string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.known, hash)
}

func (c *sessionCache) end(hash string, now time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.known, hash)
	if c.ended == nil {
		c.ended = map[string]time.Time{}
	}
	for h, at := range c.ended {
		if now.Sub(at) > endedMemory {
			delete(c.ended, h)
		}
	}
	c.ended[hash] = now
}
