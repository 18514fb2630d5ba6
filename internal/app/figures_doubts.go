package app

import (
	"context"
	"slices"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/disclosure"
	"foljsam/internal/fault"
	"foljsam/internal/indicator"
	"foljsam/internal/store"
)

// FigureDoubts is a page of the cases that the rules leave in doubt, those first that nobody
// has decided of.
type FigureDoubts struct {
	FiguresAsk
	Kind  indicator.DoubtKind // empty: all kinds
	Kinds []DoubtSum
	Cases []DoubtfulCase
	Of    disclosure.ListCount
	Page  int
	Pages int
}

// doubtsLength is how many doubtful cases stand on a page: each has a form of its own.
const doubtsLength = 10

// DoubtfulCase is one case in doubt for one reason.
type DoubtfulCase struct {
	Listed
	Kind     indicator.DoubtKind
	Figures  [3]bool // that it is about
	Rule     [3]bool // under which it counts by the rules
	Counts   [3]bool // and with what was decided
	Reached  string
	Reason   string
	ByGoal   bool  // it counts under the last key figure where the goal is read by the follow-up
	ByReason bool  // and where it is read by the reason for closing
	Age      int   // indicator.NoAge: not registered
	Violent  []int // codes of who used violence
	Honour   int   // code; 0: not registered
	Supports []indicator.Support
	Support  indicator.Support // the first that counts in the year
	Changed  time.Time         // the case, last
	Others   []OtherCase       // the client's cases in other units that it is about
	Verdict  FigureVerdict
	Version  int // of the decision; 0: none
	Note     string
	By       string // name of who decided
	Decided  store.FigureDecision
}

// OtherCase is a client's case in another unit.
type OtherCase struct {
	Listed
	Decided bool // somebody has decided of it, for the same reason
	Counts  bool // under one of the key figures that it is about, with what was decided
}

// DoubtsAsk says which doubtful cases are asked for.
type DoubtsAsk struct {
	Kind      indicator.DoubtKind // empty: all kinds
	Page      int
	First     string // id of a case that stands first, with FirstKind: somebody comes back to it
	FirstKind indicator.DoubtKind
}

// FigureDoubts gives a page of the doubtful cases. That they were seen is logged.
func (a *App) FigureDoubts(ctx context.Context, by access.Actor, ask FiguresAsk, which DoubtsAsk) (*FigureDoubts, error) {
	x, y, ask, err := a.figureYearOf(ctx, by, ask)
	if err != nil {
		return nil, err
	}
	if which.Kind != "" && !slices.Contains(indicator.DoubtKinds, which.Kind) {
		return nil, fault.New(fault.NotFound, "visit.not_found")
	}
	all := y.doubtful(which.Kind)
	f := &FigureDoubts{FiguresAsk: ask, Kind: which.Kind, Kinds: y.sums(), Of: list(len(all))}
	var from, till int
	f.Page, f.Pages, from, till = pageOf(len(all), doubtsLength, which.Page)
	shown := first(all, from, till, which)
	err = x.Read(ctx, func(t *store.Tx) error {
		for _, d := range shown {
			one, err := a.doubtfulCase(t, x, y, d)
			if err != nil {
				return err
			}
			one.Support = d.support(ask.Year)
			f.Cases = append(f.Cases, one)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	for i := range f.Cases {
		f.Cases[i].Worker, f.Cases[i].By = a.nameOf(ctx, f.Cases[i].Cover.Worker), a.nameOf(ctx, f.Cases[i].Decided.Person)
	}
	return f, a.logSeen(ctx, x.Register, by, audit.SawFigures, "")
}

// first gives a page of doubtful cases, with the one that somebody comes back to before the others,
// wherever it stands now.
func first(all []doubtOf, from, till int, which DoubtsAsk) []doubtOf {
	page := slices.Clone(all[from:till])
	is := func(d doubtOf) bool { return d.ID == which.First && d.Kind == which.FirstKind }
	i := slices.IndexFunc(all, is)
	if i < 0 {
		return page
	}
	return slices.Concat(all[i:i+1], slices.DeleteFunc(page, is))
}

// doubtOf is a case with one of its doubts.
type doubtOf struct {
	countedCase
	decidedDoubt
	year    int
	reading indicator.Reading
}

// doubtful gives the cases with a doubt of a kind, the undecided ones first.
func (y *figureYear) doubtful(kind indicator.DoubtKind) (all []doubtOf) {
	for _, k := range indicator.DoubtKinds {
		for _, c := range y.counted {
			for _, d := range c.doubts {
				if d.Kind == k && (kind == "" || kind == k) {
					all = append(all, doubtOf{c, d, y.year, y.reading})
				}
			}
		}
	}
	slices.SortStableFunc(all, func(p, q doubtOf) int { return place01(p.verdict() != AsTheRules) - place01(q.verdict() != AsTheRules) })
	return all
}

func place01(last bool) int {
	if last {
		return 1
	}
	return 0
}

func (a *App) doubtfulCase(t *store.Tx, x *figureRegister, y *figureYear, d doubtOf) (DoubtfulCase, error) {
	l, err := a.listedCase(t, x.units, d.figureCase)
	if err != nil {
		return DoubtfulCase{}, err
	}
	c, err := t.Case(d.ID)
	if err != nil {
		return DoubtfulCase{}, err
	}
	one := DoubtfulCase{Listed: l, Changed: c.Changed, Kind: d.Kind, Figures: d.Figures, Rule: d.rule, Counts: d.counts, Reached: code(d.Goal), Reason: code(d.Reason),
		ByGoal: indicator.Decide(d.Case, d.year, indicator.ByGoal)[indicator.GoalMet.Index()], ByReason: indicator.Decide(d.Case, d.year, indicator.ByReason)[indicator.GoalMet.Index()],
		Age: d.Age, Violent: d.Perpetrators, Honour: d.Honour, Supports: d.Supports,
		Verdict: d.verdict(), Version: d.Decided.Version, Note: d.Decided.Note, Decided: d.Decided}
	if d.Kind == indicator.TwoUnits {
		one.Others, err = a.otherCases(t, x, y, d)
	}
	return one, err
}

// otherCases gives the client's cases in other units, and what was decided of each for the same
// reason: where one of two is taken out, the other stays.
func (a *App) otherCases(t *store.Tx, x *figureRegister, y *figureYear, d doubtOf) (all []OtherCase, err error) {
	for _, c := range x.elsewhere(d) {
		o := OtherCase{}
		if o.Listed, err = a.listedCase(t, x.units, c); err != nil {
			return nil, err
		}
		i := slices.IndexFunc(y.counted, func(k countedCase) bool { return k.ID == c.ID })
		if i < 0 { // it is in another area's return
			o.Counts = true
		} else {
			k := y.counted[i]
			o.Decided = slices.ContainsFunc(k.doubts, func(x decidedDoubt) bool { return x.Kind == d.Kind && x.verdict() != AsTheRules })
			for f, about := range d.Figures {
				o.Counts = o.Counts || about && k.counts[f]
			}
		}
		all = append(all, o)
	}
	return all, nil
}

// sums counts the doubtful cases by kind.
func (y *figureYear) sums() (all []DoubtSum) {
	for _, kind := range indicator.DoubtKinds {
		there, open := 0, 0
		for _, d := range y.doubtful(kind) {
			there++
			open += 1 - place01(d.verdict() != AsTheRules)
		}
		if there > 0 {
			all = append(all, DoubtSum{kind, list(there), list(open)})
		}
	}
	return all
}
