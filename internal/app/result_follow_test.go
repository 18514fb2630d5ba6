package app

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"

	"foljsam/internal/access"
	"foljsam/internal/codebook"
	"foljsam/internal/query"
	"foljsam/internal/record"
	"foljsam/internal/tabulate"
)

// TestFollowedResultsEqualThoseBuiltAnew opens, changes, closes and takes out cases, some of them
// of the same clients, and holds everything that is shown after each against columns that are
// built of all cases anew.
func TestFollowedResultsEqualThoseBuiltAnew(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	r := rand.New(rand.NewPCG(3, 7))
	number := func(role codebook.Role) string { return fmt.Sprint(h.book.Role(role).Number) }
	intake, closing, honour, sex := number(codebook.Intake), number(codebook.Closing), number(codebook.Honour), number(codebook.Sex)
	instrument, proposals := number(codebook.Risk), number(codebook.Proposals)
	var ids []string
	l := h.liveEntry(w.Register)
	followed, last := 0, everything{}
	for i := range 60 {
		h.allShown(t, w.Actor)
		switch k := r.IntN(5); {
		case i < 6 || k == 0:
			ids = append(ids, h.openOf(t, w, i, fmt.Sprint("K-", r.IntN(5)), intake, fmt.Sprintf("202%d-05-04", 3+r.IntN(3))))
		case k == 1:
			id := ids[r.IntN(len(ids))]
			h.saveNow(t, w.Actor, id, honour, fmt.Sprint(1+r.IntN(2)))
			for row := range 1 + r.IntN(2) { // assessed again with the same instrument, or not
				for name, value := range map[string]string{instrument: "2", "datum": fmt.Sprintf("2025-0%d-11", 1+row+r.IntN(5)), "fas": fmt.Sprint(1 + 2*row), "skattning": fmt.Sprint(1 + r.IntN(3))} {
					h.saveNow(t, w.Actor, id, fmt.Sprintf("risk.%d.%s", row+1, name), value)
				}
			}
			h.saveNow(t, w.Actor, id, proposals, []string{"Ord", ""}[r.IntN(2)])
		case k == 2:
			h.saveNow(t, w.Actor, ids[r.IntN(len(ids))], intake, fmt.Sprintf("202%d-03-01", 3+r.IntN(3)))
		case k == 3:
			h.saveNow(t, w.Actor, ids[r.IntN(len(ids))], closing, fmt.Sprintf("2026-0%d-01", 1+r.IntN(9)))
			h.saveNow(t, w.Actor, ids[r.IntN(len(ids))], sex, "1")
		case len(ids) > 3:
			h.forget(w.Register, ids[:1])
			ids = ids[1:]
		}
		l.mu.Lock()
		base, touched := l.base, len(l.touched)
		l.mu.Unlock()
		got := h.allShown(t, w.Actor)
		l.mu.Lock()
		if base != nil && base == l.base && touched > 0 {
			followed++
		}
		l.base = nil
		l.mu.Unlock()
		want := h.allShown(t, w.Actor)
		if last = got; got.told != want.told || !reflect.DeepEqual(got.years, want.years) || got.cases != int64(len(ids)) {
			t.Fatalf("after %d changes:\n%s %v of %d\nbuilt anew:\n%s %v", i+1, got.told, got.years, got.cases, want.told, want.years)
		}
	}
	if last.risks == 0 {
		t.Error("no risk was compared")
	}
	if followed < 40 {
		t.Errorf("columns were followed %d times", followed)
	}
}

// everything is what a register's results are.
type everything struct {
	told  string
	risks int // instruments with assessments that are compared
	years []int
	cases int64
}

func (h *house) allShown(t *testing.T, by access.Actor) (e everything) {
	t.Helper()
	var ids []string
	for _, x := range query.Report(h.book) {
		ids = append(ids, x.ID)
	}
	x, err := h.Results(t.Context(), by, ResultAsk{}, ids...)
	if err != nil {
		t.Fatal(err)
	}
	e.years, e.cases = x.Years, x.Cases.Int()
	for _, id := range ids {
		table := x.Release.Table("", id)
		for i := range table.Table().Cells {
			e.told += fmt.Sprint(id, i, table.Cell(0, i), table.BaseOf(0, i), " ")
		}
	}
	for who := range 2 {
		n, err := tabulate.CountOne(x.columns.columns, x.columns.wrote(who))
		if err != nil {
			t.Fatal(err)
		}
		e.told += fmt.Sprint("wrote", n, " ")
	}
	risk, err := h.Risk(t.Context(), by, ResultAsk{})
	if err != nil {
		t.Fatal(err)
	}
	e.risks = len(risk.Each)
	for _, table := range risk.Risks.Release.Tables {
		for i := range table.Table().Cells {
			e.told += fmt.Sprint(table.ID(), i, table.Cell(0, i), table.BaseOf(0, i), " ")
		}
	}
	c, err := h.Incidence(t.Context(), by, ResultAsk{})
	if err != nil {
		t.Fatal(err)
	}
	e.told += fmt.Sprint(x.Again, c.Ended.Base(0, 0), c.Incidence.Steps)
	return e
}

func (h *house) openOf(t *testing.T, w *Who, i int, client, intake, day string) string {
	t.Helper()
	id, err := h.OpenCase(t.Context(), w.Actor, NewCase{Unit: w.Units[0].ID, Case: fmt.Sprint("A-", i), Client: client, Answers: map[string]record.Answer{intake: {Value: day}}})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// saveNow saves an answer whatever was seen before.
func (h *house) saveNow(t *testing.T, by access.Actor, id, field, value string) {
	t.Helper()
	h.save(t, by, id, field, value, 1<<20)
}
