// Package nation is the pages of the nation's key figures: what anyone may see and compare,
// the form of those who report, and the collections of whoever collects. It shows rates and
// counts that may be shown and has no others; what they are is app's to say.
package nation

import (
	"embed"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"foljsam/internal/app"
	"foljsam/internal/disclosure"
	"foljsam/internal/fault"
	"foljsam/internal/locale"
	"foljsam/internal/place"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

// Templates are the pages', for page.New.
//
//go:embed template/*.html
var Templates embed.FS

// Where the pages are.
const (
	CompareAddress = "/jamfor"
	CollectAddress = "/insamlingar"
	TownsAddress   = "/kommuner"
	ReportAddress  = "/rapportera"
	BeginAddress   = "/hantera/riket"
	methodAddress  = CompareAddress + "/metod"
	fileAddress    = CompareAddress + "/fil"
	sealedAddress  = CompareAddress + "/utgava"
)

// Link is words that lead somewhere.
type Link struct{ Address, Text string }

// Choice is one thing to choose.
type Choice struct {
	Value, Text string
	Chosen      bool
}

// Group is a part of a list to choose from.
type Group struct {
	Label   string
	Choices []Choice
}

// Fact is one thing that is said.
type Fact struct{ Name, Text string }

// A Line is a field of one line in a form.
type Line struct {
	Name, Label, Hint, Value, Size, Fault string
	Max                                   int
	Choices                               []Choice
	Groups                                []Group
}

// ID is the field's on the page.
func (l Line) ID() string { return "f-" + l.Name }

// Described gives the ids of what describes the field.
func (l Line) Described() string {
	var ids []string
	if l.Hint != "" {
		ids = append(ids, l.ID()+"-sa")
	}
	if l.Fault != "" {
		ids = append(ids, l.ID()+"-fel")
	}
	return strings.Join(ids, " ")
}

// lineOf begins a field with its words: nation.field_NAME, and nation.hint_NAME where there
// is one.
func lineOf(p *locale.Printer, name, value string, wrong map[string]string) Line {
	l := Line{Name: name, Label: p.T("nation.field_" + name), Value: value, Size: "code", Max: 100, Fault: wrong[name]}
	if key := "nation.hint_" + name; p.Has(key) {
		l.Hint = p.T(key)
	}
	return l
}

// at puts an error at the field that it is about; it tells whether it did.
func at(p *locale.Printer, err error, wrong map[string]string, fields map[string]string) bool {
	field := fields[fault.KeyOf(err)]
	if err != nil && field != "" {
		wrong[field] = p.Error(err)
	}
	return len(wrong) > 0
}

// asks begins the frame of a page with fields, and sums up what is wrong in them.
func asks(v *visit.Visit, title string, lines ...Line) page.Frame {
	f := v.Frame(title)
	for _, l := range lines {
		if l.Fault != "" {
			f.Faults = append(f.Faults, page.Fault{ID: l.ID(), Text: l.Label + ": " + l.Fault})
			f.Status = http.StatusUnprocessableEntity
		}
	}
	return f
}

// done says what has just been done, where the address says so.
func done(v *visit.Visit, f *page.Frame, keys ...string) {
	for _, key := range keys {
		if v.R.URL.Query().Get("klart") == key {
			f.Messages = append(f.Messages, page.Message{Kind: page.Done, Text: v.Text.T("nation.done_" + key)})
		}
	}
}

// open begins the frame of a page that anyone may see: nothing on it is internal.
func open(v *visit.Visit, title string) page.Frame {
	f := v.Frame(title)
	f.Internal, f.Find = false, ""
	return f
}

// figures are the three key figures' short names, by number.
func figureName(p *locale.Printer, figure int) string {
	return p.T("nation.figure_" + strconv.Itoa(figure))
}

func figureChoices(p *locale.Printer, chosen int) (all []Choice) {
	for i := 1; i <= 3; i++ {
		all = append(all, Choice{strconv.Itoa(i), figureName(p, i), i == chosen})
	}
	return all
}

func scopeName(p *locale.Printer, scope int) string {
	return p.T("nation.scope_" + strconv.Itoa(scope))
}

// scopeBeside writes the scope beside a rate, where something was reported.
func scopeBeside(p *locale.Printer, r disclosure.Rate, scope int) string {
	if r.State() == disclosure.Missing {
		return ""
	}
	return scopeName(p, scope)
}

// rateText writes a rate: the number, or in words why there is none.
func rateText(p *locale.Printer, r disclosure.Rate) string {
	if v, ok := r.Value(); ok {
		return p.Number(v.Float(), 2)
	}
	if r.State() == disclosure.Masked {
		return p.T("nation.secret_mark")
	}
	return p.T("nation.missing_mark")
}

// whyText writes a rate, and where there is none whether that is because it was taken back or
// never asked for.
func whyText(p *locale.Printer, r disclosure.Rate, why app.Why) string {
	switch {
	case why.Taken:
		return p.T("nation.taken_mark")
	case why.NotAsked:
		return p.T("nation.not_asked_mark")
	}
	return rateText(p, r)
}

// countText writes a count: the number, or in words why there is none.
func countText(p *locale.Printer, c disclosure.Count) string {
	if n, ok := c.Number(); ok {
		return p.Int(int64(n))
	}
	if c.IsSecret() {
		return p.T("nation.secret_mark")
	}
	return p.T("nation.missing_mark")
}

// casesText writes the number behind a rate.
func casesText(p *locale.Printer, r disclosure.Rate) string {
	if n, ok := r.Cases(); ok {
		return p.Int(int64(n))
	}
	return rateText(p, r)
}

func intText(p *locale.Printer, n int) string {
	if n == 0 {
		return p.T("nation.missing_mark")
	}
	return p.Int(int64(n))
}

// number reads a number of an address or a form; other where it says none.
func number(q url.Values, name string, other int) int {
	if n, err := strconv.Atoi(strings.TrimSpace(q.Get(name))); err == nil {
		return n
	}
	return other
}

// municipalities gives those of every county, both in the order of the language.
func municipalities(p *locale.Printer, chosen ...string) (groups []Group) {
	for _, c := range locale.SortBy(p, place.Counties(), place.Area.Called) {
		g := Group{Label: c.Name}
		for _, m := range locale.SortBy(p, place.In(c.Code), place.Area.Called) {
			is := false
			for _, code := range chosen {
				is = is || code == m.Code
			}
			g.Choices = append(g.Choices, Choice{m.Code, m.Short, is})
		}
		groups = append(groups, g)
	}
	return groups
}

func countyName(code string) string {
	c, _ := place.County(code)
	return c.Name
}

func countyShort(code string) string {
	c, _ := place.County(code)
	return c.Short
}

func yearText(n int) string { return strconv.Itoa(n) }

// editionText says which edition it is and when it came.
func editionText(v *visit.Visit, e app.EditionLine) string {
	return v.Text.T("nation.edition", "ar", yearText(e.Year), "nr", e.Number, "dag", v.Date(e.At))
}
