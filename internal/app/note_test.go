package app

import (
	"testing"

	"foljsam/internal/fault"
	"foljsam/internal/note"
)

func TestAThoughtComesUpOnItsDay(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	unit := w.Units[0].ID
	found, err := h.KeepNote(t.Context(), w.Actor, note.Note{Kind: note.Reflection, Unit: unit, About: "/resultat/d/d05", Title: "Hur ofta?", Text: "Ring 070-123 45 67", Again: "2026-12-01"})
	if err != nil || len(found) == 0 {
		t.Fatal(found, err)
	}
	if _, err := h.KeepNote(t.Context(), w.Actor, note.Note{Kind: note.View, About: "/resultat?ar=2025", Title: "Året"}); err != nil {
		t.Fatal(err)
	}
	if _, err := h.KeepNote(t.Context(), w.Actor, note.Note{Kind: note.View, Unit: unit, About: "/resultat?enhet=" + unit, Title: "Enheten"}); err != nil {
		t.Fatal(err)
	}
	if due, err := h.LookAgain(t.Context(), w.Actor); err != nil || len(due) != 0 {
		t.Error(due, err)
	}
	h.time = h.time.AddDate(0, 0, 10)
	due, err := h.LookAgain(t.Context(), w.Actor)
	if err != nil || len(due) != 1 || due[0].Person != "Alm" {
		t.Fatal(due, err)
	}
	mate, other := h.colleague(t, w, "mate", unit), h.colleague(t, w, "other", "another")
	views, thoughts, err := h.Notes(t.Context(), mate)
	if err != nil || len(views) != 0 || len(thoughts) != 1 {
		t.Error("a colleague of the unit sees", views, thoughts, err)
	}
	if views, _, err := h.Notes(t.Context(), w.Actor); err != nil || len(views) != 2 {
		t.Error("whose views they are sees", views, err)
	}
	if _, thoughts, err := h.Notes(t.Context(), other); err != nil || len(thoughts) != 0 {
		t.Error("somebody of another unit sees", thoughts, err)
	}
	if err := h.EndNote(t.Context(), other, due[0].ID); fault.KindOf(err) != fault.NotFound {
		t.Error(err)
	}
	if err := h.EndNote(t.Context(), mate, due[0].ID); err != nil {
		t.Error(err)
	}
	if due, err := h.LookAgain(t.Context(), w.Actor); err != nil || len(due) != 0 {
		t.Error("it is done with, and comes up", due, err)
	}
}
