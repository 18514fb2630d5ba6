package log

import (
	"net/http"
	"net/url"
	"strconv"
	"time"

	"foljsam/internal/app"
	"foljsam/internal/fault"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

// CheckPage is one spot check: the lines that were drawn, and what is said of each.
type CheckPage struct {
	Owner    string // whose page it is
	Title    string
	Register string
	ID       string
	Facts    []Fact
	Left     string
	Lines    []CheckLine
	Back     string
	Mark     string // address
	Ordinary string
	AskAbout string
}

// Fact is one thing that is said of the check.
type Fact struct{ Name, Text string }

// CheckLine is a line that was drawn.
type CheckLine struct {
	Seq                         string
	When, Who, Role, Act, About string
	Mark                        string
	Said                        string // "Vanlig. Anna, 22 november"
	Note                        string
	Fault                       string
	Own                         bool // of who looks: somebody else judges it
}

// Sample draws lines of a period, and leads to them.
func Sample(v *visit.Visit) error {
	posted, err := v.Posted()
	if err != nil {
		return err
	}
	register := posted.Get("register")
	was := typed{posted.Get("fran"), posted.Get("till"), posted.Get("antal")}
	zone := v.App.Now().Location()
	from, bad1 := time.ParseInLocation(time.DateOnly, was.from, zone)
	till, bad2 := time.ParseInLocation(time.DateOnly, was.till, zone)
	n, bad3 := strconv.Atoi(was.n)
	if bad1 != nil || bad2 != nil {
		return show(v, register, &was, fault.New(fault.Invalid, "log.period"))
	}
	if bad3 != nil {
		n = 0
	}
	id, err := v.App.SampleLog(v.R.Context(), v.By(), register, from, till.AddDate(0, 0, 1), n)
	if err != nil && fault.KindOf(err) == fault.Invalid {
		return show(v, register, &was, err)
	}
	if err != nil {
		return err
	}
	return v.Redirect(checkAddress(url.QueryEscape(register), id))
}

// Check shows a spot check.
func Check(v *visit.Visit) error {
	q := v.R.URL.Query()
	if !q.Has("granskning") {
		return show(v, q.Get("register"), nil, nil)
	}
	return showCheck(v, q.Get("register"), q.Get("granskning"), "", "", nil)
}

func showCheck(v *visit.Visit, register, id, seq, note string, wrong error) error {
	c, err := v.App.LogCheck(v.R.Context(), v.By(), register, id)
	if err != nil {
		return err
	}
	t := v.Text
	f := v.Frame(t.T("log.check"))
	x := CheckPage{Owner: v.Owner(), Title: f.Title, Register: register, ID: id, Back: Address + "?register=" + url.QueryEscape(register), Mark: markAddress, Ordinary: app.Ordinary, AskAbout: app.AskAbout}
	x.Facts = []Fact{{t.T("log.taken"), when(v, c.At)}, {t.T("log.by"), c.Who}, {t.T("log.of_period"), period(v, *c)},
		{t.T("log.of_lines"), t.T("log.first_last", "forsta", t.Int(c.First), "sista", t.Int(c.Last))}, {t.T("log.seed"), c.Seed}}
	x.Left = t.T("log.left", "n", c.Left)
	for _, l := range c.Lines {
		y := CheckLine{Seq: strconv.FormatInt(l.Seq, 10), When: when(v, l.At), Who: who(v, l), Role: role(v, l.Role), Act: act(v, string(l.Act)), About: about(v, l), Mark: l.Mark, Note: l.Note, Own: l.Own}
		if l.Mark != "" {
			y.Said = t.T("log.said", "bedomning", t.T("log.mark_"+l.Mark), "namn", l.By, "tid", when(v, l.Said))
		}
		if wrong != nil && y.Seq == seq {
			y.Fault, y.Note = t.Error(wrong), note
			f.Status, f.Faults = http.StatusUnprocessableEntity, []page.Fault{{ID: "not-" + seq, Text: y.Fault}}
		}
		x.Lines = append(x.Lines, y)
	}
	f.Address = checkAddress(url.QueryEscape(register), id)
	return v.Show("log-check.html", f, x)
}

// Mark says of a line that it is ordinary, or to be asked about.
func Mark(v *visit.Visit) error {
	posted, err := v.Posted()
	if err != nil {
		return err
	}
	register, id, nr := posted.Get("register"), posted.Get("granskning"), posted.Get("rad")
	seq, _ := strconv.ParseInt(nr, 10, 64) // no line has number 0
	err = v.App.MarkLog(v.R.Context(), v.By(), register, id, seq, posted.Get("bedomning"), posted.Get("anteckning"))
	if err != nil && fault.KindOf(err) == fault.Invalid && id != "" {
		return showCheck(v, register, id, nr, posted.Get("anteckning"), err)
	}
	if err != nil {
		return err
	}
	return v.Redirect(checkAddress(url.QueryEscape(register), url.QueryEscape(id)) + "#rad-" + url.PathEscape(nr))
}
