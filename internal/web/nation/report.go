package nation

import (
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"foljsam/internal/app"
	"foljsam/internal/disclosure"
	"foljsam/internal/locale"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

// FormsPage is the units and years that somebody reports for.
type FormsPage struct {
	Title  string
	Open   page.Table
	Closed page.Table
	None   *page.Empty
	Upload string
}

// Forms shows what somebody reports for.
func Forms(v *visit.Visit) error {
	all, err := v.App.ReportForms(v.R.Context(), v.By())
	if err != nil {
		return err
	}
	p := v.Text
	f := v.Frame(p.T("nation.report"))
	head := []page.Head{{Text: p.T("nation.year")}, {Text: p.T("nation.municipality")}, {Text: p.T("nation.deadline")}, {Text: p.T("nation.state")}}
	x := FormsPage{Title: f.Title, Upload: ReportAddress + "/fil", Open: page.Table{Caption: p.T("nation.report_open"), Hidden: true, Head: head, Empty: p.T("nation.report_none_open")},
		Closed: page.Table{Caption: p.T("nation.report_closed"), Hidden: true, Head: head}}
	if len(all) == 0 {
		x.None = &page.Empty{Title: p.T("nation.report_none"), Text: p.T("nation.report_none_text")}
	}
	for _, r := range all {
		row := page.Row{{Text: yearText(r.Year), Address: formAddress(r.Unit, r.Year)}, {Text: r.Name, Written: true}, {Text: page.Date(p, r.Deadline.Time())}, {Text: stateText(v, r)}}
		if r.Closed.IsZero() {
			x.Open.Rows = append(x.Open.Rows, row)
		} else {
			x.Closed.Rows = append(x.Closed.Rows, row)
		}
	}
	return v.Show("nation-forms.html", f, x)
}

func formAddress(unit string, year int) string {
	return ReportAddress + "/" + strconv.Itoa(year) + "/" + url.PathEscape(unit)
}

func stateText(v *visit.Visit, r app.ReportForm) string {
	p := v.Text
	switch {
	case r.Return != nil:
		return p.T("nation.state_answered", "dag", v.Date(r.Return.At))
	case !r.Closed.IsZero():
		return p.T("nation.state_closed")
	case r.Late:
		return p.T("nation.state_late")
	}
	return p.T("nation.state_left", "n", r.Days)
}

// FormPage is the form of one unit and year.
type FormPage struct {
	Owner    string
	Title    string
	Address  string
	Closed   bool
	Said     page.Table // what was returned, where nothing can be changed any more
	Figures  []FigureField
	Scopes   []Choice
	ScopeOdd string
	Deadline string
	Odd      []string // what is worth a look in what was sent
	Back     string
}

// FigureField asks for one key figure.
type FigureField struct {
	Nr     int
	Name   string
	Hint   string
	Value  string // a number that may be shown
	Secret bool
	Fault  string
	Before string // last time
}

// ID is the field's on the page.
func (x FigureField) ID() string { return "f-antal" + strconv.Itoa(x.Nr) }

// typed is what somebody typed for one key figure. It holds no 1-4.
type typed struct {
	count disclosure.Count
	bad   bool // it was no number: what it was is not kept
}

// typedIn reads the three key figures of a form. A number of 1-4 becomes the mark here, before
// anything is kept or shown again.
func typedIn(posted url.Values) (all [3]typed) {
	for i := range all {
		nr := strconv.Itoa(i + 1)
		text := strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "", "\t", "").Replace(posted.Get("antal" + nr))
		text = noDecimals.ReplaceAllString(text, "")
		switch n, err := strconv.Atoi(text); {
		case posted.Get("sekretess"+nr) == "ja":
			all[i].count = disclosure.SecretCount()
		case text == "":
		case err != nil || n < 0 || n > mostTyped:
			all[i].bad = true
		default:
			all[i].count = disclosure.CountOf(n)
		}
	}
	return all
}

// noDecimals are those that a spreadsheet writes after a whole number.
var noDecimals = regexp.MustCompile(`[.,]0+$`)

// mostTyped is more cases than any municipality has.
const mostTyped = 999_999

// Form shows a unit's form for a year.
func Form(v *visit.Visit) error { return showForm(v, nil, 0) }

