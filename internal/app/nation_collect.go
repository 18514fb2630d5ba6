package app

import (
	"context"
	"slices"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/fault"
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
	synthetic bool
}

// unitYear is a unit in a year.
type unitYear struct {
	unit string
	year int
}

func (a *App) nationState(ctx context.Context, r *store.Register) (*nationState, error) {
	s := &nationState{synthetic: a.demo, people: map[unitYear]store.Inhabitants{}, returns: map[unitYear]store.ReceivedReturn{}}
	err := r.Read(ctx, func(t *store.Tx) (err error) {
		s.years, err = t.Collections()
		if err != nil {
			return err
		}
		if s.units, err = t.Units(); err != nil {
			return err
		}
		return s.read(t)
	})
	return s, err
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
	return err
}

func (s *nationState) collection(year int) (store.Collection, error) {
	i := slices.IndexFunc(s.years, func(c store.Collection) bool { return c.Year == year })
	if i < 0 {
		return store.Collection{}, fault.New(fault.NotFound, "nation.not_asked", "ar", year)
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

// OpenCollection asks for a year, or changes its deadline; one that was closed is opened again.
func (a *App) OpenCollection(ctx context.Context, by access.Actor, year int, deadline record.Day) error {
	switch {
	case year < firstYear || year > a.now().Year():
		return fault.New(fault.Invalid, "nation.year_fault", "fran", firstYear, "till", a.now().Year())
	case deadline == record.NoDay:
		return fault.New(fault.Invalid, "nation.deadline_fault")
	case deadline <= lastOf(year):
		return fault.New(fault.Invalid, "nation.deadline_early", "ar", year)
	}
	return a.changeCollection(ctx, by, audit.CollectionOpened, year, func(c *store.Collection) {
		c.Deadline, c.Closed = deadline, time.Time{}
		if c.Opened.IsZero() {
			c.Opened, c.OpenedBy = a.now(), by.Person.ID
		}
	})
}

// CloseCollection takes no more returns for a year.
func (a *App) CloseCollection(ctx context.Context, by access.Actor, year int) error {
	return a.changeCollection(ctx, by, audit.CollectionClosed, year, func(c *store.Collection) { c.Closed = a.now() })
}

func (a *App) changeCollection(ctx context.Context, by access.Actor, act audit.Act, year int, change func(*store.Collection)) error {
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
		} else if act == audit.CollectionClosed {
			return fault.New(fault.NotFound, "nation.not_asked", "ar", year)
		}
		change(&c)
		t.Audit(a.aboutYear(by, act, "", year))
		return t.PutCollection(c)
	})
}
