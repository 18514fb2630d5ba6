package app

import (
	"slices"
	"testing"

	"foljsam/internal/fault"
)

// What is odd in a return is asked about once, and again when it is something else.
func TestWhatIsOddIsCheckedOnce(t *testing.T) {
	h := newHouse(t, false)
	w := h.collects(t)
	h.asks(t, w, 2024, 2025)
	h.returns(t, w.Actor, "0114", 2024, 17, 3, 0)
	h.returns(t, w.Actor, "0114", 2025, 60, 12)
	row := func() (BoardRow, int) {
		t.Helper()
		b, err := h.Board(t.Context(), w.Actor, 2025)
		i := slices.IndexFunc(b.Rows, func(r BoardRow) bool { return r.Unit == "0114" })
		if err != nil || i < 0 {
			t.Fatal(i, err)
		}
		return b.Rows[i], b.Odd
	}
	r, odd := row()
	if !r.ToAsk() || odd != 1 || r.Warning.State == "" {
		t.Fatalf("%+v %d", r, odd)
	}
	answer := func(reason AcceptReason) error {
		r, _ := row()
		return h.CheckOdd(t.Context(), w.Actor, 2025, "0114", FigureAccept{State: r.Warning.State, Version: r.Version, Reason: reason})
	}
	if err := answer("för att"); fault.KeyOf(err) != "indicator.choose_reason" {
		t.Error(err)
	}
	if err := answer(TheySaySo); err != nil {
		t.Fatal(err)
	}
	if r, odd := row(); r.ToAsk() || odd != 0 || r.Accepted.PersonName != "Rönn" {
		t.Errorf("%+v %d", r, odd)
	}
	if err := h.CheckOdd(t.Context(), w.Actor, 2025, "0114", FigureAccept{State: r.Warning.State, Reason: TheySaySo}); fault.KindOf(err) != fault.Conflict {
		t.Error("answered twice:", err)
	}
	if err := answer(TakenBack); err != nil {
		t.Fatal(err)
	}
	if r, _ := row(); !r.ToAsk() {
		t.Errorf("%+v", r)
	}
	if err := answer(SeenOurself); err != nil {
		t.Fatal(err)
	}
	h.returns(t, w.Actor, "0114", 2025, 61, 12) // something else
	if r, odd := row(); !r.ToAsk() || odd != 1 {
		t.Errorf("%+v %d", r, odd)
	}
	if err := h.CheckOdd(t.Context(), w.Actor, 2025, "0115", FigureAccept{Reason: TheySaySo}); fault.KindOf(err) != fault.Conflict {
		t.Error("nothing is odd:", err)
	}
	reporter := w.Actor
	reporter.Role = "uppgiftslamnare"
	if err := h.CheckOdd(t.Context(), reporter, 2025, "0114", FigureAccept{Reason: TheySaySo}); fault.KindOf(err) != fault.Refused {
		t.Error(err)
	}
}
