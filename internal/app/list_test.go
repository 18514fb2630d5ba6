package app

import (
	"fmt"
	"testing"

	"foljsam/internal/record"
)

func TestAPageFarBeyondTheListIsItsLast(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	h.open(t, w, "24-017", nil)
	for _, page := range []int{-1, 2000000000000, int(^uint(0) >> 1)} {
		list, err := h.Cases(t.Context(), w.Actor, Filter{Page: page})
		if err != nil || list.Page < 0 || list.Page > 19 {
			t.Errorf("page %d: %+v %v", page, list, err)
		}
		list, err = h.Walk(t.Context(), w.Actor, w.Units[0].ID, page)
		if err != nil || list.Page < 0 || list.Page > 19 {
			t.Errorf("page %d: %+v %v", page, list, err)
		}
	}
}

func TestACasesPlaceInAWalk(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	for i := range 60 {
		h.open(t, w, fmt.Sprint("24-", i), nil)
	}
	n := 0
	for page := range 2 {
		list, err := h.Walk(t.Context(), w.Actor, w.Units[0].ID, page)
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range list.Cases {
			if place, in, err := h.WalkPlace(t.Context(), w.Actor, x.Cover); err != nil || !in || place != n {
				t.Errorf("%d is at %d: %v %v", n, place, in, err)
			}
			n++
		}
	}
	gone := record.Cover{ID: "zz", Unit: w.Units[0].ID, Standing: record.Open, Intake: record.NoDay}
	if place, in, err := h.WalkPlace(t.Context(), w.Actor, gone); n != 60 || place != 60 || in || err != nil {
		t.Errorf("%d of %d: %v %v", place, n, in, err)
	}
	other := h.colleague(t, w, "bo", "another")
	if _, _, err := h.WalkPlace(t.Context(), other, gone); err == nil {
		t.Error("a place in another unit's walk is told")
	}
}
