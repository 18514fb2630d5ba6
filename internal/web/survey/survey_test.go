package survey_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/app"
	"foljsam/internal/codebook"
	"foljsam/internal/locale"
	"foljsam/internal/record"
	"foljsam/internal/web/webtest"
)

// house is a register with one open case, its caseworker, and its coordinator.
func house(t *testing.T) (h *webtest.House, worker, leader *webtest.Browser, id string) {
	t.Helper()
	h = webtest.Begun(t)
	h.Person(t, "lena", access.Coordinator, h.Register(t), "")
	worker, leader = h.SignIn(t), h.As(t, "lena", access.Coordinator, h.Register(t))
	w := h.Who(t, worker)
	id, err := h.OpenCase(context.Background(), w.Actor, app.NewCase{Unit: w.Units[0].ID, Case: "24-017", Client: "K-1"})
	webtest.Must(t, err)
	return h, worker, leader, id
}

// approve lets somebody answer for a language.
func approve(t *testing.T, leader *webtest.Browser, lang locale.Lang) {
	t.Helper()
	at := "/enkat/texter/" + string(lang)
	if p := leader.Get(at).Form(at+"/granska").Set("vem", "En översättare").Send(""); !p.Says("Godkänd av lena") {
		t.Fatal(p.Status, p.Body)
	}
}

// handOver gives the browser to a client.
func handOver(t *testing.T, b *webtest.Browser, id string) *webtest.Page {
	t.Helper()
	at := "/arenden/" + id + "/enkat/lamna-over"
	p := b.Get(at).Form(at).Send("")
	if p.Status != http.StatusOK || p.Address != "/s" {
		t.Fatal(p.Status, p.Address, p.Body)
	}
	return p
}

func form(h *webtest.House, t *testing.T, b *webtest.Browser, id string) *record.Form {
	t.Helper()
	v, err := h.App.Plain(t.Context(), h.Who(t, b).Actor, id)
	webtest.Must(t, err)
	return v.Filed.Form
}

func TestAClientAnswersInEveryLanguage(t *testing.T) {
	h, _, leader, id := house(t)
	cb := codebook.Default()
	approve(t, leader, locale.Arabic)
	approve(t, leader, locale.Somali)
	for _, lang := range locale.Client {
		b := h.SignIn(t)
		p := handOver(t, b, id)
		if strings.Contains(p.Body, "24-017") || len(p.All("title")) != 1 || webtest.Text(p.All("title")[0]) != "Sida" || p.Header.Get("Cache-Control") != "no-store" {
			t.Fatal("the page says too much:", p.Body)
		}
		p.Form("/s").Send("") // the first form is the way out: a browser never presses it by itself
		b = h.SignIn(t)
		handOver(t, b, id)
		p = b.Post("/s", map[string][]string{"sprak": {string(lang)}})
		root := p.All("html")[0]
		if webtest.Attr(root, "lang") != string(lang) || webtest.Attr(root, "dir") != lang.Dir() || strings.Contains(p.Body, "⟦") {
			t.Fatal(lang, p.Body)
		}
		p = b.Post("/s", map[string][]string{"gor": {"borja"}})
		for i, n := range cb.Survey {
			v := cb.Variable(n)
			if !p.Says(strings.Join(strings.Fields(v.Wording[lang]), " ")) {
				t.Fatalf("%s: question %d is not its own: %s", lang, i+1, p.Body)
			}
			if v.Kind == codebook.Free {
				p = b.Post("/s", map[string][]string{"gor": {"nasta"}, "nr": {"5"}, "text": {"Tack " + string(lang)}})
				continue
			}
			p = b.Post("/s", map[string][]string{"gor": {"nasta"}, "nr": {string(rune('1' + i))}, "val": {"2"}, "text": {"ord"}})
			if got := form(h, t, leader, id).Get(v.Key()); got.Value != "2" {
				t.Fatalf("%s: question %d was not saved as it was given: %+v", lang, i+1, got)
			}
		}
		if !p.Says(locale.For(lang).T("survey.done")) {
			t.Fatal(lang, p.Body)
		}
		if got := form(h, t, leader, id).Get(cb.Role(codebook.Proposals).Key()).Value; got != "Tack "+string(lang) {
			t.Error(lang, got)
		}
		ended := b.Once(http.MethodPost, "/s", map[string][]string{"gor": {"lamna"}})
		if ended.Header.Get("Clear-Site-Data") == "" || len(b.Cookies) != 0 {
			t.Error("something is left on the device:", b.Cookies)
		}
		for range 2 { // and whoever comes again
			if p := b.Get("/s"); p.Status != http.StatusOK || !p.Says("Sidan är stängd.") || len(p.All("form")) != 0 {
				t.Error(p.Status, p.Body)
			}
		}
	}
}

