package storetest

import (
	"errors"
	"fmt"
	"sync"

	"foljsam/internal/codebook"
	"foljsam/internal/fault"
	"foljsam/internal/note"
	"foljsam/internal/store"
)

// coding is an exercise of two cases and two questions.
func coding(id string) *note.Coding {
	two := []note.Choice{{Code: 1, Label: codebook.Text{"sv": "Ja"}}, {Code: 2, Label: codebook.Text{"sv": "Nej"}}}
	return &note.Coding{ID: id, Title: "Våren", Cases: []note.Vignette{{Title: "A", Text: "Påhittat."}, {Title: "B", Text: "Också."}},
		Questions: []note.Question{{Key: "a", Label: codebook.Text{"sv": "A?"}, Options: two}, {Key: "b", Many: true, Label: codebook.Text{"sv": "B?"}, Options: two}},
		Units:     []string{"vuxen"}, Till: "2026-12-01", Made: Now, Person: "p1"}
}

// sheet answers every question alike.
func sheet(option int) note.Sheet { return note.Sheet{{{option}, {option}}, {{option}, {option}}} }

// codingsAreCounted: many answer an exercise at once, each once; what they chose is counted, and
// seen first when the exercise is closed. Then nothing tells who they were.
func codingsAreCounted(w *World) {
	c := coding("k1")
	w.Write(w.Nora, func(tx *store.Tx) error { return tx.AddCoding(c) })
	var wg sync.WaitGroup
	for i := range 7 {
		wg.Go(func() {
			for range 2 { // the second time is one too many
				err := w.Nora.Write(w.T.Context(), func(tx *store.Tx) error { return tx.AddCodingSheet(c, sheet(i%3), fmt.Sprint("p", i)) })
				if err != nil && fault.KindOf(err) != fault.Conflict {
					w.T.Error(err)
				}
			}
		})
	}
	wg.Wait()
	w.Read(w.Nora, func(tx *store.Tx) error {
		x, err := tx.Coding("k1")
		if err != nil || x.Answered != 7 || x.Tally != nil || !x.Questions[1].Many || x.Cases[1].Text != "Också." {
			w.T.Errorf("%+v %v", x, err)
		}
		if yes, err := tx.HasCoded("k1", "p3"); !yes || err != nil {
			w.T.Error("it is not known who has answered")
		}
		return nil
	})
	w.Write(w.Nora, func(tx *store.Tx) error { return tx.MoveCoding("k1", "2026-12-01", "2026-12-05") })
	Wants(w.T, w.Nora.Write(w.T.Context(), func(tx *store.Tx) error { return tx.MoveCoding("k1", "2026-12-01", "2026-12-07") }), fault.Conflict, "coding.meanwhile")
	w.Write(w.Nora, func(tx *store.Tx) error { return tx.CloseCoding("k1", "p1", Now) })
	Wants(w.T, w.Nora.Write(w.T.Context(), func(tx *store.Tx) error { return tx.CloseCoding("k1", "p1", Now) }), fault.Conflict, "coding.is_closed")
	Wants(w.T, w.Nora.Write(w.T.Context(), func(tx *store.Tx) error { return tx.AddCodingSheet(c, sheet(0), "p9") }), fault.Conflict, "coding.is_closed")
	w.Read(w.Nora, func(tx *store.Tx) error {
		x, err := tx.Coding("k1")
		if err != nil || fmt.Sprint(x.Chosen(0, 0), x.Chosen(1, 1)) != "[3 2 2] [3 2 2]" {
			w.T.Error(x.Chosen(0, 0), x.Chosen(1, 1), err)
		}
		if yes, err := tx.HasCoded("k1", "p3"); yes || err != nil {
			w.T.Error("who answered is not forgotten")
		}
		return nil
	})
}

// codingsOfFewAreForgotten: where too few answered, what they chose is not kept.
func codingsOfFewAreForgotten(w *World) {
	c := coding("k1")
	w.Write(w.Nora, func(tx *store.Tx) error { return tx.AddCoding(c) })
	for i := range note.Least - 1 {
		w.Write(w.Nora, func(tx *store.Tx) error { return tx.AddCodingSheet(c, sheet(1), fmt.Sprint("p", i)) })
	}
	w.Write(w.Nora, func(tx *store.Tx) error { return tx.CloseCoding("k1", "", Now) })
	w.Read(w.Nora, func(tx *store.Tx) error {
		x, err := tx.Coding("k1")
		if err != nil || x.Shown() || x.Chosen(0, 0) != nil {
			w.T.Errorf("%+v %v", x, err)
		}
		return nil
	})
}

// ordersWait: an order waits, the one that is wanted first before the others, until it is
// answered or taken back; and then it stands.
func ordersWait(w *World) {
	late := note.Order{ID: "b1", Unit: "e1", About: "/resultat/d/d05", Title: "Hur ofta?", Text: "För 2025.", Wanted: "2027-03-01", Made: Now, Person: "p1"}
	soon := note.Order{ID: "b2", About: "/resultat", Text: "Året", Wanted: "2026-12-01", Made: Now, Person: "p1"}
	w.Write(w.Nora, func(tx *store.Tx) error { return errors.Join(tx.AddOrder(late), tx.AddOrder(soon)) })
	soon.Ended, soon.EndedBy, soon.AnswerAbout, soon.Answer = Now, "p2", "/resultat?ar=2025", "Här."
	w.Write(w.Nora, func(tx *store.Tx) error {
		all, err := tx.Orders()
		if err != nil || len(all) != 2 || all[0].ID != "b2" || !all[0].Waits() || all[1].Text != late.Text {
			w.T.Errorf("%+v %v", all, err)
		}
		return tx.EndOrder(soon)
	})
	Wants(w.T, w.Nora.Write(w.T.Context(), func(tx *store.Tx) error { return tx.EndOrder(soon) }), fault.Conflict, "order.ended")
	w.Read(w.Nora, func(tx *store.Tx) error {
		all, err := tx.Orders()
		if err != nil || all[0].ID != "b1" || !all[1].Answered() || all[1].Answer != "Här." || !all[1].Ended.Equal(Now) {
			w.T.Errorf("%+v %v", all, err)
		}
		return nil
	})
	Wants(w.T, w.Nora.Write(w.T.Context(), func(tx *store.Tx) error { return tx.AddOrder(note.Order{ID: "b3", Text: "a\x00b"}) }), fault.Invalid, "store.text")
}
