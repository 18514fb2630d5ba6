package app

import (
	"context"
	"sync"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/fault"
	"foljsam/internal/store"
)

// spentLookUps remembers who has no look-ups left in an hour, so that opening a case asks the
// database only once for each. What counts is on disk: see lookUp.
type spentLookUps struct {
	mu   sync.Mutex
	hour time.Time
	none map[string]bool // by register and person, for those who are known
}

func (s *spentLookUps) know(key string, now time.Time) (none, known bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.hour.Equal(now.Truncate(time.Hour)) {
		return false, false
	}
	none, known = s.none[key]
	return none, known
}

func (s *spentLookUps) set(key string, now time.Time, none bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if hour := now.Truncate(time.Hour); !s.hour.Equal(hour) || s.none == nil {
		s.hour, s.none = hour, map[string]bool{}
	}
	s.none[key] = none
}

func (s *spentLookUps) forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.none = nil
}

func spentKey(r *store.Register, by access.Actor) string { return r.ID() + "\x00" + by.Person.ID }

// spent tells whether somebody has no look-ups left in this hour. They are then told nothing
// that would be another: else that they are told so would tell.
func (a *App) spent(ctx context.Context, r *store.Register, by access.Actor) (bool, error) {
	now := a.now()
	if none, known := a.lookUps.know(spentKey(r, by), now); known {
		return none, nil
	}
	limit, err := a.LookupLimit(ctx)
	if err != nil {
		return false, err
	}
	var n int
	err = r.Read(ctx, func(t *store.Tx) (err error) { n, err = t.Lookups(by.Person.ID, now); return err })
	if err == nil {
		a.lookUps.set(spentKey(r, by), now, n >= limit)
	}
	return n >= limit, err
}

// mayMeet refuses whoever has no look-ups left to file a case under a code: whether another
// case has the code would be told by it.
func (a *App) mayMeet(ctx context.Context, r *store.Register, by access.Actor) error {
	none, err := a.spent(ctx, r, by)
	if err != nil || !none {
		return err
	}
	limit, err := a.LookupLimit(ctx)
	if err == nil {
		err = r.Write(ctx, func(t *store.Tx) error { t.Audit(a.line(by, audit.LookupLimit, "")); return nil })
	}
	return firstError(err, fault.New(fault.Refused, "keeping.too_many", "n", limit))
}
