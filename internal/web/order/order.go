// Package order is the page of ordered figures: whoever leads sees what they have asked for, the
// coordinator answers with a figure's address and words. Orders are sent from the figures' own
// pages. No address leads out of the results, whatever somebody types.
package order

import (
	"embed"
	"net/http"
	"net/url"
	"strings"
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

// ListPage is the orders that somebody sees.
type ListPage struct {
	Owner   string
	Title   string
	Waiting []Order
	Done    []Order
	None    *page.Empty
	New     string // where one is ordered; empty: the reader may not
}

// Order is one of them.
type Order struct {
	ID           string
	Title, Text  string
	About        string // address of the figure that it begins from
	By, Wanted   string
	Late         bool
	Answers      bool // the reader may answer
	Drops        bool // the reader may take it back
	Typed, Words string
	Ended        string
	Figure       string // address of the answer
	Answer       string
}

const doneMark = "gjort"

// unkept is an answer that could not be kept, and why.
type unkept struct {
	id   string
	form url.Values
	text string
	at   string
}

// List shows the orders.
func List(v *visit.Visit) error {
	all, err := v.App.Orders(v.R.Context(), v.By())
	if err != nil {
		return err
	}
	f := v.Frame(v.Text.T("order.title"))
	switch done := v.R.URL.Query().Get(doneMark); done {
	case "svarat", "aterkallad":
		f.Messages = append(f.Messages, page.Message{Kind: page.Done, Text: v.Text.T("order.done_" + done)})
	case "varning":
		f.Messages = append(f.Messages, page.Message{Kind: page.Warning, Text: v.Text.T("order.done_" + done)})
	}
	x := ListPage{Owner: v.Owner(), Title: f.Title}
	if v.By().May(access.OrderFigures) {
		x.New = "/ar#bestall"
	}
	u, again := v.Kept().(*unkept)
	for _, o := range all {
		y := orderOf(v, o)
		if again && u.id == o.ID && y.Answers {
			y.Typed, y.Words = u.form.Get("adress"), u.form.Get("text")
			f.Faults, f.Status = append(f.Faults, page.Fault{ID: u.at + "-" + o.ID, Text: u.text}), http.StatusUnprocessableEntity
		}
		if o.Waits() {
			x.Waiting = append(x.Waiting, y)
		} else {
			x.Done = append(x.Done, y)
		}
	}
	if len(all) == 0 {
		key := "order.none_answer"
		if v.By().May(access.OrderFigures) {
			key = "order.none_text"
		}
		x.None = &page.Empty{Title: v.Text.T("order.none"), Text: v.Text.T(key), Link: &page.Link{Address: "/resultat", Text: v.Text.T("result.title")}}
	}
	return v.Show("order-list.html", f, x)
}

func orderOf(v *visit.Visit, o app.Order) Order {
	p := v.Text
	x := Order{ID: o.ID, Title: o.Title, Text: o.Text, About: o.About, By: p.T("order.by", "vem", o.By, "dag", v.Date(o.Made)), Late: o.Due, Answer: o.Answer, Figure: o.AnswerAbout}
	x.Answers, x.Drops = o.Waits() && v.By().May(access.AnswerOrders), o.Waits() && o.Mine
	switch {
	case o.Due:
		x.Wanted = p.T("order.late", "dag", day(v, o.Wanted))
	case o.Waits():
		x.Wanted = p.T("order.wanted", "dag", day(v, o.Wanted))
	case o.Answered():
		x.Ended = p.T("order.answered", "vem", o.EndName, "dag", v.Date(o.Ended))
	default:
		x.Ended = p.T("order.dropped", "dag", v.Date(o.Ended))
	}
	return x
}

func day(v *visit.Visit, iso string) string {
	t, err := time.Parse(time.DateOnly, iso)
	if err != nil {
		return iso
	}
	return page.Date(v.Text, t)
}

// Send orders a figure.
func Send(v *visit.Visit) error {
	form, err := v.Posted()
	if err != nil {
		return err
	}
	about, words := form.Get("adress"), visit.Written(form, "text")
	found, err := v.App.OrderFigure(v.R.Context(), v.By(), form.Get("enhet"), about, form.Get("rubrik"), form.Get("dag"), words)
	if fault.KindOf(err) == fault.Invalid {
		at := "best-text"
		if fault.KeyOf(err) == "order.bad_day" {
			at = "best-dag"
		}
		return v.Again(about, &visit.UnkeptOrder{Words: form.Get("text"), Day: form.Get("dag"), Fault: page.Fault{ID: at, Text: v.Text.Error(err)}})
	}
	switch {
	case err != nil:
		return err
	case len(found) > 0:
		return v.Ordered(about, "varning")
	}
	return v.Ordered(about, "ja")
}

// Answer answers an order.
func Answer(v *visit.Visit) error {
	form, err := v.Posted()
	if err != nil {
		return err
	}
	id := v.R.PathValue("bestallning")
	found, err := v.App.AnswerOrder(v.R.Context(), v.By(), id, figureIn(v, form.Get("adress")), visit.Written(form, "text"))
	if fault.KindOf(err) == fault.Invalid {
		at := "svar"
		if fault.KeyOf(err) == "order.no_figure" {
			at = "adress"
		}
		return v.Again(visit.OrdersAddress, &unkept{id, form, v.Text.Error(err), at})
	}
	switch {
	case err != nil:
		return err
	case len(found) > 0:
		return v.Redirect(visit.OrdersAddress + "?" + doneMark + "=varning")
	}
	return v.Redirect(visit.OrdersAddress + "?" + doneMark + "=svarat")
}

// figureIn reads the address of a figure as it was copied from the browser: with or without this
// house before it, and without what was just done on that page.
func figureIn(v *visit.Visit, typed string) string {
	u, err := url.Parse(strings.TrimSpace(typed))
	if err != nil {
		return typed
	}
	if u.Host == v.R.Host && (u.Scheme == "http" || u.Scheme == "https") {
		u.Scheme, u.Host = "", ""
	}
	return visit.Plain(*u)
}

// Drop takes an order back.
func Drop(v *visit.Visit) error {
	if _, err := v.Posted(); err != nil {
		return err
	}
	if err := v.App.DropOrder(v.R.Context(), v.By(), v.R.PathValue("bestallning")); err != nil {
		return err
	}
	return v.Redirect(visit.OrdersAddress + "?" + doneMark + "=aterkallad")
}
