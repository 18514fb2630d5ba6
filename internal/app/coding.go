package app

import (
	"context"
	"slices"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/codebook"
	"foljsam/internal/fault"
	"foljsam/internal/note"
	"foljsam/internal/place"
	"foljsam/internal/record"
	"foljsam/internal/store"
)

// Coding is an exercise as somebody sees it.
type Coding struct {
	*note.Coding
	Open    bool
	Mine    bool // the actor looks after it
	Asked   bool // the actor is to answer it, and has not
	Coded   bool // the actor has answered it, while it is open
	Invited int  // how many caseworkers are asked; for who looks after it
	SetBy   string
}

// NewCoding is an exercise that somebody wants to set.
type NewCoding struct {
	Title     string
	Cases     []Vignette
	Questions []string // keys of variables
	Units     []string
	Till      string
	MadeUp    bool // the actor says that no case is of anybody
}

// The parts of an exercise, for pages.
type (
	Vignette       = note.Vignette
	CodingQuestion = note.Question
	CodingSheet    = note.Sheet
)

// How much an exercise may hold, and how many must have answered before it is shown.
const (
	MostCodingCases     = note.MostCases
	MostCodingQuestions = note.MostQuestions
	LeastCoded          = note.Least
)

// Codable gives the questions that can be coded.
func (a *App) Codable(ctx context.Context, by access.Actor) (all []CodingQuestion, phases []codebook.Phase, err error) {
	cb, err := a.NewestBook(ctx, by)
	if err != nil {
		return nil, nil, err
	}
	for _, v := range slices.Concat(cb.Variables, cb.Local) {
		if note.Asks(v) {
			all, phases = append(all, note.QuestionOf(v)), append(phases, v.Phase)
		}
	}
	return all, phases, nil
}

// SetCoding sets an exercise. found is what in its cases looks as if it told who somebody is.
func (a *App) SetCoding(ctx context.Context, by access.Actor, x NewCoding) (id string, found []record.Finding, err error) {
	r, units, err := a.unitsFor(ctx, by, access.SetCoding)
	if err != nil {
		return "", nil, err
	}
	questions, _, err := a.Codable(ctx, by)
	if err != nil {
		return "", nil, err
	}
	c := &note.Coding{ID: newID(), Title: x.Title, Cases: x.Cases, Units: x.Units, Till: x.Till, Made: a.now(), Person: by.Person.ID}
	for _, key := range x.Questions {
		i := slices.IndexFunc(questions, func(q CodingQuestion) bool { return q.Key == key })
		if i < 0 || slices.ContainsFunc(c.Questions, func(q CodingQuestion) bool { return q.Key == key }) {
			return "", nil, fault.New(fault.Conflict, "coding.no_question")
		}
		c.Questions = append(c.Questions, questions[i])
	}
	for _, id := range x.Units {
		if !slices.ContainsFunc(units, func(u place.Unit) bool { return u.ID == id }) {
			return "", nil, a.refused(ctx, r, by, "", fault.New(fault.Refused, "access.refused"))
		}
	}
	if err := c.Check(a.day()); err != nil {
		return "", nil, err
	}
	if !x.MadeUp {
		return "", nil, fault.New(fault.Invalid, "coding.not_made_up")
	}
	text := c.Title
	for _, v := range c.Cases {
		text += "\n" + v.Title + "\n" + v.Text
	}
	err = r.Write(ctx, func(t *store.Tx) error {
		t.Audit(a.about(by, audit.CodingSet, c.ID))
		return t.AddCoding(c)
	})
	return c.ID, record.Identifying(text), err
}

// day gives today as it is written in notes.
func (a *App) day() string { return a.now().Format(time.DateOnly) }

// Codings gives the exercises that the actor looks after, or is asked in, the newest first.
func (a *App) Codings(ctx context.Context, by access.Actor) ([]Coding, error) {
	r, err := a.codingRegister(ctx, by)
	if err != nil {
		return nil, err
	}
	if err := a.closeDue(ctx, r); err != nil {
		return nil, err
	}
	var all []Coding
	err = r.Read(ctx, func(t *store.Tx) error {
		all = nil
		found, err := t.Codings()
		for _, c := range found {
			if err != nil {
				return err
			}
			var x Coding
			var sees bool
			if x, sees, err = a.codingFor(t, by, r.ID(), c); sees {
				all = append(all, x)
			}
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	for i := range all {
		all[i].SetBy = a.nameOf(ctx, all[i].Person)
	}
	return all, a.countInvited(ctx, r.ID(), all)
}

// codingRegister opens the register of somebody who has to do with exercises.
func (a *App) codingRegister(ctx context.Context, by access.Actor) (*store.Register, error) {
	r, err := a.register(ctx, by)
	if err != nil {
		return nil, err
	}
	if !by.May(access.SetCoding) && !by.May(access.CodeCases) {
		return nil, a.refused(ctx, r, by, "", fault.New(fault.Refused, "access.refused"))
	}
	return r, nil
}

// codingFor tells how somebody sees an exercise, and whether they do. A coordinator looks after
// one whose units are all theirs; a caseworker sees those of their own units.
func (a *App) codingFor(t *store.Tx, by access.Actor, register string, c *note.Coding) (x Coding, sees bool, err error) {
	x = Coding{Coding: c, Open: c.Open(a.day())}
	may := func(action access.Action) func(string) bool {
		return func(unit string) bool { return by.Allow(action, register, unit) == nil }
	}
	x.Mine = !slices.ContainsFunc(c.Units, func(u string) bool { return !may(access.SetCoding)(u) })
	if in := slices.ContainsFunc(c.Units, may(access.CodeCases)); in {
		if x.Coded, err = t.HasCoded(c.ID, by.Person.ID); err != nil {
			return x, false, err
		}
		x.Asked, sees = x.Open && !x.Coded && c.Person != by.Person.ID, true
	}
	return x, sees || x.Mine, nil
}

// countInvited tells those who look after exercises how many caseworkers are asked.
func (a *App) countInvited(ctx context.Context, register string, all []Coding) error {
	if !slices.ContainsFunc(all, func(x Coding) bool { return x.Mine }) {
		return nil
	}
	var grants []access.Grant
	err := a.store.Node().Read(ctx, func(t *store.Tx) (err error) { grants, err = t.GrantsIn(register); return err })
	for i, x := range all {
		people := map[string]bool{}
		for _, g := range grants {
			if x.Mine && g.Role == access.Caseworker && g.HoldsAt(a.now()) && g.Person != x.Person && (g.Unit == "" || slices.Contains(x.Units, g.Unit)) {
				people[g.Person] = true
			}
		}
		all[i].Invited = len(people)
	}
	return err
}

// CodingOf gives one of the exercises that the actor sees.
func (a *App) CodingOf(ctx context.Context, by access.Actor, id string) (*Coding, error) {
	all, err := a.Codings(ctx, by)
	if err != nil {
		return nil, err
	}
	for i := range all {
		if all[i].ID == id {
			return &all[i], nil
		}
	}
	return nil, fault.New(fault.NotFound, "coding.not_found")
}

// CodingsToAnswer gives the exercises that wait for the actor's answers.
func (a *App) CodingsToAnswer(ctx context.Context, by access.Actor) ([]Coding, error) {
	if !by.May(access.CodeCases) {
		return nil, nil
	}
	all, err := a.Codings(ctx, by)
	return slices.DeleteFunc(all, func(x Coding) bool { return !x.Asked }), err
}
