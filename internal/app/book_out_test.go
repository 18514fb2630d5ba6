package app

import (
	"path/filepath"
	"slices"
	"testing"

	"foljsam/internal/codebook"
	"foljsam/internal/compile"
	"foljsam/internal/exchange"
	"foljsam/internal/fault"
	"foljsam/internal/locale"
	"foljsam/internal/record"
)

// From an idea to a column of an uttag that a compilation reads.
func TestAnAnswerToALocalVariableLeavesInAnUttag(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	by := h.coordinator(w)
	b, _ := h.LocalBook(t.Context(), by)
	for i, column := range []string{"forslag_kannedom", "forslag_ateraktualisering"} {
		if err := h.Propose(t.Context(), by, b.Seen+i, column); err != nil {
			t.Fatal(err)
		}
	}
	many := &codebook.Variable{Column: "nora_dagar", Phase: codebook.During, Level: codebook.OfCase, Kind: codebook.Number, Max: 99,
		Label: codebook.Text{locale.Swedish: "Dagar"}, Question: codebook.Text{locale.Swedish: "Hur många dagar?"}}
	if err := h.PutLocal(t.Context(), by, b.Seen+2, "", many); err != nil {
		t.Fatal(err)
	}
	if _, err := h.PublishBook(t.Context(), by, b.Seen+3, "prov"); err != nil {
		t.Fatal(err)
	}
	h.open(t, w, "1", map[string]string{"5": "2026-11-01", "forslag_kannedom": "1|5", "forslag_ateraktualisering": "2", "nora_dagar": "12"})
	h.open(t, w, "2", map[string]string{"5": "2026-11-02"})
	o, err := h.Outgoing(t.Context(), by, dayOf(2026, 1, 1), dayOf(2026, 12, 31), false)
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "uttag")
	if err := exchange.Write(dir, exchange.Meta{ID: "nora", Name: "nora", Created: o.Read, Register: "Nora", Local: o.Local}, slices.Values(o.Cases), o.Book); err != nil {
		t.Fatal(err)
	}
	p, problems := readPackage(t, dir)
	if len(problems) != 0 {
		t.Errorf("%+v", problems)
	}
	if len(p.Batch.Local) != 1 || p.Batch.Local[0].Name != "forslag_ateraktualisering" || len(p.Batch.Local[0].Codes) != 3 {
		t.Fatalf("%+v", p.Batch.Local)
	}
	values := slices.Sorted(slices.Values(p.Batch.Local[0].Values))
	if !slices.Equal(values, []int16{-1, 1}) {
		t.Error(values)
	}
}

func readPackage(t *testing.T, dir string) (*exchange.Package, []fault.Problem) {
	t.Helper()
	d, err := exchange.Read(t.Context(), []string{dir}, exchange.Options{Layout: record.NewLayout(codebook.Default())})
	if err != nil {
		t.Fatal(err)
	}
	return d.Packages[0], d.Problems
}

// Two registers that have taken the same proposal are compared in a table of their own.
func TestACompilationTabulatesWhatTwoRegistersShare(t *testing.T) {
	var packages []string
	for _, name := range []string{"nora", "ale"} {
		h := newHouse(t, false)
		w := h.begin(t)
		by := h.coordinator(w)
		if err := h.Propose(t.Context(), by, 0, "forslag_polisanmalan"); err != nil {
			t.Fatal(err)
		}
		if _, err := h.PublishBook(t.Context(), by, 1, "prov"); err != nil {
			t.Fatal(err)
		}
		for code, answer := range map[string]string{"1": "1", "2": "1", "3": "2"} {
			h.open(t, w, name+code, map[string]string{"5": "2026-11-01", "forslag_polisanmalan": answer})
		}
		o, err := h.Outgoing(t.Context(), by, record.NoDay, record.NoDay, false)
		if err != nil {
			t.Fatal(err)
		}
		dir := filepath.Join(t.TempDir(), name+".zip")
		if err := exchange.Write(dir, exchange.Meta{ID: name, Name: name, Created: o.Read, Register: name, Local: o.Local}, slices.Values(o.Cases), o.Book); err != nil {
			t.Fatal(err)
		}
		packages = append(packages, dir)
	}
	r, err := compile.Run(t.Context(), compile.Options{Packages: packages})
	if err != nil {
		t.Fatal(err)
	}
	table := r.Release.Table("", "lokal_forslag_polisanmalan")
	if table == nil || table.Base(0, 0).Int() != 6 || table.Cell(0, 0).Count.Int() != 4 || table.Cell(0, 1).Count.Int() != 2 {
		t.Errorf("%+v %+v", table, r.Problems)
	}
}
