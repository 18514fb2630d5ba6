package survey

import (
	"net/url"

	"foljsam/internal/app"
	"foljsam/internal/codebook"
	"foljsam/internal/fault"
	"foljsam/internal/locale"
	"foljsam/internal/record"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

// printPage is a form to print, in the client's language.
type printPage struct {
	Title     string
	Back      string
	Code      string
	Day       string
	Lang      locale.Lang
	Dir       string
	Words     *app.SurveyWords
	Questions []question
}

// print makes a paper form. Its code is shown this once.
func print(v *visit.Visit, id string, lang locale.Lang) error {
	form, err := v.App.PrintPaper(v.R.Context(), v.By(), id, lang)
	if err != nil {
		return err
	}
	v.Once = true
	f := v.Frame(v.Text.T("survey_staff.print_title"))
	w := form.Words
	p := printPage{Title: f.Title, Back: caseAddress(id, ""), Code: form.Code, Day: page.Date(locale.For(lang), v.Here(v.App.Now())), Lang: lang, Dir: lang.Dir(), Words: w}
	for i, q := range form.Questions {
		p.Questions = append(p.Questions, paperQuestion(w, q, i+1, len(form.Questions), record.Answer{}))
	}
	return v.Show("survey-print.html", f, p)
}

func paperQuestion(w *app.SurveyWords, v *codebook.Variable, nr, of int, a record.Answer) question {
	q := question{Lang: w.Lang, Dir: w.Lang.Dir(), Words: w.Question(v), Nr: nr, Of: ofQuestion(w, nr, of), Free: v.Kind == codebook.Free, Text: a.Comment, Longest: record.LongestComment}
	for _, c := range v.Codes {
		q.Options = append(q.Options, option{Code: c.Code, Label: w.Option(v, c.Code), Chosen: a.Value == codeText(c.Code)})
	}
	if v.Comment {
		q.Comment = w.T("survey.comment")
	}
	if q.Free {
		q.Comment, q.Text, q.Longest = w.T("survey.write"), a.Value, record.LongestText
	}
	return q
}

// Find leads from the code of a paper form to where it is entered.
func Find(v *visit.Visit) error {
	posted, err := v.Posted()
	if err != nil {
		return err
	}
	s, err := v.App.FindPaper(v.R.Context(), v.By(), posted.Get("kod"))
	switch {
	case err != nil && (fault.KindOf(err) == fault.NotFound || fault.KindOf(err) == fault.Conflict):
		key := "hittas-inte"
		if fault.KindOf(err) == fault.Conflict {
			key = "redan"
		}
		return v.Redirect(Address + "?kod=" + key)
	case err != nil:
		return err
	}
	return v.Redirect(caseAddress(s.Case, "/papper?blankett="+url.QueryEscape(s.ID)))
}

// enterPage is where a paper form is entered.
type enterPage struct {
	Title     string
	Owner     string
	Code      string
	Post      string
	Back      string
	Intro     string
	Second    bool
	Questions []entered
	Differs   []differs
	Chosen    bool
	Own       bool // whoever enters it again has entered it before
}

type entered struct {
	Key string
	question
}

type differs struct{ Question, First, Second string }

// Enter shows a paper form to be entered, for the first or the second time.
func Enter(v *visit.Visit) error {
	form := v.R.URL.Query().Get("blankett")
	if form == "" { // signed in anew, and the form was not named
		return v.Redirect(caseAddress(caseID(v), ""))
	}
	return enter(v, form, nil, nil)
}

func enter(v *visit.Visit, survey string, given map[string]record.Answer, found []app.PaperDiffers) error {
	id := caseID(v)
	x, err := v.App.PaperEntry(v.R.Context(), v.By(), id, survey)
	if err != nil {
		return err
	}
	f := v.Frame(v.Text.T("survey_staff.enter_title"))
	p := enterPage{Title: f.Title, Owner: v.Owner(), Code: x.View.CaseCode, Post: caseAddress(id, "/papper?blankett="+url.QueryEscape(survey)), Back: caseAddress(id, ""), Second: x.Second, Intro: v.Text.T("survey_staff.enter_first")}
	p.Own = x.Second && x.Own
	if x.Second {
		p.Intro = v.Text.T("survey_staff.enter_second", "vem", x.FirstBy)
	}
	words := v.App.PrintedWords(x.View.Book, v.Text.Lang())
	for i, n := range x.View.Book.Survey {
		q := x.View.Book.Variable(n)
		p.Questions = append(p.Questions, entered{q.Key(), paperQuestion(words, q, i+1, len(x.View.Book.Survey), given[q.Key()])})
	}
	for _, d := range found {
		p.Chosen = true
		q := x.View.Book.Variable(number(d.Field))
		p.Differs = append(p.Differs, differs{words.Question(q), said(v, words, q, d.First), said(v, words, q, d.Second)})
	}
	if p.Chosen {
		f.Status = 422
	}
	return v.Show("survey-enter.html", f, p)
}

// said gives an answer in words.
func said(v *visit.Visit, w *app.SurveyWords, q *codebook.Variable, a record.Answer) string {
	text := a.Value
	if q.Kind != codebook.Free && a.Value != "" {
		text = w.Option(q, number(a.Value))
	}
	if a.Comment != "" {
		text += " – " + a.Comment
	}
	if text == "" {
		return v.Text.T("survey_staff.left_empty")
	}
	return text
}

// Entered takes what was entered.
func Entered(v *visit.Visit) error {
	posted, err := v.Posted()
	if err != nil {
		return err
	}
	id, survey := caseID(v), v.R.URL.Query().Get("blankett")
	c, err := v.App.Plain(v.R.Context(), v.By(), id)
	if err != nil {
		return err
	}
	given := map[string]record.Answer{}
	cb, err := v.App.CaseBook(v.R.Context(), v.By(), c.Filed.ID)
	if err != nil {
		return err
	}
	for _, n := range cb.Survey {
		q := cb.Variable(n)
		a := record.Answer{Value: posted.Get("val." + q.Key()), Comment: posted.Get("text." + q.Key())}
		if q.Kind == codebook.Free {
			a = record.Answer{Value: a.Comment}
		}
		given[q.Key()] = a
	}
	found, err := v.App.EnterPaper(v.R.Context(), v.By(), id, survey, posted.Get("gang") == "2", posted.Get("valt") == "ja", given)
	switch {
	case err != nil:
		return err
	case len(found) > 0 && posted.Get("valt") != "ja":
		return enter(v, survey, given, found)
	case posted.Get("gang") != "2":
		return v.Redirect(Address + "?kod=en-gang")
	}
	return v.Redirect(caseAddress(id, ""))
}
