package app

import (
	"fmt"
	"strings"
	"testing"

	"foljsam/internal/fault"
)

// divided gives a nation that has published 2025 with the whole of Göteborg, and whose Göteborg has three
// districts from then on.
func divided(t *testing.T, whole ...int) (*house, *Who) {
	t.Helper()
	h := newHouse(t, false)
	w := h.collects(t)
	h.asks(t, w, 2025)
	h.returns(t, w.Actor, "0114", 2025, 17, 3, 8)
	h.returns(t, w.Actor, "1480", 2025, whole...)
	if _, err := h.Publish(t.Context(), w.Actor, 2025, ""); err != nil {
		t.Fatal(err)
	}
	for code := 1; code <= 3; code++ {
		h.district(t, w, code)
	}
	return h, w
}

func (h *house) district(t *testing.T, w *Who, code int) {
	t.Helper()
	unit := fmt.Sprintf("1480%02d", code)
	err := h.PutDistrict(t.Context(), w.Actor, DistrictEdit{Code: unit, Name: unit, From: 2025})
	if !IsRest(unit) {
		err = firstError(err, h.SetPeople(t.Context(), w.Actor, unit, 2025, 10_000, "stadens egen statistik"))
	}
	if err != nil {
		t.Fatal(err)
	}
}

// 55 in the whole city, published, and 30, 22 and a mark in its districts is a mark of 3.
func TestADivisionThatGivesAwayAMarkIsNotPublished(t *testing.T) {
	for _, x := range []struct {
		whole  []int
		parts  [3]int
		refuse bool
	}{
		{[]int{55}, [3]int{30, 22, 3}, true},
		{[]int{2}, [3]int{0, 0, 2}, true}, // and a mark is not split over districts either
		{[]int{3}, [3]int{5, 6, 0}, true},
		{[]int{55}, [3]int{30, 25, 0}, false}, // nothing is secret
		{nil, [3]int{30, 22, 3}, false},       // nothing was said of the city
	} {
		h, w := divided(t, x.whole...)
		for i, n := range x.parts {
			h.returns(t, w.Actor, fmt.Sprintf("1480%02d", i+1), 2025, n)
		}
		nr, err := h.Publish(t.Context(), w.Actor, 2025, "Stadsdelarna har rapporterat.")
		if x.refuse && fault.KeyOf(err) != "nation.divided_anew" || !x.refuse && (err != nil || nr != 2) {
			t.Errorf("%v, then %v: edition %d, %v", x.whole, x.parts, nr, err)
		}
	}
}

// A district that is added beside others that say what they said gives nothing away; one that takes a part of another does.
func TestADistrictThatIsAddedLater(t *testing.T) {
	for _, x := range []struct {
		first  int // what the first district says when another has come
		refuse bool
	}{{30, false}, {27, true}} {
		h, w := divided(t)
		for i, n := range []int{30, 3, 12} {
			h.returns(t, w.Actor, fmt.Sprintf("1480%02d", i+1), 2025, n)
		}
		if _, err := h.Publish(t.Context(), w.Actor, 2025, "Stadsdelarna har rapporterat."); err != nil {
			t.Fatal(err)
		}
		h.district(t, w, 99)
		h.returns(t, w.Actor, "148099", 2025, 3)
		h.returns(t, w.Actor, "148001", 2025, x.first)
		if _, err := h.Publish(t.Context(), w.Actor, 2025, "Det stadsgemensamma har kommit till."); (fault.KeyOf(err) == "nation.divided_anew") != x.refuse || !x.refuse && err != nil {
			t.Errorf("%d: %v", x.first, err)
		}
	}
}

// What is written beside published figures says neither who somebody is nor how few they are.
func TestAReasonForEverybodySaysNothingOfAnyone(t *testing.T) {
	h := newHouse(t, false)
	w := h.collects(t)
	h.asks(t, w, 2025)
	h.returns(t, w.Actor, "0114", 2025, 17, 3, 8)
	if _, err := h.Publish(t.Context(), w.Actor, 2025, ""); err != nil {
		t.Fatal(err)
	}
	h.returns(t, w.Actor, "0114", 2025, 18, 3, 8)
	for text, want := range map[string]string{
		"Klienten 19121212-1212 var med två gånger": "nation.reason_identifies",
		"Ring 070-174 06 05":                        "nation.reason_identifies",
		"Kommunen hade 3 ärenden, inte 17":          "nation.reason_few",
		"Nu är det tre nya ärenden":                 "nation.reason_few",
		"They had 2 cases":                          "nation.reason_few",
		strings.Repeat("ä", 501):                    "nation.reason_long",
	} {
		if _, err := h.Publish(t.Context(), w.Actor, 2025, text); fault.KeyOf(err) != want {
			t.Errorf("%q: %v", text, err)
		}
		if want == "nation.reason_long" {
			continue
		}
		if err := h.SetPeople(t.Context(), w.Actor, "0114", 2025, 9000, text); fault.KeyOf(err) != want {
			t.Errorf("people, %q: %v", text, err)
		}
	}
	for i, text := range []string{"Nyckeltal 3 rättat i 2 kommuner.", "Utgåva 1 hade 13 ärenden för många.", "Tre kommuner har rättat sina uppgifter 2025-11-03.", "Fel omfattning: 1, inte 3."} {
		h.returns(t, w.Actor, "0114", 2025, 30+i, 3, 8)
		if _, err := h.Publish(t.Context(), w.Actor, 2025, text); err != nil {
			t.Errorf("%q: %v", text, err)
		}
	}
}
