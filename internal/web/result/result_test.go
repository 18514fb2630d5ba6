package result_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"foljsam/internal/access"
	"foljsam/internal/app"
	"foljsam/internal/codebook"
	"foljsam/internal/record"
	"foljsam/internal/web/page/pagetest"
	"foljsam/internal/web/webtest"
)

// openCases registers some cases.
func openCases(t *testing.T, n int) (*webtest.House, *webtest.Browser) {
	t.Helper()
	h := webtest.Begun(t)
	b := h.SignIn(t)
	w := h.Who(t, b)
	cb := codebook.Default()
	intake, honour, severity, sex := key(cb, codebook.Intake), key(cb, codebook.Honour), key(cb, codebook.Severity), key(cb, codebook.Sex)
	for i := range n {
		answers := map[string]record.Answer{intake: {Value: fmt.Sprintf("202%d-03-04", 4+i%2)}, honour: {Value: fmt.Sprint(1 + i%2)},
			severity: {Value: fmt.Sprint(1 + i%3)}, sex: {Value: "1"}}
		_, err := h.OpenCase(t.Context(), w.Actor, app.NewCase{Unit: w.Units[0].ID, Case: fmt.Sprintf("24-%03d", i), Client: fmt.Sprintf("K-%d", i), Answers: answers})
		webtest.Must(t, err)
	}
	return h, b
}

func key(cb *codebook.Codebook, r codebook.Role) string { return fmt.Sprint(cb.Role(r).Number) }

