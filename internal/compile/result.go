package compile

import (
	"slices"
	"time"

	"foljsam/internal/codebook"
	"foljsam/internal/disclosure"
	"foljsam/internal/query"
	"foljsam/internal/record"
	"foljsam/internal/stat"
	"foljsam/internal/tabulate"
)

// A Chosen is which of a register's cases results are of, and for whom they are.
type Chosen struct {
	Filter     query.Set // besides the period
	From, Till time.Time // of intake, both days in it; zero: no end
	Read       time.Time
	Audience   disclosure.Audience
	Codebook   *codebook.Codebook
	Synthetic  bool
}

// Beside is the split by period: the chosen one, and the one as long just before it.
const Beside = "period"

// level is the confidence of every interval.
const level = 0.95

// Results gives some of the report's tables of a register's own cases, the same definitions
// as Run counts packages by. Where the period has both ends they are also split by Beside.
func Results(cols *tabulate.Columns, c Chosen, ids ...string) (*disclosure.Release, error) {
	var tables []*query.Table
	for _, t := range append(query.Report(c.Codebook), query.OwnTables(c.Codebook)...) {
		if slices.Contains(ids, t.ID) {
			tables = append(tables, t)
		}
	}
	return c.release(cols, tables, true)
}

func (c Chosen) about() *disclosure.About {
	return &disclosure.About{Audience: c.Audience, Codebook: c.Codebook, From: c.From, Till: c.Till, Read: [2]time.Time{c.Read, c.Read},
		Municipalities: 1, Synthetic: c.Synthetic, OnlyPrimary: c.Audience == disclosure.Publication, WithinTables: c.Audience == disclosure.Publication}
}

func (c Chosen) release(cols *tabulate.Columns, tables []*query.Table, beside bool) (*disclosure.Release, error) {
	splits := []query.Split{{Units: []query.Unit{{Set: c.within(c.From, c.Till)}}}}
	if from, till, ok := c.Earlier(); ok && beside {
		splits = append(splits, query.Split{ID: Beside, Apart: true, Label: codebook.Label{Key: "dim." + Beside}, Units: []query.Unit{
			{ID: "nu", Label: codebook.Label{Key: "cat.period_nu"}, Set: c.within(c.From, c.Till)},
			{ID: "fore", Label: codebook.Label{Key: "cat.period_fore"}, Set: c.within(from, till)}}})
	}
	var parts []disclosure.Part
	for _, s := range splits {
		units, err := countUnits(cols, s, tables)
		if err != nil {
			return nil, err
		}
		parts = append(parts, disclosure.Part{Split: s, Tables: tables, Counts: units})
	}
	return disclosure.New(c.about(), parts)
}

// eachUnit is the counts of a split whose units are sets, counted one by one.
type eachUnit []*tabulate.Units

func countUnits(cols *tabulate.Columns, s query.Split, tables []*query.Table) (eachUnit, error) {
	all := make(eachUnit, len(s.Units))
	for i, u := range s.Units {
		one, err := tabulate.Count(cols, query.Split{ID: s.ID, Units: []query.Unit{u}}, tables)
		if err != nil {
			return nil, err
		}
		all[i] = one
	}
	return all, nil
}

func (e eachUnit) Count(unit int, s query.Set) int64 { return e[unit].Count(0, s) }

func (e eachUnit) Sum(unit int, s query.Set, n query.Numeric) int64 { return e[unit].Sum(0, s, n) }

// Earlier gives the period as long just before the chosen one: whole years for whole years.
func (c Chosen) Earlier() (from, till time.Time, ok bool) {
	if c.From.IsZero() || c.Till.IsZero() {
		return from, till, false
	}
	if c.From.Month() == time.January && c.From.Day() == 1 && c.Till.Month() == time.December && c.Till.Day() == 31 {
		years := c.Till.Year() - c.From.Year() + 1
		return c.From.AddDate(-years, 0, 0), c.Till.AddDate(-years, 0, 0), true
	}
	days := int(c.Till.Sub(c.From).Hours()/24+0.5) + 1
	return c.From.AddDate(0, 0, -days), c.From.AddDate(0, 0, -1), true
}

// within is the filter and a period of intake.
func (c Chosen) within(from, till time.Time) query.Set {
	if from.IsZero() && till.IsZero() {
		return c.Filter
	}
	lo, hi := 0, query.Open
	if !from.IsZero() {
		lo = int(record.DayOf(from))
	}
	if !till.IsZero() {
		hi = int(record.DayOf(till))
	}
	return query.And(c.Filter, query.Span(query.DateOf(c.Codebook.Role(codebook.Intake).Number), lo, hi))
}

// Difference is how much more the first unit of a split has than the second in each cell of a
// table of shares, in percentage points, with Newcombe's interval.
func Difference(rel *disclosure.Release, r *disclosure.Released) []disclosure.Estimate {
	all := make([]disclosure.Estimate, r.Table().Size())
	for i := range all {
		all[i] = apart(rel, r.Cell(0, i).Count, r.BaseOf(0, i), r.Cell(1, i).Count, r.BaseOf(1, i))
	}
	return all
}

// apart is the difference between two shares; where a base is empty there is none.
func apart(rel *disclosure.Release, a, m, b, n disclosure.Value) disclosure.Estimate {
	if m.IsNumber() && m.Int() == 0 || n.IsNumber() && n.Int() == 0 {
		return rel.NoEstimate(level, "stat.newcombe")
	}
	i := stat.Difference(a.Int(), m.Int(), b.Int(), n.Int(), level)
	d := 0.0
	if m.Int() > 0 && n.Int() > 0 {
		d = a.Float()/m.Float() - b.Float()/n.Float()
	}
	return rel.Estimate(100*d, 100*i.Low, 100*i.High, level, "stat.newcombe", a, m, b, n)
}

// ShareAt gives the share of a table's cell in a unit with its interval, in percent; of what is no
// share (a mean, a place in order) none.
func ShareAt(rel *disclosure.Release, r *disclosure.Released, unit, cell int) disclosure.Estimate {
	if r.Table().Kind != query.Shares {
		return rel.NoEstimate(level, "stat.wilson")
	}
	return share(rel, r.Cell(unit, cell).Count, r.BaseOf(unit, cell))
}

// share is a share with Wilson's interval, in percent; of nothing there is none.
func share(rel *disclosure.Release, x, n disclosure.Value) disclosure.Estimate {
	if n.IsNumber() && n.Int() == 0 {
		return rel.NoEstimate(level, "stat.wilson")
	}
	i := stat.Wilson(x.Int(), n.Int(), level)
	value := 0.0
	if n.Int() > 0 {
		value = x.Float() / n.Float()
	}
	return rel.Estimate(100*value, 100*i.Low, 100*i.High, level, "stat.wilson", x, n)
}

// HowMany gives how many cases are chosen, and how many of them are in a set.
func HowMany(cols *tabulate.Columns, c Chosen, s query.Set) (all, in disclosure.Value, err error) {
	t := inAll("antal", query.Dim{ID: "antal", Cats: []query.Cat{{ID: "ja", Set: s}}})
	rel, err := c.release(cols, []*query.Table{t}, false)
	if err != nil {
		return all, in, err
	}
	r := rel.Table("", t.ID)
	return r.Base(0, 0), r.Cell(0, 0).Count, nil
}

// All is every case that is chosen: the conditions and the period.
func (c Chosen) All() query.Set { return c.within(c.From, c.Till) }