func TestTheSessionIsOverWhenTheDeviceIsHandedOver(t *testing.T) {
	h, worker, _, id := house(t)
	secret := worker.Cookies[h.Cookie()]
	other := h.Browser(t)
	other.Cookies[h.Cookie()] = secret // another tab, that still has it
	handOver(t, worker, id)
	if !h.Ended(t, secret) {
		t.Error("the session is still there")
	}
	for _, address := range []string{"/att-gora", "/arenden/" + id, "/arenden/" + id + "/brukare", "/enkat"} {
		for _, b := range []*webtest.Browser{worker, other} {
			if p := b.Do(http.MethodGet, address, nil); p.Status != http.StatusSeeOther || !strings.HasPrefix(p.Header.Get("Location"), "/logga-in?ater=") {
				t.Errorf("%s: %d %s", address, p.Status, p.Header.Get("Location"))
			}
		}
	}
	p := worker.Get("/arenden/"+id+"/enkat").Form("/logga-in").Set("inloggning", "alm").Set("losenord", webtest.Password).Send("")
	if p.Address != "/arenden/"+id+"/enkat" || !p.Says("Lämnad, inte påbörjad") {
		t.Error("signing in does not lead back:", p.Address, p.Status)
	}
}

func TestASecretWorksOnceAndNotForLong(t *testing.T) {
	h, worker, _, id := house(t)
	handOver(t, worker, id)
	copied := h.Browser(t)
	copied.Cookies["s"] = worker.Cookies["s"]
	worker.Post("/s", map[string][]string{"sprak": {"sv"}})
	worker.Post("/s", map[string][]string{"gor": {"lamna"}})
	if p := copied.Get("/s"); !p.Says("Sidan är stängd.") || len(copied.Cookies) != 0 {
		t.Error("a used secret opens it again")
	}
	again := h.SignIn(t)
	handOver(t, again, id)
	h.Time = h.Time.Add(21 * 60e9)
	if p := again.Get("/s"); !p.Says("Sidan är stängd.") {
		t.Error("it is open for ever")
	}
	for _, bad := range []string{"", "x", "nod.x", ".", strings.Repeat("a", 5000), h.Register(t) + "." + strings.Repeat("A", 43)} {
		b := h.Browser(t)
		b.Cookies["s"] = bad
		if p := b.Get("/s"); p.Status != http.StatusOK || !p.Says("Sidan är stängd.") {
			t.Errorf("%.20q: %d", bad, p.Status)
		}
	}
}

func TestAtItsEndNobodyGoesBackAndReads(t *testing.T) {
	h, worker, leader, id := house(t)
	handOver(t, worker, id)
	worker.Post("/s", map[string][]string{"sprak": {"sv"}})
	worker.Post("/s", map[string][]string{"gor": {"borja"}})
	for i := range 4 {
		worker.Post("/s", map[string][]string{"gor": {"hoppa"}, "nr": {string(rune('1' + i))}})
	}
	h.Time = h.Time.Add(19 * time.Minute) // writes slowly, and is still there
	if p := worker.Once(http.MethodPost, "/s", map[string][]string{"gor": {"kvar"}}); !strings.HasPrefix(p.Header.Get("Set-Cookie"), "s=") {
		t.Error("the cookie ends although somebody writes")
	}
	h.Time = h.Time.Add(19 * time.Minute)
	p := worker.Post("/s", map[string][]string{"gor": {"nasta"}, "nr": {"5"}, "text": {"hemligt"}})
	if !p.Says("Dina svar är sparade") {
		t.Fatal(p.Body)
	}
	for _, move := range []map[string][]string{{"gor": {"tillbaka"}}, {"gor": {"tillbaka"}, "nr": {"5"}}, {"sprak": {"en"}}, {"gor": {"kvar"}}, {"gor": {"nasta"}, "nr": {"1"}, "val": {"1"}}} {
		if p := worker.Post("/s", move); strings.Contains(p.Body, "hemligt") || strings.Contains(p.Body, "name=\"nr\"") || !p.Says("Dina svar är sparade") {
			t.Errorf("%v leads back: %s", move, p.Body)
		}
	}
	if got := form(h, t, leader, id).Get(codebook.Default().Role(codebook.Change).Key()); got.State != record.Impossible {
		t.Errorf("something was answered after the end: %+v", got)
	}
	h.Time = h.Time.Add(2*time.Minute + time.Second)
	if p := worker.Get("/s"); !p.Says("Sidan är stängd.") {
		t.Error("it stays open after the end")
	}
}

