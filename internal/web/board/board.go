// Package board is the pages for who leads: a year in two minutes, and the paper for the board.
// The year is internal and says so; the paper is for publication unless somebody has chosen that
// it is internal. No page here shows a case.
package board

import (
	"embed"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"foljsam/internal/app"
	"foljsam/internal/report"
	"foljsam/internal/web/visit"
)

// Templates are the pages', for page.New.
//
//go:embed template/*.html
var Templates embed.FS

// Where the pages are.
const (
	YearAddress  = "/ar"
	Address      = "/namndunderlag"
	paperAddress = Address + "/papper"
	figures      = "/resultat/d/"
)

// Option is one thing to choose.
type Option struct {
	Value, Text string
	Chosen      bool
}

// internalWord is what an address says where a paper is internal.
const internalWord = "internt"

// asked reads what an address asks for. A year and days are one or the other.
func asked(v *visit.Visit) (app.PaperAsk, error) {
	q := v.R.URL.Query()
	a := app.PaperAsk{Parts: slices.Clone(q["del"]), Thoughts: q.Get("tankar") == "ja"}
	a.Public = q.Get("for") != internalWord
	for _, u := range q["enhet"] {
		if u != "" && !slices.Contains(a.Units, u) {
			a.Units = append(a.Units, u)
		}
	}
	var err error
	a.From, a.Till, err = visit.PeriodIn(q)
	return a, err
}

// addressOf writes what is asked as an address, the same for the same paper.
func addressOf(a app.PaperAsk) string {
	q := url.Values{}
	visit.PeriodOn(q, a.ResultAsk)
	if len(a.Units) > 0 {
		q["enhet"] = slices.Sorted(slices.Values(a.Units))
	}
	if len(a.Parts) > 0 && len(a.Parts) < len(report.BoardParts()) {
		q["del"] = slices.Sorted(slices.Values(a.Parts))
	}
	if !a.Public {
		q.Set("for", internalWord)
	}
	if a.Thoughts {
		q.Set("tankar", "ja")
	}
	if len(q) == 0 {
		return paperAddress
	}
	return paperAddress + "?" + q.Encode()
}

// periodText says a period in a title: "2025", or its days.
func periodText(v *visit.Visit, from, till time.Time) string {
	p := v.Text
	switch {
	case from.IsZero() && till.IsZero():
		return ""
	case app.ResultAsk{From: from, Till: till}.Year() != 0:
		return strconv.Itoa(from.Year())
	case till.IsZero():
		return p.T("report.period_from", "from", p.Date(from))
	case from.IsZero():
		return p.T("report.period_till", "till", p.Date(till))
	}
	return p.T("report.period", "from", p.Date(from), "till", p.Date(till))
}

// paperOf says what the documents of a paper are besides their figures.
func paperOf(v *visit.Visit, x *app.Paper, ask app.PaperAsk) report.Paper {
	d := report.Paper{From: v.Who.At.Name, Parts: ask.Parts, Clock: v.When(x.Release.About.Read[1]), Address: v.App.Public() + addressOf(ask)}
	d.Title = strings.TrimSpace(v.Text.T("board.title", "period", periodText(v, ask.From, ask.Till)))
	for _, u := range x.Chosen {
		d.Units = append(d.Units, u.Name)
	}
	if from, till, ok := x.Earlier(); ok {
		d.Earlier = periodText(v, from, till)
	}
	for _, n := range x.Thoughts {
		d.Thoughts = append(d.Thoughts, report.Thought{Title: n.Title, Text: n.Text, When: thoughtWhen(v, n.Person, n.Made, n.Again)})
	}
	return d
}

func thoughtWhen(v *visit.Visit, who string, made time.Time, again string) string {
	if again == "" {
		return v.Text.T("board.thought_when", "namn", who, "dag", v.Date(made))
	}
	return v.Text.T("board.thought_again", "namn", who, "dag", v.Date(made), "igen", again)
}
