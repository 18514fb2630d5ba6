package app

import (
	"bytes"
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/codebook"
	"foljsam/internal/fault"
	"foljsam/internal/place"
	"foljsam/internal/store"
)

// LocalBook is what a register asks beside the common variables: what is published, and what
// the next version may become.
type LocalBook struct {
	Common    *codebook.Codebook
	Published *codebook.Addition // the newest version; empty before the first
	Version   int                // 0: nothing is published
	Versions  []PublishedBook    // newest first
	Draft     *codebook.Addition // as published where nobody has begun one
	Seen      int                // to be said when the draft is changed
	Begun     bool               // there is a draft, and it differs
	DraftBy   string             // name
	DraftAt   time.Time
}

// PublishedBook is a published version, without what is in it.
type PublishedBook struct {
	Version int
	Note    string
	At      time.Time
	By      string // name
}

// LocalBook gives a register's local variables to whoever may change them.
func (a *App) LocalBook(ctx context.Context, by access.Actor) (*LocalBook, error) {
	r, err := a.editBook(ctx, by)
	if err != nil {
		return nil, err
	}
	var b *LocalBook
	var versions []store.BookVersion
	var draft store.BookDraft
	err = r.Read(ctx, func(t *store.Tx) (err error) {
		if b, draft, err = a.localBook(t); err != nil {
			return err
		}
		versions, err = t.Books()
		return err
	})
	if err != nil {
		return nil, err
	}
	for _, v := range versions {
		b.Versions = append(b.Versions, PublishedBook{v.Version, v.Note, v.At, a.nameOf(ctx, v.Person)})
	}
	if b.Begun {
		b.DraftBy, b.DraftAt = a.nameOf(ctx, draft.Person), draft.At
	}
	return b, nil
}

// editBook opens the register for whoever may change its local variables.
func (a *App) editBook(ctx context.Context, by access.Actor) (*store.Register, error) {
	r, err := a.register(ctx, by)
	if err != nil {
		return nil, err
	}
	if err := by.Allow(access.EditBook, r.ID(), ""); err != nil {
		return nil, a.refused(ctx, r, by, "", err)
	}
	return r, nil
}

// localBook reads what is published and the draft.
func (a *App) localBook(t *store.Tx) (*LocalBook, store.BookDraft, error) {
	b := &LocalBook{Common: a.book, Published: &codebook.Addition{To: a.book.ID}}
	draft, err := t.BookDraft()
	if err != nil {
		return nil, draft, err
	}
	if b.Version, err = t.LastBook(); err != nil {
		return nil, draft, err
	}
	if b.Version > 0 {
		v, err := t.Book(b.Version)
		if err != nil {
			return nil, draft, err
		}
		if b.Published, err = a.readAddition(v.Content); err != nil {
			return nil, draft, err
		}
	}
	b.Draft, b.Seen = b.Published.Clone(), draft.Version
	if draft.Content != "" {
		if b.Draft, err = a.readAddition(draft.Content); err != nil {
			return nil, draft, err
		}
		b.Begun = len(b.Draft.Differences(b.Published)) > 0
	}
	if b.Draft.Prefix == "" {
		b.Draft.Prefix, err = a.firstPrefix(t)
	}
	return b, draft, err
}

// firstPrefix proposes what a municipality's own columns begin with: its name.
func (a *App) firstPrefix(t *store.Tx) (string, error) {
	units, err := t.Units()
	if err != nil || len(units) == 0 {
		return "lokal", err
	}
	plain := strings.NewReplacer("å", "a", "ä", "a", "ö", "o", "é", "e").Replace(strings.ToLower(place.NameOf(place.MunicipalityOf(units[0].Area))))
	plain = strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' {
			return r
		}
		return -1
	}, plain)
	if len(plain) < 2 || plain == codebook.ProposedPrefix {
		return "lokal", nil
	}
	return plain[:min(len(plain), 20)], nil
}

// NotPossible is a change of a draft that cannot stand: what is wrong, and where.
type NotPossible struct {
	Problems []fault.Problem
	error
}

// Unwrap gives the error that is told.
func (n *NotPossible) Unwrap() error { return n.error }

// draft changes the draft: what becomes of it must be readable, and may break nothing that is
// published. seen is the draft's version that the person had before them: where somebody else
// has changed it since, nothing is changed, and it is a conflict.
func (a *App) draft(ctx context.Context, by access.Actor, seen int, change func(d, published *codebook.Addition) error) error {
	r, err := a.editBook(ctx, by)
	if err != nil {
		return err
	}
	return r.Write(ctx, func(t *store.Tx) error {
		b, was, err := a.localBook(t)
		if err != nil {
			return err
		}
		if was.Version != seen {
			return fault.New(fault.Conflict, "variables.changed_meanwhile")
		}
		if err := change(b.Draft, b.Published); err != nil {
			return err
		}
		content, err := a.writeAddition(b.Draft, b.Published)
		if err != nil {
			return err
		}
		l := a.line(by, audit.BookDrafted, "")
		l.Fields, l.N = changedColumns(b.Draft.Differences(b.Published)), b.Version
		t.Audit(l)
		return t.PutBookDraft(store.BookDraft{Version: seen, Base: b.Version, Content: content, At: a.now(), Person: by.Person.ID})
	})
}

