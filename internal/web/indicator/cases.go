package indicator

import (
	"net/url"
	"slices"
	"strconv"

	"foljsam/internal/app"
	"foljsam/internal/codebook"
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
