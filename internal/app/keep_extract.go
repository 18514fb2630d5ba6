package app

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/codebook"
	"foljsam/internal/fault"
	"foljsam/internal/place"
	"foljsam/internal/record"
	"foljsam/internal/store"
)

// Extract is everything that the register holds about one person (registerutdrag).
type Extract struct {
	Register   string // its name
	Controller string
	Code       string // local client code, as it was asked for
	At         time.Time
	Cases      []ExtractCase
	Deliveries []SentExtract // what has left the register since the first of them was opened
}

// SentExtract is an extract of the register that has left, for pages: not how many others were in it.
type SentExtract struct {
	At         time.Time
	Recipient  string
	From, Till record.Day
}

// FigureDecided is a decision on whether a case counts in key figures, for pages.
type FigureDecided = store.FigureDecision

// LogLine is a line of the log, for pages.
type LogLine = audit.Line

// ExtractCase is one case with all that is kept of it.
type ExtractCase struct {
	Listed
	ClientCode string
	Codebook   string
	Book       *codebook.Codebook // by which the case was opened
	Answers    []ExtractAnswer
	Saves      []store.Revision
	Log        []LogLine
	Notes      []store.DoubleNote
	Figures    []FigureDecided // whether it counts in key figures
	Surveys    []ExtractSurvey // how the person was asked
	Tags       []SurveyTagged  // words that staff put on what the person wrote
}

// ExtractAnswer is what stands in one field.
type ExtractAnswer struct {
	Field  string
	Answer record.Answer
}

// Extract gives everything about the person that a local client code means. It is logged for
// each case, and counted as a look-up. Where the person has a case in a unit that the actor
// does not answer for nothing is given: half an extract would look like a whole one. Who answers for
// some units is told of nobody who has cases in others only: that would be a look-up of anybody.
func (a *App) Extract(ctx context.Context, by access.Actor, code string) (*Extract, error) {
	r, units, err := a.unitsFor(ctx, by, access.Extract)
	if err != nil {
		return nil, err
	}
	if err := a.Confirmed(by); err != nil {
		return nil, err
	}
	if record.PlainCode(code) == "" {
		return nil, fault.New(fault.Invalid, "keeping.code_missing")
	}
	ids, err := a.extracted(ctx, r, by, units, code)
	if err != nil {
		return nil, err
	}
	x := &Extract{Code: strings.TrimSpace(code), At: a.now()}
	err = r.Read(ctx, func(t *store.Tx) error {
		for _, id := range ids {
			one, err := a.extractCase(t, r, units, id)
			if err != nil {
				return err
			}
			x.Cases = append(x.Cases, one)
		}
		return x.delivered(t)
	})
	if err != nil {
		return nil, err
	}
	for i := range x.Cases {
		x.Cases[i].Worker = a.nameOf(ctx, x.Cases[i].Cover.Worker)
	}
	at, err := a.registerNamed(ctx, r.ID())
	x.Register, x.Controller = at.Name, at.Controller
	return x, err
}

// delivered adds what has left the register since the first of the cases was opened. Which
// cases an extract had is not kept: any of these may have had them.
func (x *Extract) delivered(t *store.Tx) error {
	all, err := t.Deliveries()
	for _, d := range all {
		if slices.ContainsFunc(x.Cases, func(c ExtractCase) bool { return c.Created.Before(d.At) }) {
			x.Deliveries = append(x.Deliveries, SentExtract{d.At, d.Recipient, d.From, d.Till})
		}
	}
	return err
}

// extracted finds the cases of a person and logs that they were taken out.
func (a *App) extracted(ctx context.Context, r *store.Register, by access.Actor, units []place.Unit, code string) (ids []string, err error) {
	var all []record.Cover
	err = r.Read(ctx, func(t *store.Tx) (err error) {
		all, err = t.CasesOfClient(r.PseudonymOf(record.OfTheClient, code))
		return err
	})
	if err != nil {
		return nil, err
	}
	var outside []string
	for _, x := range all {
		if hasUnit(units, x.Unit) {
			ids = append(ids, x.ID)
		} else {
			outside = append(outside, x.ID)
		}
	}
	act := audit.Extracted
	if len(ids) == 0 || len(outside) > 0 {
		act = audit.LookedUp
	}
	if err := a.lookUp(ctx, r, by, act, ids...); err != nil {
		return nil, err
	}
	for _, id := range outside {
		if err := a.refused(ctx, r, by, id, nil); err != nil {
			return nil, err
		}
	}
	switch {
	case len(ids) == 0 && !by.AllUnits:
		return nil, fault.New(fault.NotFound, "keeping.extract_none_here")
	case len(ids) == 0:
		return nil, fault.New(fault.NotFound, "keeping.extract_none")
	case len(outside) > 0:
		return nil, fault.New(fault.Refused, "keeping.extract_other_units")
	}
	return ids, nil
}

// extractCase reads all that is kept of one case.
func (a *App) extractCase(t *store.Tx, r *store.Register, units []place.Unit, id string) (x ExtractCase, err error) {
	c, err := t.Case(id)
	if err != nil {
		return x, err
	}
	if x.Book, err = a.bookOf(t, r.ID(), c); err != nil {
		return x, err
	}
	x.Listed, x.Codebook = Listed{Cover: record.CoverOf(x.Book, c), UnitName: unitName(units, c.Unit)}, c.Codebook
	for _, field := range fieldsIn(x.Book, c.Form) {
		x.Answers = append(x.Answers, ExtractAnswer{field, c.Form.Get(field)})
	}
	if x.CaseCode, x.ClientCode, err = t.Codes(id); err != nil {
		return x, err
	}
	if x.Saves, err = t.Revisions(id); err != nil {
		return x, err
	}
	if x.Notes, err = t.DoubleNotesOf(id); err != nil {
		return x, err
	}
	if x.Figures, err = t.FigureDecisionsOf(id); err != nil {
		return x, err
	}
	if x.Surveys, err = surveysOut(t, id); err != nil {
		return x, err
	}
	if x.Tags, err = t.SurveyTagsOf(id); err != nil {
		return x, err
	}
	x.Log, err = t.AuditOf(id)
	return x, err
}

// fieldsIn gives the fields in which something stands, in the order of the codebook.
func fieldsIn(cb *codebook.Codebook, f *record.Form) []string {
	place := map[*codebook.Variable]int{}
	for i, v := range cb.Variables {
		place[v] = i
	}
	of := func(field string) int {
		if i, ok := place[record.VariableOf(cb, field)]; ok {
			return i
		}
		return len(place) // fields of rows
	}
	return slices.SortedFunc(maps.Keys(f.Answers), func(x, y string) int { return cmp.Or(cmp.Compare(of(x), of(y)), cmp.Compare(x, y)) })
}

func (a *App) registerNamed(ctx context.Context, id string) (r place.Register, err error) {
	err = a.store.Node().Read(ctx, func(t *store.Tx) error {
		all, err := t.Registers()
		for _, x := range all {
			if x.ID == id {
				r = x
			}
		}
		return err
	})
	return r, err
}

// MayExtract tells whether somebody may take an extract now: who may not is refused, and
// logged; who has not shown lately who they are is asked to first.
func (a *App) MayExtract(ctx context.Context, by access.Actor) error {
	if _, _, err := a.unitsFor(ctx, by, access.Extract); err != nil {
		return err
	}
	return a.Confirmed(by)
}
