package app

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"foljsam/internal/access"
	"foljsam/internal/disclosure"
	"foljsam/internal/exchange"
	"foljsam/internal/fault"
	"foljsam/internal/indicator"
	"foljsam/internal/locale"
)

// A file with one row, or with one that cannot be used, takes nothing away of what stood.
func TestAFileTakesNothingAwayThatItDoesNotSpeakOf(t *testing.T) {
	h := newHouse(t, false)
	w := h.collects(t)
	h.asks(t, w, 2025)
	h.returns(t, w.Actor, "0114", 2025, 17, 12, 9)
	for _, x := range []struct {
		rows string
		want [3]indicator.Count
	}{
		{"0114,2025,2,14,,\n", [3]indicator.Count{indicator.CountOf(17), indicator.CountOf(14), indicator.CountOf(9)}},
		{"0114,2025,1,20,,\n0114,2025,3,nio,,\n", [3]indicator.Count{indicator.CountOf(20), indicator.CountOf(14), indicator.CountOf(9)}},
		{"0114,2025,1,,1,\n0114,2025,3,,,\n", [3]indicator.Count{indicator.SecretCount(), indicator.CountOf(14), indicator.NoCount()}},
	} {
		in, err := h.ImportReturns(t.Context(), w.Actor, "rapporter.csv", strings.NewReader("enhet,ar,nyckeltal,antal,sekretess,omfattning\n"+x.rows))
		if err != nil || in.Taken != 1 {
			t.Fatal(in, err)
		}
		f, err := h.ReportForm(t.Context(), w.Actor, "0114", 2025)
		if err != nil || f.Return.Counts != x.want || f.Return.Scope != int(indicator.Both) {
			t.Errorf("after %q: %+v %v", x.rows, f.Return, err)
		}
	}
}

// What nobody has returned anything for is not published: an edition is never taken away.
func TestAnEmptyYearIsNotPublished(t *testing.T) {
	h := newHouse(t, false)
	w := h.collects(t)
	h.asks(t, w, 2025)
	h.returns(t, w.Actor, "0114", 2025)
	if _, err := h.Publish(t.Context(), w.Actor, 2025, ""); fault.KeyOf(err) != "nation.nothing_returned" {
		t.Error(err)
	}
	b, err := h.Board(t.Context(), w.Actor, 2025)
	if i := slices.IndexFunc(b.Rows, func(r BoardRow) bool { return r.Unit == "0114" }); err != nil || !b.Rows[i].Nothing {
		t.Errorf("%+v %v", b, err)
	}
}

