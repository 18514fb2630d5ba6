package complete_test

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"

	"foljsam/internal/access"
	"foljsam/internal/app"
	"foljsam/internal/locale"
	"foljsam/internal/record"
	"foljsam/internal/web/complete"
	"foljsam/internal/web/page"
	"foljsam/internal/web/page/pagetest"
	"foljsam/internal/web/webtest"
)

func TestACoordinatorSeesWhatIsMissingByUnit(t *testing.T) {
	h := webtest.Begun(t)
	who := h.Who(t, h.SignIn(t))
	for i, day := range []string{"2026-01-10", "2026-02-10", "2025-02-10"} {
		_, err := h.OpenCase(context.Background(), who.Actor, app.NewCase{Unit: who.Units[0].ID, Case: "24-00" + string(rune('0'+i)), Client: "K",
			Answers: map[string]record.Answer{"5": {Value: day}, "14": {Value: "1"}}})
		webtest.Must(t, err)
	}
	h.Person(t, "lena", access.Coordinator, who.Register, "")
	lena := h.As(t, "lena", access.Coordinator, who.Register)
	p := lena.Get("/att-gora").Follow("Se hur komplett registreringen är")
	if p.Status != http.StatusOK || !p.Says("0 av 2") || len(p.All("table")) < 5 || strings.Contains(p.Body, "24-00") || p.Says("Alm") {
		t.Fatalf("%d at %s", p.Status, p.Address)
	}
	if p := lena.Get("/komplett?ar=2025"); !p.Says("0 av 1") {
		t.Error("another year shows the same")
	}
	if p := lena.Get("/komplett?ar=2019&vilka=avslutade"); !p.Says("Inga ärenden i urvalet") {
		t.Error("nothing says that there are none")
	}
	if p := lena.Get("/komplett?ar=alla").Follow("Det som saknas i Enhet Vuxen"); p.Status != http.StatusOK || !p.Says("24-002") || !p.Says("Alm") {
		t.Errorf("the list of the unit: %d at %s", p.Status, p.Address)
	}
	if p := lena.Get("/komplett").Follow("Gå igenom Enhet Vuxen"); p.Status != http.StatusOK || !p.Says("Ärende 1 av 3") {
		t.Errorf("the walk: %d at %s", p.Status, p.Address)
	}
	if p := lena.Get("/komplett?enhet=" + who.Units[0].ID); p.Status != http.StatusOK {
		t.Errorf("%d", p.Status)
	}
	if p := lena.Get("/komplett?enhet=finns-inte&ar=x"); p.Status != http.StatusForbidden {
		t.Errorf("a unit that is not there: %d", p.Status)
	}
	h.Person(t, "olle", access.Caseworker, who.Register, who.Units[0].ID)
	olle := h.As(t, "olle", access.Caseworker, who.Register)
	if p := olle.Get("/komplett"); p.Status != http.StatusForbidden {
		t.Errorf("a caseworker: %d", p.Status)
	}
	if p := olle.Get("/att-gora"); p.Says("Se hur komplett") {
		t.Error("a caseworker is led there")
	}
}

func TestTemplatesStandAnything(t *testing.T) {
	set := page.New(complete.Templates)
	for _, l := range locale.Staff {
		for _, s := range pagetest.Hostile {
			for _, n := range []int{0, 1, 60} {
				table := page.Table{Caption: s, Head: slices.Repeat([]page.Head{{Text: s, Number: true}}, 8), Rows: slices.Repeat([]page.Row{slices.Repeat(page.Row{{Text: s, Written: true}}, 8)}, n)}
				options := slices.Repeat([]complete.Option{{Value: s, Text: s, Chosen: n == 1}}, n)
				for _, x := range []complete.Shown{
					{Title: s, Years: options, None: &page.Empty{Title: s, Text: s}},
					{Title: s, Units: options, Years: options, Closed: true, Phases: table, Per: table, Parts: slices.Repeat([]page.Table{table}, min(n, 5)), Few: n == 1},
				} {
					part, err := set.Part(l, "complete-page.html", x)
					if err != nil {
						t.Fatal(err)
					}
					for _, fault := range pagetest.Faults(string(part)) {
						t.Errorf("%s, %.20q, %d of each: %s", l, s, n, fault)
					}
				}
			}
		}
	}
}
