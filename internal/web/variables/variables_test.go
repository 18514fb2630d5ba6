package variables_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"foljsam/internal/access"
	"foljsam/internal/web/webtest"
)

// leader gives an installation and a coordinator's browser.
func leader(t *testing.T) (*webtest.House, *webtest.Browser) {
	h := webtest.Begun(t)
	h.Person(t, "lena", access.Coordinator, h.Register(t), "")
	return h, h.As(t, "lena", access.Coordinator, h.Register(t)).Speak("sv")
}

// propose presses the button of a proposal.
func propose(b *webtest.Browser, column string) *webtest.Page {
	f := b.Get("/variabler").Form("/variabler")
	return f.Set("vad", "forslag").Set("kolumn", column).Send("")
}

// From an idea to an answer, without script and without a restart.
func TestAnIdeaBecomesAQuestionInTheForm(t *testing.T) {
	h, b := leader(t)
	p := b.Get("/variabler/ny").Form("/variabler/ny").
		Set("etikett", "Hittade hit").Set("namn", "hittade").Set("fraga", "Hur hittade klienten hit?").Set("fas", "bakgrund").Set("slag", "ett").
		Set("svar.1", "Webben").Set("svar.2", "Grannen").Set("hjalp", "Fråga klienten.").Send("gor=spara")
	if p.Status != http.StatusOK || !p.Says("Sparat i utkastet") || !p.Says("nora_hittade") {
		t.Fatal(p.Status, p.Address, p.Body)
	}
	p = p.Follow("Se utkastet och publicera")
	if !p.Says("Hur hittade klienten hit?") || !p.Says("Ny variabel") || !p.Says("Grannen") {
		t.Error(p.Body)
	}
	p = p.Form("/variabler/utkast").Send("")
	if p.Status != http.StatusUnprocessableEntity || !p.Says("Skriv vad som är nytt") {
		t.Error("a version without a note", p.Status)
	}
	p = p.Form("/variabler/utkast").Set("anteckning", "Vi vill veta").Send("")
	if !p.Says("Publicerat.") || !p.Says("Version 1") {
		t.Fatal(p.Status, p.Body)
	}
	alm := h.SignIn(t).Speak("sv")
	p = alm.Get("/arenden/nytt")
	if !p.Says("Egna frågor") || !p.Says("Hur hittade klienten hit?") {
		t.Fatal("the question is not in the form")
	}
	p = p.Form("/arenden/nytt").Set("f.arende", "24-017").Set("f.4", "K-1").Set("f.5", "2026-11-01").Set("f.nora_hittade", "2").Send("")
	id := strings.Split(p.Address, "/")[2]
	v, err := h.Case(t.Context(), h.Who(t, alm).Actor, id)
	if err != nil || v.Filed.Form.Get("nora_hittade").Value != "2" || v.Filed.Codebook != "su-kvinnofrid/2021+1" {
		t.Fatal(v, err)
	}
	if p = alm.Get("/arenden/" + id + "/historik"); !p.Says("Hittade hit") || !p.Says("Grannen") {
		t.Error("the history does not say it in words")
	}
}

func TestWhatIsWrongIsSaidAtItsField(t *testing.T) {
	_, b := leader(t)
	p := b.Get("/variabler/ny").Form("/variabler/ny").Set("namn", "Å").Set("etikett", "X").Set("slag", "flera").Set("svar.1", "Ett enda").Send("gor=spara")
	if p.Status != http.StatusUnprocessableEntity {
		t.Fatal(p.Status)
	}
	for _, want := range []string{"Skriv ett namn med små bokstäver", "Skriv en fråga", "Välj en fas", "Skriv minst två svar"} {
		if !p.Says(want) {
			t.Errorf("%q is not said", want)
		}
	}
	for _, link := range p.All("a") {
		if to := webtest.Attr(link, "href"); strings.HasPrefix(to, "#f-") && !strings.Contains(p.Body, `id="`+to[1:]+`"`) {
			t.Errorf("the summary leads to %s, which is not there", to)
		}
	}
	p = p.Form("/variabler/ny").Send("gor=rader")
	if got := p.Form("/variabler/ny").Values; got.Get("svar.1") != "Ett enda" || !got.Has("svar.10") || got.Get("etikett") != "X" {
		t.Errorf("more rows lost what was typed: %v", got)
	}
}

