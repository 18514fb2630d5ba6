package cases_test

import (
	"net/http"
	"strings"
	"testing"

	"foljsam/internal/access"
	"foljsam/internal/codebook"
	"foljsam/internal/web/webtest"
)

func TestAFaultOfTheClientsCodeStandsAtItsField(t *testing.T) {
	_, b, id := opened(t)
	page := b.Get(at(id, "koder"))
	client := "f." + of(codebook.Client)
	p := page.Form(at(id, "koder")).Set(client, strings.Repeat("K", 500)).Send("")
	if p.Status != http.StatusUnprocessableEntity || !p.Says("Klientens kod är för lång") {
		t.Fatalf("%d %s", p.Status, p.Body)
	}
	if !strings.Contains(p.Body, `href="#f-`+of(codebook.Client)) || strings.Contains(p.Body, `href="#f-arende"`) {
		t.Errorf("the fault stands elsewhere: %s", p.Body)
	}
}

func TestAPageOfCodesCarriesWhatItShowed(t *testing.T) {
	_, b, id := opened(t)
	page := b.Get(at(id, "koder"))
	if !strings.Contains(page.Body, `name="sett" value="1"`) {
		t.Errorf("%s", page.Body)
	}
	if p := page.Form(at(id, "koder")).Set("f.arende", "24-018").Send(""); p.Status != http.StatusOK || !p.Says("24-018") {
		t.Errorf("%d %s", p.Status, p.Address)
	}
}

// Whoever has no look-ups left opens no case and corrects no code, and what they typed is there.
func TestPastTheLimitWhatWasTypedIsKept(t *testing.T) {
	h, b, id := opened(t)
	admin := access.Actor{Person: access.Person{ID: "admin"}, Role: access.Administrator, AllUnits: true, Confirmed: h.Time}
	webtest.Must(t, h.SetLookupLimit(t.Context(), admin, 1))
	b.Get("/arenden").Form("/arenden/sok").Set("kod", "finns inte").Send("")
	for _, code := range []string{"24-017", "24-018"} { // taken, and free
		p := b.Get("/arenden/nytt").Form("/arenden/nytt").Set("f.arende", code).Set("f."+of(codebook.Client), "K-9").Set("f."+of(codebook.Sex), "2").Send("gor=vidare")
		if again := p.Form("/arenden/nytt").Values; p.Status != http.StatusUnprocessableEntity || !p.Says("Du har sökt på koder") || again.Get("f.arende") != code || again.Get("f."+of(codebook.Sex)) != "2" {
			t.Errorf("opening %s: %d %v", code, p.Status, again)
		}
	}
	p := b.Get(at(id, "koder")).Form(at(id, "koder")).Set("f.arende", "24-019").Send("")
	if again := p.Form(at(id, "koder")).Values; p.Status != http.StatusUnprocessableEntity || !p.Says("Du har sökt på koder") || again.Get("f.arende") != "24-019" {
		t.Errorf("correcting: %d %v", p.Status, again)
	}
}
