package coding_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"foljsam/internal/access"
	"foljsam/internal/locale"
	"foljsam/internal/web/coding"
	"foljsam/internal/web/form"
	"foljsam/internal/web/page"
	"foljsam/internal/web/webtest"
)

// set sets an exercise of the ready cases by the page, and gives its address.
func set(t *testing.T, lead *webtest.Browser) string {
	t.Helper()
	f := lead.Get("/kodning/ny").Form("/kodning/ny").Set("rubrik", "Våren <b>")
	p := f.Set("pahittat", "ja").Send("")
	if p.Status != http.StatusOK || !strings.Contains(p.Body, "Övningen är satt.") || !strings.Contains(p.Body, "&lt;b&gt;") {
		t.Fatal(p.Status, p.Address)
	}
	address, _, _ := strings.Cut(p.Address, "?")
	return address
}

func house(t *testing.T, workers int) (*webtest.House, *webtest.Browser, []*webtest.Browser) {
	h := webtest.Begun(t)
	register := h.Register(t)
	unit := h.Who(t, h.SignIn(t)).Units[0].ID
	h.Person(t, "lena", access.Coordinator, register, "")
	var all []*webtest.Browser
	for i := range workers {
		id := fmt.Sprint("kodare", i)
		h.Person(t, id, access.Caseworker, register, unit)
		all = append(all, h.As(t, id, access.Caseworker, register))
	}
	return h, h.As(t, "lena", access.Coordinator, register), all
}

// sheet answers every question of every ready case.
func sheet(p *webtest.Page, option string) url.Values {
	f := url.Values{}
	for _, i := range p.All("input") {
		name := webtest.Attr(i, "name")
		if name == "vems" {
			f.Set(name, webtest.Attr(i, "value"))
		}
		if strings.HasPrefix(name, "f.") {
			f.Set(name, option)
		}
	}
	return f
}

func TestAnExerciseFromSettingToResult(t *testing.T) {
	h, lead, workers := house(t, 5)
	at := set(t, lead)
	for i, b := range workers {
		if todo := b.Get("/att-gora"); !strings.Contains(todo.Body, at) {
			t.Fatal("it is not to be done")
		}
		p := b.Get(at)
		if p.Status != http.StatusOK || !strings.Contains(p.Body, "Påhittat fall") || !strings.Contains(p.Body, "Lämna in") {
			t.Fatal(p.Status)
		}
		if p = b.Post(at+"/svar", sheet(p, fmt.Sprint(i%2))); !strings.Contains(p.Body, "Dina svar är inräknade") {
			t.Fatal(p.Status, p.Address)
		}
		if again := b.Post(at+"/svar", sheet(p, "1")); again.Status != http.StatusConflict {
			t.Error("a second time:", again.Status)
		}
		if todo := b.Get("/att-gora"); strings.Contains(todo.Body, at) {
			t.Error("it is to be done though it is done")
		}
	}
	if p := lead.Get(at); !strings.Contains(p.Body, "5 av ") || strings.Contains(p.Body, "alfa") || strings.Contains(p.Body, "kodare0") {
		t.Error("an open exercise shows too much or too little")
	}
	closing := url.Values{"vems": {owner(lead.Get(at))}}
	if p := lead.Post(at+"/stang", closing); !strings.Contains(p.Body, "Bekräfta att övningen ska stängas") {
		t.Error("closing is not asked about", p.Status)
	}
	closing.Set("forstatt", "ja")
	if p := lead.Post(at+"/stang", closing); !strings.Contains(p.Body, "Samstämmighet utöver slumpen") || !strings.Contains(p.Body, "/variabler#v") {
		t.Error("no result", p.Status)
	}
	if p := workers[0].Get(at); !strings.Contains(p.Body, "5 handläggare har kodat 6 påhittade fall") || strings.Contains(p.Body, "/variabler#v") {
		t.Error("a caseworker does not see the result, or is led to what they may not change")
	}
	for _, kind := range []string{"csv", "xlsx"} {
		if p := lead.Get(at + "/fil/" + kind); p.Status != http.StatusOK || !strings.Contains(p.Header.Get("Content-Disposition"), "internt-") {
			t.Error(kind, p.Status)
		}
	}
	if log := h.Log.String(); strings.Contains(log, "f.1.1") {
		t.Error("what was chosen is in the log")
	}
}

func owner(p *webtest.Page) string {
	for _, i := range p.All("input") {
		if webtest.Attr(i, "name") == "vems" {
			if v := webtest.Attr(i, "value"); len(v) == 16 {
				return v
			}
		}
	}
	return ""
}

