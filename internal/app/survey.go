package app

import (
	"context"
	"slices"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/codebook"
	"foljsam/internal/fault"
	"foljsam/internal/locale"
	"foljsam/internal/record"
	"foljsam/internal/store"
)

// Survey is one time that a client was asked, for pages.
type Survey = store.Survey

// How a client is asked, and how far it came.
type (
	SurveyMode  = store.SurveyMode
	SurveyState = store.SurveyState
)

// The words of these that pages need.
const (
	BySelf         = store.BySelf
	ByTelephone    = store.ByTelephone
	ByInterpreter  = store.ByInterpreter
	ByPaper        = store.ByPaper
	SurveyGiven    = store.SurveyGiven
	SurveyDone     = store.SurveyDone
	SurveyEntered  = store.SurveyEntered
	SurveyDeclined = store.SurveyDeclined
	SurveyUnsafe   = store.SurveyUnsafe
	SurveyMissed   = store.SurveyMissed
)

// CaseSurvey is what a caseworker sees of a case's survey.
type CaseSurvey struct {
	View      *CaseView
	Asked     []AskedOnce // newest first
	Open      *Survey     // an interview that was begun and is not over
	Languages []SurveyLanguage
	Answered  int // questions that have an answer
	Of        int
}

// AskedOnce is one time that the client was asked, and by whom.
type AskedOnce struct {
	Survey
	By    string // name
	Alone bool   // a paper form that one person has entered both times
}

