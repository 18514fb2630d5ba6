package app

import (
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/codebook"
	"foljsam/internal/compile"
	"foljsam/internal/exchange"
	"foljsam/internal/fault"
	"foljsam/internal/place"
	"foljsam/internal/query"
	"foljsam/internal/store"
	"foljsam/internal/synth"
)

// TestResultsAreCompiles files the whole synthetic default in one register, and holds every
// table of the report that its pages show against the same cases compiled.
func TestResultsAreCompiles(t *testing.T) {
	h := newHouse(t, true)
	w := h.fileReport(t)
	var ids []string
	for _, x := range query.Report(h.book) {
		ids = append(ids, x.ID)
	}
	got, err := h.Results(t.Context(), w, ResultAsk{}, ids...)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	var paths []string
	for _, p := range synth.ReportPackages(h.book, 1) {
		path := filepath.Join(dir, p.Name)
		meta := exchange.Meta{ID: p.ID, Name: p.Name, Created: p.Created.Time(), Register: p.Register, Coverage: p.Coverage, Scope: p.Scope, Synthetic: true}
		if err := exchange.Write(path, meta, p.Cases, h.book); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	compiled, err := compile.Run(t.Context(), compile.Options{Packages: paths})
	if err != nil || len(compiled.Problems) > 0 {
		t.Fatal(err, compiled.Problems)
	}
	want := compiled.Release
	cells := 0
	for _, r := range want.Tables {
		mine := got.Release.Table("", r.ID())
		for i := range r.Table().Cells {
			if mine.Cell(0, i) != r.Cell(0, i) || mine.BaseOf(0, i) != r.BaseOf(0, i) {
				t.Errorf("%s, cell %d: %v of %v, compiled %v of %v", r.ID(), i, mine.Cell(0, i), mine.BaseOf(0, i), r.Cell(0, i), r.BaseOf(0, i))
			}
			cells++
		}
	}
	if cells < 500 || got.Cases.Int() != 3070 {
		t.Errorf("%d cells of %d cases", cells, got.Cases.Int())
	}
}

// fileReport files the synthetic default's cases in one register, and gives who sees them all.
func (h *house) fileReport(t testing.TB) access.Actor {
	t.Helper()
	r := place.Register{ID: "riket", Name: "Alla", Controller: "Alla", Unit: "1884", Synthetic: true, Created: h.time}
	units, towns := map[string]demoUnit{}, []place.Unit{}
	for _, town := range synth.Towns() {
		u := place.Unit{ID: town.Unit, Name: town.Name, Area: town.Unit, From: h.time.AddDate(-5, 0, 0)}
		units[town.Unit], towns = demoUnit{u, []access.Person{{ID: "lena"}}}, append(towns, u)
	}
	if err := h.store.AddRegister(t.Context(), r, towns); err != nil {
		t.Fatal(err)
	}
	reg, err := h.store.Register(t.Context(), r.ID)
	if err != nil {
		t.Fatal(err)
	}
	err = reg.Write(t.Context(), func(tx *store.Tx) error {
		n := 0
		for c := range synth.Cases(synth.Options{Codebook: h.book, Seed: 1}) {
			if _, err := h.App.fileSynthetic(tx, []demoUnit{units[c.Unit]}, n, c, 0); err != nil {
				return err
			}
			n++
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return access.Actor{Person: access.Person{ID: "lena"}, Role: access.Coordinator, Register: r.ID, AllUnits: true}
}

func TestASaveIsSeenAtOnce(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	before, err := h.Results(t.Context(), w.Actor, ResultAsk{}, "d05")
	if err != nil || before.Cases.Int() != 0 {
		t.Fatal(before, err)
	}
	intake := fmt.Sprint(h.book.Role(codebook.Intake).Number)
	honour := fmt.Sprint(h.book.Role(codebook.Honour).Number)
	for i := range 3 {
		h.open(t, w, fmt.Sprintf("24-%03d", i), map[string]string{intake: "2026-05-04", honour: "1"})
		x, err := h.Results(t.Context(), w.Actor, ResultAsk{}, "d05")
		if err != nil {
			t.Fatal(err)
		}
		if n := x.Release.Table("", "d05").Cell(0, 0).Count.Int(); n != int64(i+1) || x.Cases.Int() != int64(i+1) {
			t.Errorf("after %d saves the table has %d of %d", i+1, n, x.Cases.Int())
		}
	}
}

func TestPeriodsStandBesideEachOther(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	intake, sex := fmt.Sprint(h.book.Role(codebook.Intake).Number), fmt.Sprint(h.book.Role(codebook.Sex).Number)
	for i, day := range []string{"2024-03-01", "2024-12-31", "2025-01-01", "2025-06-01", "2025-12-31", "2026-01-01"} {
		h.open(t, w, fmt.Sprintf("24-%03d", i), map[string]string{intake: day, sex: fmt.Sprint(1 + i%2)})
	}
	year := ResultAsk{From: time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC), Till: time.Date(2025, 12, 31, 0, 0, 0, 0, time.UTC)}
	x, err := h.Results(t.Context(), w.Actor, year, "d02")
	if err != nil {
		t.Fatal(err)
	}
	r, apart := x.Beside("d02")
	if x.Cases.Int() != 3 || r.Base(0, 0).Int() != 3 || r.Base(1, 0).Int() != 2 || r.Cell(1, 0).Count.Int() != 1 {
		t.Errorf("%d cases; %v and %v", x.Cases.Int(), r.Base(0, 0), r.Base(1, 0))
	}
	if d := apart[0].Value.Float(); math.Abs(d-(200.0/3-50)) > 1e-9 && math.Abs(d-(100.0/3-50)) > 1e-9 {
		t.Errorf("apart by %v", d)
	}
}

func TestOnlyOnesOwnUnitsAreShown(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	h.open(t, w, "24-001", nil)
	other := h.colleague(t, w, "other", "another")
	if _, err := h.Results(t.Context(), other, ResultAsk{Unit: w.Units[0].ID}, "d02"); fault.KindOf(err) != fault.Refused {
		t.Error(err)
	}
	if _, err := h.CrossTable(t.Context(), access.Actor{Role: access.Administrator}, ResultAsk{}, "alder", "v59", false); fault.KindOf(err) != fault.Refused {
		t.Error(err)
	}
	if _, err := h.CrossTable(t.Context(), w.Actor, ResultAsk{Where: []string{"v9999=1"}}, "alder", "v59", false); fault.KindOf(err) != fault.Usage {
		t.Error(err)
	}
}

// TestCrossTableIsPlainCounting holds a cross table against a walk through the cases.
func TestCrossTableIsPlainCounting(t *testing.T) {
	h := newHouse(t, true)
	by := h.fileReport(t)
	honour, severity := h.book.Role(codebook.Honour), h.book.Role(codebook.Severity)
	sex := h.book.Role(codebook.Sex)
	ask := ResultAsk{Where: []string{query.Codes(sex.Number, 1).String()}}
	x, err := h.CrossTable(t.Context(), by, ask, fmt.Sprintf("v%d", honour.Number), fmt.Sprintf("v%d", severity.Number), true)
	if err != nil {
		t.Fatal(err)
	}
	want := map[[2]int]int64{}
	for c := range synth.Cases(synth.Options{Codebook: h.book, Seed: 1}) {
		if slices.Contains(c.Codes[sex.Number], 1) {
			for _, a := range c.Codes[honour.Number] {
				for _, b := range c.Codes[severity.Number] {
					want[[2]int{a, b}]++
				}
			}
		}
	}
	table := x.Rows.Table()
	for i, a := range honour.Codes {
		for j, b := range severity.Codes {
			if n := x.Rows.Cell(0, table.Index(i, j)).Count.Int(); n != want[[2]int{a.Code, b.Code}] {
				t.Errorf("%d and %d: %d, counted %d", a.Code, b.Code, n, want[[2]int{a.Code, b.Code}])
			}
		}
	}
	if len(x.Tests) != 1 || x.Tests[0].Column != -1 || x.Tests[0].P.Value.Float() != x.Tests[0].Holm.Value.Float() {
		t.Errorf("%+v", x.Tests)
	}
	at := table.Index(0, 2)
	rest := x.Against[at]
	if p := x.OfRow[at]; !(p.Low.Float() < p.Value.Float() && p.Value.Float() < p.High.Float()) || !(rest.Low.Float() < rest.Value.Float()) {
		t.Errorf("%+v %+v", p, rest)
	}
}

func TestManyReadBesideManyWriters(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	intake := fmt.Sprint(h.book.Role(codebook.Intake).Number)
	var wg sync.WaitGroup
	for i := range 20 {
		wg.Go(func() { h.open(t, w, fmt.Sprintf("24-1%02d", i), map[string]string{intake: "2026-05-04"}) })
	}
	for range 50 {
		wg.Go(func() {
			if _, err := h.Results(t.Context(), w.Actor, ResultAsk{}, "d01", "d05"); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if x, err := h.Results(t.Context(), w.Actor, ResultAsk{}, "d01"); err != nil || x.Cases.Int() != 20 {
		t.Error(x.Cases.Int(), err)
	}
}

// Who sees one unit's figures could else narrow them down to one case of their own, and be told by
// a sum whether its client is in another unit too: a look-up that nobody counts and nobody sees.
func TestFiguresOfOneUnitSayNothingOfClientsInAnother(t *testing.T) {
	k := newKept(t)
	k.file(t, k.anna, "A1", "K1", "")
	k.file(t, k.bo, "B1", "K1", "")
	part := k.lena
	part.AllUnits, part.Units = false, k.anna.Units
	for _, by := range []access.Actor{k.anna, part} {
		x, err := k.Results(t.Context(), by, ResultAsk{})
		if err != nil || x.Cases.Int() != 1 || x.Again.Int() != 0 {
			t.Errorf("%s: %v again of %v: %v", by.Role, x.Again, x.Cases, err)
		}
	}
	x, err := k.Results(t.Context(), k.lena, ResultAsk{Unit: k.norr})
	if err != nil || x.Cases.Int() != 1 || x.Again.Int() != 1 {
		t.Errorf("who sees all: %v again of %v: %v", x.Again, x.Cases, err)
	}
	for _, where := range []string{"l.aterkommer=1", "l.aterkommer=2", "l.aterkommer", "l.enhet=1", "l.enhet"} {
		if x, err := k.Results(t.Context(), k.anna, ResultAsk{Where: []string{where}}); err == nil {
			t.Errorf("the program's own column can be asked for: %s gives %v", where, x.Cases)
		}
	}
}
