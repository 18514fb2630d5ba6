package indicator

import (
	"net/http"
	"net/url"
	"strconv"

	"foljsam/internal/app"
	"foljsam/internal/fault"
	rules "foljsam/internal/indicator"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

// DoubtsPage is the cases that the rules leave in doubt.
type DoubtsPage struct {
	Title string
	Intro string
	Kinds []Option // Value is an address
	Cases []DoubtCard
	Of    string
	Steps *Steps
	Back  string
	None  page.Empty
}

// DoubtCard is one case in doubt for one reason.
type DoubtCard struct {
	Owner   string // whose page it is
	Nr      string
	Case    page.Cell
	Kind    string
	Why     string
	Facts   []CardFact
	Post    string // address
	Hidden  []Fact
	Choices []Option
	Note    string
	Decided string // by whom and when; empty: not
	Theirs  string // what whoever decided meanwhile wrote; empty: nothing, or nobody did
	Fault   string
}

// CardFact is something to know before one decides; it may lead somewhere.
type CardFact struct {
	Name string
	page.Cell
}

// Doubts shows the doubtful cases.
func Doubts(v *visit.Visit) error { return doubts(v, url.Values{}, nil) }

// Decide keeps what somebody decided of a doubtful case.
func Decide(v *visit.Visit) error {
	ask, posted, err := postedYear(v)
	if err != nil {
		return err
	}
	seen, _ := strconv.Atoi(posted.Get("version")) // 0: nobody had decided
	err = v.App.DecideFigure(v.R.Context(), v.By(), app.FigureDecide{Year: ask.Year, Case: posted.Get("arende"), Kind: rules.DoubtKind(posted.Get("slag")),
		Verdict: app.FigureVerdict(posted.Get("beslut")), Note: posted.Get("anteckning"), Seen: seen})
	switch kind := fault.KindOf(err); {
	case err != nil && (kind == fault.Invalid || kind == fault.Conflict):
		return doubts(v, posted, err)
	case err != nil:
		return err
	}
	q := with(url.Values{"gjort": {"beslut"}}, "typ", v.R.URL.Query().Get("typ"))
	return v.Redirect(at(ask, "/tveksamma", with(q, "sida", v.R.URL.Query().Get("sida"))))
}

// doubts shows the list; at the case that was posted what was wrong.
func doubts(v *visit.Visit, posted url.Values, wrong error) error {
	ask, err := askedYear(v)
	if err != nil {
		return err
	}
	kind := rules.DoubtKind(v.R.URL.Query().Get("typ"))
	d, err := v.App.FigureDoubts(v.R.Context(), v.By(), ask, app.DoubtsAsk{Kind: kind, Page: pageNr(v), First: posted.Get("arende"), FirstKind: rules.DoubtKind(posted.Get("slag"))})
	if err != nil {
		return err
	}
	p := v.Text
	f := v.Frame(p.T("indicator.doubts_title", "ar", strconv.Itoa(d.Year)))
	x := DoubtsPage{Title: f.Title, Back: at(d.FiguresAsk, "", nil), Of: p.T("indicator.doubts_of", "n", d.Of.N()), Intro: p.T("indicator.doubts_intro"),
		None: page.Empty{Title: p.T("indicator.doubts_none"), Text: p.T("indicator.doubts_none_text")}}
	x.kinds(v, d)
	address := func(n int) string {
		return at(d.FiguresAsk, "/tveksamma", with(onPage(n), "typ", string(kind)))
	}
	for i, c := range d.Cases {
		one := cardOf(v, c, strconv.Itoa(i+1))
		one.Post = address(d.Page)
		if wrong != nil && posted.Get("arende") == c.ID && posted.Get("slag") == string(c.Kind) {
			one.Fault, one.Note = p.Error(wrong), posted.Get("anteckning")
			if c.Note != "" && c.Note != one.Note {
				one.Theirs = p.T("indicator.they_wrote", "text", c.Note)
			}
			f.Faults = append(f.Faults, page.Fault{ID: "beslut-" + one.Nr, Text: one.Fault})
		}
		x.Cases = append(x.Cases, one)
	}
	if wrong != nil {
		f.Status = http.StatusUnprocessableEntity
		if fault.KindOf(wrong) == fault.Conflict {
			f.Status = http.StatusConflict
		}
		if len(f.Faults) == 0 {
			f.Faults = []page.Fault{{Text: p.Error(wrong)}}
		}
	}
	x.Steps = stepsOf(v, address, d.Page, d.Pages)
	if v.R.URL.Query().Get("gjort") == "beslut" && wrong == nil {
		f.Messages = append(f.Messages, page.Message{Kind: page.Done, Text: p.T("indicator.decided_saved")})
	}
	return v.Show("indicator-doubts.html", f, x)
}

func (x *DoubtsPage) kinds(v *visit.Visit, d *app.FigureDoubts) {
	p, all := v.Text, 0
	for _, k := range d.Kinds {
		all += k.All.N()
	}
	x.Kinds = append(x.Kinds, Option{at(d.FiguresAsk, "/tveksamma", nil), p.T("indicator.doubts_all", "n", all), d.Kind == ""})
	for _, k := range d.Kinds {
		x.Kinds = append(x.Kinds, Option{at(d.FiguresAsk, "/tveksamma", url.Values{"typ": {string(k.Kind)}}),
			p.T("indicator.doubt_n", "vad", p.T("indicator.doubt_"+string(k.Kind)), "n", k.All.N()), d.Kind == k.Kind})
	}
}

func cardOf(v *visit.Visit, c app.DoubtfulCase, nr string) DoubtCard {
	p := v.Text
	x := DoubtCard{Owner: v.Owner(), Nr: nr, Kind: p.T("indicator.doubt_" + string(c.Kind)), Case: page.Cell{Text: c.CaseCode, Address: casesAddress + "/" + url.PathEscape(c.ID), Written: true}, Note: c.Note,
		Why: p.T("indicator.why_" + string(c.Kind)), Hidden: []Fact{{"arende", c.ID}, {"slag", string(c.Kind)}, {"version", strconv.Itoa(c.Version)}}}
	x.Facts = factsOf(v, c)
	for _, verdict := range []app.FigureVerdict{app.CaseCounts, app.CaseNot, app.AsTheRules} {
		if verdict == app.AsTheRules && c.Version == 0 {
			continue
		}
		x.Choices = append(x.Choices, Option{string(verdict), p.T("indicator.verdict_" + string(verdict)), c.Version > 0 && verdict == c.Verdict})
	}
	if c.Version > 0 {
		x.Decided = p.T("indicator.decided_by", "vad", p.T("indicator.verdict_"+string(c.Verdict)), "namn", c.By, "tid", v.When(c.Decided.At))
	}
	return x
}
