package start_test

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"foljsam/internal/access"
	"foljsam/internal/app"
	"foljsam/internal/place"
	"foljsam/internal/web/webtest"
)

func TestTheFirstRun(t *testing.T) {
	h := webtest.New(t)
	code, err := h.FirstCode(context.Background())
	webtest.Must(t, err)
	b := h.Browser(t)
	p := b.Get("/")
	if p.Address != "/forsta" || p.Heading() != "Börja använda Följsam" {
		t.Fatal(p.Address, p.Heading())
	}
	if p = p.Form("/forsta").Send(""); p.Status != http.StatusUnprocessableEntity || !p.Says("8 uppgifter kunde inte sparas") {
		t.Errorf("an empty form: %d", p.Status)
	}
	f := p.Form("/forsta")
	for name, value := range map[string]string{"kod": "AAAA-BBBB", "namn": "Alm", "inloggning": "alm", "losenord": "kort", "losenord2": "kort",
		"register": "Socialnämnden i Nora", "ansvarig": "Socialnämnden", "omrade": "1884", "enhet": "Enhet Vuxen"} {
		f.Set(name, value)
	}
	if p = f.Send(""); !p.Says("minst 12 tecken") {
		t.Error("a short password was taken")
	}
	p = p.Form("/forsta").Set("losenord", webtest.Password).Set("losenord2", webtest.Password+".").Send("")
	if !p.Says("inte lika") || strings.Contains(p.Body, webtest.Password) {
		t.Error("two passwords that differ were taken, or shown")
	}
	p = p.Form("/forsta").Set("losenord", webtest.Password).Set("losenord2", webtest.Password).Send("")
	if !p.Says("Engångskoden stämmer inte") || p.Form("/forsta").Values.Get("omrade") != "1884" {
		t.Error("the wrong code was taken, or what was chosen was lost")
	}
	p = p.Form("/forsta").Set("kod", strings.ToLower(code)).Set("losenord", webtest.Password).Set("losenord2", webtest.Password).Send("")
	if p.Address != "/forsta-dagen?valkommen=ja" || p.Status != http.StatusOK || !p.Says("Registret är klart") {
		t.Fatalf("%d at %s", p.Status, p.Address)
	}
	for _, secret := range []string{webtest.Password, code} {
		if strings.Contains(h.Log.String(), secret) {
			t.Error("a secret was logged")
		}
	}
	for _, address := range []string{"/forsta", "/"} {
		if p := h.Browser(t).Get(address); p.Address != "/logga-in" {
			t.Errorf("%s leads to %s when somebody can sign in", address, p.Address)
		}
	}
}

func TestEveryMunicipalityCanBeChosen(t *testing.T) {
	p := webtest.New(t).Browser(t).Get("/forsta")
	if n := len(p.All("option")); n != 292 {
		t.Errorf("%d options, want 290, the whole nation, and one that says choose", n)
	}
	if n := len(p.All("optgroup")); n != 21 {
		t.Errorf("%d counties", n)
	}
}

func TestSigningInLeadsBackToTheField(t *testing.T) {
	h := webtest.Begun(t)
	b := h.Browser(t)
	const back = "/arenden/0190-a/fore?x=1#f-14"
	p := b.Get("/logga-in?ater=%2Farenden%2F0190-a%2Ffore%3Fx=1%23f-14")
	p = p.Form("/logga-in").Set("inloggning", "alm").Set("losenord", "fel").Send("")
	if p.Status != http.StatusUnprocessableEntity || !p.Says("lösenordet stämmer inte") {
		t.Errorf("a wrong password: %d", p.Status)
	}
	f := p.Form("/logga-in")
	if f.Values.Get("ater") != back || f.Values.Get("inloggning") != "alm" || f.Values.Get("losenord") != "" {
		t.Errorf("after a wrong try the form holds %v", f.Values)
	}
	f.Set("losenord", webtest.Password)
	if r := b.Do(http.MethodPost, "/logga-in", f.Values); r.Status != http.StatusSeeOther || r.Header.Get("Location") != back {
		t.Errorf("led to %s", r.Header.Get("Location"))
	}
	if p := b.Get("/logga-in"); p.Address != "/att-gora" {
		t.Errorf("who is signed in is led from the sign-in to %s", p.Address)
	}
}

