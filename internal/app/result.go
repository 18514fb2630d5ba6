package app

import (
	"context"
	"slices"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/codebook"
	"foljsam/internal/compile"
	"foljsam/internal/disclosure"
	"foljsam/internal/fault"
	"foljsam/internal/place"
	"foljsam/internal/query"
	"foljsam/internal/record"
)

// ResultAsk is which cases results are asked of: those that came in within a period, in a
// unit, and that all of some conditions hold for.
type ResultAsk struct {
	Unit       string    // empty: all units that the actor may see
	From, Till time.Time // days; zero: no end
	Where      []string  // as query.Parse reads them
	Units      []string  // several, instead of one; none: as Unit says
	Public     bool      // for publication, not internal
}

// units gives the ids that are asked for; none: all that the actor may see.
func (ask ResultAsk) units() []string {
	if len(ask.Units) == 0 && ask.Unit != "" {
		return []string{ask.Unit}
	}
	return ask.Units
}

// Results is what a register's cases add up to now. It is released as internal, and whatever
// shows it says so.
type Results struct {
	Ask     ResultAsk
	Units   []place.Unit // that can be chosen
	Years   []int        // in which cases came in, latest first
	Book    *codebook.Codebook
	Release *disclosure.Release
	Again   disclosure.Value // cases of clients who have more than one in the register; none, to who does not see all of it
	Cases   disclosure.Value // all that is asked of

	columns *shownColumns
	chosen  compile.Chosen
	whole   bool            // the actor sees all units
	few     func(int) error // logs that figures of so few cases were seen
}

// askResults checks who asks and what, and gives the cases in columns.
func (a *App) askResults(ctx context.Context, by access.Actor, ask ResultAsk) (*Results, error) {
	r, err := a.register(ctx, by)
	if err != nil {
		return nil, err
	}
	all, err := a.unitsOf(ctx, r)
	if err != nil {
		return nil, err
	}
	x := &Results{Ask: ask}
	for _, u := range all {
		if by.Allow(access.SeeFigures, r.ID(), u.ID) == nil {
			x.Units = append(x.Units, u)
		}
	}
	if len(x.Units) == 0 || len(x.chosenUnits()) < len(ask.units()) {
		return nil, a.refused(ctx, r, by, "", fault.New(fault.Refused, "access.refused"))
	}
	x.whole = len(x.Units) == len(all)
	x.few = func(n int) error { return a.sawFew(ctx, r, by, ask, n) }
	l, err := a.liveOf(ctx, r)
	if err != nil {
		return nil, err
	}
	x.columns = l.shown(a.book)
	x.Book = x.columns.book
	x.Years = x.columns.yearsIn(x.Units)
	return x, x.choose(a)
}

// chosenUnits are those that are asked for, among those that the actor may see.
func (x *Results) chosenUnits() []place.Unit {
	ids := x.Ask.units()
	if len(ids) == 0 {
		return x.Units
	}
	return slices.DeleteFunc(slices.Clone(x.Units), func(u place.Unit) bool { return !slices.Contains(ids, u.ID) })
}

// choose turns what is asked into a set of cases.
func (x *Results) choose(a *App) error {
	sets := []query.Set{x.columns.in(x.chosenUnits())}
	for _, w := range x.Ask.Where {
		s, err := query.Parse(x.Book, w)
		if err != nil {
			return err
		}
		sets = append(sets, s)
	}
	audience := disclosure.Internal
	if x.Ask.Public {
		audience = disclosure.Publication
	}
	x.chosen = compile.Chosen{Filter: query.And(sets...), From: x.Ask.From, Till: x.Ask.Till, Read: a.now(), Audience: audience, Codebook: x.Book, Synthetic: a.demo}
	return nil
}

// Results gives some of the report's tables of the cases that are asked of.
func (a *App) Results(ctx context.Context, by access.Actor, ask ResultAsk, tables ...string) (*Results, error) {
	x, err := a.askResults(ctx, by, ask)
	if err != nil {
		return nil, err
	}
	// The funnel is in every release: it tells how many cases there are, and what is missing.
	if x.Release, err = compile.Results(x.columns.columns, x.chosen, append(tables, funnelTable)...); err != nil {
		return nil, err
	}
	return x, x.count()
}

// count tells how many cases there are, and how many are of clients who have several. Who sees some
// units only is not told that: of one case it would say whether the client is in another unit.
func (x *Results) count() error {
	several := x.columns.again()
	if !x.whole {
		several = query.Not(query.All())
	}
	n, again, err := compile.HowMany(x.columns.columns, x.chosen, several)
	x.Cases, x.Again = n, again
	if err == nil && n.IsNumber() {
		err = x.few(int(n.Int()))
	}
	return err
}

// Beside gives, of a table of one period beside the one before, the differences by cell; nil
// where there are none to give.
func (x *Results) Beside(id string) (*disclosure.Released, []disclosure.Estimate) {
	r := x.Release.Table(compile.Beside, id)
	if r == nil || r.Table().Kind != query.Shares {
		return nil, nil
	}
	return r, compile.Difference(x.Release, r)
}

// Earlier gives the period that Beside compares with.
func (x *Results) Earlier() (from, till time.Time, ok bool) { return x.chosen.Earlier() }

// Crossed is a cross table of the cases that are asked of.
type Crossed struct {
	*Results
	*compile.Crossed
	Both disclosure.Value // cases where both are registered
}

// CrossTable crosses two variables or groupings. Tests are made only where test says so.
func (a *App) CrossTable(ctx context.Context, by access.Actor, ask ResultAsk, rows, columns string, test bool) (*Crossed, error) {
	x, err := a.askResults(ctx, by, ask)
	if err != nil {
		return nil, err
	}
	c, err := compile.CrossOf(x.columns.columns, x.chosen, rows, columns, test)
	if err != nil {
		return nil, err
	}
	x.Release = c.Release
	_, both, err := compile.HowMany(x.columns.columns, x.chosen, query.Or(c.Rows.Table().Bases()...))
	if err != nil {
		return nil, err
	}
	return &Crossed{x, c, both}, x.count()
}

// Courses is how large a share of the cases has been closed for each reason, by days.
type Courses struct {
	*Results
	*compile.Incidence
	From, Till record.Day // followed in; From is zero where there is no period
}

// Incidence follows the cases of the units in time: those that came in within the period, and
// those that were open when it began. Conditions are none of its questions.
func (a *App) Incidence(ctx context.Context, by access.Actor, ask ResultAsk) (*Courses, error) {
	ask.Where = nil
	x, err := a.askResults(ctx, by, ask)
	if err != nil {
		return nil, err
	}
	c := &Courses{Results: x, Till: a.today()}
	if !ask.From.IsZero() {
		c.From = record.DayOf(ask.From)
	}
	if !ask.Till.IsZero() {
		c.Till = min(c.Till, record.DayOf(ask.Till))
	}
	c.Incidence, err = compile.IncidenceOf(x.columns.columns, x.chosen.Filter, x.chosen, c.From, c.Till)
	if err != nil {
		return nil, err
	}
	x.Release = c.Incidence.Release
	return c, x.count()
}

// Tested is a test of a cross table.
type Tested = compile.Tested
