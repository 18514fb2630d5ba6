package app

import (
	"testing"

	"foljsam/internal/fault"
)

func TestWhoHasNotSeenTheLastEditionSettlesNone(t *testing.T) {
	h := newHouse(t, false)
	by := h.coordinator(h.begin(t))
	seen, err := h.Returning(t.Context(), by, returnAsk())
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"", "indicator.returned_meanwhile"} { // the same again: pressed twice, or by two
		if _, err := h.ReturnFigures(t.Context(), by, returnAsk(), seen.Hash); fault.KeyOf(err) != want {
			t.Errorf("%d: %v", i, err)
		}
	}
	ask := returnAsk()
	ask.Seen = 1
	if edition, err := h.ReturnFigures(t.Context(), by, ask, seen.Hash); edition != 2 || err != nil {
		t.Error(edition, err)
	}
}

func TestAnotherAreaHasNoReturnHere(t *testing.T) {
	h := newHouse(t, false)
	by := h.coordinator(h.begin(t))
	h.settled(t, by, returnAsk())
	if _, _, err := h.ReturnSettled(t.Context(), by, figuresYear, "0180", 0); fault.KeyOf(err) != "indicator.no_return" {
		t.Error(err)
	}
	if r, _, err := h.ReturnSettled(t.Context(), by, figuresYear, "", 0); err != nil || r.Unit != "1884" || r.Editions != 1 {
		t.Error(r, err)
	}
}
