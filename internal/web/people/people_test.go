package people_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/store"
	"foljsam/internal/web/webtest"
)

// begun is an installation with an administrator and a coordinator.
func begun(t *testing.T) (h *webtest.House, admin, leader *webtest.Browser) {
	h = webtest.Begun(t)
	h.Person(t, "admin", access.Administrator, "", "")
	h.Person(t, "lena", access.Coordinator, h.Register(t), "")
	return h, h.As(t, "admin", access.Administrator, ""), h.As(t, "lena", access.Coordinator, h.Register(t))
}

// codeOn gives the one-time code that a page shows.
func codeOn(t *testing.T, p *webtest.Page) string {
	t.Helper()
	for _, n := range p.All("strong") {
		if s := webtest.Text(n); strings.Count(s, "-") == 3 && len(s) == 19 {
			return s
		}
	}
	t.Fatalf("no code at %s (%d)", p.Address, p.Status)
	return ""
}

// From an administrator's adding somebody to that person's first page.
func TestANewCaseworkerComesIn(t *testing.T) {
	h, admin, leader := begun(t)
	p := admin.Get("/anvandare").Follow("Lägg till en person")
	p = p.Form("/anvandare/ny").Set("namn", "Ek").Set("inloggning", "ek").Send("")
	code := codeOn(t, p)
	if !p.Says("://example.com/valkommen") || !p.Says("behöver också en roll") {
		t.Error("the page gives no address to read out, or nothing of a role:", webtest.Text(p.All("main")[0]))
	}
	if !strings.Contains(p.Header.Get("Cache-Control"), "no-store") || strings.Contains(p.Address, code) {
		t.Error("the code may be kept by the browser")
	}
	p = leader.Get("/hantera").Follow("Roller").Follow("Ge en roll")
	p = p.Form("/hantera/roller/ny").Set("inloggning", "finns-inte").Send("")
	if p.Status != http.StatusUnprocessableEntity || !p.Says("Ingen som kan logga in") {
		t.Error(p.Status)
	}
	p = p.Form("/hantera/roller/ny").Set("inloggning", "EK").Send("")
	if !p.Says("Rollen är given") || !p.Says("Ek") {
		t.Error(p.Status, p.Address)
	}
	b := h.Browser(t)
	p = b.Get("/logga-in").Follow("Har du fått en engångskod?")
	p = p.Form("/valkommen").Set("inloggning", "ek").Set("kod", "FEL").Set("losenord", "korrekt häst batteri").Set("losenord2", "korrekt häst batteri").Send("")
	if p.Status != http.StatusUnprocessableEntity || !p.Says("stämmer inte") || strings.Contains(p.Body, "korrekt häst batteri") {
		t.Error(p.Status)
	}
	p = p.Form("/valkommen").Set("kod", code).Set("losenord", "korrekt häst batteri").Set("losenord2", "korrekt häst batteri").Send("")
	if p = p.Follow("Logga in"); p.Address != "/logga-in" {
		t.Fatal(p.Address)
	}
	p = p.Form("/logga-in").Set("inloggning", "ek").Set("losenord", "korrekt häst batteri").Send("")
	if p.Status != http.StatusOK || p.Heading() != "Att göra" {
		t.Errorf("%d %s %q", p.Status, p.Address, p.Heading())
	}
	p = admin.Post("/anvandare/sok", map[string][]string{"sok": {"ek"}}).Follow("Ek")
	if !p.Says("Har valt lösenord") || !p.Says("med lösenord, som handläggare") {
		t.Error(webtest.Text(p.All("main")[0]))
	}
	at := p.Address
	p = p.Form(at + "/avsluta").Send("")
	if !p.Says("Inloggningen är avslutad") || !p.Says("Slutade") {
		t.Error(p.Status)
	}
	if p := b.Get("/att-gora"); p.Heading() != "Logga in" {
		t.Error("who has left sees", p.Heading())
	}
}