func TestNobodyIsLedElsewhere(t *testing.T) {
	h := webtest.Begun(t)
	for _, back := range []string{"https://example.org/", "//example.org", `/\example.org`, "javascript:alert(1)", "\t//example.org"} {
		b := h.Browser(t)
		f := b.Get("/logga-in").Form("/logga-in").Set("inloggning", "alm").Set("losenord", webtest.Password).Set("ater", back)
		if r := b.Do(http.MethodPost, "/logga-in", f.Values); r.Header.Get("Location") != "/" {
			t.Errorf("%q leads to %s", back, r.Header.Get("Location"))
		}
	}
}

func TestWrongTriesCostTime(t *testing.T) {
	h := webtest.Begun(t)
	b := h.Browser(t)
	try := func(password string) *webtest.Page {
		return b.Get("/logga-in").Form("/logga-in").Set("inloggning", "alm").Set("losenord", password).Send("")
	}
	for range 4 {
		try("fel lösenord")
		h.Time = h.Time.Add(time.Millisecond)
	}
	if p := try(webtest.Password); p.Status != http.StatusTooManyRequests || !p.Says("Vänta") {
		t.Errorf("after four wrong tries: %d", p.Status)
	}
	h.Time = h.Time.Add(time.Minute)
	if p := try(webtest.Password); p.Address != "/att-gora" {
		t.Errorf("after waiting: %d at %s", p.Status, p.Address)
	}
}

func TestSigningOutEndsTheSession(t *testing.T) {
	h := webtest.Begun(t)
	b := h.SignIn(t)
	secret := b.Cookies["foljsam"]
	p := b.Do(http.MethodPost, "/logga-ut", nil)
	if p.Header.Get("Clear-Site-Data") != `"cache", "storage"` || b.Cookies["foljsam"] != "" {
		t.Error("the browser keeps something")
	}
	if p = b.Get(p.Header.Get("Location")); !p.Says("Du är utloggad") {
		t.Error("the page does not say so")
	}
	b.Cookies["foljsam"] = secret
	if p := b.Get("/att-gora"); !strings.HasPrefix(p.Address, "/logga-in") {
		t.Errorf("the old secret opens %s", p.Address)
	}
}

func TestEachBeginsWhereTheyShould(t *testing.T) {
	h := webtest.Begun(t)
	register := h.Register(t)
	h.Person(t, "lena", access.Coordinator, register, "")
	h.Person(t, "admin", access.Administrator, "", "")
	for _, x := range []struct {
		b    *webtest.Browser
		want string
	}{
		{h.Browser(t), "/logga-in"}, {h.SignIn(t), "/att-gora"},
		{h.As(t, "lena", access.Coordinator, register), "/att-gora"}, {h.As(t, "admin", access.Administrator, ""), "/hantera"},
	} {
		if p := x.b.Get("/"); p.Address != x.want || p.Status != http.StatusOK {
			t.Errorf("%s leads to %s (%d)", x.want, p.Address, p.Status)
		}
	}
}

func TestHealthTellsNothing(t *testing.T) {
	if p := webtest.New(t).Browser(t).Get("/halsa"); p.Status != http.StatusOK || p.Body != "ok\n" {
		t.Errorf("%d %q", p.Status, p.Body)
	}
}

// A demonstration with one municipality in each of three counties.
func demo(t *testing.T) *webtest.House {
	h := webtest.NewDemo(t)
	for _, code := range []string{"1884", "0114", "1440"} {
		id := "demo-" + code
		h.AddRegister(t, id, place.NameOf(code), code)
		h.Person(t, "Ek "+code, access.Caseworker, id, id)
		h.Person(t, "Lind "+code, access.Coordinator, id, "")
	}
	return h
}

func TestChoosingWhomToBe(t *testing.T) {
	h := demo(t)
	b := h.Browser(t)
	p := b.Get("/")
	if p.Address != "/demo" || !strings.Contains(p.Body, "SYNTETISKA DATA") {
		t.Fatal(p.Address)
	}
	p = p.Follow("Nora")
	if p.Address != "/demo?kommun=1884&ater=%2f" || !p.Says("Ek 1884, handläggare") || p.Says("Ek 1440") {
		t.Errorf("%s %s", p.Address, p.Heading())
	}
	p = p.Form("/demo").Send("")
	if p.Address != "/att-gora" || !strings.Contains(p.Body, "Nora") {
		t.Errorf("%d at %s", p.Status, p.Address)
	}
	first := b.Cookies["foljsam-demo"]
	b.Get("/demo?kommun=1440").Form("/demo").Send("")
	if who := h.Who(t, b); who.Register != "demo-1440" || b.Cookies["foljsam-demo"] == first {
		t.Errorf("is in %s", who.Register)
	}
	if _, err := h.App.Who(context.Background(), first); err == nil {
		t.Error("the session before lives on")
	}
	for _, address := range []string{"/demo?kommun=0180", "/demo?kommun=x"} {
		if p := b.Get(address); p.Status != http.StatusNotFound {
			t.Errorf("%s: %d", address, p.Status)
		}
	}
}

