// Package deliver is the pages on which an extract of the register leaves the house: what has
// left, what would leave, row by row as it is, and the file. What it holds and who may let it
// go is app's to decide; nothing leaves by showing it.
package deliver

import (
	"embed"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"foljsam/internal/app"
	"foljsam/internal/fault"
	"foljsam/internal/record"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

// Templates are the pages', for page.New.
//
//go:embed template/*.html
var Templates embed.FS

// Where the pages are.
const (
	ListAddress  = "/leveranser"
	askAddress   = "/leveranser/nytt"
	seeAddress   = "/leveranser/granska"
	takenAddress = "/leveranser/uttaget"
)

// ListPage is what has left.
type ListPage struct {
	Title string
	All   page.Table
	None  *page.Empty
}

// List shows what has left the register.
func List(v *visit.Visit) error {
	all, err := v.App.Deliveries(v.R.Context(), v.By())
	if err != nil {
		return err
	}
	p := v.Text
	f := v.Frame(p.T("deliver.title"))
	x := ListPage{Title: f.Title}
	if len(all) == 0 {
		x.None = &page.Empty{Title: p.T("deliver.none"), Text: p.T("deliver.none_text")}
	}
	x.All = page.Table{Caption: p.T("deliver.title"), Hidden: true, Head: []page.Head{{Text: p.T("deliver.when")}, {Text: p.T("deliver.recipient")}, {Text: p.T("deliver.period")},
		{Text: p.T("deliver.cases"), Number: true}, {Text: p.T("deliver.by")}, {Text: p.T("deliver.hash")}}}
	for _, d := range all {
		x.All.Rows = append(x.All.Rows, page.Row{{Text: v.When(d.At)}, {Text: d.Recipient, Written: true}, {Text: period(v, d.From, d.Till)},
			{Text: p.Int(int64(d.Count.N()))}, {Text: d.PersonName, Written: true}, {Text: d.Hash[:16] + "…"}})
	}
	return v.Show("deliver-list.html", f, x)
}

// AskPage is what a coordinator asks for and states.
type AskPage struct {
	Title             string
	Recipient         string
	From, Till        string
	Scopes, Coverages []Option
	Texts             bool
	Faults            map[string]string // by field
	Known             []string          // recipients that something has left to
}

// Option is one thing to choose.
type Option struct {
	Value, Text string
	Chosen      bool
}

// Ask asks for what is to leave.
func Ask(v *visit.Visit) error { return ask(v, nil) }

// fieldOf names the field that an error is about.
var fieldOf = map[string]string{
	"deliver.recipient_missing": "mottagare", "deliver.recipient_long": "mottagare", "deliver.period_missing": "fran", "deliver.period_backwards": "till",
	"deliver.no_cases": "fran", "deliver.scope_missing": "omfattning", "deliver.coverage_missing": "tackning",
}

func ask(v *visit.Visit, wrong error) error {
	known, err := v.App.Deliveries(v.R.Context(), v.By())
	if err != nil {
		return err
	}
	p, q := v.Text, v.R.URL.Query()
	f := v.Frame(p.T("deliver.new"))
	x := AskPage{Title: f.Title, Recipient: q.Get("mottagare"), From: q.Get("fran"), Till: q.Get("till"), Texts: q.Get("fritext") == "ja", Faults: map[string]string{}}
	x.Scopes, x.Coverages = options(v, "deliver.scope_", 3, q.Get("omfattning")), options(v, "deliver.coverage_", 4, q.Get("tackning"))
	if len(q) == 0 {
		year := v.App.Now().Year()
		x.Recipient, x.From, x.Till = p.T("deliver.national"), strconv.Itoa(year)+"-01-01", strconv.Itoa(year)+"-12-31"
	}
	for _, d := range known {
		x.Known = with(x.Known, d.Recipient)
	}
	x.Known = with(x.Known, p.T("deliver.national"))
	if wrong != nil {
		id := fieldOf[fault.KeyOf(wrong)]
		x.Faults[id] = p.Error(wrong)
		f.Status, f.Faults = http.StatusUnprocessableEntity, []page.Fault{{ID: id, Text: p.Error(wrong)}}
	}
	return v.Show("deliver-ask.html", f, x)
}

func with(all []string, one string) []string {
	for _, x := range all {
		if x == one {
			return all
		}
	}
	return append(all, one)
}

func options(v *visit.Visit, key string, n int, chosen string) (all []Option) {
	for i := 1; i <= n; i++ {
		value := strconv.Itoa(i)
		all = append(all, Option{value, v.Text.T(key + value), value == chosen})
	}
	return all
}

// asked reads what is asked for, from an address or a form.
func asked(q url.Values) app.DeliveryAsk {
	day := func(name string) record.Day {
		d, ok := record.ParseDay([]byte(strings.TrimSpace(q.Get(name))))
		if !ok {
			return record.NoDay
		}
		return d
	}
	number := func(name string) int { n, _ := strconv.Atoi(q.Get(name)); return n } // 0: not stated
	x := app.DeliveryAsk{Recipient: q.Get("mottagare"), From: day("fran"), Till: day("till"), Scope: number("omfattning"), Coverage: number("tackning"), Texts: q.Get("fritext") == "ja", TextsRead: q.Get("lasta") == "ja"}
	x.Read, _ = time.Parse(time.RFC3339, q.Get("last")) // zero: now
	return x
}

func period(v *visit.Visit, from, till record.Day) string {
	return v.Text.T("deliver.span", "fran", page.Date(v.Text, from.Time()), "till", page.Date(v.Text, till.Time()))
}
