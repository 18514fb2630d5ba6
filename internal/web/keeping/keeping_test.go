package keeping_test

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/app"
	"foljsam/internal/codebook"
	"foljsam/internal/place"
	"foljsam/internal/record"
	"foljsam/internal/store"
	"foljsam/internal/web/webtest"
)

// town is Nora with two units, a caseworker in each, two coordinators and an administrator.
type town struct {
	*webtest.House
	t           *testing.T
	register    string
	anna, bo    *webtest.Browser
	lena, maria *webtest.Browser
	admin       *webtest.Browser
}

func newTown(t *testing.T) *town {
	h := webtest.Begun(t)
	x := &town{House: h, t: t, register: h.Register(t)}
	r, err := h.Store.Register(t.Context(), x.register)
	webtest.Must(t, err)
	for _, u := range []string{"soder", "norr"} {
		webtest.Must(t, r.Write(t.Context(), func(tx *store.Tx) error {
			return tx.PutUnit(place.Unit{ID: u, Name: "Enhet " + u, Area: "1884", From: h.Time.AddDate(-20, 0, 0)})
		}))
	}
	h.Time = h.Time.Add(time.Minute)
	as := func(id string, role access.Role, register, unit string) *webtest.Browser {
		h.Person(t, id, role, register, unit)
		return h.As(t, id, role, register)
	}
	x.anna, x.bo = as("anna", access.Caseworker, x.register, "soder"), as("bo", access.Caseworker, x.register, "norr")
	x.lena, x.maria = as("lena", access.Coordinator, x.register, ""), as("maria", access.Coordinator, x.register, "")
	x.admin = as("admin", access.Administrator, "", "")
	return x
}

func (x *town) file(b *webtest.Browser, unit, code, client, closed string) string {
	x.t.Helper()
	cb := codebook.Default()
	answers := map[string]record.Answer{cb.Role(codebook.Intake).Key(): {Value: "2015-01-01", Comment: "enligt klienten"}}
	if closed != "" {
		answers[cb.Role(codebook.Closing).Key()] = record.Answer{Value: closed}
	}
	id, err := x.OpenCase(context.Background(), x.Who(x.t, b).Actor, app.NewCase{Unit: unit, Case: code, Client: client, Answers: answers})
	webtest.Must(x.t, err)
	x.Time = x.Time.Add(time.Second)
	return id
}

func TestADoubleIsDecidedAndItsCodesAreLookedUp(t *testing.T) {
	x := newTown(t)
	if p := x.lena.Get("/hantera/dubbletter"); !p.Says("Inga möjliga dubbletter") {
		t.Error(p.Body)
	}
	x.file(x.anna, "soder", "A1", "K1", "")
	x.file(x.bo, "norr", "B1", "K1", "")
	p := x.lena.Get("/hantera/dubbletter")
	for _, name := range []string{"Enhet soder, registrerat 23 november 2026 kl. ", "Enhet norr, registrerat 23 november 2026 kl. ", "Aktualisering", "Tillbaka till inställningar"} {
		if !p.Says(name) {
			t.Errorf("the page of doubles does not say %q: %s", name, webtest.Text(p.All("main")[0]))
		}
	}
	if !p.Says("Enhet soder, Enhet norr") || strings.Contains(p.Body, "A1") || strings.Contains(p.Body, "K1") {
		t.Fatal("the double is not shown, or a code is:", p.Status)
	}
	if p := p.Form("/hantera/dubbletter/koder").Send(""); !p.Says("Uppslaget är loggat") || !p.Says("A1") || !p.Says("B1") {
		t.Error("the codes are not shown when they are asked for:", p.Status)
	}
	p = p.Form("/hantera/dubbletter").Set("anteckning", "Två enheter").Send("")
	if p.Status != http.StatusUnprocessableEntity || !strings.Contains(p.Body, "Två enheter") || !strings.Contains(p.Body, `href="#beslut-1"`) {
		t.Error("a decision that was not chosen:", p.Status)
	}
	p = p.Form("/hantera/dubbletter").Set("beslut", "ratt").Send("")
	if p.Status != http.StatusOK || !p.Says("Beslutet är sparat.") || !p.Says("Bedömt av lena") || !strings.Contains(p.Body, "Två enheter") {
		t.Error(p.Status, p.Body)
	}
}

