package app

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/exchange"
	"foljsam/internal/fault"
	"foljsam/internal/indicator"
	"foljsam/internal/record"
	"foljsam/internal/store"
)

func returnAsk() ReturnAsk {
	return ReturnAsk{FiguresAsk: FiguresAsk{Year: figuresYear, Area: "1884"}, Scope: indicator.Both}
}

// settled returns the key figures as they are.
func (h *house) settled(t *testing.T, by access.Actor, ask ReturnAsk) Returned {
	t.Helper()
	r, err := h.Returning(t.Context(), by, ask)
	if err != nil {
		t.Fatal(err)
	}
	if r.Before != nil {
		ask.Seen = r.Before.Edition
	}
	edition, err := h.ReturnFigures(t.Context(), by, ask, r.Hash)
	if err != nil {
		t.Fatal(err)
	}
	got, file, err := h.ReturnSettled(t.Context(), by, figuresYear, "1884", edition)
	if err != nil || file != r.File {
		t.Fatal(file, r.File, err)
	}
	return got
}

func TestWhatIsReturnedIsWhatWasLookedAt(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	by := h.coordinator(w)
	for i := range 6 {
		h.open(t, w, fmt.Sprint("A", i), map[string]string{"5": "2025-03-01", "insats.1.118": "3", "insats.1.117": fmt.Sprintf("202%d-03-01", 5+i/3)})
	}
	ask := returnAsk()
	seen, err := h.Returning(t.Context(), by, ask)
	if err != nil || !seen.Open || seen.Nation || seen.Before != nil {
		t.Fatalf("%+v %v", seen, err)
	}
	want := "enhet,ar,nyckeltal,antal,sekretess,omfattning\n1884,2025,1,6,,3\n1884,2025,2,,1,3\n1884,2025,3,0,,3\n"
	if strings.ReplaceAll(seen.File, "\r\n", "\n") != want {
		t.Errorf("%q", seen.File)
	}
	reports, problems, err := exchange.ReadReports(strings.NewReader(seen.File), "rapporter.csv")
	if err != nil || len(problems) != 0 || len(reports) != 3 || !reports[1].Count.IsSecret() {
		t.Errorf("the file is not read again: %+v %v %v", reports, problems, err)
	}
	id := h.open(t, w, "B1", map[string]string{"5": "2025-03-01"})
	if _, err := h.ReturnFigures(t.Context(), by, ask, seen.Hash); fault.KeyOf(err) != "indicator.changed" {
		t.Error("what changed meanwhile was returned:", err)
	}
	first := h.settled(t, by, ask)
	if first.Edition != 1 || first.Counts[0] != indicator.CountOf(7) || !first.Sent.At.IsZero() || first.PersonName != "Alm" || first.FigureReturn.Reading != "maluppfoljning" {
		t.Errorf("%+v", first)
	}
	h.save(t, w.Actor, id, "5", "2024-03-01", 1)
	ask.Left[1] = true
	second := h.settled(t, by, ask)
	if second.Edition != 2 || second.Counts[0] != indicator.CountOf(6) || !second.Counts[1].IsMissing() {
		t.Errorf("%+v", second)
	}
	if old, _, err := h.ReturnSettled(t.Context(), by, figuresYear, "1884", 1); err != nil || old.Counts != first.Counts {
		t.Error("an earlier edition is another than it was:", old, err)
	}
	if err := h.SendReturn(t.Context(), by, figuresYear, "1884", 1, false); fault.KeyOf(err) != "indicator.later_edition" {
		t.Error("an edition was sent that there is a later one of:", err)
	}
	if err := h.SendReturn(t.Context(), by, figuresYear, "1884", 2, false); err != nil {
		t.Fatal(err)
	}
	if err := h.SendReturn(t.Context(), by, figuresYear, "1884", 2, false); fault.KeyOf(err) != "indicator.sent_meanwhile" {
		t.Error(err)
	}
	f, err := h.Figures(t.Context(), by, FiguresAsk{Year: 2026, Area: "1884"})
	if err != nil || len(f.Others) != 1 || f.Others[0].Edition != 2 || f.Others[0].Sent.Way != SentByFile || f.Rows[0].LastSent != indicator.CountOf(6) {
		t.Errorf("%+v %v", f.Others, err)
	}
	if acts := h.acts(t, w.Register); count(acts, audit.FigureReturned) != 2 || count(acts, audit.FigureSent) != 1 {
		t.Error(acts)
	}
	proofs, err := h.store.Verify(t.Context(), nil)
	for _, p := range proofs {
		if len(p.Faults) > 0 || err != nil {
			t.Error(p.Register, p.Faults, err)
		}
	}
}

func TestAReturnStatesWhatItIsOf(t *testing.T) {
	h := newHouse(t, false)
	by := h.coordinator(h.begin(t))
	for key, change := range map[string]func(*ReturnAsk){
		"indicator.scope_missing":    func(r *ReturnAsk) { r.Scope = indicator.NotStated },
		"indicator.nothing_returned": func(r *ReturnAsk) { r.Left = [3]bool{true, true, true} },
		"indicator.year_not_over":    func(r *ReturnAsk) { r.Year = 2026 },
	} {
		ask := returnAsk()
		change(&ask)
		if _, err := h.ReturnFigures(t.Context(), by, ask, ""); fault.KeyOf(err) != key {
			t.Errorf("%v, want %s", err, key)
		}
	}
	if _, _, err := h.ReturnSettled(t.Context(), by, figuresYear, "1884", 0); fault.KindOf(err) != fault.NotFound {
		t.Error(err)
	}
}

var ownWords = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f-]{27}|"tid":"[^"]*"|,"tabeller":\{[^}]*\}`)

