package indicator

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"foljsam/internal/app"
	"foljsam/internal/fault"
	rules "foljsam/internal/indicator"
	"foljsam/internal/place"
	"foljsam/internal/record"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

// SendPage is a return before it leaves: what is stated, and then exactly what leaves.
type SendPage struct {
	Owner    string // whose page it is
	Title    string
	Place    string
	Action   string // where what is stated is shown
	Keeps    []Fact // what else the address asks for
	Scopes   []Option
	Figures  []Option // chosen: is not returned
	Readings []Option
	Faults   map[string]string
	NotOver  bool        // the year: nothing can be returned yet
	Leaves   *page.Table // what leaves; nil: the scope is not stated
	File     string
	Open     string // address of doubtful cases that nobody has decided of
	Post     string
	Hidden   []Fact
	Where    string // where it goes
	Before   string // that there is an earlier edition
	Zero     string // that nothing was opened; empty: something was
	Back     string
}

// stated reads what somebody states of a return.
func stated(q url.Values, ask app.FiguresAsk) app.ReturnAsk {
	r := app.ReturnAsk{FiguresAsk: ask}
	n, _ := strconv.Atoi(q.Get("omfattning")) // 0: not stated
	r.Scope = rules.Scope(n)
	r.Seen, _ = strconv.Atoi(q.Get("utgava")) // 0: none
	for i := range r.Left {
		r.Left[i] = slices.Contains(q["utan"], strconv.Itoa(i+1))
	}
	return r
}

// Send asks what a return is of, and shows what would leave.
func Send(v *visit.Visit) error {
	ask, err := askedYear(v)
	if err != nil {
		return err
	}
	q := v.R.URL.Query()
	return send(v, stated(q, ask), q.Has("granska") || q.Has("omfattning"), nil)
}

// fieldOf names the field that a fault of a return is about.
var fieldOf = map[string]string{"indicator.scope_missing": "omfattning", "indicator.nothing_returned": "utan"}

func send(v *visit.Visit, ask app.ReturnAsk, asked bool, wrong error) error {
	r, err := v.App.Returning(v.R.Context(), v.By(), ask)
	if err != nil {
		return err
	}
	p := v.Text
	f := v.Frame(p.T("indicator.send_title", "ar", strconv.Itoa(r.Year)))
	x := SendPage{Owner: v.Owner(), Title: f.Title, Place: place.NameOf(r.Area), Action: Address + "/" + strconv.Itoa(r.Year) + "/skicka", Back: at(r.FiguresAsk, "", nil), Faults: map[string]string{}, NotOver: !r.Over}
	if !asked && r.Before != nil { // as it was stated last
		r.Scope, ask.Scope = rules.Scope(r.Before.Scope), rules.Scope(r.Before.Scope)
	}
	x.Keeps = []Fact{{"enhet", r.Area}}
	for i := 1; i <= 3; i++ {
		n := strconv.Itoa(i)
		x.Scopes = append(x.Scopes, Option{n, p.T("indicator.scope_" + n), ask.Scope == rules.Scope(i)})
		x.Figures = append(x.Figures, Option{n, n + ". " + figureName(v, rules.Figure(i)), ask.Left[i-1]})
	}
	x.Readings = readings(v, r.Reading)
	if wrong == nil && asked {
		wrong = faultOf(ask)
	}
	if wrong != nil {
		id := fieldOf[fault.KeyOf(wrong)]
		x.Faults[id] = p.Error(wrong)
		f.Status, f.Faults = http.StatusUnprocessableEntity, []page.Fault{{ID: id, Text: p.Error(wrong)}}
		if fault.KindOf(wrong) == fault.Conflict {
			f.Status = http.StatusConflict
		}
	}
	if asked && r.Over && faultOf(ask) == nil {
		x.preview(v, r)
	}
	return v.Show("indicator-send.html", f, x)
}

// faultOf says what is missing in what was stated.
func faultOf(ask app.ReturnAsk) error {
	switch {
	case ask.Scope < rules.Authority || ask.Scope > rules.Both:
		return fault.New(fault.Invalid, "indicator.scope_missing")
	case ask.Left == [3]bool{true, true, true}:
		return fault.New(fault.Invalid, "indicator.nothing_returned")
	}
	return nil
}

// preview shows the file as it leaves, and lets it go.
func (x *SendPage) preview(v *visit.Visit, r *app.Returning) {
	p := v.Text
	t := countsTable(v, r.Return.Counts)
	x.Leaves, x.File = &t, r.File
	if r.Open {
		x.Open = at(r.FiguresAsk, "/tveksamma", nil)
	}
	x.Post = at(r.FiguresAsk, "/faststall", nil)
	x.Hidden = []Fact{{"hash", r.Hash}, {"omfattning", strconv.Itoa(int(r.Scope))}}
	for i, left := range r.Left {
		if left {
			x.Hidden = append(x.Hidden, Fact{"utan", strconv.Itoa(i + 1)})
		}
	}
	x.Where = p.T("indicator.goes_file")
	if r.Nation {
		x.Where = p.T("indicator.goes_nation")
		if r.Deadline != record.NoDay {
			x.Where += " " + p.T("indicator.deadline", "dag", page.Date(p, r.Deadline.Time()))
		}
	}
	if r.Nation && r.Refusal != nil {
		x.Where = p.T("indicator.goes_refused", "skal", p.Error(r.Refusal))
	}
	if n, ok := r.Return.Count(rules.Opened).Number(); ok && n == 0 {
		x.Zero = p.T("indicator.zero_opened", "ar", strconv.Itoa(r.Year))
	}
	if r.Before != nil {
		x.Hidden = append(x.Hidden, Fact{"utgava", strconv.Itoa(r.Before.Edition)})
		x.Before = p.T("indicator.new_edition", "utgava", r.Before.Edition, "ny", r.Before.Edition+1)
	}
}

// countsTable shows counts as they leave.
func countsTable(v *visit.Visit, counts [3]rules.Count) page.Table {
	p := v.Text
	t := page.Table{Caption: p.T("indicator.returned_counts"), Head: []page.Head{{Text: p.T("indicator.figure")}, {Text: p.T("indicator.returned"), Number: true}}}
	for i, f := range rules.Figures {
		t.Rows = append(t.Rows, page.Row{{Text: strconv.Itoa(int(f)) + ". " + figureName(v, f)}, {Text: leaves(v, counts[i])}})
	}
	return t
}

// Return settles a return, and leads to its evidence.
func Return(v *visit.Visit) error {
	ask, posted, err := postedYear(v)
	if err != nil {
		return err
	}
	r := stated(posted, ask)
	edition, err := v.App.ReturnFigures(v.R.Context(), v.By(), r, posted.Get("hash"))
	switch fault.KeyOf(err) {
	case "indicator.changed", "indicator.scope_missing", "indicator.nothing_returned", "indicator.year_not_over", "indicator.returned_meanwhile":
		return send(v, r, true, err)
	}
	q := url.Values{"gjort": {"faststallt"}}
	switch {
	case err != nil && edition == 0:
		return err
	case err != nil:
		q.Set("gjort", "inte-framme")
	}
	return v.Redirect(at(app.FiguresAsk{Year: ask.Year, Area: ask.Area}, "/underlag", q))
}
