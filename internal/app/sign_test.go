package app

import (
	"testing"
	"time"

	"foljsam/internal/fault"
)

func TestSigningIn(t *testing.T) {
	h := newHouse(t, false)
	h.begin(t)
	in, err := h.SignIn(t.Context(), " ALM ", "ett långt lösenord", "")
	if err != nil {
		t.Fatal(err)
	}
	secret := in.Secret
	if w := h.who(t, secret); w.Person.Name != "Alm" || w.At.Name != "Socialnämnden i Nora" {
		t.Errorf("%+v", w)
	}
	for range 3 {
		if _, err := h.SignIn(t.Context(), "alm", "fel", ""); fault.KindOf(err) != fault.Refused {
			t.Error(err)
		}
	}
	if _, err := h.SignIn(t.Context(), "alm", "ett långt lösenord", ""); err == nil {
		t.Error("wrong tries cost no time")
	}
	h.time = h.time.Add(2 * time.Second)
	if _, err := h.SignIn(t.Context(), "alm", "ett långt lösenord", ""); err != nil {
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
	if err != nil || len(todo.Missing.Cases) != 2 || todo.Missing.Cases[0].ID != old || todo.Missing.Cases[0].CaseCode != "A-1" || len(todo.Due) != 1 || todo.Due[0].CaseCode != "A-2" || !todo.Open {
		t.Fatalf("%+v %v", todo, err)
	}
	list, err := h.Cases(t.Context(), w.Actor, Filter{Code: "a-1"})
	if err != nil || list.Of.N() != 1 || list.Cases[0].ID != old {
		t.Errorf("%+v %v", list, err)
	}
	if list, err = h.Cases(t.Context(), w.Actor, Filter{Code: "B-1"}); err != nil || list.Of.N() != 0 {
		t.Errorf("%+v %v", list, err)
	}
	if list, err = h.Walk(t.Context(), w.Actor, w.Units[0].ID, 0); err != nil || list.Of.N() != 2 || list.Cases[0].Worker != "Alm" {
		t.Errorf("%+v %v", list, err)
	}
}
