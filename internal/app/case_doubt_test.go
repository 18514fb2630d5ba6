package app

import (
	"testing"
	"time"

	"foljsam/internal/codebook"
	"foljsam/internal/record"
)

func TestTheDayIsTheOneWhereTheClockIs(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	id := h.open(t, w, "26-001", map[string]string{"5": "2026-05-08"})
	closing := codebook.Default().Role(codebook.Closing).Key()
	h.time = time.Date(2026, 11, 23, 0, 20, 0, 0, time.FixedZone("CET", 3600)) // still the 22nd in UTC
	c, err := h.Case(t.Context(), w.Actor, id)
	if err != nil {
		t.Fatal(err)
	}
	for day, odd := range map[string]int{"2026-11-22": 0, "2026-11-23": 0, "2026-11-24": 1} {
		if all := h.Doubts(c, []Edit{{Field: closing, Answer: record.Answer{Value: day}}}, codebook.Closing); len(all) != odd {
			t.Errorf("closed on %s just after midnight on the 23rd: %d doubts, not %d", day, len(all), odd)
		}
	}
}
