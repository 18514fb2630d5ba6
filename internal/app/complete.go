package app

import (
	"context"
	"slices"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/codebook"
	"foljsam/internal/disclosure"
	"foljsam/internal/fault"
	"foljsam/internal/place"
	"foljsam/internal/query"
	"foljsam/internal/record"
	"foljsam/internal/store"
	"foljsam/internal/tabulate"
)

// Period says which cases completeness is asked of.
type Period struct {
	Unit   string // empty: all units that the actor answers for
	Year   int    // 0: all years
	Closed bool   // cases closed in the year; otherwise those that came in
}

// Completeness is how far the cases of units are registered, per question, phase and unit:
// never per person. It is released as internal, and the page says so.
type Completeness struct {
	Period
	Book      *codebook.Codebook   // what is asked now
	Units     []place.Unit         // that can be chosen
	Years     []int                // in which there are cases, latest first
	Questions *disclosure.Released // a row for each of record.Asked
	Phases    *disclosure.Released // a row for each phase
	PerUnit   *disclosure.Released // the same for each of Units
}

// The tables of completeness.
const (
	questionsTable = "fragor"
	phasesTable    = "delar"
	unitSplit      = "enhet"
)

// Completeness gives how far the cases of the units that the actor answers for are registered.
func (a *App) Completeness(ctx context.Context, by access.Actor, p Period) (*Completeness, error) {
	r, err := a.register(ctx, by)
	if err != nil {
		return nil, err
	}
	units, err := a.answersFor(ctx, r, by)
	if err != nil {
		return nil, err
	}
	if p.Unit != "" && !slices.ContainsFunc(units, func(u place.Unit) bool { return u.ID == p.Unit }) {
		return nil, a.refused(ctx, r, by, "", fault.New(fault.Refused, "access.refused"))
	}
	l, err := a.liveOf(ctx, r)
	if err != nil {
		return nil, err
	}
	c := &Completeness{Period: p, Book: l.newest(a.book), Units: units, Years: l.years(units)}
	return c, a.fillCompleteness(c, l)
}

// answersFor gives the units that the actor may see over.
func (a *App) answersFor(ctx context.Context, r *store.Register, by access.Actor) (units []place.Unit, err error) {
	all, err := a.unitsOf(ctx, r)
	if err != nil {
		return nil, err
	}
	for _, u := range all {
		if by.Allow(access.SeeUnits, r.ID(), u.ID) == nil {
			units = append(units, u)
		}
	}
	if len(units) == 0 {
		return nil, a.refused(ctx, r, by, "", fault.New(fault.Refused, "access.refused"))
	}
	return units, nil
}

func (a *App) fillCompleteness(c *Completeness, l *live) error {
	questions, phases, names := rowsOf(c.Book)
	each := l.marked(names, c.Units, c.Period)
	one := each.Whole()
	if c.Unit != "" {
		one = l.marked(names, []place.Unit{{ID: c.Unit}}, c.Period)
	}
	table := func(id string, rows []query.Cat) *query.Table {
		return query.Completeness(id, rows, int(record.NotDue), int(record.Lacking), int(record.Given), int(record.SetAside), int(record.CannotBe))
	}
	split := query.Split{ID: unitSplit}
	for _, u := range c.Units {
		split.Units = append(split.Units, query.Unit{ID: u.ID})
	}
	about := &disclosure.About{Audience: disclosure.Internal, Codebook: a.book, Read: [2]time.Time{a.now(), a.now()}, Synthetic: a.demo}
	release, err := disclosure.New(about, []disclosure.Part{
		{Split: query.Whole(), Tables: []*query.Table{table(questionsTable, questions), table(phasesTable, phases)}, Counts: one},
		{Split: split, Tables: []*query.Table{table(phasesTable, phases)}, Counts: each},
	})
	if err != nil {
		return err
	}
	c.Questions, c.Phases, c.PerUnit = release.Table("", questionsTable), release.Table("", phasesTable), release.Table(unitSplit, phasesTable)
	return nil
}

// rowsOf gives the questions and the phases as rows of tables, and the names of both in the
// order of a case's marks.
func rowsOf(cb *codebook.Codebook) (questions, phases []query.Cat, names []string) {
	for _, v := range record.Asked(cb) {
		questions = append(questions, query.Cat{ID: v.Key(), Label: codebook.Label{Text: v.Label}})
		names = append(names, v.Key())
	}
	for _, p := range cb.Phases {
		phases = append(phases, query.Cat{ID: string(p.ID), Label: codebook.Label{Text: p.Label}})
		names = append(names, string(p.ID))
	}
	return questions, phases, names
}

// day gives the day by which a case is in a period.
func (p Period) day(x liveCase) record.Day {
	if p.Closed {
		return x.closed
	}
	return x.began
}

// marked counts the cases of a period by how far they are registered, in each of the units.
// Excluded cases are never counted.
func (l *live) marked(names []string, units []place.Unit, p Period) *tabulate.Marks {
	places := map[string]int{}
	for i, u := range units {
		places[u.ID] = i
	}
	from, till := dayOf(p.Year, 1, 1), dayOf(p.Year+1, 1, 1)
	marks, one := tabulate.NewMarks(names, len(units)), []record.Mark(nil)
	l.eachCase(func(i int, x *liveCase) {
		day := p.day(*x)
		if x.excluded || p.Closed && day == record.NoDay || p.Year != 0 && (day < from || day >= till) {
			return
		}
		if place, ok := places[l.ids.all[x.unit]]; ok {
			one = l.marksOf(i, one[:0])
			marks.Add(place, one)
		}
	})
	return marks
}

// years gives the years in which cases of some units came in or were closed, latest first.
func (l *live) years(units []place.Unit) []int {
	own, days, seen := map[string]bool{}, map[record.Day]bool{}, map[int]bool{}
	for _, u := range units {
		own[u.ID] = true
	}
	l.eachCase(func(_ int, x *liveCase) {
		if x.excluded || !own[l.ids.all[x.unit]] {
			return
		}
		for _, d := range [2]record.Day{x.began, x.closed} {
			if d != record.NoDay && !days[d] {
				days[d], seen[d.Time().Year()] = true, true
			}
		}
	})
	years := make([]int, 0, len(seen))
	for y := range seen {
		years = append(years, y)
	}
	slices.Sort(years)
	slices.Reverse(years)
	return years
}