func TestAProposalWaitsForSomebodyElse(t *testing.T) {
	_, admin, leader := begun(t)
	p := admin.Get("/anvandare/ny").Form("/anvandare/ny").Set("namn", "Ek").Set("inloggning", "ek").Send("").Follow("Jag har lämnat koden")
	p = p.Form(p.Address + "/forslag").Send("")
	if !p.Says("väntar på att någon annan godkänner") {
		t.Error(p.Status, p.Address)
	}
	if !p.Says("Föreslagen som samordnare i Socialnämnden i Nora 23 november 2026 av admin") || strings.Contains(p.Body, `/forslag"><input`) {
		t.Error("the page does not tell of the proposal, or offers to make it again")
	}
	if p := admin.Get("/hantera/forslag"); !p.Says("Någon annan än du") || p.Says("Godkänn:") {
		t.Error("one may approve one's own")
	}
	p = leader.Get("/hantera")
	if !p.Says("Ett förslag om en ny samordnare väntar på dig") {
		t.Error("nobody is told of the proposal")
	}
	if !p.Says("1 väntar på ditt svar") {
		t.Error("the line of the proposals says nothing of it")
	}
	p = p.Follow("Se förslagen").Form("/hantera/forslag").Send("svar=godkant")
	if !p.Says("Förslaget är godkänt") || !p.Says("godkänt 23 november 2026 av lena") {
		t.Error(webtest.Text(p.All("main")[0]))
	}
	if p := leader.Get("/hantera/roller"); !p.Says("admin, godkänd av lena") {
		t.Error("it is not told who gave the role")
	}

}

func TestTheUnitThatSomebodyElseChangedIsShown(t *testing.T) {
	h, _, leader := begun(t)
	other := h.SignIn(t)
	if p := other.Get("/att-gora").Form("/roll").Set("roll", "samordnare|"+h.Register(t)).Send(""); p.Status != http.StatusOK {
		t.Fatal(p.Status)
	}
	mine := leader.Get("/hantera/enheter").Follow("Enhet Vuxen")
	theirs := other.Get("/hantera/enheter").Follow("Enhet Vuxen")
	if p := theirs.Form(theirs.Address).Set("enhet", "Vuxenenheten").Send(""); !p.Says("Enheten är sparad") {
		t.Error(p.Status)
	}
	p := mine.Form(mine.Address).Set("enhet", "Enhet för vuxna").Set("sista", "2026-12-31").Send("")
	if p.Status != http.StatusConflict || !p.Says("Så här är den nu: EnhetVuxenenheten") {
		t.Error(p.Status, webtest.Text(p.All("main")[0]))
	}
	p = p.Form(mine.Address).Send("")
	if !p.Says("Enhet för vuxna") || !p.Says("31 december 2026") {
		t.Error(p.Status, "the second save did not take")
	}
	p = p.Form("/hantera/enheter").Set("enhet", "").Set("fran", "igår").Send("")
	if p.Status != http.StatusUnprocessableEntity || len(p.All("select"))+len(p.All("input")) == 0 {
		t.Error(p.Status)
	}
}

// One person, three roles: the bar and what may be done follow the one that is chosen.
func TestOneSwitchesRoleWithoutSigningOut(t *testing.T) {
	h := webtest.Begun(t)
	b := h.SignIn(t)
	p := b.Get("/att-gora").Form("/roll").Set("roll", "administrator|").Send("")
	if p.Address != "/hantera" || !p.Says("Du är ensam administratör") {
		t.Error(p.Address)
	}
	if p := b.Get("/arenden"); p.Status != http.StatusForbidden {
		t.Error("an administrator sees cases:", p.Status)
	}
	if p := b.Post("/roll", map[string][]string{"roll": {"samordnare|1440-ale"}}); p.Status != http.StatusForbidden {
		t.Error(p.Status)
	}
	p = b.Get("/hantera").Form("/roll").Set("roll", "samordnare|"+h.Register(t)).Send("")
	if p.Heading() != "Att göra" || b.Get("/hantera").Says("Användare") {
		t.Error(p.Address)
	}
	if p := h.As(t, "alm2", access.Caseworker, h.Register(t)).Get("/hjalp"); strings.Contains(p.Body, "action=\"/roll\"") {
		t.Error("nothing to switch between, and yet a switch")
	}
}

