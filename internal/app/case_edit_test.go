package app

import (
	"errors"
	"slices"
	"testing"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/codebook"
	"foljsam/internal/fault"
	"foljsam/internal/place"
	"foljsam/internal/record"
	"foljsam/internal/store"
)

// explicit answers one field, as a page's script does.
func (h *house) explicit(t *testing.T, by access.Actor, id, field, value string, seen int) Saved {
	t.Helper()
	s, err := h.Save(t.Context(), by, id, []Edit{{Field: field, Answer: record.Answer{Value: value}, Seen: seen, Explicit: true}})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// unit adds a unit to the register.
func (h *house) unit(t *testing.T, register string, u place.Unit) {
	t.Helper()
	r, err := h.store.Register(t.Context(), register)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Write(t.Context(), func(tx *store.Tx) error { return tx.PutUnit(u) }); err != nil {
		t.Fatal(err)
	}
	h.time = h.time.Add(memory)
}

func TestOnesOwnLostSaveIsNoConflict(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	other := h.colleague(t, w, "Björk", w.Units[0].ID)
	id := h.open(t, w, "1", nil)
	for _, value := range []string{"1", "", "2"} { // the page has heard of none of them
		if s := h.explicit(t, w.Actor, id, "14", value, 0); len(s.Conflicts) != 0 || s.View.Filed.Form.Get("14").Value != value {
			t.Errorf("%q: %+v", value, s)
		}
	}
	for _, value := range []string{"1", ""} {
		if s := h.explicit(t, other, id, "14", value, 0); len(s.Conflicts) != 1 || s.Conflicts[0].By != "Alm" || s.View.Filed.Form.Get("14").Value != "2" {
			t.Errorf("somebody else's, %q: %+v", value, s)
		}
	}
	version := h.explicit(t, other, id, "14", "1", 4).View.Filed.Form.Version
	if s := h.explicit(t, w.Actor, id, "14", "2", version-1); len(s.Conflicts) != 1 || s.Conflicts[0].By != "Björk" {
		t.Errorf("one save behind: %+v", s)
	}
}

func TestOneSaveBehindIsBehind(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	other := h.colleague(t, w, "Björk", w.Units[0].ID)
	id := h.open(t, w, "1", nil)
	h.save(t, w.Actor, id, "14", "1", 0)
	h.save(t, w.Actor, id, "14", "2", 2)
	if s := h.save(t, other, id, "14", "1", 2); len(s.Conflicts) != 0 || len(s.Changed) != 0 {
		t.Errorf("what the page showed is not touched: %+v", s)
	}
	if s := h.save(t, other, id, "14", "", 2); len(s.Conflicts) != 1 || len(s.Changed) != 0 {
		t.Errorf("what it did not show is: %+v", s)
	}
}

func TestAnAnswerInARemovedRowIsRefused(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	id := h.open(t, w, "1", map[string]string{"insats.1.118": "3"})
	edit := func(field string, a record.Answer) Edit { return Edit{Field: field, Answer: a, Seen: 99} }
	save := func(edits ...Edit) Saved {
		s, err := h.Save(t.Context(), w.Actor, id, edits)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	save(edit("insats.1", record.Answer{State: record.Removed}))
	s := save(edit("insats.1.118", record.Answer{Value: "4"}), edit("14", record.Answer{Value: "1"}))
	if len(s.Refused) != 1 || keyOf(s.Refused[0].Err) != "record.row_removed" || !slices.Equal(s.Changed, []string{"14"}) {
		t.Errorf("%+v", s)
	}
	if s = save(edit("insats.1.118", record.Answer{Value: "3"})); len(s.Refused) != 0 {
		t.Errorf("what stands there is no answer: %+v", s)
	}
	if s = save(edit("insats.1", record.Answer{State: record.Present}), edit("insats.1.118", record.Answer{Value: "4"})); len(s.Refused) != 0 || len(s.Changed) != 2 {
		t.Errorf("put back: %+v", s)
	}
}

func TestWhatTheRegisterFillsInNobodyAnswers(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	id := h.open(t, w, "1", nil)
	for _, role := range []codebook.Role{codebook.Municipality, codebook.Caseworker, codebook.Client} {
		field := h.book.Role(role).Key()
		if s := h.save(t, w.Actor, id, field, "0180", 99); len(s.Refused) != 1 || len(s.Changed) != 0 {
			t.Errorf("%s: %+v", role, s)
		}
		_, err := h.OpenCase(t.Context(), w.Actor, NewCase{Unit: w.Units[0].ID, Case: "2", Client: "K", Answers: map[string]record.Answer{field: {Value: "0180"}}})
		if keyOf(err) != "record.no_such_field" {
			t.Errorf("%s: %v", role, err)
		}
	}
}

func TestACaseIsOpenedInAUnitThatHolds(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	everywhere := w.Actor
	everywhere.AllUnits = true
	h.unit(t, w.Register, place.Unit{ID: "old", Name: "Förr", Area: "1884", From: h.time.AddDate(-1, 0, 0), Till: h.time.AddDate(0, 0, 1)})
	w.Actor = everywhere
	id, err := h.OpenCase(t.Context(), everywhere, NewCase{Unit: "old", Case: "1", Client: "K"})
	if err != nil {
		t.Fatal(err)
	}
	h.time = h.time.AddDate(0, 0, 2)
	for _, unit := range []string{"", "nowhere", "old"} {
		if _, err := h.OpenCase(t.Context(), everywhere, NewCase{Unit: unit, Case: "2", Client: "K"}); keyOf(err) != "app.no_such_unit" {
			t.Errorf("%q: %v", unit, err)
		}
	}
	list, err := h.Cases(t.Context(), everywhere, Filter{})
	if err != nil || len(list.Cases) != 1 || list.Cases[0].ID != id || list.Cases[0].UnitName != "Förr" {
		t.Errorf("the ended unit's case is not in the list: %+v %v", list, err)
	}
}

func TestAShownCaseIsLoggedAsRead(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	id := h.open(t, w, "1", nil)
	other := h.colleague(t, w, "Björk", w.Units[0].ID)
	for range 2 {
		h.save(t, other, id, "15", "gammal", 99)
	}
	if acts := h.acts(t, w.Register); !slices.Equal(acts, []audit.Act{audit.Opened, audit.Read}) {
		t.Error(acts)
	}
}

// apart gives two who work in a unit each, and a case of the first.
func apart(t *testing.T) (h *house, w *Who, other access.Actor, id string) {
	h = newHouse(t, false)
	w = h.begin(t)
	h.unit(t, w.Register, place.Unit{ID: "b", Name: "Öppenvård", Area: "1884", From: h.time.AddDate(-1, 0, 0)})
	return h, w, h.colleague(t, w, "Björk", "b"), h.open(t, w, "24-017", nil)
}

func TestAnotherUnitsCaseIsNotInAnyList(t *testing.T) {
	h, w, other, id := apart(t)
	for _, f := range []Filter{{}, {Unit: w.Units[0].ID}, {Code: "24-017"}, {Standing: record.Open}} {
		if list, err := h.Cases(t.Context(), other, f); err != nil || len(list.Cases) != 0 || list.Of.N() != 0 {
			t.Errorf("%+v: %+v %v", f, list, err)
		}
	}
	if acts := h.acts(t, w.Register); !slices.Equal(acts, []audit.Act{audit.Opened, audit.Listed, audit.LookedUp}) {
		t.Error(acts)
	}
	moved := w.Actor
	moved.AllUnits, moved.Units = false, []string{"b"}
	if todo, err := h.ToDo(t.Context(), w.Actor); err != nil || todo.Last == nil || todo.Last.ID != id {
		t.Errorf("%+v %v", todo, err)
	}
	if todo, err := h.ToDo(t.Context(), moved); err != nil || todo.Last != nil {
		t.Errorf("somebody who has moved sees the case that they were last in: %+v %v", todo, err)
	}
}

func TestACodeThatAnotherUnitHas(t *testing.T) {
	h, w, other, id := apart(t)
	_, err := h.OpenCase(t.Context(), other, NewCase{Unit: "b", Case: "24-017", Client: "K"})
	if keyOf(err) != "app.code_taken_case" || fault.KindOf(err) != fault.Conflict {
		t.Error(err)
	}
	own, err := h.OpenCase(t.Context(), other, NewCase{Unit: "b", Case: "24-018", Client: "K"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.Recode(t.Context(), other, own, 1, "24-017", "K"); keyOf(err) != "app.code_taken_case" {
		t.Error(err)
	}
	if _, err := h.OpenCase(t.Context(), w.Actor, NewCase{Unit: w.Units[0].ID, Case: "24-017", Client: "K"}); keyOf(err) != "store.case_code_taken" {
		t.Error("who may see it is told:", err)
	}
	if _, err := h.OpenCase(t.Context(), other, NewCase{Unit: "b", Case: "24-019", Client: "K", Previous: id}); fault.KindOf(err) != fault.NotFound {
		t.Error("a link to a case that one may not see:", err)
	}
	if list, err := h.Cases(t.Context(), other, Filter{Code: "24-019"}); err != nil || list.Of.N() != 0 {
		t.Error("it was opened all the same", err)
	}
	want := []audit.Act{audit.Opened, audit.LookedUp, audit.Opened, audit.LookedUp, audit.LookedUp, audit.Refused, audit.LookedUp}
	if acts := h.acts(t, w.Register); !slices.Equal(acts, want) {
		t.Errorf("%v\nwant %v", acts, want)
	}
}

func TestLiveCasesFollowTheLatestSave(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	id := h.open(t, w, "1", map[string]string{"5": "2026-11-01"})
	v, err := h.Plain(t.Context(), w.Actor, id)
	if err != nil {
		t.Fatal(err)
	}
	old := v.Filed
	closed := h.save(t, w.Actor, id, "256", "2026-11-20", 0).View.Filed
	r, err := h.register(t.Context(), w.Actor)
	if err != nil {
		t.Fatal(err)
	}
	shut := func(l *live) bool { return len(l.cases) == 1 && l.cases[0].closed != record.NoDay }

	l := h.liveEntry(r.ID())
	h.mu.Lock()
	*l = live{begun: true, ready: make(chan struct{})}
	h.mu.Unlock()
	later := *closed
	later.ID = newID()
	h.follow(r.ID(), &later) // saved while the others are being read
	h.load(r, l, l.ready)
	if len(l.cases) != 2 || len(l.later) != 0 {
		t.Errorf("%d cases", len(l.cases))
	}

	*l = live{begun: true, ready: make(chan struct{})}
	h.load(r, l, l.ready)
	h.follow(r.ID(), old)
	if !shut(l) {
		t.Error("an earlier version wrote over a later one")
	}
	select {
	case <-l.ready:
	default:
		t.Error("nobody is told that the cases are there")
	}
}

func keyOf(err error) string {
	var e *fault.Error
	if !errors.As(err, &e) {
		return ""
	}
	return e.Key
}