// left gives everything that a return leaves behind: its rows as they are kept and backed up,
// its lines of the log, the file, and what the archive gets.
func (h *house) left(t *testing.T, by access.Actor) string {
	t.Helper()
	before := len(h.acts(t, by.Register))
	r := h.settled(t, by, returnAsk())
	if err := h.SendReturn(t.Context(), by, figuresYear, "1884", 1, false); err != nil {
		t.Fatal(err)
	}
	_, file, err := h.ReturnSettled(t.Context(), by, figuresYear, "1884", 1)
	if err != nil {
		t.Fatal(err)
	}
	all := []string{file}
	reg, err := h.store.Register(t.Context(), by.Register)
	if err != nil {
		t.Fatal(err)
	}
	err = reg.Read(t.Context(), func(tx *store.Tx) error {
		rows, err := tx.FigureReturns()
		if err != nil {
			return err
		}
		for _, row := range append(rows, r.FigureReturn) {
			row.Person, row.Sent.Person = "", ""
			b, err := json.Marshal(row)
			if err != nil {
				return err
			}
			all = append(all, string(b))
		}
		lines, err := tx.AuditLines(0, 10_000)
		for _, s := range lines[before:] {
			l, err := s.Read()
			if err != nil {
				return err
			}
			l.Seq, l.Person = 0, ""
			b, err := json.Marshal(l)
			if err != nil {
				return err
			}
			all = append(all, string(b))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return ownWords.ReplaceAllString(strings.Join(all, "\n"), "")
}

// After returns of 1, 2, 3 and 4 cases everything that is left of them is the same, apart from
// ids and times.
func TestAReturnLeavesNoSmallNumberBehind(t *testing.T) {
	var left []string
	for n := 1; n <= 4; n++ {
		h := newHouse(t, false)
		w := h.begin(t)
		by := h.coordinator(w)
		for i := range n {
			h.open(t, w, fmt.Sprint("A", i), map[string]string{"5": "2025-03-01", "15": "30", "insats.1.118": "3", "insats.1.117": "2025-03-01", "256": "2025-09-01", "192": "1"})
		}
		if c := h.counts(t, by); c != [3]int{n, n, n} {
			t.Fatal(c)
		}
		left = append(left, h.left(t, by))
	}
	if !strings.Contains(left[0], indicator.CountColumn) || !strings.Contains(left[0], "lamnade_nyckeltal") || !strings.Contains(left[0], "sekretess") {
		t.Error("nothing is compared:", left[0])
	}
	for _, other := range left[1:] {
		if other != left[0] {
			t.Errorf("%s\n\ndiffers from\n\n%s", other, left[0])
		}
	}
}

func TestTheNationTakesTheReturn(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	by := h.coordinator(w)
	h.open(t, w, "A1", map[string]string{"5": "2025-03-01"})
	admin := access.Actor{Person: w.Person, Role: access.Administrator, AllUnits: true, Confirmed: h.time}
	if err := h.BeginNation(t.Context(), admin, "Riket", "SKR"); err != nil {
		t.Fatal(err)
	}
	if r, err := h.Returning(t.Context(), by, returnAsk()); err != nil || r.Nation {
		t.Error("the nation has not asked for the year:", err)
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
	if f, err := h.Figures(t.Context(), by, FiguresAsk{Year: figuresYear}); err != nil || !f.Nation || f.Deadline != deadline {
		t.Errorf("%+v %v", f, err)
	}
	if r := h.settled(t, by, returnAsk()); r.Sent.Way != SentToNation || r.Sent.Person != by.Person.ID {
		t.Errorf("%+v", r)
	}
	var got []store.ReceivedReturn
	err = nation.Read(t.Context(), func(tx *store.Tx) (err error) { got, err = tx.ReturnEditions("1884", figuresYear); return err })
	if err != nil || len(got) != 1 || !got[0].Counts[0].IsSecret() || got[0].Scope != indicator.Both || got[0].How != ByRegister {
		t.Errorf("%+v %v", got, err)
	}
	if err := nation.Write(t.Context(), func(tx *store.Tx) error {
		return tx.PutCollection(store.Collection{Year: figuresYear, Deadline: deadline, Closed: h.time})
	}); err != nil {
		t.Fatal(err)
	}
	if r := h.settled(t, by, returnAsk()); !r.Sent.At.IsZero() || r.Edition != 2 {
		t.Errorf("%+v", r)
	}
}

func TestWhatLooksWrongIsTold(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	by := h.coordinator(w)
	kinds := func(year int) (all []OddKind) {
		t.Helper()
		f, err := h.Figures(t.Context(), by, FiguresAsk{Year: year})
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range f.Odd {
			all = append(all, o.Kind)
		}
		return all
	}
	if got := kinds(2025); len(got) != 0 {
		t.Error("an empty register is odd:", got)
	}
	if got := kinds(2026); !slices.Contains(got, NotOver) {
		t.Error(got)
	}
	for i := range 25 {
		h.open(t, w, fmt.Sprint("A", i), map[string]string{"5": record.Day(dayOf(2024, 1, 1) + record.Day(13*i)).String()})
	}
	h.open(t, w, "B1", map[string]string{"5": "2025-03-01", "256": "2025-04-01", "192": "1", "insats.1.118": "3"})
	h.open(t, w, "B2", map[string]string{"14": "1"})
	if got := kinds(2025); !slices.Equal(got, []OddKind{Jumped, GoalAbove, Dateless}) {
		t.Error(got)
	}
	if got := kinds(2024); !slices.Contains(got, NoSupport) || !slices.Contains(got, Silent) {
		t.Error(got)
	}
	if got := kinds(2023); !slices.Contains(got, NoneOpened) {
		t.Error(got)
	}
}
