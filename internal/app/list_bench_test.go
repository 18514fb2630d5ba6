package app

import (
	"fmt"
	"testing"

	"foljsam/internal/codebook"
	"foljsam/internal/record"
	"foljsam/internal/store"
)

// Lists in a register of a hundred thousand cases, in all of which something is missing, and
// one in a thousand of which the group should talk about.
func BenchmarkLists(b *testing.B) {
	h := newHouse(b, false)
	w := h.begin(b)
	fillRegister(b, h, w, 100_000)
	for name, see := range map[string]func() error{
		"to do":     func() error { _, err := h.ToDo(b.Context(), w.Actor); return err },
		"all":       func() error { _, err := h.Cases(b.Context(), w.Actor, Filter{}); return err },
		"all, last": func() error { _, err := h.Cases(b.Context(), w.Actor, Filter{Page: 1 << 40}); return err },
		"discuss":   func() error { _, err := h.Cases(b.Context(), w.Actor, Filter{Discuss: true}); return err },
		"missing":   func() error { _, err := h.Cases(b.Context(), w.Actor, Filter{Missing: true}); return err },
		"walk":      func() error { _, err := h.Walk(b.Context(), w.Actor, w.Units[0].ID, 0); return err },
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if err := see(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func fillRegister(b *testing.B, h *house, w *Who, n int) {
	r, err := h.register(b.Context(), w.Actor)
	if err != nil {
		b.Fatal(err)
	}
	const together = 1000
	for from := 0; from < n; from += together {
		err := r.Write(b.Context(), func(t *store.Tx) error {
			for i := from; i < from+together; i++ {
				form := record.NewForm()
				answers := map[string]record.Answer{h.book.Role(codebook.Intake).Key(): {Value: fmt.Sprintf("20%02d-%02d-01", 10+i%15, 1+i%12)}}
				if i%1000 == 0 {
					answers[codebook.Discuss] = record.Answer{Value: "ja"}
				}
				changes, err := form.Set(h.book, answers)
				if err != nil {
					return err
				}
				c := &record.Filed{ID: fmt.Sprintf("c%06d", i), Unit: w.Units[0].ID, Worker: w.Person.ID, Created: h.time, Changed: h.time, By: w.Person.ID, Form: form}
				if err := t.PutCodes(c, fmt.Sprint("A", i), fmt.Sprint("K", i)); err != nil {
					return err
				}
				if err := t.AddCase(h.book, c, store.Revision{Version: form.Version, At: h.time, Person: w.Person.ID, Changes: changes}); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}