func TestAPublishedAnswerKeepsItsMeaning(t *testing.T) {
	_, b := leader(t)
	p := propose(b, "forslag_ateraktualisering")
	if !p.Says("Förslaget ligger i utkastet") {
		t.Fatal(p.Body)
	}
	b.Get("/variabler/utkast").Form("/variabler/utkast").Set("anteckning", "x").Send("")
	edit := b.Get("/variabler/andra/forslag_ateraktualisering")
	if !edit.Says("Variabeln är publicerad") {
		t.Fatal(edit.Body)
	}
	p = edit.Form("/variabler/andra/forslag_ateraktualisering").Set("svar.1", "Kanske").Send("gor=spara")
	if p.Status != http.StatusUnprocessableEntity || !p.Says("Koden får inte betyda något annat") {
		t.Error(p.Status)
	}
	p = edit.Form("/variabler/andra/forslag_ateraktualisering").Set("svar.4", "Ibland").Set("fraga", "Ny fråga?").Send("gor=spara")
	if p.Status != http.StatusOK {
		t.Fatal(p.Body)
	}
	p = b.Get("/variabler/utkast")
	if !p.Says("Nytt svar 4: Ibland") || !p.Says("”Ny fråga?”") {
		t.Error(p.Body)
	}
	p = edit.Form("/variabler").Send("vad=avvecklat")
	if p.Status != http.StatusConflict {
		t.Error("the page was old:", p.Status)
	}
	p = b.Get("/variabler/andra/forslag_ateraktualisering").Form("/variabler").Send("vad=avvecklat")
	if !p.Says("Avvecklas i utkastet") {
		t.Error(p.Body)
	}
}

func TestSomebodyElsesChangeIsNotWrittenOver(t *testing.T) {
	_, b := leader(t)
	mine := b.Get("/variabler/ny")
	propose(b, "forslag_ateraktualisering")
	p := mine.Form("/variabler/ny").Set("etikett", "Mitt").Set("namn", "mitt").Set("fraga", "Mitt?").Set("fas", "fore").Set("slag", "datum").Send("gor=spara")
	if p.Status != http.StatusUnprocessableEntity || !p.Says("Någon annan har ändrat") || p.Form("/variabler/ny").Values.Get("fraga") != "Mitt?" {
		t.Fatal(p.Status, p.Body)
	}
	p = p.Form("/variabler/ny").Send("gor=spara")
	if !p.Says("nora_mitt") || !p.Says("forslag_ateraktualisering") {
		t.Error(p.Body)
	}
}

func TestFilesGoBetweenCounties(t *testing.T) {
	_, b := leader(t)
	file := "added_to: su-kvinnofrid\nprefix: dalarna\nvariables:\n  - {column: dalarna_a, phase: fore, kind: datum, label: {sv: A}, question: {sv: \"<b>När</b>\"}}\n"
	in := func(text string) *webtest.Page {
		return b.Get("/variabler/fil").Form("/variabler/fil").Set("text", text).Send("")
	}
	if p := in(strings.Replace(file, "datum", "dag", 1)); p.Status != http.StatusUnprocessableEntity || !p.Says("variables[1].kind") {
		t.Error(p.Status, p.Body)
	}
	if p := in(""); p.Status != http.StatusUnprocessableEntity {
		t.Error(p.Status)
	}
	if p := in(file); !p.Says("dalarna_a") || !p.Says("lades i utkastet") {
		t.Error(p.Body)
	}
	if p := in(strings.Replace(file, "label: {sv: A}", "label: {sv: B}", 1)); !p.Says("krockar") {
		t.Error(p.Body)
	}
	for _, name := range []string{"lokala.yaml", "lokala.json"} {
		p := b.Do(http.MethodGet, "/variabler/fil/"+name, nil)
		if p.Status != http.StatusOK || !strings.Contains(p.Body, "dalarna_a") || !strings.Contains(p.Header.Get("Content-Disposition"), "attachment") {
			t.Error(p.Status, p.Header, p.Body)
		}
		if again := in(p.Body); !again.Says("fanns redan") {
			t.Errorf("%s is not read back: %s", name, again.Body)
		}
	}
}

func TestOnlyACoordinatorComesIn(t *testing.T) {
	h, _ := leader(t)
	alm := h.SignIn(t)
	for _, address := range []string{"/variabler", "/variabler/ny", "/variabler/utkast", "/variabler/fil", "/variabler/fil/lokala.yaml", "/variabler/version/1"} {
		if p := alm.Get(address); p.Status != http.StatusForbidden {
			t.Errorf("%s: %d", address, p.Status)
		}
	}
	if !slices.Contains([]int{http.StatusForbidden}, alm.Do(http.MethodPost, "/variabler", url.Values{"vad": {"kastat"}, "sett": {"0"}}).Status) {
		t.Error("a caseworker threw the draft away")
	}
}

func TestHelpOfOnesOwnStandsBesideTheCommon(t *testing.T) {
	h, b := leader(t)
	f := b.Get("/variabler").Form("/variabler")
	p := f.Set("vad", "tillagg").Set("nr", "14").Set("hjalp", "Fråga <b>alltid</b> klienten.").Send("")
	if !p.Says("Hjälptexten ligger i utkastet") || !p.Says("Hos oss: Fråga <b>alltid</b> klienten.") {
		t.Fatal(p.Status, p.Body)
	}
	if p = b.Get("/variabler/utkast"); !p.Says("Egen hjälptext") {
		t.Error(p.Body)
	}
	p.Form("/variabler/utkast").Set("anteckning", "tydligare").Send("")
	if p = h.SignIn(t).Speak("sv").Get("/arenden/nytt"); !p.Says("Hos oss: Fråga <b>alltid</b> klienten.") {
		t.Error("the help is not in the form")
	}
}