// SurveyOf gives how the client of a case was asked.
func (a *App) SurveyOf(ctx context.Context, by access.Actor, id string) (*CaseSurvey, error) {
	x := &CaseSurvey{}
	err := a.beside(ctx, by, id, func(t *store.Tx, view *CaseView) error {
		x.View = view
		all, err := t.SurveysOf(id)
		for _, s := range slices.Backward(all) {
			x.Asked = append(x.Asked, AskedOnce{Survey: s})
			if isInterview(s) && !s.State.Ended() && x.Open == nil {
				x.Open = &s
			}
		}
		if err == nil {
			x.Languages, err = a.surveyLanguages(t, view.Book)
		}
		if err == nil {
			err = x.markAlone(t, id)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	for i := range x.Asked {
		x.Asked[i].By = a.nameOf(ctx, x.Asked[i].Person)
	}
	for _, v := range surveyQuestions(x.View.Book) {
		x.Of++
		if given := x.View.Filed.Form.Get(v.Key()); !given.Empty() && given.State == record.Answered {
			x.Answered++
		}
	}
	return x, nil
}

// beside reads what stands beside a case that the actor may see: of one that may not be seen
// it is never called. That the case was read is in the log first.
func (a *App) beside(ctx context.Context, by access.Actor, id string, read func(*store.Tx, *CaseView) error) error {
	view, err := a.Case(ctx, by, id)
	if err != nil {
		return err
	}
	r, err := a.register(ctx, by)
	if err != nil {
		return err
	}
	return r.Read(ctx, func(t *store.Tx) error { return read(t, view) })
}

// LastAsked gives the last time that the client of a case was asked, to whoever has been shown
// the case; nil where that never was.
func (a *App) LastAsked(ctx context.Context, by access.Actor, shown *CaseView) (*AskedOnce, error) {
	r, err := a.register(ctx, by)
	if err == nil {
		err = by.Allow(access.SeeCase, r.ID(), shown.Filed.Unit)
	}
	if err != nil {
		return nil, err
	}
	var all []store.Survey
	err = r.Read(ctx, func(t *store.Tx) (err error) { all, err = t.SurveysOf(shown.Filed.ID); return err })
	if err != nil || len(all) == 0 {
		return nil, err
	}
	last := all[len(all)-1]
	return &AskedOnce{Survey: last, By: a.nameOf(ctx, last.Person)}, nil
}

// markAlone finds in the log of the case which paper forms one person has entered both times.
func (x *CaseSurvey) markAlone(t *store.Tx, id string) error {
	paper := func(s AskedOnce) bool { return s.Mode == ByPaper && s.State == SurveyDone }
	if !slices.ContainsFunc(x.Asked, paper) {
		return nil
	}
	lines, err := t.AuditOf(id)
	for _, l := range lines {
		if l.Act != audit.SurveyEntered || !slices.Contains(l.Fields, enteredAlone) {
			continue
		}
		for i, s := range x.Asked {
			x.Asked[i].Alone = s.Alone || paper(s) && s.Changed.Equal(l.At.Truncate(time.Microsecond))
		}
	}
	return err
}

func isInterview(s Survey) bool { return s.Mode == ByTelephone || s.Mode == ByInterpreter }

// surveyQuestions gives the questions of the survey in the order in which it asks.
func surveyQuestions(cb *codebook.Codebook) (all []*codebook.Variable) {
	for _, n := range cb.Survey {
		all = append(all, cb.Variable(n))
	}
	return all
}

// NotAsked registers that the client said no, that it was not safe to ask, or that the client could
// not be reached: what the survey asks and has no answer is missing no more.
func (a *App) NotAsked(ctx context.Context, by access.Actor, id string, why SurveyState) (Saved, error) {
	if why != SurveyDeclined && why != SurveyUnsafe && why != SurveyMissed {
		return Saved{}, fault.New(fault.Usage, "survey_staff.choose_why")
	}
	return a.change(ctx, by, id, audit.Changed, func(t *store.Tx, c *record.Filed, s *Saved) (map[string]record.Answer, error) {
		s.passing = true
		if err := a.endSurveys(t, c.ID); err != nil {
			return nil, err
		}
		l := a.line(by, audit.SurveyNotAsked, c.ID)
		l.Fields = []string{string(why)}
		t.Audit(l)
		row := store.Survey{ID: newID(), Case: c.ID, Mode: store.NotAsked, State: why, Given: s.At, Changed: s.At, Person: by.Person.ID, Role: string(by.Role), Base: c.Form.Version}
		return unanswered(s.book, c.Form), t.AddSurvey(row)
	})
}

// unanswered says of what the survey asks and has no answer that it cannot be answered.
func unanswered(cb *codebook.Codebook, f *record.Form) map[string]record.Answer {
	answers := map[string]record.Answer{}
	for _, v := range surveyQuestions(cb) {
		if v.Kind != codebook.Free && f.Get(v.Key()).Empty() {
			answers[v.Key()] = record.Answer{State: record.Impossible, Comment: f.Get(v.Key()).Comment}
		}
	}
	return answers
}

// giveSurvey keeps that a client is asked. What was begun before, and not ended, is over; a
// paper form that was printed can still come in.
func (a *App) giveSurvey(ctx context.Context, by access.Actor, id string, s store.Survey) (store.Survey, error) {
	r, err := a.register(ctx, by)
	if err != nil {
		return s, err
	}
	err = r.Write(ctx, func(t *store.Tx) error {
		c, err := t.Case(id)
		if err != nil {
			return err
		}
		if err := by.Allow(access.WriteCase, r.ID(), c.Unit); err != nil {
			return err
		}
		if c.Form.Excluded() {
			return fault.New(fault.Conflict, "survey_staff.excluded")
		}
		if err := a.mayAskIn(t, r.ID(), c, s); err != nil {
			return err
		}
		if err := a.endSurveys(t, id); err != nil {
			return err
		}
		s.ID, s.Case, s.State, s.Given, s.Changed, s.Base = newID(), id, store.SurveyGiven, a.now(), a.now(), c.Form.Version
		s.Person, s.Role = by.Person.ID, string(by.Role)
		l := a.line(by, audit.SurveyGiven, id)
		l.Fields = []string{string(s.Mode)}
		t.Audit(l)
		return t.AddSurvey(s)
	})
	if err != nil && (fault.KindOf(err) == fault.Refused || fault.KindOf(err) == fault.NotFound) {
		err = a.unseen(ctx, r, by, id, err)
	}
	return s, err
}

// mayAskIn refuses a language that nobody answers for, where it would come before a client.
func (a *App) mayAskIn(t *store.Tx, register string, c *record.Filed, s store.Survey) error {
	if s.Lang == "" {
		return nil
	}
	cb, err := a.bookOf(t, register, c)
	if err != nil {
		return err
	}
	all, err := a.surveyLanguages(t, cb)
	i := slices.IndexFunc(all, func(l SurveyLanguage) bool { return string(l.Lang) == s.Lang })
	switch {
	case err != nil:
		return err
	case i < 0:
		return fault.New(fault.Usage, "survey_staff.choose_language")
	case s.Mode == ByPaper && !all[i].Reviewed:
		return fault.New(fault.Conflict, "survey_staff.not_reviewed")
	}
	return nil
}

// endSurveys ends what was given for a case and is not over, but for paper.
func (a *App) endSurveys(t *store.Tx, id string) error {
	all, err := t.SurveysOf(id)
	for _, s := range all {
		if err != nil || s.State.Ended() && s.Hash == "" || s.Mode == ByPaper {
			continue
		}
		was := s.State
		if s.Hash = ""; !s.State.Ended() {
			s.State = store.SurveyLeft
		}
		s.Changed = a.now()
		err = t.SaveSurvey(s, was)
	}
	return err
}

// Interview begins to ask a client by telephone or with an interpreter, in a language.
func (a *App) Interview(ctx context.Context, by access.Actor, id string, mode SurveyMode, lang locale.Lang) error {
	if mode != ByTelephone && mode != ByInterpreter {
		return fault.New(fault.Usage, "survey_staff.choose_mode")
	}
	_, err := a.giveSurvey(ctx, by, id, store.Survey{Mode: mode, Lang: string(lang), Step: firstQuestion})
	return err
}

// HandOver gives the device to the client: the session ends, and what is given back is the
// one-use secret of the survey, for the browser alone.
func (a *App) HandOver(ctx context.Context, by access.Actor, session, id string) (token string, err error) {
	secret := newSecret()
	_, err = a.giveSurvey(ctx, by, id, store.Survey{Mode: BySelf, Hash: hashOf(secret), Ends: a.now().Add(surveyIdle)})
	if err != nil {
		return "", err
	}
	return by.Register + "." + secret, a.SignOut(ctx, session)
}