func changedColumns(all []codebook.Difference) (columns []string) {
	for _, d := range all {
		if !slices.Contains(columns, d.Column) {
			columns = append(columns, d.Column)
		}
	}
	return columns
}

// writeAddition writes a draft as it is kept, once a reader has found nothing wrong with it.
func (a *App) writeAddition(d, published *codebook.Addition) (string, error) {
	if d.To == "" {
		d.To = a.book.ID
	}
	var b bytes.Buffer
	if err := d.WriteYAML(&b); err != nil {
		return "", fault.Wrap(err, fault.Internal, "fault.internal")
	}
	_, problems, err := a.book.ReadAddition("utkast.yaml", bytes.NewReader(b.Bytes()))
	if err != nil {
		return "", &NotPossible{problems, err}
	}
	for _, x := range d.Breaches(published) {
		problems = append(problems, fault.Problem{Column: x.Column, Row: x.Code, Key: x.Key})
	}
	if len(problems) > 0 {
		return "", &NotPossible{problems, fault.New(fault.Invalid, problems[0].Key, problems[0].Args...)}
	}
	return b.String(), nil
}

// PutLocal adds a local variable to the draft, or changes the one with a column. A column
// that is published is never changed.
func (a *App) PutLocal(ctx context.Context, by access.Actor, seen int, column string, v *codebook.Variable) error {
	return a.draft(ctx, by, seen, func(d, published *codebook.Addition) error {
		at := slices.IndexFunc(d.Variables, func(x *codebook.Variable) bool { return x.Column == column })
		switch {
		case column == "":
			d.Variables = append(d.Variables, v)
			return nil
		case at < 0:
			return fault.New(fault.NotFound, "variables.no_variable")
		case published.Variable(column) != nil:
			v.Column = column
		}
		d.Variables[at] = v
		return nil
	})
}

// RetireLocal says that a local variable is no longer asked, or asked again. One that was
// never published is taken out of the draft.
func (a *App) RetireLocal(ctx context.Context, by access.Actor, seen int, column string, retired bool) error {
	return a.draft(ctx, by, seen, func(d, published *codebook.Addition) error {
		v := d.Variable(column)
		switch {
		case v == nil:
			return fault.New(fault.NotFound, "variables.no_variable")
		case published.Variable(column) == nil:
			d.Variables = slices.DeleteFunc(d.Variables, func(x *codebook.Variable) bool { return x.Column == column })
		default:
			v.Retired = retired
		}
		return nil
	})
}

// NameLocal says what new columns begin with.
func (a *App) NameLocal(ctx context.Context, by access.Actor, seen int, prefix string) error {
	return a.draft(ctx, by, seen, func(d, _ *codebook.Addition) error {
		if prefix == codebook.ProposedPrefix {
			return fault.New(fault.Invalid, "variables.prefix_taken")
		}
		d.Prefix = prefix
		return nil
	})
}

// NoteCommon adds to the help of a common variable; without words it takes that away.
func (a *App) NoteCommon(ctx context.Context, by access.Actor, seen, number int, text codebook.Text) error {
	return a.draft(ctx, by, seen, func(d, _ *codebook.Addition) error {
		if a.book.Variable(number) == nil {
			return fault.New(fault.NotFound, "variables.no_variable")
		}
		d.PutNote(number, text)
		return nil
	})
}

// Propose adds one of the program's proposals to the draft.
func (a *App) Propose(ctx context.Context, by access.Actor, seen int, column string) error {
	return a.draft(ctx, by, seen, func(d, _ *codebook.Addition) error {
		all := codebook.ProposedLocal()
		v := all.Variable(column)
		switch {
		case v == nil || all.To != a.book.ID:
			return fault.New(fault.NotFound, "variables.no_variable")
		case d.Variable(column) != nil:
			return fault.New(fault.Conflict, "variables.there_already")
		}
		d.Join((&codebook.Addition{Variables: []*codebook.Variable{v}}).Clone())
		return nil
	})
}

// ImportLocal puts the variables of another's file beside the draft's. What clashes is told,
// and one's own stands. A file with faults adds nothing: they are named with their lines.
func (a *App) ImportLocal(ctx context.Context, by access.Actor, seen int, name string, file io.Reader) (j codebook.Joined, err error) {
	other, problems, err := a.book.ReadAddition(name, file)
	if err != nil {
		return j, &NotPossible{problems, err}
	}
	err = a.draft(ctx, by, seen, func(d, _ *codebook.Addition) error {
		j = d.Join(other)
		if len(j.Added) == 0 {
			return errNothingNew
		}
		return nil
	})
	if errors.Is(err, errNothingNew) {
		err = nil
	}
	return j, err
}

var errNothingNew = errors.New("nothing to add")

// DiscardDraft throws the draft away: what is published stands.
func (a *App) DiscardDraft(ctx context.Context, by access.Actor, seen int) error {
	return a.draft(ctx, by, seen, func(d, published *codebook.Addition) error {
		prefix := d.Prefix
		*d = *published.Clone()
		if d.Prefix == "" {
			d.Prefix = prefix
		}
		return nil
	})
}
