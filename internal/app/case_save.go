package app

import (
	"context"
	"maps"
	"slices"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/codebook"
	"foljsam/internal/fault"
	"foljsam/internal/record"
	"foljsam/internal/store"
)

// Edit is what somebody wants a field to say, and which version of it they had before
// them. Explicit: the person answered just this field, rather than posting a page that it
// stands on.
type Edit struct {
	Field    string
	Answer   record.Answer
	Seen     int
	Explicit bool
}

// Saved is what came of some edits. What could be saved is on disk; what could not is
// named, and is not.
type Saved struct {
	View      *CaseView
	At        time.Time
	Changed   []string           // fields that now say something else
	Refused   []FieldProblem     // answers that cannot stand
	Conflicts []FieldConflict    // somebody else changed the field first
	book      *codebook.Codebook // of the case
	recoded   bool               // a local code was corrected
	passing   bool               // out of a list: the case is not where the person works
	Act       audit.Act          // Closed, Reopened, Excluded, Included where the case moved; else Changed
}

// FieldProblem says why an answer cannot stand in a field.
type FieldProblem struct {
	Field string
	Err   error
}

// FieldConflict is a field that somebody changed after the person last saw it.
type FieldConflict struct {
	Field  string
	Mine   record.Answer
	Theirs record.Answer
	By     string // name
	Own    bool   // it was the person, in another window
	At     time.Time
}

// Save answers fields of a case. An edit of a field that somebody else has changed
// meanwhile is not made: it is given back beside theirs. An edit that says what the person
// already saw is none, unless it is explicit.
func (a *App) Save(ctx context.Context, by access.Actor, id string, edits []Edit) (Saved, error) {
	return a.change(ctx, by, id, audit.Changed, func(t *store.Tx, c *record.Filed, s *Saved) (map[string]record.Answer, error) {
		answers := map[string]record.Answer{}
		for _, e := range edits {
			x, err := mayStand(s.book, e.Field, e.Answer)
			if err != nil {
				s.Refused = append(s.Refused, FieldProblem{e.Field, err})
				continue
			}
			now := c.Form.Get(e.Field)
			if now.Version > e.Seen && !now.Same(x) {
				conflict, edited, err := a.conflict(t, c, by, e, x)
				if err != nil {
					return nil, err
				}
				if conflict != nil {
					s.Conflicts = append(s.Conflicts, *conflict)
				}
				if !edited {
					continue
				}
			}
			answers[e.Field] = x
		}
		s.refuseRemoved(c.Form, answers)
		c.Form.Follow(s.book, answers)
		return answers, nil
	})
}

// mayStand checks an answer that somebody gave. What the register fills in itself nobody
// answers.
func mayStand(cb *codebook.Codebook, field string, x record.Answer) (record.Answer, error) {
	if v := record.VariableOf(cb, field); v != nil {
		switch v.Role {
		case codebook.Municipality, codebook.Caseworker, codebook.Client:
			return x, fault.New(fault.Invalid, "record.no_such_field")
		}
	}
	return record.Check(cb, field, x)
}

// refuseRemoved puts aside answers in rows that somebody has taken away.
func (s *Saved) refuseRemoved(f *record.Form, answers map[string]record.Answer) {
	for _, field := range slices.Sorted(maps.Keys(answers)) {
		level, row, _ := record.SplitField(field)
		if f.InRemovedRow(field) && answers[record.Field(level, row, "")].State != record.Present && !f.Get(field).Same(answers[field]) {
			s.Refused = append(s.Refused, FieldProblem{field, fault.New(fault.Invalid, "record.row_removed")})
			delete(answers, field)
		}
	}
}

