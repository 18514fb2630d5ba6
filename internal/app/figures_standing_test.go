package app

import (
	"fmt"
	"testing"

	"foljsam/internal/access"
	"foljsam/internal/fault"
	"foljsam/internal/indicator"
	"foljsam/internal/store"
)

// stands gives how a year's return stands: its state, and the key figures that differ.
func (h *house) stands(t *testing.T, by access.Actor, year int) string {
	t.Helper()
	f, err := h.Figures(t.Context(), by, FiguresAsk{Year: year, Area: "1884"})
	if err != nil {
		t.Fatal(err)
	}
	s := f.Standing(year)
	if s == nil {
		return string(FigureOpen)
	}
	text := string(s.State)
	for _, d := range s.Differs {
		text += fmt.Sprint(" ", d.Figure)
	}
	return text
}

// "Ett ärende kan bara avslutas under ett år": a case that is opened again and closed anew is closed in
// the year of the closing date that stands, and the return of the first year needs a correction.
func TestACaseClosedAnewNeedsACorrectionOfTheFirstYear(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	by := h.coordinator(w)
	id := ""
	for i := range 5 {
		id = h.open(t, w, fmt.Sprint("A", i), map[string]string{"5": "2025-02-01", "15": "30", "insats.1.118": "3", "insats.1.117": "2025-02-02", "256": "2025-08-01", "192": "1"})
	}
	expect := func(said, want string) {
		t.Helper()
		if got := h.stands(t, by, 2025); got != want {
			t.Errorf("%s: %q, want %q", said, got, want)
		}
	}
	expect("nothing settled", "inget")
	h.settled(t, by, returnAsk())
	expect("settled", "klart")
	if err := h.SendReturn(t.Context(), by, 2025, "1884", 1, false); err != nil {
		t.Fatal(err)
	}
	expect("sent", "lamnat")
	h.save(t, w.Actor, id, "256", "", 99)
	expect("opened again", "rattelse 3")
	h.save(t, w.Actor, id, "256", "2026-03-01", 99)
	expect("closed anew", "rattelse 3")
	if n := h.countsIn(t, by, 2025, "1884"); n != [3]int{5, 5, 4} {
		t.Error(n)
	}
	if n := h.countsIn(t, by, 2026, "1884"); n != [3]int{0, 1, 1} {
		t.Error(n)
	}
	waits, err := h.FigureWaits(t.Context(), by)
	if err != nil || len(waits) != 1 || waits[0].Year != 2025 || waits[0].State != FigureWrong || waits[0].Differs[0].Now != indicator.SecretCount() {
		t.Errorf("%+v %v", waits, err)
	}
	if all, err := h.FigureWaits(t.Context(), w.Actor); len(all) > 0 || err != nil {
		t.Error("a caseworker is told of returns:", all, err)
	}
	h.settled(t, by, returnAsk())
	expect("a correction is settled", "rattelse 3")
	if err := h.SendReturn(t.Context(), by, 2025, "1884", 2, false); err != nil {
		t.Fatal(err)
	}
	expect("and sent", "lamnat")
	h.save(t, w.Actor, id, "256", "2025-08-01", 99)
	expect("and the case is closed as at first", "rattelse 3")
}

// A decision changes what stands as a saved case does, and a figure that was left out is no difference.
func TestADecisionChangesHowAReturnStands(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	by := h.coordinator(w)
	id := ""
	for i := range 5 {
		id = h.open(t, w, fmt.Sprint("A", i), map[string]string{"5": "2025-02-01"}) // no age
	}
	ask := returnAsk()
	ask.Left[2] = true
	h.settled(t, by, ask)
	if err := h.DecideFigure(t.Context(), by, FigureDecide{Year: 2025, Case: id, Kind: indicator.AgeMissing, Verdict: CaseNot}); err != nil {
		t.Fatal(err)
	}
	if got := h.stands(t, by, 2025); got != "klart 1" {
		t.Error(got)
	}
}

// What the nation refuses can be handed in as a file; whoever settles is told beforehand.
func TestWhatTheNationRefusesGoesAsAFile(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	by := h.coordinator(w)
	admin := access.Actor{Person: w.Person, Role: access.Administrator, AllUnits: true, Confirmed: h.time}
	if err := h.BeginNation(t.Context(), admin, "Riket", "SKR"); err != nil {
		t.Fatal(err)
	}
	nation, err := h.nation(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	deadline := dayOf(2026, 12, 30)
	if err := nation.Write(t.Context(), func(tx *store.Tx) error {
		return tx.PutCollection(store.Collection{Year: figuresYear, Deadline: deadline})
	}); err != nil {
		t.Fatal(err)
	}
	if waits, err := h.FigureWaits(t.Context(), by); err != nil || len(waits) != 1 || waits[0].State != FigureOpen || waits[0].Deadline != deadline {
		t.Errorf("what the nation asks for does not wait: %+v %v", waits, err)
	}
	h.move(t, by, w.Units[0].ID, "188477", dayOf(2025, 1, 1)) // a district that the nation does not know
	ask := returnAsk()
	ask.Area = "188477"
	seen, err := h.Returning(t.Context(), by, ask)
	if err != nil || !seen.Nation || fault.KeyOf(seen.Refusal) != "nation.no_unit" {
		t.Fatalf("%+v %v", seen, err)
	}
	if edition, err := h.ReturnFigures(t.Context(), by, ask, seen.Hash); edition != 1 || fault.KeyOf(err) != "nation.no_unit" {
		t.Fatal(edition, err)
	}
	if err := h.SendReturn(t.Context(), by, figuresYear, "188477", 1, false); fault.KeyOf(err) != "nation.no_unit" {
		t.Error(err)
	}
	if err := h.SendReturn(t.Context(), by, figuresYear, "188477", 1, true); err != nil {
		t.Error(err)
	}
	if r, _, err := h.ReturnSettled(t.Context(), by, figuresYear, "188477", 1); err != nil || r.Sent.Way != SentByFile {
		t.Errorf("%+v %v", r, err)
	}
}
