package app

import (
	"encoding/json"
	"slices"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/codebook"
	"foljsam/internal/record"
	"foljsam/internal/store"
	"foljsam/internal/synth"
)

// askedDemo is how the client of a synthetic case was asked: in each way that there is, to the
// end, half, not at all. What was answered stands in the case already; here come what they
// wrote, and what could not be answered.
type askedDemo struct {
	survey store.Survey // without a mode: the client was not asked
	tags   []store.SurveyTag
}

// askedInTurn are those that are not filed yet: the log stands in order of time, and clients
// are asked long after their case was opened, when others have been.
type askedInTurn []askedDemo

func (all *askedInTurn) add(x askedDemo) {
	if x.survey.Mode == "" {
		return
	}
	at, _ := slices.BinarySearchFunc(*all, x, func(a, b askedDemo) int { return a.survey.Changed.Compare(b.survey.Changed) })
	*all = slices.Insert(*all, at, x)
}

// file files those before a time.
func (all *askedInTurn) file(t *store.Tx, till time.Time, leader string) error {
	for len(*all) > 0 && (*all)[0].survey.Changed.Before(till) {
		if err := (*all)[0].file(t, leader); err != nil {
			return err
		}
		*all = (*all)[1:]
	}
	return nil
}

// How the synthetic clients were asked, in turn: most by telephone, as those do who get many
// answers.
var demoModes = []struct {
	mode store.SurveyMode
	lang string
}{{ByTelephone, "sv"}, {BySelf, "sv"}, {ByTelephone, "sv"}, {ByInterpreter, "ar"}, {BySelf, "en"}, {ByTelephone, "sv"}, {ByPaper, "sv"}, {ByTelephone, "en"}, {BySelf, "sv"}, {ByInterpreter, "so"}}

// demoSurvey gives how the client of a synthetic case was asked, and adds to the answers what
// follows from that. No figure is changed by it.
func demoSurvey(cb *codebook.Codebook, nr int, answers map[string]record.Answer) (x askedDemo) {
	day, closed := record.ParseDay([]byte(answers[cb.Role(codebook.Closing).Key()].Value))
	if !closed {
		return x // they are asked later
	}
	said := 0
	var empty []string
	for _, v := range surveyQuestions(cb) {
		switch _, has := answers[v.Key()]; {
		case has:
			said++
		case v.Kind != codebook.Free:
			empty = append(empty, v.Key())
		}
	}
	way := demoModes[nr%len(demoModes)]
	x.survey = store.Survey{Mode: way.mode, Lang: way.lang, State: SurveyDone, Given: day.Time().Add(10 * time.Hour)}
	switch {
	case said > 0 && len(empty) > 0 && nr%2 == 0:
		x.survey.State, x.survey.Step = store.SurveyLeft, firstQuestion+said // half
	case said > 0:
		cannot(answers, empty) // skipped
		x.write(cb, nr, answers)
	case nr%7 < 2:
		x.survey.Mode, x.survey.Lang, x.survey.State = store.NotAsked, "", []SurveyState{SurveyDeclined, SurveyUnsafe}[nr%7]
		cannot(answers, empty)
	case nr%23 == 5:
		x.waits(cb)
	default:
		x.survey = store.Survey{}
	}
	x.survey.Changed = x.survey.Given.Add(12 * time.Minute)
	return x
}

func cannot(answers map[string]record.Answer, fields []string) {
	for _, field := range fields {
		answers[field] = record.Answer{State: record.Impossible}
	}
}

// write adds what a client wrote, in some of the surveys.
func (x *askedDemo) write(cb *codebook.Codebook, nr int, answers map[string]record.Answer) {
	put := func(v *codebook.Variable, w synth.Words) string {
		for _, tag := range w.Tags {
			x.tags = append(x.tags, store.SurveyTag{Field: v.Key(), Tag: tag, At: x.survey.Given.AddDate(0, 0, 14)})
		}
		return w.Text
	}
	if v := cb.Role(codebook.Positive); v != nil && nr%4 == 1 && answers[v.Key()].Value != "" {
		a := answers[v.Key()]
		a.Comment = put(v, synth.Praised(nr/4))
		answers[v.Key()] = a
	}
	if v := cb.Role(codebook.Proposals); v != nil && nr%3 == 0 {
		answers[v.Key()] = record.Answer{Value: put(v, synth.Proposed(nr/3))}
	}
}

// waits makes it a form on paper that was entered once, and waits for the second time.
func (x *askedDemo) waits(cb *codebook.Codebook) {
	first, err := json.Marshal(map[string]record.Answer{cb.Role(codebook.Change).Key(): {Value: "2"}})
	if err == nil {
		x.survey.Mode, x.survey.Lang, x.survey.State, x.survey.First, x.survey.Hash = ByPaper, "sv", SurveyEntered, string(first), hashOfPaper(paperCode())
	}
}

// of says which case it is.
func (x askedDemo) of(f *record.Filed) askedDemo {
	if s := &x.survey; s.Mode != "" {
		s.ID, s.Case, s.Person, s.Role = newID(), f.ID, f.Worker, string(access.Caseworker)
		if s.State == SurveyEntered {
			s.FirstBy = f.Worker
		}
	}
	return x
}

// file files how the client of a synthetic case was asked.
func (x askedDemo) file(t *store.Tx, leader string) error {
	s := x.survey
	l := audit.Line{At: s.Changed, Person: s.Person, Role: s.Role, Act: audit.SurveyEnded, Case: s.Case, Fields: []string{string(s.State)}}
	switch {
	case s.Mode == store.NotAsked:
		l.Act = audit.SurveyNotAsked
	case s.State == SurveyEntered:
		l.Act, l.Fields = audit.SurveyEntered, nil
	}
	t.Audit(l)
	if err := t.AddSurvey(s); err != nil {
		return err
	}
	for _, tag := range x.tags {
		tag.Case, tag.Person = s.Case, leader
		if err := t.AddSurveyTag(tag); err != nil {
			return err
		}
	}
	return nil
}
