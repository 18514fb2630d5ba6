package app

import (
	"context"
	"strings"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/codebook"
	"foljsam/internal/fault"
	"foljsam/internal/locale"
	"foljsam/internal/record"
	"foljsam/internal/store"
)

// The steps of a survey: language, what to know before, one for each question, and the end.
const (
	languageStep  = 0
	beforeStep    = 1
	firstQuestion = 2
)

// Answering is where somebody is in a survey.
type Answering struct {
	Survey    Survey
	Words     *SurveyWords // in the language that was chosen; nil before that
	Swedish   *SurveyWords // what the caseworker reads beside it
	Languages []SurveyLanguage
	Question  *codebook.Variable // nil where none is asked
	Answer    record.Answer      // what was answered in this survey
	Nr, Of    int
	Case      string        // id
	Left      time.Duration // until the page closes by itself, where nothing is done
	Most      time.Duration // until it does whatever is done
}

// Before tells whether what to know before comes now, and Ended whether all was asked.
func (x *Answering) Before() bool { return x.Survey.Step == beforeStep }
func (x *Answering) Ended() bool  { return x.Survey.Step >= firstQuestion+x.Of }

// answerer is who answers: a client by the secret of a handed-over device, or a caseworker who
// asks the client.
type answerer struct {
	r    *store.Register
	by   access.Actor // without a person: whoever handed the device over
	find func(*store.Tx) (store.Survey, error)
}

var surveyOver = fault.New(fault.NotFound, "survey_staff.over")

// byToken gives who answers by a secret.
func (a *App) byToken(ctx context.Context, token string) (answerer, error) {
	register, secret, ok := strings.Cut(token, ".")
	if !ok || len(secret) != 43 || len(register) > 40 {
		return answerer{}, surveyOver
	}
	r, err := a.store.Register(ctx, register)
	if fault.KindOf(err) == fault.NotFound && err != nil {
		return answerer{}, surveyOver
	}
	return answerer{r: r, find: func(t *store.Tx) (store.Survey, error) {
		s, err := t.SurveyByHash(hashOf(secret))
		if err != nil && fault.KindOf(err) == fault.NotFound || err == nil && (s.Mode != BySelf || !a.now().Before(s.Ends)) {
			return s, surveyOver
		}
		return s, err
	}}, err
}

// byWorker gives who answers for a client that a caseworker asks.
func (a *App) byWorker(ctx context.Context, by access.Actor, id string) (answerer, error) {
	r, err := a.register(ctx, by)
	return answerer{r: r, by: by, find: func(t *store.Tx) (store.Survey, error) {
		if err := a.mayWrite(t, by, id); err != nil { // first: that a client is asked is not told of another's case
			return store.Survey{}, err
		}
		all, err := t.SurveysOf(id)
		for _, s := range all {
			if isInterview(s) && !s.State.Ended() {
				return s, err
			}
		}
		return store.Survey{}, firstError(err, surveyOver)
	}}, err
}

// held is a survey with its case, that somebody may answer.
type held struct {
	s  store.Survey
	c  *record.Filed
	cb *codebook.Codebook
	by access.Actor
}

func (a *App) hold(t *store.Tx, w answerer) (h held, err error) {
	if h.s, err = w.find(t); err != nil {
		return h, err
	}
	if h.c, err = t.Case(h.s.Case); err != nil {
		return h, err
	}
	h.by = w.by
	action := access.WriteCase
	if w.by.Person.ID == "" {
		h.by = access.Actor{Person: access.Person{ID: h.s.Person}, Role: access.Client, Register: w.r.ID(), Units: []string{h.c.Unit}}
		action = access.AnswerSurvey
	}
	if err = h.by.Allow(action, w.r.ID(), h.c.Unit); err == nil {
		h.cb, err = a.bookOf(t, w.r.ID(), h.c)
	}
	return h, err
}

// ClientSurvey gives where the client is.
func (a *App) ClientSurvey(ctx context.Context, token string) (*Answering, error) {
	w, err := a.byToken(ctx, token)
	if err != nil {
		return nil, err
	}
	return a.answering(ctx, w)
}

// WorkerSurvey gives where a caseworker is who asks a client.
func (a *App) WorkerSurvey(ctx context.Context, by access.Actor, id string) (*Answering, error) {
	w, err := a.byWorker(ctx, by, id)
	if err != nil {
		return nil, err
	}
	x, err := a.answering(ctx, w)
	if isUnseen(err) {
		return nil, a.unseen(ctx, w.r, by, id, err)
	}
	return x, err
}

func (a *App) answering(ctx context.Context, w answerer) (x *Answering, err error) {
	err = w.r.Read(ctx, func(t *store.Tx) error {
		h, err := a.hold(t, w)
		if err != nil {
			return err
		}
		questions := surveyQuestions(h.cb)
		x = &Answering{Survey: h.s, Of: len(questions), Case: h.c.ID, Left: h.s.Ends.Sub(a.now()), Most: h.s.Given.Add(surveyLongest).Sub(a.now())}
		if x.Languages, err = a.surveyLanguages(t, h.cb); err != nil {
			return err
		}
		if i := h.s.Step - firstQuestion; i >= 0 && i < len(questions) {
			x.Question, x.Nr = questions[i], i+1
			if given := h.c.Form.Get(x.Question.Key()); given.Version > h.s.Base && given.State == record.Answered {
				x.Answer = given
			}
		}
		if x.Swedish, err = a.surveyWords(t, h.cb, locale.Swedish); err != nil || h.s.Lang == "" {
			return err
		}
		x.Words, err = a.surveyWords(t, h.cb, locale.Lang(h.s.Lang))
		return err
	})
	return x, err
}

