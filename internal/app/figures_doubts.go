package app

import (
	"cmp"
	"context"
	"slices"

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
	Kind    indicator.DoubtKind
	Figures [3]bool // that it is about
	Rule    [3]bool // under which it counts by the rules
	Counts  [3]bool // and with what was decided
	Reached string
	Reason  string
	Support indicator.Support // the first that counts in the year
	Others  []Listed          // the client's cases in other units that it is about
	Verdict FigureVerdict
	Version int // of the decision; 0: none
	Note    string
	By      string // name of who decided
	Decided store.FigureDecision
}

// FigureDoubts gives a page of the doubtful cases. That they were seen is logged.
func (a *App) FigureDoubts(ctx context.Context, by access.Actor, ask FiguresAsk, kind indicator.DoubtKind, page int) (*FigureDoubts, error) {
	x, y, ask, err := a.figureYearOf(ctx, by, ask)
	if err != nil {
		return nil, err
	}
	if kind != "" && !slices.Contains(indicator.DoubtKinds, kind) {
		return nil, fault.New(fault.NotFound, "visit.not_found")
	}
	all := y.doubtful(kind)
	f := &FigureDoubts{FiguresAsk: ask, Kind: kind, Kinds: y.sums(), Of: list(len(all))}
	var from, till int
	f.Page, f.Pages, from, till = pageOf(len(all), doubtsLength, page)
	err = x.Read(ctx, func(t *store.Tx) error {
		for _, d := range all[from:till] {
			one, err := a.doubtfulCase(t, x, d)
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

func (a *App) doubtfulCase(t *store.Tx, x *figureRegister, d doubtOf) (DoubtfulCase, error) {
	l, err := a.listedCase(t, x.units, d.figureCase)
	var others []Listed
	if d.Kind == indicator.TwoUnits {
		for _, c := range x.elsewhere(d) {
			other, wrong := a.listedCase(t, x.units, c)
			others, err = append(others, other), cmp.Or(err, wrong)
		}
	}
	return DoubtfulCase{Listed: l, Others: others, Kind: d.Kind, Figures: d.Figures, Rule: d.rule, Counts: d.counts, Reached: code(d.Goal), Reason: code(d.Reason),
		Verdict: d.verdict(), Version: d.Decided.Version, Note: d.Decided.Note, Decided: d.Decided}, err
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
