package app

import (
	"context"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/fault"
	"foljsam/internal/note"
	"foljsam/internal/record"
	"foljsam/internal/store"
)

// KeepNote keeps a view or a reflection beside a figure. found is what in its words looks as
// if it told who somebody is: a reason to warn, never to refuse.
func (a *App) KeepNote(ctx context.Context, by access.Actor, n note.Note) (found []record.Finding, err error) {
	r, err := a.register(ctx, by)
	if err != nil {
		return nil, err
	}
	if !a.seesFigures(by, r.ID(), n.Unit) {
		return nil, a.refused(ctx, r, by, "", fault.New(fault.Refused, "access.refused"))
	}
	if err := n.Check(); err != nil {
		return nil, err
	}
	if n.Again != "" && n.Again < a.day() {
		return nil, fault.New(fault.Invalid, "result.again_past")
	}
	n.ID, n.Made, n.Person = newID(), a.now(), by.Person.ID
	err = r.Write(ctx, func(t *store.Tx) error {
		t.Audit(a.line(by, audit.KeptNote, ""))
		return t.AddNote(n)
	})
	return record.Identifying(n.Title + "\n" + n.Text), err
}

// seesFigures tells whether the actor sees figures of a unit; of all, where none is named.
func (a *App) seesFigures(by access.Actor, register, unit string) bool {
	return by.Register == register && by.May(access.SeeFigures) && (unit == "" || by.Allow(access.SeeFigures, register, unit) == nil)
}

// Notes gives what the actor may see of what stands: their own views, and the reflections on
// units whose figures they see; those on all units are for who sees all, and who wrote them.
func (a *App) Notes(ctx context.Context, by access.Actor) (views, thoughts []note.Note, err error) {
	r, err := a.register(ctx, by)
	if err != nil {
		return nil, nil, err
	}
	var all []note.Note
	if err := r.Read(ctx, func(t *store.Tx) (err error) { all, err = t.Notes(); return err }); err != nil {
		return nil, nil, err
	}
	for _, n := range all {
		switch {
		case !a.seesNote(by, r.ID(), n):
		case n.Kind == note.View:
			views = append(views, n)
		default:
			thoughts = append(thoughts, n)
		}
	}
	for i := range thoughts {
		thoughts[i].Person = a.nameOf(ctx, thoughts[i].Person)
	}
	return views, thoughts, nil
}

func (a *App) seesNote(by access.Actor, register string, n note.Note) bool {
	switch {
	case n.Person == by.Person.ID:
		return a.seesFigures(by, register, n.Unit)
	case n.Kind == note.View:
		return false
	case n.Unit == "":
		return by.AllUnits && a.seesFigures(by, register, "")
	}
	return a.seesFigures(by, register, n.Unit)
}

// EndNote says that a note is done with. Whoever sees it may.
func (a *App) EndNote(ctx context.Context, by access.Actor, id string) error {
	r, err := a.register(ctx, by)
	if err != nil {
		return err
	}
	views, thoughts, err := a.Notes(ctx, by)
	if err != nil {
		return err
	}
	for _, n := range append(views, thoughts...) {
		if n.ID == id {
			return r.Write(ctx, func(t *store.Tx) error {
				t.Audit(a.line(by, audit.EndedNote, ""))
				return t.EndNote(id, by.Person.ID, a.now())
			})
		}
	}
	return fault.New(fault.NotFound, "result.no_note")
}

// LookAgain gives the reflections that it is time to look at again.
func (a *App) LookAgain(ctx context.Context, by access.Actor) (due []note.Note, err error) {
	_, thoughts, err := a.Notes(ctx, by)
	today := a.day()
	for _, n := range thoughts {
		if n.DueOn(today) {
			due = append(due, n)
		}
	}
	return due, err
}

// TookResult logs that figures were taken away as a file.
func (a *App) TookResult(ctx context.Context, by access.Actor) error {
	r, err := a.register(ctx, by)
	if err != nil {
		return err
	}
	return r.Write(ctx, func(t *store.Tx) error { t.Audit(a.line(by, audit.TookResult, "")); return nil })
}

// The kinds of note, for pages.
const (
	ViewNote    = string(note.View)
	ThoughtNote = string(note.Reflection)
)

// NewNote makes a note of what somebody wrote; KeepNote says what is wrong with it.
func NewNote(kind, unit, about, title, text, again string) note.Note {
	n := note.Note{Kind: note.Reflection, Unit: unit, About: about, Title: title, Text: text, Again: again}
	if kind == ViewNote {
		n.Kind = note.View
	}
	return n
}
