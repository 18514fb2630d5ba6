package app

import (
	"context"
	"slices"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/codebook"
	"foljsam/internal/disclosure"
	"foljsam/internal/place"
	"foljsam/internal/record"
	"foljsam/internal/store"
)

// LackSurvey is the cases whose client has not been asked.
type LackSurvey struct {
	Units  []place.Unit
	Near   []LacksOne // open ones that are near their end, oldest first
	Closed []LacksOne
	Of     disclosure.ListCount // of the closed ones
	Paper  []LacksOne           // a form was printed and has not been entered twice
}

// LacksOne is one of them, and what was begun.
type LacksOne struct {
	Listed
	Begun SurveyState // the last time; empty: never
}

// How many cases are looked through for those near their end, and how many closed ones; for
// the page where the day begins, fewer.
const (
	mostLacking = 300
	soonLacking = 100
)

// LackSurvey gives the cases near their end or closed whose client has not been asked: a
// caseworker's own, everybody's for a coordinator.
func (a *App) LackSurvey(ctx context.Context, by access.Actor) (*LackSurvey, error) {
	r, units, err := a.seeUnits(ctx, by)
	if err != nil {
		return nil, err
	}
	x := &LackSurvey{Units: units}
	err = r.Read(ctx, func(t *store.Tx) error {
		l, err := a.whoLacks(t, by, units, mostLacking)
		if err != nil {
			return err
		}
		x.Of = disclosure.CountList(len(l.closed), mostLacking)
		if l.moreClosed {
			x.Of = disclosure.CountList(mostLacking+1, len(l.closed))
		}
		if x.Near, err = a.lackOnes(t, units, l.near, l.last); err != nil {
			return err
		}
		if x.Closed, err = a.lackOnes(t, units, l.closed, l.last); err != nil {
			return err
		}
		x.Paper, err = a.lackOnes(t, units, l.paper, l.last)
		return err
	})
	if err != nil {
		return nil, err
	}
	for _, list := range [][]LacksOne{x.Near, x.Closed, x.Paper} {
		for i := range list {
			list[i].Worker = a.nameOf(ctx, list[i].Cover.Worker)
		}
	}
	return x, a.logSeen(ctx, r, by, audit.Listed, "")
}

// SurveyWaits is how many cases wait for the client's survey, for the page where the day begins.
type SurveyWaits struct {
	Near, Closed, Paper disclosure.ListCount
}

// surveyWaits counts what LackSurvey would list, no further than one reads on a start page.
func (a *App) surveyWaits(t *store.Tx, by access.Actor, units []place.Unit) (w SurveyWaits, err error) {
	l, err := a.whoLacks(t, by, units, soonLacking)
	count := func(all []record.Cover, more bool) disclosure.ListCount {
		if more {
			return disclosure.CountList(len(all)+1, len(all))
		}
		return disclosure.CountList(len(all), soonLacking)
	}
	return SurveyWaits{count(l.near, l.moreOpen), count(l.closed, l.moreClosed), count(l.paper, l.moreOpen || l.moreClosed)}, err
}

// lacks is the cases that wait for the client's survey.
type lacks struct {
	near, closed, paper  []record.Cover
	last                 map[string]store.Survey // the last time each was asked
	moreOpen, moreClosed bool                    // there are more cases than were looked through
}

// whoLacks looks through the first of the open and of the closed cases. One with a form on
// paper that was not entered twice waits for that alone.
func (a *App) whoLacks(t *store.Tx, by access.Actor, units []place.Unit, most int) (l lacks, err error) {
	f := store.Find{Worker: by.Person.ID, Units: unitIDs(units), Standings: []record.Standing{record.Open}, Top: most}
	if by.Role == access.Coordinator {
		f.Worker = ""
	}
	near, err := t.Covers(f)
	if err != nil {
		return l, err
	}
	l.moreOpen = len(near) == most
	if near, err = a.nearEnd(t, near); err != nil {
		return l, err
	}
	f.Standings, f.Missing = []record.Standing{record.Shut}, true
	closed, err := t.Covers(f)
	if err != nil {
		return l, err
	}
	l.moreClosed = len(closed) == most
	closed = slices.DeleteFunc(closed, func(c record.Cover) bool { return a.surveyProgress(c).Missing == 0 })
	return l, l.sort(t, near, closed)
}

// sort puts the cases where they belong, by the last time that the client was asked.
func (l *lacks) sort(t *store.Tx, near, closed []record.Cover) error {
	var ids []string
	for _, c := range slices.Concat(near, closed) {
		ids = append(ids, c.ID)
	}
	asked, err := t.SurveysAmong(ids)
	l.last = map[string]store.Survey{}
	for _, s := range asked {
		l.last[s.Case] = s
	}
	put := func(into *[]record.Cover, c record.Cover) {
		switch s := l.last[c.ID]; {
		case s.Mode == ByPaper && !s.State.Ended():
			l.paper = append(l.paper, c)
		case s.State.Ended() && s.State != store.SurveyLeft: // there is nothing more to do
		default:
			*into = append(*into, c)
		}
	}
	for _, c := range near {
		put(&l.near, c)
	}
	for _, c := range closed {
		put(&l.closed, c)
	}
	return err
}

// surveyProgress gives how much of the survey a cover says is answered.
func (a *App) surveyProgress(c record.Cover) record.PhaseCount {
	at := slices.IndexFunc(a.book.Phases, func(p codebook.PhaseName) bool { return p.ID == codebook.Survey })
	if at < 0 || at >= len(c.Progress) {
		return record.PhaseCount{}
	}
	return c.Progress[at]
}

// nearEnd keeps the open cases that are near their end and have no survey.
func (a *App) nearEnd(t *store.Tx, covers []record.Cover) (near []record.Cover, err error) {
	for _, c := range covers {
		if a.surveyProgress(c).Done > 0 {
			continue
		}
		filed, err := t.Case(c.ID)
		if err != nil {
			return nil, err
		}
		if a.isNearEnd(filed.Form) && !hasSurvey(a.book, filed.Form) {
			near = append(near, c)
		}
	}
	return near, nil
}

// isNearEnd tells whether something of what comes after the support is registered, or all
// support has an end.
func (a *App) isNearEnd(f *record.Form) bool {
	for _, v := range a.book.Variables {
		if v.Phase == codebook.After && v.Level == codebook.OfCase && !f.Get(v.Key()).Empty() {
			return true
		}
	}
	ended := a.book.Field(codebook.OfSupport, codebook.SupportEnded)
	rows := f.Rows(codebook.OfSupport)
	return ended != nil && len(rows) > 0 && !slices.ContainsFunc(rows, func(row string) bool {
		return f.Get(record.Field(codebook.OfSupport, row, ended.Key())).Empty()
	})
}

// hasSurvey tells whether anything that the survey asks has an answer, or a reason why not.
func hasSurvey(cb *codebook.Codebook, f *record.Form) bool {
	return slices.ContainsFunc(surveyQuestions(cb), func(v *codebook.Variable) bool { return !f.Get(v.Key()).Empty() })
}

// lackOnes names cases for a list.
func (a *App) lackOnes(t *store.Tx, units []place.Unit, covers []record.Cover, last map[string]store.Survey) (all []LacksOne, err error) {
	for _, c := range covers {
		one := LacksOne{Begun: last[c.ID].State}
		if one.Listed, err = a.listed(t, units, c); err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, nil
}