func TestWhoIsSignedOutOfADemonstrationChoosesAgain(t *testing.T) {
	h := demo(t)
	b := h.Browser(t)
	p := b.Get("/genomgang?enhet=demo-1884")
	if !strings.HasPrefix(p.Address, "/demo?ater=") {
		t.Fatal(p.Address)
	}
	if p = p.Follow("Nora").Form("/demo").Send(""); p.Status != http.StatusOK || p.Heading() != "Genomgång: Enhet Nora" {
		t.Errorf("%d %s at %s", p.Status, p.Heading(), p.Address)
	}
	if p = p.Form("/logga-ut").Send(""); !p.Says("Du är utloggad") || !p.Says("Välj vem du vill vara") {
		t.Error(p.Address)
	}
}

func TestNobodyChoosesWhomToBeInARealRegister(t *testing.T) {
	h := webtest.Begun(t)
	b := h.Browser(t)
	if p := b.Get("/demo"); p.Status != http.StatusNotFound {
		t.Errorf("%d", p.Status)
	}
	if p := b.Post("/demo", map[string][]string{"person": {"alm"}}); p.Status != http.StatusNotFound || b.Cookies["foljsam"] != "" {
		t.Errorf("%d", p.Status)
	}
}

func TestSettingsAreKept(t *testing.T) {
	h := webtest.Begun(t)
	b := h.SignIn(t)
	p := b.Get("/installningar").Form("/installningar").Set("sprak", "en").Set("tangenter", "av").Set("tema", "dark").Send("")
	if !p.Says("Your settings are saved") || p.Heading() != "My settings" {
		t.Error(p.Heading())
	}
	html := p.All("html")[0]
	if webtest.Attr(html, "lang") != "en" || webtest.Attr(html, "data-keys") != "off" || webtest.Attr(html, "data-theme") != "dark" {
		t.Error("the page does not look as was chosen")
	}
	other := h.SignIn(t)
	if p := other.Get("/att-gora"); webtest.Attr(p.All("html")[0], "lang") != "en" {
		t.Error("the language does not follow the person")
	}
	f := b.Get("/att-gora").Form("/visning").Set("sprak", "sv")
	if p := b.Post("/visning", f.Values); p.Address != "/att-gora" || p.Heading() != "Att göra" {
		t.Error("the foot of the page does not change the language of somebody who has chosen one")
	}
	if !h.Who(t, b).Person.KeysOff {
		t.Error("changing the language turned the keys on")
	}
}

func TestHelpExplainsTheWords(t *testing.T) {
	h := webtest.Begun(t)
	for lang, words := range map[string][]string{"sv": {"Tangenter", "Vad som loggas om dig", "Bakgrund"}, "en": {"Keys", "What is logged about you"}} {
		p := h.Browser(t).Speak(lang).Get("/hjalp")
		for _, w := range words {
			if !p.Says(w) {
				t.Errorf("%s: nothing about %s", lang, w)
			}
		}
	}
	p := h.Browser(t).Get("/hjalp")
	for _, v := range h.Codebook().Variables {
		if help := v.Help.In("sv"); help != "" && !p.Says(help) {
			t.Errorf("the help does not explain %s", v.Label.In("sv"))
		}
	}
	if len(p.Body) > 100_000 {
		t.Errorf("%d bytes", len(p.Body))
	}
	if slices.ContainsFunc(p.All("details"), func(n *html.Node) bool { return true }) {
		t.Error("something is folded away from the browser's own search")
	}
}

func TestACaseworkerIsAdvisedOfASecondFactor(t *testing.T) {
	h := webtest.Begun(t)
	h.Demand(t, app.Recommended)
	if p := h.SignIn(t).Get("/installningar"); !p.Says("Skydda din inloggning med ett andra steg") {
		t.Error(webtest.Text(p.All("main")[0]))
	}
}
