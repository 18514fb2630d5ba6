package app

import (
	"context"
	"slices"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/fault"
	"foljsam/internal/indicator"
	"foljsam/internal/place"
	"foljsam/internal/record"
	"foljsam/internal/store"
)

// nationState is what the nation's register holds, read at one moment.
type nationState struct {
	years     []store.Collection
	units     []place.Unit
	people    map[unitYear]store.Inhabitants
	returns   map[unitYear]store.ReceivedReturn
	editions  []store.Publication
	accepted  []store.FigureAccepted
	synthetic bool
}

// unitYear is a unit in a year.
type unitYear struct {
	unit string
	year int
}

func (a *App) nationState(ctx context.Context, r *store.Register) (*nationState, error) {
	s := &nationState{synthetic: a.demo}
	err := r.Read(ctx, s.readAll)
	return s, err
}

// readAll reads all there is in a transaction, so that what is read hangs together.
func (s *nationState) readAll(t *store.Tx) (err error) {
	s.people, s.returns = map[unitYear]store.Inhabitants{}, map[unitYear]store.ReceivedReturn{}
	s.editions = nil
	if s.years, err = t.Collections(); err != nil {
		return err
	}
	if s.units, err = t.Units(); err != nil {
		return err
	}
	return s.read(t)
}

func (s *nationState) read(t *store.Tx) error {
	people, err := t.InhabitantsNow()
	if err != nil {
		return err
	}
	for _, x := range people {
		s.people[unitYear{x.Unit, x.Year}] = x
	}
	returns, err := t.ReturnsNow()
	for _, x := range returns {
		s.returns[unitYear{x.Unit, x.Year}] = x
	}
	if err == nil {
		s.editions, err = t.Publications()
	}
	if err == nil {
		s.accepted, err = t.FiguresAccepted()
	}
	return err
}

func (s *nationState) collection(year int) (store.Collection, error) {
	i := slices.IndexFunc(s.years, func(c store.Collection) bool { return c.Year == year })
	if i < 0 {
		return store.Collection{}, fault.New(fault.NotFound, "nation.not_asked", "ar", indicator.Year(year))
	}
	return s.years[i], nil
}

func (s *nationState) name(unit string) string {
	for _, u := range s.units {
		if u.ID == unit {
			return u.Name
		}
	}
	return place.NameOf(unit)
}

// CollectionLine is a year that is asked for, and how far it has come.
type CollectionLine struct {
	Asked
	Opened    time.Time
	Answered  int // units
	Of        int
	Published []EditionLine // the first first
}

// EditionLine is an edition that has been published.
type EditionLine struct {
	Year   int
	Number int
	At     time.Time
	Reason string
	Hash   string
}

// Collections gives the years that are asked for, the last first.
func (a *App) Collections(ctx context.Context, by access.Actor) (all []CollectionLine, err error) {
	r, err := a.mayInNation(ctx, by, access.Collect, "")
	if err != nil {
		return nil, err
	}
	s, err := a.nationState(ctx, r)
	if err != nil {
		return nil, err
	}
	for _, c := range s.years {
		x := CollectionLine{Asked: Asked{c.Year, c.Deadline, c.Closed}, Opened: c.Opened, Published: s.editionsOf(c.Year)}
		for _, u := range reporting(s.units, c.Year) {
			if IsRest(u.ID) {
				continue
			}
			x.Of++
			if _, ok := s.returns[unitYear{u.ID, c.Year}]; ok {
				x.Answered++
			}
		}
		all = append(all, x)
	}
	return all, nil
}

func (s *nationState) editionsOf(year int) (all []EditionLine) {
	for _, p := range s.editions {
		if p.Year == year {
			all = append(all, EditionLine{p.Year, p.Edition, p.At, p.Reason, p.Hash})
		}
	}
	return all
}

// The years that can be asked for.
const firstYear = 2000

// OpenCollection asks for a year that has not been asked for.
func (a *App) OpenCollection(ctx context.Context, by access.Actor, year int, deadline record.Day) error {
	if year < firstYear || year > a.now().Year() {
		return fault.New(fault.Invalid, "nation.year_fault", "fran", indicator.Year(firstYear), "till", indicator.Year(a.now().Year()))
	}
	if err := deadlineFault(year, deadline); err != nil {
		return err
	}
	return a.changeCollection(ctx, by, audit.CollectionOpened, year, func(c *store.Collection) error {
		if !c.Opened.IsZero() {
			return fault.New(fault.Invalid, "nation.asked_already", "ar", indicator.Year(year))
		}
		c.Deadline, c.Opened, c.OpenedBy = deadline, a.now(), by.Person.ID
		return nil
	})
}

func deadlineFault(year int, deadline record.Day) error {
	switch {
	case deadline == record.NoDay:
		return fault.New(fault.Invalid, "nation.deadline_fault")
	case deadline <= lastOf(year):
		return fault.New(fault.Invalid, "nation.deadline_early", "ar", indicator.Year(year))
	}
	return nil
}

// MoveDeadline changes the deadline of a year. Only reopen opens one that is closed: somebody
// else may have closed it meanwhile.
func (a *App) MoveDeadline(ctx context.Context, by access.Actor, year int, deadline record.Day, reopen bool) error {
	if err := deadlineFault(year, deadline); err != nil {
		return err
	}
	return a.changeCollection(ctx, by, audit.CollectionOpened, year, func(c *store.Collection) error {
		if !c.Closed.IsZero() && !reopen {
			return fault.New(fault.Conflict, "nation.closed_meanwhile", "ar", indicator.Year(year))
		}
		c.Deadline, c.Closed = deadline, time.Time{}
		return nil
	})
}

// CloseCollection takes no more returns for a year.
func (a *App) CloseCollection(ctx context.Context, by access.Actor, year int) error {
	return a.changeCollection(ctx, by, audit.CollectionClosed, year, func(c *store.Collection) error {
		if c.Closed.IsZero() {
			c.Closed = a.now()
		}
		return nil
	})
}

func (a *App) changeCollection(ctx context.Context, by access.Actor, act audit.Act, year int, change func(*store.Collection) error) error {
	r, err := a.mayInNation(ctx, by, access.Collect, "")
	if err != nil {
		return err
	}
	return r.Write(ctx, func(t *store.Tx) error {
		years, err := t.Collections()
		if err != nil {
			return err
		}
		c := store.Collection{Year: year}
		if i := slices.IndexFunc(years, func(c store.Collection) bool { return c.Year == year }); i >= 0 {
			c = years[i]
		}
		if err := change(&c); err != nil {
			return err
		}
		if c.Opened.IsZero() {
			return fault.New(fault.NotFound, "nation.not_asked", "ar", indicator.Year(year))
		}
		t.Audit(a.aboutYear(by, act, "", year))
		return t.PutCollection(c)
	})
}
