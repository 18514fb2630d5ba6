package board

import (
	"bytes"
	"io"
	"slices"
	"strconv"

	"foljsam/internal/app"
	"foljsam/internal/disclosure"
	"foljsam/internal/fault"
	"foljsam/internal/locale"
	"foljsam/internal/report"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

// AskPage is where a paper is chosen. Everything is chosen from the start: one button is enough.
type AskPage struct {
	Title      string
	Intro      string
	Years      []Option
	From, Till string
	Units      []Option // one unit is no choice
	Parts      []Option
	Public     bool
	Thoughts   bool
	Open       bool     // the rest of the choices is in sight
	Forms      []Option // what it can be taken as
	None       *page.Empty
}

// Ask shows what a paper can be.
func Ask(v *visit.Visit) error {
	ask, err := asked(v)
	if err != nil {
		return err
	}
	return showAsk(v, ask, "")
}

func showAsk(v *visit.Visit, ask app.PaperAsk, wrong string) error {
	p := v.Text
	year, years, units, err := v.App.PaperChoices(v.R.Context(), v.By())
	if err != nil {
		return err
	}
	f := v.Frame(p.T("board.paper"))
	x := AskPage{Title: f.Title, Intro: p.T("board.intro", "namn", v.Who.At.Name), Public: ask.Public, Thoughts: ask.Thoughts}
	if chosen := ask.Year(); chosen != 0 {
		year = chosen
	} else if !ask.From.IsZero() || !ask.Till.IsZero() {
		year, x.From, x.Till = 0, visit.ISODay(ask.From), visit.ISODay(ask.Till)
	}
	if len(years) == 0 {
		x.None = &page.Empty{Title: p.T("result.none"), Text: p.T("board.no_year")}
	}
	if year != 0 && !slices.Contains(years, year) {
		years = append([]int{year}, years...)
	}
	if year == 0 {
		x.Years = append(x.Years, Option{"", p.T("board.other_days"), true})
	}
	for _, y := range years {
		x.Years = append(x.Years, Option{strconv.Itoa(y), strconv.Itoa(y), y == year})
	}
	for _, u := range units {
		if len(units) > 1 {
			x.Units = append(x.Units, Option{u.ID, u.Name, slices.Contains(ask.Units, u.ID)})
		}
	}
	for _, id := range report.BoardParts() {
		x.Parts = append(x.Parts, Option{id, p.T("board.part_" + id), wrong == "" && (len(ask.Parts) == 0 || slices.Contains(ask.Parts, id))})
	}
	for _, form := range forms {
		x.Forms = append(x.Forms, Option{Value: form.id, Text: p.T("board." + form.id)})
	}
	x.Open = wrong != "" || x.From != "" || x.Till != "" || len(ask.Units) > 0
	if wrong != "" {
		f.Status, f.Faults = 422, []page.Fault{{ID: "del-" + report.BoardParts()[0], Text: wrong}}
	}
	return v.Show("board-ask.html", f, x)
}

// form is what a paper can be taken away as.
type form struct {
	id, kind string
	write    func(io.Writer, *disclosure.Release, report.Paper, *locale.Printer) error
}

var forms = []form{
	{"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", report.WriteBoardDOCX},
	{"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", report.WriteBoardXLSX},
	{"html", "text/html; charset=utf-8", report.WriteBoardHTML},
}

// shown is the form in which a paper is on screen, to be printed.
const shown = "sida"

// Paper gives a paper: on screen, or as a file. Either way it may leave the house, and that is
// logged.
func Paper(v *visit.Visit) error {
	ask, err := asked(v)
	if err != nil {
		return err
	}
	q := v.R.URL.Query()
	if q.Has("valt") && len(ask.Parts) == 0 {
		return showAsk(v, ask, v.Text.T("board.no_part"))
	}
	as := q.Get("form")
	at := slices.IndexFunc(forms, func(f form) bool { return f.id == as })
	if at < 0 && as != "" && as != shown {
		return fault.New(fault.NotFound, "visit.not_found")
	}
	x, err := v.App.Paper(v.R.Context(), v.By(), ask)
	if err != nil {
		return err
	}
	paper := paperOf(v, x, ask)
	if at < 0 {
		return show(v, x, paper)
	}
	var b bytes.Buffer
	if err := forms[at].write(&b, x.Release, paper, v.Text); err != nil {
		return err
	}
	if err := v.App.TookPaper(v.R.Context(), v.By(), x, as); err != nil {
		return err
	}
	return v.Download(fileName(ask)+"."+as, forms[at].kind, b.Bytes())
}

// fileName says what it is and for whom, and nothing about anybody.
func fileName(ask app.PaperAsk) string {
	name := "namndunderlag"
	if y := ask.Year(); y != 0 {
		name += "-" + strconv.Itoa(y)
	}
	if !ask.Public {
		name = "internt-" + name
	}
	return name
}

// guards are what a page of the program's has besides its own policy of style.
const guards = "; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"

// show serves the paper as it is printed: the same page as the file.
func show(v *visit.Visit, x *app.Paper, paper report.Paper) error {
	var b bytes.Buffer
	if err := report.WriteBoardHTML(&b, x.Release, paper, v.Text); err != nil {
		return err
	}
	if err := v.App.TookPaper(v.R.Context(), v.By(), x, shown); err != nil {
		return err
	}
	h := v.W.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", report.BoardPolicy(x.Release, paper, v.Text)+guards)
	_, _ = v.W.Write(b.Bytes()) // that the browser goes away is no fault
	return nil
}
