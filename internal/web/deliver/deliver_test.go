package deliver_test

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/app"
	"foljsam/internal/locale"
	"foljsam/internal/record"
	"foljsam/internal/web/deliver"
	"foljsam/internal/web/page"
	"foljsam/internal/web/webtest"
)

// house is a register with one case of this year, and its coordinator.
func house(t *testing.T) (*webtest.House, *webtest.Browser, string) {
	t.Helper()
	h := webtest.Begun(t)
	register := h.Register(t)
	h.Time = h.Time.Add(time.Minute)
	h.Person(t, "lena", access.Coordinator, register, "")
	b := h.As(t, "lena", access.Coordinator, register)
	w := h.Who(t, b)
	id, err := h.OpenCase(context.Background(), w.Actor, app.NewCase{Unit: w.Units[0].ID, Case: "HEMLIG-1", Client: "HEMLIG-2", Answers: map[string]record.Answer{
		"5": {Value: h.Time.Format("2006") + "-03-01"}, "14": {Value: "1", Comment: "ring 070-123 45 67"}}})
	webtest.Must(t, err)
	return h, b, id
}

func TestAnExtractIsLookedThroughAndTakenOut(t *testing.T) {
	_, b, _ := house(t)
	p := b.Get("/leveranser")
	if p.Status != http.StatusOK || !p.Says("Inget har lämnats ut") {
		t.Fatal(p.Status, p.Body)
	}
	p = p.Follow("Nytt uttag")
	if p := p.Form("/leveranser/granska").Send(""); p.Status != http.StatusUnprocessableEntity || !p.Says("Välj vad uttaget omfattar.") {
		t.Error(p.Status)
	}
	p = p.Form("/leveranser/granska").Set("omfattning", "3").Set("tackning", "4").Send("")
	if p.Status != http.StatusOK || !p.Says("1 rad") || !p.Says("Vem som handlägger.") || !p.Says("75–100 procent") || strings.Contains(p.Body, "HEMLIG") || strings.Contains(p.Body, "070-123") {
		t.Fatal(p.Status, p.Body)
	}
	p = p.Form("/leveranser/ta-ut").Send("")
	if !p.Says("Filen är uttagen") || !p.Says("Kontrollsumma") {
		t.Fatal(p.Status, p.Body)
	}
	f := p.Follow("Hämta filen")
	if f.Status != http.StatusOK || f.Header.Get("Content-Type") != "application/zip" || f.Header.Get("Cache-Control") != "no-store" || !strings.HasPrefix(f.Body, "PK") {
		t.Fatal(f.Status, f.Header)
	}
	if p := b.Get("/leveranser"); !p.Says("Nationell sammanställning") || !p.Says("lena") {
		t.Error(p.Body)
	}
}

// A recipient is chosen among those that there are, and added by itself.
func TestARecipientIsAddedDeliberately(t *testing.T) {
	_, b, _ := house(t)
	p := b.Get("/leveranser/nytt").Form("/leveranser/mottagare").Set("namn", "SKR").Send("")
	if !p.Says("Mottagaren finns nu i listan") {
		t.Fatal(p.Status, p.Address)
	}
	if x := p.Form("/leveranser/mottagare").Set("namn", "s k r").Send(""); x.Status != http.StatusUnprocessableEntity || !x.Says("Det finns redan en mottagare med det namnet") || !strings.Contains(x.Body, `value="s k r"`) {
		t.Error(x.Status)
	}
	p = p.Form("/leveranser/granska").Set("omfattning", "3").Set("tackning", "4").Send("")
	if !p.Says("SKR") {
		t.Error("the one that was added is not chosen")
	}
	if p := p.Form("/leveranser/ta-ut").Send(""); !p.Says("Filen är uttagen") || !p.Says("SKR") {
		t.Error(p.Status)
	}
	if p := b.Get("/leveranser/granska?mottagare=SKR&fran=2026-01-01&till=2026-12-31&omfattning=1&tackning=1"); p.Status != http.StatusUnprocessableEntity || !p.Says("Välj vem som ska få filen") {
		t.Error("a name is taken for a recipient:", p.Status)
	}
}