func TestRetentionFromRuleToProtocol(t *testing.T) {
	x := newTown(t)
	old := x.file(x.anna, "soder", "A1", "K1", "2019-05-05")
	x.file(x.anna, "soder", "A2", "K2", "2026-05-05")
	p := x.lena.Get("/hantera/gallring")
	if !p.Says("Det finns ingen regel") {
		t.Error(p.Body)
	}
	if bad := p.Form("/hantera/gallring").Set("ar", "fem").Send(""); bad.Status != http.StatusUnprocessableEntity || !strings.Contains(bad.Body, `value="fem"`) {
		t.Error(bad.Status)
	}
	p = p.Form("/hantera/gallring").Set("ar", "5").Send("")
	if !p.Says("Regeln är sparad.") || !p.Says("1 avslutat ärende.") || strings.Contains(p.Body, "A1") {
		t.Error(p.Body)
	}
	p = p.Form("/hantera/gallring/forslag").Send("")
	if !p.Says("Inget är raderat") || !p.Says("Du gjorde förslaget.") {
		t.Error(p.Body)
	}
	w := x.admin.Get("/hantera/gallring")
	if !w.Says("5 år efter avslut") || !w.Says("Socialnämnden i Nora") || strings.Contains(w.Body, old) {
		t.Error(w.Body)
	}
	if p := w.Form("/hantera/gallring/bekrafta").Send(""); p.Status != http.StatusUnprocessableEntity || !p.Says("Inget är raderat.") {
		t.Error(p.Status)
	}
	p = w.Form("/hantera/gallring/bekrafta").Set("forstatt", "ja").Send("")
	if p.Status != http.StatusOK || !p.Says("Ärendena är raderade.") || !p.Says("Inget väntar") {
		t.Error(p.Status, p.Body)
	}
	if !p.Says("Raderade ärenden") || !p.Says("admin, administratör") || p.Says("Kontrollsummor") || p.Says("Skriv över") {
		t.Error("whoever confirmed sees the protocol, and not what tells which cases:", webtest.Text(p.All("main")[0]))
	}
	if p := x.lena.Get("/arenden/" + old); p.Status != http.StatusNotFound {
		t.Error("the case is still shown:", p.Status)
	}
	p = x.maria.Get("/hantera/gallring")
	if !p.Says("Protokoll") || !p.Says("admin, administratör") || !p.Says("Raderade ärenden") || p.Says("inte ännu") {
		t.Error(p.Body)
	}
}

func TestTheExtractIsShownAndTakenAway(t *testing.T) {
	x := newTown(t)
	x.file(x.anna, "soder", "A1", "K1", "2019-05-05")
	x.file(x.bo, "norr", "=B1", "K1", "")
	p := x.lena.Get("/hantera/utdrag")
	if none := p.Form("/hantera/utdrag").Set("kod", "K7").Send(""); none.Status != http.StatusUnprocessableEntity || !none.Says("Det finns inga uppgifter") || !none.Says("Inget utdrag togs fram") || none.Says("kunde inte sparas") {
		t.Error(none.Status, none.Body)
	}
	p = p.Form("/hantera/utdrag").Set("kod", "k 1").Send("")
	for _, words := range []string{"Ärende A1", "Ärende =B1", "enligt klienten", "Enhet norr", "handläggare", "Öppnade ärendet", "Tog ett registerutdrag", "Öppna ärendet för att rätta"} {
		if !p.Says(words) {
			t.Errorf("the extract does not say %q", words)
		}
	}
	if strings.Contains(p.Address, "k") && strings.Contains(p.Address, "1") || p.Says("anna") {
		t.Error("a code in the address, or a name:", p.Address)
	}
	file := p.Form("/hantera/utdrag/fil").Send("form=json")
	var read struct {
		Register string `json:"register"`
		Cases    []struct {
			Code    string `json:"arendekod"`
			Answers []struct{ Fraga, Svar, Kommentar string }
		} `json:"arenden"`
	}
	if err := json.Unmarshal([]byte(file.Body), &read); err != nil || len(read.Cases) != 2 || read.Cases[0].Code != "A1" || read.Register != "Socialnämnden i Nora" {
		t.Errorf("%+v %v", read, err)
	}
	if d := file.Header.Get("Content-Disposition"); d != `attachment; filename="registerutdrag.json"` || file.Header.Get("Cache-Control") != "no-store" {
		t.Error(d)
	}
	file = p.Form("/hantera/utdrag/fil").Send("form=csv")
	c := csv.NewReader(strings.NewReader(strings.TrimPrefix(file.Body, "\uFEFF")))
	c.Comma = ';'
	rows, err := c.ReadAll()
	if err != nil || len(rows) < 8 || rows[0][0] != "arende" {
		t.Error(rows, err)
	}
	if strings.Contains(file.Body, "\n=B1") {
		t.Error("a cell that a spreadsheet takes for a formula")
	}
}

