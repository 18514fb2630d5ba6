package cases

import (
	"net/http"
	"slices"
	"strconv"
	"time"

	"foljsam/internal/app"
	"foljsam/internal/codebook"
	"foljsam/internal/disclosure"
	"foljsam/internal/fault"
	"foljsam/internal/locale"
	"foljsam/internal/record"
	"foljsam/internal/web/visit"
)

// closingPage asks for what closes a case; of one that is closed, whether that was a
// mistake.
type closingPage struct {
	Head    head
	Items   []item
	Differs []differ
	Missing []missing
	Survey  string // address
	Part    string // what the case becomes part of
	Open    string // where a mistaken close is corrected
	Owner   string // whose page it is
	Doubts  []string
	Anyway  string // what is confirmed, where there are doubts: the date and what is odd about it
}

// anyway is posted by who closes a case although its date looks wrong.
const anyway = "anda"

// doubted is a closing date that looks wrong, until somebody says that it is right.
type doubted struct {
	checks []codebook.Check
	word   string // the date and the checks: another date is asked about anew
}

// missing is an answer that a closed case should have: what, and where.
type missing struct{ Phase, Name, Address string }

// Closing asks for what closes a case.
func Closing(v *visit.Visit) error {
	c, err := caseOf(v)
	if err != nil {
		return err
	}
	return showClosing(v, c, keptOf(v, c))
}

func showClosing(v *visit.Visit, c *app.CaseView, t *typed) error {
	cb, p := c.Book, v.Text
	x := closingPage{
		Head: headOf(v, c, ""), Missing: missingIn(v, c, codebook.After), Survey: phaseOf(c.Filed.ID, codebook.Survey),
		Part: p.T("cases.becomes_part", "enhet", c.UnitName), Open: addressOf(c.Filed.ID, "/oppna"), Owner: v.Owner(),
	}
	x.Head.Here = "avsluta"
	for _, field := range closingFields(cb) {
		x.Items = append(x.Items, fieldItem(v, c, field, t))
	}
	f := frameOf(v, c, p.T("cases.close")+" – "+p.T("cases.case"))
	f.Messages = append(f.Messages, notes(p, x.Head)...)
	if t != nil {
		x.Differs = t.differs(v, cb)
		f.Status, f.Faults = http.StatusUnprocessableEntity, t.faults(x.Items)
		x.Anyway = t.doubt.word
		for _, k := range t.doubt.checks {
			x.Doubts = append(x.Doubts, k.Text.In(p.Lang()))
		}
	}
	return v.Show("cases-close.html", f, x)
}

// closingFields are the questions that are asked when a case is closed: all of the phase
// after support, what is asked again among them.
func closingFields(cb *codebook.Codebook) (fields []string) {
	for _, v := range slices.Concat(cb.Variables, cb.Fields, cb.Local) {
		if v.Phase == codebook.After && v.Level == codebook.OfCase {
			fields = append(fields, v.Key())
		}
	}
	return fields
}

// missingIn lists what lacks an answer in the phases before one.
func missingIn(v *visit.Visit, c *app.CaseView, before codebook.Phase) (all []missing) {
	p, cb := v.Text, c.Book
	for _, x := range c.Progress {
		if x.Phase == before {
			break
		}
		for _, field := range x.Missing {
			all = append(all, missing{cb.Phase(x.Phase).In(p.Lang()), missingName(p, cb, field), placeOf(v, c, field)})
		}
	}
	return all
}

// missingName names a field, or the rows of which there is none.
func missingName(p *locale.Printer, cb *codebook.Codebook, field string) string {
	switch codebook.Level(field) {
	case codebook.OfSupport:
		return p.T("form.support")
	case codebook.OfRisk:
		return p.T("form.risk")
	}
	return name(p, cb, field)
}

// Close saves what was said at closing. The case is closed when it has a closing date; what
// else is missing does not stop it. A date that looks wrong closes it only when somebody
// says that it is right; the other answers are saved meanwhile.
func Close(v *visit.Visit) error {
	posted, err := v.Posted()
	if err != nil {
		return err
	}
	c, err := caseOf(v)
	if err != nil {
		return err
	}
	id, date := c.Filed.ID, c.Book.Role(codebook.Closing).Key()
	edits := editsIn(c.Book, posted)
	doubt, saveable := doubtsOf(v, c, edits), edits
	if doubt.word == posted.Get(anyway) {
		doubt = doubted{}
	}
	if doubt.word != "" {
		saveable = slices.DeleteFunc(slices.Clone(edits), func(e app.Edit) bool { return e.Field == date })
	}
	saved, err := v.App.Save(v.R.Context(), v.By(), id, saveable)
	if err != nil {
		return err
	}
	t := typedIn(edits, saved)
	if t == nil && !saved.View.Filed.Form.Closed(c.Book) {
		t = typedAs(edits, saved)
		t.refused[date] = fault.New(fault.Invalid, "cases.no_closing_date")
	}
	if t == nil {
		return v.Redirect(addressOf(id, closed))
	}
	if t.doubt = doubt; doubt.word != "" {
		t.refused[date] = fault.New(fault.Invalid, "cases.odd_closing_date")
	}
	return v.Again(addressOf(id, closing), t)
}

