package app

import (
	"testing"

	"foljsam/internal/record"
)

// A case that is saved while the others cannot be read (the register is closed, the disk fails)
// is on disk, and is read with the others when somebody asks again.
func TestASaveWhileReadingFailsHarmsNothing(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	r, err := h.store.Register(t.Context(), w.Actor.Register)
	if err != nil {
		t.Fatal(err)
	}
	form := record.NewForm()
	if _, err := form.Set(h.book, map[string]record.Answer{"14": {Value: "1"}}); err != nil {
		t.Fatal(err)
	}
	l := &live{ready: make(chan struct{}), begun: true, later: []*record.Filed{{ID: "x", Form: form, Codebook: h.book.Named()}}}
	if err := h.store.Close(); err != nil {
		t.Fatal(err)
	}
	ready := l.ready
	h.load(r, l, ready)
	if <-ready; l.failed() == nil || l.ready != nil || len(l.later) != 0 {
		t.Error(l.err, l.ready, l.later)
	}
}
