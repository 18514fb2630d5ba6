package app

import (
	"context"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/disclosure"
	"foljsam/internal/place"
	"foljsam/internal/record"
	"foljsam/internal/store"
)

// ToDo is what waits for somebody.
type ToDo struct {
	Units   []place.Unit
	Last    *Listed  // where the person was last
	Due     []Listed // a new risk assessment is due within two weeks, or overdue
	Missing Lacking  // in open cases
	Closed  Lacking  // in closed ones
	Open    bool     // there are open cases
	Survey  SurveyWaits
}

// Lacking is cases where something is missing, oldest first.
type Lacking struct {
	Cases []Listed
	Of    disclosure.ListCount
}

// dueWithin is how many days before a new risk assessment is due it comes up.
const dueWithin = 14

// ToDo gives what waits for the actor: in a caseworker's own cases, in all for a coordinator.
func (a *App) ToDo(ctx context.Context, by access.Actor) (*ToDo, error) {
	r, units, err := a.seeUnits(ctx, by)
	if err != nil {
		return nil, err
	}
	todo := &ToDo{Units: units}
	err = r.Read(ctx, func(t *store.Tx) error { return a.fillToDo(t, by, todo) })
	if err != nil {
		return nil, err
	}
	a.nameAll(ctx, todo.Missing.Cases, todo.Closed.Cases, todo.Due)
	return todo, a.logSeen(ctx, r, by, audit.Listed, "")
}

func (a *App) fillToDo(t *store.Tx, by access.Actor, todo *ToDo) (err error) {
	mine := store.Find{Worker: by.Person.ID, Units: unitIDs(todo.Units), Standings: []record.Standing{record.Open}, Top: listLength}
	if by.Role == access.Coordinator {
		mine.Worker = "" // everybody's
	}
	missing, closed, due := mine, mine, mine
	missing.Missing, closed.Missing = true, true
	closed.Standings = []record.Standing{record.Shut}
	due.NextBy = a.today() + dueWithin
	if todo.Last, err = a.lastCase(t, by, todo.Units); err != nil {
		return err
	}
	if todo.Missing, err = a.lacking(t, todo.Units, missing); err != nil {
		return err
	}
	if todo.Closed, err = a.lacking(t, todo.Units, closed); err != nil {
		return err
	}
	if todo.Due, err = a.list(t, todo.Units, due); err != nil {
		return err
	}
	if todo.Survey, err = a.surveyWaits(t, by, todo.Units); err != nil {
		return err
	}
	mine.Most = 1
	n, err := t.CountCovers(mine)
	todo.Open = n > 0
	return err
}

func (a *App) lacking(t *store.Tx, units []place.Unit, f store.Find) (l Lacking, err error) {
	if l.Cases, err = a.list(t, units, f); err != nil || len(l.Cases) < f.Top {
		l.Of = disclosure.CountList(len(l.Cases), mostCounted)
		return l, err
	}
	l.Of, err = countList(t, f)
	return l, err
}

// lastSetting is where a person was last: the id of a case.
func lastSetting(person string) string { return "senast." + person }

// lastCase gives the case that the actor changed last, where they may still see it.
func (a *App) lastCase(t *store.Tx, by access.Actor, units []place.Unit) (*Listed, error) {
	id, err := t.Setting(lastSetting(by.Person.ID))
	if err != nil || id == "" {
		return nil, err
	}
	c, err := t.Case(id)
	if err != nil {
		return nil, err
	}
	if by.Allow(access.SeeCase, by.Register, c.Unit) != nil || c.Form.Excluded() {
		return nil, nil
	}
	cover, err := a.coverOf(t, by.Register, c)
	if err != nil {
		return nil, err
	}
	l, err := a.listed(t, units, cover)
	return &l, err
}
