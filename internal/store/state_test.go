package store_test

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/store"
	"foljsam/internal/store/storetest"
)

func TestAFolderTellsOfItself(t *testing.T) {
	dir := t.TempDir()
	s := storetest.Open(t, store.Options{Folder: filepath.Join(dir, "d"), Quick: true}, filepath.Join(dir, "k"))
	tellsOfItself(t, storetest.NewWorld(t, s))
	if r, err := s.Room(t.Context()); err != nil || r.Used < 4096 || r.Free < 1 && r.Free != -1 || s.Database() != "SQLite" {
		t.Errorf("%+v %v %s", r, err, s.Database())
	}
}

func TestAServerTellsOfItself(t *testing.T) {
	_, _, w, _ := onPostgres(t)
	tellsOfItself(t, w)
	if r, err := w.Store.Room(t.Context()); err != nil || r.Used < 4096 || r.Free != -1 || w.Store.Database() != "PostgreSQL" {
		t.Errorf("%+v %v %s", r, err, w.Store.Database())
	}
}

// tellsOfItself is the same on both databases.
func tellsOfItself(t *testing.T, w *storetest.World) {
	t.Helper()
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	before, size, people := w.Store.Pulse(), sizeOf(t, w.Nora), headcount(t, w.Store, now)
	for range 3 {
		w.Write(w.Nora, func(tx *store.Tx) error { tx.Audit(audit.Line{At: now, Act: audit.Listed}); return nil })
	}
	_ = w.Nora.Write(t.Context(), func(*store.Tx) error { return context.Canceled }) // not acknowledged
	w.Write(w.Nora, func(tx *store.Tx) error { return storetest.File(tx, w.CB, "c", "24-017", "K", nil) })
	w.Write(w.Store.Node(), func(tx *store.Tx) error {
		return errors.Join(tx.AddPerson(access.Person{ID: "a", Login: "a", Created: now}), tx.AddPerson(access.Person{ID: "b", Login: "b", Created: now, Ended: now}),
			tx.AddSession(access.Session{Hash: "h1", Person: "a", Created: now, Seen: now, Ends: now.Add(time.Hour)}),
			tx.AddSession(access.Session{Hash: "h2", Person: "a", Created: now, Seen: now, Ends: now}))
	})
	if p := w.Store.Pulse(); p.Written-before.Written != 5 || p.Waiting != 0 {
		t.Errorf("%+v after %+v", p, before)
	}
	if got := sizeOf(t, w.Nora); got.Cases != size.Cases+1 || got.Revisions != size.Revisions+1 || got.Lines < size.Lines+3 {
		t.Errorf("%+v after %+v", got, size)
	}
	if got := headcount(t, w.Store, now); got.People != people.People+1 || got.Sessions != people.Sessions+1 {
		t.Errorf("%+v after %+v", got, people)
	}
	if steps := w.Store.Steps(); len(steps) == 0 || steps[0] != "0001_begin" || !slices.IsSorted(steps) {
		t.Error(steps)
	}
	if len(w.Store.Opened()) < 2 {
		t.Error("two registers are open")
	}
}

func sizeOf(t *testing.T, r *store.Register) store.Size {
	t.Helper()
	s, err := r.Size(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func headcount(t *testing.T, s *store.Store, now time.Time) store.Headcount {
	t.Helper()
	n, err := s.Headcount(t.Context(), now)
	if err != nil {
		t.Fatal(err)
	}
	return n
}