func TestTheExtractTellsTheRoleThatOpenedTheCase(t *testing.T) {
	x := newTown(t)
	x.file(x.lena, "soder", "A1", "K1", "")
	x.file(x.anna, "soder", "A2", "K2", "")
	for code, want := range map[string]string{"K1": "samordnare", "K2": "handläggare"} {
		if p := x.lena.Get("/hantera/utdrag").Form("/hantera/utdrag").Set("kod", code).Send(""); !strings.Contains(p.Body, `<dt>Registrerat av</dt><dd dir="auto">`+want+`</dd>`) {
			t.Errorf("%s: not %q: %s", code, want, webtest.Text(p.All("main")[0]))
		}
	}
}

func TestWhoOpensACaseIsToldOnItsPages(t *testing.T) {
	x := newTown(t)
	first := x.file(x.anna, "soder", "A1", "K1", "2026-11-13")
	second := x.file(x.anna, "soder", "A2", "K1", "")
	p := x.anna.Get("/arenden/" + second + "/bakgrund")
	if !p.Says("Klienten har varit här förut, för 10 dagar sedan.") || !strings.Contains(p.Body, "/arenden/"+first) {
		t.Error(p.Body)
	}
	there := x.file(x.bo, "norr", "B1", "K1", "")
	p = x.bo.Get("/arenden/" + there + "/bakgrund")
	if !p.Says("Fråga samordnaren") || p.Says("varit här förut") || strings.Contains(p.Body, first) || strings.Contains(p.Body, second) {
		t.Error(p.Body)
	}
	if p := x.lena.Get("/arenden/" + second + "/bakgrund"); p.Says("varit här förut") {
		t.Error("somebody else is told")
	}
}

func TestTheKeysPageWarnsAndSetsTheLimit(t *testing.T) {
	x := newTown(t)
	p := x.admin.Get("/hantera/nycklar")
	if !p.Says("0 personer har en bekräftad återställningsnyckel.") || !p.Says("lokala koder") || !p.Says("används") {
		t.Error(p.Status, p.Body)
	}
	if bad := p.Form("/hantera/nycklar").Set("grans", "många").Send(""); bad.Status != http.StatusUnprocessableEntity || !strings.Contains(bad.Body, `value="många"`) {
		t.Error(bad.Status)
	}
	p = p.Form("/hantera/nycklar").Set("grans", "2").Send("")
	if !p.Says("Gränsen är sparad.") || !strings.Contains(p.Body, `value="2"`) {
		t.Error(p.Body)
	}
	x.file(x.anna, "soder", "A1", "K1", "")
	for range 2 {
		if p := x.lena.Get("/hantera/utdrag").Form("/hantera/utdrag").Set("kod", "K1").Send(""); p.Status != http.StatusOK {
			t.Error(p.Status)
		}
	}
	over := x.lena.Get("/hantera/utdrag").Form("/hantera/utdrag").Set("kod", "K1").Send("")
	if over.Status != http.StatusForbidden || !over.Says("Du har sökt på koder 2 gånger den här timmen") || over.Says("A1") {
		t.Error(over.Status, over.Body)
	}
}
