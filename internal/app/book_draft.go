package app

import (
	"bytes"
	"context"
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
