package result_test

import (
	"strings"
	"testing"

	"foljsam/internal/access"
	"foljsam/internal/web/webtest"
)

// says tells of every text whether the page has it as it should.
func says(t *testing.T, b *webtest.Browser, address string, want, never []string) {
	t.Helper()
	p := b.Get(address)
	for _, s := range want {
		if !strings.Contains(p.Body, s) {
			t.Errorf("%s does not say %q", address, s)
		}
	}
	for _, s := range never {
		if strings.Contains(p.Body, s) {
			t.Errorf("%s says %q", address, s)
		}
	}
}

// The report's own table of the two is of yes and no only; a free one is of what its rows say.
func TestACrossTableSaysItsOwnBase(t *testing.T) {
	_, b := openCases(t, 60)
	for _, address := range []string{"/resultat/korstabell", "/resultat/korstabell?rader=v14&kolumner=v67"} {
		says(t, b, address, []string{"Bas: 60 ärenden där båda frågorna är besvarade.", "Ärenden i kolumnen", "Ärenden i raden"}, []string{"ja eller nej"})
	}
	says(t, b, "/resultat/korstabell?rader=v59&kolumner=v192", []string{"Bas: 0 ärenden", "60 ärenden ingår inte: någon av frågorna är inte besvarad."}, nil)
}

// Of a few only counts are shown: no share, no interval, no curve.
func TestAFewAreShownAsCounts(t *testing.T) {
	_, b := openCases(t, 6)
	says(t, b, "/resultat/korstabell", []string{"Det är för få för att en andel ska säga något", "Ärenden i kolumnen"}, []string{"Andel av raden", "Wilson", "<svg class=\"d"})
	says(t, b, "/resultat/tid", []string{"Ärendena är för få", "Fortfarande öppet"}, []string{"Andel avslutade av varje orsak", "30 dagar"})
	says(t, b, "/resultat/fordjupning/heder", []string{"Det är för få för att jämföra"}, []string{"0 skillnader", "0 jämförelser"})
	says(t, b, "/resultat", []string{"Aktualiserade ärenden: 6. Har fått minst en insats: 0. Avslutade: 0."}, nil)
	says(t, b, "/resultat/risk", []string{"Ingen riskbedömning är registrerad i de här ärendena."}, []string{"rader utan något ärende"})
}

// A year before of which there is no case does not stand beside.
func TestNothingStandsBesideNothing(t *testing.T) {
	_, b := openCases(t, 60)
	says(t, b, "/resultat/d/d05?ar=2024", []string{"aktualiserade 2024"}, []string{"Bredvid perioden före"})
	says(t, b, "/resultat/d/d05?ar=2025", []string{"Bredvid perioden före"}, nil)
}

// A page of time is of the cases that were open, and says so.
func TestTimeIsOfWhatWasOpen(t *testing.T) {
	_, b := openCases(t, 60)
	says(t, b, "/resultat/tid?ar=2025", []string{"öppna någon gång 2025", "Öppna någon gång under år"}, []string{"aktualiserade 2025"})
}

// An empty register leads on to what the reader may do.
func TestAnEmptyRegisterLeadsOn(t *testing.T) {
	h, b := openCases(t, 0)
	w := h.Who(t, b)
	h.Person(t, "chefen", access.Manager, w.Register, "")
	chief := h.As(t, "chefen", access.Manager, w.Register)
	for _, address := range []string{"/resultat", "/resultat/d/d15", "/resultat/korstabell", "/resultat/tid", "/resultat/risk"} {
		says(t, b, address, []string{"Här syns enhetens resultat så snart"}, nil)
		says(t, chief, address, []string{"Här syns enhetens resultat så snart"}, []string{"/arenden"})
	}
	says(t, b, "/enkat/resultat", []string{"Inga svar att räkna än"}, []string{"<svg class=\"dg", "Vilka har svarat?"})
	says(t, chief, "/ar/2026", []string{"Det finns inget år att visa än."}, nil)
	says(t, b, "/resultat/d/d15?ar=2010", []string{`href="/resultat/d/d15"`}, nil)
}

// Every page says its conditions in words: the form that they are chosen in is not on paper.
func TestAPageSaysItsConditions(t *testing.T) {
	_, b := openCases(t, 30)
	for _, address := range []string{"/resultat", "/resultat/d/d05", "/resultat/korstabell", "/resultat/risk", "/resultat/fordjupning/heder"} {
		says(t, b, address+"?dar=v14%3D1", []string{"<p class=\"mute small\">Villkor: Kön: Kvinna.</p>"}, nil)
	}
}
