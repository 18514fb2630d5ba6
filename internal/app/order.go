package app

import (
	"context"
	"slices"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/fault"
	"foljsam/internal/note"
	"foljsam/internal/record"
	"foljsam/internal/store"
)

// Order is an order of a figure as somebody sees it.
type Order struct {
	note.Order
	By      string // who ordered
	EndName string // who answered, or took it back
	Mine    bool   // the actor ordered it
	Due     bool   // the day that it is wanted by has come
}

// OrderFigure asks the coordinators for a figure by a day: about is the address of the page of
// results that it begins from, title what that page is called, words what is wanted. found is
// what in the words looks as if it told who somebody is: a reason to warn, never to refuse.
func (a *App) OrderFigure(ctx context.Context, by access.Actor, unit, about, title, wanted, words string) (found []record.Finding, err error) {
	r, err := a.register(ctx, by)
	if err != nil {
		return nil, err
	}
	if !by.May(access.OrderFigures) || unit != "" && by.Allow(access.OrderFigures, r.ID(), unit) != nil {
		return nil, a.refused(ctx, r, by, "", fault.New(fault.Refused, "access.refused"))
	}
	o := note.Order{ID: newID(), Unit: unit, About: about, Title: title, Text: words, Wanted: wanted, Made: a.now(), Person: by.Person.ID}
	if err := o.Check(a.day()); err != nil {
		return nil, err
	}
	err = r.Write(ctx, func(t *store.Tx) error {
		t.Audit(a.about(by, audit.FigureOrdered, o.ID))
		return t.AddOrder(o)
	})
	return record.Identifying(words), err
}

// Orders gives the orders that the actor may see: those they made, and to a coordinator those on
// units that are theirs. Those that wait come first.
func (a *App) Orders(ctx context.Context, by access.Actor) (all []Order, err error) {
	r, err := a.register(ctx, by)
	if err != nil {
		return nil, err
	}
	if !by.May(access.OrderFigures) && !by.May(access.AnswerOrders) {
		return nil, a.refused(ctx, r, by, "", fault.New(fault.Refused, "access.refused"))
	}
	var found []note.Order
	if err := r.Read(ctx, func(t *store.Tx) (err error) { found, err = t.Orders(); return err }); err != nil {
		return nil, err
	}
	for _, o := range found {
		if !a.seesOrder(by, r.ID(), o) {
			continue
		}
		all = append(all, Order{o, a.nameOf(ctx, o.Person), a.nameOf(ctx, o.EndedBy), o.Person == by.Person.ID, o.Waits() && o.Wanted <= a.day()})
	}
	return all, nil
}

// seesOrder tells whether the actor sees an order. One on all units is for any coordinator: who
// orders does not know which of them is free.
func (a *App) seesOrder(by access.Actor, register string, o note.Order) bool {
	if by.May(access.AnswerOrders) && (o.Unit == "" || by.Allow(access.AnswerOrders, register, o.Unit) == nil) {
		return true
	}
	return by.May(access.OrderFigures) && (o.Person == by.Person.ID || o.Unit == "" && by.AllUnits || o.Unit != "" && by.Allow(access.OrderFigures, register, o.Unit) == nil)
}

// OrdersToAnswer gives the orders that wait for an answer of the actor's.
func (a *App) OrdersToAnswer(ctx context.Context, by access.Actor) ([]Order, error) {
	if !by.May(access.AnswerOrders) {
		return nil, nil
	}
	all, err := a.Orders(ctx, by)
	return slices.DeleteFunc(all, func(o Order) bool { return !o.Waits() }), err
}

// AnswerOrder answers an order with a figure's address and words.
func (a *App) AnswerOrder(ctx context.Context, by access.Actor, id, figure, words string) (found []record.Finding, err error) {
	err = a.endOrder(ctx, by, id, audit.OrderAnswered, func(o *note.Order) error {
		o.AnswerAbout, o.Answer = figure, words
		return o.CheckAnswer()
	})
	return record.Identifying(words), err
}

// DropOrder takes back an order that the actor made.
func (a *App) DropOrder(ctx context.Context, by access.Actor, id string) error {
	return a.endOrder(ctx, by, id, audit.OrderDropped, func(*note.Order) error { return nil })
}

func (a *App) endOrder(ctx context.Context, by access.Actor, id string, act audit.Act, how func(*note.Order) error) error {
	all, err := a.Orders(ctx, by)
	if err != nil {
		return err
	}
	r, err := a.register(ctx, by)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(o Order) bool { return o.ID == id })
	switch {
	case i < 0:
		return fault.New(fault.NotFound, "order.not_found")
	case act == audit.OrderAnswered && !by.May(access.AnswerOrders), act == audit.OrderDropped && !all[i].Mine:
		return a.refused(ctx, r, by, "", fault.New(fault.Refused, "access.refused"))
	case !all[i].Waits():
		return fault.New(fault.Conflict, "order.ended")
	}
	o := all[i].Order
	if err := how(&o); err != nil {
		return err
	}
	o.Ended, o.EndedBy = a.now(), by.Person.ID
	return r.Write(ctx, func(t *store.Tx) error {
		t.Audit(a.about(by, act, o.ID))
		return t.EndOrder(o)
	})
}
