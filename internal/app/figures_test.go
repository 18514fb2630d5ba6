package app

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"foljsam/internal/access"
	"foljsam/internal/codebook"
	"foljsam/internal/exchange"
	"foljsam/internal/fault"
	"foljsam/internal/indicator"
	"foljsam/internal/place"
	"foljsam/internal/record"
	"foljsam/internal/store"
)

// year is the year that is counted in these tests; the clock stands in the one after.
const figuresYear = 2025

// counted gives the three true counts.
func countsOf(f *Figures) (n [3]int) {
	for i, r := range f.Rows {
		n[i] = r.Now.N()
	}
	return n
}

func (h *house) counts(t *testing.T, by access.Actor) [3]int {
	t.Helper()
	f, err := h.Figures(t.Context(), by, FiguresAsk{Year: figuresYear})
	if err != nil {
		t.Fatal(err)
	}
	return countsOf(f)
}

// oddCase makes a case in which anything may be missing, too early, too late or never ended.
func oddCase(cb *codebook.Codebook, r *rand.Rand, i int) *record.Case {
	day := func() record.Day {
		if r.IntN(8) == 0 {
			return record.NoDay
		}
		return dayOf(2023, 1, 1) + record.Day(r.IntN(4*365))
	}
	c := &record.Case{ID: fmt.Sprint("c", i), Client: fmt.Sprintf("client-%04d", r.IntN(60)), Dates: map[int]record.Day{}, Numbers: map[int]int{}, Codes: map[int][]int{}}
	put := func(role codebook.Role, d record.Day) {
		if d != record.NoDay {
			c.Dates[cb.Role(role).Number] = d
		}
	}
	code := func(role codebook.Role, codes ...int) {
		if x := codes[r.IntN(len(codes))]; x > 0 {
			c.Codes[cb.Role(role).Number] = []int{x}
		}
	}
	intake := day()
	put(codebook.Intake, intake)
	if r.IntN(3) > 0 {
		put(codebook.Closing, max(day(), intake))
	}
	if r.IntN(6) > 0 {
		c.Numbers[cb.Role(codebook.Age).Number] = 14 + r.IntN(40)
	}
	code(codebook.GoalReached, 0, 0, 1, 2, 3)
	code(codebook.ClosingReason, 0, 1, 1, 2, 3)
	code(codebook.Perpetrator, 0, 1, 6)
	code(codebook.Honour, 0, 1, 2)
	for range r.IntN(3) {
		s := record.Support{Began: day(), Ended: record.NoDay, Codes: []int{1 + r.IntN(9)}}
		if r.IntN(2) == 0 && s.Began != record.NoDay {
			s.Ended = s.Began + record.Day(r.IntN(500))
		}
		c.Supports = append(c.Supports, s)
	}
	return c
}

