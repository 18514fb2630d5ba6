package app

import (
	"slices"
	"strings"
	"testing"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/fault"
	"foljsam/internal/indicator"
	"foljsam/internal/record"
)

func doubtful(t *testing.T, h *house, by access.Actor, kind indicator.DoubtKind) []DoubtfulCase {
	t.Helper()
	d, err := h.FigureDoubts(t.Context(), by, FiguresAsk{Year: figuresYear}, DoubtsAsk{Kind: kind})
	if err != nil {
		t.Fatal(err)
	}
	return d.Cases
}

func TestDoubtsAreDecidedCaseByCase(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	by := h.coordinator(w)
	differs := h.open(t, w, "A1", map[string]string{"5": "2024-03-01", "15": "30", "insats.1.118": "3", "insats.1.117": "2024-03-02", "256": "2025-05-01", "192": "3", "257": "1"})
	undated := h.open(t, w, "A2", map[string]string{"5": "2024-03-01", "15": "30", "insats.1.118": "3"})
	ageless := h.open(t, w, "A3", map[string]string{"5": "2025-03-01", "insats.1.118": "3", "insats.1.117": "2025-03-02"})
	if n := h.counts(t, by); n != [3]int{1, 2, 0} {
		t.Fatal(n)
	}
	decide := func(id string, kind indicator.DoubtKind, v FigureVerdict, seen int) error {
		return h.DecideFigure(t.Context(), by, FigureDecide{Year: figuresYear, Case: id, Kind: kind, Verdict: v, Note: "så här", Seen: seen})
	}
	for _, x := range []struct {
		id   string
		kind indicator.DoubtKind
		say  FigureVerdict
		seen int
		want [3]int
	}{
		{differs, indicator.GoalDiffers, CaseCounts, 0, [3]int{1, 2, 1}},
		{undated, indicator.SupportUndated, CaseCounts, 0, [3]int{1, 3, 1}},
		{ageless, indicator.AgeMissing, CaseNot, 0, [3]int{0, 2, 1}},
		{differs, indicator.GoalDiffers, CaseNot, 1, [3]int{0, 2, 0}},
		{ageless, indicator.AgeMissing, AsTheRules, 1, [3]int{1, 3, 0}},
	} {
		if err := decide(x.id, x.kind, x.say, x.seen); err != nil {
			t.Fatal(err)
		}
		if n := h.counts(t, by); n != x.want {
			t.Errorf("%s %s: %v, want %v", x.kind, x.say, n, x.want)
		}
	}
	if err := decide(differs, indicator.GoalDiffers, CaseCounts, 1); fault.KeyOf(err) != "indicator.decided_meanwhile" {
		t.Error("two decided at the same time:", err)
	}
	if one := doubtful(t, h, by, indicator.GoalDiffers); len(one) != 1 || one[0].Version != 2 || one[0].Verdict != CaseNot || one[0].Note != "så här" || one[0].By == "" || one[0].CaseCode != "A1" {
		t.Errorf("%+v", one)
	}
	if all := doubtful(t, h, by, ""); len(all) != 3 || all[0].Kind != indicator.AgeMissing {
		t.Errorf("those that nobody has decided of do not come first: %+v", all)
	}
	f, err := h.Figures(t.Context(), by, FiguresAsk{Year: 2024})
	if err != nil || countsOf(f) != [3]int{2, 1, 0} {
		t.Error("a decision on one year reached another:", countsOf(f), err)
	}
	for _, err := range []error{decide(differs, "annat", CaseNot, 2), decide(differs, indicator.GoalDiffers, "kanske", 2), decide("finns-inte", indicator.GoalDiffers, CaseNot, 0),
		h.DecideFigure(t.Context(), by, FigureDecide{Year: figuresYear, Case: differs, Kind: indicator.GoalDiffers, Verdict: CaseNot, Seen: 2, Note: strings.Repeat("x", longestNote+1)})} {
		if k := fault.KindOf(err); k != fault.Invalid && k != fault.NotFound {
			t.Error(err)
		}
	}
	if n := count(h.acts(t, w.Register), audit.FigureDecided); n != 5 {
		t.Errorf("%d lines in the log", n)
	}
}

func count(acts []audit.Act, act audit.Act) (n int) {
	for _, a := range acts {
		if a == act {
			n++
		}
	}
	return n
}

func TestUnitsOutsideAndClientsInTwoUnitsAreDoubtful(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	by := h.coordinator(w)
	h.fillOdd(t, w, 1)
	open := func(unit, code string) {
		_, err := h.OpenCase(t.Context(), by, NewCase{Unit: unit, Case: code, Client: "K-1", Answers: map[string]record.Answer{"5": {Value: "2025-02-01"}, "15": {Value: "40"}}})
		if err != nil {
			t.Fatal(err)
		}
	}
	open(w.Units[0].ID, "B1")
	open(w.Units[0].ID, "B2") // in the same unit: a double, not this
	before := len(doubtful(t, h, by, indicator.TwoUnits))
	open("annan", "B3")
	if all := doubtful(t, h, by, indicator.TwoUnits); len(all) != before+3 || all[0].Figures != [3]bool{true, false, false} {
		t.Errorf("%+v", all)
	}
	for _, d := range doubtful(t, h, by, indicator.TwoUnits) {
		want := map[string]int{"B1": 1, "B2": 1, "B3": 2}[d.CaseCode] // those in the other unit
		if want > 0 && (len(d.Others) != want || d.Others[0].UnitName == d.UnitName || d.Others[0].CaseCode == "") {
			t.Errorf("%s: %+v", d.CaseCode, d.Others)
		}
	}
	if err := h.SetOutside(t.Context(), by, []string{"annan", "annan"}); err != nil {
		t.Fatal(err)
	}
	outside := doubtful(t, h, by, indicator.OtherUnit)
	if i := slices.IndexFunc(outside, func(d DoubtfulCase) bool { return d.CaseCode == "B3" }); i < 0 {
		t.Fatalf("%+v", outside)
	} else if err := h.DecideFigure(t.Context(), by, FigureDecide{Year: figuresYear, Case: outside[i].ID, Kind: indicator.OtherUnit, Verdict: CaseNot}); err != nil {
		t.Fatal(err)
	}
	n := h.counts(t, by)
	f, err := h.Figures(t.Context(), by, FiguresAsk{Year: figuresYear})
	if err != nil || f.Rows[0].Rule.N() != n[0]+1 || !slices.ContainsFunc(f.Units, func(u FigureUnit) bool { return u.ID == "annan" && u.Outside }) {
		t.Errorf("%+v %v", f, err)
	}
	if err := h.SetOutside(t.Context(), by, []string{"x"}); fault.KindOf(err) != fault.NotFound {
		t.Error(err)
	}
}
