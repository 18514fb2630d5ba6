package cases_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"foljsam/internal/app"
	"foljsam/internal/codebook"
	"foljsam/internal/record"
	"foljsam/internal/web/webtest"
)

const hostile = "\"><script>alert(1)</script>'--{{.}} \u202eمرحبا"

// largest is the most that a page may weigh, in bytes.
const largest = 100_000

// look checks what every page must hold: one h1, no text that is missing, ids used once,
// labels, captions, and nothing that somebody wrote as markup.
func look(t *testing.T, b *webtest.Browser, address string, status int) {
	t.Helper()
	p := b.Get(address)
	if p.Status != status {
		t.Errorf("%s: %d", address, p.Status)
	}
	if n := len(p.All("h1")); n != 1 {
		t.Errorf("%s: %d h1", address, n)
	}
	if strings.Contains(p.Body, "⟦") || strings.Contains(p.Body, "{n}") || strings.Contains(p.Body, "<script>alert") || strings.Contains(p.Body, "ZgotmplZ") {
		t.Errorf("%s: a text that is missing, or markup that somebody wrote", address)
	}
	if len(p.Body) > largest {
		t.Errorf("%s: %d bytes", address, len(p.Body))
	}
	ids := map[string]bool{}
	for n := range p.Doc.Descendants() {
		if id := webtest.Attr(n, "id"); id != "" && ids[id] {
			t.Errorf("%s: the id %s is there twice", address, id)
		} else {
			ids[id] = true
		}
	}
	for n := range p.Doc.Descendants() {
		for _, id := range strings.Fields(webtest.Attr(n, "aria-describedby") + " " + webtest.Attr(n, "aria-labelledby")) {
			if !ids[id] {
				t.Errorf("%s: described by %s, which is not there", address, id)
			}
		}
	}
	for _, table := range p.All("table") {
		if table.FirstChild == nil || !strings.Contains(p.Body, "<caption") {
			t.Errorf("%s: a table without a caption", address)
		}
	}
}

var casePages = []string{"bakgrund", "fore", "under", "efter", "brukare", "historik", "avsluta", "uteslut", "avslutat"}

func lookAtAll(t *testing.T, b *webtest.Browser, ids ...string) {
	t.Helper()
	for _, lang := range []string{"sv", "en"} {
		b.Speak(lang)
		for _, address := range []string{"/arenden", "/arenden?vems=alla&lage=avslutat&saknas=1", "/arenden?sida=2", "/arenden?lage=uteslutet", "/arenden/nytt"} {
			look(t, b, address, http.StatusOK)
		}
		for _, id := range ids {
			for _, page := range casePages {
				look(t, b, at(id, page), http.StatusOK)
			}
			look(t, b, "/arenden/nytt?foregaende="+id, http.StatusOK)
		}
	}
}

func TestPagesWithNothing(t *testing.T) {
	h := webtest.Begun(t)
	b := h.SignIn(t)
	if p := b.Get("/arenden"); !p.Says("Öppna det första") {
		t.Error("it is not told how to open the first case")
	}
	lookAtAll(t, b)
}

func TestPagesWithOneCase(t *testing.T) {
	_, b, id := opened(t)
	lookAtAll(t, b, id)
}

func TestPagesWithTheLongestAndTheHostile(t *testing.T) {
	h := webtest.Begun(t)
	b := h.SignIn(t)
	who := h.Who(t, b)
	long := strings.Repeat("Å", record.LongestComment-len([]rune(hostile))) + hostile
	answers := map[string]record.Answer{}
	for _, v := range book.Variables {
		row := ""
		if v.Level != codebook.OfCase {
			row = "1"
		}
		if v.Kind == codebook.Many || v.Kind == codebook.One {
			answers[record.Field(v.Level, row, v.Key())] = record.Answer{Value: fmt.Sprint(v.Codes[0].Code), Comment: long}
		}
		if v.Kind == codebook.Free {
			answers[v.Key()] = record.Answer{Value: strings.Repeat(hostile, 40)}
		}
	}
	answers[of(codebook.Closing)] = record.Answer{Value: "2026-11-01"}
	answers[codebook.Discuss] = record.Answer{Value: hostile}
	for i := range 20 {
		answers[fmt.Sprintf("insats.%d", i+1)] = record.Answer{State: record.Present}
	}
	code := hostile[:30]
	id, err := h.OpenCase(context.Background(), who.Actor, app.NewCase{Unit: who.Units[0].ID, Case: code, Client: hostile[:20], Answers: answers})
	webtest.Must(t, err)
	lookAtAll(t, b, id)
	if p := b.Speak("sv").Get(at(id, "under")).Follow("Visa äldre"); !strings.Contains(p.Body, `id="r-insats-15"`) || strings.Contains(p.Body, `id="r-insats-20"`) {
		t.Errorf("older rows: %s", p.Address)
	}
	if p := b.Get("/arenden").Form("/arenden/sok").Set("kod", code).Send(""); !strings.Contains(p.Address, id) {
		t.Error("a hostile code finds nothing")
	}
}

func TestAListOfMany(t *testing.T) {
	h := webtest.Begun(t)
	b := h.SignIn(t)
	who := h.Who(t, b)
	for i := range 120 {
		_, err := h.OpenCase(context.Background(), who.Actor, app.NewCase{Unit: who.Units[0].ID, Case: fmt.Sprint("24-", i), Client: fmt.Sprint("K", i)})
		webtest.Must(t, err)
	}
	p := b.Get("/arenden?vems=alla")
	if !p.Says("120 ärenden") || !p.Says("Sida 1 av 3") || len(p.All("tr")) != 51 {
		t.Errorf("%d rows", len(p.All("tr")))
	}
	p = p.Follow("Nästa").Follow("Nästa")
	if !p.Says("Sida 3 av 3") || len(p.All("tr")) != 21 || !strings.Contains(p.Address, "vems=alla") {
		t.Errorf("%s: %d rows", p.Address, len(p.All("tr")))
	}
	lookAtAll(t, b)
}
