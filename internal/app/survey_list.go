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

// How many cases are looked through for those near their end, and how many closed ones.
const (
	mostNear   = 300
	mostClosed = 300
)

// LackSurvey gives the cases near their end or closed whose client has not been asked: a
// caseworker's own, everybody's for a coordinator.
func (a *App) LackSurvey(ctx context.Context, by access.Actor) (*LackSurvey, error) {
	r, units, err := a.seeUnits(ctx, by)
	if err != nil {
		return nil, err
	}
	x := &LackSurvey{Units: units}
	find := store.Find{Worker: by.Person.ID, Units: unitIDs(units), Standings: []record.Standing{record.Open}, Top: mostNear}
	if by.Role == access.Coordinator {
		find.Worker = ""
	}
	err = r.Read(ctx, func(t *store.Tx) error {
		if err := a.nearEnd(t, find, x); err != nil {
			return err
		}
		shut := find
		shut.Standings, shut.Missing, shut.Top = []record.Standing{record.Shut}, true, mostClosed
		return a.closedWithout(t, shut, x)
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

func (a *App) nearEnd(t *store.Tx, f store.Find, x *LackSurvey) error {
	covers, err := t.Covers(f)
	if err != nil {
		return err
	}
	near := covers[:0]
	for _, c := range covers {
		filed, err := t.Case(c.ID)
		if err != nil {
			return err
		}
		if a.isNearEnd(filed.Form) && !hasSurvey(a.book, filed.Form) {
			near = append(near, c)
		}
	}
	x.Near, err = a.lackOnes(t, x, near)
	return err
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

func (a *App) closedWithout(t *store.Tx, f store.Find, x *LackSurvey) error {
	covers, err := t.Covers(f)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(a.book.Phases, func(p codebook.PhaseName) bool { return p.ID == codebook.Survey })
	whole := len(covers) == f.Top
	covers = slices.DeleteFunc(covers, func(c record.Cover) bool { return at < 0 || at >= len(c.Progress) || c.Progress[at].Missing == 0 })
	x.Closed, err = a.lackOnes(t, x, covers)
	x.Of = disclosure.CountList(len(x.Closed), mostClosed)
	if whole {
		x.Of = disclosure.CountList(mostClosed+1, len(x.Closed))
	}
	return err
}

// lackOnes names cases, and puts those with a form on paper apart.
func (a *App) lackOnes(t *store.Tx, x *LackSurvey, covers []record.Cover) (all []LacksOne, err error) {
	ids := make([]string, len(covers))
	for i, c := range covers {
		ids[i] = c.ID
	}
	asked, err := t.SurveysAmong(ids)
	last := map[string]store.Survey{}
	for _, s := range asked {
		last[s.Case] = s
	}
	for _, c := range covers {
		if err != nil {
			return nil, err
		}
		one := LacksOne{Begun: last[c.ID].State}
		if one.Listed, err = a.listed(t, x.Units, c); err != nil {
			return nil, err
		}
		switch s := last[c.ID]; {
		case s.Mode == ByPaper && !s.State.Ended():
			x.Paper = append(x.Paper, one)
		case s.State.Ended() && s.State != store.SurveyLeft: // there is nothing more to do
		default:
			all = append(all, one)
		}
	}
	return all, err
}
