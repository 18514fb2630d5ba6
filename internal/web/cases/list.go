package cases

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"foljsam/internal/app"
	"foljsam/internal/locale"
	"foljsam/internal/record"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

// listPage is the cases that somebody may see, by a filter that its address holds.
type listPage struct {
	Whose    string // "mina", "alla"
	Unit     string
	Standing record.Standing
	Missing  bool
	Discuss  bool
	Units    []option
	Table    page.Table
	Count    string
	Empty    *page.Empty
	NotFound bool
	Before   string // address of the page before
	After    string
	Page     string // "Sida 2 av 7"
}

type option struct {
	Value, Text string
	Chosen      bool
}

// List shows the cases that the person may see: one's own, a unit's or all.
func List(v *visit.Visit) error {
	f, whose := filterOf(v.R.URL.Query())
	_, missed := v.Kept().(notFound)
	return showList(v, f, whose, missed)
}

// notFound is that no case has the code that somebody looked for.
type notFound struct{}

// Find leads to the case with a local code. The code is posted: addresses are remembered.
func Find(v *visit.Visit) error {
	posted, err := v.Posted()
	if err != nil {
		return err
	}
	code := strings.TrimSpace(posted.Get("kod"))
	if code == "" {
		return v.Redirect(list + "#sok")
	}
	found, err := v.App.Cases(v.R.Context(), v.By(), app.Filter{Code: code})
	if err != nil {
		return err
	}
	if len(found.Cases) == 1 {
		return v.Redirect(addressOf(found.Cases[0].ID, ""))
	}
	return v.Again(list, notFound{})
}

func filterOf(q url.Values) (f app.Filter, whose string) {
	whose = q.Get("vems")
	if whose != "alla" {
		whose = "mina"
	}
	f = app.Filter{Mine: whose == "mina", Unit: q.Get("enhet"), Missing: q.Has("saknas"), Discuss: q.Has("diskutera")}
	if s := record.Standing(q.Get("lage")); slices.Contains([]record.Standing{record.Open, record.Shut, record.Excluded}, s) {
		f.Standing = s
	}
	if n, err := strconv.Atoi(q.Get("sida")); err == nil && n > 1 {
		f.Page = n - 1
	}
	return f, whose
}

func showList(v *visit.Visit, f app.Filter, whose string, missed bool) error {
	found, err := v.App.Cases(v.R.Context(), v.By(), f)
	if err != nil {
		return err
	}
	x := listPage{Whose: whose, Unit: f.Unit, Standing: f.Standing, Missing: f.Missing, Discuss: f.Discuss, NotFound: missed, Table: tableOf(v, found)}
	for _, u := range found.Units {
		x.Units = append(x.Units, option{u.ID, u.Name, u.ID == f.Unit})
	}
	x.Count = v.Text.T("cases.count", "n", found.Of.N())
	if found.Of.More() {
		x.Count = v.Text.T("cases.count_many", "n", v.Text.Int(int64(found.Of.N())))
	}
	x.Empty = emptyList(v.Text, f, found)
	x.pages(v.Text, v.R.URL.Query(), found)
	fr := v.Frame(v.Text.T("cases.title"))
	if missed {
		fr.Messages = append(fr.Messages, page.Message{Kind: page.Warning, Title: v.Text.T("cases.not_found"), Text: v.Text.T("cases.not_found_why")})
	}
	return v.Show("cases-list.html", fr, x)
}

// emptyList says what to do where there is nothing to list.
func emptyList(p *locale.Printer, f app.Filter, found *app.CaseList) *page.Empty {
	if found.Of.N() > 0 {
		return nil
	}
	if !f.Missing && !f.Discuss && f.Standing == "" && f.Unit == "" {
		return &page.Empty{Title: p.T("cases.none_yet"), Text: p.T("cases.none_yet_how"), Link: &page.Link{Address: opening, Text: p.T("cases.new")}}
	}
	return &page.Empty{Title: p.T("cases.none_fit"), Text: p.T("cases.none_fit_how"), Link: &page.Link{Address: list, Text: p.T("cases.show_mine")}}
}

func (x *listPage) pages(p *locale.Printer, q url.Values, found *app.CaseList) {
	if found.Pages < 2 {
		return
	}
	x.Page = p.T("cases.page_of", "sida", found.Page+1, "av", found.Pages)
	at := func(n int) string {
		q := url.Values(q)
		q.Set("sida", strconv.Itoa(n+1))
		return list + "?" + q.Encode()
	}
	if found.Page > 0 {
		x.Before = at(found.Page - 1)
	}
	if found.Page+1 < found.Pages {
		x.After = at(found.Page + 1)
	}
}

func tableOf(v *visit.Visit, found *app.CaseList) page.Table {
	p := v.Text
	t := page.Table{Caption: p.T("cases.caption"), Head: []page.Head{
		{Text: p.T("cases.case")}, {Text: p.T("cases.unit")}, {Text: p.T("cases.worker")}, {Text: p.T("cases.intake")},
		{Text: p.T("cases.days"), Number: true}, {Text: p.T("cases.phases")}, {Text: p.T("cases.missing"), Number: true},
	}}
	for _, c := range found.Cases {
		days := ""
		if n, ok := app.DaysOpen(c.Cover, v.App.Now()); ok {
			days = p.Int(int64(n))
		}
		t.Rows = append(t.Rows, page.Row{
			{Text: c.CaseCode, Address: addressOf(c.ID, ""), Written: true}, {Text: c.UnitName, Written: true}, {Text: c.Worker, Written: true},
			{Text: dayOf(p, c.Intake)}, {Text: days}, {Text: progressOf(p, c.Cover)}, {Text: p.Int(int64(c.Missing))},
		})
	}
	return t
}

func dayOf(p *locale.Printer, d record.Day) string {
	if d == record.NoDay {
		return ""
	}
	return page.Date(p, d.Time())
}

// progressOf writes how far each phase has come: "9/11 · 5/5 · 2/4"; what is not asked for
// yet is a dash. A case that is closed or not of the target group says so.
func progressOf(p *locale.Printer, c record.Cover) string {
	var parts []string
	for _, x := range c.Progress {
		if x.Of == 0 || x.Done == 0 && x.Missing == 0 {
			parts = append(parts, "–")
			continue
		}
		parts = append(parts, strconv.Itoa(x.Done)+"/"+strconv.Itoa(x.Of))
	}
	text := strings.Join(parts, " · ")
	if c.Standing != record.Open {
		return p.T("cases.is_"+string(c.Standing)) + " · " + text
	}
	return text
}
