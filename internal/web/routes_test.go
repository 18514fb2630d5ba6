package web_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"foljsam/internal/access"
	"foljsam/internal/app"
	"foljsam/internal/record"
	"foljsam/internal/web"
	"foljsam/internal/web/page/pagetest"
	"foljsam/internal/web/webtest"
)

// town is an installation with two registers, a case in the first, and one browser for each
// that may come: nobody, and people of every role.
type town struct {
	*webtest.House
	id   string // of the case
	who  map[string]func() *webtest.Browser
	unit string
}

const (
	nobody   = "nobody"
	worker   = "handläggare"
	leader   = "samordnare"
	manager  = "administratör"
	stranger = "handläggare in another register"
)

func newTown(t *testing.T) *town {
	h := webtest.Begun(t)
	register := h.Register(t)
	h.AddRegister(t, "1440-ale", "Ale", "1440")
	h.Person(t, "lena", access.Coordinator, register, "")
	h.Person(t, "admin", access.Administrator, "", "")
	h.Person(t, "frammande", access.Caseworker, "1440-ale", "")
	x := &town{House: h, who: map[string]func() *webtest.Browser{
		nobody:   func() *webtest.Browser { return h.Browser(t) },
		leader:   once(func() *webtest.Browser { return h.As(t, "lena", access.Coordinator, register) }),
		manager:  once(func() *webtest.Browser { return h.As(t, "admin", access.Administrator, "") }),
		stranger: once(func() *webtest.Browser { return h.As(t, "frammande", access.Caseworker, "1440-ale") }),
	}}
	alm := h.SignIn(t)
	x.who[worker] = func() *webtest.Browser { return alm }
	w := h.Who(t, alm)
	x.unit = w.Units[0].ID
	id, err := h.OpenCase(context.Background(), w.Actor, app.NewCase{Unit: x.unit, Case: "24-017", Client: "K-1",
		Answers: map[string]record.Answer{"5": {Value: "2026-11-01"}}})
	webtest.Must(t, err)
	x.id = id
	x.publish(t)
	return x
}

// publish gives the first register a local variable, a version, and a draft of the next.
func (x *town) publish(t *testing.T) {
	by := x.Who(t, x.who[leader]()).Actor
	webtest.Must(t, x.Propose(t.Context(), by, 0, "forslag_placering"))
	_, err := x.PublishBook(t.Context(), by, 1, "prov")
	webtest.Must(t, err)
	webtest.Must(t, x.Propose(t.Context(), by, 2, "forslag_kannedom"))
}

func once(f func() *webtest.Browser) func() *webtest.Browser {
	var b *webtest.Browser
	return func() *webtest.Browser {
		if b == nil {
			b = f()
		}
		return b
	}
}

// address gives a route's method, and its address with this case in it.
func (x *town) address(r web.Route) (method, address string) {
	method, address, _ = strings.Cut(r.Pattern, " ")
	return method, strings.NewReplacer("{id}", x.id, "{fas}", "bakgrund", "{kolumn}", "forslag_placering", "{nr}", "1", "{fil}", "lokala.yaml", "{$}", "").Replace(address)
}

// ends is what nobody who is signed in should lose or be led out by in a loop over addresses.
var ends = []string{"POST /logga-ut", "POST /demo", "POST /logga-in", "POST /forsta"}

// posted is what is sent where an empty form is answered before it is known who asks.
var posted = map[string]url.Values{
	"POST /genomgang/{id}":    {"s.diskutera": {"0"}, "f.diskutera": {"boende"}},
	"POST /arenden/{id}/falt": {"falt": {"15"}, "s.15": {"0"}, "f.15": {"34"}},
	"POST /arenden/sok":       {"kod": {"24-017"}},
}

// unlike are addresses whose right answer to a form like this is another: there is no such
// save to undo, and JSON was expected.
var unlike = []string{"POST /arenden/{id}/angra", "POST /api/arenden", "POST /hantera/dubbletter/koder", "POST /hantera/gallring/aterkalla", "POST /variabler", "POST /variabler/utkast"}

// only are pages that one role alone may come to, by how their patterns begin.
var only = map[string]string{
	"GET /komplett":           leader,
	"GET /hantera/dubbletter": leader, "POST /hantera/dubbletter": leader, "GET /hantera/utdrag": leader, "POST /hantera/utdrag": leader,
	"GET /variabler": leader, "POST /variabler": leader, "POST /hantera/gallring": leader, "GET /hantera/nycklar": manager, "POST /hantera/nycklar": manager,
	"GET /hantera/krav": manager, "POST /hantera/krav": manager,
}

