package app

import (
	"path/filepath"
	"testing"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/codebook"
	"foljsam/internal/record"
	"foljsam/internal/store"
)

// house is an installation in a folder of the test, whose clock the test moves.
type house struct {
	*App
	time  time.Time
	store *store.Store
}

func newHouse(t testing.TB, demo bool) *house {
	t.Helper()
	dir := t.TempDir()
	keys, err := store.OpenKeys(filepath.Join(dir, "nycklar"))
	if err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(t.Context(), store.Options{Folder: filepath.Join(dir, "data"), Keys: keys, Quick: demo})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	h := &house{time: time.Date(2026, 11, 22, 14, 2, 0, 0, time.UTC), store: s}
	h.App = New(Options{Store: s, Codebook: codebook.Default(), Now: func() time.Time { return h.time }, Demo: demo})
	return h
}

// begin makes the first register and gives who began it.
func (h *house) begin(t testing.TB) *Who {
	t.Helper()
	code, err := h.FirstCode(t.Context())
	if err != nil || code == "" {
		t.Fatal(code, err)
	}
	secret, err := h.Begin(t.Context(), First{Code: code, Name: "Alm", Login: "alm", Password: "ett långt lösenord", Register: "Socialnämnden i Nora", Controller: "Socialnämnden", Area: "1884", Unit: "Enhet Vuxen"})
	if err != nil {
		t.Fatal(err)
	}
	return h.who(t, secret)
}

func (h *house) who(t testing.TB, secret string) *Who {
	t.Helper()
	w, err := h.Who(t.Context(), secret)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// colleague adds somebody else in the register.
func (h *house) colleague(t *testing.T, w *Who, name, unit string) access.Actor {
	t.Helper()
	password, err := hashPassword(t.Context(), "ett annat lösenord")
	if err != nil {
		t.Fatal(err)
	}
	p := access.Person{ID: newID(), Login: name, Name: name, Password: password, Created: h.time}
	g := access.Grant{Person: p.ID, Register: w.Register, Unit: unit, Role: access.Caseworker, From: h.time}
	err = h.store.Node().Write(t.Context(), func(tx *store.Tx) error {
		if err := tx.AddPerson(p); err != nil {
			return err
		}
		return tx.AddGrant(g)
	})
	if err != nil {
		t.Fatal(err)
	}
	actor, ok := access.ActorOf(p, access.Caseworker, w.Register, []access.Grant{g}, h.time)
	if !ok {
		t.Fatal("no role")
	}
	return actor
}

func (h *house) open(t *testing.T, w *Who, code string, answers map[string]string) string {
	t.Helper()
	all := map[string]record.Answer{}
	for f, v := range answers {
		all[f] = record.Answer{Value: v}
	}
	id, err := h.OpenCase(t.Context(), w.Actor, NewCase{Unit: w.Units[0].ID, Case: code, Client: "K-" + code, Answers: all})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func (h *house) save(t *testing.T, by access.Actor, id, field, value string, seen int) Saved {
	t.Helper()
	s, err := h.Save(t.Context(), by, id, []Edit{{Field: field, Answer: record.Answer{Value: value}, Seen: seen}})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func (h *house) acts(t *testing.T, register string) (acts []audit.Act) {
	t.Helper()
	r, err := h.store.Register(t.Context(), register)
	if err != nil {
		t.Fatal(err)
	}
	err = r.Read(t.Context(), func(tx *store.Tx) error {
		lines, err := tx.AuditLines(0, 10_000)
		if err != nil {
			return err
		}
		if _, err := audit.Verify(audit.Head{}, lines); err != nil {
			t.Error(err)
		}
		for _, s := range lines {
			l, err := s.Read()
			if err != nil {
				return err
			}
			acts = append(acts, l.Act)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return acts
}
