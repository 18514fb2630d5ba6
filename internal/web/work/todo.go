package work

import (
	"cmp"
	"net/url"
	"slices"
	"strings"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/app"
	"foljsam/internal/codebook"
	"foljsam/internal/disclosure"
	"foljsam/internal/locale"
	"foljsam/internal/record"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

// ToDoPage is where a working day begins.
type ToDoPage struct {
	Title   string
	Owner   string   // whose page it is
	Last    *Waiting // where the person was
	Where   string   // the question that was answered last there
	Due     []Due
	Missing Lacking  // in open cases
	Closed  Lacking  // in closed ones
	All     bool     // the cases of everybody, not one's own
	Units   bool     // say which unit a case is in
	Open    bool     // there are open cases
	Figure  []string // sentences about the unit's year
	None    page.Empty
	Surveys []string    // how many cases wait for the client's survey
	Again   []page.Link // reflections on figures that it is time to look at again
	Returns []page.Link // returns of key figures that wait
	Coding  []Waits     // exercises to answer
	Orders  []Waits     // figures that somebody has asked for
}

// Lacking is the cases where something is missing that a person meets first.
type Lacking struct {
	Cases []Waiting
	Left  disclosure.ListCount // those that are not shown
	Rest  string               // address of the list of all of them
}

// Waiting is a case that waits for something.
type Waiting struct {
	ID      string
	Code    string
	Address string
	Unit    string
	Worker  string
	Days    string
	Closed  bool
	Discuss bool
	Phases  []Phase
	Survey  bool // the client's survey is missing
}

// Due is a case where a new risk assessment is due.
type Due struct {
	Waiting
	When    string // "om 3 dagar"
	Day     string
	Overdue bool
	on      record.Day
}

// Waits is something other than a case that waits.
type Waits struct {
	Address, Text, When string
	Late                bool
}

// How many of the cases that lack something the page shows: what one does first.
const (
	shown       = 12
	shownClosed = 8
)

// ToDo shows what waits for whoever is signed in. A coordinator sees all cases of the units.
// Whose role has no cases begins somewhere else, and is led there.
func ToDo(v *visit.Visit) error {
	if !v.By().May(access.SeeUnitCases) {
		return v.Redirect("/")
	}
	todo, err := v.App.ToDo(v.R.Context(), v.By())
	if err != nil {
		return err
	}
	f := v.Frame(v.Text.T("work.to_do_title"))
	if v.R.URL.Query().Has("valkommen") {
		f.Messages = []page.Message{{Kind: page.Done, Title: v.Text.T("work.welcome"), Text: v.Text.T("work.welcome_text")}}
	}
	if err := v.Tell(&f); err != nil {
		return err
	}
	data := ToDoPage{Title: f.Title, Owner: v.Owner(), All: v.Who.Role == access.Coordinator, Units: len(todo.Units) > 1, Open: todo.Open}
	book := v.App.Codebook()
	if todo.Last != nil {
		last := waiting(v, *todo.Last)
		data.Last, data.Where = &last, whereIn(v.Text, book, todo.Last.Cover)
	}
	for _, x := range todo.Due {
		data.Due = append(data.Due, dueOf(v, x))
	}
	slices.SortStableFunc(data.Due, func(a, b Due) int { return cmp.Compare(a.on, b.on) })
	data.Missing = lacking(v, todo.Missing, shown, record.Open, data.All)
	data.Closed = lacking(v, todo.Closed, shownClosed, record.Shut, data.All)
	if err := data.asked(v); err != nil {
		return err
	}
	data.Figure, data.Surveys = figure(v, todo), surveyWaits(v, todo.Survey)
	data.None = empty(v.Text, data)
	return v.Show("work-to-do.html", f, data)
}

// asked puts in what others have asked for: figures to look at again, exercises, orders.
func (data *ToDoPage) asked(v *visit.Visit) error {
	again, err := v.App.LookAgain(v.R.Context(), v.By())
	if err != nil {
		return err
	}
	for _, n := range again {
		data.Again = append(data.Again, page.Link{Address: n.About, Text: v.Text.T("result.look_again", "figur", n.Title, "text", clip(n.Text))})
	}
	if data.Returns, err = returns(v); err != nil {
		return err
	}
	codings, err := v.App.CodingsToAnswer(v.R.Context(), v.By())
	if err != nil {
		return err
	}
	for _, c := range codings {
		data.Coding = append(data.Coding, Waits{Address: "/kodning/" + url.PathEscape(c.ID), Text: c.Title, When: v.Text.T("coding.to_answer_by", "dag", dayIn(v, c.Till))})
	}
	orders, err := v.App.OrdersToAnswer(v.R.Context(), v.By())
	if err != nil {
		return err
	}
	for _, o := range orders {
		x := Waits{Address: visit.OrdersAddress, Text: v.Text.T("order.todo_item", "figur", o.Title, "text", clip(o.Text)), When: v.Text.T("order.wanted", "dag", dayIn(v, o.Wanted)), Late: o.Due}
		if o.Due {
			x.When = v.Text.T("order.late", "dag", dayIn(v, o.Wanted))
		}
		data.Orders = append(data.Orders, x)
	}
	return nil
}

// longestLine is how much of what somebody wrote a line shows; all of it stands where it leads.
const longestLine = 140

func clip(text string) string {
	if all := []rune(strings.Join(strings.Fields(text), " ")); len(all) > longestLine {
		return string(all[:longestLine]) + "…"
	}
	return text
}

// dayIn writes a day that is kept as 2026-01-31.
func dayIn(v *visit.Visit, iso string) string {
	t, err := time.Parse(time.DateOnly, iso)
	if err != nil {
		return iso
	}
	return page.Date(v.Text, t)
}

// lacking shows the first of some cases, and leads to the others.
func lacking(v *visit.Visit, l app.Lacking, shown int, s record.Standing, all bool) Lacking {
	x := Lacking{Rest: rest(s, all)}
	for _, c := range l.Cases[:min(len(l.Cases), shown)] {
		x.Cases = append(x.Cases, waiting(v, c))
	}
	x.Left = l.Of.After(len(x.Cases))
	return x
}

func waiting(v *visit.Visit, x app.Listed) Waiting {
	return Waiting{
		ID: x.ID, Survey: lacksSurvey(v.App.Codebook(), x.Cover),
		Code: x.CaseCode, Address: caseAddress(x.ID), Unit: x.UnitName, Worker: x.Worker, Days: daysOf(v, x.Cover),
		Closed: x.Standing == record.Shut, Discuss: x.Discuss, Phases: phasesOf(v.Text, v.App.Codebook(), x.Cover),
	}
}

// whereIn says where one goes on in a case, as its own address leads: at the question that was
// answered last, or, where its part is complete, in the next one that lacks something. Empty
// for a question that is gone or a whole row.
func whereIn(p *locale.Printer, cb *codebook.Codebook, c record.Cover) string {
	v := record.VariableOf(cb, c.Last)
	if v == nil {
		return ""
	}
	at := slices.IndexFunc(cb.Phases, func(x codebook.PhaseName) bool { return x.ID == v.Phase })
	if at >= 0 && at < len(c.Progress) && c.Progress[at].Missing == 0 {
		for i, n := range c.Progress[at+1:] {
			if n.Missing > 0 {
				return cb.Phases[at+1+i].Label.In(p.Lang())
			}
		}
	}
	return v.Label.In(p.Lang())
}

// dueOf says when a new risk assessment is due.
func dueOf(v *visit.Visit, x app.Listed) Due {
	d := Due{Waiting: waiting(v, x), on: x.Next, Day: page.Date(v.Text, x.Next.Time())}
	if risk := v.App.Codebook().Role(codebook.Risk); risk != nil {
		d.Address = phaseAddress(x.ID, risk.Phase) + "#" + string(codebook.OfRisk)
	}
	switch days := int(x.Next - today(v)); {
	case days < 0:
		d.Overdue, d.When = true, v.Text.T("work.due_overdue", "n", -days)
	case days == 0:
		d.When = v.Text.T("work.due_today")
	default:
		d.When = v.Text.T("work.due_in", "n", days)
	}
	return d
}

// rest gives the list of all cases of a standing that lack something.
func rest(s record.Standing, all bool) string {
	whose := "mina"
	if all {
		whose = "alla"
	}
	return casesAddress + "?saknas=ja&lage=" + string(s) + "&vems=" + whose
}

// today gives the day that it is where the clock is.
func today(v *visit.Visit) record.Day {
	y, m, d := v.App.Now().Date()
	return record.DayOf(time.Date(y, m, d, 0, 0, 0, 0, time.UTC))
}

// empty says why nothing is missing: there are no cases, or all is registered.
func empty(p *locale.Printer, data ToDoPage) page.Empty {
	if data.Last == nil && !data.Open {
		return page.Empty{Title: p.T("work.no_cases"), Text: p.T("work.no_cases_text"), Link: &page.Link{Address: casesAddress + "/nytt", Text: p.T("work.new_case")}}
	}
	return page.Empty{Title: p.T("work.nothing_missing"), Text: p.T("work.nothing_missing_text")}
}

// figure gives what the unit's year adds up to, where there is something to tell. A start
// page does not fail for it.
func figure(v *visit.Visit, todo *app.ToDo) []string {
	unit := ""
	switch {
	case todo.Last != nil:
		unit = todo.Last.Unit
	case len(todo.Units) == 1:
		unit = todo.Units[0].ID
	default:
		return nil
	}
	f, err := v.App.FeedbackSoon(v.R.Context(), v.By(), unit, 0)
	if err != nil || f == nil || !f.Closed.IsNumber() || f.Closed.Int() == 0 {
		return nil
	}
	said := []string{v.Text.T("work.figure_closed", "enhet", f.Unit, "n", f.Closed.Int())}
	if f.Followed.IsNumber() && f.Followed.Int() > 0 && f.Whole.IsNumber() {
		said = append(said, v.Text.T("work.figure_goal", "n", f.Whole.Int(), "av", f.Followed.Int()))
	}
	return said
}