func TestHalfASurveyIsKept(t *testing.T) {
	h, worker, leader, id := house(t)
	cb := codebook.Default()
	handOver(t, worker, id)
	worker.Post("/s", map[string][]string{"sprak": {"sv"}})
	worker.Post("/s", map[string][]string{"gor": {"borja"}})
	worker.Post("/s", map[string][]string{"gor": {"nasta"}, "nr": {"1"}, "val": {"1"}})
	if p := worker.Post("/s", map[string][]string{"gor": {"nasta"}, "nr": {"2"}}); !p.Says("Välj ett svar") || p.Address != "/s?1" {
		t.Error(p.Address, p.Body)
	}
	if p := worker.Post("/s", map[string][]string{"gor": {"tillbaka"}, "nr": {"2"}}); !p.Says("Fråga 1 av 5") || !strings.Contains(p.Body, " checked") {
		t.Error("what was answered is not shown again")
	}
	worker.Post("/s", map[string][]string{"gor": {"lamna"}})
	f := form(h, t, leader, id)
	if f.Get(cb.Role(codebook.Change).Key()).Value != "1" || !f.Get(cb.Role(codebook.Meaning).Key()).Empty() {
		t.Error("half a survey is not kept as it is")
	}
	p := leader.Get("/arenden/" + id + "/enkat")
	if !p.Says("Avbruten; svaren som gavs är sparade") {
		t.Error(p.Body)
	}
	if p := leader.Get("/arenden/" + id + "/historik"); !p.Says("klienten") {
		t.Error("the history does not say that the client answered")
	}
}

func TestAnUnreviewedLanguageIsNotForClients(t *testing.T) {
	h, worker, leader, id := house(t)
	if p := leader.Get("/enkat/texter"); strings.Count(webtest.Text(p.All("main")[0]), "ej granskad") != 2 {
		t.Error(webtest.Text(p.All("main")[0]))
	}
	p := worker.Get("/arenden/" + id + "/enkat")
	if strings.Count(p.Body, "ej granskad") != 2 {
		t.Error("staff do not see it")
	}
	p = handOver(t, worker, id)
	if strings.Contains(p.Body, "العربية") || strings.Contains(p.Body, "granskad") || !strings.Contains(p.Body, "English") {
		t.Error(p.Body)
	}
	if p := worker.Post("/s", map[string][]string{"sprak": {"ar"}}); webtest.Attr(p.All("html")[0], "lang") == "ar" {
		t.Error("a client is asked in a language that nobody answers for")
	}
	_, err := h.App.PrintPaper(t.Context(), h.Who(t, leader).Actor, id, locale.Somali)
	if err == nil {
		t.Error("a form is printed in a language that nobody answers for")
	}
	approve(t, leader, locale.Arabic)
	at := "/enkat/texter/ar"
	if p := leader.Get(at).Form(at).Set("t.survey.start", "ابدأ الآن").Send(""); !p.Says("ej granskad") || !p.Says("Version 1") {
		t.Error("a changed text is still approved:", webtest.Text(p.All("main")[0])[:200])
	}
	if p := leader.Get(at).Form(at).Set("t.survey.question_of", "السؤال").Send(""); p.Status != http.StatusUnprocessableEntity {
		t.Error(p.Status)
	}
}

func TestAWorkerAsks(t *testing.T) {
	h, worker, leader, id := house(t)
	at := "/arenden/" + id + "/enkat"
	p := worker.Post(at, map[string][]string{"gor": {"tolk"}, "sprak": {"so"}})
	if p.Address != at+"/fragor" || !p.Says("Ingen har granskat texten") || !p.Says("Hur har din situation") {
		t.Fatal(p.Address, p.Body)
	}
	for i := range 5 {
		f := p.Form(at + "/fragor")
		if i == 1 {
			p = f.Send("gor=hoppa")
			continue
		}
		p = f.Set("val", "1").Set("text", "ord").Send("gor=nasta")
	}
	if p.Address != at || !p.Says("Med tolk, Soomaali. Klar.") {
		t.Error(p.Address, webtest.Text(p.All("main")[0]))
	}
	f := form(h, t, leader, id)
	meaning := f.Get(codebook.Default().Role(codebook.Meaning).Key())
	if meaning.State != record.Impossible || f.Get(codebook.Default().Role(codebook.Proposals).Key()).Value != "ord" {
		t.Errorf("%+v", meaning)
	}
}

