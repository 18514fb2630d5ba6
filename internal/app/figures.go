package app

import (
	"context"
	"slices"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/disclosure"
	"foljsam/internal/indicator"
	"foljsam/internal/record"
)

// Figures is a year's key figures of a municipality or district, as its own register has them.
// The counts are those of lists that the reader may open: they are true, internal and kept
// nowhere. What leaves is a [indicator.Count], which cannot hold 1-4.
type Figures struct {
	FiguresAsk
	Read     time.Time
	Areas    []string // that can be chosen
	Years    []int    // that can be chosen, the last first
	Rows     [3]FigureRow
	Doubts   []DoubtSum // kinds that there are cases of
	Odd      []Odd
	Returned []Returned       // of this year and area, the last first
	Others   []Returned       // the last of each other year of the area
	Stands   []FigureStanding // every year and area that anything is settled of, the latest year first
	Units    []FigureUnit
	Nation   bool // the nation's register in this installation takes returns for the year
	Deadline record.Day
	Any      bool // there are cases in the register
	First    int  // the first year that cases tell of; 0: none does
	Before   bool // some of them tell of the year before, or an earlier one
}

// FigureRow is one key figure of the year.
type FigureRow struct {
	Figure   indicator.Figure
	Now      disclosure.ListCount // with what was decided
	Rule     disclosure.ListCount // by the rules alone
	Other    disclosure.ListCount // by the rules, where the goal is read the other way
	Last     disclosure.ListCount // the year before, as it is now
	Leaves   indicator.Count      // what would leave
	LastSent indicator.Count      // what was sent last for the year before
}

// DoubtSum is how many cases there are of a kind of doubt, and how many nobody has decided of.
type DoubtSum struct {
	Kind indicator.DoubtKind
	All  disclosure.ListCount
	Open disclosure.ListCount
}

// FigureUnit is a unit of the area, and whether it lies outside individual and family care.
type FigureUnit struct {
	ID, Name string
	Outside  bool
}

// list makes the count of a list that was counted to its end.
func list(n int) disclosure.ListCount { return disclosure.CountList(n, n) }

// Figures gives the key figures of a year.
func (a *App) Figures(ctx context.Context, by access.Actor, ask FiguresAsk) (*Figures, error) {
	x, err := a.figuresOf(ctx, by)
	if err != nil {
		return nil, err
	}
	ask = a.figuresAsked(x, ask)
	if err := x.decide(ctx, ask.Year, ask.Year-1); err != nil {
		return nil, err
	}
	f := &Figures{FiguresAsk: ask, Read: a.now(), Areas: x.areas(ask.Year), Years: x.years(a.today()), Any: len(x.cases) > 0}
	now, last := x.count(ask), x.count(FiguresAsk{ask.Year - 1, ask.Area, ask.Reading})
	f.fill(x, now, last)
	f.Odd = a.odd(x, now, last)
	for i := range f.Odd {
		f.Odd[i].Warning = x.warning(ask, f.Odd[i])
		a.nameAccepted(ctx, &f.Odd[i].Warning)
	}
	for _, r := range x.returns {
		switch {
		case r.Unit != ask.Area:
		case r.Year == ask.Year:
			f.Returned = append(f.Returned, a.returned(ctx, r))
		case !slices.ContainsFunc(f.Others, func(o Returned) bool { return o.Year == r.Year }):
			f.Others = append(f.Others, a.returned(ctx, r))
		}
	}
	if f.Stands, err = a.standings(ctx, x); err != nil {
		return nil, err
	}
	f.sent()
	f.Deadline, f.Nation, err = a.nationAsks(ctx, ask.Year)
	return f, err
}

// figuresAsked gives what is asked for where somebody asked for less: the last whole year, and the
// first area that there is.
func (a *App) figuresAsked(x *figureRegister, ask FiguresAsk) FiguresAsk {
	if ask.Year == 0 {
		ask.Year = lastWhole(x.years(a.today()), a.now())
	}
	if areas := x.areas(ask.Year); len(areas) > 0 && !slices.Contains(areas, ask.Area) {
		ask.Area = areas[0]
	}
	if ask.Reading != indicator.ByReason {
		ask.Reading = indicator.ByGoal
	}
	return ask
}

func (f *Figures) fill(x *figureRegister, now, last *figureYear) {
	other := indicator.ByReason
	if f.Reading == other {
		other = indicator.ByGoal
	}
	for i, figure := range indicator.Figures {
		n := now.number(func(c *countedCase) bool { return c.counts[i] })
		f.Rows[i] = FigureRow{Figure: figure, Now: list(n), Leaves: indicator.CountOf(n),
			Rule:  list(now.number(func(c *countedCase) bool { return c.rule[i] })),
			Other: list(now.number(func(c *countedCase) bool { return indicator.Decide(c.Case, f.Year, other)[i] })),
			Last:  list(last.number(func(c *countedCase) bool { return c.counts[i] }))}
	}
	if years := x.caseYears(); len(years) > 0 {
		f.First, f.Before = years[0], years[0] < f.Year
	}
	f.Doubts = now.sums()
	areas := areasOf(x.units, f.Year)
	for _, u := range x.units {
		if areas[u.ID] == f.Area {
			f.Units = append(f.Units, FigureUnit{u.ID, u.Name, x.outside[u.ID]})
		}
	}
}

// sent puts what was sent the year before beside what is counted.
func (f *Figures) sent() {
	if before := f.Standing(f.Year - 1); before != nil && before.Sent.ID != "" {
		for i := range f.Rows {
			f.Rows[i].LastSent = before.Sent.Counts[i]
		}
	}
}

// Standing gives how a year of the area stands; nil where nothing is settled of it.
func (f *Figures) Standing(year int) *FigureStanding {
	i := slices.IndexFunc(f.Stands, func(s FigureStanding) bool { return s.Year == year && s.Area == f.Area })
	if i < 0 {
		return nil
	}
	return &f.Stands[i]
}

// number counts the year's cases of which something holds.
func (y *figureYear) number(holds func(*countedCase) bool) (n int) {
	for i := range y.counted {
		if holds(&y.counted[i]) {
			n++
		}
	}
	return n
}

// FigureYears gives the year that is shown where nobody asks for another.
func (a *App) FigureYear(ctx context.Context, by access.Actor) (int, error) {
	x, err := a.figuresOf(ctx, by)
	if err != nil {
		return 0, err
	}
	return lastWhole(x.years(a.today()), a.now()), nil
}
