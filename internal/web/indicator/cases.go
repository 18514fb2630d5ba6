package indicator

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"foljsam/internal/app"
	"foljsam/internal/codebook"
	"foljsam/internal/fault"
	rules "foljsam/internal/indicator"
	"foljsam/internal/record"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

// CasesPage is the cases behind a key figure.
type CasesPage struct {
	Title string
	Means string
	Cases page.Table
	Steps *Steps
	Back  string
	Year  string
}

// Cases shows the cases behind a key figure.
func Cases(v *visit.Visit) error {
	ask, err := askedYear(v)
	if err != nil {
		return err
	}
	nr, _ := strconv.Atoi(v.R.PathValue("nr")) // 0: not found
	f, err := v.App.FigureCases(v.R.Context(), v.By(), ask, rules.Figure(nr), pageNr(v))
	if err != nil {
		return err
	}
	p, year := v.Text, strconv.Itoa(f.Year)
	x := CasesPage{Title: p.T("indicator.cases_title", "nr", nr, "ar", year), Means: means(v, f.Reading)[f.Figure.Index()].Text, Back: at(f.FiguresAsk, "", nil), Year: year}
	x.Cases = casesTable(v, f)
	x.Steps = stepsOf(v, func(n int) string { return at(f.FiguresAsk, "/arenden/"+strconv.Itoa(nr), onPage(n)) }, f.Page, f.Pages)
	return v.Show("indicator-cases.html", v.Frame(x.Title), x)
}

func casesTable(v *visit.Visit, f *app.FigureCases) page.Table {
	p := v.Text
	t := page.Table{Caption: p.T("indicator.cases_caption", "nyckeltal", figureName(v, f.Figure), "n", f.Of.N()), Empty: p.T("indicator.cases_none"),
		Head: []page.Head{{Text: p.T("indicator.case")}, {Text: p.T("indicator.unit")}, {Text: p.T("indicator.worker")}, {Text: p.T("indicator.intake")}}}
	support, goal := f.Figure == rules.Supported, f.Figure == rules.GoalMet
	if support {
		t.Head = append(t.Head, page.Head{Text: p.T("indicator.support_from")}, page.Head{Text: p.T("indicator.support_till")})
	}
	t.Head = append(t.Head, page.Head{Text: p.T("indicator.closed")})
	if goal {
		t.Head = append(t.Head, page.Head{Text: p.T("indicator.goal")}, page.Head{Text: p.T("indicator.reason")})
	}
	decided := slices.ContainsFunc(f.Cases, func(c app.FigureCase) bool { return c.Decided })
	if decided {
		t.Head = append(t.Head, page.Head{Text: p.T("indicator.why")})
	}
	for _, c := range f.Cases {
		row := caseCells(v, c.Listed)
		if support {
			row = append(row, page.Cell{Text: day(v, c.Support.Began)}, page.Cell{Text: day(v, c.Support.Ended)})
		}
		row = append(row, page.Cell{Text: day(v, c.Closed)})
		if goal {
			row = append(row, page.Cell{Text: label(v, codebook.GoalReached, c.Reached)}, page.Cell{Text: label(v, codebook.ClosingReason, c.Reason)})
		}
		if decided {
			row = append(row, page.Cell{Text: p.T(whyKey[c.Decided])})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// whyKey says by what a case counts: by a decision, or by the rules.
var whyKey = map[bool]string{true: "indicator.by_decision", false: "indicator.by_rules"}

func caseCells(v *visit.Visit, c app.Listed) page.Row {
	return page.Row{{Text: c.CaseCode, Address: casesAddress + "/" + url.PathEscape(c.ID), Written: true}, {Text: c.UnitName, Written: true}, {Text: c.Worker, Written: true}, {Text: day(v, c.Intake)}}
}

func day(v *visit.Visit, d record.Day) string {
	if d == record.NoDay {
		return ""
	}
	return page.Date(v.Text, d.Time())
}

// label gives the words of a code of a question.
func label(v *visit.Visit, r codebook.Role, code string) string {
	n, err := strconv.Atoi(code)
	q := v.App.Codebook().Role(r)
	if err != nil || q == nil || q.Code(n) == nil {
		return v.Text.T("indicator.not_registered")
	}
	return q.Code(n).Brief().In(v.Text.Lang())
}

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
	Facts   []Fact
	Post    string // address
	Hidden  []Fact
	Choices []Option
	Note    string
	Decided string // by whom and when; empty: not
	Fault   string
}

// Doubts shows the doubtful cases.
func Doubts(v *visit.Visit) error { return doubts(v, nil, nil) }

// Decide keeps what somebody decided of a doubtful case.
func Decide(v *visit.Visit) error {
	ask, err := askedYear(v)
	if err != nil {
		return err
	}
	posted, err := v.Posted()
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
	d, err := v.App.FigureDoubts(v.R.Context(), v.By(), ask, kind, pageNr(v))
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
	x.Facts = []Fact{{p.T("indicator.unit"), c.UnitName}, {p.T("indicator.worker"), c.Worker}, {p.T("indicator.intake"), day(v, c.Intake)}, {p.T("indicator.closed"), orNot(v, day(v, c.Closed))}}
	if c.Kind == rules.GoalDiffers {
		x.Facts = append(x.Facts, Fact{p.T("indicator.goal"), label(v, codebook.GoalReached, c.Reached)}, Fact{p.T("indicator.reason"), label(v, codebook.ClosingReason, c.Reason)})
	}
	if c.Kind == rules.SupportLasting {
		x.Facts = append(x.Facts, Fact{p.T("indicator.support_from"), day(v, c.Support.Began)})
	}
	for _, o := range c.Others {
		x.Facts = append(x.Facts, Fact{p.T("indicator.other_case"), o.CaseCode + " · " + o.UnitName})
	}
	x.Facts = append(x.Facts, Fact{p.T("indicator.concerns"), about(v, c.Figures)}, Fact{p.T("indicator.counts_by_rules"), about(v, c.Rule)}, Fact{p.T("indicator.counts_now"), about(v, c.Counts)})
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

func orNot(v *visit.Visit, text string) string {
	if text == "" {
		return v.Text.T("indicator.still_open")
	}
	return text
}
