package app

import (
	"fmt"
	"slices"
	"testing"

	"foljsam/internal/access"
	"foljsam/internal/fault"
	"foljsam/internal/store"
)

// oddOf gives a warning of the year by its kind.
func (h *house) oddOf(t *testing.T, by access.Actor, kind OddKind) Odd {
	t.Helper()
	f, err := h.Figures(t.Context(), by, FiguresAsk{Year: figuresYear, Area: "1884"})
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(f.Odd, func(o Odd) bool { return o.Kind == kind })
	if i < 0 {
		t.Fatalf("no warning %s: %+v", kind, f.Odd)
	}
	return f.Odd[i]
}

func acceptOf(w Warning, reason AcceptReason) FigureAccept {
	return FigureAccept{FiguresAsk: FiguresAsk{Year: figuresYear, Area: "1884"}, About: w.About, State: w.State, Version: w.Version, Reason: reason}
}

// A warning is let stand with a reason, is one again when it says something else, and can be one again.
func TestAWarningIsLetStandTillItSaysSomethingElse(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	by := h.coordinator(w)
	for i := range 12 { // all opened the year before, none this year
		h.open(t, w, fmt.Sprint("A", i), map[string]string{"5": "2024-02-01", "15": "30"})
	}
	o := h.oddOf(t, by, Jumped)
	if o.Accepted != nil || o.About != "sprang:1" {
		t.Fatalf("%+v", o)
	}
	for reason, key := range map[AcceptReason]string{"för att": "indicator.choose_reason", NotCorrected: "indicator.choose_reason"} {
		if err := h.AcceptFigure(t.Context(), by, acceptOf(o.Warning, reason)); fault.KeyOf(err) != key {
			t.Error(reason, err)
		}
	}
	if err := h.AcceptFigure(t.Context(), w.Actor, acceptOf(o.Warning, ItIsSo)); fault.KindOf(err) != fault.Refused {
		t.Error("a caseworker answers for a return:", err)
	}
	if err := h.AcceptFigure(t.Context(), by, acceptOf(o.Warning, Reorganised)); err != nil {
		t.Fatal(err)
	}
	o = h.oddOf(t, by, Jumped)
	if o.Accepted == nil || o.Accepted.Reason != string(Reorganised) || o.Accepted.PersonName == "" || o.Version != 1 {
		t.Fatalf("%+v", o)
	}
	before := acceptOf(o.Warning, TakenBack)
	h.open(t, w, "A12", map[string]string{"5": "2024-02-01", "15": "30"}) // 13 the year before
	if o = h.oddOf(t, by, Jumped); o.Accepted != nil {
		t.Errorf("a warning that says something else is let stand: %+v", o)
	}
	if err := h.AcceptFigure(t.Context(), by, before); fault.KindOf(err) != fault.Conflict {
		t.Error(err)
	}
	if err := h.AcceptFigure(t.Context(), by, acceptOf(o.Warning, ItIsSo)); err != nil {
		t.Fatal(err)
	}
	o = h.oddOf(t, by, Jumped)
	if err := h.AcceptFigure(t.Context(), by, acceptOf(o.Warning, TakenBack)); err != nil || h.oddOf(t, by, Jumped).Accepted != nil {
		t.Error("what is taken back is let stand:", err)
	}
	if err := h.AcceptFigure(t.Context(), by, acceptOf(Warning{About: "pagar"}, ItIsSo)); fault.KindOf(err) != fault.Conflict {
		t.Error(err)
	}
}

// What the warning said is kept without a count of 1-4: it is the same whichever it was.
func TestWhatAWarningSaidIsKeptWithoutAFew(t *testing.T) {
	states := map[string]bool{}
	for n := 1; n <= 4; n++ {
		h := newHouse(t, false)
		w := h.begin(t)
		by := h.coordinator(w)
		for i := range 12 + n {
			day := "2024-02-01"
			if i < n {
				day = "2025-02-01"
			}
			h.open(t, w, fmt.Sprint("A", i), map[string]string{"5": day, "15": "30"})
		}
		o := h.oddOf(t, by, Jumped)
		if o.N.N() != n {
			t.Fatalf("%+v", o)
		}
		states[o.State] = true
	}
	if len(states) != 1 {
		t.Error("1, 2, 3 and 4 leave different things behind:", states)
	}
}

// That a return is wrong is let stand too: it waits no more, till the register says something else again.
func TestAReturnThatIsNotCorrectedWaitsNoMore(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	by := h.coordinator(w)
	var ids []string
	for i := range 7 {
		ids = append(ids, h.open(t, w, fmt.Sprint("A", i), map[string]string{"5": "2025-02-01", "15": "30", "insats.1.118": "3", "insats.1.117": "2025-02-02"}))
	}
	h.settled(t, by, returnAsk())
	if err := h.SendReturn(t.Context(), by, figuresYear, "1884", 1, false); err != nil {
		t.Fatal(err)
	}
	h.save(t, w.Actor, ids[0], "15", "17", 99)
	standing := func() FigureStanding {
		t.Helper()
		f, err := h.Figures(t.Context(), by, FiguresAsk{Year: figuresYear, Area: "1884"})
		if err != nil {
			t.Fatal(err)
		}
		return *f.Standing(figuresYear)
	}
	s := standing()
	if s.State != FigureWrong || s.About == "" || !s.Waits() {
		t.Fatalf("%+v", s)
	}
	if err := h.AcceptFigure(t.Context(), by, acceptOf(s.Warning, NotCorrected)); err != nil {
		t.Fatal(err)
	}
	s = standing()
	if s.State != FigureLeft || len(s.Differs) != 2 || s.Accepted == nil || s.Accepted.PersonName == "" {
		t.Errorf("%+v", s)
	}
	if waits, err := h.FigureWaits(t.Context(), by); err != nil || len(waits) != 0 {
		t.Errorf("%+v %v", waits, err)
	}
	h.save(t, w.Actor, ids[1], "15", "17", 99)
	if s = standing(); s.State != FigureWrong {
		t.Errorf("more has changed, and it is let stand: %+v", s)
	}
	if err := h.AcceptFigure(t.Context(), by, acceptOf(s.Warning, Recorded)); err != nil {
		t.Fatal(err)
	}
	h.settled(t, by, returnAsk())
	if err := h.SendReturn(t.Context(), by, figuresYear, "1884", 2, false); err != nil {
		t.Fatal(err)
	}
	if s = standing(); s.State != FigureGone || s.About != "" {
		t.Errorf("%+v", s)
	}
	kept := []store.FigureAccepted{}
	r, err := h.register(t.Context(), by)
	if err == nil {
		err = r.Read(t.Context(), func(tx *store.Tx) (err error) { kept, err = tx.FiguresAccepted(); return err })
	}
	if err != nil || len(kept) != 2 || kept[1].Version != 2 {
		t.Errorf("%+v %v", kept, err)
	}
}
