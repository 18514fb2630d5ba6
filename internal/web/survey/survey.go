// Package survey is the pages of the client's survey: those that staff give it by, enter it on,
// look after its words on and read its answers on; and the client's own, at one address that
// says nothing, on a device that was handed over.
//
// The client's pages stand in no frame: they have their own neutral title, icon, style and
// script, are kept nowhere, and know of the staff's session no more than that it has ended.
// Nothing here is for the client's own device, and no message is sent to anybody.
package survey

import (
	"embed"
	"net/url"

	"foljsam/internal/app"
	"foljsam/internal/codebook"
	"foljsam/internal/locale"
	"foljsam/internal/record"
	"foljsam/internal/web/visit"
)

// Templates are the pages of staff, and the question that both they and the client see.
//
//go:embed template/*.html
var Templates embed.FS

// Where the pages of staff are.
const (
	Address        = "/enkat"
	textsAddress   = Address + "/texter"
	readAddress    = Address + "/fritext"
	resultsAddress = Address + "/resultat"
	casesAddress   = "/arenden/"
)

// caseAddress gives a page of a case's survey.
func caseAddress(id, page string) string {
	return casesAddress + url.PathEscape(id) + "/enkat" + page
}

// question is one question, as whoever answers sees it.
type question struct {
	Lang        locale.Lang
	Dir         string
	Words       string
	Nr          int
	Of          string // "Fråga 1 av 5"
	Options     []option
	Comment     string // label of the comment; empty: there is none
	Free        bool   // it is answered in words
	Last        bool
	Text        string // of the comment, or the answer in words
	Longest     int
	NoNames     string
	Fault       string
	Swedish     string // the question in Swedish, for a caseworker who reads another language
	SwedishFree string
}

type option struct {
	Code    int
	Label   string
	Swedish string
	Chosen  bool
}

// questionOf gives the question that is asked now.
func questionOf(x *app.Answering, fault string) *question {
	if x.Question == nil || x.Words == nil {
		return nil
	}
	w, v := x.Words, x.Question
	q := &question{Lang: w.Lang, Dir: w.Lang.Dir(), Words: w.Question(v), Nr: x.Nr, Free: v.Kind == codebook.Free, Longest: record.LongestComment,
		Text: x.Answer.Comment, NoNames: w.T("survey.no_names"), Fault: fault}
	q.Of, q.Last = ofQuestion(w, x.Nr, x.Of), x.Nr == x.Of
	for _, c := range v.Codes {
		q.Options = append(q.Options, option{Code: c.Code, Label: w.Option(v, c.Code), Chosen: x.Answer.Value == codeText(c.Code)})
	}
	if v.Comment {
		q.Comment = w.T("survey.comment")
	}
	if q.Free {
		q.Comment, q.Text, q.Longest = w.T("survey.write"), x.Answer.Value, record.LongestText
	}
	return q
}

func ofQuestion(w *app.SurveyWords, nr, of int) string {
	p := locale.For(w.Lang)
	return w.T("survey.question_of", "nr", p.Int(int64(nr)), "antal", p.Int(int64(of)))
}

// moveOf reads what somebody did with a question.
func moveOf(posted url.Values, x *app.Answering) app.SurveyMove {
	m := app.SurveyMove{Nr: number(posted.Get("nr"))}
	switch posted.Get("gor") {
	case "lamna":
		return app.SurveyMove{Leave: true}
	case "tillbaka":
		m.Back = true
	case "borja":
		m.Begin = true
	case "hoppa":
		m.Skip = true
	case "kvar":
		return app.SurveyMove{Stay: true}
	case "nasta":
		a := answerOf(posted, x)
		m.Answer, m.Skip = a, a == nil
	}
	return m
}

// answerOf reads an answer; nil where a question in words was left empty.
func answerOf(posted url.Values, x *app.Answering) *record.Answer {
	text := posted.Get("text")
	if x.Question != nil && x.Question.Kind == codebook.Free {
		if text == "" {
			return nil
		}
		return &record.Answer{Value: text}
	}
	return &record.Answer{Value: posted.Get("val"), Comment: text}
}

// unchosen tells whether somebody went on from a question without choosing an answer.
func unchosen(m app.SurveyMove) bool {
	return m.Answer != nil && m.Answer.Value == "" && m.Answer.Comment == ""
}

// CaseAddress gives the address of a case's survey, for pages that lead to it.
func CaseAddress(id string) string { return caseAddress(id, "") }

func caseID(v *visit.Visit) string { return v.R.PathValue("id") }
