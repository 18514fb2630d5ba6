package app

import (
	"fmt"
	"testing"

	"foljsam/internal/access"
	"foljsam/internal/disclosure"
	"foljsam/internal/fault"
	"foljsam/internal/place"
	"foljsam/internal/query"
	"foljsam/internal/record"
	"foljsam/internal/store"
)

func (h *house) leader(register string, units ...string) access.Actor {
	return access.Actor{Person: access.Person{ID: "ledare", Name: "Ledare"}, Role: access.Coordinator, Register: register, Units: units, AllUnits: len(units) == 0}
}

// row gives the counts of a question's or phase's row, and its base.
func rowIn(r *disclosure.Released, unit int, id string) (counts [query.Places]int64, base int64) {
	for i, c := range r.Table().Dims[0].Cats {
		if c.ID == id {
			for p := range query.Places {
				counts[p] = r.Cell(unit, i*query.Places+p).Count.Int()
			}
			base = r.Base(unit, i).Int()
		}
	}
	return counts, base
}

func TestCompletenessTellsWhyThereIsNoAnswer(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	lead := h.leader(w.Register)
	one := h.open(t, w, "1", map[string]string{"5": "2026-01-10", "14": "1"})
	two := h.open(t, w, "2", map[string]string{"5": "2026-02-10", "256": "2026-05-01"})
	three := h.open(t, w, "3", map[string]string{"14": "2"}) // came in nobody knows when: opened this year
	old := h.open(t, w, "4", map[string]string{"5": "2024-02-10"})
	out := h.open(t, w, "5", map[string]string{"5": "2026-02-10", "uteslut": "5"})
	_, _ = one, out
	if s, err := h.Save(t.Context(), w.Actor, two, []Edit{{Field: "14", Answer: record.Answer{State: record.Impossible}, Seen: 9}, {Field: "202", Answer: record.Answer{Value: "1"}, Seen: 9}}); err != nil || len(s.Refused) > 0 {
		t.Fatal(s, err)
	}
	c, err := h.Completeness(t.Context(), lead, Period{Year: 2026})
	if err != nil {
		t.Fatal(err)
	}
	if n, base := rowIn(c.Questions, 0, "14"); n != [query.Places]int64{3, 2, 0, 1, 0, 0} || base != 3 {
		t.Errorf("14: %v of %d", n, base)
	}
	if n, base := rowIn(c.Questions, 0, "5"); n != [query.Places]int64{2, 2, 0, 0, 1, 0} || base != 3 {
		t.Errorf("5: %v of %d", n, base)
	}
	if n, base := rowIn(c.Questions, 0, "202"); n != [query.Places]int64{1, 1, 0, 0, 0, 2} || base != 1 {
		t.Errorf("202: %v of %d", n, base)
	}
	if n, base := rowIn(c.Questions, 0, "203"); n != [query.Places]int64{0, 0, 0, 0, 1, 2} || base != 1 {
		t.Errorf("203: %v of %d", n, base)
	}
	if n, base := rowIn(c.Phases, 0, "brukare"); n != [query.Places]int64{0, 0, 0, 0, 1, 2} || base != 1 {
		t.Errorf("brukare: %v of %d", n, base)
	}
	if c.Questions.About().Audience != disclosure.Internal || len(c.Years) != 2 || c.Years[0] != 2026 || c.Years[1] != 2024 {
		t.Errorf("%+v %v", c.Questions.About(), c.Years)
	}
	// What is saved is there at once.
	h.save(t, w.Actor, three, "5", "2026-03-01", 9)
	h.save(t, w.Actor, old, "256", "2026-03-01", 9)
	c, err = h.Completeness(t.Context(), lead, Period{Year: 2026})
	if err != nil {
		t.Fatal(err)
	}
	if n, _ := rowIn(c.Questions, 0, "5"); n[query.WithAnswer] != 3 || n[query.WithoutAnswer] != 0 {
		t.Errorf("5: %v", n)
	}
	if c, err = h.Completeness(t.Context(), lead, Period{Year: 2026, Closed: true}); err != nil {
		t.Fatal(err)
	}
	if n, base := rowIn(c.Questions, 0, "5"); n[query.WithAnswer] != 2 || base != 2 {
		t.Errorf("closed: %v of %d", n, base)
	}
}

// A coordinator sees the units that they answer for, and no caseworker sees any.
func TestCompletenessIsOfOnesOwnUnits(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	h.unit(t, w.Register, place.Unit{ID: "norr", Name: "Enhet Norr", Area: "1884", From: h.time.AddDate(-1, 0, 0)})
	h.open(t, w, "1", map[string]string{"5": "2026-01-10"})
	bo := h.colleague(t, w, "bo", "norr")
	if _, err := h.OpenCase(t.Context(), bo, NewCase{Unit: "norr", Case: "2", Client: "2", Answers: map[string]record.Answer{"5": {Value: "2026-01-10"}}}); err != nil {
		t.Fatal(err)
	}
	c, err := h.Completeness(t.Context(), h.leader(w.Register), Period{Year: 2026})
	if err != nil || len(c.Units) != 2 {
		t.Fatal(c, err)
	}
	for i := range c.Units {
		if n, base := rowIn(c.PerUnit, i, "bakgrund"); base != 1 || n[query.WithoutAnswer] != 1 {
			t.Errorf("%v of %d", n, base)
		}
	}
	c, err = h.Completeness(t.Context(), h.leader(w.Register, "norr"), Period{Year: 2026})
	if err != nil || len(c.Units) != 1 {
		t.Fatal(c, err)
	}
	if _, base := rowIn(c.Phases, 0, "bakgrund"); base != 1 {
		t.Errorf("%d cases in one unit", base)
	}
	for name, by := range map[string]access.Actor{"a caseworker": bo, "another register": h.leader("1440-ale"), "an administrator": {Role: access.Administrator, AllUnits: true, Register: w.Register}} {
		if c, err := h.Completeness(t.Context(), by, Period{}); fault.KindOf(err) != fault.Refused && fault.KindOf(err) != fault.NotFound || err == nil {
			t.Errorf("%s: %+v %v", name, c, err)
		}
	}
	if _, err := h.Completeness(t.Context(), h.leader(w.Register, "norr"), Period{Unit: w.Units[0].ID}); fault.KindOf(err) != fault.Refused {
		t.Errorf("another unit: %v", err)
	}
}

// Completeness of a hundred thousand cases in twenty units.
func BenchmarkCompleteness(b *testing.B) {
	h := newHouse(b, false)
	w := h.begin(b)
	r, err := h.register(b.Context(), w.Actor)
	if err != nil {
		b.Fatal(err)
	}
	err = r.Write(b.Context(), func(t *store.Tx) error {
		for i := range 20 {
			if err := t.PutUnit(place.Unit{ID: fmt.Sprint("u", i), Name: fmt.Sprint("Enhet ", i), Area: "1884", From: h.time}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	l, err := h.liveOf(b.Context(), r)
	if err != nil {
		b.Fatal(err)
	}
	for i := range 100_000 {
		f := record.NewForm()
		f.Answers["5"] = record.Answer{Value: fmt.Sprintf("20%02d-%02d-01", 10+i%17, 1+i%12)}
		l.put(h.book, &record.Filed{ID: fmt.Sprint(i), Unit: fmt.Sprint("u", i%20), Form: f, Created: h.time})
	}
	h.time = h.time.Add(memory)
	lead := h.leader(w.Register)
	for b.Loop() {
		if _, err := h.Completeness(b.Context(), lead, Period{}); err != nil {
			b.Fatal(err)
		}
	}
}
