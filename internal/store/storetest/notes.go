package storetest

import (
	"errors"
	"time"

	"foljsam/internal/fault"
	"foljsam/internal/note"
	"foljsam/internal/store"
)

// notesStand: a note is kept as it was written, in its own register, until somebody ends it.
func notesStand(w *World) {
	first := note.Note{ID: "n1", Kind: note.Reflection, Unit: "e1", About: "/resultat/d/d05?ar=2025", Title: "Hur ofta?", Text: "Vi frågar oftare.\nPå riktigt.", Again: "2026-05-01", Made: Now, Person: "p1"}
	second := note.Note{ID: "n2", Kind: note.View, About: "/resultat", Title: "Året", Made: Now.Add(time.Second), Person: "p2"}
	w.Write(w.Nora, func(tx *store.Tx) error { return errors.Join(tx.AddNote(first), tx.AddNote(second)) })
	Wants(w.T, w.Nora.Write(w.T.Context(), func(tx *store.Tx) error { return tx.AddNote(note.Note{ID: "n3", Text: "a\x00b"}) }), fault.Invalid, "store.text")
	w.Read(w.Nora, func(tx *store.Tx) error {
		all, err := tx.Notes()
		if len(all) != 2 || all[0].ID != "n2" || !all[1].Made.Equal(Now) {
			w.T.Fatalf("%+v", all)
		}
		if got := all[1]; got.Text != first.Text || got.Again != first.Again || got.About != first.About || got.Unit != "e1" || got.Kind != note.Reflection {
			w.T.Errorf("%+v", got)
		}
		return err
	})
	w.Write(w.Nora, func(tx *store.Tx) error { return tx.EndNote("n1", "p2", Now) })
	Wants(w.T, w.Nora.Write(w.T.Context(), func(tx *store.Tx) error { return tx.EndNote("n1", "p2", Now) }), fault.NotFound, "result.no_note")
	w.Read(w.Nora, func(tx *store.Tx) error {
		all, err := tx.Notes()
		if len(all) != 1 {
			w.T.Errorf("%+v", all)
		}
		return err
	})
}