func showForm(v *visit.Visit, wrong *[3]typed, scope int) error {
	year, err := yearIn(v)
	if err != nil {
		return err
	}
	r, err := v.App.ReportForm(v.R.Context(), v.By(), v.R.PathValue("enhet"), year)
	if err != nil {
		return err
	}
	p := v.Text
	f := v.Frame(p.T("nation.form_title", "enhet", r.Name, "ar", yearText(r.Year)))
	f.Address = formAddress(r.Unit, r.Year)
	x := FormPage{Owner: v.Owner(), Title: f.Title, Address: f.Address, Closed: !r.Closed.IsZero(), Back: ReportAddress, Deadline: deadlineText(p, r)}
	if r.Return != nil && wrong == nil {
		scope = r.Return.Scope
		x.Odd = oddTexts(p, r.Return.Odd)
	}
	for i := range 3 {
		field := figureField(p, i, r)
		if wrong != nil {
			field.put(wrong[i].count)
			if wrong[i].bad {
				field.Fault = p.T("nation.not_a_number")
				f.Faults = append(f.Faults, page.Fault{ID: field.ID(), Text: field.Name + ": " + field.Fault})
				f.Status = http.StatusUnprocessableEntity
			}
		}
		x.Figures = append(x.Figures, field)
	}
	x.Said = saidTable(v, r)
	for i := range 4 {
		x.Scopes = append(x.Scopes, Choice{strconv.Itoa(i), p.T("nation.scope_ask_" + strconv.Itoa(i)), i == scope})
	}
	done(v, &f, "rapport", "tomt")
	return v.Show("nation-form.html", f, x)
}

// saidTable is what was returned.
func saidTable(v *visit.Visit, r *app.ReportForm) page.Table {
	p := v.Text
	t := page.Table{Caption: p.T("nation.returned"), Empty: p.T("nation.returned_nothing"), Head: []page.Head{{Text: p.T("nation.figure")}, {Text: p.T("nation.number"), Number: true}}}
	if r.Return == nil {
		return t
	}
	for i, c := range r.Return.Counts {
		t.Rows = append(t.Rows, page.Row{{Text: figureName(p, i+1)}, {Text: countText(p, c)}})
	}
	return page.Table{Caption: t.Caption, Head: t.Head, Rows: append(t.Rows, page.Row{{Text: p.T("nation.scope")}, {Text: scopeName(p, r.Return.Scope)}},
		page.Row{{Text: p.T("nation.received")}, {Text: v.Date(r.Return.At)}})}
}

func deadlineText(p *locale.Printer, r *app.ReportForm) string {
	day := page.Date(p, r.Deadline.Time())
	switch {
	case !r.Closed.IsZero():
		return p.T("nation.form_closed")
	case r.Late:
		return p.T("nation.form_late", "dag", day)
	}
	return p.T("nation.form_deadline", "dag", day)
}

func figureField(p *locale.Printer, i int, r *app.ReportForm) FigureField {
	nr := strconv.Itoa(i + 1)
	x := FigureField{Nr: i + 1, Name: p.T("nation.ask_" + nr), Hint: p.T("nation.ask_hint_" + nr)}
	if r.Return != nil {
		x.put(r.Return.Counts[i])
	}
	if r.Before != nil {
		x.Before = p.T("nation.before", "ar", yearText(r.BeforeYear), "antal", countText(p, r.Before.Counts[i]))
	}
	return x
}

func (x *FigureField) put(c disclosure.Count) {
	x.Value, x.Secret = "", c.IsSecret()
	if n, ok := c.Number(); ok {
		x.Value = strconv.Itoa(n)
	}
}

// Send takes in a form.
func Send(v *visit.Visit) error {
	posted, err := v.Posted()
	if err != nil {
		return err
	}
	year, err := yearIn(v)
	if err != nil {
		return err
	}
	all, scope := typedIn(posted), number(posted, "omfattning", 0)
	unit := v.R.PathValue("enhet")
	var counts [3]disclosure.Count
	for i, t := range all {
		if t.bad {
			return showForm(v, &all, scope)
		}
		counts[i] = t.count
	}
	if err := v.App.Report(v.R.Context(), v.By(), unit, year, counts, scope); err != nil {
		return err
	}
	if counts == [3]disclosure.Count{} {
		return v.Redirect(formAddress(unit, year) + "?klart=tomt")
	}
	return v.Redirect(formAddress(unit, year) + "?klart=rapport")
}

// oddTexts says what is worth a look.
func oddTexts(p *locale.Printer, all []app.OddThing) (said []string) {
	for _, o := range all {
		name := ""
		if o.Figure != 0 {
			name = figureName(p, int(o.Figure))
		}
		said = append(said, p.T("nation.odd_"+string(o.Kind), "nyckeltal", name, "nu", countText(p, o.Now), "da", countText(p, o.Before), "ar", yearText(o.Year),
			"varde", p.Number(o.Rate.Float(), 2), "mitten", p.Number(o.Middle.Float(), 2)))
	}
	return said
}
