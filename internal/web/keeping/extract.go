package keeping

import (
	"net/http"
	"strconv"

	"foljsam/internal/app"
	"foljsam/internal/fault"
	"foljsam/internal/record"
	"foljsam/internal/web/form"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

// AskPage asks whom an extract is about.
type AskPage struct {
	Owner string // whose page it is
	Title string
	Code  string
	Fault string
}

// ExtractPage is everything about one person, for reading and for paper.
type ExtractPage struct {
	Owner      string // whose page it is
	Title      string
	Code       string
	Facts      []Fact
	Cases      []ExtractCase
	Deliveries page.Table
}

// ExtractCase is one case on it.
type ExtractCase struct {
	Nr, Name, Address string
	Facts             []Fact
	Answers           page.Table
	Changes           page.Table
	Log               page.Table
	Notes             page.Table
	Surveys           page.Table
}

// Extract asks whom an extract is about.
func Extract(v *visit.Visit) error { return ask(v, "", nil) }

func ask(v *visit.Visit, code string, wrong error) error {
	if err := v.App.MayExtract(v.R.Context(), v.By()); err != nil {
		return err
	}
	f := v.Frame(v.Text.T("keeping.extract"))
	x := AskPage{Owner: v.Owner(), Title: f.Title, Code: code}
	if wrong != nil {
		x.Fault = v.Text.Error(wrong)
		f.Heading = v.Text.T("keeping.extract_fault")
		f.Status, f.Faults = http.StatusUnprocessableEntity, []page.Fault{{ID: "kod", Text: x.Fault}}
	}
	return v.Show("keeping-ask.html", f, x)
}

// TakeExtract shows everything about one person. The code is posted: it is in no address.
func TakeExtract(v *visit.Visit) error {
	x, code, err := taken(v)
	if x == nil {
		return retry(v, code, err)
	}
	f := v.Frame(v.Text.T("keeping.extract"))
	v.Once = true
	return v.Show("keeping-extract.html", f, extractOf(v, x))
}

// taken takes the extract that was asked for.
func taken(v *visit.Visit) (x *app.Extract, code string, err error) {
	posted, err := v.Posted()
	if err != nil {
		return nil, "", err
	}
	code = posted.Get("kod")
	x, err = v.App.Extract(v.R.Context(), v.By(), code)
	if err != nil {
		return nil, code, err
	}
	return x, code, nil
}

// retry asks again where the code was the reason.
func retry(v *visit.Visit, code string, err error) error {
	if key := fault.KeyOf(err); key == "keeping.extract_none" || key == "keeping.extract_none_here" || key == "keeping.code_missing" || fault.KindOf(err) == fault.Invalid {
		return ask(v, code, err)
	}
	return err
}

func extractOf(v *visit.Visit, x *app.Extract) ExtractPage {
	p := v.Text
	e := ExtractPage{Owner: v.Owner(), Title: p.T("keeping.extract"), Code: x.Code, Facts: []Fact{{p.T("keeping.register"), x.Register}, {p.T("keeping.controller"), x.Controller},
		{p.T("keeping.client"), x.Code}, {p.T("keeping.taken"), v.When(x.At)}, {p.T("keeping.cases"), p.Int(int64(len(x.Cases)))}}}
	for i, c := range x.Cases {
		e.Cases = append(e.Cases, caseOf(v, c, p.Int(int64(i+1))))
	}
	e.Deliveries = deliveredTable(v, x.Deliveries)
	return e
}

func caseOf(v *visit.Visit, c app.ExtractCase, nr string) ExtractCase {
	p := v.Text
	x := ExtractCase{Nr: nr, Name: p.T("keeping.case_named", "kod", c.CaseCode), Address: caseAddress(c.ID)}
	for _, f := range []Fact{{"unit", c.UnitName}, {"worker_role", roleWord(v, openedAs(c))}, {"standing", p.T("keeping.standing_" + string(c.Standing))},
		{"created", v.When(c.Created)}, {"closed", day(v, c.Closed)}, {"case_id", c.ID}, {"codebook", c.Codebook}} {
		if f.Text != "" {
			x.Facts = append(x.Facts, Fact{p.T("keeping." + f.Name), f.Text})
		}
	}
	x.Answers, x.Changes = answersTable(v, c), changesTable(v, c)
	x.Log = logTable(v, "keeping.log", c.Log)
	x.Notes = page.Table{Caption: p.T("keeping.notes"), Head: []page.Head{{Text: p.T("keeping.at")}, {Text: p.T("keeping.role")}, {Text: p.T("keeping.verdict")}, {Text: p.T("keeping.note")}}}
	for _, n := range c.Notes {
		x.Notes.Rows = append(x.Notes.Rows, page.Row{{Text: v.When(n.At)}, {Text: roleWord(v, n.Role)}, {Text: p.T("keeping.verdict_" + n.Verdict)}, {Text: n.Note, Written: true}})
	}
	for _, d := range c.Figures {
		x.Notes.Rows = append(x.Notes.Rows, page.Row{{Text: v.When(d.At)}, {Text: roleWord(v, d.Role)}, {Text: decisionWord(v, d)}, {Text: d.Note, Written: true}})
	}
	x.Surveys = surveyTable(v, c)
	return x
}

// decisionWord says what was decided of a case in a year's key figures.
func decisionWord(v *visit.Visit, d app.FigureDecided) string {
	p := v.Text
	return p.T("keeping.figure_decision", "ar", strconv.Itoa(d.Year), "vad", p.T("indicator.doubt_"+d.Doubt), "beslut", p.T("indicator.verdict_"+d.Verdict))
}

// openedAs gives the role that a case was opened under.
func openedAs(c app.ExtractCase) string {
	role, first := "", 0
	for _, s := range c.Saves {
		if first == 0 || s.Version < first {
			role, first = s.Role, s.Version
		}
	}
	return role
}

// answersTable lists what stands in the case, with the question as the codebook has it.
func answersTable(v *visit.Visit, c app.ExtractCase) page.Table {
	p, cb := v.Text, c.Book
	t := page.Table{Caption: p.T("keeping.answers"), Head: []page.Head{{Text: p.T("keeping.question")}, {Text: p.T("keeping.answer")}, {Text: p.T("keeping.comment")}}, Empty: p.T("keeping.no_answers")}
	for _, a := range c.Answers {
		question := form.NameOf(p, cb, a.Field)
		if variable := record.VariableOf(cb, a.Field); variable != nil && variable.Question.In(p.Lang()) != "" {
			question += ": " + variable.Question.In(p.Lang())
		}
		t.Rows = append(t.Rows, page.Row{{Text: question}, {Text: form.SayValue(p, cb, a.Field, a.Answer), Written: true}, {Text: a.Answer.Comment, Written: true}})
	}
	return t
}

// changesTable lists every change: when, by which role, from what to what.
func changesTable(v *visit.Visit, c app.ExtractCase) page.Table {
	p, cb := v.Text, c.Book
	t := page.Table{Caption: p.T("keeping.changes"), Head: []page.Head{{Text: p.T("keeping.at")}, {Text: p.T("keeping.role")}, {Text: p.T("keeping.question")}, {Text: p.T("keeping.before")}, {Text: p.T("keeping.after")}}}
	for _, s := range c.Saves {
		if len(s.Changes) == 0 {
			t.Rows = append(t.Rows, page.Row{{Text: v.When(s.At)}, {Text: roleWord(v, s.Role)}, {Text: actWord(v, string(s.Act))}, {}, {}})
		}
		for _, x := range s.Changes {
			t.Rows = append(t.Rows, page.Row{{Text: v.When(s.At)}, {Text: roleWord(v, s.Role)}, {Text: form.NameOf(p, cb, x.Field)},
				{Text: form.Say(p, cb, x.Field, x.Old), Written: true}, {Text: form.Say(p, cb, x.Field, x.New), Written: true}})
		}
	}
	return t
}

func deliveredTable(v *visit.Visit, all []app.SentExtract) page.Table {
	p := v.Text
	t := page.Table{Caption: p.T("keeping.deliveries"), Head: []page.Head{{Text: p.T("keeping.at")}, {Text: p.T("keeping.recipient")}, {Text: p.T("keeping.period")}}}
	for _, d := range all {
		t.Rows = append(t.Rows, page.Row{{Text: v.When(d.At)}, {Text: d.Recipient, Written: true}, {Text: period(v, d)}})
	}
	return t
}

func period(v *visit.Visit, d app.SentExtract) string {
	return v.Text.T("keeping.span_said", "aldst", day(v, d.From), "yngst", day(v, d.Till))
}

func logTable(v *visit.Visit, caption string, lines []app.LogLine) page.Table {
	p := v.Text
	t := page.Table{Caption: p.T(caption), Head: []page.Head{{Text: p.T("keeping.at")}, {Text: p.T("keeping.role")}, {Text: p.T("keeping.act")}}}
	for _, l := range lines {
		t.Rows = append(t.Rows, page.Row{{Text: v.When(l.At)}, {Text: roleWord(v, l.Role)}, {Text: actWord(v, string(l.Act))}})
	}
	return t
}
