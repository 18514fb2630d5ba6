package app

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/codebook"
	"foljsam/internal/exchange"
	"foljsam/internal/fault"
	"foljsam/internal/indicator"
	"foljsam/internal/record"
)

// supported opens a case of an adult that had support from its first day, and is still open.
func (h *house) supported(t *testing.T, w *Who, code, on string) string {
	return h.open(t, w, code, map[string]string{"5": on, "15": "30", "insats.1.118": "3", "insats.1.117": on})
}

func (h *house) countsIn(t *testing.T, by access.Actor, year int, area string) [3]int {
	t.Helper()
	f, err := h.Figures(t.Context(), by, FiguresAsk{Year: year, Area: area})
	if err != nil {
		t.Fatal(err)
	}
	if f.Area != area {
		return [3]int{-1, -1, -1}
	}
	return countsOf(f)
}

// move says in which area the register's unit is, from a day on; without one all the time.
func (h *house) move(t *testing.T, by access.Actor, unit, area string, since record.Day) {
	t.Helper()
	u, err := h.ManagedUnit(t.Context(), by, unit)
	if err != nil {
		t.Fatal(err)
	}
	if err := h.SaveUnit(t.Context(), by, unit, UnitMark(u), UnitEdit{Name: u.Name, Area: area, Last: record.NoDay, Since: since, Always: since == record.NoDay}); err != nil {
		t.Fatal(err)
	}
}

// A unit that comes to another district takes its cases with it into the years that follow, and none
// out of those that were over; and back again.
func TestAUnitThatMovesLeavesItsYearsBehind(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	by := h.coordinator(w)
	unit := w.Units[0].ID
	h.supported(t, w, "A1", "2022-05-01")
	h.supported(t, w, "A2", "2023-05-01")
	h.supported(t, w, "A3", "2024-05-01")
	h.supported(t, w, "A4", "2025-05-01")
	none := [3]int{-1, -1, -1}
	expect := func(said string, want map[int][2][3]int) {
		t.Helper()
		for year, w := range want {
			for i, area := range []string{"1884", "188401"} {
				if got := h.countsIn(t, by, year, area); got != w[i] {
					t.Errorf("%s, %d, %s: %v, want %v", said, year, area, got, w[i])
				}
			}
		}
	}
	expect("before", map[int][2][3]int{2022: {{1, 1, 0}, none}, 2025: {{1, 4, 0}, none}})
	h.move(t, by, unit, "188401", dayOf(2024, 3, 1))
	expect("there", map[int][2][3]int{2022: {{1, 1, 0}, none}, 2023: {{1, 2, 0}, none}, 2024: {none, {1, 3, 0}}, 2025: {none, {1, 4, 0}}})
	h.sameAsExtract(t, by, dayOf(2023, 12, 31), "1884", 2023)
	h.sameAsExtract(t, by, dayOf(2024, 12, 31), "188401", 2024)
	h.sameAsExtract(t, by, record.NoDay, "188401", 2025)
	h.move(t, by, unit, "1884", dayOf(2025, 1, 1))
	expect("and back", map[int][2][3]int{2023: {{1, 2, 0}, none}, 2024: {none, {1, 3, 0}}, 2025: {{1, 4, 0}, none}})
	h.move(t, by, unit, "188401", record.NoDay)
	expect("it was wrong all along", map[int][2][3]int{2022: {none, {1, 1, 0}}, 2023: {none, {1, 2, 0}}, 2025: {none, {1, 4, 0}}})
}

// sameAsExtract holds an area's counts against those of an extract that was taken out till a day.
func (h *house) sameAsExtract(t *testing.T, by access.Actor, till record.Day, area string, year int) {
	t.Helper()
	out, err := h.Outgoing(t.Context(), by, record.NoDay, till, false)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := exchange.WriteZip(&b, exchange.Meta{ID: "x", Name: "x", Register: "x", Created: h.time}, slices.Values(out.Cases), out.Book); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "uttag.zip")
	if err := os.WriteFile(file, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	read, err := exchange.Read(context.Background(), []string{file}, exchange.Options{Layout: record.NewLayout(codebook.Default()), Spans: true})
	if err != nil {
		t.Fatal(err)
	}
	returns, _ := exchange.CountFigures(read, year, indicator.ByGoal)
	i := slices.IndexFunc(returns, func(r indicator.Return) bool { return r.Unit == area })
	if i < 0 {
		t.Fatalf("the extract has no %s: %+v", area, returns)
	}
	for f, n := range h.countsIn(t, by, year, area) {
		if indicator.CountOf(n) != returns[i].Counts[f] {
			t.Errorf("%d, %s, key figure %d: %d in the register, %v in the extract", year, area, f+1, n, returns[i].Counts[f])
		}
	}
}

func TestAMoveSaysFromWhen(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	by := h.coordinator(w)
	u := w.Units[0]
	for key, e := range map[string]UnitEdit{"people.area_since": {Since: record.NoDay}, "people.area_later": {Since: h.today() + 1}} {
		e.Name, e.Area, e.Last = u.Name, "188401", record.NoDay
		if err := h.SaveUnit(t.Context(), by, u.ID, UnitMark(u), e); fault.KeyOf(err) != key {
			t.Errorf("%v, want %s", err, key)
		}
	}
	if n := count(h.acts(t, w.Register), audit.ChangedUnit); n != 0 {
		t.Error(n)
	}
}
