package app

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"slices"
	"strings"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/codebook"
	"foljsam/internal/fault"
	"foljsam/internal/locale"
	"foljsam/internal/record"
	"foljsam/internal/store"
)

// PaperForm is a form to print. Its code leads back to the case, for who may see that; it says
// nothing by itself, and is shown only here.
type PaperForm struct {
	Code      string
	Words     *SurveyWords
	Questions []*codebook.Variable
}

// PrintPaper makes a form to print, in a language that somebody answers for.
func (a *App) PrintPaper(ctx context.Context, by access.Actor, id string, l locale.Lang) (*PaperForm, error) {
	code := paperCode()
	s, err := a.giveSurvey(ctx, by, id, store.Survey{Mode: ByPaper, Lang: string(l), Hash: hashOfPaper(code)})
	if err != nil {
		return nil, err
	}
	r, err := a.register(ctx, by)
	if err != nil {
		return nil, err
	}
	f := &PaperForm{Code: code}
	err = r.Read(ctx, func(t *store.Tx) error {
		c, err := t.Case(s.Case)
		if err != nil {
			return err
		}
		cb, err := a.bookOf(t, r.ID(), c)
		if err != nil {
			return err
		}
		f.Questions = surveyQuestions(cb)
		f.Words, err = a.surveyWords(t, cb, l)
		return err
	})
	return f, err
}

// paperAlphabet has no letters or digits that look alike, and no vowels.
const paperAlphabet = "23456789BCDFGHJKMNPQRTVWXZ"

// paperCode makes a code of ten: 47 bits, tried by hand by people who are signed in, so many an
// hour.
func paperCode() string {
	var code strings.Builder
	for code.Len() < 11 {
		var b [1]byte
		rand.Read(b[:])
		if int(b[0]) >= 256/len(paperAlphabet)*len(paperAlphabet) {
			continue
		}
		code.WriteByte(paperAlphabet[int(b[0])%len(paperAlphabet)])
		if code.Len() == 5 {
			code.WriteByte('-')
		}
	}
	return code.String()
}

func hashOfPaper(code string) string {
	plain := strings.Map(func(r rune) rune {
		if r == '-' || r == ' ' || r == '\u00a0' {
			return -1
		}
		return r
	}, strings.ToUpper(strings.TrimSpace(code)))
	return hashOf("papper " + plain)
}

// FindPaper gives the case that a paper form's code leads to. That somebody asked is logged,
// and counts as a look-up. A form that is entered already is a conflict.
func (a *App) FindPaper(ctx context.Context, by access.Actor, code string) (found Survey, err error) {
	r, _, err := a.seeUnits(ctx, by)
	if err != nil {
		return found, err
	}
	if err := a.lookUp(ctx, r, by, audit.LookedUp); err != nil {
		return found, err
	}
	err = r.Read(ctx, func(t *store.Tx) error {
		s, err := t.SurveyByHash(hashOfPaper(code))
		if err != nil {
			return err
		}
		c, err := t.Case(s.Case)
		if err != nil {
			return err
		}
		if s.Mode != ByPaper || by.Allow(access.WriteCase, r.ID(), c.Unit) != nil {
			return fault.New(fault.NotFound, "survey_staff.no_code")
		}
		if s.State.Ended() {
			return fault.New(fault.Conflict, "survey_staff.code_used")
		}
		found = s
		return nil
	})
	return found, err
}

// PaperEntry is a paper form that is being entered.
type PaperEntry struct {
	Survey  Survey
	View    *CaseView
	Second  bool // it was entered once
	FirstBy string
	Own     bool // by the one who asks
}

// PaperEntry gives a paper form that is to be entered.
func (a *App) PaperEntry(ctx context.Context, by access.Actor, id, survey string) (*PaperEntry, error) {
	x := &PaperEntry{}
	err := a.beside(ctx, by, id, func(t *store.Tx, view *CaseView) (err error) {
		x.View = view
		x.Survey, err = paperOf(t, id, survey)
		return err
	})
	x.Second, x.Own, x.FirstBy = x.Survey.State == SurveyEntered, x.Survey.FirstBy == by.Person.ID, a.nameOf(ctx, x.Survey.FirstBy)
	return x, err
}

