package start_test

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"foljsam/internal/access"
	"foljsam/internal/web"
	"foljsam/internal/web/webtest"
)

// answerTo posts a form to a site that the browser reaches by TLS or not.
func answerTo(h *webtest.House, secure bool, address string, form url.Values, cookies ...*http.Cookie) *http.Response {
	site := web.New(web.Options{App: h.App, Log: slog.New(slog.DiscardHandler), Secure: secure, Version: "test"})
	r := httptest.NewRequest(http.MethodPost, address, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	for _, c := range cookies {
		r.AddCookie(c)
	}
	w := httptest.NewRecorder()
	site.ServeHTTP(w, r)
	return w.Result()
}

func TestCookiesAreForThisSiteAlone(t *testing.T) {
	h := webtest.Begun(t)
	for _, secure := range []bool{false, true} {
		for address, form := range map[string]url.Values{
			"/logga-in": {"inloggning": {"alm"}, "losenord": {webtest.Password}}, "/logga-ut": {}, "/visning": {"tema": {"dark"}, "sprak": {"en"}},
		} {
			cookies := answerTo(h, secure, address, form).Cookies()
			if len(cookies) == 0 {
				t.Errorf("%s sets no cookie", address)
			}
			for _, c := range cookies {
				if !c.HttpOnly || c.Secure != secure || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "" {
					t.Errorf("%s, TLS %v: %s", address, secure, c)
				}
				if strings.HasSuffix(c.Name, "foljsam") && strings.HasPrefix(c.Name, "__Host-") != secure {
					t.Errorf("%s, TLS %v: the session's cookie is called %s", address, secure, c.Name)
				}
				if strings.HasSuffix(c.Name, "foljsam") && (c.MaxAge > 0 || !c.Expires.IsZero()) {
					t.Errorf("the session's cookie is kept when the browser ends: %s", c)
				}
			}
		}
	}
}

func TestADemonstrationHasItsOwnCookie(t *testing.T) {
	h := demo(t)
	b := h.Browser(t)
	b.Cookies["foljsam"] = "the register's, on another port"
	b.Get("/demo?kommun=1884").Form("/demo").Send("")
	if b.Cookies["foljsam"] != "the register's, on another port" || b.Cookies["foljsam-demo"] == "" {
		t.Errorf("%v", b.Cookies)
	}
	b.Do(http.MethodPost, "/logga-ut", nil)
	if b.Cookies["foljsam"] == "" || b.Cookies["foljsam-demo"] != "" {
		t.Errorf("after signing out of the demonstration: %v", b.Cookies)
	}
}

func TestSigningInAnewEndsTheSessionBefore(t *testing.T) {
	h := webtest.Begun(t)
	b := h.SignIn(t)
	first := b.Cookies["foljsam"]
	f := url.Values{"inloggning": {"alm"}, "losenord": {webtest.Password}}
	if p := b.Do(http.MethodPost, "/logga-in", f); p.Status != http.StatusSeeOther || b.Cookies["foljsam"] == first {
		t.Fatal(p.Status)
	}
	if _, err := h.App.Who(context.Background(), first); err == nil {
		t.Error("the session before lives on")
	}
}

// A session whose role was taken away is nobody's, and is ended all the same.
func TestASessionWithoutARoleIsEndedToo(t *testing.T) {
	h := webtest.Begun(t)
	b := h.As(t, "nobody", access.Caseworker, h.Register(t))
	h.Person(t, "nobody", access.Coordinator, h.Register(t), "")
	first := b.Cookies["foljsam"]
	b.Do(http.MethodPost, "/logga-in", url.Values{"inloggning": {"alm"}, "losenord": {webtest.Password}})
	if b.Cookies["foljsam"] == first {
		t.Fatal("could not sign in")
	}
	if !h.Ended(t, first) {
		t.Error("the session before is kept")
	}
}

func TestEveryWayBackStaysHere(t *testing.T) {
	h := webtest.Begun(t)
	for _, back := range []string{"https://example.org/", "//example.org", `/\example.org`, "javascript:alert(1)", "\t//example.org", "/\t/example.org", "/\n/example.org"} {
		for _, x := range []struct {
			address string
			form    url.Values
		}{
			{"/logga-in", url.Values{"inloggning": {"alm"}, "losenord": {webtest.Password}, "ater": {back}}},
			{"/visning", url.Values{"tema": {"dark"}, "ater": {back}}},
		} {
			if to := answerTo(h, false, x.address, x.form).Header.Get("Location"); to != "/" {
				t.Errorf("%s leads %q to %q", x.address, back, to)
			}
		}
		p := h.SignIn(t).Get("/logga-in?ater=" + url.QueryEscape(back))
		if strings.Contains(p.Address, "example.org") {
			t.Errorf("%q leads to %s", back, p.Address)
		}
	}
	d := demo(t)
	for _, back := range []string{"https://example.org/", "//example.org", `/\example.org`} {
		person := d.Browser(t).Get("/demo?kommun=1884").Form("/demo").Values.Get("person")
		if to := answerTo(d, false, "/demo", url.Values{"person": {person}, "ater": {back}}).Header.Get("Location"); to != "/" {
			t.Errorf("/demo leads %q to %q", back, to)
		}
	}
}
