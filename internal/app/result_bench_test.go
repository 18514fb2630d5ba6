package app

import (
	"fmt"
	"testing"

	"foljsam/internal/access"
	"foljsam/internal/codebook"
	"foljsam/internal/compile"
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
			l.cases = append(l.cases, liveCase{unit: l.unitAt([]string{unit, "another"}[i%2]), row: int32(l.batch.Len() - 1), began: c.Dates[h.book.Role(codebook.Intake).Number],
				risk: l.risks.add(compile.RiskFacts(risks(i), h.book))})
			l.link(int32(i), uint64(i))
			l.inYear(int32(i), 1)
			i++
		}
	}
	l.base, l.moves = nil, l.moves+1
}

// risks is a course of risk for two cases in three: two assessments or three with one instrument.
func risks(i int) *record.RiskCourse {
	if i%3 == 0 {
		return nil
	}
	x := &record.RiskCourse{Own: i % 5, Given: []record.Supported{{Code: 1 + i%9, Began: record.Day(19000 + i%500)}}}
	for k := range 1 + i%3 {
		x.Assessed = append(x.Assessed, record.Assessed{Day: record.Day(19000 + i%500 + 100*k), Phase: []string{"fore", "under", "efter"}[k%3], Instrument: 1 + i%2*5, Value: float64((i + 3*k) % 10), Valued: true})
	}
	return x
}

// processorTime tells, when what it gives is called, how much of the processor each turn took: of a
// machine that others use too, the measure.
func processorTime(b *testing.B) func() {
	spent := processor()
	return func() { b.ReportMetric(float64(processor()-spent)/1e6/float64(b.N), "ms-processor") }
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
		defer processorTime(b)()
		for b.Loop() {
			if _, err := h.CrossTable(b.Context(), w.Actor, ask, rows, "alder", false); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("asked anew", func(b *testing.B) { // every time with conditions that nobody has asked with
		defer processorTime(b)()
		for i := 0; b.Loop(); i++ {
			ask.From = dayOf(2022, 1, 1+i%600).Time()
			if _, err := h.CrossTable(b.Context(), w.Actor, ask, rows, "alder", false); err != nil {
				b.Fatal(err)
			}
		}
	})
	for name, saved := range map[string]func(l *live){
		"after a save": func(l *live) { l.touch(int32(len(l.cases) / 2)) },
		"after a hundred": func(l *live) {
			for i := range int32(100) {
				l.touch(i * 900)
			}
		},
		"with all built anew": func(l *live) { l.base, l.moves = nil, l.moves+1 },
	} {
		b.Run(name, func(b *testing.B) {
			l := h.liveEntry(w.Register)
			defer processorTime(b)()
			for b.Loop() {
				l.mu.Lock()
				saved(l)
				l.mu.Unlock()
				if _, err := h.CrossTable(b.Context(), w.Actor, ask, rows, "alder", false); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("overview", func(b *testing.B) {
		defer processorTime(b)()
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
	defer processorTime(b)()
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

// BenchmarkRisk and BenchmarkDive are what their pages are made of, among a hundred thousand cases.
func BenchmarkRisk(b *testing.B) {
	h := newHouse(b, false)
	w := h.begin(b)
	h.manyLive(b, w, 100_000)
	w.AllUnits = true
	defer processorTime(b)()
	for b.Loop() {
		if _, err := h.Risk(b.Context(), w.Actor, ResultAsk{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDive(b *testing.B) {
	h := newHouse(b, false)
	w := h.begin(b)
	h.manyLive(b, w, 100_000)
	w.AllUnits = true
	for _, dive := range query.Dives(h.book) {
		b.Run(dive.ID, func(b *testing.B) {
			defer processorTime(b)()
			for b.Loop() {
				if _, err := h.Dive(b.Context(), w.Actor, ResultAsk{}, dive.ID, "", ""); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkTime is what the page on time is made of.
func BenchmarkTime(b *testing.B) {
	h := newHouse(b, false)
	w := h.begin(b)
	h.manyLive(b, w, 100_000)
	w.AllUnits = true
	defer processorTime(b)()
	for b.Loop() {
		if _, err := h.Incidence(b.Context(), w.Actor, ResultAsk{}); err != nil {
			b.Fatal(err)
		}
	}
}
