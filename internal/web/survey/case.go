package survey

import (
	"net/url"

	"foljsam/internal/access"
	"foljsam/internal/app"
	"foljsam/internal/fault"
	"foljsam/internal/locale"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

// casePage is where a caseworker chooses how the client is asked.
type casePage struct {
	Title     string
	Owner     string
	Code      string
	Back      string // the case
	Post      string
	HandOver  string
	Open      string // address of an interview that is not over
	Answered  string
	Languages []language
	OnPaper   []language // those that somebody answers for
	Asked     []string
}

type language struct {
	Lang     locale.Lang
	Name     string
	Mark     string // "ej granskad"
	Address  string
	Chosen   bool
	Reviewed bool
}

// Case shows how the client can be asked, and has been.
func Case(v *visit.Visit) error {
	id := caseID(v)
	x, err := v.App.SurveyOf(v.R.Context(), v.By(), id)
	if err != nil {
		return err
	}
	f := v.Frame(v.Text.T("survey_staff.title"))
	f.Unit = x.View.UnitName
	p := casePage{Title: f.Title, Owner: v.Owner(), Code: x.View.CaseCode, Back: casesAddress + url.PathEscape(id), Post: caseAddress(id, ""), HandOver: caseAddress(id, "/lamna-over")}
	if x.Open != nil {
		p.Open = caseAddress(id, "/fragor")
	}
	if x.Answered > 0 {
		p.Answered = v.Text.T("survey_staff.has_answers", "n", x.Answered, "av", x.Of)
	}
	p.Languages = languagesOf(v.Text, x.Languages)
	for _, l := range p.Languages {
		if l.Reviewed {
			p.OnPaper = append(p.OnPaper, l)
		}
	}
	for _, s := range x.Asked {
		p.Asked = append(p.Asked, askedText(v, s))
	}
	return v.Show("survey-case.html", f, p)
}

// askedText says of one time that the client was asked: when, how, how far it came, by whom.
func askedText(v *visit.Visit, s app.AskedOnce) string {
	text := v.Text.T("survey_staff.asked_once", "dag", v.Date(s.Given), "hur", modeText(v, s.Survey), "vem", s.By, "lage", v.Text.T("survey_staff.state_"+string(s.State)))
	if s.Alone {
		text += " " + v.Text.T("survey_staff.own_both")
	}
	return text
}

func modeText(v *visit.Visit, s app.Survey) string {
	text := v.Text.T("survey_staff.mode_" + string(s.Mode))
	if l, ok := locale.ParseClient(s.Lang); ok {
		text += ", " + locale.For(l).T("survey.language_name")
	}
	return text
}

func languagesOf(t *locale.Printer, all []app.SurveyLanguage) (list []language) {
	for i, l := range all {
		x := language{Lang: l.Lang, Name: l.Name, Reviewed: l.Reviewed, Chosen: i == 0}
		if !l.Reviewed {
			x.Mark = t.T("survey_staff.unreviewed")
		}
		list = append(list, x)
	}
	return list
}

// Choose does what the caseworker chose: an interview, a paper form, or that nobody is asked.
func Choose(v *visit.Visit) error {
	posted, err := v.Posted()
	if err != nil {
		return err
	}
	id, how := caseID(v), posted.Get("gor")
	lang, _ := locale.ParseClient(posted.Get("sprak"))
	switch mode := app.SurveyMode(how); {
	case mode == app.ByTelephone || mode == app.ByInterpreter:
		if err := v.App.Interview(v.R.Context(), v.By(), id, mode, lang); err != nil {
			return err
		}
		return v.Redirect(caseAddress(id, "/fragor"))
	case mode == app.ByPaper:
		return print(v, id, lang)
	}
	if _, err := v.App.NotAsked(v.R.Context(), v.By(), id, app.SurveyState(how)); err != nil {
		return err
	}
	return v.Redirect(caseAddress(id, ""))
}

// handPage is what stands on the screen before the device is handed over: nothing of the case.
type handPage struct {
	Title string
	Owner string
	Post  string
	Back  string
}

// Before shows what to do before the device is handed over.
func Before(v *visit.Visit) error {
	id := caseID(v)
	if _, err := v.App.Plain(v.R.Context(), v.By(), id); err != nil {
		return err
	}
	if err := v.By().Allow(access.WriteCase, v.By().Register, v.By().Register); err != nil && !v.By().May(access.WriteCase) {
		return err
	}
	f := v.Frame(v.Text.T("survey_staff.hand_title"))
	f.Quiet = true
	return v.Show("survey-hand.html", f, handPage{f.Title, v.Owner(), caseAddress(id, "/lamna-over"), caseAddress(id, "")})
}

// HandOver ends the session and gives the browser the survey instead.
func HandOver(v *visit.Visit) error {
	if _, err := v.Posted(); err != nil {
		return err
	}
	token, err := v.App.HandOver(v.R.Context(), v.By(), v.Secret, caseID(v))
	if err != nil {
		return err
	}
	v.Forget()
	v.SignedInAs("")
	setToken(v, token, clientMaxAge)
	return v.Redirect(ClientAddress)
}

// interviewPage is a question that the caseworker asks the client.
type interviewPage struct {
	Title    string
	Owner    string
	Code     string
	Post     string
	Back     string
	How      string
	Mark     string // the language is not reviewed
	Question *question
	Before   []string // what to read to the client first
	Lang     locale.Lang
	Dir      string
}

// Interview shows the question that is asked now.
func Interview(v *visit.Visit) error { return interview(v, v.R.URL.Query().Get("fel")) }

func interview(v *visit.Visit, wrong string) error {
	id := caseID(v)
	c, err := v.App.Plain(v.R.Context(), v.By(), id)
	if err != nil {
		return err
	}
	x, err := v.App.WorkerSurvey(v.R.Context(), v.By(), id)
	switch {
	case isOver(err):
		return v.Redirect(caseAddress(id, ""))
	case err != nil:
		return err
	}
	f := v.Frame(v.Text.T("survey_staff.mode_" + string(x.Survey.Mode)))
	p := interviewPage{Title: f.Title, Owner: v.Owner(), Code: c.CaseCode, Post: caseAddress(id, "/fragor"), Back: caseAddress(id, ""), How: modeText(v, x.Survey)}
	w := x.Words
	p.Lang, p.Dir = w.Lang, w.Lang.Dir()
	for _, l := range x.Languages {
		if l.Lang == w.Lang && !l.Reviewed {
			p.Mark = v.Text.T("survey_staff.unreviewed_read")
		}
	}
	if x.Nr == 1 {
		p.Before = []string{w.T("survey.before_seen"), w.T("survey.before_used"), w.T("survey.before_free")}
	}
	p.Question = questionOf(x, "")
	switch {
	case wrong == "val":
		p.Question.Fault = v.Text.T("survey_staff.choose_answer")
	case wrong == "lang":
		p.Question.Fault = v.Text.T("survey_staff.too_long")
	}
	if p.Question != nil && w.Lang != locale.Swedish {
		p.Question.Swedish = x.Swedish.Question(x.Question)
		for i := range p.Question.Options {
			p.Question.Options[i].Swedish = x.Swedish.Option(x.Question, p.Question.Options[i].Code)
		}
	}
	return v.Show("survey-interview.html", f, p)
}

// Answer saves what the client answered to the caseworker.
func Answer(v *visit.Visit) error {
	posted, err := v.Posted()
	if err != nil {
		return err
	}
	id := caseID(v)
	x, err := v.App.WorkerSurvey(v.R.Context(), v.By(), id)
	if isOver(err) {
		return v.Redirect(caseAddress(id, ""))
	}
	if err != nil {
		return err
	}
	m := moveOf(posted, x)
	if unchosen(m) {
		return v.Redirect(caseAddress(id, "/fragor?fel=val"))
	}
	err = v.App.WorkerMoves(v.R.Context(), v.By(), id, m)
	switch {
	case err != nil && fault.KindOf(err) == fault.Invalid:
		return v.Redirect(caseAddress(id, "/fragor?fel=lang"))
	case err != nil:
		return err
	}
	return v.Redirect(caseAddress(id, "/fragor"))
}

// toHub leads back to the survey's own page.
func toHub(v *visit.Visit) *page.Link {
	return &page.Link{Address: Address, Text: v.Text.T("survey_staff.hub")}
}
