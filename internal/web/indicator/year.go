package indicator

import (
	"net/url"
	"strconv"
	"strings"

	"foljsam/internal/app"
	rules "foljsam/internal/indicator"
	"foljsam/internal/place"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

// YearPage is the key figures of a year.
type YearPage struct {
	Owner     string // whose page it is
	Title     string
	Place     string
	Intro     string
	Years     []Option
	Areas     []Option // one is no choice
	Readings  []Option
	Figures   page.Table
	Other     string // what the other reading of the goal gives
	OtherAt   string
	Odd       []OddLine
	Accepted  []OddLine // that somebody lets stand
	Doubts    page.Table
	Doubtful  bool
	Wrong     *Correction // the register says something else than what was returned
	Elsewhere []page.Link // years of which the same is so, or that wait to be sent
	State     string      // how far the return has got, in a word or two
	Told      string      // and by whom and when
	Deadline  string
	Return    string      // address
	Do        string      // what the button to it says
	Send      string      // address of where the settled one is sent; empty: it was, or there is none
	Evidence  string      // address; empty: nothing is returned
	Over      bool        // the year is over
	Done      bool        // it was returned, and nothing waits
	Left      *Correction // what was returned is let stand, though the register says something else
	Units     []Option
	UnitsAt   string
	Others    page.Table
	Means     []Fact
	None      *page.Empty
	Before    bool // the register knows nothing of the year: it began later
}

// Correction says what a return says that the register no longer does.
type Correction struct {
	Title  string
	Text   string
	Counts page.Table
	Accept *AcceptForm // nil: a later edition waits to be sent
}

// OddLine is something that looks wrong, and where to look.
type OddLine struct {
	Text   string
	Link   *page.Link
	Accept *AcceptForm // nil: it passes by itself
}

// Year shows the key figures of a year.
func Year(v *visit.Visit) error { return year(v, nil) }

// year shows them, and what was wrong in what was just sent.
func year(v *visit.Visit, wrong error) error {
	ask, err := askedYear(v)
	if err != nil {
		return err
	}
	f, err := v.App.Figures(v.R.Context(), v.By(), ask)
	if err != nil {
		return err
	}
	p := v.Text
	frame := v.Frame(p.T("indicator.title", "ar", strconv.Itoa(f.Year)))
	x := YearPage{Owner: v.Owner(), Title: frame.Title, Place: place.NameOf(f.Area), Over: v.App.Now().Year() > f.Year}
	x.choices(v, f)
	x.Figures = figuresTable(v, f)
	x.other(v, f)
	x.odd(v, f)
	x.doubts(v, f)
	x.returned(v, f)
	x.others(v, f)
	x.units(v, f)
	x.Means = means(v, f.Reading)
	x.empty(v, f)
	x.tell(v, &frame, wrong)
	return v.Show("indicator-year.html", frame, x)
}

// empty says that the register knows nothing of the year, and where to go on.
func (x *YearPage) empty(v *visit.Visit, f *app.Figures) {
	p := v.Text
	switch year := strconv.Itoa(f.Year); {
	case !f.Any:
		x.None = &page.Empty{Title: p.T("indicator.none"), Text: p.T("indicator.none_text"), Link: &page.Link{Address: casesAddress + "/nytt", Text: p.T("work.new_case")}}
	case f.First > f.Year:
		first := app.FiguresAsk{Year: min(f.First, v.App.Now().Year()), Area: f.Area, Reading: f.Reading}
		x.Before, x.None = true, &page.Empty{Title: p.T("indicator.before_first", "ar", year), Text: p.T("indicator.before_first_text", "ar", year, "forsta", strconv.Itoa(f.First)),
			Link: &page.Link{Address: at(first, "", nil), Text: p.T("indicator.back", "ar", strconv.Itoa(first.Year))}}
	}
}

func (x *YearPage) choices(v *visit.Visit, f *app.Figures) {
	years := f.Years
	if !contains(years, f.Year) {
		years = append([]int{f.Year}, years...)
	}
	for _, y := range years {
		x.Years = append(x.Years, Option{strconv.Itoa(y), strconv.Itoa(y), y == f.Year})
	}
	if len(f.Areas) > 1 {
		for _, a := range f.Areas {
			x.Areas = append(x.Areas, Option{a, place.NameOf(a), a == f.Area})
		}
	}
	x.Readings = readings(v, f.Reading)
}

func contains(all []int, one int) bool {
	for _, n := range all {
		if n == one {
			return true
		}
	}
	return false
}

func readings(v *visit.Visit, chosen rules.Reading) []Option {
	return []Option{{"", v.Text.T("indicator.reading_goal"), chosen == rules.ByGoal}, {readingWord, v.Text.T("indicator.reading_reason"), chosen == rules.ByReason}}
}

// figuresTable shows the counts: true ones, which stay here, beside what would leave.
func figuresTable(v *visit.Visit, f *app.Figures) page.Table {
	p := v.Text
	before := strconv.Itoa(f.Year - 1)
	t := page.Table{Caption: p.T("indicator.counts"), Head: []page.Head{{Text: p.T("indicator.figure")}, {Text: p.T("indicator.now"), Number: true}}}
	decided := false
	for _, r := range f.Rows {
		decided = decided || r.Now != r.Rule
	}
	if decided {
		t.Head = append(t.Head, page.Head{Text: p.T("indicator.rule"), Number: true})
	}
	t.Head = append(t.Head, page.Head{Text: p.T("indicator.leaves"), Number: true}, page.Head{Text: p.T("indicator.last", "ar", before), Number: true},
		page.Head{Text: p.T("indicator.last_sent", "ar", before), Number: true}, page.Head{Text: p.T("indicator.behind")})
	for _, r := range f.Rows {
		row := page.Row{{Text: strconv.Itoa(int(r.Figure)) + ". " + figureName(v, r.Figure)}, {Text: number(v, r.Now)}}
		if decided {
			row = append(row, page.Cell{Text: number(v, r.Rule)})
		}
		row = append(row, page.Cell{Text: leaves(v, r.Leaves)}, page.Cell{Text: yearBefore(v, f, r)}, page.Cell{Text: leaves(v, r.LastSent)},
			page.Cell{Text: p.T("indicator.behind_of", "nr", int(r.Figure)), Address: at(f.FiguresAsk, "/arenden/"+strconv.Itoa(int(r.Figure)), nil)})
		t.Rows = append(t.Rows, row)
	}
	return t
}

// other tells what the goal read the other way gives.
func (x *YearPage) other(v *visit.Visit, f *app.Figures) {
	r := f.Rows[rules.GoalMet.Index()]
	key := "indicator.other_reason"
	if f.Reading == rules.ByReason {
		key = "indicator.other_goal"
	}
	x.Other = v.Text.T(key, "n", r.Other.N())
	for _, d := range f.Doubts {
		if d.Kind == rules.GoalDiffers {
			x.OtherAt = at(f.FiguresAsk, "/tveksamma", url.Values{"typ": {string(rules.GoalDiffers)}})
		}
	}
}

func (x *YearPage) odd(v *visit.Visit, f *app.Figures) {
	p := v.Text
	for _, o := range f.Odd {
		l := OddLine{}
		args := []any{"n", o.N.N(), "forra", o.Last.N(), "ar", strconv.Itoa(f.Year)}
		if o.Figure.Valid() {
			args = append(args, "nyckeltal", figureName(v, o.Figure))
			l.Link = &page.Link{Address: at(f.FiguresAsk, "/arenden/"+strconv.Itoa(int(o.Figure)), nil), Text: p.T("indicator.behind_of", "nr", int(o.Figure))}
		}
		if len(o.Months) > 0 {
			args = append(args, "manader", strings.Join(monthNames(v, o.Months), ", "))
		}
		if len(o.Units) > 0 {
			args = append(args, "enheter", strings.Join(o.Units, ", "))
		}
		l.Text = p.T("indicator.odd_"+string(o.Kind), args...)
		switch o.Kind {
		case app.Dateless, app.Silent, app.SilentUnit, app.NoneOpened:
			l.Link = &page.Link{Address: casesAddress + "?vems=alla", Text: p.T("indicator.to_cases")}
		case app.Unfollowed:
			l.Link = &page.Link{Address: "/komplett?vilka=avslutade&ar=" + strconv.Itoa(f.Year), Text: p.T("indicator.to_complete")}
		}
		if o.Kind != app.NotOver {
			l.Accept = formOf(v, f.FiguresAsk, l.Text, o.Warning, app.OddReasons)
		}
		if o.Accepted != nil {
			x.Accepted = append(x.Accepted, l)
		} else {
			x.Odd = append(x.Odd, l)
		}
	}
}

func monthNames(v *visit.Visit, months []int) (names []string) {
	for _, m := range months {
		names = append(names, v.Text.T("indicator.month_"+strconv.Itoa(m)))
	}
	return names
}

func (x *YearPage) doubts(v *visit.Visit, f *app.Figures) {
	p := v.Text
	x.Doubts = page.Table{Caption: p.T("indicator.doubts"), Hidden: true, Head: []page.Head{{Text: p.T("indicator.doubt")}, {Text: p.T("indicator.doubt_all"), Number: true},
		{Text: p.T("indicator.doubt_open"), Number: true}, {Text: p.T("indicator.doubt_go")}}, Empty: p.T("indicator.doubts_none")}
	for _, d := range f.Doubts {
		x.Doubtful = x.Doubtful || d.Open.N() > 0
		name := p.T("indicator.doubt_" + string(d.Kind))
		x.Doubts.Rows = append(x.Doubts.Rows, page.Row{{Text: name}, {Text: number(v, d.All)}, {Text: number(v, d.Open)},
			{Text: p.T("indicator.doubt_see"), Address: at(f.FiguresAsk, "/tveksamma", url.Values{"typ": {string(d.Kind)}})}})
	}
}

func (x *YearPage) units(v *visit.Visit, f *app.Figures) {
	x.UnitsAt = at(f.FiguresAsk, "/enheter", nil)
	for _, u := range f.Units {
		x.Units = append(x.Units, Option{u.ID, u.Name, u.Outside})
	}
}

// means says what each key figure is of.
func means(v *visit.Visit, r rules.Reading) (all []Fact) {
	for _, f := range rules.Figures {
		key := "indicator.means_" + strconv.Itoa(int(f))
		if f == rules.GoalMet && r == rules.ByReason {
			key += "_reason"
		}
		all = append(all, Fact{strconv.Itoa(int(f)) + ". " + figureName(v, f), v.Text.T(key)})
	}
	return all
}

// SaveUnits says which units lie outside individual and family care.
func SaveUnits(v *visit.Visit) error {
	ask, err := askedYear(v)
	if err != nil {
		return err
	}
	posted, err := v.Posted()
	if err == nil {
		err = v.App.SetOutside(v.R.Context(), v.By(), posted["enhet"])
	}
	if err != nil {
		return err
	}
	return v.Redirect(at(ask, "", url.Values{"gjort": {"enheter"}}))
}

// yearBefore writes the count of the year before; where nothing tells of that year, that it is missing
// is no zero.
func yearBefore(v *visit.Visit, f *app.Figures, r app.FigureRow) string {
	if !f.Before {
		return leaves(v, rules.Count{})
	}
	return number(v, r.Last)
}
