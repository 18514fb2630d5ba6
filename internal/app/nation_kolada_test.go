package app

import (
	"testing"

	"foljsam/internal/disclosure"
	"foljsam/internal/exchange"
	"foljsam/internal/fault"
)

// One of Kolada's key figures is found by title, confirmed by somebody, and what it says stands
// beside ours: untouched. A changed title is a conflict; who ended it is kept too.
func TestOwnRatesStandBesideKoladas(t *testing.T) {
	h := newHouse(t, false)
	w := h.collects(t)
	server, asked := outside(t)
	s, err := Outside{Kolada: server.URL + "/v3"}.Services()
	if err != nil {
		t.Fatal(err)
	}
	h.App.services = s
	h.asks(t, w, 2025)
	h.returns(t, w.Actor, "0114", 2025, 10)
	h.returns(t, w.Actor, "0115", 2025, 3)
	if _, err := h.Publish(t.Context(), w.Actor, 2025, ""); err != nil {
		t.Fatal(err)
	}
	if _, err := h.BesideKolada(t.Context(), w.Actor, 1, 2025, "01"); fault.KeyOf(err) != "nation.kolada_unconfirmed" || *asked != 0 {
		t.Error(err, *asked)
	}
	if _, err := h.KoladaKPIs(t.Context(), w.Actor, " v "); fault.KeyOf(err) != "nation.kolada_title" || *asked != 0 {
		t.Error(err, *asked)
	}
	if err := h.ConfirmKolada(t.Context(), w.Actor, 1, "U1", "En titel som någon hittat på"); fault.KeyOf(err) != "ask.kpi_changed" {
		t.Error(err)
	}
	if err := h.ConfirmKolada(t.Context(), w.Actor, 1, "U1", "Ärenden, våldsutsatta vuxna"); err != nil {
		t.Fatal(err)
	}
	m, err := h.KoladaMatches(t.Context(), w.Actor)
	if err != nil || m[0].ID != "U1" || m[0].PersonName != "Rönn" || m[0].At.IsZero() || m[1].ID != "" {
		t.Fatalf("%+v %v", m, err)
	}
	b, err := h.BesideKolada(t.Context(), w.Actor, 1, 2025, "01")
	if err != nil || len(b.Rows) != 26 || b.Same+b.Different+b.Apart != 26 || b.Different != 1 {
		t.Fatalf("%+v %v", b, err)
	}
	for _, r := range b.Rows {
		want := exchange.KoladaAbsent
		if r.Unit == "0114" {
			want = exchange.KoladaNumber
		}
		if r.Kolada.State != want || r.Compared() != (r.Unit == "0114") {
			t.Errorf("%+v", r)
		}
	}
	if err := h.EndKolada(t.Context(), w.Actor, 1); err != nil {
		t.Error(err)
	}
	if m, err := h.KoladaMatches(t.Context(), w.Actor); err != nil || m[0].ID != "" || m[0].Edition != 2 {
		t.Errorf("%+v %v", m, err)
	}
}

// Kolada's 9.8 is our 9.80 and our 9.79, its 12 is not our 11.54, and its 7.04 not our 7.00.
func TestKoladasDecimalsDecideWhatIsTheSame(t *testing.T) {
	for _, x := range []struct {
		cases, adults int
		theirs        float64
		same          bool
	}{{98, 100_000, 9.8, true}, {98, 100_100, 9.8, true}, {12, 10_000, 12, true}, {12, 10_400, 12, false}, {7, 10_000, 7.04, false}, {0, 10_000, 0, true}} {
		r := KoladaRow{Own: disclosure.RateOf(disclosure.CountOf(x.cases), x.adults), Kolada: exchange.KoladaFigure{State: exchange.KoladaNumber, Has: true, Value: x.theirs}}
		if r.compare(); r.Same != x.same {
			t.Errorf("%s and %v", r.Own, x.theirs)
		}
	}
}
