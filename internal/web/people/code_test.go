package people_test

import (
	"net/http"
	"testing"

	"foljsam/internal/access"
	"foljsam/internal/web/webtest"
)

// set lets somebody who was added set a password by the code that a page shows.
func set(t *testing.T, h *webtest.House, login, code, password string) *webtest.Page {
	t.Helper()
	p := h.Browser(t).Get("/valkommen")
	return p.Form("/valkommen").Set("inloggning", login).Set("kod", code).Set("losenord", password).Set("losenord2", password).Send("")
}

func TestACodeForSomebodyWithARoleWaitsForASecondPerson(t *testing.T) {
	h, admin, leader := begun(t)
	p := admin.Get("/anvandare/ny").Form("/anvandare/ny").Set("namn", "Ek").Set("inloggning", "ek").Send("")
	if p.Says("Koden gäller inte än") {
		t.Error("somebody's first code is said to wait")
	}
	set(t, h, "ek", codeOn(t, p), "korrekt häst batteri")
	leader.Get("/hantera/roller/ny").Form("/hantera/roller/ny").Set("inloggning", "ek").Send("")
	p = p.Follow("Jag har lämnat koden")
	if !p.Says("först när en andra person har bekräftat den") {
		t.Error("the page does not say what a code takes")
	}
	at := p.Address
	p = p.Form(at + "/kod").Send("")
	code := codeOn(t, p)
	if !p.Says("Koden gäller inte än") {
		t.Error("the code is not said to wait")
	}
	if p := set(t, h, "ek", code, "en helt annan fras"); p.Status != http.StatusForbidden && p.Status != http.StatusUnprocessableEntity || !p.Says("En andra person behöver bekräfta") {
		t.Error(p.Status, webtest.Text(p.All("main")[0]))
	}
	if p := admin.Get("/hantera/forslag"); !p.Says("Stoppa koden") || p.Says("Bekräfta koden") {
		t.Error("one may confirm one's own code")
	}
	p = leader.Get("/hantera")
	if !p.Says("En engångskod väntar på att du bekräftar den") {
		t.Error("nobody is told of the code")
	}
	p = p.Follow("Se engångskoderna").Form("/hantera/forslag").Send("svar=bekrafta")
	if !p.Says("Koden är bekräftad") || !p.Says("Ingen engångskod väntar") {
		t.Error(webtest.Text(p.All("main")[0]))
	}
	if p := set(t, h, "ek", code, "en helt annan fras"); !p.Says("Lösenordet är sparat") {
		t.Error(webtest.Text(p.All("main")[0]))
	}
	p = h.Browser(t).Get("/logga-in").Form("/logga-in").Set("inloggning", "ek").Set("losenord", "en helt annan fras").Send("")
	if !p.Says("admin gav en engångskod till din inloggning") || !p.Says("och lena bekräftade den") {
		t.Error("the person is not told:", p.Address, p.Status)
	}
}

// In a house with one administrator and no other coordinator the page says what a code means.
func TestTheOnlyAdministratorIsToldWhatACodeMeans(t *testing.T) {
	h := webtest.Begun(t)
	first := h.SignIn(t)
	act := func(role access.Role, register string) {
		if p := first.Get("/installningar").Form("/roll").Set("roll", string(role)+"|"+register).Send(""); p.Status != http.StatusOK {
			t.Fatal(p.Status)
		}
	}
	act(access.Administrator, "")
	p := first.Get("/anvandare/ny").Form("/anvandare/ny").Set("namn", "Ek").Set("inloggning", "ek").Send("")
	set(t, h, "ek", codeOn(t, p), "korrekt häst batteri")
	act(access.Coordinator, h.Register(t))
	first.Get("/hantera/roller/ny").Form("/hantera/roller/ny").Set("inloggning", "ek").Send("")
	act(access.Administrator, "")
	p = p.Follow("Jag har lämnat koden")
	if !p.Says("Ingen annan än du kan bekräfta koden") || !p.Says("Loggen säger att ingen annan bekräftade") {
		t.Error(webtest.Text(p.All("main")[0]))
	}
	if p = p.Form(p.Address + "/kod").Send(""); p.Says("Koden gäller inte än") {
		t.Error("a code waits that nobody can confirm")
	}
}

func TestAnAnnouncedEndIsSeenAndStopped(t *testing.T) {
	h, admin, leader := begun(t)
	p := admin.Get("/anvandare/ny").Form("/anvandare/ny").Set("namn", "Ek").Set("inloggning", "ek").Send("")
	set(t, h, "ek", codeOn(t, p), "korrekt häst batteri")
	at := p.Follow("Jag har lämnat koden").Address
	leader.Get("/hantera/roller/ny").Form("/hantera/roller/ny").Set("inloggning", "ek").Set("roll", "samordnare").Set("enhet", "").Send("")
	who := h.Who(t, leader).Actor
	roles, _, err := h.App.CaseRoles(t.Context(), who)
	webtest.Must(t, err)
	for _, r := range roles {
		if r.Role == access.Coordinator && r.Person != who.Person.ID && r.Login != "ek" {
			webtest.Must(t, h.App.EndRole(t.Context(), who, r.Grant)) // ek is left, and lena, who has no password
		}
	}
	p = admin.Get(at)
	if !p.Says("registrets sista samordnare") {
		t.Fatal(webtest.Text(p.All("main")[0]))
	}
	if p = p.Form(at + "/avsluta").Send("annonsera=ja"); !p.Says("Avslutet är annonserat för alla i registret") || !p.Says("kan göras från") {
		t.Error(webtest.Text(p.All("main")[0]))
	}
	h.Person(t, "bo", access.Caseworker, h.Register(t), "")
	if p := h.As(t, "bo", access.Caseworker, h.Register(t)).Get("/att-gora"); !p.Says("admin vill avsluta inloggningen för Ek") || p.Says("Se och stoppa") {
		t.Error("a caseworker is not told")
	}
	p = leader.Get("/att-gora")
	if !p.Says("admin vill avsluta inloggningen för Ek") {
		t.Error("a coordinator is not told")
	}
	p = p.Follow("Se och stoppa")
	if p = p.Form("/hantera/forslag").Send(""); !p.Says("Avslutet är stoppat") || p.Says("Annonserade avslut") {
		t.Error(webtest.Text(p.All("main")[0]))
	}
}