func TestTheTurnAtAGlance(t *testing.T) {
	_, b := openCases(t, 30)
	p := b.Get("/resultat")
	if p.Status != http.StatusOK {
		t.Fatal(p.Status)
	}
	for _, want := range []string{"Internt.", "30 ärenden", "Enhet Vuxen", "Hur går det?", "Vad betyder det?"} {
		if !strings.Contains(p.Body, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	if strings.Contains(p.Body, "24-001") {
		t.Error("a code is on the page")
	}
	year := b.Get("/resultat?ar=2025&enhet=")
	if !strings.Contains(year.Body, "15 ärenden") {
		t.Error("a year does not hold what came in in it")
	}
	if none := b.Get("/resultat?ar=2010"); !strings.Contains(none.Body, "Inga ärenden att räkna") {
		t.Error("nothing is not said to be nothing")
	}
}

func TestEveryDiagramHasAPage(t *testing.T) {
	_, b := openCases(t, 25)
	for n := 1; n <= 27; n++ {
		address := fmt.Sprintf("/resultat/d/d%02d?ar=2025", n)
		p := b.Get(address)
		if p.Status != http.StatusOK || !strings.Contains(p.Body, "Internt.") || strings.Contains(p.Body, "⟦") {
			t.Errorf("%s: %d", address, p.Status)
		}
		for _, fault := range pagetest.Faults(p.Body) {
			t.Errorf("%s: %s", address, fault)
		}
	}
	if p := b.Get("/resultat/d/d99"); p.Status != http.StatusNotFound {
		t.Errorf("a diagram that is not there: %d", p.Status)
	}
	if p := b.Get("/resultat?fran=igår"); p.Status != http.StatusUnprocessableEntity {
		t.Errorf("a day that is none: %d", p.Status)
	}
	if p := b.Get("/resultat?dar=" + url.QueryEscape("v9999=1")); p.Status != http.StatusUnprocessableEntity {
		t.Errorf("a condition that is none: %d", p.Status)
	}
}

func TestFilesSayThatTheyAreInternal(t *testing.T) {
	_, b := openCases(t, 25)
	for _, kind := range []string{"csv", "xlsx", "json", "svg"} {
		for _, base := range []string{"/resultat/d/d05/fil/", "/resultat/korstabell/fil/"} {
			p := b.Get(base + kind)
			if name := p.Header.Get("Content-Disposition"); p.Status != http.StatusOK || !strings.Contains(name, "internt-") || len(p.Body) < 100 {
				t.Errorf("%s%s: %d %s", base, kind, p.Status, name)
			}
		}
	}
	if p := b.Get("/resultat/d/d05/fil/exe"); p.Status != http.StatusNotFound {
		t.Error(p.Status)
	}
}

func TestACrossTableIsItsAddress(t *testing.T) {
	_, b := openCases(t, 60)
	p := b.Get("/resultat/korstabell")
	for _, want := range []string{"Andel av raden", "Andel av kolumnen", "Varje rad mot alla andra rader", "Pröva den här tabellen"} {
		if !strings.Contains(p.Body, want) {
			t.Errorf("no %q", want)
		}
	}
	if strings.Contains(p.Body, "(p ") {
		t.Error("a p-value that nobody asked for")
	}
	tested := b.Get("/resultat/korstabell?prova=ja")
	if !strings.Contains(tested.Body, "(p ") || !strings.Contains(tested.Body, "1 prov") {
		t.Error("no test where one is asked for")
	}
	if again := b.Get("/resultat/korstabell?prova=ja"); again.Body != tested.Body {
		t.Error("the same address gives another page")
	}
}

func TestTimeHasItsCaveat(t *testing.T) {
	_, b := openCases(t, 25)
	if p := b.Get("/resultat/d/d17"); !strings.Contains(p.Body, "/resultat/tid") {
		t.Error("the closed-only diagram does not lead to the incidence")
	}
	p := b.Get("/resultat/tid?ar=2025")
	if !strings.Contains(p.Body, "redan öppna när perioden började") || !strings.Contains(p.Body, "Okänd orsak") {
		t.Error(p.Status, "late entry or unknown reasons are not told")
	}
}

func TestOthersUnitsAreRefused(t *testing.T) {
	_, b := openCases(t, 3)
	if p := b.Get("/resultat?enhet=annan"); p.Status != http.StatusForbidden {
		t.Error(p.Status)
	}
}

func TestAThoughtStandsBesideItsFigure(t *testing.T) {
	_, b := openCases(t, 25)
	p := b.Get("/resultat/d/d05?ar=2025")
	words := "Vi frågar \"oftare\" <b>"
	kept := b.Post("/resultat/anteckningar", thoughtForm(p, words, "2026-11-23"))
	if !strings.Contains(kept.Body, "Sparat.") || !strings.Contains(kept.Body, "&lt;b&gt;") {
		t.Fatal(kept.Status, "the thought is not there")
	}
	if other := b.Get("/resultat/d/d07"); strings.Contains(other.Body, "&lt;b&gt;") {
		t.Error("it stands beside another figure")
	}
	if todo := b.Get("/att-gora"); !strings.Contains(todo.Body, "Titta igen") {
		t.Error("it does not come up on its day")
	}
	empty := b.Post("/resultat/anteckningar", thoughtForm(p, " ", ""))
	if !strings.Contains(empty.Body, "Inget har sparats") {
		t.Error("an empty thought is not told of")
	}
	view := thoughtForm(p, "", "")
	view.Set("slag", "vy")
	view.Set("rubrik", "Året")
	b.Post("/resultat/anteckningar", view)
	if all := b.Get("/resultat"); !strings.Contains(all.Body, "Året") {
		t.Error("the view is not among one's own")
	}
}

func thoughtForm(p *webtest.Page, text, day string) url.Values {
	f := url.Values{"slag": {"tanke"}, "adress": {"/resultat/d/d05?ar=2025"}, "rubrik": {"Hederskontext"}, "text": {text}, "dag": {day}}
	for _, i := range p.All("input") {
		if n := webtest.Attr(i, "name"); n == "vems" || n == "enhet" {
			f.Set(n, webtest.Attr(i, "value"))
		}
	}
	return f
}

// Words that somebody wrote stand beside their own figure only, as they were written; what cannot
// be kept is said at its field.
func TestHostileThoughts(t *testing.T) {
	h, b := openCases(t, 25)
	page := b.Get("/resultat/d/d05?ar=2025")
	for what, change := range map[string]func(url.Values){
		"yesterday":          func(f url.Values) { f.Set("dag", "2026-11-22") },
		"a day that is none": func(f url.Values) { f.Set("dag", "2026-02-30") },
		"a huge text":        func(f url.Values) { f.Set("text", strings.Repeat("å", 2001)) },
	} {
		f := thoughtForm(page, "Vi frågar.", "")
		change(f)
		if p := b.Post("/resultat/anteckningar", f); p.Status != http.StatusUnprocessableEntity || !strings.Contains(p.Body, "Inget har") {
			t.Error(what, p.Status)
		}
	}
	lines := strings.Repeat("rad\r\n", 490) // 2,450 as it is sent, 1,960 as it was written
	if p := b.Post("/resultat/anteckningar", thoughtForm(page, lines, "")); !strings.Contains(p.Body, "Sparat.") {
		t.Error("a text of many lines is too long", p.Status)
	}
	for _, about := range []string{"/arenden", "//ond.example/resultat", "https://ond.example/resultat", "/resultat/../arenden", "/resultat/d/d05\\x", "javascript:alert(1)", "/resultat?" + strings.Repeat("x", 3000)} {
		f := thoughtForm(page, "Vi frågar.", "")
		f.Set("adress", about)
		if p := b.Post("/resultat/anteckningar", f); p.Status != http.StatusUnprocessableEntity || strings.Contains(p.Address, "ond.example") {
			t.Error(about, p.Status, p.Address)
		}
		f.Set("anteckning", "finns-inte")
		if p := b.Once("POST", "/resultat/anteckningar/klar", f); strings.Contains(p.Header.Get("Location"), "ond.example") {
			t.Error(about, p.Header.Get("Location"))
		}
	}
	b.Post("/resultat/anteckningar", func() url.Values {
		f := thoughtForm(page, "Bara om kön och ålder", "")
		f.Set("adress", "/resultat/korstabell?kolumner=alder&rader=v14")
		return f
	}())
	if p := b.Get("/resultat/korstabell?kolumner=v67&rader=v59"); strings.Contains(p.Body, "Bara om kön") {
		t.Error("it stands beside another cross table")
	}
	register := h.Register(t)
	h.Person(t, "annan", access.Caseworker, register, "annan-enhet")
	h.Person(t, "admin", access.Administrator, "", "")
	for id, role := range map[string]access.Role{"annan": access.Caseworker, "admin": access.Administrator} {
		at := register
		if role == access.Administrator {
			at = ""
		}
		other := h.As(t, id, role, at)
		if p := other.Get("/resultat/d/d05"); strings.Contains(p.Body, "rad") && strings.Contains(p.Body, "Vi frågar") {
			t.Error(id, "sees another unit's thought")
		}
		f := thoughtForm(page, "Inte min enhet", "")
		f.Del("vems")
		if p := other.Post("/resultat/anteckningar", f); p.Status != http.StatusForbidden {
			t.Error(id, p.Status)
		}
	}
}