// others tells whether an address is only another's.
func others(pattern, who string) bool {
	for begins, whose := range only {
		if strings.HasPrefix(pattern, begins) && pattern != "POST /hantera/gallring/bekrafta" {
			return who != whose && who != nobody
		}
	}
	return false
}

func TestEveryAddressAnswersEachAsItShould(t *testing.T) {
	x := newTown(t)
	for _, r := range web.Addresses() {
		if slices.Contains(ends, r.Pattern) {
			continue
		}
		method, address := x.address(r)
		for who, browser := range x.who {
			p := browser().Do(method, address, posted[r.Pattern])
			if to := p.Header.Get("Location"); method == http.MethodGet && (strings.HasPrefix(to, "/arenden") || strings.HasPrefix(to, "/hantera")) {
				p = browser().Get(to) // the page behind an address that only forms are sent to
			}
			if fault := wrongAnswer(r, who, p); fault != "" {
				t.Errorf("%s, %s: %d %s: %s", r.Pattern, who, p.Status, p.Header.Get("Location"), fault)
			}
		}
	}
}

// wrongAnswer says how an answer is not what that person should get.
func wrongAnswer(r web.Route, who string, p *webtest.Page) string {
	to := p.Header.Get("Location")
	aboutCase := strings.Contains(r.Pattern, "{id}")
	cases := aboutCase || strings.Contains(r.Pattern, "arenden") || strings.Contains(r.Pattern, "genomgang") || strings.Contains(r.Pattern, "att-gora") || strings.Contains(r.Pattern, "/api/")
	switch {
	case who != nobody && slices.Contains(unlike, r.Pattern):
		if p.Status < 400 || p.Status >= 500 {
			return "should be refused"
		}
	case strings.Contains(r.Pattern, "/demo"):
		if p.Status != http.StatusNotFound {
			return "there is no demonstration here"
		}
	case r.Access == web.Program && who == nobody:
		if p.Status != http.StatusUnauthorized || p.Header.Get("Content-Type") != "application/json; charset=utf-8" {
			return "a program should be told in JSON"
		}
	case r.Access == web.SignedIn && who == nobody:
		if p.Status != http.StatusSeeOther || !strings.HasPrefix(to, "/logga-in?ater=%2F") {
			return "should lead to the sign-in"
		}
	case others(r.Pattern, who):
		if p.Status != http.StatusForbidden {
			return "is another role's"
		}
	case strings.Contains(r.Pattern, "/hantera") && (who == worker || who == stranger):
		if p.Status != http.StatusForbidden {
			return "a caseworker looks after nothing there"
		}
	case strings.Contains(r.Pattern, "/drift") && who != manager:
		if p.Status != http.StatusForbidden {
			return "only the administrator sees how the installation is"
		}
	case who == manager && cases:
		if p.Status != http.StatusForbidden {
			return "an administrator sees no case"
		}
	case who == stranger && aboutCase:
		if p.Status != http.StatusNotFound {
			return "another register's case should not be found"
		}
	case p.Status >= 400 && p.Status != http.StatusUnprocessableEntity:
		return "should be answered"
	}
	if strings.Contains(p.Body, "24-017") && (who == nobody || who == manager || who == stranger) {
		return "shows a case code"
	}
	if strings.Contains(to, "24-017") {
		return "a code in an address"
	}
	return ""
}

// Whoever is signed out in the middle comes back to a page, also when what they sent went to
// an address that is none.
func TestSigningInLeadsBackToAPage(t *testing.T) {
	x := newTown(t)
	for _, r := range web.Addresses() {
		if r.Access != web.SignedIn || strings.Contains(r.Pattern, "{fil}") {
			continue
		}
		method, address := x.address(r)
		to, err := url.Parse(x.Browser(t).Do(method, address, posted[r.Pattern]).Header.Get("Location"))
		webtest.Must(t, err)
		who := worker
		if address == "/komplett" || strings.HasPrefix(address, "/hantera") || strings.HasPrefix(address, "/variabler") {
			who = leader
		}
		if address == "/drift" || address == "/hantera/krav" {
			who = manager
		}
		if p := x.who[who]().Get(to.Query().Get("ater")); p.Status != http.StatusOK || len(p.All("h1")) != 1 {
			t.Errorf("%s: back to %s: %d", r.Pattern, to.Query().Get("ater"), p.Status)
		}
	}
}

