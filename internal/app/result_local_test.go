package app

import (
	"fmt"
	"testing"

	"foljsam/internal/codebook"
	"foljsam/internal/fault"
)

// TestLocalVariablesAreInResults counts by hand. An answer that is retired is still counted, and
// a case that never had the question is not among those that could answer it.
func TestLocalVariablesAreInResults(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	by := h.coordinator(w)
	intake, honour := fmt.Sprint(h.book.Role(codebook.Intake).Number), fmt.Sprint(h.book.Role(codebook.Honour).Number)
	h.open(t, w, "0", map[string]string{intake: "2026-01-01", honour: "1"}) // before there was a question
	h.publish(t, by, "", local("nora_hittade", "Webben", "Grannen", "Vården"))
	many := local("nora_sprak", "Svenska", "Arabiska", "Somaliska")
	many.Kind = codebook.Many
	h.publish(t, by, "", many)
	for i, a := range []map[string]string{
		{"nora_hittade": "1", "nora_sprak": "1|2", honour: "1"}, {"nora_hittade": "3", "nora_sprak": "2", honour: "1"},
		{"nora_hittade": "3", honour: "2"}, {"nora_sprak": "1", honour: "2"},
	} {
		a[intake] = "2026-02-01"
		h.open(t, w, fmt.Sprint(i+1), a)
	}
	x, err := h.Results(t.Context(), by, ResultAsk{}, "lokal_nora_hittade", "lokal_nora_sprak")
	if err != nil {
		t.Fatal(err)
	}
	for id, want := range map[string][]int64{"lokal_nora_hittade": {1, 0, 2, 3}, "lokal_nora_sprak": {2, 2, 0, 3}} {
		r := x.Release.Table("", id)
		for i, n := range want[:3] {
			if got := r.Cell(0, i).Count.Int(); got != n || r.Base(0, 0).Int() != want[3] {
				t.Errorf("%s, answer %d: %d of %d, counted by hand %d of %d", id, i+1, got, r.Base(0, 0).Int(), n, want[3])
			}
		}
	}
	c, err := h.CrossTable(t.Context(), by, ResultAsk{Where: []string{"v" + honour + "=1"}}, "nora_sprak", "nora_hittade", false)
	if err != nil {
		t.Fatal(err)
	}
	table := c.Rows.Table()
	for _, at := range [][3]int{{0, 0, 1}, {1, 0, 1}, {1, 2, 1}, {0, 2, 0}} {
		if n := c.Rows.Cell(0, table.Index(at[0], at[1])).Count.Int(); n != int64(at[2]) {
			t.Errorf("%v: %d", at, n)
		}
	}
	if one, err := h.Results(t.Context(), by, ResultAsk{Where: []string{"l.nora_sprak#2=1"}}, "d05"); err != nil || one.Cases.Int() != 2 {
		t.Error(one, err)
	}
	for _, where := range []string{"l.enhet=0", "l.aterkommer=1", "l.nora_hittade=9", "l.nora_hittade#1=1", "l.nora_sprak=1", "l.nora_sprak#2=7"} {
		if _, err := h.Results(t.Context(), by, ResultAsk{Where: []string{where}}, "d05"); fault.KindOf(err) != fault.Usage {
			t.Errorf("%s: %v", where, err)
		}
	}
}
