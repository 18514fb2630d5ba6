// Package app is what the system can do: one method for each thing that a person may ask.
// Each checks who asks, opens the transaction, does it, and writes the audit line beside it.
//
// There is no SQL here and no arithmetic on counts: store keeps, record knows what a case
// is, compile and tabulate count, disclosure decides what may be shown. Nothing here knows
// of pages.
package app

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/uuid"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/codebook"
	"foljsam/internal/fault"
	"foljsam/internal/place"
	"foljsam/internal/record"
	"foljsam/internal/store"
)

// Options say what a system runs on.
type Options struct {
	Store    *store.Store
	Codebook *codebook.Codebook
	Now      func() time.Time // nil: the clock
	Demo     bool             // everything is synthetic, and anybody may be anybody
	Services Services         // what may be asked outside; nothing, where no address is set
}

// App is the running system.
type App struct {
	store *store.Store
	book  *codebook.Codebook // the common part; a case's own is bookOf
	now   func() time.Time
	demo  bool

	signIn        throttle
	proofs        throttle // of those who are known: by person
	asking        throttle // for challenges, of nobody: by address
	asked         newest   // challenges of nobody
	public        atomic.Pointer[publicName]
	sessions      sessionCache
	reads         readLog
	lookUps       spentLookUps
	names         cache[string]       // of people, by id
	units         cache[[]place.Unit] // by register
	books         bookCache
	nationID      cache[string]            // the nation's register; empty: there is none
	published     cache[*publishedFigures] // what the nation has published
	publishedLast atomic.Pointer[publishedFigures]
	first         firstRun
	waiting       waitingFiles
	ownFigures    figureBases // the cases behind the key figures
	services      Services

	mu   sync.Mutex
	live map[string]*live
}

// New makes a system of an opened store.
func New(o Options) *App {
	a := &App{store: o.Store, book: o.Codebook, now: o.Now, demo: o.Demo, services: o.Services, live: map[string]*live{}}
	if a.now == nil {
		a.now = time.Now
	}
	return a
}

// Demo tells whether everything is synthetic.
func (a *App) Demo() bool { return a.demo }

// Now gives the time.
func (a *App) Now() time.Time { return a.now() }

// today gives the day that it is where the clock is.
func (a *App) today() record.Day { return dayAt(a.now()) }

// dayAt gives the day of a time in its own zone: just after midnight in Sweden it is still
// yesterday in UTC.
func dayAt(t time.Time) record.Day { return dayOf(t.Year(), int(t.Month()), t.Day()) }

// newID makes the id of something: unique, and in the order of time (RFC 9562, version 7).
func newID() string { return uuid.Must(uuid.NewV7()).String() }

// register opens the register that somebody acts in.
func (a *App) register(ctx context.Context, by access.Actor) (*store.Register, error) {
	if by.Register == "" {
		return nil, fault.New(fault.Refused, "access.refused")
	}
	return a.store.Register(ctx, by.Register)
}

// line begins an audit line.
func (a *App) line(by access.Actor, act audit.Act, id string) audit.Line {
	return audit.Line{At: a.now(), Person: by.Person.ID, Role: string(by.Role), Act: act, Case: id}
}

// unitsOf gives all units of a register, those that no longer hold among them.
func (a *App) unitsOf(ctx context.Context, r *store.Register) ([]place.Unit, error) {
	return a.units.get(ctx, r.ID(), a.now(), r.Units)
}

// Units gives the units of the register where the actor's role holds today.
func (a *App) Units(ctx context.Context, by access.Actor) ([]place.Unit, error) {
	r, err := a.register(ctx, by)
	if err != nil {
		return nil, err
	}
	all, err := a.unitsOf(ctx, r)
	if err != nil {
		return nil, err
	}
	var mine []place.Unit
	for _, u := range place.UnitsOn(all, a.now()) {
		if by.In(u.ID) {
			mine = append(mine, u)
		}
	}
	return mine, nil
}

func unitIDs(units []place.Unit) []string {
	ids := make([]string, len(units))
	for i, u := range units {
		ids[i] = u.ID
	}
	return ids
}