func TestEveryPageIsWhole(t *testing.T) {
	x := newTown(t)
	for _, r := range web.Addresses() {
		method, address := x.address(r)
		if method != http.MethodGet || strings.HasPrefix(address, "/halsa") || strings.HasPrefix(address, "/api/") || strings.Contains(r.Pattern, "{fil}") {
			continue
		}
		for _, lang := range []string{"sv", "en"} {
			for _, who := range []string{nobody, worker, leader} {
				b := x.who[who]().Speak(lang)
				p := b.Get(address)
				for _, fault := range append(pageFaults(p, lang), pagetest.Faults(p.Body)...) {
					t.Errorf("%s, %s, %s: %s", address, who, lang, fault)
				}
			}
		}
	}
}

func pageFaults(p *webtest.Page, lang string) (faults []string) {
	say := func(wrong bool, what string) {
		if wrong {
			faults = append(faults, what)
		}
	}
	h1, html := p.All("h1"), p.All("html")
	say(len(h1) != 1 || webtest.Text(h1[0]) == "", "not one heading")
	say(len(p.All("title")) == 0 || !strings.Contains(webtest.Text(p.All("title")[0]), "Följsam"), "no title")
	say(webtest.Attr(html[0], "lang") != lang, "the language is "+webtest.Attr(html[0], "lang"))
	say(strings.Contains(p.Body, "⟦"), "a text is missing")
	say(len(p.All("style")) > 0, "a style of its own")
	for _, s := range p.All("script") {
		say(webtest.Attr(s, "src") == "", "a script of its own")
	}
	for name, want := range map[string]string{"Content-Security-Policy": "default-src 'none'", "Referrer-Policy": "same-origin",
		"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store", "Cross-Origin-Opener-Policy": "same-origin"} {
		say(!strings.Contains(p.Header.Get(name), want), "the header "+name)
	}
	say(!strings.Contains(p.Header.Get("Content-Security-Policy"), "require-trusted-types-for 'script'"), "no trusted types")
	return faults
}

func TestPostsFromElsewhereAreRefused(t *testing.T) {
	x := newTown(t)
	for _, r := range web.Addresses() {
		method, address := x.address(r)
		if method != http.MethodPost {
			continue
		}
		b := x.who[worker]()
		b.Header.Set("Sec-Fetch-Site", "cross-site")
		if p := b.Do(method, address, url.Values{}); p.Status != http.StatusForbidden {
			t.Errorf("%s: %d", address, p.Status)
		}
		b.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	if p := x.who[worker]().Get("/att-gora"); p.Status != http.StatusOK {
		t.Error("a refused post signed somebody out")
	}
}

func TestAPanicGivesACleanPage(t *testing.T) {
	var log webtest.Log
	h := web.New(web.Options{App: nil, Log: slog.New(slog.NewTextHandler(&log, nil))})
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/hjalp?kod=24-017", nil))
	body, _ := io.ReadAll(w.Body)
	if w.Code != http.StatusInternalServerError || !strings.Contains(string(body), "<h1>") || strings.Contains(string(body), "goroutine") {
		t.Errorf("%d %s", w.Code, body)
	}
	if said := log.String(); !strings.Contains(said, "panic") || !strings.Contains(said, "start.Help") || strings.Contains(said, "24-017") {
		t.Errorf("logged %s", said)
	}
}

func TestBodiesThatAreTooLargeAreRefused(t *testing.T) {
	x := newTown(t)
	large := url.Values{"losenord": {strings.Repeat("x", 1<<20)}}
	for _, address := range []string{"/logga-in", "/arenden/nytt", "/arenden/" + x.id + "/bakgrund", "/genomgang/" + x.id, "/installningar"} {
		p := x.who[worker]().Do(http.MethodPost, address, large)
		if p.Status != http.StatusRequestEntityTooLarge {
			t.Errorf("%s: %d", address, p.Status)
		}
	}
}

func TestAnAddressThatIsNotThereIsSaidSo(t *testing.T) {
	x := newTown(t)
	for _, address := range []string{"/finns-inte", "/arenden/" + x.id + "/finns-inte", "/arenden/finns-inte", "/arenden/finns-inte/bakgrund", "/genomgang/finns-inte"} {
		if p := x.who[worker]().Get(address); p.Status != http.StatusNotFound || p.Heading() == "" {
			t.Errorf("%s: %d %q", address, p.Status, p.Heading())
		}
	}
}
