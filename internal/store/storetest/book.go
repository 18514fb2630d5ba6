package storetest

import (
	"errors"
	"testing"

	"foljsam/internal/fault"
	"foljsam/internal/store"
)

// booksArePublished: a version once published stands; a draft is nobody's to write over.
func booksArePublished(w *World) {
	w.Write(w.Nora, func(tx *store.Tx) error {
		return errors.Join(tx.AddBook(store.BookVersion{Version: 1, Content: "ett", Note: "först", At: Now, Person: "p1"}),
			tx.AddBook(store.BookVersion{Version: 2, Content: "två", At: Now, Person: "p1"}),
			tx.PutBookDraft(store.BookDraft{Base: 2, Content: "tre", At: Now, Person: "p1"}))
	})
	Wants(w.T, w.Nora.Write(w.T.Context(), func(tx *store.Tx) error { return tx.AddBook(store.BookVersion{Version: 2, Content: "annat"}) }), fault.Conflict, "variables.published_meanwhile")
	w.Write(w.Nora, func(tx *store.Tx) error {
		return tx.PutBookDraft(store.BookDraft{Version: 1, Base: 2, Content: "fyra", At: Now, Person: "p2"})
	})
	for _, seen := range []int{0, 1} {
		err := w.Nora.Write(w.T.Context(), func(tx *store.Tx) error { return tx.PutBookDraft(store.BookDraft{Version: seen, Content: "borta"}) })
		Wants(w.T, err, fault.Conflict, "variables.changed_meanwhile")
	}
	w.Read(w.Nora, func(tx *store.Tx) error { wantBooks(w.T, tx); return nil })
}

func wantBooks(t testing.TB, tx *store.Tx) {
	all, err := tx.Books()
	last, err2 := tx.LastBook()
	if errors.Join(err, err2) != nil || len(all) != 2 || all[0].Version != 2 || last != 2 || all[1].Note != "först" || all[1].Hash != store.HashOfBook("ett") {
		t.Errorf("%+v %d %v %v", all, last, err, err2)
	}
	b, err := tx.Book(1)
	if err != nil || b.Content != "ett" || !b.At.Equal(Now) {
		t.Errorf("%+v %v", b, err)
	}
	_, err = tx.Book(3)
	Wants(t, err, fault.NotFound, "variables.no_version")
	d, err := tx.BookDraft()
	if err != nil || d.Version != 2 || d.Content != "fyra" || d.Person != "p2" {
		t.Errorf("%+v %v", d, err)
	}
}
