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
	"foljsam/internal/store"
	"foljsam/internal/web"
	"foljsam/internal/web/page"
	"foljsam/internal/web/webtest"
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
	if p := x.SignIn(t).Get(to); strings.Contains(p.Body, "tretti") {
		t.Error("it is shown in another session")
	}
	for range 5 { // in use all the time
		x.Time = x.Time.Add(25 * time.Minute)
		x.who[worker]().Get("/arenden")
	}
	if p := x.who[worker]().Get(to); strings.Contains(p.Body, "tretti") || !p.Says("visas inte längre") {
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

// Who is nobody pushes out nothing of who is signed in, however much they send.
func TestNobodyPushesOutWhatSomebodyTyped(t *testing.T) {
	x := newTown(t)
	_, to := refused(t, x)
	long := strings.Repeat("å", 150_000)
	for range 60 {
		x.Browser(t).Once(http.MethodPost, "/logga-in", url.Values{"inloggning": {long}, "losenord": {"x"}})
		x.Browser(t).Once(http.MethodPost, "/forsta", url.Values{"namn": {long}})
		x.Browser(t).Once(http.MethodPost, "/valkommen", url.Values{"inloggning": {long}})
	}
	if p := x.who[worker]().Get(to); !strings.Contains(p.Body, "tretti") {
		t.Error("people who are not signed in have pushed it out")
	}
	p := x.Browser(t).Post("/logga-in", url.Values{"inloggning": {strings.Repeat("å", 300)}, "losenord": {"x"}})
	if p.Status != http.StatusUnprocessableEntity || strings.Contains(p.Body, "ååå") {
		t.Error("a login that is too long is put back:", p.Status)
	}
	if p := x.Browser(t).Post("/logga-in", url.Values{"inloggning": {long}}); p.Status != http.StatusRequestEntityTooLarge {
		t.Error("a sign-in of any size is read:", p.Status)
	}
}

// twoRoles gives a browser of somebody who coordinates and has cases too, as a coordinator.
func twoRoles(t *testing.T, x *town) *webtest.Browser {
	t.Helper()
	x.Person(t, "dubbel", access.Coordinator, x.register, "")
	g := access.Grant{Person: "dubbel", Register: x.register, Unit: x.unit, Role: access.Caseworker, From: x.Time.AddDate(0, -1, 0)}
	webtest.Must(t, x.Store.Node().Write(t.Context(), func(tx *store.Tx) error { return tx.AddGrant(g) }))
	return x.As(t, "dubbel", access.Coordinator, x.register)
}

func switchTo(b *webtest.Browser, x *town, role access.Role) *webtest.Page {
	return b.Get("/").Form("/roll").Set("roll", string(role)+page.RoleCut+x.register).Send("")
}

// What is kept for one role is not shown under another, nor when the role comes back.
func TestWhatIsKeptForARoleIsForThatRole(t *testing.T) {
	x := newTown(t)
	b := twoRoles(t, x)
	wrong := b.Get("/hantera/utdrag").Form("/hantera/utdrag").Set("kod", "FINNS-EJ").Send("")
	if again := b.Get(wrong.Address); !strings.Contains(again.Body, "FINNS-EJ") {
		t.Fatal(again.Status)
	}
	r := b.Once(http.MethodPost, "/hantera/utdrag", url.Values{"kod": {"K-1"}})
	extract := r.Header.Get("Location")
	switchTo(b, x, access.Caseworker)
	for _, to := range []string{extract, wrong.Address} {
		if p := b.Get(to); p.Status != http.StatusForbidden || strings.Contains(p.Body, "24-017") {
			t.Errorf("under another role %s: %d", to, p.Status)
		}
	}
	switchTo(b, x, access.Coordinator)
	for _, to := range []string{extract, wrong.Address} {
		if p := b.Get(to); strings.Contains(p.Body, "24-017") || strings.Contains(p.Body, "FINNS-EJ") {
			t.Error("who switched away left it behind")
		}
	}
	extract = b.Once(http.MethodPost, "/hantera/utdrag", url.Values{"kod": {"K-1"}}).Header.Get("Location")
	if p := x.As(t, "dubbel", access.Caseworker, x.register).Get(extract); p.Status != http.StatusForbidden {
		t.Error("in another session, under another role:", p.Status)
	}
	if p := b.Get(extract); !strings.Contains(p.Body, "24-017") {
		t.Error("the extract is not shown:", p.Status)
	}
	if p := b.Get(extract); strings.Contains(p.Body, "24-017") || p.Status != http.StatusOK {
		t.Error("the extract is shown twice:", p.Status)
	}
}

// What is shown one time is so: whoever comes back to the screen finds nothing.
func TestCodesAreShownOnce(t *testing.T) {
	x := newTown(t)
	b := x.who[manager]()
	to := b.Once(http.MethodPost, "/anvandare/gar/kod", nil).Header.Get("Location")
	if p := b.Get(to); !p.Says("Koden visas bara nu") {
		t.Fatal(p.Status, p.Address)
	}
	if p := b.Get(to); p.Says("Koden visas bara nu") {
		t.Error("a code is shown twice")
	}
}

// A form on a page of one role is not taken under another; the form that switches is.
func TestAFormIsSentUnderTheRoleOfItsPage(t *testing.T) {
	x := newTown(t)
	b := twoRoles(t, x)
	tab := b.Get("/installningar")
	switchTo(b, x, access.Caseworker)
	if p := tab.Form("/installningar").Set("sprak", "en").Send(""); p.Status != http.StatusConflict || !p.Says("Du har bytt roll") {
		t.Error("a form of another role was taken:", p.Status)
	}
	if p := tab.Form("/roll").Set("roll", string(access.Coordinator)+page.RoleCut+x.register).Send(""); p.Status != http.StatusOK || x.Who(t, b).Role != access.Coordinator {
		t.Error("the way back is shut:", p.Status)
	}
	if p := tab.Form("/installningar").Set("sprak", "en").Send(""); p.Status != http.StatusOK {
		t.Error("back in the role:", p.Status)
	}
}