// SurveyMove is what somebody does in a survey: one of these.
type SurveyMove struct {
	Language locale.Lang    // chooses it
	Begin    bool           // has read what to know before
	Nr       int            // the question that the page asks, from 1
	Answer   *record.Answer // answers it
	Skip     bool
	Back     bool
	Leave    bool // ends, or leaves at once
	Stay     bool // is still there: writes, or reads
}

// ClientMoves does it for a client. What is answered is on disk when it returns.
func (a *App) ClientMoves(ctx context.Context, token string, m SurveyMove) error {
	w, err := a.byToken(ctx, token)
	if err != nil {
		return err
	}
	return a.move(ctx, w, m)
}

// WorkerMoves does it for a caseworker who asks a client.
func (a *App) WorkerMoves(ctx context.Context, by access.Actor, id string, m SurveyMove) error {
	w, err := a.byWorker(ctx, by, id)
	if err != nil {
		return err
	}
	if err = a.move(ctx, w, m); isUnseen(err) {
		err = a.unseen(ctx, w.r, by, id, err)
	}
	return err
}

func (a *App) move(ctx context.Context, w answerer, m SurveyMove) error {
	var h held
	var s Saved
	err := w.r.Write(ctx, func(t *store.Tx) (err error) {
		if h, err = a.hold(t, w); err != nil {
			return err
		}
		s = Saved{At: a.now(), Act: audit.Changed, book: h.cb, passing: true}
		was, answers := h.s.State, map[string]record.Answer{}
		if err := a.step(t, &h, m, answers); err != nil {
			return err
		}
		if err := a.file(t, h.by, h.c, answers, &s); err != nil {
			return err
		}
		h.s.Changed = s.At
		if h.s.Mode == BySelf {
			h.s.Ends = endOf(h.s, was, s.At)
		}
		if h.s.State != was && h.s.State.Ended() {
			l := a.line(h.by, audit.SurveyEnded, h.c.ID)
			l.Fields = []string{string(h.s.State)}
			t.Audit(l)
		}
		return t.SaveSurvey(h.s, was)
	})
	if err == nil && len(s.Changed) > 0 {
		a.follow(w.r.ID(), h.c)
	}
	return err
}

// step works out where a move leads, and what it answers.
func (a *App) step(t *store.Tx, h *held, m SurveyMove, answers map[string]record.Answer) error {
	questions := surveyQuestions(h.cb)
	asked := m.Nr >= 1 && m.Nr <= len(questions)
	switch {
	case m.Leave:
		if h.s.Hash = ""; h.s.State != store.SurveyDone {
			h.s.State = store.SurveyLeft
		}
		return nil
	case m.Stay, h.s.Mode == BySelf && h.s.State == store.SurveyDone: // at its end nobody goes back and reads
		return nil
	case m.Language != "":
		h.s.Step, h.s.Lang = beforeStep, string(m.Language)
		return a.mayChoose(t, h)
	case h.s.Lang == "":
		return fault.New(fault.Usage, "survey_staff.choose_language")
	case m.Back && asked:
		h.s.Step = firstQuestion + m.Nr - 2
	case m.Back && h.s.Step > beforeStep:
		h.s.Step = firstQuestion + len(questions) - 1
	case m.Back:
		h.s.Step = languageStep
	case m.Begin:
		h.s.Step = max(h.s.Step, firstQuestion)
	case asked && (m.Skip || m.Answer != nil):
		if m.Answer != nil {
			x, err := mayStand(h.cb, questions[m.Nr-1].Key(), *m.Answer)
			if err != nil {
				return err
			}
			answers[questions[m.Nr-1].Key()] = x
		}
		h.s.Step = firstQuestion + m.Nr
	}
	if h.s.State == store.SurveyGiven && h.s.Step >= firstQuestion {
		h.s.State = store.SurveyBegun
	}
	if h.s.Step >= firstQuestion+len(questions) {
		h.finish(answers)
	}
	if isInterview(h.s) {
		h.s.Step = max(h.s.Step, firstQuestion)
	}
	return nil
}

// finish ends a survey that was asked to its end: what was skipped is not missing.
func (h *held) finish(answers map[string]record.Answer) {
	h.s.State = store.SurveyDone
	for field, x := range unanswered(h.cb, h.c.Form) {
		if _, said := answers[field]; !said {
			answers[field] = x
		}
	}
}

// mayChoose refuses a language that the client is not to be asked in.
func (a *App) mayChoose(t *store.Tx, h *held) error {
	all, err := a.surveyLanguages(t, h.cb)
	for _, l := range all {
		if string(l.Lang) == h.s.Lang && (l.Reviewed || h.s.Mode != BySelf) {
			return err
		}
	}
	if err == nil {
		err = fault.New(fault.Usage, "survey_staff.choose_language")
	}
	return err
}
