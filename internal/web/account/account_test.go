package account_test

import (
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/app"
	"foljsam/internal/web/webtest"
)

// codeOf gives the code that a telephone shows (RFC 6238), from the secret as the page writes it.
func codeOf(t *testing.T, secret string, at time.Time) string {
	t.Helper()
	key, err := base32.StdEncoding.DecodeString(strings.ReplaceAll(secret, "-", ""))
	webtest.Must(t, err)
	h := hmac.New(sha1.New, key)
	_ = binary.Write(h, binary.BigEndian, at.Unix()/30) // a hash takes everything
	sum := h.Sum(nil)
	return fmt.Sprintf("%06d", binary.BigEndian.Uint32(sum[sum[19]&15:])&0x7fffffff%1_000_000)
}

func enter(h *webtest.House, t *testing.T) (*webtest.Browser, *webtest.Page) {
	b := h.Browser(t)
	return b, b.Get("/logga-in?ater=%2Farenden").Form("/logga-in").Set("inloggning", "alm").Set("losenord", webtest.Password).Send("")
}

// From the first page to the second step, as in a browser without script.
func TestTheWayToASecondStep(t *testing.T) {
	h := webtest.Begun(t)
	b := h.SignIn(t)
	p := b.Get("/konto").Follow("Ställ in koder i telefonen").Form("/konto/koder").Send("gor=borja")
	secret := webtest.Text(p.All("code")[0])
	if p = p.Form("/konto/koder").Set("kod", "12").Send("gor=bekrafta"); p.Status != http.StatusUnprocessableEntity || !strings.Contains(p.Body, secret) {
		t.Fatal(p.Status, p.Address)
	}
	p = p.Form("/konto/koder").Set("kod", codeOf(t, secret, h.Time)).Send("gor=bekrafta")
	codes := p.All("code")
	if len(codes) != 10 || strings.Contains(p.Address, webtest.Text(codes[0])) {
		t.Fatal(len(codes), p.Address)
	}
	recovery := webtest.Text(codes[0])

	c, p := enter(h, t)
	if p.Heading() != "Ett steg kvar" || c.Cookies[h.Cookie()] != "" {
		t.Fatal(p.Heading(), c.Cookies)
	}
	if p := c.Get("/arenden"); p.Heading() != "Logga in" {
		t.Error("half signed in is signed in")
	}
	if p = p.Form("/logga-in/kod").Set("kod", codeOf(t, secret, h.Time)).Send(""); p.Status != http.StatusUnprocessableEntity || !p.Says("Koden är redan använd") {
		t.Error(p.Status, p.Address)
	}
	h.Time = h.Time.Add(30 * time.Second)
	if p = p.Form("/logga-in/kod").Set("kod", codeOf(t, secret, h.Time)).Send(""); p.Address != "/arenden" || c.Cookies["foljsam-steg"] != "" {
		t.Fatal(p.Status, p.Address, c.Cookies)
	}
	_, p = enter(h, t)
	if p = p.Form("/logga-in/kod").Set("kod", recovery).Send(""); p.Address != "/arenden" {
		t.Error(p.Status, p.Address)
	}
	if said := h.Log.String(); strings.Contains(said, secret) || strings.Contains(said, recovery) {
		t.Error("a secret is in the log")
	}
}

func TestSomethingGraveLeadsByThePageThatAsksAgain(t *testing.T) {
	h := webtest.Begun(t)
	b := h.SignIn(t)
	h.Time = h.Time.Add(11 * time.Minute)
	p := b.Get("/konto/passnycklar")
	if !strings.HasPrefix(p.Address, "/bekrafta?ater=%2Fkonto%2Fpassnycklar") {
		t.Fatal(p.Address)
	}
	if p = p.Form("/bekrafta").Set("losenord", "fel").Send(""); p.Status != http.StatusUnprocessableEntity || !p.Says("Lösenordet stämmer inte") {
		t.Fatal(p.Status, p.Address)
	}
	if p = p.Form("/bekrafta").Set("losenord", webtest.Password).Send(""); p.Address != "/konto/passnycklar" || p.Status != http.StatusOK {
		t.Fatal(p.Status, p.Address)
	}
	h.Time = h.Time.Add(11 * time.Minute)
	if p = b.Post("/konto/koder", nil); !strings.Contains(p.Address, "osparat=ja") || !p.Says("inte gjort") {
		t.Error(p.Address)
	}
}

