// Package coding is the pages of exercises in coding made-up cases: the coordinator sets one,
// caseworkers answer it without being named, and when it is closed all of them see how far they
// read the questions in the same way. No page shows who has answered, or what was answered
// before the exercise is closed.
package coding

import (
	"embed"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/app"
	"foljsam/internal/fault"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

// Templates are the pages', for page.New.
//
//go:embed template/*.html
var Templates embed.FS

// Addresses of the pages.
const (
	Address    = "/kodning"
	newAddress = Address + "/ny"
)

func addressOf(id string) string { return Address + "/" + url.PathEscape(id) }

// ListPage is the exercises that somebody sees.
type ListPage struct {
	Title string
	May   bool // set new ones
	All   []Listed
	None  page.Empty
}

// Listed is one exercise in the list.
type Listed struct{ Address, Title, State string }

// List shows the exercises.
func List(v *visit.Visit) error {
	all, err := v.App.Codings(v.R.Context(), v.By())
	if err != nil {
		return err
	}
	f := v.Frame(v.Text.T("coding.title"))
	x := ListPage{Title: f.Title, May: v.By().May(access.SetCoding), None: page.Empty{Title: v.Text.T("coding.none"), Text: v.Text.T("coding.none_text")}}
	if x.May {
		x.None = page.Empty{Title: v.Text.T("coding.none"), Text: v.Text.T("coding.none_set"), Link: &page.Link{Address: newAddress, Text: v.Text.T("coding.new")}}
	}
	for _, c := range all {
		x.All = append(x.All, Listed{addressOf(c.ID), c.Title, stateOf(v, c)})
	}
	return v.Show("coding-list.html", f, x)
}

// stateOf says how far an exercise has come.
func stateOf(v *visit.Visit, c app.Coding) string {
	p := v.Text
	till := day(v, c.Till)
	switch {
	case c.Asked:
		return p.T("coding.state_asked", "dag", till)
	case c.Open && c.Mine:
		return p.T("coding.state_open", "n", c.Answered, "av", c.Invited, "dag", till)
	case c.Open:
		return p.T("coding.state_coded", "dag", till)
	case c.Shown():
		return p.T("coding.state_shown", "n", c.Answered)
	}
	return p.T("coding.state_few")
}

// day writes a day that is kept as 2026-01-31.
func day(v *visit.Visit, iso string) string {
	t, err := time.Parse(time.DateOnly, iso)
	if err != nil {
		return iso
	}
	return page.Date(v.Text, t)
}

// doneMark says in an address what was just done.
const doneMark = "gjort"

// Show shows an exercise: to be answered, while it is open, or what came of it.
func Show(v *visit.Visit) error {
	id := v.R.PathValue("ovning")
	c, err := v.App.CodingOf(v.R.Context(), v.By(), id)
	if err != nil {
		return err
	}
	f := v.Frame(c.Title)
	switch done := v.R.URL.Query().Get(doneMark); done {
	case "satt", "varning", "dag", "stangd", "svarat":
		kind := page.Done
		if done == "varning" {
			kind = page.Warning
		}
		f.Messages = append(f.Messages, page.Message{Kind: kind, Text: v.Text.T("coding.done_" + done)})
	}
	switch {
	case c.Asked:
		return showSheet(v, f, c)
	case c.Open:
		return showOpen(v, f, c)
	}
	return showResult(v, f, id)
}

// OpenPage is an exercise that is answered: how far it has come, and what was asked.
type OpenPage struct {
	Owner     string
	Title     string
	State     string
	Mine      bool
	TooFew    string // there are not caseworkers enough for a result
	Address   string
	Till      string // as it was when the page was made
	Typed     string // the day that was typed, where it could not be kept
	Cases     []Case
	Questions []Question
}

// Case is a made-up case.
type Case struct {
	Nr          int
	Title, Text string
}

// Question is a question as it was read.
type Question struct {
	Label, Ask, Help string
	Options          []Option
}

// Option is one answer to a question.
type Option struct{ Value, Text, Help string }

func showOpen(v *visit.Visit, f page.Frame, c *app.Coding) error {
	x := OpenPage{Owner: v.Owner(), Title: c.Title, State: stateOf(v, *c), Mine: c.Mine, Address: addressOf(c.ID), Till: c.Till, Typed: c.Till, Cases: casesOf(c), Questions: questionsOf(v, c)}
	if c.Mine && c.Invited < app.LeastCoded {
		x.TooFew = v.Text.T("coding.too_few", "n", c.Invited, "minst", app.LeastCoded)
	}
	if u, ok := v.Kept().(*unkept); ok {
		x.Typed = u.form.Get("dag")
		refuse(&f, u.faults)
	}
	return v.Show("coding-open.html", f, x)
}

func casesOf(c *app.Coding) (all []Case) {
	for i, one := range c.Cases {
		all = append(all, Case{i + 1, one.Title, one.Text})
	}
	return all
}

func questionsOf(v *visit.Visit, c *app.Coding) (all []Question) {
	for _, q := range c.Questions {
		all = append(all, questionOf(v, q))
	}
	return all
}

func questionOf(v *visit.Visit, q app.CodingQuestion) Question {
	l := v.Text.Lang()
	x := Question{Label: q.Label.In(l), Ask: q.Ask.In(l), Help: q.Help.In(l)}
	for i, o := range q.Options {
		x.Options = append(x.Options, Option{strconv.Itoa(i), o.Label.In(l), o.Help.In(l)})
	}
	return x
}

// refuse says on a page what could not be kept.
func refuse(f *page.Frame, faults []page.Fault) {
	f.Faults, f.Status = faults, http.StatusUnprocessableEntity
}

// unkept is what could not be kept, and why.
type unkept struct {
	form   url.Values
	faults []page.Fault
}

// Move gives an exercise another last day.
func Move(v *visit.Visit) error {
	form, err := v.Posted()
	if err != nil {
		return err
	}
	id := v.R.PathValue("ovning")
	err = v.App.MoveCoding(v.R.Context(), v.By(), id, form.Get("fran"), form.Get("dag"))
	if fault.KindOf(err) == fault.Invalid {
		return v.Again(addressOf(id), &unkept{form, []page.Fault{{ID: "dag", Text: v.Text.Error(err)}}})
	}
	if err != nil {
		return err
	}
	return v.Redirect(addressOf(id) + "?" + doneMark + "=dag")
}

// postedTo reads what was posted about an exercise.
func postedTo(v *visit.Visit) (form url.Values, c *app.Coding, err error) {
	if form, err = v.Posted(); err == nil {
		c, err = v.App.CodingOf(v.R.Context(), v.By(), v.R.PathValue("ovning"))
	}
	return form, c, err
}

// Close closes an exercise.
func Close(v *visit.Visit) error {
	form, c, err := postedTo(v)
	if err != nil {
		return err
	}
	id := c.ID
	if form.Get("forstatt") != "ja" && c.Mine && c.Open {
		return v.Again(addressOf(id), &unkept{url.Values{"dag": {form.Get("fran")}}, []page.Fault{{ID: "forstatt", Text: v.Text.T("coding.close_confirm_missing")}}})
	}
	if err := v.App.CloseCoding(v.R.Context(), v.By(), id); err != nil {
		return err
	}
	return v.Redirect(addressOf(id) + "?" + doneMark + "=stangd")
}