// A number that was published, and is returned as missing later, is told apart from one that was
// never there: on pages, in files and for programs. A district is not asked before it is there.
func TestTakenBackAndNotAskedAreNotMissing(t *testing.T) {
	h := newHouse(t, false)
	w := h.collects(t)
	for code := 1; code <= 2; code++ {
		if err := h.PutDistrict(t.Context(), w.Actor, DistrictEdit{Code: fmt.Sprintf("1480%02d", code), Name: fmt.Sprintf("Del %d", code), From: 2025}); err != nil {
			t.Fatal(err)
		}
	}
	h.asks(t, w, 2024, 2025)
	for code := 1; code <= 2; code++ {
		if err := h.SetPeople(t.Context(), w.Actor, fmt.Sprintf("1480%02d", code), 2025, 10_000, "stadens egen statistik"); err != nil {
			t.Fatal(err)
		}
	}
	h.returns(t, w.Actor, "1480", 2024, 100)
	h.returns(t, w.Actor, "148001", 2025, 10)
	for _, year := range []int{2024, 2025} {
		h.returns(t, w.Actor, "0114", year, 17, 3, 8)
		if _, err := h.Publish(t.Context(), w.Actor, year, ""); err != nil {
			t.Fatal(err)
		}
	}
	h.returns(t, w.Actor, "0114", 2025, 17)
	b, err := h.Board(t.Context(), w.Actor, 2025)
	if err != nil || !slices.Equal(b.Changed, []string{"Upplands Väsby"}) {
		t.Errorf("%+v %v", b.Changed, err)
	}
	if _, err := h.Publish(t.Context(), w.Actor, 2025, "Kommunen drog tillbaka."); err != nil {
		t.Fatal(err)
	}
	c, err := h.Compare(t.Context(), CompareAsk{Unit: "0114", Figure: 2, With: WithCounty})
	if err != nil || c.Own[0].Why.Taken || !c.Own[1].Why.Taken || c.Own[1].Rate.State() != disclosure.Missing {
		t.Errorf("%+v %v", c.Own, err)
	}
	d, err := h.Compare(t.Context(), CompareAsk{Unit: "1480", Figure: 1, With: WithCounty})
	if err != nil || len(d.Parts) != 2 || !d.Parts[0].Whys[0].NotAsked || d.Parts[0].Whys[1].NotAsked || d.Parts[1].Whys[1] != (Why{}) {
		t.Errorf("%+v %v", d.Parts, err)
	}
	p := locale.For(locale.Swedish)
	file, err := h.FigureFile(t.Context(), "nyckeltal.csv", p)
	if err != nil {
		t.Fatal(err)
	}
	statuses := map[string]string{}
	rows, err := csv.NewReader(bytes.NewReader(file.Content)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range rows {
		statuses[f[0]+" "+f[4]+" "+f[5]] = f[7] + " " + f[8]
	}
	for at, want := range map[string]string{"0114 2025 1": "17.00 publicerad", "0114 2025 2": "- aterkallad", "0114 2025 3": "- aterkallad", "0114 2024 2": ".. sekretess", "0115 2025 1": "- saknas",
		"148001 2024 1": ". inte_tillfragad", "148002 2025 1": "- saknas", "148001 2025 1": "10.00 publicerad"} {
		if statuses[at] != want {
			t.Errorf("%s: %q, want %q", at, statuses[at], want)
		}
	}
	a, err := h.Kolada(t.Context(), "data/kpi/FOLJSAM2/municipality/0114,0115", nil, "", p)
	var table exchange.KoladaTable
	if _, err2 := table.Add(a.Body); err != nil || err2 != nil {
		t.Fatal(err, err2)
	}
	for at, want := range map[string]exchange.KoladaState{"0114 2025": exchange.KoladaDeleted, "0114 2024": exchange.KoladaMarked, "0115 2025": exchange.KoladaAbsent} {
		var unit string
		var year int
		fmt.Sscan(at, &unit, &year)
		if got := table.At("FOLJSAM2", unit, year); got.State != want || got.Has {
			t.Errorf("%s: %+v, want %v", at, got, want)
		}
	}
}

// Two who press at the same time publish one edition; the other is told, and nothing is lost.
func TestTwoCoordinatorsAtOncePublishOneEdition(t *testing.T) {
	h := newHouse(t, false)
	w := h.collects(t)
	h.asks(t, w, 2025)
	h.returns(t, w.Actor, "0114", 2025, 17)
	var said [4]error
	var both sync.WaitGroup
	for i := range said {
		both.Go(func() { _, said[i] = h.Publish(t.Context(), w.Actor, 2025, "") })
	}
	both.Wait()
	ok := 0
	for _, err := range said {
		if err == nil {
			ok++
		} else if key := fault.KeyOf(err); key != "nation.reason_missing" && key != "nation.changed_meanwhile" {
			t.Error(err)
		}
	}
	if all, err := h.Editions(t.Context()); ok != 1 || len(all) != 1 || err != nil {
		t.Error(ok, all, err)
	}
}

// A page that somebody has had open does not open again what somebody else has closed.
func TestAClosedCollectionIsOnlyOpenedOnPurpose(t *testing.T) {
	h := newHouse(t, false)
	w := h.collects(t)
	h.asks(t, w, 2025)
	if err := h.CloseCollection(t.Context(), w.Actor, 2025); err != nil {
		t.Fatal(err)
	}
	day := dayOf(2026, 12, 1)
	if err := h.OpenCollection(t.Context(), w.Actor, 2025, day); fault.KeyOf(err) != "nation.asked_already" {
		t.Error(err)
	}
	if err := h.MoveDeadline(t.Context(), w.Actor, 2025, day, false); fault.KeyOf(err) != "nation.closed_meanwhile" {
		t.Error(err)
	}
	if err := h.MoveDeadline(t.Context(), w.Actor, 2023, dayOf(2024, 12, 1), true); fault.KeyOf(err) != "nation.not_asked" {
		t.Error(err)
	}
	x := indicator.Return{Unit: "0114", Year: 2025}
	if err := h.ReceiveReturn(t.Context(), w.Actor, x, ByForm); fault.KeyOf(err) != "nation.closed" {
		t.Error(err)
	}
	if err := h.MoveDeadline(t.Context(), w.Actor, 2025, day, true); err != nil {
		t.Error(err)
	}
	if err := h.ReceiveReturn(t.Context(), w.Actor, x, ByForm); err != nil {
		t.Error(err)
	}
}

// What a city returned before it had districts that year is kept, and said to be unused.
func TestWhatIsNotUsedIsNamed(t *testing.T) {
	h := newHouse(t, false)
	w := h.collects(t)
	h.asks(t, w, 2025)
	h.returns(t, w.Actor, "1480", 2025, 100)
	if err := h.PutDistrict(t.Context(), w.Actor, DistrictEdit{Code: "148001", Name: "Centrum", From: 2021}); err != nil {
		t.Fatal(err)
	}
	b, err := h.Board(t.Context(), w.Actor, 2025)
	if err != nil || !slices.Equal(b.Unused, []string{"Göteborg"}) || !slices.Equal(b.NoPeople, []string{"Centrum"}) {
		t.Errorf("%+v %+v %v", b.Unused, b.NoPeople, err)
	}
}

// Numbers of people that cannot be right are named; the good rows live on.
func TestWrongNumbersOfPeopleAreNamed(t *testing.T) {
	h := newHouse(t, false)
	w := h.collects(t)
	h.asks(t, w, 2024)
	if err := h.PutDistrict(t.Context(), w.Actor, DistrictEdit{Code: "148099", Name: "Stadsgemensamt", From: 2021}); err != nil {
		t.Fatal(err)
	}
	file := "enhet,ar,vuxna,invanare\n0114,2025,10100,12600\n0115,2025,13000,12000\n0117,2025,20000,25000\n148099,2025,100,100\n0114,1990,9000,\n0115,2090,9000,\n9999,2025,9000,\n0120,2025,många,\n"
	in, err := h.ImportPeople(t.Context(), w.Actor, "b.csv", strings.NewReader(file))
	if err != nil || in.Taken != 2 {
		t.Fatalf("%+v %v", in, err)
	}
	var keys []string
	for _, p := range in.Problems {
		keys = append(keys, p.Key+" "+p.Value)
	}
	want := []string{"population.not_people många", "nation.people_above 0115", "nation.people_rest 148099", "nation.people_year 1990", "nation.people_year 2090", "nation.people_jump 20000", "nation.people_unit 9999"}
	if !slices.Equal(keys, want) {
		t.Errorf("%q, want %q", keys, want)
	}
	for _, bad := range []string{"", "enhet,ar\n", "\x00\x01\x02", "enhet,ar,vuxna\n", "{}", `{"class":"dataset"}`} {
		if in, err := h.ImportPeople(t.Context(), w.Actor, "b.csv", strings.NewReader(bad)); err == nil && in.Taken > 0 || err != nil && fault.KindOf(err) != fault.Invalid {
			t.Errorf("%q: %+v %v", bad, in, err)
		}
	}
	stranger := w.Actor
	stranger.Role = access.Reporter
	if _, err := h.ImportPeople(t.Context(), stranger, "b.csv", strings.NewReader(file)); fault.KindOf(err) != fault.Refused {
		t.Error(err)
	}
}

// The whole of the nation's register can be gone through, and is as its log says.
func TestTheNationIsVerified(t *testing.T) {
	h := newHouse(t, false)
	w := h.collects(t)
	h.asks(t, w, 2024, 2025)
	for _, n := range []int{17, 3, 19} {
		h.returns(t, w.Actor, "0114", 2025, n)
	}
	if _, err := h.Publish(t.Context(), w.Actor, 2025, ""); err != nil {
		t.Fatal(err)
	}
	if err := h.CloseCollection(t.Context(), w.Actor, 2025); err != nil {
		t.Fatal(err)
	}
	proofs, err := h.store.Verify(t.Context(), nil)
	for _, p := range proofs {
		if len(p.Faults) > 0 || err != nil {
			t.Errorf("%+v %v", p, err)
		}
	}
}