// doubtsOf gives what looks wrong about the closing date.
func doubtsOf(v *visit.Visit, c *app.CaseView, edits []app.Edit) (d doubted) {
	date := c.Book.Role(codebook.Closing).Key()
	at := slices.IndexFunc(edits, func(e app.Edit) bool { return e.Field == date })
	d.checks = v.App.Doubts(c, edits, codebook.Closing)
	if at < 0 || len(d.checks) == 0 {
		return doubted{}
	}
	d.word = edits[at].Answer.Value
	for _, k := range d.checks {
		d.word += " " + k.ID
	}
	return d
}

// Reopen corrects a mistaken close: the closing date is taken away, the other answers stand.
func Reopen(v *visit.Visit) error {
	if _, err := v.Posted(); err != nil {
		return err
	}
	c, err := caseOf(v)
	if err != nil {
		return err
	}
	date := c.Book.Role(codebook.Closing).Key()
	edit := app.Edit{Field: date, Seen: c.Filed.Form.Get(date).Version}
	if _, err := v.App.Save(v.R.Context(), v.By(), c.Filed.ID, []app.Edit{edit}); err != nil {
		return err
	}
	return v.Redirect(phaseOf(c.Filed.ID, codebook.After) + anchorOf(date))
}

// closedPage says what a closed case adds up to.
type closedPage struct {
	Head     head
	Sentence string
	Followed string
	Soon     bool // the figures are still being read
	Missing  []missing
	Odd      []string // what is odd about the dates
	Survey   string
}

// figuresWithin is how long a page waits for figures that are being read.
const figuresWithin = time.Second

// Closed shows one figure back: what the unit's closed cases of the year add up to.
func Closed(v *visit.Visit) error {
	c, err := caseOf(v)
	if err != nil {
		return err
	}
	if !c.Filed.Form.Closed(c.Book) {
		return v.Redirect(addressOf(c.Filed.ID, ""))
	}
	f, err := v.App.FeedbackSoon(v.R.Context(), v.By(), c.Filed.Unit, figuresWithin)
	if err != nil {
		return err
	}
	x := closedPage{Head: headOf(v, c, ""), Survey: phaseOf(c.Filed.ID, codebook.Survey), Missing: missingIn(v, c, codebook.Survey)}
	x.Head.Here = "avslutat"
	for _, k := range oddDates(c) {
		x.Odd = append(x.Odd, k.Text.In(v.Text.Lang()))
	}
	x.tell(v, c, f)
	fr := frameOf(v, c, v.Text.T("cases.closed")+" – "+v.Text.T("cases.case"))
	fr.Messages = append(fr.Messages, notes(v.Text, x.Head)...)
	return v.Show("cases-closed.html", fr, x)
}

// tell says the figures, or that they are being read.
func (x *closedPage) tell(v *visit.Visit, c *app.CaseView, f *app.Feedback) {
	switch {
	case c.Cover.Standing == record.Excluded:
	case f == nil:
		x.Soon = true
	default:
		x.Sentence, x.Followed = sentences(v.Text, f, justClosed(v, c, f.Year))
	}
}

// justClosed tells whether the case was closed in this year and just now: the unit's last
// closed case is then this one.
func justClosed(v *visit.Visit, c *app.CaseView, year int) bool {
	return c.Cover.Closed.Time().Year() == year && v.App.Now().Sub(c.Filed.Changed) < time.Hour
}

// sentences say how many cases the unit has closed in the year, and in how many of them the
// goal was reached: no follow-up, nobody who reached it and a number are told apart.
func sentences(p *locale.Printer, f *app.Feedback, last bool) (closed, followed string) {
	year := strconv.Itoa(f.Year)
	switch {
	case !f.Closed.IsNumber():
		closed = p.T("cases.closed_mark", "enhet", f.Unit, "ar", year, "tal", f.Closed.State().Mark())
	case last && f.Closed.Int() > 0:
		closed = p.T("cases.closed_as", "enhet", f.Unit, "nr", ordinal(p, f.Closed.Int()))
	default:
		closed = p.T("cases.closed_in", "enhet", f.Unit, "ar", year, "n", f.Closed.Int())
	}
	switch {
	case none(f.Followed), f.Followed.State() == disclosure.Missing:
		return closed, p.T("cases.not_followed")
	case f.Closed.IsNumber() && f.Closed.Int() == 1 && none(f.Whole) && none(f.Partly):
		return closed, p.T("cases.reached_not")
	case none(f.Whole) && none(f.Partly):
		return closed, p.T("cases.reached_none", "foljda", number(p, f.Followed))
	}
	if f.Closed.IsNumber() && f.Closed.Int() == 1 {
		if f.Whole.IsNumber() && f.Whole.Int() == 1 {
			return closed, p.T("cases.reached_it")
		}
		return closed, p.T("cases.reached_it_partly")
	}
	return closed, p.T("cases.reached", "helt", number(p, f.Whole), "delvis", number(p, f.Partly), "foljda", number(p, f.Followed))
}

// none tells whether a value is a true zero.
func none(v disclosure.Value) bool { return v.IsNumber() && v.Int() == 0 }

// number writes a value: the number, or the mark that says why there is none.
func number(p *locale.Printer, v disclosure.Value) string {
	if v.IsNumber() {
		return p.Int(v.Int())
	}
	return v.State().Mark()
}
