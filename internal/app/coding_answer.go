package app

import (
	"context"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/fault"
	"foljsam/internal/note"
	"foljsam/internal/store"
)

// AnswerCoding hands in what somebody chose in an exercise: all of it at once, and once. What
// they chose is counted in, and cannot be taken back: nothing tells afterwards which it was.
func (a *App) AnswerCoding(ctx context.Context, by access.Actor, id string, s CodingSheet) error {
	x, err := a.CodingOf(ctx, by, id)
	switch {
	case err != nil:
		return err
	case x.Coded:
		return fault.New(fault.Conflict, "coding.answered_already")
	case !x.Open:
		return fault.New(fault.Conflict, "coding.is_closed")
	case !x.Asked:
		return fault.New(fault.Refused, "coding.not_asked")
	}
	if err := x.CheckSheet(s); err != nil {
		return err
	}
	r, err := a.register(ctx, by)
	if err != nil {
		return err
	}
	return r.Write(ctx, func(t *store.Tx) error {
		t.Audit(a.line(by, audit.CodedCases, ""))
		return t.AddCodingSheet(x.Coding, s, by.Person.ID)
	})
}

// MoveCoding gives an exercise another last day; from is the one that the page showed.
func (a *App) MoveCoding(ctx context.Context, by access.Actor, id, from, till string) error {
	return a.lookAfterCoding(ctx, by, id, func(t *store.Tx, x *Coding) error {
		if err := note.CheckTill(till, a.day()); err != nil {
			return err
		}
		t.Audit(a.about(by, audit.CodingMoved, id))
		return t.MoveCoding(id, from, till)
	})
}

// CloseCoding closes an exercise before its last day. It is not opened again: whoever saw the
// result before and after one more answer would see whose it was.
func (a *App) CloseCoding(ctx context.Context, by access.Actor, id string) error {
	return a.lookAfterCoding(ctx, by, id, func(t *store.Tx, _ *Coding) error {
		t.Audit(a.about(by, audit.CodingClosed, id))
		return t.CloseCoding(id, by.Person.ID, a.now())
	})
}

func (a *App) lookAfterCoding(ctx context.Context, by access.Actor, id string, do func(*store.Tx, *Coding) error) error {
	x, err := a.CodingOf(ctx, by, id)
	if err != nil {
		return err
	}
	r, err := a.register(ctx, by)
	if err != nil {
		return err
	}
	switch {
	case !x.Mine:
		return a.refused(ctx, r, by, "", fault.New(fault.Refused, "access.refused"))
	case !x.Open:
		return fault.New(fault.Conflict, "coding.is_closed")
	}
	return r.Write(ctx, func(t *store.Tx) error { return do(t, x) })
}

// closeDue closes the exercises whose last day has gone. Whoever looks first does it, and it is
// nobody's act.
func (a *App) closeDue(ctx context.Context, r *store.Register) error {
	var due []string
	err := r.Read(ctx, func(t *store.Tx) error {
		due = nil
		all, err := t.Codings()
		for _, c := range all {
			if c.Closed.IsZero() && !c.Open(a.day()) {
				due = append(due, c.ID)
			}
		}
		return err
	})
	for _, id := range due {
		closed := r.Write(ctx, func(t *store.Tx) error {
			t.Audit(a.about(access.Actor{}, audit.CodingClosed, id))
			return t.CloseCoding(id, "", a.now())
		})
		if fault.KindOf(closed) != fault.Conflict && err == nil {
			err = closed // somebody else who looked was first, otherwise
		}
	}
	return err
}
