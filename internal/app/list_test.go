package app

import (
	"fmt"
	"reflect"
	"testing"

	"foljsam/internal/codebook"
	"foljsam/internal/fault"
	"foljsam/internal/record"
)

func TestAPageFarBeyondTheListIsItsLast(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	h.open(t, w, "24-017", nil)
	for _, page := range []int{-1, 2000000000000, int(^uint(0) >> 1)} {
		list, err := h.Cases(t.Context(), w.Actor, Filter{Page: page})
		if err != nil || list.Page < 0 || list.Page > 19 {
			t.Errorf("page %d: %+v %v", page, list, err)
		}
		list, err = h.Walk(t.Context(), w.Actor, w.Units[0].ID, page)
		if err != nil || list.Page < 0 || list.Page > 19 {
			t.Errorf("page %d: %+v %v", page, list, err)
		}
	}
}

func TestACasesPlaceInAWalk(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	for i := range 60 {
		h.open(t, w, fmt.Sprint("24-", i), nil)
	}
	n := 0
	for page := range 2 {
		list, err := h.Walk(t.Context(), w.Actor, w.Units[0].ID, page)
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range list.Cases {
			if place, in, err := h.WalkPlace(t.Context(), w.Actor, x.Cover); err != nil || !in || place != n {
				t.Errorf("%d is at %d: %v %v", n, place, in, err)
			}
			n++
		}
	}
	gone := record.Cover{ID: "zz", Unit: w.Units[0].ID, Standing: record.Open, Intake: record.NoDay}
	if place, in, err := h.WalkPlace(t.Context(), w.Actor, gone); n != 60 || place != 60 || in || err != nil {
		t.Errorf("%d of %d: %v %v", place, n, in, err)
	}
	other := h.colleague(t, w, "bo", "another")
	if _, _, err := h.WalkPlace(t.Context(), other, gone); err == nil {
		t.Error("a place in another unit's walk is told")
	}
}

// A closed case waits behind all open ones, and leaves when its survey will not come.
func TestTheSurveyThatWillNotCome(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	closed := h.open(t, w, "24-001", map[string]string{"5": "2024-01-01"})
	h.open(t, w, "24-002", map[string]string{"5": "2026-01-01"})
	h.complete(t, w, closed, "256", codebook.Survey)
	h.save(t, w.Actor, closed, "202", "1", 99)
	todo := func() *ToDo {
		todo, err := h.ToDo(t.Context(), w.Actor)
		if err != nil || len(todo.Missing.Cases) != 1 || todo.Missing.Cases[0].CaseCode != "24-002" {
			t.Fatalf("%+v %v", todo, err)
		}
		return todo
	}
	if x := todo(); len(x.Closed.Cases) != 1 || x.Closed.Cases[0].ID != closed || x.Closed.Of.N() != 1 {
		t.Errorf("%+v", x.Closed)
	}
	list, err := h.Walk(t.Context(), w.Actor, w.Units[0].ID, 0)
	if err != nil || list.Of.N() != 2 || list.Cases[1].ID != closed {
		t.Errorf("the older, closed case stands first: %+v %v", list, err)
	}
	if place, in, err := h.WalkPlace(t.Context(), w.Actor, list.Cases[1].Cover); place != 1 || !in || err != nil {
		t.Errorf("%d %v %v", place, in, err)
	}
	saved, err := h.NotAsked(t.Context(), w.Actor, closed, SurveyMissed)
	if err != nil || len(saved.Changed) == 0 || saved.View.Cover.Missing != 0 || saved.View.Filed.Form.Get("202").Value != "1" {
		t.Fatalf("%+v %v", saved, err)
	}
	if x := todo(); len(x.Closed.Cases) != 0 || x.Last.ID != closed { // it was worked in before
		t.Errorf("%+v", x)
	}
	if x, err := h.SurveyOf(t.Context(), w.Actor, closed); err != nil || len(x.Asked) != 1 || x.Asked[0].State != SurveyMissed {
		t.Errorf("the reason is not kept: %+v %v", x, err)
	}
	if _, err := h.Undo(t.Context(), w.Actor, closed, saved.View.Filed.Form.Version); err != nil {
		t.Fatal(err)
	}
	if x := todo(); len(x.Closed.Cases) != 1 {
		t.Errorf("taken back: %+v", x)
	}
	other := h.colleague(t, w, "bo", "another")
	if _, err := h.NotAsked(t.Context(), other, closed, SurveyMissed); fault.KindOf(err) != fault.NotFound {
		t.Errorf("in another unit's case: %v", err)
	}
}

// complete answers a case's closing, and says of all else than a phase that it cannot be answered.
func (h *house) complete(t *testing.T, w *Who, id, closing string, but codebook.Phase) {
	t.Helper()
	h.save(t, w.Actor, id, closing, "2026-02-01", 99)
	for _, level := range []codebook.Level{codebook.OfSupport, codebook.OfRisk} {
		if _, _, err := h.AddRow(t.Context(), w.Actor, id, level); err != nil {
			t.Fatal(err)
		}
	}
	c, err := h.Case(t.Context(), w.Actor, id)
	if err != nil {
		t.Fatal(err)
	}
	var edits []Edit
	for _, p := range c.Progress {
		for _, field := range p.Missing {
			if p.Phase != but {
				edits = append(edits, Edit{Field: field, Answer: record.Answer{State: record.Impossible}, Seen: 99})
			}
		}
	}
	if s, err := h.Save(t.Context(), w.Actor, id, edits); err != nil || len(s.Refused) > 0 {
		t.Fatalf("%+v %v", s, err)
	}
}

// How many cases there are reaches a page only as what may be shown.
func TestNoListIsCountedInPlainNumbers(t *testing.T) {
	for _, x := range []any{ToDo{}, Lacking{}, CaseList{}} {
		kind := reflect.TypeOf(x)
		for i := range kind.NumField() {
			switch f := kind.Field(i); {
			case f.Name == "Page" || f.Name == "Pages":
			case f.Type.Kind() >= reflect.Int && f.Type.Kind() <= reflect.Float64:
				t.Errorf("%s.%s is a plain number", kind, f.Name)
			}
		}
	}
}
