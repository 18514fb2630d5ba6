package app

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/indicator"
	"foljsam/internal/place"
	"foljsam/internal/store"
	"foljsam/internal/synth"
)

// demoNation is the id of the demonstration's nation.
const demoNation = "demo-" + place.Nation

// demoYears is how many years the demonstration has published; one more is being collected.
const demoYears = 10

// demoCollects is the id of who collects in the demonstration.
const demoCollects = "demo-riket-1"

// FillDemoNation makes a demonstration of the synthetic nation alone, which takes seconds.
func (a *App) FillDemoNation(ctx context.Context) error {
	err := a.store.Node().Write(ctx, func(t *store.Tx) error { return t.PutSetting(syntheticSetting, "ja") })
	if err == nil {
		err = a.fillNation(ctx)
	}
	return err
}

// fillNation makes the synthetic nation: its units, ten published years, one that is being collected, and
// two people.
func (a *App) fillNation(ctx context.Context) error {
	last := a.now().Year() - 1
	first := last - demoYears
	made := synth.NationUnits(first)
	var units []place.Unit
	for _, u := range made {
		unit := place.Unit{ID: u.Code, Name: u.Name, Area: u.Code}
		if u.From != 0 {
			unit.From = dayOf(u.From, 1, 1).Time()
		}
		units = append(units, unit)
	}
	start := a.now().AddDate(-4, 0, 0)
	r := place.Register{ID: demoNation, Name: "Nyckeltal i riket", Controller: "Nyckeltal i riket", Unit: place.Nation, Synthetic: true, Created: start}
	if err := a.store.AddRegister(ctx, r, units); err != nil {
		return err
	}
	s := &nationState{synthetic: true, units: units, people: map[unitYear]store.Inhabitants{}, returns: map[unitYear]store.ReceivedReturn{}}
	for year := first; year <= last; year++ {
		a.syntheticYear(s, made, year, last)
	}
	reg, err := a.store.Register(ctx, r.ID)
	if err == nil {
		err = reg.Write(ctx, func(t *store.Tx) error { return s.keep(t, last) })
	}
	if err != nil {
		return err
	}
	return a.addNationPeople(ctx, s, last)
}

// syntheticYear fills in a year.
func (a *App) syntheticYear(s *nationState, units []synth.NationUnit, year, last int) {
	at := dayOf(year+1, 4, 20).Time()
	c := store.Collection{Year: year, Deadline: dayOf(year+1, 4, 30), Opened: dayOf(year+1, 4, 1).Time(), OpenedBy: demoCollects, Closed: dayOf(year+1, 5, 2).Time()}
	if year == last { // it is being collected
		at = a.now().AddDate(0, 0, -10)
		c = store.Collection{Year: year, Opened: a.now().AddDate(0, 0, -30), Deadline: a.today() + 30, OpenedBy: c.OpenedBy}
	}
	s.years = append(s.years, c)
	for _, u := range units {
		if u.From <= year && u.Adults > 0 {
			s.people[unitYear{u.Code, year}] = store.Inhabitants{Unit: u.Code, Year: year, Edition: 1, Adults: u.AdultsIn(year, last), Inhabitants: u.Inhabitants, Method: "syntetisk", Taken: at, At: at, Person: demoCollects}
		}
	}
	for _, r := range synth.NationReturns(units, year, last) {
		x := indicator.Return{Unit: r.Unit, Year: r.Year, Scope: indicator.Scope(r.Scope)}
		for i, n := range r.Counts {
			x.Counts[i] = indicator.CountOf(n)
		}
		s.returns[unitYear{r.Unit, r.Year}] = store.ReceivedReturn{Return: x, Edition: 1, How: ByForm, At: at, Person: "demo-riket-2", Role: string(access.Reporter)}
	}
}

// keep writes what was made with the lines of the log that it would have left, and publishes
// all years but the last.
func (s *nationState) keep(t *store.Tx, last int) error {
	for _, c := range s.years {
		if err := s.keepYear(t, c); err != nil {
			return err
		}
		if c.Year == last {
			continue
		}
		p, err := s.publication(c.Year, "")
		if err != nil {
			return err
		}
		p.At, p.Person = dayOf(c.Year+1, 5, 8).Time(), demoCollects
		t.Audit(demoLine(audit.FiguresPublished, p.At, "", c.Year))
		if err := t.AddPublication(p); err != nil {
			return err
		}
	}
	return nil
}

// keepYear writes a year's numbers of people, its returns and its collection.
func (s *nationState) keepYear(t *store.Tx, c store.Collection) error {
	before := c
	before.Closed = time.Time{}
	t.Audit(demoLine(audit.CollectionOpened, c.Opened, "", c.Year))
	if err := t.PutCollection(before); err != nil {
		return err
	}
	var people []store.Inhabitants
	for _, x := range s.people {
		if x.Year == c.Year {
			people = append(people, x)
		}
	}
	slices.SortFunc(people, func(x, y store.Inhabitants) int { return strings.Compare(x.Unit, y.Unit) })
	var returns []store.ReceivedReturn
	for _, x := range s.returns {
		if x.Year == c.Year {
			returns = append(returns, x)
		}
	}
	slices.SortFunc(returns, func(x, y store.ReceivedReturn) int { return strings.Compare(x.Unit, y.Unit) })
	set := demoLine(audit.PopulationSet, people[0].At, "", 0)
	set.N = len(people)
	t.Audit(set)
	for _, x := range returns {
		l := demoLine(audit.ReturnReceived, x.At, x.Unit, x.Year)
		l.Person, l.Role = x.Person, x.Role
		t.Audit(l)
	}
	err := firstError(t.AddInhabitants(people), t.AddReturns(returns))
	if err == nil && !c.Closed.IsZero() {
		t.Audit(demoLine(audit.CollectionClosed, c.Closed, "", c.Year))
		err = t.PutCollection(c)
	}
	return err
}

// demoLine is a line of the log of whoever collects.
func demoLine(act audit.Act, at time.Time, unit string, year int) audit.Line {
	l := audit.Line{At: at, Person: demoCollects, Role: string(access.National), Act: act, About: unit}
	if year != 0 {
		l.Fields = []string{strconv.Itoa(year)}
	}
	return l
}

// addNationPeople adds who collects, and who reports for the first municipality that has not yet.
func (a *App) addNationPeople(ctx context.Context, s *nationState, last int) error {
	waits := ""
	for _, u := range reporting(s.units, last) {
		_, before := s.returns[unitYear{u.ID, last - 1}]
		if _, answered := s.returns[unitYear{u.ID, last}]; waits == "" && !answered && !before {
			waits = u.ID
		}
	}
	return a.store.Node().Write(ctx, func(t *store.Tx) error {
		for i, x := range []struct {
			name, unit string
			role       access.Role
		}{{"Hassel", "", access.National}, {"Oxel", waits, access.Reporter}} {
			p := access.Person{ID: fmt.Sprintf("demo-riket-%d", i+1), Name: x.name, Created: a.now().AddDate(-4, 0, 0)}
			p.Login = p.ID
			if err := firstError(t.AddPerson(p), t.AddGrant(access.Grant{Person: p.ID, Register: demoNation, Unit: x.unit, Role: x.role, From: p.Created})); err != nil {
				return err
			}
		}
		return nil
	})
}
