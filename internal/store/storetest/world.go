// Package storetest is the contract of the store: what must hold on every database it
// keeps registers in. [Run] checks all of it on one. The package is for tests, and is never
// part of the program.
package storetest

import (
	"errors"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/codebook"
	"foljsam/internal/fault"
	"foljsam/internal/place"
	"foljsam/internal/record"
	"foljsam/internal/store"
)

// Now is when everything in these tests happens.
var Now = time.Date(2026, 11, 22, 14, 2, 3, 456789000, time.UTC)

// World is an installation with two registers, Nora and Ale.
type World struct {
	T     testing.TB
	CB    *codebook.Codebook
	Store *store.Store
	Nora  *store.Register
	Ale   *store.Register
}

// NewWorld makes the two registers in an empty installation.
func NewWorld(t testing.TB, s *store.Store) *World {
	t.Helper()
	w := &World{T: t, CB: codebook.Default(), Store: s}
	w.Nora, w.Ale = w.add("nora", "1884"), w.add("ale", "1440")
	return w
}

func (w *World) add(id, area string) *store.Register {
	w.T.Helper()
	units := []place.Unit{{ID: "vuxen", Name: "Enhet Vuxen", Area: area, From: Now}}
	if err := w.Store.AddRegister(w.T.Context(), place.Register{ID: id, Name: "Socialnämnden i " + id, Controller: "Nämnden", Unit: area, Created: Now}, units); err != nil {
		w.T.Fatal(err)
	}
	r, err := w.Store.Register(w.T.Context(), id)
	if err != nil {
		w.T.Fatal(err)
	}
	return r
}

// Write writes, and fails the test where that fails.
func (w *World) Write(r *store.Register, do func(*store.Tx) error) {
	w.T.Helper()
	if err := r.Write(w.T.Context(), do); err != nil {
		w.T.Fatal(err)
	}
}

// Read reads, and fails the test where that fails.
func (w *World) Read(r *store.Register, do func(*store.Tx) error) {
	w.T.Helper()
	if err := r.Read(w.T.Context(), do); err != nil {
		w.T.Fatal(err)
	}
}

// Case gives a new case that is not filed yet, and what its first save changed. Without
// answers, the age is one.
func Case(cb *codebook.Codebook, id string, answers map[string]record.Answer) (*record.Filed, []record.Change, error) {
	if answers == nil {
		answers = map[string]record.Answer{"14": Text("30")}
	}
	c := &record.Filed{ID: id, Unit: "vuxen", Worker: "p1", Code: "code-" + id, Client: "client-" + id, Codebook: "su-kvinnofrid/2021", Created: Now, Changed: Now, By: "p1", Form: record.NewForm()}
	changes, err := c.Form.Set(cb, answers)
	return c, changes, err
}

// Text is an answer.
func Text(value string) record.Answer { return record.Answer{Value: value} }

// File files a new case with its codes, revision and audit line.
func File(tx *store.Tx, cb *codebook.Codebook, id, code, client string, answers map[string]record.Answer) error {
	c, changes, err := Case(cb, id, answers)
	if err != nil {
		return err
	}
	if err := tx.PutCodes(c, code, client); err != nil {
		return err
	}
	tx.Audit(audit.Line{At: Now, Person: "p1", Role: string(access.Caseworker), Act: audit.Opened, Case: id, Bound: []string{c.Unit, c.Codebook}})
	return tx.AddCase(cb, c, store.Revision{Version: c.Form.Version, At: Now, Person: "p1", Role: string(access.Caseworker), Act: audit.Opened, Changes: changes})
}

// Answer reads a case, answers some of it and saves it, where that changes anything.
func Answer(tx *store.Tx, cb *codebook.Codebook, id string, answers map[string]record.Answer) error {
	c, err := tx.Case(id)
	if err != nil {
		return err
	}
	return Save(tx, cb, c, answers)
}

// Save answers some of a case that was read before, and saves it.
func Save(tx *store.Tx, cb *codebook.Codebook, c *record.Filed, answers map[string]record.Answer) error {
	changes, err := c.Form.Set(cb, answers)
	if err != nil || len(changes) == 0 {
		return err
	}
	tx.Audit(audit.Line{At: Now, Person: "p1", Role: string(access.Caseworker), Act: audit.Changed, Case: c.ID})
	return tx.SaveCase(cb, c, store.Revision{Version: c.Form.Version, At: Now, Person: "p1", Role: string(access.Caseworker), Act: audit.Changed, Changes: changes})
}

// Folder opens an installation in a folder of its own, which is closed with the test.
func Folder(t testing.TB) *store.Store {
	t.Helper()
	dir := t.TempDir()
	return Open(t, store.Options{Folder: filepath.Join(dir, "data")}, filepath.Join(dir, "nycklar"))
}

// Open opens an installation with a key file; it is closed with the test.
func Open(t testing.TB, o store.Options, keyFile string) *store.Store {
	t.Helper()
	var err error
	if o.Keys, err = store.OpenKeys(keyFile); err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// Wants fails the test unless an error is of a kind and has a text key.
func Wants(t testing.TB, err error, kind fault.Kind, key string) {
	t.Helper()
	var e *fault.Error
	if !errors.As(err, &e) || e.Kind != kind || e.Key != key {
		t.Errorf("got %v; want %s", err, key)
	}
}

// Whole fails the test unless everything in a register hangs together: the log's chain is
// whole and ends at its head, and every case is what its revisions made of it.
func Whole(t testing.TB, r *store.Register) {
	t.Helper()
	if _, err := r.VerifyAudit(t.Context()); err != nil {
		t.Error(err)
	}
	var all []*record.Filed
	err := r.Read(t.Context(), func(tx *store.Tx) error {
		return tx.EachCase(func(c *record.Filed) error { all = append(all, c); return nil })
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range all {
		err := r.Read(t.Context(), func(tx *store.Tx) error {
			revisions, err := tx.Revisions(c.ID)
			if err == nil {
				err = follows(c, revisions)
			}
			return err
		})
		if err != nil {
			t.Errorf("case %s: %v", c.ID, err)
		}
	}
}

// follows plays the revisions of a case from an empty form.
func follows(c *record.Filed, revisions []store.Revision) error {
	answers := map[string]record.Answer{}
	for i, rev := range revisions {
		if rev.Version != i+1 {
			return fmt.Errorf("revision %d has number %d", i+1, rev.Version)
		}
		for _, change := range rev.Changes {
			if answers[change.Field] != change.Old {
				return fmt.Errorf("revision %d says that another answer stood before", rev.Version)
			}
			answers[change.Field] = change.New
		}
	}
	if c.Form.Version != len(revisions) || len(answers) != len(c.Form.Answers) {
		return fmt.Errorf("version %d with %d fields, but %d revisions with %d", c.Form.Version, len(c.Form.Answers), len(revisions), len(answers))
	}
	for field, a := range answers {
		if c.Form.Answers[field] != a {
			return errors.New("an answer is not what the last revision made it")
		}
	}
	return nil
}
