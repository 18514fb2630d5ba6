package cases_test

import (
	"net/http"
	"strings"
	"testing"

	"foljsam/internal/codebook"
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
