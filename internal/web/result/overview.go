package result

import (
	"strconv"

	"foljsam/internal/access"
	"foljsam/internal/app"
	"foljsam/internal/codebook"
	"foljsam/internal/query"
	"foljsam/internal/report"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

// sections are the parts of the overview in the order of the turn, with the tables that are
// their cards.
var sections = []struct {
	id     string
	tables []string
}{
	{"varv", []string{"d01"}},
	{"vem", []string{"d02", "d03", "d05"}},
	{"vald", []string{"d07", "d08"}},
	{"stod", []string{"d09", "d11"}},
	{"utfall", []string{"d15", "d14"}},
	{"klienter", []string{"d18", "d19", answered}},
	{"tid", []string{"d16"}},
	{"risk", []string{"d26", "d27"}},
}

// diagrams is how many diagrams the report has.
const diagrams = 27

// OverviewPage is the unit's turn at a glance.
type OverviewPage struct {
	Title    string
	Filter   Filter
	Says     []string
	Sections []Section
	Dives    []page.Link // a part beside the rest
	Deeper   []page.Link // the same with one more condition
	All      []page.Link // every diagram
	Own      []page.Link // of the register's own questions
	Cross    string
	None     *page.Empty
	Kept     Notes
	Papers   []page.Link     // the year in two minutes, and the board's paper
	Order    *page.OrderForm // nil: the reader may not order
	Coding   bool            // there are exercises in coding to go to
}

// Section is a part of the overview.
type Section struct {
	ID, Title string
	Cards     []Card
}

// Card is one figure.
type Card struct {
	report.Shown
	Address string // its own
	Files   []page.Link
	Facts   []Fact
}

// Overview shows the turn at a glance.
func Overview(v *visit.Visit) error {
	a, err := ask(v)
	if err != nil {
		return err
	}
	var ids []string
	for _, s := range sections {
		ids = append(ids, s.tables...)
	}
	r, err := v.App.Results(v.R.Context(), v.By(), a, ids...)
	if err != nil {
		return err
	}
	p := v.Text
	f := frame(v, p.T("result.title"))
	x := OverviewPage{Title: f.Title, Filter: filterOf(v, Address, r), Says: says(v, r), Cross: addressOf(crossAddress, a, nil), None: noCases(v, r)}
	if x.None == nil {
		for _, s := range sections {
			one := Section{ID: s.id, Title: p.T("result.section_" + s.id)}
			for _, id := range s.tables {
				if c, ok := cardOf(v, r, id); ok {
					if id == answered {
						c = c.compared(v, r)
					}
					one.Cards = append(one.Cards, c)
				}
			}
			x.Sections = append(x.Sections, one)
		}
		x.Dives, x.Deeper = dives(v, r), deeper(v, r)
		x.Papers = []page.Link{{Address: "/ar", Text: p.T("result.to_year")}}
		if v.By().May(access.MakePaper) {
			x.Papers = append(x.Papers, page.Link{Address: "/namndunderlag", Text: p.T("result.to_paper")})
		}
	}
	titles := map[string]string{}
	for _, t := range query.Report(r.Book) {
		titles[t.ID] = t.Title.In(p)
	}
	for n := 1; n <= diagrams; n++ {
		id := diagramID(n)
		x.All = append(x.All, page.Link{Address: addressOf(figureAddress+id, a, nil), Text: p.T("result.numbered", "nr", strconv.Itoa(n), "fraga", titles[id])})
	}
	for _, o := range query.OwnLocal(r.Book) {
		x.Own = append(x.Own, page.Link{Address: addressOf(figureAddress+query.OwnTable(o), a, nil), Text: o.Label.In(p.Lang())})
	}
	if x.Kept, err = notes(v, f.Title, r); err != nil {
		return err
	}
	x.Kept.tell(v, &f)
	x.Order = v.OrderForm(&f, f.Title, x.Kept.Unit)
	x.Coding = v.By().May(access.SetCoding) || v.By().May(access.CodeCases)
	return v.Show("result-overview.html", f, x)
}

func diagramID(n int) string {
	if n < 10 {
		return "d0" + strconv.Itoa(n)
	}
	return "d" + strconv.Itoa(n)
}

// cardOf makes the card of a table of a release.
func cardOf(v *visit.Visit, r *app.Results, id string) (Card, bool) {
	s, ok := report.Show(r.Release, id, v.Text)
	if !ok {
		return Card{}, false
	}
	c := Card{Shown: s, Address: addressOf(figureAddress+id, r.Ask, nil), Files: fileLinks(v, figureAddress+id+"/fil/", r.Ask, nil)}
	c.Facts = explained(v, r, s, r.Release.Table("", id).Table())
	return c, true
}

// deeper leads to the same overview of a part of the cases.
func deeper(v *visit.Visit, r *app.Results) (all []page.Link) {
	p, cb := v.Text, r.Book
	add := func(s query.Set, text string) {
		a := r.Ask
		for _, w := range a.Where {
			if w == s.String() {
				return
			}
		}
		a.Where = append(append([]string{}, a.Where...), s.String())
		all = append(all, page.Link{Address: addressOf(Address, a, nil), Text: text})
	}
	for _, role := range []codebook.Role{codebook.Honour, codebook.Sex, codebook.Disability, codebook.GoalReached, codebook.Change} {
		x := cb.Role(role)
		if x == nil {
			continue
		}
		for i, c := range x.Codes {
			if i == 0 || role == codebook.Sex || role == codebook.Disability && i < 3 {
				s := query.Codes(x.Number, c.Code)
				add(s, app.ConditionIn(p, cb, s.String()))
			}
		}
	}
	return all
}
