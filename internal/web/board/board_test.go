package board_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"foljsam/internal/access"
	"foljsam/internal/app"
	"foljsam/internal/codebook"
	"foljsam/internal/record"
	"foljsam/internal/web"
	"foljsam/internal/web/page/pagetest"
	"foljsam/internal/web/webtest"
)

func key(r codebook.Role) string { return fmt.Sprint(codebook.Default().Role(r).Number) }

// openCases registers n cases, every second of them the year before.
func openCases(t testing.TB, h *webtest.House, w *app.Who, n int) {
	t.Helper()
	for i := range n {
		answers := map[string]record.Answer{key(codebook.Intake): {Value: fmt.Sprintf("202%d-03-04", 4+i%2)}, key(codebook.Honour): {Value: fmt.Sprint(1 + i%2)},
			key(codebook.Severity): {Value: fmt.Sprint(1 + i%3)}, key(codebook.Sex): {Value: fmt.Sprint(1 + i%11/10)}}
		_, err := h.OpenCase(t.Context(), w.Actor, app.NewCase{Unit: w.Units[i%len(w.Units)].ID, Case: fmt.Sprintf("24-%03d", i), Client: fmt.Sprintf("K-%d", i), Answers: answers})
		webtest.Must(t, err)
	}
}

// managed is a register with n cases, and browsers of its first person as coordinator and of a
// manager.
func managed(t testing.TB, n int) (h *webtest.House, leader, chief *webtest.Browser) {
	t.Helper()
	h = webtest.Begun(t)
	w := h.Who(t, h.SignIn(t))
	openCases(t, h, w, n)
	h.Person(t, "lena", access.Coordinator, w.Register, "")
	h.Person(t, "chefen", access.Manager, w.Register, "")
	return h, h.As(t, "lena", access.Coordinator, w.Register), h.As(t, "chefen", access.Manager, w.Register)
}

func TestAManagerBeginsWithTheYearAndSeesNoCase(t *testing.T) {
	_, _, chief := managed(t, 60)
	p := chief.Get("/")
	if p.Address != "/ar/2025" || p.Status != http.StatusOK {
		t.Fatal(p.Address, p.Status)
	}
	for _, want := range []string{"Året 2025", "Internt.", "Hur många ärenden?", "30 ärenden", "2024: 30", "vad ni gör åt det", "Nyckeltalen till Kolada"} {
		if !strings.Contains(p.Body, want) {
			t.Errorf("the year does not say %q", want)
		}
	}
	if strings.Contains(p.Body, "24-001") || strings.Contains(p.Body, "/arenden") {
		t.Error("a case is on the page, or the way to one")
	}
	may := map[string]bool{"/ar/{ar}": true, "/namndunderlag": true, "/namndunderlag/papper": true, "/enkat/resultat": true, "/installningar": true, "/lagstod": true, "/forsta-dagen": true, "/api/enheter": true}
	for _, pattern := range web.Patterns() {
		address, isPage := strings.CutPrefix(pattern, "GET /")
		if !isPage || strings.Contains(address, "konto") || strings.Contains(address, "bekrafta") || strings.Contains(address, "hjalp") {
			continue
		}
		at := strings.NewReplacer("{$}", "", "{ar}", "2025", "{figur}", "d05", "{slag}", "csv", "{nr}", "1").Replace("/" + address)
		if p := chief.Once("GET", at, nil); p.Status == http.StatusOK && !may["/"+address] && !strings.HasPrefix(address, "resultat") && !strings.HasPrefix(address, "bestallningar") && !public(address) {
			t.Errorf("%s is answered", at)
		}
	}
}

// public tells whether anybody is answered there.
func public(address string) bool {
	for _, x := range []string{"halsa", "logga-in", "valkommen", "demo", "jamfor", "v3", "s"} {
		if address == x || strings.HasPrefix(address, x+"/") {
			return true
		}
	}
	return false
}

func TestAYearAndAPaperWithAnyNumberOfCases(t *testing.T) {
	for _, n := range []int{0, 1, 6, 60} {
		_, leader, chief := managed(t, n)
		for _, address := range []string{"/ar/2025", "/ar/1999", "/namndunderlag", "/namndunderlag/papper?ar=2025", "/namndunderlag/papper?ar=2025&for=internt&tankar=ja", "/namndunderlag/papper", "/namndunderlag/papper?ar=1999"} {
			for _, b := range []*webtest.Browser{leader, chief.Speak("en")} {
				p := b.Get(address)
				if p.Status != http.StatusOK || strings.Contains(p.Body, "⟦") || strings.Contains(p.Body, "board.") {
					t.Errorf("%d cases, %s: %d", n, address, p.Status)
				}
				for _, fault := range pagetest.Faults(p.Body) {
					if strings.Contains(fault, "<style>") && strings.Contains(p.Address, "papper") && strings.Contains(p.Header.Get("Content-Security-Policy"), "style-src 'sha256-") {
						continue // a document of its own, whose one style sheet its policy names
					}
					t.Errorf("%d cases, %s: %s", n, address, fault)
				}
			}
		}
	}
}

func TestAPaperIsForPublicationUnlessSomebodyChoosesOtherwise(t *testing.T) {
	h, leader, _ := managed(t, 60)
	form := leader.Get("/namndunderlag").Form("/namndunderlag/papper")
	public := form.Send("")
	if strings.Contains(public.Body, "Internt") || !strings.Contains(public.Body, "/namndunderlag/papper?ar=2025") {
		t.Error("the paper is internal, or does not say where it is again")
	}
	internal := form.Set("for", "internt").Send("")
	if !strings.Contains(internal.Body, "band-internal") || !strings.Contains(internal.Body, "Internt") {
		t.Error("an internal paper does not say so")
	}
	for _, kind := range []string{"docx", "xlsx", "html"} {
		for _, to := range []string{"", "&for=internt"} {
			p := leader.Get("/namndunderlag/papper?ar=2025&form=" + kind + to)
			name := p.Header.Get("Content-Disposition")
			if p.Status != http.StatusOK || len(p.Body) < 1000 || strings.Contains(name, "internt-") != (to != "") || !strings.Contains(name, "namndunderlag-2025."+kind) {
				t.Errorf("%s%s: %d %s", kind, to, p.Status, name)
			}
		}
	}
	for address, want := range map[string]int{"/namndunderlag/papper?form=exe": 404, "/namndunderlag/papper?valt=ja": 422, "/namndunderlag/papper?del=okand": 422, "/namndunderlag/papper?enhet=annan": 403, "/namndunderlag/papper?fran=x": 422, "/ar/x": 404} {
		if p := leader.Get(address); p.Status != want {
			t.Errorf("%s: %d", address, p.Status)
		}
	}
	_ = h
}
