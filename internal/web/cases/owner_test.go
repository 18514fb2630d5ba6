package cases_test

import (
	"net/http"
	"strings"
	"testing"

	"foljsam/internal/access"
	"foljsam/internal/codebook"
)

func TestWhatSomebodyWroteIsNotFiledAsAnothers(t *testing.T) {
	h, b, id := opened(t)
	page := b.Get(at(id, "bakgrund"))
	owner := page.Form(at(id, "bakgrund")).Values.Get("vems")
	if len(owner) != 16 {
		t.Fatalf("the page says %q of whose it is", owner)
	}
	h.Person(t, "ek", access.Caseworker, h.Register(t), "")
	ek := h.As(t, "ek", access.Caseworker, h.Register(t))
	mine := b.Cookies[h.Cookie()]
	b.Cookies[h.Cookie()] = ek.Cookies[h.Cookie()] // Ek signs in in the same browser, in another tab

	age, f := of(codebook.Age), field(of(codebook.Age), "41", "0")
	f.Set("vems", owner)
	var r reply
	if code := script(t, b, at(id, "falt"), f, &r); code != http.StatusUnauthorized || !strings.Contains(r.SignIn, "byt=ja") {
		t.Fatal(code, r.SignIn)
	}
	if p := b.Get(r.SignIn); p.Address == at(id, "bakgrund") || !p.Says("En annan person är inloggad här nu") {
		t.Error("the way to the sign-in leads to", p.Address)
	}
	p := page.Form(at(id, "bakgrund")).Set("f."+age, "41").Send("vidare")
	if !p.Says("En annan person är inloggad här nu") {
		t.Error("a posted page was taken:", p.Address)
	}
	b.Cookies[h.Cookie()] = mine
	if got := b.Get(at(id, "bakgrund")).Form(at(id, "bakgrund")).Values.Get("f." + age); got != "" {
		t.Errorf("%q was saved", got)
	}
	if code := script(t, b, at(id, "falt"), f, &r); code != http.StatusOK {
		t.Errorf("when the one whose page it is has come back: %d", code)
	}
}

func TestWhatSomebodyOpensIsNotAnothers(t *testing.T) {
	h, b, _ := opened(t)
	form := b.Get("/arenden/nytt").Form("/arenden/nytt")
	h.Person(t, "ek", access.Caseworker, h.Register(t), "")
	b.Cookies[h.Cookie()] = h.As(t, "ek", access.Caseworker, h.Register(t)).Cookies[h.Cookie()]
	if p := form.Send("vidare"); !p.Says("En annan person är inloggad här nu") {
		t.Error(p.Status, p.Address)
	}
}
