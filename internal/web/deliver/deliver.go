// Package deliver is the pages on which an extract of the register leaves the house: what has
// left, what would leave, row by row as it is, and the file. What it holds and who may let it
// go is app's to decide; nothing leaves by showing it.
package deliver

import (
	"cmp"
	"embed"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"foljsam/internal/app"
	"foljsam/internal/fault"
	"foljsam/internal/locale"
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
	newAddress   = "/leveranser/mottagare"
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
			{Text: p.Int(int64(d.Cases.N()))}, {Text: d.PersonName, Written: true}, {Text: d.Hash[:16] + "…"}})
	}
	return v.Show("deliver-list.html", f, x)
}

// AskPage is what a coordinator asks for and states.
type AskPage struct {
	Title             string
	Owner             string // whose page it is
	Recipients        []Option
	New               string // the name of a recipient to add
	From, Till        string
	Scopes, Coverages []Option
	Texts             bool
	Faults            map[string]string // by field
}

// Option is one thing to choose.
type Option struct {
	Value, Text string
	Chosen      bool
}

// Ask asks for what is to leave.
func Ask(v *visit.Visit) error { return ask(v, nil, "") }

// fieldOf names the field that an error is about.
var fieldOf = map[string]string{
	"deliver.recipient_missing": "mottagare", "deliver.recipient_long": "namn", "deliver.name_missing": "namn", "store.recipient_taken": "namn", "deliver.period_missing": "fran", "deliver.period_backwards": "till",
	"deliver.no_cases": "fran", "deliver.scope_missing": "omfattning", "deliver.coverage_missing": "tackning",
}

func ask(v *visit.Visit, wrong error, name string) error {
	recipients, err := v.App.Recipients(v.R.Context(), v.By())
	if err != nil {
		return err
	}
	p, q := v.Text, v.R.URL.Query()
	f := v.Frame(p.T("deliver.new"))
	x := AskPage{Title: f.Title, Owner: v.Owner(), New: name, From: q.Get("fran"), Till: q.Get("till"), Texts: q.Get("fritext") == "ja", Faults: map[string]string{}}
	x.Scopes, x.Coverages = options(v, "deliver.scope_", 3, q.Get("omfattning")), options(v, "deliver.coverage_", 4, q.Get("tackning"))
	chosen := q.Get("mottagare")
	if !q.Has("fran") {
		year := v.App.Now().Year()
		x.From, x.Till = strconv.Itoa(year)+"-01-01", strconv.Itoa(year)+"-12-31"
		chosen = cmp.Or(chosen, app.National)
	}
	for _, r := range recipients {
		x.Recipients = append(x.Recipients, Option{r.ID, recipientName(p, r), r.ID == chosen})
	}
	if q.Get("klart") == "mottagare" {
		f.Messages = append(f.Messages, page.Message{Kind: page.Done, Text: p.T("deliver.done_recipient")})
	}
	if wrong != nil {
		id := fieldOf[fault.KeyOf(wrong)]
		x.Faults[id] = p.Error(wrong)
		f.Status, f.Faults = http.StatusUnprocessableEntity, []page.Fault{{ID: id, Text: p.Error(wrong)}}
	}
	return v.Show("deliver-ask.html", f, x)
}

// recipientName gives what a recipient is called: that which every register has, in the
// reader's language.
func recipientName(p *locale.Printer, r app.Recipient) string {
	if r.ID == app.National {
		return p.T("deliver.national")
	}
	return r.Name
}

// AddRecipient adds somebody whom extracts may be for.
func AddRecipient(v *visit.Visit) error {
	posted, err := v.Posted()
	if err != nil {
		return err
	}
	id, err := v.App.AddRecipient(v.R.Context(), v.By(), posted.Get("namn"))
	if err != nil && fieldOf[fault.KeyOf(err)] != "" {
		return ask(v, err, posted.Get("namn"))
	}
	if err != nil {
		return err
	}
	return v.Redirect(askAddress + "?klart=mottagare&mottagare=" + id)
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
