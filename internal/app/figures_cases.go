package app

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/disclosure"
	"foljsam/internal/fault"
	"foljsam/internal/indicator"
	"foljsam/internal/place"
	"foljsam/internal/record"
	"foljsam/internal/store"
)

// FigureCases is a page of the cases that count under a key figure.
type FigureCases struct {
	FiguresAsk
	Figure indicator.Figure
	Cases  []FigureCase
	Of     disclosure.ListCount
	Page   int
	Pages  int
}

// FigureCase is a case behind a key figure.
type FigureCase struct {
	Listed
	Reached string            // code of how far the goal was met; empty: not registered
	Reason  string            // code of why it was closed
	Support indicator.Support // the first support that counts in the year
	Decided bool              // it counts by what was decided, and not by the rules
}

// FigureCases gives a page of the cases behind a key figure. That they were seen is logged.
func (a *App) FigureCases(ctx context.Context, by access.Actor, ask FiguresAsk, figure indicator.Figure, page int) (*FigureCases, error) {
	x, y, ask, err := a.figureYearOf(ctx, by, ask)
	if err != nil {
		return nil, err
	}
	if !figure.Valid() {
		return nil, fault.New(fault.NotFound, "visit.not_found")
	}
	counted := slices.DeleteFunc(y.counted, func(c countedCase) bool { return !c.counts[figure.Index()] })
	f := &FigureCases{FiguresAsk: ask, Figure: figure, Of: list(len(counted))}
	var from, till int
	f.Page, f.Pages, from, till = pageOf(len(counted), listLength, page)
	err = x.Read(ctx, func(t *store.Tx) error {
		for _, c := range counted[from:till] {
			l, err := a.listedCase(t, x.units, c.figureCase)
			if err != nil {
				return err
			}
			f.Cases = append(f.Cases, FigureCase{Listed: l, Reached: code(c.Goal), Reason: code(c.Reason), Support: c.support(ask.Year), Decided: !c.rule[figure.Index()]})
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	for i := range f.Cases {
		f.Cases[i].Worker = a.nameOf(ctx, f.Cases[i].Cover.Worker)
	}
	return f, a.logSeen(ctx, x.Register, by, audit.SawFigures, "")
}

// figureYearOf counts a year for somebody who asks for what is behind it.
func (a *App) figureYearOf(ctx context.Context, by access.Actor, ask FiguresAsk) (*figureRegister, *figureYear, FiguresAsk, error) {
	x, err := a.figuresOf(ctx, by)
	if err != nil {
		return nil, nil, ask, err
	}
	ask = a.figuresAsked(x, ask)
	if err := x.decide(ctx, ask.Year); err != nil {
		return nil, nil, ask, err
	}
	return x, x.count(ask), ask, nil
}

// pageOf gives a page that a list has, how many there are, and what stands on it.
func pageOf(n, each, page int) (at, pages, from, till int) {
	pages = max(1, (n+each-1)/each)
	at = min(max(0, page), pages-1)
	return at, pages, at * each, min(n, (at+1)*each)
}

// listedCase reads what people call a case.
func (a *App) listedCase(t *store.Tx, units []place.Unit, c figureCase) (Listed, error) {
	l := Listed{Cover: record.Cover{ID: c.ID, Unit: c.unit, Worker: c.worker, Intake: c.Intake, Closed: c.Closing}, UnitName: unitName(units, c.unit)}
	var err error
	l.CaseCode, _, err = t.Codes(c.ID)
	return l, err
}

// code writes a code; empty for one that is not registered.
func code(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// support gives the first support that makes the case count in a year; without a day of
// beginning where none does.
func (c countedCase) support(year int) indicator.Support {
	for _, s := range c.Supports {
		one := c.Case
		one.Supports = []indicator.Support{s}
		if indicator.Decide(one, year, indicator.ByGoal)[indicator.Supported.Index()] {
			return s
		}
	}
	return indicator.Support{Began: record.NoDay, Ended: record.NoDay}
}

// FigureDecide is what somebody decides of a doubtful case.
type FigureDecide struct {
	Year    int
	Case    string
	Kind    indicator.DoubtKind
	Verdict FigureVerdict
	Note    string
	Seen    int // version of the decision that was seen; 0: none
}

// DecideFigure keeps what was decided of a doubtful case. Nothing in the case is changed by
// it; where somebody else has decided since, it is a conflict.
func (a *App) DecideFigure(ctx context.Context, by access.Actor, d FigureDecide) error {
	r, err := a.mayReportOwn(ctx, by)
	if err != nil {
		return err
	}
	d.Note = strings.TrimSpace(d.Note)
	switch {
	case !slices.Contains(FigureVerdicts, d.Verdict):
		return fault.New(fault.Invalid, "indicator.choose_verdict")
	case len(d.Note) > longestNote:
		return fault.New(fault.Invalid, "keeping.note_long", "n", longestNote)
	case len(record.Identifying(d.Note)) > 0:
		return fault.New(fault.Invalid, "indicator.note_identifies")
	case !slices.Contains(indicator.DoubtKinds, d.Kind) || d.Year < 1900 || d.Year > a.now().Year() || d.Seen < 0:
		return fault.New(fault.NotFound, "visit.not_found")
	}
	return r.Write(ctx, func(t *store.Tx) error {
		if _, err := t.Case(d.Case); err != nil {
			return err
		}
		l := a.line(by, audit.FigureDecided, d.Case)
		l.Fields = []string{strconv.Itoa(d.Year), string(d.Kind)}
		t.Audit(l)
		return t.AddFigureDecision(store.FigureDecision{Year: d.Year, Case: d.Case, Doubt: string(d.Kind), Version: d.Seen + 1, Verdict: string(d.Verdict),
			Note: d.Note, At: a.now(), Person: by.Person.ID, Role: string(by.Role)})
	})
}

// SetOutside says which units lie outside individual and family care: their cases are doubtful.
func (a *App) SetOutside(ctx context.Context, by access.Actor, units []string) error {
	r, err := a.mayReportOwn(ctx, by)
	if err != nil {
		return err
	}
	all, err := a.unitsOf(ctx, r)
	if err != nil {
		return err
	}
	for _, id := range units {
		if !hasUnit(all, id) {
			return fault.New(fault.NotFound, "visit.not_found")
		}
	}
	slices.Sort(units)
	return r.Write(ctx, func(t *store.Tx) error {
		t.Audit(a.line(by, audit.FigureUnits, ""))
		return t.PutSetting(outsideSetting, strings.Join(slices.Compact(units), " "))
	})
}
