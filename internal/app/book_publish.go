package app

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/codebook"
	"foljsam/internal/exchange"
	"foljsam/internal/fault"
	"foljsam/internal/record"
	"foljsam/internal/store"
)

// longestBookNote is how many characters may be said about a version.
const longestBookNote = 1000

// PublishBook makes the draft the next version. Cases that are opened from now on are
// registered by it; those that there are keep theirs.
func (a *App) PublishBook(ctx context.Context, by access.Actor, seen int, note string) (version int, err error) {
	note = strings.TrimSpace(note)
	switch {
	case note == "":
		return 0, fault.New(fault.Invalid, "variables.note_missing")
	case utf8.RuneCountInString(note) > longestBookNote:
		return 0, fault.New(fault.Invalid, "variables.note_long", "n", longestBookNote)
	}
	r, err := a.editBook(ctx, by)
	if err != nil {
		return 0, err
	}
	err = r.Write(ctx, func(t *store.Tx) error {
		b, was, err := a.localBook(t)
		switch {
		case err != nil:
			return err
		case was.Version != seen:
			return fault.New(fault.Conflict, "variables.changed_meanwhile")
		case was.Base != b.Version && was.Content != "":
			return fault.New(fault.Conflict, "variables.published_meanwhile")
		case !b.Begun:
			return fault.New(fault.Invalid, "variables.nothing_new")
		}
		content, err := a.writeAddition(b.Draft, b.Published)
		if err != nil {
			return err
		}
		version = b.Version + 1
		l := a.line(by, audit.BookPublished, "")
		l.Fields, l.N = changedColumns(b.Draft.Differences(b.Published)), version
		t.Audit(l)
		if err := t.AddBook(store.BookVersion{Version: version, Content: content, Note: note, At: a.now(), Person: by.Person.ID}); err != nil {
			return err
		}
		return t.PutBookDraft(store.BookDraft{Version: seen, Base: version, At: a.now(), Person: by.Person.ID})
	})
	if err == nil {
		a.books.setNewest(r.ID(), version, a.now().Add(memory))
	}
	return version, err
}

// BookVersion gives a published version and the one before it, which is empty before the
// first.
func (a *App) BookVersion(ctx context.Context, by access.Actor, version int) (p PublishedBook, now, before *codebook.Addition, err error) {
	r, err := a.editBook(ctx, by)
	if err != nil {
		return p, nil, nil, err
	}
	before = &codebook.Addition{To: a.book.ID}
	var b store.BookVersion
	err = r.Read(ctx, func(t *store.Tx) (err error) {
		if b, err = t.Book(version); err != nil {
			return err
		}
		if now, err = a.readAddition(b.Content); err != nil || version == 1 {
			return err
		}
		earlier, err := t.Book(version - 1)
		if err != nil {
			return err
		}
		before, err = a.readAddition(earlier.Content)
		return err
	})
	return PublishedBook{b.Version, b.Note, b.At, a.nameOf(ctx, b.Person)}, now, before, err
}

// Outgoing is what an uttag of a register is made of: the cases that became known in a period,
// under the register's own pseudonyms, and the codebook with every local variable that any of
// them may have. Nothing here has left: whoever lets it leave logs that, and says what.
type Outgoing struct {
	Cases []*record.Case
	Book  *codebook.Codebook
	Local []exchange.LocalField // the columns of lokala.csv
	Texts []exchange.FreeText   // what people wrote, where it was asked for
	Read  time.Time
}

// Outgoing gives the cases of a period, both ends in it; no days: all. Cases that are not of
// the target group, and cases without a date of intake, are not among them.
func (a *App) Outgoing(ctx context.Context, by access.Actor, from, till record.Day, texts bool) (*Outgoing, error) {
	r, err := a.register(ctx, by)
	if err != nil {
		return nil, err
	}
	if err := by.Allow(access.Deliver, r.ID(), ""); err != nil {
		return nil, a.refused(ctx, r, by, "", err)
	}
	units, err := a.unitsOf(ctx, r)
	if err != nil {
		return nil, err
	}
	areas := map[string]string{}
	for _, u := range units {
		areas[u.ID] = u.Area
		if till != record.NoDay { // as it was when the period ended
			areas[u.ID] = u.AreaOn(till.Time())
		}
	}
	o := &Outgoing{Read: a.now()}
	err = r.Read(ctx, func(t *store.Tx) error { return a.outgoing(t, r.ID(), areas, from, till, texts, o) })
	if err != nil {
		return nil, err
	}
	o.Local = exchange.LocalFieldsOf(o.Book)
	return o, nil
}

func (a *App) outgoing(t *store.Tx, register string, areas map[string]string, from, till record.Day, texts bool, o *Outgoing) error {
	books, err := a.allBooks(t, register)
	if err != nil {
		return err
	}
	o.Book = books[len(books)-1]
	return t.EachCase(func(c *record.Filed) error {
		version := codebook.LocalVersionIn(c.Codebook)
		if version >= len(books) {
			return fault.New(fault.Internal, "store.damaged")
		}
		intake := c.Form.RoleDay(a.book, codebook.Intake)
		if c.Form.Excluded() || intake == record.NoDay || from != record.NoDay && intake < from || till != record.NoDay && intake > till {
			return nil
		}
		o.Cases = append(o.Cases, record.CaseOf(books[version], c, areas[c.Unit]))
		if texts {
			o.Texts = append(o.Texts, textsOf(books[version], c)...)
		}
		return nil
	})
}

// allBooks gives the codebooks of every version, the common one first: rows of cases cannot
// be read and versions looked up at the same time.
func (a *App) allBooks(t *store.Tx, register string) ([]*codebook.Codebook, error) {
	last, err := t.LastBook()
	if err != nil {
		return nil, err
	}
	books := []*codebook.Codebook{a.book}
	for version := 1; version <= last; version++ {
		cb, err := a.bookAt(t, register, version)
		if err != nil {
			return nil, err
		}
		books = append(books, cb)
	}
	return books, nil
}
