// Package indicator is the pages on which a municipality or district goes through its own key
// figures for Kolada before they leave: the three counts, the cases behind them, the doubtful
// ones, what is returned, and the evidence of it. True small counts are on these pages only,
// and say that they are internal; the evidence, the file and all that is kept hold none. What
// counts is for the rules to say, and who may see it for app.
package indicator

import (
	"embed"
	"net/url"
	"strconv"

	"foljsam/internal/app"
	"foljsam/internal/disclosure"
	"foljsam/internal/fault"
	rules "foljsam/internal/indicator"
	"foljsam/internal/place"
	"foljsam/internal/web/visit"
)

// Templates are the pages', for page.New.
//
//go:embed template/*.html
var Templates embed.FS

// Address is where the pages are.
const Address = "/nyckeltal"

const casesAddress = "/arenden"

// Option is one thing to choose.
type Option struct {
	Value, Text string
	Chosen      bool
}

// Fact is one thing that is said.
type Fact struct{ Name, Text string }

// Start leads to a year: the one that was chosen, or the last whole one with cases.
func Start(v *visit.Visit) error {
	ask := asked(v)
	if year, err := strconv.Atoi(v.R.URL.Query().Get("ar")); err == nil && aYear(year) {
		ask.Year = year
		return v.Redirect(at(ask, "", nil))
	}
	year, err := v.App.FigureYear(v.R.Context(), v.By())
	if err != nil {
		return err
	}
	ask.Year = year
	return v.Redirect(at(ask, "", nil))
}

// readingWord is how the reading of the goal by the reason for closing is written in an address.
const readingWord = "avslutsorsak"

// asked reads what an address asks for.
func asked(v *visit.Visit) app.FiguresAsk {
	q := v.R.URL.Query()
	ask := app.FiguresAsk{Area: q.Get("enhet")}
	if !place.IsUnit(ask.Area) {
		ask.Area = ""
	}
	if q.Get("mal") == readingWord {
		ask.Reading = rules.ByReason
	}
	return ask
}

// askedYear reads the year too; an address without one is no page.
func askedYear(v *visit.Visit) (app.FiguresAsk, error) {
	ask := asked(v)
	year, err := strconv.Atoi(v.R.PathValue("ar"))
	if err != nil || !aYear(year) || year > v.App.Now().Year() {
		return ask, fault.New(fault.NotFound, "visit.not_found")
	}
	ask.Year = year
	return ask, nil
}

// postedYear reads what was posted about a year.
func postedYear(v *visit.Visit) (ask app.FiguresAsk, posted url.Values, err error) {
	if ask, err = askedYear(v); err == nil {
		posted, err = v.Posted()
	}
	return ask, posted, err
}

func aYear(y int) bool { return y >= 1990 && y <= 2999 }

// at gives the address of a page of a year, with what else it asks for.
func at(ask app.FiguresAsk, below string, more url.Values) string {
	q := url.Values{}
	for name, values := range more {
		q[name] = values
	}
	if ask.Area != "" {
		q.Set("enhet", ask.Area)
	}
	if ask.Reading == rules.ByReason {
		q.Set("mal", readingWord)
	}
	address := Address + "/" + strconv.Itoa(ask.Year) + below
	if len(q) > 0 {
		address += "?" + q.Encode()
	}
	return address
}

// pageNr reads which page of a list is asked for, from 0.
func pageNr(v *visit.Visit) int {
	n, _ := strconv.Atoi(v.R.URL.Query().Get("sida"))
	return max(0, n-1)
}

// Steps lead through the pages of a list.
type Steps struct {
	Before, After string
	Text          string
}

// stepsOf gives the ways to the pages beside one; nil where there is one page.
func stepsOf(v *visit.Visit, at func(page int) string, page, pages int) *Steps {
	if pages < 2 {
		return nil
	}
	s := &Steps{Text: v.Text.T("indicator.page_of", "sida", page+1, "av", pages)}
	if page > 0 {
		s.Before = at(page - 1)
	}
	if page < pages-1 {
		s.After = at(page + 1)
	}
	return s
}

func onPage(page int) url.Values { return url.Values{"sida": {strconv.Itoa(page + 1)}} }

func with(q url.Values, name, value string) url.Values {
	if value != "" {
		q.Set(name, value)
	}
	return q
}

// figureName names a key figure.
func figureName(v *visit.Visit, f rules.Figure) string {
	return v.Text.T("indicator.figure_" + strconv.Itoa(int(f)))
}

// leaves writes a count as it leaves.
func leaves(v *visit.Visit, c rules.Count) string {
	if n, ok := c.Number(); ok {
		return v.Text.Int(int64(n))
	}
	if c.IsSecret() {
		return v.Text.T("indicator.secret")
	}
	return v.Text.T("indicator.not_returned")
}

func number(v *visit.Visit, n disclosure.ListCount) string { return v.Text.Int(int64(n.N())) }

// about writes which key figures something is about: "1, 2".
func about(v *visit.Visit, figures [3]bool) string {
	text := ""
	for i, is := range figures {
		if is {
			if text != "" {
				text += ", "
			}
			text += strconv.Itoa(i + 1)
		}
	}
	if text == "" {
		return v.Text.T("indicator.no_figure")
	}
	return text
}
