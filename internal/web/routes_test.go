package web_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"foljsam/internal/access"
	"foljsam/internal/app"
	"foljsam/internal/codebook"
	"foljsam/internal/place"
	"foljsam/internal/record"
	"foljsam/internal/store"
	"foljsam/internal/web"
	"foljsam/internal/web/page/pagetest"
	"foljsam/internal/web/webtest"
)

// town is an installation with two registers, a case in the first, and one browser for each
// that may come: nobody, and people of every role.
type town struct {
	*webtest.House
	id       string // of the case
	who      map[string]func() *webtest.Browser
	unit     string
	register string
	proposal string           // that waits for a second person
	coding   string           // an exercise that waits to be answered
	read     map[string]int64 // how far each log was read
}

const (
	nobody   = "nobody"
	worker   = "handläggare"
	leader   = "samordnare"
	manager  = "administratör"
	stranger = "handläggare in another register"

	strangerLeader = "samordnare in another register"
	otherWorker    = "handläggare in another unit"
	otherLeader    = "samordnare of another unit"
)

func newTown(t *testing.T) *town {
	h := webtest.Begun(t)
	register := h.Register(t)
	addUnit(t, h, register)
	h.AddRegister(t, "1440-ale", "Ale", "1440")
	h.Person(t, "lena", access.Coordinator, register, "")
	h.Person(t, "admin", access.Administrator, "", "")
	h.Person(t, "frammande", access.Caseworker, "1440-ale", "")
	h.Person(t, "frida", access.Coordinator, "1440-ale", "")
	h.Person(t, "annan", access.Caseworker, register, "annan-enhet")
	h.Person(t, "anna", access.Coordinator, register, "annan-enhet")
	x := &town{House: h, register: register, who: map[string]func() *webtest.Browser{
		nobody:   func() *webtest.Browser { return h.Browser(t) },
		leader:   once(func() *webtest.Browser { return h.As(t, "lena", access.Coordinator, register) }),
		manager:  once(func() *webtest.Browser { return h.As(t, "admin", access.Administrator, "") }),
		stranger: once(func() *webtest.Browser { return h.As(t, "frammande", access.Caseworker, "1440-ale") }),

		strangerLeader: once(func() *webtest.Browser { return h.As(t, "frida", access.Coordinator, "1440-ale") }),
		otherWorker:    once(func() *webtest.Browser { return h.As(t, "annan", access.Caseworker, register) }),
		otherLeader:    once(func() *webtest.Browser { return h.As(t, "anna", access.Coordinator, register) }),
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
	x.settle(t)
	x.exercise(t)
	return x
}

func addUnit(t *testing.T, h *webtest.House, register string) {
	r, err := h.Store.Register(t.Context(), register)
	webtest.Must(t, err)
	webtest.Must(t, r.Write(t.Context(), func(tx *store.Tx) error {
		return tx.PutUnit(place.Unit{ID: "annan-enhet", Name: "Öppenvård", Area: "1884", From: h.Time.AddDate(-1, 0, 0)})
	}))
}

// settle adds people whom things are done with, and a proposal.
func (x *town) settle(t *testing.T) {
	x.Person(t, "gar", access.Caseworker, x.register, x.unit)
	x.Person(t, "slutar", access.Caseworker, x.register, x.unit)
	x.Person(t, "ny", access.Caseworker, "1440-ale", "1440-ale")
	x.Person(t, "admin2", access.Administrator, "", "")
	x.As(t, "admin2", access.Administrator, "")
	by, _ := access.ActorOf(access.Person{ID: "admin2"}, access.Administrator, "", []access.Grant{{Person: "admin2", Role: access.Administrator}}, x.Time)
	by.Confirmed = x.Time
	webtest.Must(t, x.ProposeCoordinator(t.Context(), by, "ny", x.register))
	all, err := x.RoleProposals(t.Context(), by)
	webtest.Must(t, err)
	x.proposal = all[0].ID
}

// exercise sets an exercise in coding for the unit.
func (x *town) exercise(t *testing.T) {
	by := x.Who(t, x.who[leader]()).Actor
	id, _, err := x.SetCoding(t.Context(), by, app.NewCoding{Title: "Våren", Cases: []app.Vignette{{Title: "Knuffen", Text: "Påhittat."}},
		Questions: []string{codebook.Default().Role(codebook.Severity).Key()}, Units: []string{x.unit}, Till: x.Time.AddDate(0, 0, 7).Format("2006-01-02"), MadeUp: true})
	webtest.Must(t, err)
	x.coding = id
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
	return method, strings.NewReplacer("{person}/avsluta", "slutar/avsluta", "{person}", "gar", "{enhet}", x.unit, "{id}", x.id, "{fas}", "bakgrund", "{kolumn}", "forslag_placering", "{nr}", "1", "{ar}", "2025", "{kommun}", "1884", "{sprak}", "ar", "{fil}", "lokala.yaml", "{figur}", "d05", "{tabell}", "risk_jamfort", "{del}", "heder", "{slag}", "csv", "{ovning}", x.coding, "{bestallning}", "finns-inte", "{$}", "").Replace(address)
}

func TestEveryPageIsWhole(t *testing.T) {
	x := newTown(t)
	for _, r := range web.Addresses() {
		method, address := x.address(r)
		if r.Pattern == "GET /namndunderlag/papper" {
			continue // a document of its own, with one style sheet that its policy names: see web/board
		}
		if method != http.MethodGet || strings.HasPrefix(address, "/halsa") || strings.HasPrefix(address, "/api/") || r.Pattern == "GET /s" || r.Pattern == "GET /s/{del}" || strings.Contains(r.Pattern, "{fil}") || strings.Contains(r.Pattern, "{slag}") {
			continue
		}
		for _, lang := range []string{"sv", "en"} {
			for _, who := range []string{nobody, worker, leader, manager} {
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