func TestChangingThePassword(t *testing.T) {
	h := webtest.Begun(t)
	b, other := h.SignIn(t), h.SignIn(t)
	change := func(old, password, again string) *webtest.Page {
		return b.Get("/konto/losenord").Form("/konto/losenord").Set("losenord", old).Set("nytt", password).Set("nytt2", again).Send("")
	}
	const changed = "ett nytt långt lösenord"
	for _, p := range []*webtest.Page{change(webtest.Password, changed, "annat"), change(webtest.Password, "kort", "kort"), change("fel", changed, changed)} {
		if p.Status != http.StatusUnprocessableEntity || strings.Contains(p.Body, changed) {
			t.Error(p.Status, p.Address)
		}
	}
	if p := change(webtest.Password, changed, changed); p.Address != "/konto?klart=losenord" {
		t.Fatal(p.Status, p.Address)
	}
	if p := other.Get("/konto"); p.Heading() != "Logga in" {
		t.Error("another browser is still signed in:", p.Heading())
	}
}

// Who must have a second factor is asked at sign-in, and in the end comes to nothing else.
func TestWhoMustBeProtectedIsAskedAndThenStopped(t *testing.T) {
	h := webtest.Begun(t)
	h.Demand(t, app.Required)
	_, p := enter(h, t)
	if !strings.HasPrefix(p.Address, "/konto/skydd?ater=%2Farenden") || p.Follow("Inte nu").Address != "/arenden" {
		t.Fatal(p.Address)
	}
	h.Time = h.Time.AddDate(0, 0, 14)
	b, p := enter(h, t)
	if !p.Says("Du kommer inte vidare") {
		t.Error(p.Address, p.Heading())
	}
	for _, address := range []string{"/arenden", "/att-gora", "/hantera", "/installningar"} {
		if p := b.Get(address); p.Address != "/konto/skydd" {
			t.Errorf("%s leads to %s", address, p.Address)
		}
	}
	if p := b.Do(http.MethodGet, "/api/enheter", nil); p.Status != http.StatusForbidden {
		t.Error("a program goes on:", p.Status)
	}
	if p := b.Get("/konto/koder"); p.Status != http.StatusOK || p.Address != "/konto/koder" {
		t.Error("there is no way to get a second factor:", p.Status, p.Address)
	}
}

func TestTheAdministratorRules(t *testing.T) {
	h := webtest.Begun(t)
	h.Person(t, "admin", access.Administrator, "", "")
	b := h.As(t, "admin", access.Administrator, "")
	p := b.Get("/hantera/krav").Form("/hantera/krav").Set(string(access.Caseworker), string(app.Required)).Send("")
	if p.Status != http.StatusOK || !p.Says("Kraven är sparade") || p.Form("/hantera/krav").Values.Get(string(access.Caseworker)) != string(app.Required) {
		t.Error(p.Status, p.Address)
	}
	if p := h.SignIn(t).Get("/hantera/krav"); p.Status != http.StatusForbidden {
		t.Error("a caseworker rules:", p.Status)
	}
}

// Who has lost the telephone asks the administrator.
func TestTheAdministratorTakesAwayASecondStep(t *testing.T) {
	h := webtest.Begun(t)
	alm := h.SignIn(t)
	p := alm.Get("/konto/koder").Form("/konto/koder").Send("gor=borja")
	p.Form("/konto/koder").Set("kod", codeOf(t, webtest.Text(p.All("code")[0]), h.Time)).Send("gor=bekrafta")
	h.Person(t, "admin", access.Administrator, "", "")
	b := h.As(t, "admin", access.Administrator, "")
	at := "/anvandare/" + h.Who(t, alm).Person.ID
	if p := b.Get(at).Form(at + "/sessioner").Send("steg=bort"); p.Status != http.StatusOK {
		t.Fatal(p.Status, p.Address)
	}
	if p := alm.Get("/konto"); p.Heading() != "Logga in" {
		t.Error("still signed in:", p.Heading())
	}
	if _, p := enter(h, t); !strings.HasPrefix(p.Address, "/konto/skydd") || !p.Says("admin tog bort ditt andra steg") {
		t.Error("who did it is not told, or one may go on without a new one:", p.Address)
	}
}
