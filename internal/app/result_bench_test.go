package app

import (
	"fmt"
	"testing"

	"foljsam/internal/access"
	"foljsam/internal/codebook"
	"foljsam/internal/locale"
	"foljsam/internal/query"
	"foljsam/internal/record"
	"foljsam/internal/report"
	"foljsam/internal/synth"
)

// manyLive puts a hundred thousand cases of two units into a register's memory.
func (h *house) manyLive(b *testing.B, w *Who, n int) {
	b.Helper()
	if _, err := h.Results(b.Context(), w.Actor, ResultAsk{}, "d01"); err != nil {
		b.Fatal(err)
	}
	l := h.liveEntry(w.Register)
	l.mu.Lock()
	defer l.mu.Unlock()
	unit := w.Units[0].ID
	for i := 0; i < n; {
		for c := range synth.Cases(synth.Options{Codebook: h.book, Seed: uint64(i + 1)}) {
			if i == n {
				break
			}
			if !record.Pack(l.layout, c, l.batch) {
				b.Fatal("a case cannot be packed")
			}
			l.cases = append(l.cases, liveCase{unit: []string{unit, "another"}[i%2], row: int32(l.batch.Len() - 1), client: uint64(i), began: c.Dates[h.book.Role(codebook.Intake).Number]})
			i++
		}
	}
	l.packed = nil
}

// BenchmarkCrossTable is a cross table of a hundred thousand cases with a unit, a period and
// two conditions.
func BenchmarkCrossTable(b *testing.B) {
	h := newHouse(b, false)
	w := h.begin(b)
	h.manyLive(b, w, 100_000)
	w.AllUnits = true
	honour, severity, sex := h.book.Role(codebook.Honour), h.book.Role(codebook.Severity), h.book.Role(codebook.Sex)
	ask := ResultAsk{Unit: w.Units[0].ID, From: dayOf(2022, 1, 1).Time(), Till: dayOf(2024, 6, 30).Time(),
		Where: []string{query.Codes(sex.Number, 1).String(), query.Codes(severity.Number, 2, 3).String()}}
	rows := fmt.Sprintf("v%d", honour.Number)
	b.Run("asked again", func(b *testing.B) {
		for b.Loop() {
			if _, err := h.CrossTable(b.Context(), w.Actor, ask, rows, "alder", false); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("asked anew", func(b *testing.B) { // every time with conditions that nobody has asked with
		for i := 0; b.Loop(); i++ {
			ask.From = dayOf(2022, 1, 1+i%600).Time()
			if _, err := h.CrossTable(b.Context(), w.Actor, ask, rows, "alder", false); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("after a save", func(b *testing.B) {
		l := h.liveEntry(w.Register)
		for b.Loop() {
			l.mu.Lock()
			l.packed = nil
			l.mu.Unlock()
			if _, err := h.CrossTable(b.Context(), w.Actor, ask, rows, "alder", false); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("overview", func(b *testing.B) {
		for b.Loop() {
			if _, err := h.Results(b.Context(), access.Actor(w.Actor), ResultAsk{}, "d02", "d03", "d05", "d07", "d08", "d09", "d14", "d15", "d16", "d18", "d26"); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkYear is a year in two minutes among a hundred thousand cases, with its sentences,
// diagrams and changes: what the page is made of.
func BenchmarkYear(b *testing.B) {
	h := newHouse(b, false)
	w := h.begin(b)
	h.manyLive(b, w, 100_000)
	w.AllUnits = true
	p := locale.For(locale.Swedish)
	for i := 0; b.Loop(); i++ {
		x, err := h.Year(b.Context(), access.Actor(w.Actor), 2022+i%3)
		if err != nil {
			b.Fatal(err)
		}
		for _, part := range report.BoardParts() {
			id := report.BoardTables(part)[0]
			if _, ok := report.Show(x.Release, id, p); !ok {
				b.Fatal(id)
			}
			_ = report.Changed(x.Release, id, "2023", p)
		}
	}
}
