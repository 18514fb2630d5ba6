package app

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"foljsam/internal/access"
	"foljsam/internal/disclosure"
	"foljsam/internal/exchange"
	"foljsam/internal/fault"
	"foljsam/internal/indicator"
	"foljsam/internal/place"
)

// collects begins an installation of the nation's own, and gives who collects there.
func (h *house) collects(t *testing.T) *Who {
	t.Helper()
	code, err := h.FirstCode(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	secret, err := h.Begin(t.Context(), First{Code: code, Name: "Rönn", Login: "ronn", Password: "ett långt lösenord", Register: "Nyckeltal i riket", Controller: "SKR", Area: place.Nation})
	if err != nil {
		t.Fatal(err)
	}
	return h.who(t, secret)
}

// asks opens a year with a number of adults in every municipality.
func (h *house) asks(t *testing.T, w *Who, years ...int) {
	t.Helper()
	file := "enhet,ar,vuxna,invanare\n"
	for _, year := range years {
		if err := h.OpenCollection(t.Context(), w.Actor, year, dayOf(year+1, 4, 30)); err != nil {
			t.Fatal(err)
		}
		for i, m := range place.Municipalities() {
			file += fmt.Sprintf("%s,%d,%d,%d\n", m.Code, year, 10_000+10*i, 12_500+12*i)
		}
	}
	in, err := h.ImportPeople(t.Context(), w.Actor, "befolkning.csv", strings.NewReader(file))
	if err != nil || in.Taken != 290*len(years) || len(in.Problems) > 0 {
		t.Fatalf("%+v %v", in, err)
	}
}

func (h *house) returns(t *testing.T, by access.Actor, unit string, year int, counts ...int) {
	t.Helper()
	x := indicator.Return{Unit: unit, Year: year, Scope: indicator.Both}
	for i, n := range counts {
		x.Counts[i] = indicator.CountOf(n)
	}
	if err := h.ReceiveReturn(t.Context(), by, x, ByForm); err != nil {
		t.Fatal(unit, err)
	}
}

func TestAYearIsAskedForAnsweredPublishedAndCorrected(t *testing.T) {
	h := newHouse(t, false)
	w := h.collects(t)
	if w.Role != access.National || !h.HasNation(t.Context()) {
		t.Fatal(w.Role)
	}
	h.asks(t, w, 2024, 2025)
	h.returns(t, w.Actor, "0114", 2024, 17, 3, 0)
	h.returns(t, w.Actor, "0114", 2025, 60, 12)
	b, err := h.Board(t.Context(), w.Actor, 2025)
	if err != nil || b.Answered != 1 || b.Of != 290 || len(b.NoPeople) != 0 {
		t.Fatalf("%+v %v", b, err)
	}
	for year, want := range map[int]int{2024: 1, 2025: 1} {
		if nr, err := h.Publish(t.Context(), w.Actor, year, ""); err != nil || nr != want {
			t.Fatal(nr, err)
		}
	}
	c, err := h.Compare(t.Context(), CompareAsk{Unit: "0114", Figure: 1, With: WithCounty})
	if err != nil || len(c.Own) != 2 || c.Own[0].Rate.String() != "17.00" || len(c.Others) != 25 {
		t.Fatalf("%+v %v", c, err)
	}
	if c, _ := h.Compare(t.Context(), CompareAsk{Unit: "0114", Figure: 2, With: WithSize}); c.Own[0].Rate.State() != disclosure.Masked || len(c.Members) == 0 {
		t.Errorf("%+v", c.Own[0])
	}
	if _, err := h.Publish(t.Context(), w.Actor, 2024, ""); fault.KeyOf(err) != "nation.reason_missing" {
		t.Error(err)
	}
	if _, err := h.Publish(t.Context(), w.Actor, 2024, "Rättelse"); fault.KeyOf(err) != "nation.nothing_new" {
		t.Error(err)
	}
	h.returns(t, w.Actor, "0114", 2024, 18, 3, 0)
	first, _ := h.EditionBody(t.Context(), 2024, 1)
	if nr, err := h.Publish(t.Context(), w.Actor, 2024, "Kommunen har rättat."); err != nil || nr != 2 {
		t.Fatal(nr, err)
	}
	again, _ := h.EditionBody(t.Context(), 2024, 1)
	if !bytes.Equal(first, again) {
		t.Error("an edition was changed")
	}
	o, err := h.Overview(t.Context(), 2024, 1)
	if err != nil || o.Edition.Number != 2 || o.Edition.Reason == "" || o.All.Any != 1 || o.Sum.Cases != 18 || len(o.Units) != 290 {
		t.Fatalf("%+v %v", o, err)
	}
}

func TestAnEditionReadsBackAsItWasWritten(t *testing.T) {
	h := newHouse(t, false)
	w := h.collects(t)
	for code := 1; code <= 4; code++ {
		if err := h.PutDistrict(t.Context(), w.Actor, DistrictEdit{Code: fmt.Sprintf("1480%02d", code), Name: fmt.Sprintf("Del %d", code), From: 2021}); err != nil {
			t.Fatal(err)
		}
	}
	if err := h.PutDistrict(t.Context(), w.Actor, DistrictEdit{Code: "148099", Name: "Stadsgemensamt", From: 2021}); err != nil {
		t.Fatal(err)
	}
	h.asks(t, w, 2024)
	if err := h.ReceiveReturn(t.Context(), w.Actor, indicator.Return{Unit: "1480", Year: 2024}, ByForm); fault.KeyOf(err) != "nation.by_districts" {
		t.Error(err)
	}
	h.returns(t, w.Actor, "148001", 2024, 10, 2)
	h.returns(t, w.Actor, "148002", 2024, 20, 4)
	h.returns(t, w.Actor, "148099", 2024, 7)
	if _, err := h.Publish(t.Context(), w.Actor, 2024, ""); fault.KeyOf(err) != "nation.people_missing" {
		t.Error(err)
	}
	for code := 1; code <= 4; code++ {
		if err := h.SetPeople(t.Context(), w.Actor, fmt.Sprintf("1480%02d", code), 2024, 10_000, "stadens egen statistik"); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := h.Publish(t.Context(), w.Actor, 2024, ""); err != nil {
		t.Fatal(err)
	}
	body, _ := h.EditionBody(t.Context(), 2024, 1)
	e, err := exchange.ReadEdition(body)
	if err != nil {
		t.Fatal(err)
	}
	again, err := exchange.WriteEdition(*e)
	if err != nil || !bytes.Equal(body, again) {
		t.Error("an edition that is read and written is another", err)
	}
	o, err := h.Overview(t.Context(), 2024, 1)
	if err != nil || len(o.Parts["1480"]) != 5 {
		t.Fatalf("%+v %v", o.Parts, err)
	}
	for _, u := range o.Units {
		if u.Unit == "1480" && (u.Rate.String() != "15.00" || u.Kind != exchange.CityUnit) {
			t.Errorf("%+v", u) // (10 + 20) of 20 000, from 2 of 4 districts
		}
	}
	if n, ok := o.Parts["1480"][4].Rest.Number(); !ok || n != 7 {
		t.Error("what a city reports for no district is lost")
	}
}

func TestReturnsComeInByFileForOnesOwnUnitsOnly(t *testing.T) {
	h := newHouse(t, false)
	w := h.collects(t)
	h.asks(t, w, 2025)
	r := h.colleague(t, w, "lena", "0114")
	r.Role = access.Reporter
	in, err := h.ImportReturns(t.Context(), r, "rapporter.csv", strings.NewReader("enhet,ar,nyckeltal,antal,sekretess\n0114,2025,1,12,\n0114,2025,2,3,\n0115,2025,1,9,\n"))
	if err != nil || in.Taken != 1 || len(in.Problems) != 2 || in.Problems[1].Key != "nation.not_yours" {
		t.Fatalf("%+v %v", in, err)
	}
	f, err := h.ReportForm(t.Context(), r, "0114", 2025)
	if err != nil || f.Return == nil || !f.Return.Counts[1].IsSecret() || f.Return.How != ByFile {
		t.Fatalf("%+v %v", f, err)
	}
	if _, err := h.ReportForm(t.Context(), r, "0115", 2025); fault.KindOf(err) != fault.Refused {
		t.Error(err)
	}
	if _, err := h.Board(t.Context(), r, 2025); fault.KindOf(err) != fault.Refused {
		t.Error(err)
	}
}