func TestPaperIsEnteredTwice(t *testing.T) {
	h, worker, leader, id := house(t)
	at := "/arenden/" + id + "/enkat"
	p := worker.Post(at, map[string][]string{"gor": {"papper"}, "sprak": {"en"}})
	var code string
	for _, b := range p.All("b") {
		if text := webtest.Text(b); len(text) == 11 && text[5] == '-' {
			code = text
		}
	}
	if code == "" || strings.Contains(p.Address, code) || strings.Contains(webtest.Text(p.All("article")[0]), "24-017") {
		t.Fatal(p.Address, p.Body)
	}
	if p := worker.Get("/enkat").Form("/enkat/kod").Set("kod", "BBBBB-BBBBB").Send(""); !p.Says("Ingen blankett har den koden") {
		t.Error(p.Body)
	}
	find := func(b *webtest.Browser) *webtest.Page {
		return b.Get("/enkat").Form("/enkat/kod").Set("kod", strings.ToLower(strings.ReplaceAll(code, "-", " "))).Send("")
	}
	cb := codebook.Default()
	first, second := cb.Role(codebook.Change).Key(), cb.Role(codebook.Positive).Key()
	p = find(worker).Form(at+"/papper").Set("val."+first, "1").Set("val."+second, "1").Set("text."+second, "boendet").Send("")
	if !p.Says("Blanketten är inmatad en gång") || !form(h, t, leader, id).Get(first).Empty() {
		t.Fatal(p.Status, p.Body)
	}
	p = find(leader)
	if strings.Contains(p.Body, "boendet") || !p.Says("Andra inmatningen") {
		t.Error("the second who enters sees the first")
	}
	p = p.Form(at+"/papper").Set("val."+first, "2").Set("val."+second, "1").Set("text."+second, "boendet").Send("")
	if !p.Says("De två inmatningarna skiljer sig") || !p.Says("Improved") && !p.Says("Förbättrats mycket") {
		t.Fatal(p.Status, p.Body)
	}
	p = p.Form(at + "/papper").Send("")
	if p.Address != at || form(h, t, leader, id).Get(first).Value != "2" || form(h, t, leader, id).Get(second).Comment != "boendet" {
		t.Error(p.Status, p.Address)
	}
	if p := find(worker); !p.Says("redan inmatad två gånger") {
		t.Error("a second use is not refused kindly:", p.Status)
	}
}

func TestNobodyIsAskedAndThatIsSaid(t *testing.T) {
	h, worker, leader, id := house(t)
	at := "/arenden/" + id + "/enkat"
	if p := worker.Post(at, map[string][]string{"gor": {"ej_saker"}}); !p.Says("Det var inte säkert att fråga") {
		t.Error(p.Body)
	}
	if p := worker.Post(at, map[string][]string{"gor": {"ej_nadd"}}); !p.Says("Klienten gick inte att nå") {
		t.Error(p.Body)
	}
	if got := form(h, t, leader, id).Get(codebook.Default().Role(codebook.Change).Key()); got.State != record.Impossible {
		t.Errorf("%+v", got)
	}
}

func TestWhatClientsWroteIsTaggedAndCounted(t *testing.T) {
	h, worker, leader, id := house(t)
	key := codebook.Default().Role(codebook.Proposals).Key()
	_, err := h.App.Save(t.Context(), h.Who(t, worker).Actor, id, []app.Edit{{Field: key, Answer: record.Answer{Value: "Hjälp med <b>bostad</b>"}}})
	webtest.Must(t, err)
	p := leader.Get("/enkat/fritext")
	if !p.Says("Hjälp med <b>bostad</b>") {
		t.Fatal(p.Body)
	}
	p = p.Form("/enkat/fritext").Set("ord", "Boende").Send("")
	if !p.Says("boende (1)") {
		t.Error(p.Body)
	}
	if p := leader.Get("/enkat/fritext?tagg=annat"); p.Says("Hjälp med") {
		t.Error("a tag does not choose")
	}
	if p = leader.Get("/enkat/fritext").Form("/enkat/fritext").Send("bort=boende"); p.Says("boende (1)") {
		t.Error("a tag stays")
	}
	if p := worker.Get("/enkat/fritext"); p.Status != http.StatusForbidden {
		t.Error(p.Status)
	}
	if p := leader.Get("/enkat/resultat"); p.Status != http.StatusOK || !p.Says("Inga svar att räkna än") {
		t.Error("nothing to count is not said to be nothing")
	}
	for role, value := range map[codebook.Role]string{codebook.Intake: "2026-03-04", codebook.Closing: "2026-06-04", codebook.Change: "1"} {
		_, err = h.App.Save(t.Context(), h.Who(t, worker).Actor, id, []app.Edit{{Field: codebook.Default().Role(role).Key(), Answer: record.Answer{Value: value}}})
		webtest.Must(t, err)
	}
	if p := leader.Get("/enkat/resultat"); p.Status != http.StatusOK || !p.Says("Vilka har svarat?") || len(p.All("table")) != 5 {
		t.Error(p.Status, len(p.All("table")))
	}
}