// Near midnight the day and the time of day are those of the house.
func TestTimesAreTheHousesOwn(t *testing.T) {
	h := webtest.Begun(t)
	h.Person(t, "admin", access.Administrator, "", "")
	h.Time = time.Date(2026, 11, 24, 0, 30, 0, 0, time.FixedZone("CET", 3600)) // the 23rd in UTC
	admin := h.As(t, "admin", access.Administrator, "")
	p := admin.Get("/anvandare/ny").Form("/anvandare/ny").Set("namn", "Ek").Set("inloggning", "ek").Send("").Follow("Jag har lämnat koden")
	p.Form(p.Address + "/forslag").Send("")
	if p := admin.Get("/hantera/forslag"); !p.Says("24 november 2026 av admin. Gäller till") {
		t.Error("proposals:", webtest.Text(p.All("main")[0]))
	}
	if p := admin.Post("/anvandare/sok", map[string][]string{"sok": {"ek"}}); !p.Says("24 november 2026") {
		t.Error("the list:", webtest.Text(p.All("main")[0]))
	}
	p = admin.Post("/anvandare/sok", map[string][]string{"sok": {"admin"}}).Follow("admin")
	if !p.Says("24 november 2026 kl. 00.30") {
		t.Error("sessions:", webtest.Text(p.All("main")[0]))
	}
	if p := admin.Post("/anvandare/sok", map[string][]string{"sok": {"alm"}}).Follow("Alm"); !p.Says("vid starten") {
		t.Error("nobody gave the first person's roles:", webtest.Text(p.All("main")[0]))
	}
}

func TestPlacesAndPeopleAreChosenByName(t *testing.T) {
	h, admin, leader := begun(t)
	admin.Get("/anvandare/ny").Form("/anvandare/ny").Set("namn", "Ek").Set("inloggning", "ek@nora.example").Send("")
	if p := leader.Get("/hantera/roller/ny"); !strings.Contains(p.Body, `<option value="ek@nora.example">Ek</option>`) || strings.Contains(p.Body, `value="admin"`) {
		t.Error("those who may get a role are not offered, or others are")
	}
	f := leader.Get("/hantera/enheter").Form("/hantera/enheter").Set("enhet", "Mitt")
	if f.Values.Get("omrade") != "1884" {
		t.Error("the register's municipality is not chosen:", f.Values)
	}
	if p := f.Set("delomrade", "144001").Send(""); p.Status != http.StatusUnprocessableEntity || !p.Says("börjar med kommunens kod") {
		t.Error("a part of another municipality was taken:", p.Status)
	}
	p := leader.Get("/hantera/enheter").Form("/hantera/enheter").Set("enhet", "Mitt").Set("delomrade", "188401").Send("")
	if p = p.Follow("Mitt"); p.Form(p.Address).Values.Get("delomrade") != "188401" || p.Form(p.Address).Values.Get("omrade") != "1884" {
		t.Error(p.Status, h.Register(t))
	}
}

func TestTwoThousandPeopleArePages(t *testing.T) {
	h, admin, _ := begun(t)
	webtest.Must(t, h.Store.Node().Write(t.Context(), func(x *store.Tx) error {
		for i := range 2000 {
			id := fmt.Sprintf("p%04d", i)
			if err := x.AddPerson(access.Person{ID: id, Login: id, Name: "Person " + id, Created: h.Time}); err != nil {
				return err
			}
		}
		return nil
	}))
	p := admin.Get("/anvandare?visa=utan_roll&sida=40")
	if !p.Says("2000 personer") && !p.Says("2 000 personer") || !p.Says("Sida 40 av 40") || len(p.All("tr")) != 51 || !p.Says("p1999") {
		t.Error(p.Status, len(p.All("tr")))
	}
	if p := p.Follow("Föregående"); !p.Says("Sida 39 av 40") {
		t.Error(p.Address)
	}
	if p := admin.Post("/anvandare/sok", map[string][]string{"sok": {"P1234"}}); len(p.All("tr")) != 2 || strings.Contains(p.Address, "1234") {
		t.Error(p.Address, len(p.All("tr")))
	}
}

// A role in a unit that has ended leads to pages that say so.
func TestARoleInAnEndedUnitStillHasPages(t *testing.T) {
	h, _, leader := begun(t)
	h.Person(t, "ek", access.Caseworker, h.Register(t), "gammal")
	p := leader.Get("/hantera/enheter")
	if p.Status != http.StatusOK {
		t.Fatal(p.Status)
	}
	b := h.As(t, "ek", access.Caseworker, h.Register(t))
	for _, address := range []string{"/genomgang", "/hjalp", "/installningar"} {
		if p := b.Get(address); p.Status != http.StatusOK || p.Heading() == "" {
			t.Errorf("%s: %d", address, p.Status)
		}
	}
}