func paperOf(t *store.Tx, id, survey string) (Survey, error) {
	all, err := t.SurveysOf(id)
	if err != nil {
		return Survey{}, err
	}
	i := slices.IndexFunc(all, func(s store.Survey) bool { return s.ID == survey && s.Mode == ByPaper })
	switch {
	case i < 0:
		return Survey{}, fault.New(fault.NotFound, "survey_staff.no_code")
	case all[i].State.Ended():
		return Survey{}, fault.New(fault.Conflict, "survey_staff.code_used")
	}
	return all[i], nil
}

// PaperDiffers is a question that was entered in two ways.
type PaperDiffers struct {
	Field         string
	First, Second record.Answer
}

// EnterPaper enters a form. The first time it is only kept; the second it becomes the answers
// of the case where both say the same, or when somebody has chosen between them: chosen says
// that the differences were seen.
func (a *App) EnterPaper(ctx context.Context, by access.Actor, id, survey string, second, chosen bool, given map[string]record.Answer) (differs []PaperDiffers, err error) {
	_, err = a.change(ctx, by, id, audit.Changed, func(t *store.Tx, c *record.Filed, s *Saved) (map[string]record.Answer, error) {
		s.passing, differs = true, nil
		row, err := paperOf(t, id, survey)
		if err != nil {
			return nil, err
		}
		was := row.State
		if second != (was == SurveyEntered) {
			return nil, fault.New(fault.Conflict, "survey_staff.meanwhile")
		}
		answers := map[string]record.Answer{}
		for _, v := range surveyQuestions(s.book) {
			if answers[v.Key()], err = mayStand(s.book, v.Key(), given[v.Key()]); err != nil {
				return nil, err
			}
		}
		row.Changed = s.At
		l := a.line(by, audit.SurveyEntered, id)
		l.At = s.At // by which the two are found together
		if !second {
			text, err := json.Marshal(answers)
			if err != nil {
				return nil, fault.Wrap(err, fault.Internal, "fault.internal")
			}
			row.State, row.First, row.FirstBy = SurveyEntered, string(text), by.Person.ID
			t.Audit(l)
			return nil, t.SaveSurvey(row, was)
		}
		if differs, err = differences(s.book, row.First, answers); err != nil || len(differs) > 0 && !chosen {
			return nil, err
		}
		if row.State, row.First = SurveyDone, ""; row.FirstBy == by.Person.ID {
			l.Fields = []string{enteredAlone}
		}
		t.Audit(l)
		return paperAnswers(s.book, c.Form, answers), t.SaveSurvey(row, was)
	})
	return differs, err
}

// enteredAlone says in the log that one person has entered a form both times.
const enteredAlone = "samma_person"

// differences gives what two entries of a form say differently.
func differences(cb *codebook.Codebook, first string, second map[string]record.Answer) (all []PaperDiffers, err error) {
	var was map[string]record.Answer
	if json.Unmarshal([]byte(first), &was) != nil {
		return nil, fault.New(fault.Internal, "store.damaged")
	}
	for _, v := range surveyQuestions(cb) {
		if x, y := was[v.Key()], second[v.Key()]; !x.Same(y) {
			all = append(all, PaperDiffers{v.Key(), x, y})
		}
	}
	return all, nil
}

// paperAnswers gives what a whole form answers. What was left empty takes nothing away, and is
// missing no more.
func paperAnswers(cb *codebook.Codebook, f *record.Form, given map[string]record.Answer) map[string]record.Answer {
	answers := unanswered(cb, f)
	for field, x := range given {
		if !x.Empty() || x.Comment != "" {
			answers[field] = x
		}
	}
	return answers
}
