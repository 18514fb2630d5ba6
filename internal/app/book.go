package app

import (
	"context"
	"strings"
	"sync"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/codebook"
	"foljsam/internal/fault"
	"foljsam/internal/record"
	"foljsam/internal/store"
)

// Which codebook a case has. The common part is the program's and the same for all; beside
// it stand the local variables that the register has published, in versions. A case keeps
// the version that it was opened with.

// bookCache remembers codebooks that were put together, which never change, and for a short
// while which version of a register is the newest.
type bookCache struct {
	mu     sync.Mutex
	made   map[bookKey]*codebook.Codebook
	newest map[string]newestBook
}

type bookKey struct {
	register string
	version  int
}

type newestBook struct {
	version int
	until   time.Time
}

func (b *bookCache) get(k bookKey) *codebook.Codebook {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.made[k]
}

func (b *bookCache) put(k bookKey, cb *codebook.Codebook) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.made == nil {
		b.made = map[bookKey]*codebook.Codebook{}
	}
	b.made[k] = cb
}

func (b *bookCache) newestAt(register string, now time.Time) (version int, ok bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	x, ok := b.newest[register]
	return x.version, ok && now.Before(x.until)
}

func (b *bookCache) setNewest(register string, version int, until time.Time) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.newest == nil {
		b.newest = map[string]newestBook{}
	}
	b.newest[register] = newestBook{version, until}
}

// bookOf gives the codebook that a case was opened with.
func (a *App) bookOf(t *store.Tx, register string, c *record.Filed) (*codebook.Codebook, error) {
	return a.bookAt(t, register, codebook.LocalVersionIn(c.Codebook))
}

// bookAt gives the codebook with a published version of the register's local variables; the
// common one for 0.
func (a *App) bookAt(t *store.Tx, register string, version int) (*codebook.Codebook, error) {
	if version == 0 {
		return a.book, nil
	}
	k := bookKey{register, version}
	if cb := a.books.get(k); cb != nil {
		return cb, nil
	}
	b, err := t.Book(version)
	if err != nil {
		return nil, err
	}
	added, err := a.readAddition(b.Content)
	if err != nil {
		return nil, err
	}
	cb := a.book.With(added, version)
	a.books.put(k, cb)
	return cb, nil
}

// readAddition reads local variables that we wrote ourselves.
func (a *App) readAddition(content string) (*codebook.Addition, error) {
	added, _, err := a.book.ReadAddition("lokala.yaml", strings.NewReader(content))
	if err != nil {
		return nil, fault.Wrap(err, fault.Internal, "store.damaged")
	}
	return added, nil
}

// newestVersion gives the number of the register's newest published version.
func (a *App) newestVersion(ctx context.Context, r *store.Register) (version int, err error) {
	if version, ok := a.books.newestAt(r.ID(), a.now()); ok {
		return version, nil
	}
	err = r.Read(ctx, func(t *store.Tx) (err error) { version, err = t.LastBook(); return err })
	if err == nil {
		a.books.setNewest(r.ID(), version, a.now().Add(memory))
	}
	return version, err
}

func (a *App) newestBook(ctx context.Context, r *store.Register) (cb *codebook.Codebook, err error) {
	version, err := a.newestVersion(ctx, r)
	if err != nil || version == 0 {
		return a.book, err
	}
	if cb := a.books.get(bookKey{r.ID(), version}); cb != nil {
		return cb, nil
	}
	err = r.Read(ctx, func(t *store.Tx) (err error) { cb, err = a.bookAt(t, r.ID(), version); return err })
	return cb, err
}

// bookNamed gives the codebook that a page showed, so that an answer to what is retired
// meanwhile is not lost; the newest where that is none of the register's.
func (a *App) bookNamed(ctx context.Context, r *store.Register, name string) (cb *codebook.Codebook, err error) {
	newest, err := a.newestBook(ctx, r)
	version := codebook.LocalVersionIn(name)
	if err != nil || version == 0 || version >= newest.LocalVersion {
		return newest, err
	}
	err = r.Read(ctx, func(t *store.Tx) (err error) { cb, err = a.bookAt(t, r.ID(), version); return err })
	return cb, err
}

// Codebook gives the common codebook: what is the same in every register and every version.
// For what a case is asked, see CaseView.Book; for a new case, NewestBook.
func (a *App) Codebook() *codebook.Codebook { return a.book }

// NewestBook gives the codebook that new cases of the actor's register are registered by;
// the common one to whoever works in none.
func (a *App) NewestBook(ctx context.Context, by access.Actor) (*codebook.Codebook, error) {
	return a.BookNamed(ctx, by, "")
}

// BookNamed gives the codebook that a page for a new case showed.
func (a *App) BookNamed(ctx context.Context, by access.Actor, name string) (*codebook.Codebook, error) {
	if by.Register == "" {
		return a.book, nil
	}
	r, err := a.register(ctx, by)
	if err != nil {
		return nil, err
	}
	return a.bookNamed(ctx, r, name)
}

// CaseBook gives the codebook that a case was opened with, to read by it what was posted.
func (a *App) CaseBook(ctx context.Context, by access.Actor, id string) (*codebook.Codebook, error) {
	r, err := a.register(ctx, by)
	if err != nil {
		return nil, err
	}
	newest, err := a.newestVersion(ctx, r)
	if err != nil || newest == 0 {
		return a.book, err
	}
	cb := a.book
	err = r.Read(ctx, func(t *store.Tx) error {
		c, err := t.Case(id)
		if err != nil || by.Allow(access.SeeCase, r.ID(), c.Unit) != nil {
			return err // whoever may not see it is told so when they save
		}
		cb, err = a.bookOf(t, r.ID(), c)
		return err
	})
	if fault.KindOf(err) == fault.NotFound && err != nil {
		return a.book, nil
	}
	return cb, err
}

// coverOf gives the cover of a case by its own codebook.
func (a *App) coverOf(t *store.Tx, register string, c *record.Filed) (record.Cover, error) {
	cb, err := a.bookOf(t, register, c)
	if err != nil {
		return record.Cover{}, err
	}
	return record.CoverOf(cb, c), nil
}
