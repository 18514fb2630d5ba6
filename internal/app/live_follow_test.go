package app

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/codebook"
	"foljsam/internal/fault"
	"foljsam/internal/place"
	"foljsam/internal/query"
	"foljsam/internal/store"
	"foljsam/internal/store/storetest"
)

// twoOnPostgres gives two programs that serve one database, each with its own memory. Their
// clock is the same.
func twoOnPostgres(t *testing.T) (here, there *house) {
	t.Helper()
	_, address := storetest.StartPostgres(t).Database()
	keys := filepath.Join(t.TempDir(), "nycklar")
	all := [2]*house{}
	for i := range all {
		s := storetest.Open(t, store.Options{Address: address}, keys)
		h := &house{time: time.Date(2026, 11, 22, 14, 2, 0, 0, time.UTC), store: s}
		h.App = New(Options{Store: s, Codebook: codebook.Default(), Now: func() time.Time { return h.time }})
		all[i] = h
	}
	return all[0], all[1]
}

// figures says the same of a register wherever it is asked.
func (h *house) figures(t *testing.T, by access.Actor, unit string) (closed, answered, cases int64) {
	t.Helper()
	f, err := h.Feedback(t.Context(), by, unit)
	if err != nil {
		t.Fatal(err)
	}
	c, err := h.Completeness(t.Context(), h.leader(by.Register), Period{Unit: unit})
	if err != nil {
		t.Fatal(err)
	}
	n, base := rowIn(c.Questions, 0, "14")
	return f.Closed.Int(), n[query.WithAnswer], base
}

func TestFiguresFollowWhatAnotherProgramSaves(t *testing.T) {
	here, there := twoOnPostgres(t)
	w := here.begin(t)
	unit := w.Units[0].ID
	want := func(when string, h *house, closed, answered, cases int64) {
		t.Helper()
		if a, b, c := h.figures(t, w.Actor, unit); a != closed || b != answered || c != cases {
			t.Errorf("%s: %d closed, %d answered, %d cases; want %d, %d, %d", when, a, b, c, closed, answered, cases)
		}
	}
	one := here.open(t, w, "1", map[string]string{"5": "2026-01-10"})
	want("before", here, 0, 0, 1)
	want("before, there", there, 0, 0, 1)

	there.save(t, w.Actor, one, "14", "1", 9)
	there.open(t, w, "2", map[string]string{"5": "2026-01-10", "256": "2026-02-01"})
	want("saved there", here, 1, 1, 2)
	here.save(t, w.Actor, one, "256", "2026-03-01", 9)
	want("closed here", there, 2, 1, 2)
	if s, err := there.Undo(t.Context(), w.Actor, one, 3); err != nil || len(s.Changed) == 0 {
		t.Fatal(s, err)
	}
	want("undone there", here, 1, 1, 2)

	// A unit that is new there, with a case in it.
	there.unit(t, w.Register, place.Unit{ID: "norr", Name: "Norr", Area: "1884", From: here.time.AddDate(-1, 0, 0)})
	bo := there.colleague(t, w, "bo", "norr")
	if _, err := there.OpenCase(t.Context(), bo, NewCase{Unit: "norr", Case: "3", Client: "3"}); err != nil {
		t.Fatal(err)
	}
	here.time = here.time.Add(memory)
	unit = "norr"
	if _, answered, cases := here.figures(t, bo, unit); answered != 0 || cases != 1 {
		t.Errorf("a new unit's case is not here: %d", cases)
	}

	// A case that was deleted there.
	r, err := there.store.Register(t.Context(), w.Register)
	if err != nil {
		t.Fatal(err)
	}
	err = r.Write(t.Context(), func(tx *store.Tx) error {
		if err := tx.ProposeRetention(store.Retention{ID: "g1", Proposed: here.time, ProposedBy: "p"}, []string{one}); err != nil {
			return err
		}
		tx.Audit(there.line(w.Actor, audit.Retained, ""))
		_, err := tx.DeleteCase(one)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	unit = w.Units[0].ID
	want("deleted there", here, 1, 0, 1)
}

// Where nothing has happened nothing is read.
func TestWhatHasNotMovedIsNotReadAgain(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	h.open(t, w, "1", map[string]string{"5": "2026-01-10"})
	h.figures(t, w.Actor, w.Units[0].ID)
	l := h.liveEntry(w.Register)
	seq := l.seq
	r, err := h.register(t.Context(), w.Actor)
	if err != nil {
		t.Fatal(err)
	}
	head, err := r.VerifyAudit(t.Context())
	if err != nil || seq != head.Seq {
		t.Errorf("read to %d of %d: %v", seq, head.Seq, err)
	}
}

// A session that was ended in one program is dead in the other within the memory's time.
func TestASessionEndedElsewhereDies(t *testing.T) {
	here, there := twoOnPostgres(t)
	here.begin(t)
	in, err := here.SignIn(t.Context(), "alm", "ett långt lösenord", "")
	if err != nil {
		t.Fatal(err)
	}
	secret := in.Secret
	here.who(t, secret)
	if err := there.SignOut(context.Background(), secret); err != nil {
		t.Fatal(err)
	}
	here.time = here.time.Add(15 * time.Second)
	if _, err := here.Who(t.Context(), secret); fault.KindOf(err) != fault.Refused {
		t.Errorf("it lives: %v", err)
	}
	here.who(t, func() string {
		s, err := here.SignIn(t.Context(), "alm", "ett långt lösenord", "")
		if err != nil {
			t.Fatal(err)
		}
		return s.Secret
	}())
}