// What is missing is said, and what was chosen is not lost; nothing is handed in half.
func TestAHalfSheetIsShownAgain(t *testing.T) {
	_, lead, workers := house(t, 1)
	at := set(t, lead)
	f := sheet(workers[0].Get(at), "1")
	f.Del("f.3.1")
	f["f.4.1"] = []string{"1", "x"}
	p := workers[0].Post(at+"/svar", f)
	if !strings.Contains(p.Body, "Fall 3:") || !strings.Contains(p.Body, "Fall 4:") || !strings.Contains(p.Body, `href="#fall-3-1"`) {
		t.Fatal(p.Status, "what is missing is not said")
	}
	checked := 0
	for _, i := range p.All("input") {
		if slices.ContainsFunc(i.Attr, func(a html.Attribute) bool { return a.Key == "checked" }) {
			checked++
		}
	}
	if checked < 11 {
		t.Error("only", checked, "are still chosen")
	}
	if p := lead.Get(at); !strings.Contains(p.Body, "0 av ") {
		t.Error("it was handed in")
	}
}

func TestAFormThatCannotBeKeptIsShownAgain(t *testing.T) {
	_, lead, _ := house(t, 1)
	f := lead.Get("/kodning/ny").Form("/kodning/ny").Set("rubrik", "")
	if p := f.Send(""); !strings.Contains(p.Body, "Övningen har inget namn") || !strings.Contains(p.Body, "Strypgreppet") {
		t.Error(p.Status)
	}
}

func TestTemplatesStandAnything(t *testing.T) {
	webtest.StandAnything(t, page.New(form.Templates, coding.Templates), pages)
}

func pages(_ *locale.Printer, h string, n int) map[string]any {
	options := slices.Repeat([]coding.Option{{Value: h, Text: h, Help: h}}, n+1)
	question := coding.Question{Label: h, Ask: h, Help: h, Options: options}
	cases := make([]coding.Case, min(n, 12))
	var asked []coding.Asked
	for i := range cases {
		cases[i] = coding.Case{Nr: i + 1, Title: h, Text: h}
		asked = append(asked, coding.Asked{Case: cases[i], Questions: []coding.AskedQuestion{{Question: coding.Question{Label: h, Ask: h, Help: h, Options: options[:min(len(options), 5)]}, ID: fmt.Sprintf("fall-%d-1", i+1), Name: fmt.Sprintf("f.%d.1", i+1), Many: n > 1, Missing: n > 1, Chosen: []string{h}}}})
	}
	var chosen []coding.Chosen
	for i := range n {
		chosen = append(chosen, coding.Chosen{ID: fmt.Sprint("id", i), Value: h, Text: h, Checked: n == 1})
	}
	var units []coding.Chosen
	for i := range n {
		units = append(units, coding.Chosen{ID: fmt.Sprint("enhet-", i), Value: h, Text: h})
	}
	table := page.Table{Caption: h, Head: []page.Head{{Text: h}}, Rows: slices.Repeat([]page.Row{{{Text: h, Written: true}}}, n)}
	var coded []coding.Coded
	for i := range n {
		coded = append(coded, coding.Coded{ID: fmt.Sprint("fraga-", i), Label: h, Sentence: h, Beyond: h, Advice: slices.Repeat([]string{h}, n), Editor: &page.Link{Address: h, Text: h}, Options: table, ByCase: table})
	}
	empty := page.Empty{Title: h, Text: h, Link: &page.Link{Address: h, Text: h}}
	return map[string]any{
		"coding-list.html":  coding.ListPage{Title: h, May: n > 0, All: slices.Repeat([]coding.Listed{{Address: h, Title: h, State: h}}, n), None: empty},
		"coding-new.html":   coding.NewPage{Owner: h, Title: h, Name: h, Till: h, Cases: cases, Phases: []coding.Phase{{Label: h, Questions: chosen}}, Units: units, MadeUp: n > 0, Limit: n, Longest: 2000},
		"coding-sheet.html": coding.SheetPage{Owner: h, Title: h, Address: h, Till: h, Cases: asked},
		"coding-open.html":  coding.OpenPage{Owner: h, Title: h, State: h, Mine: n > 0, TooFew: h, Address: h, Till: h, Typed: h, Cases: cases, Questions: slices.Repeat([]coding.Question{question}, n)},
		"coding-result.html": []any{
			coding.ResultPage{Title: h, Few: h, Cases: cases},
			coding.ResultPage{Title: h, Says: slices.Repeat([]string{h}, n), Questions: coded, Cases: cases, Files: []page.Link{{Address: h, Text: h}}, May: n > 0},
		},
	}
}