// conflict decides what becomes of an edit of a field that was changed since it was seen,
// and tells who was first. On a whole page, what says what the person saw was not touched.
// An explicit edit was; it is made where all that changed were the person's own saves,
// whose replies were lost.
func (a *App) conflict(t *store.Tx, c *record.Filed, by access.Actor, e Edit, mine record.Answer) (x *FieldConflict, edited bool, err error) {
	revisions, err := t.Revisions(c.ID)
	if err != nil {
		return nil, false, err
	}
	x = &FieldConflict{Field: e.Field, Mine: mine, Theirs: c.Form.Get(e.Field)}
	var saw record.Answer
	own := true
	for _, r := range revisions {
		for _, change := range r.Changes {
			if change.Field != e.Field {
				continue
			}
			if r.Version <= e.Seen {
				saw = change.New
			} else {
				own = own && r.Person == by.Person.ID
			}
			x.By, x.At = r.Person, r.At
		}
	}
	x.Own = x.By == by.Person.ID
	switch {
	case e.Explicit && own:
		return nil, true, nil
	case !e.Explicit && saw.Same(mine):
		return nil, false, nil
	}
	return x, false, nil
}

// AddRow adds an empty support or risk row and gives its id.
func (a *App) AddRow(ctx context.Context, by access.Actor, id string, level codebook.Level) (row string, s Saved, err error) {
	s, err = a.change(ctx, by, id, audit.Changed, func(_ *store.Tx, c *record.Filed, s *Saved) (map[string]record.Answer, error) {
		row = c.Form.NextRow(level)
		field := record.Field(level, row, "")
		answer, err := record.Check(s.book, field, record.Answer{State: record.Present})
		return map[string]record.Answer{field: answer}, err
	})
	return row, s, err
}

// change is the one way in which a case changes: look at it, decide, file the new version
// with its revision and its audit line, all in one transaction.
func (a *App) change(ctx context.Context, by access.Actor, id string, act audit.Act,
	decide func(*store.Tx, *record.Filed, *Saved) (map[string]record.Answer, error)) (Saved, error) {
	r, err := a.register(ctx, by)
	if err != nil {
		return Saved{}, err
	}
	var s Saved
	err = r.Write(ctx, func(t *store.Tx) error {
		s = Saved{At: a.now(), Act: act}
		c, err := t.Case(id)
		if err != nil {
			return err
		}
		if err := by.Allow(access.WriteCase, r.ID(), c.Unit); err != nil {
			return err
		}
		if s.book, err = a.bookOf(t, r.ID(), c); err != nil {
			return err
		}
		answers, err := decide(t, c, &s)
		if err != nil {
			return err
		}
		if err := a.file(t, by, c, answers, &s); err != nil {
			return err
		}
		s.View, err = a.view(t, by, id)
		return err
	})
	if err != nil {
		return Saved{}, a.unseen(ctx, r, by, id, err)
	}
	for i := range s.Conflicts {
		s.Conflicts[i].By = a.nameOf(ctx, s.Conflicts[i].By)
	}
	a.name(ctx, s.View)
	if len(s.Changed) > 0 || s.recoded {
		a.follow(r.ID(), s.View.Filed)
		return s, nil
	}
	return s, a.logSeen(ctx, r, by, audit.Read, id) // it is shown, and nothing was filed beside
}

// file writes the answers as a new version, if they change anything.
func (a *App) file(t *store.Tx, by access.Actor, c *record.Filed, answers map[string]record.Answer, s *Saved) error {
	before := c.Form.Standing(s.book)
	changes, err := c.Form.Set(s.book, answers)
	if err != nil || len(changes) == 0 && !s.recoded {
		return err
	}
	for _, x := range changes {
		s.Changed = append(s.Changed, x.Field)
	}
	s.Act = actOf(s.Act, before, c.Form.Standing(s.book))
	c.Changed, c.By = s.At, by.Person.ID
	if len(changes) > 0 {
		c.Last = changes[len(changes)-1].Field
	}
	l := a.line(by, s.Act, c.ID)
	l.Fields = s.Changed
	t.Audit(l)
	if !s.passing {
		if err := t.PutSetting(lastSetting(by.Person.ID), c.ID); err != nil {
			return err
		}
	}
	return t.SaveCase(s.book, c, store.Revision{Version: c.Form.Version, At: s.At, Person: by.Person.ID, Role: string(by.Role), Act: s.Act, Changes: changes})
}

// actOf names a change by where it moved the case.
func actOf(act audit.Act, before, after record.Standing) audit.Act {
	switch {
	case before == after:
		return act
	case after == record.Excluded:
		return audit.Excluded
	case before == record.Excluded:
		return audit.Included
	case after == record.Shut:
		return audit.Closed
	}
	return audit.Reopened
}
