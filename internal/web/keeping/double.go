package keeping

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"foljsam/internal/app"
	"foljsam/internal/fault"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

// DoublesPage shows clients who have more than one open case.
type DoublesPage struct {
	Owner string // whose page it is
	Title string
	None  page.Empty
	Open  []Double // not decided
	Past  []Double
}

// Double is one client's open cases.
type Double struct {
	Owner   string // whose page it is
	Nr      string
	Key     string
	Units   string // "Enhet Norr, Enhet Vuxen"
	Cases   page.Table
	Codes   bool // they are shown
	Choices []Choice
	Note    string
	Fault   string // why the decision was not saved
	Decided string // "Anna, 3 maj 2026": who decided, and when
}

// Choice is one of several answers.
type Choice struct {
	Value, Text string
	Chosen      bool
}

// Doubles shows possible doubles.
func Doubles(v *visit.Visit) error { return showDoubles(v, nil, nil, nil) }

// DecideDouble saves what is right of one client's cases.
func DecideDouble(v *visit.Visit) error {
	posted, err := v.Posted()
	if err != nil {
		return err
	}
	err = v.App.DecideDouble(v.R.Context(), v.By(), posted.Get("arenden"), app.Verdict(posted.Get("beslut")), posted.Get("anteckning"))
	if err != nil && fault.KindOf(err) == fault.Invalid {
		return showDoubles(v, posted, err, nil)
	}
	if err != nil {
		return err
	}
	return v.Redirect(doublesAddress + "?gjort=dubblett")
}

// DoubleCodes looks up the local codes of one client's cases. They are on the answer alone.
func DoubleCodes(v *visit.Visit) error {
	posted, err := v.Posted()
	if err != nil {
		return err
	}
	codes, err := v.App.DoubleCodes(v.R.Context(), v.By(), posted.Get("arenden"))
	if err != nil {
		return err
	}
	v.Once = true
	return showDoubles(v, posted, nil, codes)
}

// showDoubles shows the list; of the double that was posted the fault or the codes.
func showDoubles(v *visit.Visit, posted url.Values, wrong error, codes []app.Listed) error {
	all, err := v.App.Doubles(v.R.Context(), v.By())
	if err != nil {
		return err
	}
	p := v.Text
	f := v.Frame(p.T("keeping.doubles"))
	x := DoublesPage{Owner: v.Owner(), Title: f.Title, None: page.Empty{Title: p.T("keeping.doubles_none"), Text: p.T("keeping.doubles_none_text")}}
	for i, d := range all {
		one := doubleOf(v, d, strconv.Itoa(i+1))
		if d.Key == posted.Get("arenden") {
			one.answer(v, posted, wrong, codes, d)
		}
		if one.Fault != "" {
			f.Status, f.Faults = http.StatusUnprocessableEntity, []page.Fault{{ID: "beslut-" + one.Nr, Text: one.Fault}}
		}
		if d.Verdict == "" {
			x.Open = append(x.Open, one)
		} else {
			x.Past = append(x.Past, one)
		}
	}
	if wrong != nil && len(f.Faults) == 0 { // the cases are no longer there together
		f.Status, f.Faults = http.StatusUnprocessableEntity, []page.Fault{{Text: p.Error(wrong)}}
	}
	done(v, &f, "dubblett")
	return v.Show("keeping-doubles.html", f, x)
}

func doubleOf(v *visit.Visit, d app.Double, nr string) Double {
	x := Double{Owner: v.Owner(), Nr: nr, Key: d.Key, Note: d.Note, Cases: casesTable(v, d.Cases)}
	var units []string
	for _, c := range d.Cases {
		units = append(units, c.UnitName)
	}
	x.Units = strings.Join(units, ", ")
	x.choose(v, d.Verdict)
	if d.Verdict != "" {
		x.Decided = v.Text.T("keeping.decided_by", "namn", d.By, "tid", v.When(d.Decided.At))
	}
	return x
}

func (x *Double) choose(v *visit.Visit, chosen app.Verdict) {
	x.Choices = nil
	for _, w := range app.Verdicts {
		x.Choices = append(x.Choices, Choice{string(w), v.Text.T("keeping.verdict_" + string(w)), w == chosen})
	}
}

// answer puts what was posted back: the codes that were looked up, or what could not be saved.
func (x *Double) answer(v *visit.Visit, posted url.Values, wrong error, codes []app.Listed, d app.Double) {
	if codes != nil {
		x.Codes, x.Cases = true, casesTable(v, codes)
	}
	if wrong != nil {
		x.Fault, x.Note = v.Text.Error(wrong), posted.Get("anteckning")
		x.choose(v, app.Verdict(posted.Get("beslut")))
	}
}

// casesTable lists cases by unit and when they were registered; by their code where that was
// looked up.
func casesTable(v *visit.Visit, all []app.Listed) page.Table {
	p := v.Text
	t := page.Table{Caption: p.T("keeping.cases"), Hidden: true, Head: []page.Head{{Text: p.T("keeping.case")}, {Text: p.T("keeping.unit")}, {Text: p.T("keeping.worker")},
		{Text: p.T("keeping.intake")}, {Text: p.T("keeping.changed")}}}
	for _, c := range all {
		name, written := c.CaseCode, true
		if name == "" {
			name = opened(v, c)
		}
		t.Rows = append(t.Rows, page.Row{{Text: name, Address: caseAddress(c.ID), Written: written}, {Text: c.UnitName, Written: true}, {Text: c.Worker, Written: true},
			{Text: day(v, c.Intake)}, {Text: v.Date(c.Changed)}})
	}
	return t
}
