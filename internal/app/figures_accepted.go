package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/fault"
	"foljsam/internal/indicator"
	"foljsam/internal/store"
)

// A warning about a year's key figures is no judgment: sometimes it is as it is. Whoever answers
// for them lets it stand, with one of a few reasons: in words of their own a low count would
// easily end up. When it says something else it is a warning again.

// AcceptReason is why a warning is let stand; also the last part of its text's key.
type AcceptReason string

const (
	ItIsSo       AcceptReason = "stammer"      // looked at, and so it is
	Reorganised  AcceptReason = "organisation" // another organisation, or other units
	Recorded     AcceptReason = "registrering" // another way to record, or a new system
	NotCorrected AcceptReason = "rattas_inte"  // whoever collects takes no correction any more, or wants none
	TakenBack    AcceptReason = ""             // it is a warning again
)

// OddReasons and WrongReasons are those that can be chosen, in the order in which pages name them.
var (
	OddReasons   = []AcceptReason{ItIsSo, Reorganised, Recorded}
	WrongReasons = []AcceptReason{NotCorrected, Reorganised, Recorded}
)

// aboutCorrection is the warning that a register says something else than what was sent.
const aboutCorrection = "rattelse"

// Accepted is that a warning is let stand.
type Accepted struct {
	store.FigureAccepted
	PersonName string
}

// Warning is what a warning is known by.
type Warning struct {
	About    string
	State    string // a sum of what it says, which holds no count of 1-4
	Version  int    // of what was said of it; 0: nothing
	Accepted *Accepted
}

// stateOf sums up what a warning says, by the numbers that may be known.
func stateOf(parts ...any) string {
	sum := sha256.Sum256([]byte(fmt.Sprintln(parts...)))
	return hex.EncodeToString(sum[:8])
}

// known gives what is known of a warning, with what was said of it last where that still holds.
func (x *figureRegister) known(year int, area, about, state string) Warning {
	return knownOf(x.accepted, year, area, about, state)
}

func knownOf(accepted []store.FigureAccepted, year int, area, about, state string) Warning {
	w := Warning{About: about, State: state}
	for _, f := range accepted { // the last stands
		if f.Year == year && f.Unit == area && f.About == about {
			w.Version, w.Accepted = f.Version, nil
			if f.Reason != string(TakenBack) && f.State == state {
				w.Accepted = &Accepted{FigureAccepted: f}
			}
		}
	}
	return w
}

// Warning gives what a warning is known by. That the year is not over is none: it passes.
func (x *figureRegister) warning(ask FiguresAsk, o Odd) Warning {
	about := string(o.Kind)
	if o.Figure.Valid() {
		about += ":" + strconv.Itoa(int(o.Figure))
	}
	if ask.Reading == indicator.ByReason {
		about += ":" + readings[ask.Reading]
	}
	count := func(n int) string {
		c := indicator.CountOf(n)
		if c.IsSecret() {
			return "sekretess"
		}
		return strconv.Itoa(n)
	}
	return x.known(ask.Year, ask.Area, about, stateOf(about, count(o.N.N()), count(o.Last.N()), o.Months, strings.Join(o.Units, "\x00")))
}

// differing gives what the warning that a return is wrong is known by.
func (x *figureRegister) differing(f *FigureStanding) Warning {
	parts := []any{f.Sent.ID}
	for _, d := range f.Differs {
		for _, c := range []indicator.Count{d.Then, d.Now} {
			text, _ := c.MarshalJSON() // never fails
			parts = append(parts, d.Figure, string(text))
		}
	}
	return x.known(f.Year, f.Area, aboutCorrection, stateOf(parts...))
}

// FigureAccept is what somebody says of a warning.
type FigureAccept struct {
	FiguresAsk
	About   string
	Reason  AcceptReason // TakenBack: it is a warning again
	State   string       // what the warning said when it was seen
	Version int
}

// AcceptFigure lets a warning stand, or takes that back. One that says something else by now, or of
// which somebody else has said something since, is a conflict.
func (a *App) AcceptFigure(ctx context.Context, by access.Actor, k FigureAccept) error {
	x, err := a.figuresOf(ctx, by)
	if err != nil {
		return err
	}
	k.FiguresAsk = a.figuresAsked(x, k.FiguresAsk)
	w, err := a.warningNamed(ctx, x, k)
	if err != nil {
		return err
	}
	allowed := OddReasons
	if k.About == aboutCorrection {
		allowed = WrongReasons
	}
	switch {
	case k.Reason != TakenBack && !slices.Contains(allowed, k.Reason):
		return fault.New(fault.Invalid, "indicator.choose_reason")
	case w.State != k.State || w.Version != k.Version:
		return fault.New(fault.Conflict, "indicator.accepted_meanwhile")
	}
	return x.Write(ctx, func(t *store.Tx) error {
		l := a.line(by, audit.FigureAccepted, "")
		l.Fields = []string{strconv.Itoa(k.Year), k.About}
		t.Audit(l)
		return t.AddFigureAccepted(store.FigureAccepted{Year: k.Year, Unit: k.Area, About: k.About, Version: k.Version + 1, Reason: string(k.Reason), State: k.State,
			At: a.now(), Person: by.Person.ID, Role: string(by.Role)})
	})
}

// warningNamed finds a warning that there is; one that is there no more has changed meanwhile.
func (a *App) warningNamed(ctx context.Context, x *figureRegister, k FigureAccept) (Warning, error) {
	gone := fault.New(fault.Conflict, "indicator.accepted_meanwhile")
	if k.About == aboutCorrection {
		all, err := a.standings(ctx, x)
		i := slices.IndexFunc(all, func(f FigureStanding) bool { return f.Year == k.Year && f.Area == k.Area && f.Warning.About != "" })
		if err != nil || i < 0 {
			return Warning{}, firstError(err, gone)
		}
		return all[i].Warning, nil
	}
	if err := x.decide(ctx, k.Year, k.Year-1); err != nil {
		return Warning{}, err
	}
	for _, o := range a.odd(x, x.count(k.FiguresAsk), x.count(FiguresAsk{k.Year - 1, k.Area, k.Reading})) {
		if w := x.warning(k.FiguresAsk, o); w.About == k.About && o.Kind != NotOver {
			return w, nil
		}
	}
	return Warning{}, gone
}

// nameAccepted names who let a warning stand.
func (a *App) nameAccepted(ctx context.Context, w *Warning) {
	if w.Accepted != nil {
		w.Accepted.PersonName = a.nameOf(ctx, w.Accepted.Person)
	}
}
