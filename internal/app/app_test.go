package app

import (
	"context"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/codebook"
	"foljsam/internal/fault"
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
	p := access.Person{ID: newID(), Login: name, Name: name, Password: hashPassword("ett annat lösenord"), Created: h.time}
	g := access.Grant{Person: p.ID, Register: w.Register, Unit: unit, Role: access.Caseworker, From: h.time}
	err := h.store.Node().Write(t.Context(), func(tx *store.Tx) error {
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

func TestAWholeCase(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	id := h.open(t, w, "24-017", map[string]string{"5": "2026-11-01", "15": "34", "14": "1"})
	v, err := h.Case(t.Context(), w.Actor, id)
	if err != nil || v.CaseCode != "24-017" || v.ClientCode != "K-24-017" || v.UnitName != "Enhet Vuxen" || v.Worker != "Alm" {
		t.Fatalf("%+v %v", v, err)
	}
	if s := h.save(t, w.Actor, id, "59", "2", 0); len(s.Changed) != 1 || s.Act != audit.Changed {
		t.Errorf("%+v", s)
	}
	row, _, err := h.AddRow(t.Context(), w.Actor, id, codebook.OfSupport)
	if err != nil || row != "1" {
		t.Fatal(row, err)
	}
	h.save(t, w.Actor, id, "insats.1.118", "3|4", 0)
	h.save(t, w.Actor, id, "192", "1", 0)
	if s := h.save(t, w.Actor, id, "256", "2026-11-20", 0); s.Act != audit.Closed || s.View.Cover.Standing != record.Shut {
		t.Errorf("%+v", s)
	}
	f, err := h.Feedback(t.Context(), w.Actor, w.Units[0].ID)
	if err != nil || f.Closed.Int() != 1 || f.Whole.Int() != 1 || f.Partly.Int() != 0 {
		t.Errorf("%+v %v", f, err)
	}
	id2 := h.open(t, w, "24-018", map[string]string{"5": "2026-11-01", "256": "2026-11-02", "192": "2"})
	f, err = h.Feedback(t.Context(), w.Actor, w.Units[0].ID)
	if err != nil || f.Closed.Int() != 2 || f.Partly.Int() != 1 {
		t.Errorf("live columns do not follow: %+v %v", f, err)
	}
	if s := h.save(t, w.Actor, id2, "uteslut", "5", 0); s.Act != audit.Excluded {
		t.Errorf("%+v", s.Act)
	}
	if f, err = h.Feedback(t.Context(), w.Actor, w.Units[0].ID); err != nil || f.Closed.Int() != 1 {
		t.Errorf("an excluded case is counted: %+v %v", f, err)
	}
	if s := h.save(t, w.Actor, id2, "uteslut", "", 99); s.Act != audit.Included {
		t.Errorf("%+v", s.Act)
	}
	if s := h.save(t, w.Actor, id, "256", "", 99); s.Act != audit.Reopened {
		t.Errorf("%+v", s.Act)
	}
	want := []audit.Act{audit.Opened, audit.Read, audit.Changed, audit.Changed, audit.Changed, audit.Changed, audit.Closed, audit.Opened, audit.Excluded, audit.Included, audit.Reopened}
	if acts := h.acts(t, w.Register); !slices.Equal(acts, want) {
		t.Errorf("log %v\nwant %v", acts, want)
	}
}

func TestTwoPeopleInOneCase(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	other := h.colleague(t, w, "Björk", w.Units[0].ID)
	id := h.open(t, w, "1", map[string]string{"5": "2026-11-01"})
	h.save(t, w.Actor, id, "14", "1", 0)
	s := h.save(t, other, id, "14", "2", 0)
	if len(s.Conflicts) != 1 || len(s.Changed) != 0 || s.Conflicts[0].By != "Alm" || s.Conflicts[0].Theirs.Value != "1" || s.Conflicts[0].Mine.Value != "2" {
		t.Fatalf("%+v", s)
	}
	if s = h.save(t, other, id, "14", "1", 0); len(s.Conflicts) != 0 || len(s.Changed) != 0 {
		t.Errorf("the same answer is no conflict: %+v", s)
	}
	if s = h.save(t, other, id, "20", "1", 0); len(s.Changed) != 1 {
		t.Errorf("another field is no conflict: %+v", s)
	}
	if s = h.save(t, other, id, "14", "", 0); len(s.Conflicts) != 0 || s.View.Filed.Form.Get("14").Value != "1" {
		t.Errorf("what the person did not touch is no edit: %+v", s)
	}
	if s = h.save(t, other, id, "14", "2", s.View.Filed.Form.Get("14").Version); len(s.Changed) != 1 {
		t.Errorf("having seen it, one may change it: %+v", s)
	}
}

func TestGoodAnswersLiveOnBesideABadOne(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	id := h.open(t, w, "1", nil)
	s, err := h.Save(t.Context(), w.Actor, id, []Edit{{Field: "15", Answer: record.Answer{Value: "gammal"}}, {Field: "14", Answer: record.Answer{Value: "1"}}})
	if err != nil || len(s.Refused) != 1 || s.Refused[0].Field != "15" || !slices.Equal(s.Changed, []string{"14"}) {
		t.Fatalf("%+v %v", s, err)
	}
}

func TestUndoPutsBackAndKeepsTheHistory(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	id := h.open(t, w, "1", map[string]string{"14": "1"})
	s := h.save(t, w.Actor, id, "14", "2", 1)
	if s, err := h.Undo(t.Context(), w.Actor, id, s.View.Filed.Form.Version); err != nil || s.View.Filed.Form.Get("14").Value != "1" || s.Act != audit.Undid {
		t.Fatalf("%+v %v", s, err)
	}
	_, entries, err := h.History(t.Context(), w.Actor, id, "14")
	if err != nil || len(entries) != 3 || !entries[0].CanUndo || entries[1].CanUndo || entries[2].CanUndo {
		t.Fatalf("%+v %v", entries, err)
	}
	if _, err := h.Undo(t.Context(), w.Actor, id, 2); fault.KindOf(err) != fault.Conflict {
		t.Errorf("undoing what was changed since: %v", err)
	}
}

func TestAnotherUnitsCaseIsRefusedAndLogged(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	other := h.colleague(t, w, "Björk", "another")
	id := h.open(t, w, "24-017", nil)
	if _, err := h.Case(t.Context(), other, id); fault.KindOf(err) != fault.Refused {
		t.Error(err)
	}
	if _, err := h.Save(t.Context(), other, id, []Edit{{Field: "14", Answer: record.Answer{Value: "1"}}}); fault.KindOf(err) != fault.Refused {
		t.Error(err)
	}
	if acts := h.acts(t, w.Register); !slices.Equal(acts, []audit.Act{audit.Opened, audit.Refused, audit.Refused}) {
		t.Error(acts)
	}
}

func TestReadingIsLoggedOnceAQuarter(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	id := h.open(t, w, "1", nil)
	for range 3 {
		if _, err := h.Case(t.Context(), w.Actor, id); err != nil {
			t.Fatal(err)
		}
	}
	h.time = h.time.Add(15 * time.Minute)
	if _, err := h.Case(t.Context(), w.Actor, id); err != nil {
		t.Fatal(err)
	}
	if acts := h.acts(t, w.Register); !slices.Equal(acts, []audit.Act{audit.Opened, audit.Read, audit.Read}) {
		t.Error(acts)
	}
}

func TestSigningIn(t *testing.T) {
	h := newHouse(t, false)
	h.begin(t)
	secret, err := h.SignIn(t.Context(), " ALM ", "ett långt lösenord")
	if err != nil {
		t.Fatal(err)
	}
	if w := h.who(t, secret); w.Person.Name != "Alm" || w.At.Name != "Socialnämnden i Nora" {
		t.Errorf("%+v", w)
	}
	for range 3 {
		if _, err := h.SignIn(t.Context(), "alm", "fel"); fault.KindOf(err) != fault.Refused {
			t.Error(err)
		}
	}
	if _, err := h.SignIn(t.Context(), "alm", "ett långt lösenord"); err == nil {
		t.Error("wrong tries cost no time")
	}
	h.time = h.time.Add(2 * time.Second)
	if _, err := h.SignIn(t.Context(), "alm", "ett långt lösenord"); err != nil {
		t.Error(err)
	}
	h.time = h.time.Add(idle + time.Minute)
	if _, err := h.Who(t.Context(), secret); fault.KindOf(err) != fault.Refused {
		t.Error("an unused session lives on:", err)
	}
	if _, err := h.FirstCode(t.Context()); err != nil {
		t.Error(err)
	}
	if _, err := h.Begin(t.Context(), First{Code: "", Name: "X", Login: "x", Password: "ett långt lösenord", Register: "Y", Area: "1884", Unit: "Z"}); fault.KindOf(err) != fault.Refused {
		t.Error("somebody could begin twice:", err)
	}
}

func TestTheListsOfAPerson(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	old := h.open(t, w, "A-1", map[string]string{"5": "2025-01-01"})
	h.open(t, w, "A-2", map[string]string{"5": "2026-01-01", "risk.1.datum": "2026-10-01", "risk.1.nasta": "2026-11-25"})
	todo, err := h.ToDo(t.Context(), w.Actor)
	if err != nil || len(todo.Missing) != 2 || todo.Missing[0].ID != old || todo.Missing[0].CaseCode != "A-1" || len(todo.Due) != 1 || todo.Due[0].CaseCode != "A-2" || todo.Open != 2 {
		t.Fatalf("%+v %v", todo, err)
	}
	list, err := h.Cases(t.Context(), w.Actor, Filter{Code: "a-1"})
	if err != nil || list.Of != 1 || list.Cases[0].ID != old {
		t.Errorf("%+v %v", list, err)
	}
	if list, err = h.Cases(t.Context(), w.Actor, Filter{Code: "B-1"}); err != nil || list.Of != 0 {
		t.Errorf("%+v %v", list, err)
	}
	if list, err = h.Walk(t.Context(), w.Actor, w.Units[0].ID, 0); err != nil || list.Of != 2 || list.Cases[0].Worker != "Alm" {
		t.Errorf("%+v %v", list, err)
	}
}

func TestADemonstrationIsFilledAndNeverMixed(t *testing.T) {
	h := newHouse(t, true)
	if err := h.CheckKind(t.Context()); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	if err := h.FillDemo(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Log("filled in", time.Since(began))
	all, err := h.Personas(t.Context())
	if err != nil || len(all) != 34*5 {
		t.Fatal(len(all), err)
	}
	n := 0
	for _, x := range all {
		if x.Role != access.Coordinator {
			continue
		}
		secret, err := h.BeAs(t.Context(), x.Person)
		if err != nil {
			t.Fatal(err)
		}
		list, err := h.Cases(t.Context(), h.who(t, secret).Actor, Filter{})
		if err != nil {
			t.Fatal(err)
		}
		n += list.Of
	}
	if n != 3070 {
		t.Errorf("%d cases", n)
	}
	real := New(Options{Store: h.store, Codebook: codebook.Default()})
	if err := real.CheckKind(context.Background()); err == nil {
		t.Error("somebody's work may be done on a demonstration's data")
	}
}