func TestACoordinatorIsToldThatSomethingChanged(t *testing.T) {
	h, b, id := house(t)
	p := b.Get("/leveranser/nytt").Form("/leveranser/granska").Set("omfattning", "1").Set("tackning", "1").Send("")
	_, err := h.Save(t.Context(), h.Who(t, b).Actor, id, []app.Edit{{Field: "14", Answer: record.Answer{Value: "2"}, Seen: 1}})
	webtest.Must(t, err)
	if p = p.Form("/leveranser/ta-ut").Send(""); !p.Says("Något har ändrats sedan du granskade") {
		t.Fatal(p.Status, p.Body)
	}
	if p := p.Form("/leveranser/ta-ut").Send(""); !p.Says("Filen är uttagen") {
		t.Error(p.Status, p.Body)
	}
}

func TestFreeTextIsReadBeforeItLeaves(t *testing.T) {
	_, b, _ := house(t)
	p := b.Get("/leveranser/nytt").Form("/leveranser/granska").Set("omfattning", "1").Set("tackning", "1").Set("fritext", "ja").Send("")
	if !p.Says("liknar ett telefonnummer") || !strings.Contains(p.Body, "fritext.csv") {
		t.Fatal(p.Body)
	}
	if p := p.Form("/leveranser/ta-ut").Send(""); p.Status != http.StatusUnprocessableEntity || !p.Says("Läs fritexten") {
		t.Error(p.Status)
	}
	if p := p.Form("/leveranser/ta-ut").Set("lasta", "ja").Send(""); !p.Says("Filen är uttagen") {
		t.Error(p.Status, p.Body)
	}
}

func TestOthersSeeNoExtract(t *testing.T) {
	h, _, _ := house(t)
	register := h.Register(t)
	h.Person(t, "bo", access.Caseworker, register, "")
	h.Person(t, "admin", access.Administrator, "", "")
	for _, b := range []*webtest.Browser{h.As(t, "bo", access.Caseworker, register), h.As(t, "admin", access.Administrator, "")} {
		for _, address := range []string{"/leveranser", "/leveranser/nytt", "/leveranser/granska?mottagare=x&fran=2000-01-01&till=2099-01-01&omfattning=1&tackning=1"} {
			if p := b.Get(address); p.Status != http.StatusForbidden {
				t.Errorf("%s: %d", address, p.Status)
			}
		}
		if p := b.Post("/leveranser/ta-ut", url.Values{"hash": {""}}); p.Status != http.StatusForbidden {
			t.Error(p.Status)
		}
	}
}

func TestTemplatesStandAnything(t *testing.T) {
	webtest.StandAnything(t, page.New(deliver.Templates), func(_ *locale.Printer, h string, n int) map[string]any {
		table := page.Table{Caption: h, Head: []page.Head{{Text: h}}, Rows: slices.Repeat([]page.Row{{{Text: h, Written: true}}}, n)}
		facts := slices.Repeat([]deliver.Fact{{Name: h, Text: h}}, n)
		option := []deliver.Option{{Value: h, Text: h, Chosen: true}}
		file := deliver.File{Name: h, Rows: h, Head: []string{h}, First: slices.Repeat([][]string{{h}}, n), More: h, Meaning: facts}
		return map[string]any{
			"deliver-list.html":  deliver.ListPage{Title: h, All: table},
			"deliver-ask.html":   deliver.AskPage{Title: h, Owner: h, New: h, Recipients: slices.Repeat(option, n), From: h, Till: h, Scopes: option, Coverages: option, Texts: n > 0, Faults: map[string]string{"mottagare": h, "fran": h, "till": h, "omfattning": h, "tackning": h, "namn": h}},
			"deliver-taken.html": deliver.TakenPage{Title: h, Facts: facts, File: "/leveranser/uttaget/x/fil"},
			"deliver-see.html":   deliver.SeePage{Title: h, Owner: h, Facts: facts, Files: []deliver.File{file, {Name: h, Text: h}}, Stays: []string{h}, Odd: slices.Repeat([]deliver.Odd{{Variable: h, Text: h, Like: h}}, n), Texts: n > 0, Hidden: facts, Back: "/leveranser/nytt", Fault: h},
		}
	})
}
