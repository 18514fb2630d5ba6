package app

import (
	"context"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/fault"
	"foljsam/internal/record"
	"foljsam/internal/store"
)

// Entry is one save in a case's history.
type Entry struct {
	Version int
	At      time.Time
	By      string // name
	Role    access.Role
	Act     audit.Act
	Changes []record.Change // of the field that was asked about
	Undoes  []record.Change // all that it changed: what undoing it puts back
	CanUndo bool            // nothing that it changed has been changed since
}

// History gives the saves of a case, newest first; of one field where field is not empty.
func (a *App) History(ctx context.Context, by access.Actor, id, field string) (*CaseView, []Entry, error) {
	v, err := a.Case(ctx, by, id)
	if err != nil {
		return nil, nil, err
	}
	r, err := a.register(ctx, by)
	if err != nil {
		return nil, nil, err
	}
	var revisions []store.Revision
	err = r.Read(ctx, func(t *store.Tx) (err error) { revisions, err = t.Revisions(id); return err })
	if err != nil {
		return nil, nil, err
	}
	var all []Entry
	for i := len(revisions) - 1; i >= 0; i-- {
		rev := revisions[i]
		e := Entry{Version: rev.Version, At: rev.At, By: a.nameOf(ctx, rev.Person), Role: access.Role(rev.Role), Act: rev.Act, Undoes: rev.Changes, CanUndo: i > 0}
		for _, c := range rev.Changes {
			if field == "" || c.Field == field {
				e.Changes = append(e.Changes, c)
			}
			if v.Filed.Form.Get(c.Field).Version != rev.Version {
				e.CanUndo = false
			}
		}
		if len(rev.Changes) == 0 {
			e.CanUndo = false // a code was corrected: there is nothing that can be shown
		}
		if len(e.Changes) > 0 || len(rev.Changes) == 0 && field == "" {
			all = append(all, e)
		}
	}
	return v, all, nil
}

// Saver is who made a save.
type Saver struct {
	Name string
	Own  bool // the one who asks
}

// Savers gives who made the saves of a case after a version of it. The caller has just saved
// in the case, and that is in the log.
func (a *App) Savers(ctx context.Context, by access.Actor, id string, after int) (map[int]Saver, error) {
	r, err := a.register(ctx, by)
	if err != nil {
		return nil, err
	}
	var revisions []store.Revision
	err = r.Read(ctx, func(t *store.Tx) error {
		c, err := t.Case(id)
		if err == nil {
			err = by.Allow(access.SeeCase, by.Register, c.Unit)
		}
		if err == nil {
			revisions, err = t.Revisions(id)
		}
		return err
	})
	if err != nil {
		return nil, a.unseen(ctx, r, by, id, err)
	}
	all := map[int]Saver{}
	for _, rev := range revisions {
		if rev.Version > after {
			all[rev.Version] = Saver{a.nameOf(ctx, rev.Person), rev.Person == by.Person.ID}
		}
	}
	return all, nil
}

// Undo puts back what one save changed. When somebody has changed any of it since, nothing
// is undone, and it is a conflict.
func (a *App) Undo(ctx context.Context, by access.Actor, id string, version int) (Saved, error) {
	return a.change(ctx, by, id, audit.Undid, func(t *store.Tx, c *record.Filed, s *Saved) (map[string]record.Answer, error) {
		revisions, err := t.Revisions(id)
		if err != nil {
			return nil, err
		}
		answers := map[string]record.Answer{}
		for i, rev := range revisions {
			if rev.Version != version || i == 0 {
				continue
			}
			for _, x := range rev.Changes {
				if c.Form.Get(x.Field).Version != version {
					return nil, fault.New(fault.Conflict, "app.changed_since")
				}
				answers[x.Field] = putBack(x)
			}
		}
		if len(answers) == 0 {
			return nil, fault.New(fault.NotFound, "app.no_such_save")
		}
		return answers, nil
	})
}

// putBack gives what undoes a change: a row that was added is taken away again, and keeps
// its number.
func putBack(x record.Change) record.Answer {
	if _, row, name := record.SplitField(x.Field); row != "" && name == "" && x.Old.Empty() {
		return record.Answer{State: record.Removed}
	}
	x.Old.Version = 0
	return x.Old
}
