// Package complete is the page that tells how far the cases of units are registered, question
// by question and unit by unit. It never tells it per person, and it shows no case: for what
// is to be done it leads to the lists.
package complete

import (
	"embed"
	"net/url"
	"strconv"

	"foljsam/internal/app"
	"foljsam/internal/codebook"
	"foljsam/internal/disclosure"
	"foljsam/internal/locale"
	"foljsam/internal/query"
	"foljsam/internal/record"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

// Templates are the page's, for page.New.
//
//go:embed template/*.html
var Templates embed.FS

const (
	casesAddress = "/arenden"
	walkAddress  = "/genomgang"
)

// Shown is the page.
type Shown struct {
	Title  string
	Units  []Option // to choose from; one unit is no choice
	Years  []Option
	Closed bool
	Phases page.Table
	Per    page.Table // unit by unit
	Parts  []page.Table
	Few    bool // a share of few cases is not shown
	None   *page.Empty
}

// Option is one thing to choose.
type Option struct {
	Value, Text string
	Chosen      bool
}

// few is how many cases a share is not shown of.
const few = 10

// Page shows how far the cases of a period are registered.
func Page(v *visit.Visit) error {
	c, err := v.App.Completeness(v.R.Context(), v.By(), asked(v))
	if err != nil {
		return err
	}
	f := v.Frame(v.Text.T("complete.title"))
	x := Shown{Title: f.Title, Closed: c.Closed}
	if len(c.Units) > 1 {
		x.Units = append(x.Units, Option{"", v.Text.T("complete.all_units"), c.Unit == ""})
		for _, u := range c.Units {
			x.Units = append(x.Units, Option{u.ID, u.Name, u.ID == c.Unit})
		}
	}
	x.Years = append(x.Years, Option{"alla", v.Text.T("complete.all_years"), c.Year == 0})
	for _, y := range years(c) {
		x.Years = append(x.Years, Option{strconv.Itoa(y), strconv.Itoa(y), y == c.Year})
	}
	x.fill(v.Text, c.Book, c)
	return v.Show("complete-page.html", f, x)
}

// asked reads the period of an address: this year where it says nothing.
func asked(v *visit.Visit) app.Period {
	q := v.R.URL.Query()
	p := app.Period{Unit: q.Get("enhet"), Year: v.App.Now().Year(), Closed: q.Get("vilka") == "avslutade"}
	if y, err := strconv.Atoi(q.Get("ar")); err == nil && y > 1900 && y < 3000 {
		p.Year = y
	} else if q.Get("ar") == "alla" {
		p.Year = 0
	}
	return p
}

// years gives the years to choose from: those with cases, and the chosen one.
func years(c *app.Completeness) []int {
	for _, y := range c.Years {
		if y == c.Year || c.Year == 0 {
			return c.Years
		}
	}
	return append([]int{c.Year}, c.Years...)
}

func (x *Shown) fill(p *locale.Printer, cb *codebook.Codebook, c *app.Completeness) {
	n := c.Phases.Cell(0, query.NotYetDue) // only to know whether there is anything
	if isNone(c.Phases.Base(0, 0)) && isNone(n.Count) {
		x.None = &page.Empty{Title: p.T("complete.none"), Text: p.T("complete.none_text")}
		return
	}
	x.Few = isFew(c.Phases)
	x.Phases = table(p, p.T("complete.phases"), p.T("complete.phase"), ofPhases)
	for i, phase := range cb.Phases {
		x.Phases.Rows = append(x.Phases.Rows, row(p, c.Phases, i, phase.Label.In(p.Lang()), ofPhases))
	}
	for _, phase := range cb.Phases {
		t := table(p, phase.Label.In(p.Lang()), p.T("complete.question"), ofQuestions)
		t.Hidden = true
		for i, v := range record.Asked(cb) {
			if v.Phase == phase.ID {
				t.Rows = append(t.Rows, row(p, c.Questions, i, v.Label.In(p.Lang()), ofQuestions))
			}
		}
		if len(t.Rows) > 0 {
			x.Parts = append(x.Parts, t)
		}
	}
	x.perUnit(p, cb, c)
}

// column is a place of a row of completeness, and the key of its heading.
type column struct {
	key   string
	place int
}

// What is told of a question and of a phase. A phase as a whole is never set aside.
var (
	ofQuestions = []column{{"complete.answered", query.WithAnswer}, {"complete.aside", query.NotConcerned}, {"complete.cannot", query.Unanswerable},
		{"complete.lacking", query.WithoutAnswer}, {"complete.not_due", query.NotYetDue}}
	ofPhases = []column{{"complete.all_done", query.Done}, {"complete.some_lacking", query.WithoutAnswer}, {"complete.not_due", query.NotYetDue}}
)

// table begins a table of completeness, whose rows are given by row.
func table(p *locale.Printer, caption, first string, columns []column) page.Table {
	t := page.Table{Caption: caption, Head: []page.Head{{Text: first}, {Text: p.T("complete.done"), Number: true}, {Text: p.T("complete.of"), Number: true}}}
	for _, c := range columns {
		t.Head = append(t.Head, page.Head{Text: p.T(c.key), Number: true})
	}
	return t
}

func row(p *locale.Printer, r *disclosure.Released, i int, first string, columns []column) page.Row {
	at := func(place int) disclosure.Cell { return r.Cell(0, i*query.Places+place) }
	x := page.Row{{Text: first}, {Text: share(p, at(query.Done), r.Base(0, i))}, {Text: number(p, r.Base(0, i))}}
	for _, c := range columns {
		x = append(x, page.Cell{Text: number(p, at(c.place).Count)})
	}
	return x
}

// perUnit shows, unit by unit, in how many cases each phase is done, and leads to the list of
// those where something is missing.
func (x *Shown) perUnit(p *locale.Printer, cb *codebook.Codebook, c *app.Completeness) {
	x.Per = page.Table{Caption: p.T("complete.per_unit"), Head: []page.Head{{Text: p.T("complete.unit")}}}
	for _, phase := range cb.Phases {
		x.Per.Head = append(x.Per.Head, page.Head{Text: phase.Label.In(p.Lang()), Number: true})
	}
	x.Per.Head = append(x.Per.Head, page.Head{Text: p.T("complete.list")}, page.Head{Text: p.T("complete.walk")})
	for i, u := range c.Units {
		r := page.Row{{Text: u.Name, Written: true}}
		for j := range cb.Phases {
			r = append(r, page.Cell{Text: ofAll(p, c.PerUnit.Cell(i, j*query.Places+query.Done).Count, c.PerUnit.Base(i, j))})
		}
		unit := url.Values{"enhet": {u.ID}}
		list := url.Values{"enhet": {u.ID}, "saknas": {"ja"}, "vems": {"alla"}}
		r = append(r, page.Cell{Text: p.T("complete.list_of", "enhet", u.Name), Address: casesAddress + "?" + list.Encode()},
			page.Cell{Text: p.T("complete.walk_of", "enhet", u.Name), Address: walkAddress + "?" + unit.Encode()})
		x.Per.Rows = append(x.Per.Rows, r)
	}
}

func isNone(v disclosure.Value) bool { return v.IsNumber() && v.Int() == 0 }

func isFew(r *disclosure.Released) bool {
	for i := range r.Table().Bases() {
		if b := r.Base(0, i); b.IsNumber() && b.Int() > 0 && b.Int() < few {
			return true
		}
	}
	return false
}

// number writes a value, or why there is none.
func number(p *locale.Printer, v disclosure.Value) string {
	if !v.IsNumber() {
		return v.State().Mark()
	}
	return p.Int(v.Int())
}

// share writes the percent of a base that is not small; of a small one, and of none, nothing.
func share(p *locale.Printer, c disclosure.Cell, base disclosure.Value) string {
	if !base.IsNumber() || base.Int() < few || !c.Share.IsNumber() {
		return "–"
	}
	return p.Percent(c.Share.Float(), 0)
}

// ofAll writes "12 av 40"; a dash where it is not due in any case.
func ofAll(p *locale.Printer, done, base disclosure.Value) string {
	if isNone(base) {
		return "–"
	}
	return p.T("complete.n_of", "n", number(p, done), "av", number(p, base))
}
