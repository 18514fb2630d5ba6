// Package result is the pages of what a register's own cases add up to: the overview in the
// order of the turn, each diagram of the report, cross tables and time. It shows what may be
// shown and says for whom; what is counted is app's to ask for. No address holds a code of
// anybody, and the same address gives the same question again.
package result

import (
	"embed"
	"net/url"
	"slices"
	"strconv"

	"foljsam/internal/access"
	"foljsam/internal/app"
	"foljsam/internal/codebook"
	"foljsam/internal/disclosure"
	"foljsam/internal/fault"
	"foljsam/internal/locale"
	"foljsam/internal/query"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

// Templates are the pages', for page.New.
//
//go:embed template/*.html
var Templates embed.FS

// Where the pages are.
const (
	Address       = "/resultat"
	figureAddress = Address + "/d/"
	crossAddress  = Address + "/korstabell"
	timeAddress   = Address + "/tid"
)

// Option is one thing to choose.
type Option struct {
	Value, Text string
	Chosen      bool
}

// Group is some options under a heading.
type Group struct {
	Label   string
	Options []Option
}

// Fact is one thing that a figure answers for itself with.
type Fact struct{ Name, Text string }

// Filter is what stands above every page: the period, the unit and the conditions.
type Filter struct {
	Action      string
	Units       []Option // one unit is no choice
	Years       []Option
	From, Till  string
	Conditions  []Option // chosen; taken away by leaving them out
	More        []Group  // that can be added
	Rows        []Group  // of a cross table
	Columns     []Group
	Test        bool
	Cross, Time bool   // which page it stands on
	Keep        []Fact // what else the address says, to be carried along
}

// ask reads what an address asks for. A year and days are one or the other.
func ask(v *visit.Visit) (app.ResultAsk, error) {
	q := v.R.URL.Query()
	a := app.ResultAsk{Unit: q.Get("enhet")}
	var err error
	if a.From, a.Till, err = visit.PeriodIn(q); err != nil {
		return a, err
	}
	for _, w := range q["dar"] {
		if w != "" && !slices.Contains(a.Where, w) {
			a.Where = append(a.Where, w)
		}
	}
	if len(a.Where) > mostConditions {
		return a, fault.New(fault.Usage, "result.many_conditions", "n", mostConditions)
	}
	return a, nil
}

// mostConditions is how many conditions an address may have.
const mostConditions = 8

// addressOf writes what is asked as an address, the same for the same question.
func addressOf(base string, a app.ResultAsk, more url.Values) string {
	q := url.Values{}
	for k, all := range more {
		q[k] = all
	}
	if a.Unit != "" {
		q.Set("enhet", a.Unit)
	}
	visit.PeriodOn(q, a)
	if len(a.Where) > 0 {
		q["dar"] = slices.Clone(a.Where)
	}
	if len(q) == 0 {
		return base
	}
	return base + "?" + q.Encode()
}

func filterOf(v *visit.Visit, action string, x *app.Results) Filter {
	p, a := v.Text, x.Ask
	f := Filter{Action: action}
	if len(x.Units) > 1 {
		f.Units = append(f.Units, Option{"", p.T("result.all_units"), a.Unit == ""})
		for _, u := range x.Units {
			f.Units = append(f.Units, Option{u.ID, u.Name, u.ID == a.Unit})
		}
	}
	chosen := a.Year()
	f.Years = append(f.Years, Option{"", p.T("result.all_years"), chosen == 0})
	for _, y := range x.Years {
		f.Years = append(f.Years, Option{strconv.Itoa(y), strconv.Itoa(y), y == chosen})
	}
	if chosen != 0 && !slices.Contains(x.Years, chosen) {
		f.Years = append(f.Years, Option{strconv.Itoa(chosen), strconv.Itoa(chosen), true})
	}
	if chosen == 0 {
		f.From, f.Till = visit.ISODay(a.From), visit.ISODay(a.Till)
	}
	for _, w := range a.Where {
		f.Conditions = append(f.Conditions, Option{w, app.ConditionIn(p, x.Book, w), true})
	}
	f.More = conditions(p, x.Book)
	return f
}

// conditions offers every category of every variable.
func conditions(p *locale.Printer, cb *codebook.Codebook) (all []Group) {
	for _, name := range query.Crossable(cb) {
		d, err := query.Categories(cb, name)
		if err != nil {
			continue
		}
		g := Group{Label: d.Label.In(p)}
		for _, c := range d.Cats {
			g.Options = append(g.Options, Option{Value: c.Set.String(), Text: c.Label.In(p)})
		}
		all = append(all, g)
	}
	return all
}

// variableChoices offers what a cross table can be made of.
func variableChoices(p *locale.Printer, cb *codebook.Codebook, chosen string) (all []Group) {
	for _, phase := range cb.Phases {
		g := Group{Label: phase.Label.In(p.Lang())}
		for _, name := range query.Crossable(cb) {
			if phaseOf(cb, name) == phase.ID {
				g.Options = append(g.Options, choiceOf(p, cb, name, chosen))
			}
		}
		if len(g.Options) > 0 {
			all = append(all, g)
		}
	}
	return all
}

func choiceOf(p *locale.Printer, cb *codebook.Codebook, name, chosen string) Option {
	d, err := query.Categories(cb, name)
	if err != nil {
		return Option{Value: name, Text: name}
	}
	return Option{name, d.Label.In(p), name == chosen}
}

// variableOf gives the variable that a name of a table's dimension is of; nil where it is of
// none, or of several.
func variableOf(cb *codebook.Codebook, name string) *codebook.Variable {
	switch name {
	case "hrv":
		return cb.Role(codebook.Honour)
	case "instrument", "risk":
		return cb.Role(codebook.Risk)
	case "dagar":
		return cb.Role(codebook.Closing)
	case "parter":
		return cb.Role(codebook.Collaboration)
	case "boende":
		return cb.Role(codebook.Support)
	case "orsak":
		return cb.Role(codebook.ClosingReason)
	}
	if g := cb.Grouping(name); g != nil {
		return cb.Variable(g.Of)
	}
	for _, v := range cb.Variables {
		if name == "v"+strconv.Itoa(v.Number) {
			return v
		}
	}
	for _, v := range query.OwnLocal(cb) {
		if name == v.Column {
			return v
		}
	}
	return nil
}

func phaseOf(cb *codebook.Codebook, name string) codebook.Phase {
	if v := variableOf(cb, name); v != nil {
		return v.Phase
	}
	return ""
}

// written writes a value, or why there is none.
func written(p *locale.Printer, v disclosure.Value) string {
	if !v.IsNumber() {
		return v.State().Mark()
	}
	return p.Int(v.Int())
}

// frame begins a page of results: whatever is on it is internal.
func frame(v *visit.Visit, title string) page.Frame { return v.Frame(title) }

// says tells how many cases are asked of, and of whom.
func says(v *visit.Visit, x *app.Results) []string {
	p := v.Text
	all := []string{p.T("result.of", "n", x.Cases.Int(), "enhet", x.UnitIn(p), "period", x.Ask.PeriodIn(p))}
	if len(x.Ask.Where) > 0 { // on paper the form that says it is not there
		all = append(all, p.T("result.only_where", "villkor", x.ConditionsIn(p)))
	}
	if x.Again.IsNumber() && x.Again.Int() > 0 {
		all = append(all, p.T("result.again", "n", x.Again.Int()))
	}
	return all
}

// noCases says that there is nothing to count, and leads on; nil where there is.
func noCases(v *visit.Visit, x *app.Results) *page.Empty {
	if !x.Cases.IsNumber() || x.Cases.Int() > 0 {
		return nil
	}
	return nothing(v, x)
}

// nothing leads to the same page of all cases or, where they were asked for, to the first case: only
// who may open one is led there.
func nothing(v *visit.Visit, x *app.Results) *page.Empty {
	e := &page.Empty{Title: v.Text.T("result.none"), Text: v.Text.T("result.none_text"), Link: &page.Link{Address: v.R.URL.Path, Text: v.Text.T("result.show_all")}}
	if x.Ask.Unit == "" && x.Ask.From.IsZero() && x.Ask.Till.IsZero() && len(x.Ask.Where) == 0 {
		e.Text, e.Link = v.Text.T("result.none_yet"), nil
		if v.By().May(access.WriteCase) {
			e.Link = &page.Link{Address: "/arenden/nytt", Text: v.Text.T("result.open_one")}
		}
	}
	return e
}