// fillOdd files many odd cases in two units.
func (h *house) fillOdd(t *testing.T, w *Who, n int) {
	t.Helper()
	reg, err := h.store.Register(t.Context(), w.Register)
	if err != nil {
		t.Fatal(err)
	}
	other := place.Unit{ID: "annan", Name: "Öppenvård", Area: "1884", From: h.time.AddDate(-5, 0, 0)}
	units := []demoUnit{{Unit: place.Unit{ID: w.Units[0].ID, Area: "1884"}, workers: []access.Person{w.Person}}, {Unit: other, workers: []access.Person{w.Person}}}
	r := rand.New(rand.NewPCG(1, 2))
	err = reg.Write(t.Context(), func(tx *store.Tx) error {
		if err := tx.PutUnit(other); err != nil {
			return err
		}
		for i := range n {
			if _, err := h.fileSynthetic(tx, units, i, oddCase(h.book, r, i), 0); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	h.units.forget(w.Register)
}

// sentOut gives the same counts as whoever has the register's whole extract makes them.
func (h *house) sentOut(t *testing.T, by access.Actor, year int, reading indicator.Reading) [3]indicator.Count {
	t.Helper()
	out, err := h.Outgoing(t.Context(), by, record.NoDay, record.NoDay, false)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "uttag.zip")
	var b bytes.Buffer
	if err := exchange.WriteZip(&b, exchange.Meta{ID: "x", Name: "x", Register: "x", Created: h.time}, slices.Values(out.Cases), out.Book); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	read, err := exchange.Read(context.Background(), []string{file}, exchange.Options{Layout: record.NewLayout(codebook.Default()), Spans: true})
	if err != nil {
		t.Fatal(err)
	}
	returns, _ := exchange.CountFigures(read, year, reading)
	for _, r := range returns {
		if r.Unit == "1884" {
			return r.Counts
		}
	}
	return [3]indicator.Count{}
}

func TestTheRegisterCountsAsItsExtractDoes(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	by := h.coordinator(w)
	h.fillOdd(t, w, 600)
	total := 0
	for _, year := range []int{2022, 2023, 2024, 2025, 2026} {
		for _, reading := range []indicator.Reading{indicator.ByGoal, indicator.ByReason} {
			f, err := h.Figures(t.Context(), by, FiguresAsk{Year: year, Reading: reading})
			if err != nil {
				t.Fatal(err)
			}
			want := h.sentOut(t, by, year, reading)
			for i, row := range f.Rows {
				total += row.Now.N()
				if indicator.CountOf(row.Now.N()) != want[i] || row.Leaves != want[i] || row.Rule.N() != row.Now.N() {
					t.Errorf("%d, reading %d, key figure %d: %d in the register, %v in the extract", year, reading, i+1, row.Now.N(), want[i])
				}
				list, err := h.FigureCases(t.Context(), by, FiguresAsk{Year: year, Reading: reading}, row.Figure, 0)
				if err != nil || list.Of.N() != row.Now.N() || len(list.Cases) != min(row.Now.N(), listLength) {
					t.Errorf("the list has %d cases, the key figure %d (%v)", list.Of.N(), row.Now.N(), err)
				}
			}
		}
	}
	if total < 500 {
		t.Errorf("only %d: these cases try nothing", total)
	}
}

// What is saved, excluded, deleted or published meanwhile is followed.
func TestKeyFiguresFollowTheRegister(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	by := h.coordinator(w)
	if n := h.counts(t, by); n != [3]int{} {
		t.Error(n)
	}
	id := h.open(t, w, "A1", map[string]string{"5": "2025-03-01", "insats.1.118": "3", "insats.1.117": "2025-03-02"})
	if n := h.counts(t, by); n != [3]int{1, 1, 0} {
		t.Error(n)
	}
	h.save(t, w.Actor, id, "5", "2024-12-31", 1)
	if n := h.counts(t, by); n != [3]int{0, 1, 0} {
		t.Error(n)
	}
	other := New(Options{Store: h.store, Codebook: codebook.Default(), Now: h.now})
	if _, err := other.Save(t.Context(), w.Actor, id, []Edit{{Field: "insats.1.117", Answer: record.Answer{Value: "2026-03-02"}, Seen: 1}}); err != nil {
		t.Fatal(err)
	}
	if n := h.counts(t, by); n != [3]int{} {
		t.Error("what another program saved is not followed:", n)
	}
	second := h.open(t, w, "A2", map[string]string{"5": "2025-03-01"})
	if n := h.counts(t, by); n != [3]int{1, 0, 0} {
		t.Error(n)
	}
	h.save(t, w.Actor, second, "uteslut", "5", 0)
	if n := h.counts(t, by); n != [3]int{} {
		t.Error("an excluded case is counted:", n)
	}
}

// A decision goes with its case.
func TestDecisionsGoWithTheirCase(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	by := h.coordinator(w)
	id := h.open(t, w, "A1", map[string]string{"5": "2019-03-01", "256": "2019-05-01", "insats.1.118": "3", "insats.1.117": "2019-03-02", "192": "3", "257": "1"})
	if err := h.DecideFigure(t.Context(), by, FigureDecide{Year: 2019, Case: id, Kind: indicator.GoalDiffers, Verdict: CaseCounts}); err != nil {
		t.Fatal(err)
	}
	by.Confirmed = h.time
	x, err := h.Extract(t.Context(), by, "K-A1")
	if err != nil || len(x.Cases) != 1 || len(x.Cases[0].Figures) != 1 || x.Cases[0].Figures[0].Verdict != string(CaseCounts) {
		t.Errorf("the extract about the person lacks the decision: %+v %v", x, err)
	}
	r, err := h.store.Register(t.Context(), w.Register)
	if err != nil {
		t.Fatal(err)
	}
	var left []store.FigureDecision
	err = r.Write(t.Context(), func(tx *store.Tx) error {
		if err := tx.ProposeRetention(store.Retention{ID: "g", Before: dayOf(2020, 1, 1), Proposed: h.time}, []string{id}); err != nil {
			return err
		}
		if _, err := tx.DeleteCase(id); err != nil {
			return err
		}
		left, err = tx.FigureDecisions(2019)
		return err
	})
	if err != nil || len(left) != 0 {
		t.Errorf("%+v %v", left, err)
	}
}

func TestOnlyWhoAnswersForAllOfItSeesKeyFigures(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	unit := h.coordinator(w)
	unit.AllUnits, unit.Units = false, []string{w.Units[0].ID}
	nobody := w.Actor
	nobody.Role, nobody.Register, nobody.AllUnits = access.Administrator, "", true
	national := h.coordinator(w)
	national.Role = access.National
	for _, by := range []access.Actor{w.Actor, unit, nobody, national} {
		before := len(h.acts(t, w.Register))
		for name, err := range h.everyFigure(t, by) {
			if fault.KindOf(err) != fault.Refused {
				t.Errorf("%s, %s: %v", by.Role, name, err)
			}
		}
		if refused := len(h.acts(t, w.Register)) - before; by.Register != "" && refused != 8 {
			t.Errorf("%s: %d refusals in the log", by.Role, refused)
		}
	}
	ale := h.coordinator(w)
	ale.Register = "1440-ale"
	if err := h.store.AddRegister(t.Context(), place.Register{ID: "1440-ale", Name: "Ale", Unit: "1440", Created: h.time}, nil); err != nil {
		t.Fatal(err)
	}
	id := h.open(t, w, "A1", map[string]string{"5": "2025-03-01"})
	if err := h.DecideFigure(t.Context(), ale, FigureDecide{Year: figuresYear, Case: id, Kind: indicator.AgeMissing, Verdict: CaseNot}); fault.KindOf(err) != fault.NotFound {
		t.Error("a case of another register:", err)
	}
	if f, err := h.Figures(t.Context(), ale, FiguresAsk{Year: figuresYear}); err != nil || countsOf(f) != [3]int{} {
		t.Error(err)
	}
}

// everyFigure asks for everything that there is about key figures.
func (h *house) everyFigure(t *testing.T, by access.Actor) map[string]error {
	ask := FiguresAsk{Year: figuresYear}
	all := map[string]error{}
	_, all["Figures"] = h.Figures(t.Context(), by, ask)
	_, all["FigureCases"] = h.FigureCases(t.Context(), by, ask, indicator.Opened, 0)
	_, all["FigureDoubts"] = h.FigureDoubts(t.Context(), by, ask, DoubtsAsk{})
	all["DecideFigure"] = h.DecideFigure(t.Context(), by, FigureDecide{Year: figuresYear, Case: "x", Kind: indicator.GoalDiffers, Verdict: CaseNot})
	all["SetOutside"] = h.SetOutside(t.Context(), by, nil)
	_, all["Returning"] = h.Returning(t.Context(), by, ReturnAsk{FiguresAsk: ask})
	_, all["ReturnFigures"] = h.ReturnFigures(t.Context(), by, ReturnAsk{FiguresAsk: ask}, "")
	all["SendReturn"] = h.SendReturn(t.Context(), by, figuresYear, "1884", 1, false)
	return all
}

// Before the register began there is no year to compare with: that is no zero.
func TestTheYearBeforeTheFirstIsNotZero(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	h.open(t, w, "24-001", map[string]string{"5": "2024-03-01"})
	for year, want := range map[int]bool{2024: false, 2025: true} {
		f, err := h.Figures(t.Context(), h.coordinator(w), FiguresAsk{Year: year})
		if err != nil || f.Before != want {
			t.Errorf("%d: %v %v", year, f.Before, err)
		}
	}
}
