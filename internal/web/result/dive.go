package result

import (
	"cmp"
	"html/template"
	"net/url"
	"slices"
	"strings"

	"foljsam/internal/app"
	"foljsam/internal/codebook"
	"foljsam/internal/disclosure"
	"foljsam/internal/fault"
	"foljsam/internal/locale"
	"foljsam/internal/query"
	"foljsam/internal/report"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

const diveAddress = Address + "/fordjupning/"

// DivePage is a part of the cases beside the rest, in one question after another.
type DivePage struct {
	Title    string
	Text     string
	Filter   Filter
	Says     []string
	Lead     []string       // the clearest differences
	Drawn    []DiveQuestion // the questions that they are in
	Phases   []DivePhase
	Groups   []page.Link // other parts
	Looks    string
	AskTest  string
	Method   []Fact
	Facts    []Fact
	Marks    []Fact
	Files    []page.Link
	Whole    *page.Link // where one question stands alone: the whole dive
	Overview string
	None     *page.Empty
	Kept     Notes
}

// DivePhase is the questions of a part of the form.
type DivePhase struct {
	Title     string
	Questions []DiveQuestion
}

// DiveQuestion is one question.
type DiveQuestion struct {
	ID, Title    string
	Address      string
	Wide, Narrow template.HTML
	Notes        []string
	Table        page.Table
}

// Dive shows a closer look at a part of the cases.
func Dive(v *visit.Visit) error {
	a, err := ask(v)
	if err != nil {
		return err
	}
	d, more, err := diveOf(v, a)
	if err != nil {
		return err
	}
	p := v.Text
	test := v.R.URL.Query().Get("prova") == "ja"
	name := partIn(p, d)
	x := DivePage{Title: p.T("result.dive_title", "del", name), Text: p.T("result.dive_" + d.Dive.ID), Says: says(v, d.Results), None: noCases(v, d.Results), Marks: marks(p), Overview: addressOf(Address, a, nil)}
	alone := more.Get("variabel") != ""
	if alone {
		x.Title = p.T("result.dive_of", "fraga", d.Asked[0].Table.Table().Title.In(p), "del", name)
	}
	f := frame(v, x.Title)
	base := diveAddress + d.Dive.ID
	x.Filter = filterOf(v, base, d.Results)
	x.Filter.Keep = kept(more, test)
	if x.None == nil && d.parts() {
		x.None = &page.Empty{Title: p.T("result.dive_none"), Text: p.T("result.dive_none_text", "del", name), Link: &page.Link{Address: x.Overview, Text: p.T("result.title")}}
	}
	x.Groups = otherParts(p, d, a, base)
	if alone {
		x.Whole = &page.Link{Address: addressOf(base, a, url.Values{"grupp": {d.Group.ID}}), Text: p.T("result.dive_whole")}
	}
	if x.None == nil {
		x.fill(v, d, a, alone, test)
		x.Files = fileLinks(v, base+"/fil/", a, more)
		if !alone { // of many tables there is one file that holds them all
			x.Files = []page.Link{{Address: addressOf(base+"/fil/xlsx", a, more), Text: p.T("result.file_xlsx")}}
		}
		if !test {
			with := url.Values{"prova": {"ja"}}
			for k, s := range more {
				with[k] = s
			}
			x.AskTest = addressOf(base, a, with) + "#slump"
		}
	}
	if x.Kept, err = notes(v, x.Title, d.Results); err != nil {
		return err
	}
	x.Kept.tell(v, &f)
	return v.Show("result-dive.html", f, x)
}

// dived is a dive with what pages ask of it.
type dived struct{ *app.Dived }

// parts tells whether the part or the rest has no case.
func (d dived) parts() bool {
	for _, a := range d.Asked {
		if a.Table.BaseOf(0, 0).Int() > 0 && a.Table.BaseOf(0, len(a.Compared)).Int() > 0 {
			return false
		}
	}
	return true
}

func diveOf(v *visit.Visit, a app.ResultAsk) (d dived, more url.Values, err error) {
	q := v.R.URL.Query()
	x, err := v.App.Dive(v.R.Context(), v.By(), a, v.R.PathValue("del"), q.Get("grupp"), q.Get("variabel"))
	if err != nil {
		return d, nil, err
	}
	more = url.Values{"grupp": {x.Group.ID}}
	if q.Get("variabel") != "" {
		more.Set("variabel", q.Get("variabel"))
	}
	return dived{x}, more, nil
}

// kept is what a form with the filters must carry along.
func kept(more url.Values, test bool) (all []Fact) {
	for _, k := range []string{"grupp", "variabel"} {
		if s := more.Get(k); s != "" {
			all = append(all, Fact{k, s})
		}
	}
	if test {
		all = append(all, Fact{"prova", "ja"})
	}
	return all
}

// partIn names the part.
func partIn(p *locale.Printer, d dived) string { return d.Group.Label.In(p) }

func otherParts(p *locale.Printer, d dived, a app.ResultAsk, base string) (all []page.Link) {
	for _, g := range d.Dive.Groups {
		if g.ID != d.Group.ID {
			all = append(all, page.Link{Address: addressOf(base, a, url.Values{"grupp": {g.ID}}), Text: g.Label.In(p)})
		}
	}
	return all
}

func (x *DivePage) fill(v *visit.Visit, d dived, a app.ResultAsk, alone, test bool) {
	p := v.Text
	if alone {
		q := question(v, d, d.Asked[0], a, true, test)
		x.Drawn = []DiveQuestion{q}
		t := d.Asked[0].Table.Table()
		s, _ := report.Show(d.Results.Release, t.ID, p)
		x.Facts = explained(v, d.Results, s, t)
	} else {
		x.Facts = d.facts(v)
	}
	for _, c := range d.clearest() {
		x.Lead = append(x.Lead, clearText(p, c))
		if !alone && !slices.ContainsFunc(x.Drawn, func(q DiveQuestion) bool { return q.ID == c.asked.ID }) && len(x.Drawn) < mostDrawn {
			x.Drawn = append(x.Drawn, question(v, d, c.asked, a, true, test))
		}
	}
	switch {
	case d.Looks == 0:
		x.Lead = []string{p.T("result.dive_too_few")}
	case len(x.Lead) == 0 && !alone:
		x.Lead = []string{p.T("result.dive_alike", "n", d.Looks)}
	}
	if !alone {
		x.Phases = phases(v, d, a, test)
	}
	if d.Looks > 0 {
		x.Looks = p.T("result.dive_looks", "n", d.Looks)
	}
	for _, key := range []string{"rest", "interval", "chance", "choices", "clients", "few"} {
		x.Method = append(x.Method, Fact{p.T("result.dive_m_" + key), p.T("result.dive_m_" + key + "_text")})
	}
}

// mostDrawn is how many questions are drawn of those with the clearest differences, and
// mostSaid how many differences are said.
const mostDrawn, mostSaid = 4, 6

// clear is a difference that chance seldom makes, however many were looked at.
type clear struct {
	asked    app.DiveAsked
	category int
	app.Compared
}

// clearest gives them, the largest first.
func (d dived) clearest() (all []clear) {
	for _, a := range d.Asked {
		for i, c := range a.Compared {
			if c.Made && c.Holm.Value.IsNumber() && c.Holm.Value.Float() < chance {
				all = append(all, clear{a, i, c})
			}
		}
	}
	size := func(c clear) float64 { return max(c.Apart.Value.Float(), -c.Apart.Value.Float()) }
	slices.SortStableFunc(all, func(x, y clear) int { return cmp.Compare(size(y), size(x)) })
	return all[:min(len(all), mostSaid)]
}

func clearText(p *locale.Printer, c clear) string {
	t := c.asked.Table.Table()
	return p.T("result.dive_clear", "fraga", t.Title.In(p), "svar", t.Dims[1].Cats[c.category].Label.In(p), "del", percentText(p, c.Part.Value), "resten", percentText(p, c.Rest.Value),
		"skillnad", pointsText(p, c.Apart, false))
}

// question shows one question of a dive, drawn where that is wanted.
func question(v *visit.Visit, d dived, a app.DiveAsked, ask app.ResultAsk, drawn, test bool) DiveQuestion {
	p, t := v.Text, a.Table.Table()
	q := DiveQuestion{ID: a.ID, Title: t.Title.In(p), Address: addressOf(diveAddress+d.Dive.ID, ask, url.Values{"grupp": {d.Group.ID}, "variabel": {a.ID}})}
	if drawn {
		s, _ := report.Show(d.Results.Release, t.ID, p)
		q.Wide, q.Narrow, q.Notes = s.Wide, s.Narrow, s.Notes
	}
	q.Table = page.Table{Caption: q.Title, Head: []page.Head{{Text: t.Dims[1].Label.In(p)}}}
	for g := range t.Dims[0].Cats {
		n := a.Table.BaseOf(0, t.Index(g, 0))
		q.Table.Head = append(q.Table.Head, page.Head{Text: p.T("result.beside_of", "period", t.Dims[0].Cats[g].Label.In(p), "n", written(p, n)), Number: true})
	}
	q.Table.Head = append(q.Table.Head, page.Head{Text: p.T("result.difference"), Number: true}, page.Head{Text: p.T("result.dive_chance"), Number: test})
	for i, c := range a.Compared {
		row := page.Row{{Text: t.Dims[1].Cats[i].Label.In(p)}}
		scarce := false
		for g := range t.Dims[0].Cats {
			at := t.Index(g, i)
			scarce = scarce || few(a.Table.BaseOf(0, at))
			row = append(row, page.Cell{Text: shareText(p, a.Table.Cell(0, at), a.Table.BaseOf(0, at))})
		}
		q.Table.Rows = append(q.Table.Rows, append(row, page.Cell{Text: pointsText(p, c.Apart, scarce)}, page.Cell{Text: chanceText(p, c, test)}))
	}
	return q
}

// chanceText says whether chance may have made a difference; the p-value only where it was asked
// for.
func chanceText(p *locale.Printer, c app.Compared, test bool) string {
	switch {
	case !c.Made || !c.Holm.Value.IsNumber():
		return disclosure.NotApplicable.Mark()
	case test:
		return p.T("result.dive_p", "p", probability(p, c.P.Value.Float()), "holm", probability(p, c.Holm.Value.Float()), "metod", p.T(c.P.Method))
	case c.Holm.Value.Float() < chance:
		return p.T("result.dive_differ")
	}
	return p.T("result.dive_may")
}

// phases puts the questions in the form's order, under its parts.
func phases(v *visit.Visit, d dived, a app.ResultAsk, test bool) (all []DivePhase) {
	of := func(phase codebook.Phase, title string) {
		one := DivePhase{Title: title}
		for _, q := range d.Asked {
			if phaseOf(d.Book, q.ID) == phase {
				one.Questions = append(one.Questions, question(v, d, q, a, false, test))
			}
		}
		if len(one.Questions) > 0 {
			all = append(all, one)
		}
	}
	for _, p := range d.Book.Phases {
		of(p.ID, p.Label.In(v.Text.Lang()))
	}
	of("", v.Text.T("result.dive_other"))
	return all
}

// facts is what a dive as a whole answers for itself with.
func (d dived) facts(v *visit.Visit) []Fact {
	p := v.Text
	return []Fact{
		{p.T("result.dive_part"), partIn(p, d)},
		{p.T("result.rule"), strings.Join([]string{d.Group.Set.String(), d.Group.Rest.String()}, " ; ")},
		{p.T("result.base"), p.T("result.dive_base")},
		{p.T("result.missing"), p.T("result.dive_missing")},
		{p.T("result.unit"), d.UnitIn(p)},
		{p.T("result.period_word"), d.Ask.PeriodIn(p)},
		{p.T("result.filter"), d.ConditionsIn(p)},
		{p.T("result.codebook"), codebookIn(p, d.Book)},
		{p.T("result.read"), v.When(d.Results.Release.About.Read[1])},
		{p.T("result.audience"), p.T("result.audience_text")},
	}
}

func codebookIn(p *locale.Printer, cb *codebook.Codebook) string {
	return p.T("result.codebook_named", "titel", cb.Title.In(p.Lang()), "namn", cb.Named())
}

// DiveFile sends a dive as a workbook, or one question of it as any file.
func DiveFile(v *visit.Visit) error {
	a, err := ask(v)
	if err != nil {
		return err
	}
	d, more, err := diveOf(v, a)
	switch {
	case err != nil:
		return err
	case more.Get("variabel") == "" && v.R.PathValue("slag") != "xlsx":
		return fault.New(fault.NotFound, "result.no_figure")
	}
	return sendFile(v, d.Results, d.Asked[0].Table.ID())
}

// dives leads to every dive, and to the page on risk.
func dives(v *visit.Visit, r *app.Results) (all []page.Link) {
	all = []page.Link{{Address: addressOf(riskAddress, r.Ask, nil), Text: v.Text.T("result.to_risk")}, {Address: addressOf(tagsAddress, r.Ask, nil), Text: v.Text.T("result.to_tags")}}
	for _, d := range query.Dives(r.Book) {
		all = append(all, page.Link{Address: addressOf(diveAddress+d.ID, r.Ask, nil), Text: v.Text.T("result.to_dive_" + d.ID)})
	}
	return all
}
