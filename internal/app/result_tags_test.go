package app

import (
	"fmt"
	"testing"
	"time"

	"foljsam/internal/codebook"
	"foljsam/internal/fault"
)

// TestTagsAreCountedInCases counts by hand. Outside the house a word of fewer than five cases is
// not there at all.
func TestTagsAreCountedInCases(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	by := h.coordinator(w)
	intake, wish := fmt.Sprint(h.book.Role(codebook.Intake).Number), fmt.Sprint(h.book.Role(codebook.Proposals).Number)
	h.open(t, w, "utan", map[string]string{intake: "2025-02-01"})
	for i := range 6 {
		id := h.open(t, w, fmt.Sprint(i), map[string]string{intake: fmt.Sprintf("202%d-02-01", 5+i/5), wish: "Bättre telefontider"})
		tags := []string{"Telefon", "väntan"}
		if i == 0 {
			tags = append(tags, "namn")
		}
		for _, tag := range tags {
			if err := h.TagText(t.Context(), by, id, wish, tag, true); err != nil {
				t.Fatal(err)
			}
		}
	}
	tell := func(ask ResultAsk, outward bool) map[string]string {
		t.Helper()
		x, err := h.Tags(t.Context(), by, ask, outward)
		if err != nil {
			t.Fatal(err)
		}
		all := map[string]string{}
		for _, r := range x.Release.Tables {
			for i, c := range r.Table().Dims[0].Cats {
				n := r.Cell(0, i).Count
				all[c.ID] = fmt.Sprintf("%d%s of %d", n.Int(), n.State().Mark(), r.Base(0, 0).Int())
			}
		}
		return all
	}
	year := ResultAsk{From: time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC), Till: time.Date(2025, 12, 31, 0, 0, 0, 0, time.UTC)}
	if got := fmt.Sprint(tell(ResultAsk{}, false)); got != "map[namn:1 of 6 telefon:6 of 6 väntan:6 of 6]" {
		t.Error(got)
	}
	if got := fmt.Sprint(tell(year, false)); got != "map[namn:1 of 5 telefon:5 of 5 väntan:5 of 5]" {
		t.Error(got)
	}
	if got := fmt.Sprint(tell(year, true)); got != "map[telefon:5 of 5 väntan:5 of 5]" {
		t.Error(got)
	}
	if _, err := h.FreeTexts(t.Context(), w.Actor, StaffTexts, "", 0); fault.KindOf(err) != fault.Refused && w.Actor.Role != by.Role {
		t.Error("comments are read by whoever", err)
	}
	if x, err := h.FreeTexts(t.Context(), by, StaffTexts, "", 0); err != nil || len(x.Texts) != 0 {
		t.Error("what clients wrote is read as comments", err)
	}
}
