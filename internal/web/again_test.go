package web_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/codebook"
	"foljsam/internal/web"
)

// A page that a post was answered with cannot be gone back to: browsers ask whether to send
// the form again. Every post leads to an address instead, whatever came of it.
func TestNoPostIsAnsweredWithAPage(t *testing.T) {
	x := newTown(t)
	for _, r := range web.Addresses() {
		method, address := x.address(r)
		if method != http.MethodPost || r.Access == web.Program || slices.Contains(ends[:2], r.Pattern) {
			continue
		}
		for who, browser := range x.who {
			for _, form := range []url.Values{{}, x.form(r), {"s.15": {"0"}, "f.15": {"tretti"}, "vems": {"någon annan"}}} {
				p := browser().Once(method, address, form)
				if p.Status != http.StatusSeeOther {
					t.Errorf("%s, %s: %d", r.Pattern, who, p.Status)
				}
				if to := p.Header.Get("Location"); strings.Contains(to, "svar=") && len(browser().Get(to).All("h1")) != 1 {
					t.Errorf("%s, %s: no page at %s", r.Pattern, who, to)
				}
			}
		}
	}
}

// refused posts an age that is none, and gives the address that it led to.
func refused(t *testing.T, x *town) (age, to string) {
	t.Helper()
	age = codebook.Default().Role(codebook.Age).Key()
	p := x.who[worker]().Get("/arenden/"+x.id+"/bakgrund").Form("/arenden/"+x.id+"/bakgrund").Set("f."+age, "tretti").Send("gor=vidare")
	if !strings.Contains(p.Address, "svar=") || strings.Contains(p.Address, "tretti") || p.Status != http.StatusUnprocessableEntity {
		t.Fatal(p.Status, p.Address)
	}
	return age, p.Address
}

func TestWhatWasTypedIsShownAgainUntilItIsAnswered(t *testing.T) {
	x := newTown(t)
	age, to := refused(t, x)
	b := x.who[worker]()
	for range 2 {
		p := b.Get(to)
		if p.Form("/arenden/"+x.id+"/bakgrund").Values.Get("f."+age) != "tretti" || !p.Says("En uppgift kunde inte sparas") {
			t.Fatal("a page that is loaded again has lost what was typed")
		}
	}
	if p := b.Speak("en").Get(to); !p.Says("could not be saved") {
		t.Error("in another language it is not said")
	}
	b.Speak("sv").Get(to).Form("/arenden/"+x.id+"/bakgrund").Set("f."+age, "34").Send("gor=vidare")
	p := b.Get(to)
	if p.Status != http.StatusOK || p.Form("/arenden/"+x.id+"/bakgrund").Values.Get("f."+age) != "34" || p.Says("kunde inte sparas") {
		t.Error("back from where it led shows what was, not what is:", p.Status)
	}
}

func TestWhatWasTypedIsForNobodyElseAndNotForever(t *testing.T) {
	x := newTown(t)
	_, to := refused(t, x)
	register := x.Who(t, x.who[worker]()).Register
	x.Person(t, "ek", access.Caseworker, register, "")
	ek := x.As(t, "ek", access.Caseworker, register)
	if p := ek.Get(to); p.Status != http.StatusOK || strings.Contains(p.Body, "tretti") || !p.Says("visas inte längre") {
		t.Error("somebody else:", p.Status)
	}
	elsewhere := strings.Replace(to, "bakgrund", "fore", 1)
	if p := x.who[worker]().Get(elsewhere); strings.Contains(p.Body, "tretti") {
		t.Error("it is shown on another page")
	}
	if p := x.Browser(t).Get(to); strings.Contains(p.Body, "tretti") || strings.HasPrefix(p.Address, "/arenden") {
		t.Error("nobody is signed in, and sees", p.Address)
	}
	alm := x.SignIn(t)
	if p := alm.Get(to); !strings.Contains(p.Body, "tretti") {
		t.Error("who signs in again has lost it")
	}
	alm.Do(http.MethodPost, "/logga-ut", nil)
	if p := x.SignIn(t).Get(to); strings.Contains(p.Body, "tretti") {
		t.Error("who signed out left it behind")
	}
	_, to = refused(t, x)
	x.Time = x.Time.Add(2*time.Hour + time.Minute)
	alm = x.SignIn(t)
	if p := alm.Get(to); strings.Contains(p.Body, "tretti") || !p.Says("visas inte längre") {
		t.Error("it is kept too long")
	}
}

// What waits is bounded: the oldest goes first, and one person's much takes nothing from others.
func TestOnlySoMuchIsKept(t *testing.T) {
	x := newTown(t)
	_, first := refused(t, x)
	var last string
	for range 10 {
		_, last = refused(t, x)
	}
	b := x.who[worker]()
	if p := b.Get(first); strings.Contains(p.Body, "tretti") {
		t.Error("the first of eleven is kept")
	}
	for range 300 {
		x.Browser(t).Once(http.MethodPost, "/arenden/sok", url.Values{"kod": {"x"}})
		x.Browser(t).Once(http.MethodPost, "/demo", url.Values{})
	}
	if p := b.Get(last); !strings.Contains(p.Body, "tretti") {
		t.Error("people who are not signed in have pushed it out")
	}
}
