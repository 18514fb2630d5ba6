package app

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/exchange"
	"foljsam/internal/fault"
	"foljsam/internal/indicator"
	"foljsam/internal/record"
	"foljsam/internal/store"
)

// ReturnAsk is what somebody states when a year's key figures are returned.
type ReturnAsk struct {
	FiguresAsk
	Scope indicator.Scope
	Left  [3]bool // key figures that are not returned, by Figure.Index
	Seen  int     // the last edition that was seen; 0: none
}

// Returning is a return before it leaves, as it is.
type Returning struct {
	ReturnAsk
	Return   indicator.Return
	File     string // rapporter.csv, as a file has it
	Hash     string // of the file: what is returned must be what was looked at
	Open     bool   // there are doubtful cases that nobody has decided of
	Over     bool   // the year is over: it can be returned
	Nation   bool   // it goes to the nation's register in this installation
	Refusal  error  // why that will not take it; nil: it will
	Deadline record.Day
	Before   *Returned
}

// Returned is a return that was settled.
type Returned struct {
	store.FigureReturn
	Reading    indicator.Reading
	PersonName string
	SentBy     string // name
	Editions   int    // how many there are of the unit and year
	Asked      bool   // the nation's register in this installation takes returns for the year
	Refusal    error  // why it does not take this one; nil: it does
}

// How a return got to where it was going.
const (
	SentToNation = "riket" // taken into the nation's register in this installation
	SentByFile   = "fil"   // somebody says that the file was sent
)

// readings are the readings of when the goal is reached, as they are kept.
var readings = map[indicator.Reading]string{indicator.ByGoal: "maluppfoljning", indicator.ByReason: "avslutsorsak"}

// Returning gives what would leave, exactly. It holds no count of 1 to 4.
func (a *App) Returning(ctx context.Context, by access.Actor, ask ReturnAsk) (*Returning, error) {
	x, err := a.figuresOf(ctx, by)
	if err != nil {
		return nil, err
	}
	return a.returning(ctx, x, ask)
}

func (a *App) returning(ctx context.Context, x *figureRegister, ask ReturnAsk) (*Returning, error) {
	ask.FiguresAsk = a.figuresAsked(x, ask.FiguresAsk)
	if err := x.decide(ctx, ask.Year); err != nil {
		return nil, err
	}
	y := x.count(ask.FiguresAsk)
	r := &Returning{ReturnAsk: ask, Over: a.today() > dayOf(ask.Year, 12, 31), Return: indicator.Return{Unit: ask.Area, Year: ask.Year, Scope: ask.Scope}}
	for i := range r.Return.Counts {
		if !ask.Left[i] {
			r.Return.Counts[i] = indicator.CountOf(y.number(func(c *countedCase) bool { return c.counts[i] }))
		}
	}
	r.Open = slices.ContainsFunc(y.sums(), func(s DoubtSum) bool { return s.Open.N() > 0 })
	for _, old := range x.returns {
		if r.Before == nil && old.Unit == ask.Area && old.Year == ask.Year {
			before := a.returned(ctx, old)
			r.Before = &before
		}
	}
	var err error
	if r.File, r.Hash, err = returnFile(r.Return); err != nil {
		return nil, err
	}
	r.Deadline, r.Nation, err = a.nationAsks(ctx, ask.Year)
	if err == nil && r.Nation {
		r.Refusal, err = a.nationRefuses(ctx, ask.Area, ask.Year)
	}
	return r, err
}

// nationRefuses says why the nation's register does not take a unit's return for a year; nil: it does.
func (a *App) nationRefuses(ctx context.Context, unit string, year int) (refusal, err error) {
	reporters, err := a.reporters(ctx)
	if err != nil {
		return nil, err
	}
	return unitFault(reporters, unit, year), nil
}

// nationAsks tells whether the nation's register in this installation takes returns for a year,
// and till when it wants them.
func (a *App) nationAsks(ctx context.Context, year int) (deadline record.Day, asks bool, err error) {
	years, err := a.AskedYears(ctx)
	for _, y := range years {
		if y.Year == year && y.Closed.IsZero() {
			return y.Deadline, true, err
		}
	}
	return record.NoDay, false, err
}

// returnFile writes a return as rapporter.csv, and its hash.
func returnFile(r indicator.Return) (file, hash string, err error) {
	var b bytes.Buffer
	if err := exchange.WriteReturns(&b, []indicator.Return{r}); err != nil {
		return "", "", fault.Wrap(err, fault.Internal, "fault.internal")
	}
	sum := sha256.Sum256(b.Bytes())
	return b.String(), hex.EncodeToString(sum[:]), nil
}

// checkReturn says what is missing in what was stated.
func (a *App) checkReturn(ask ReturnAsk) error {
	switch {
	case ask.Scope < indicator.Authority || ask.Scope > indicator.Both:
		return fault.New(fault.Invalid, "indicator.scope_missing")
	case ask.Left == [3]bool{true, true, true}:
		return fault.New(fault.Invalid, "indicator.nothing_returned")
	case a.today() <= dayOf(ask.Year, 12, 31):
		return fault.New(fault.Invalid, "indicator.year_not_over", "ar", fmt.Sprint(ask.Year))
	}
	return nil
}

// ReturnFigures settles a year's key figures as they were looked at, and sends them to the
// nation's register where this installation has one. Where something has changed since they
// were looked at nothing is settled. The edition is given also where it could not be sent: it
// is settled, and waits.
func (a *App) ReturnFigures(ctx context.Context, by access.Actor, ask ReturnAsk, hash string) (edition int, err error) {
	x, err := a.figuresOf(ctx, by)
	if err != nil {
		return 0, err
	}
	if err := a.checkReturn(ask); err != nil {
		return 0, err
	}
	r, err := a.returning(ctx, x, ask)
	if err != nil {
		return 0, err
	}
	if r.Hash != hash {
		return 0, fault.New(fault.Conflict, "indicator.changed")
	}
	d := store.FigureReturn{ID: newID(), Year: r.Year, Unit: r.Area, Edition: 1, At: a.now(), Person: by.Person.ID, Role: string(by.Role),
		Scope: int(r.Scope), Reading: readings[r.Reading], Codebook: a.book.Named(), Counts: r.Return.Counts, Hash: r.Hash}
	if r.Before != nil {
		d.Edition = r.Before.Edition + 1
	}
	if d.Edition != ask.Seen+1 {
		return 0, fault.New(fault.Conflict, "indicator.returned_meanwhile")
	}
	err = x.Write(ctx, func(t *store.Tx) error {
		l := a.line(by, audit.FigureReturned, "")
		l.Fields = []string{d.ID, d.Hash}
		t.Audit(l)
		return t.AddFigureReturn(d)
	})
	if err != nil {
		return 0, err
	}
	if r.Nation {
		err = a.sendToNation(ctx, by, x, d)
	}
	return d.Edition, err
}

// sendToNation lets the nation's register take a settled return, and then notes that it did.
func (a *App) sendToNation(ctx context.Context, by access.Actor, x *figureRegister, d store.FigureReturn) error {
	ret := indicator.Return{Unit: d.Unit, Year: d.Year, Counts: d.Counts, Scope: indicator.Scope(d.Scope)}
	if err := a.ReceiveReturn(ctx, by, ret, ByRegister); err != nil {
		return err
	}
	return a.noteSent(ctx, by, x, d.ID, SentToNation)
}

// noteSent notes that a return was sent.
func (a *App) noteSent(ctx context.Context, by access.Actor, x *figureRegister, id, way string) error {
	return x.Write(ctx, func(t *store.Tx) error {
		l := a.line(by, audit.FigureSent, "")
		l.Fields = []string{id}
		t.Audit(l)
		return t.MarkFigureSent(id, store.FigureSent{At: a.now(), Person: by.Person.ID, Role: string(by.Role), Way: way})
	})
}

// SendReturn sends a settled return: to the nation's register where this installation has one that
// asks for the year; otherwise, or where the file was handed in on another way (byFile), somebody
// says that they have done so. What the nation refuses can still go as a file.
func (a *App) SendReturn(ctx context.Context, by access.Actor, year int, area string, edition int, byFile bool) error {
	x, err := a.figuresOf(ctx, by)
	if err != nil {
		return err
	}
	d, editions, err := a.returnOf(x, year, area, edition)
	if err != nil {
		return err
	}
	_, asks, err := a.nationAsks(ctx, year)
	switch {
	case err != nil:
		return err
	case !d.Sent.At.IsZero():
		return fault.New(fault.Conflict, "indicator.sent_meanwhile")
	case d.Edition < editions: // it would take the place of the later one
		return fault.New(fault.Conflict, "indicator.later_edition", "utgava", editions)
	case asks && !byFile:
		return a.sendToNation(ctx, by, x, d)
	}
	return a.noteSent(ctx, by, x, d.ID, SentByFile)
}

// returnOf finds a return, and how many editions there are; edition 0 is the last one. An area
// that is named is the one that is meant, also where the register has no unit in it any more.
func (a *App) returnOf(x *figureRegister, year int, area string, edition int) (d store.FigureReturn, editions int, err error) {
	if area == "" {
		area = a.figuresAsked(x, FiguresAsk{Year: year}).Area
	}
	err = fault.New(fault.NotFound, "indicator.no_return")
	for _, r := range x.returns {
		if r.Year != year || r.Unit != area {
			continue
		}
		editions = max(editions, r.Edition)
		if edition == r.Edition || edition == 0 && r.Edition == editions {
			d, err = r, nil
		}
	}
	return d, editions, err
}

// ReturnSettled gives a return as it was settled, and its file: what an archive may keep, and
// whoever asks for it may have. Edition 0 is the last one.
func (a *App) ReturnSettled(ctx context.Context, by access.Actor, year int, area string, edition int) (Returned, string, error) {
	x, err := a.figuresOf(ctx, by)
	if err != nil {
		return Returned{}, "", err
	}
	d, editions, err := a.returnOf(x, year, area, edition)
	if err != nil {
		return Returned{}, "", err
	}
	file, hash, err := returnFile(indicator.Return{Unit: d.Unit, Year: d.Year, Counts: d.Counts, Scope: indicator.Scope(d.Scope)})
	if err == nil && hash != d.Hash {
		err = fault.New(fault.Internal, "store.damaged")
	}
	settled := a.returned(ctx, d)
	settled.Editions = editions
	if err == nil {
		_, settled.Asked, err = a.nationAsks(ctx, d.Year)
	}
	if err == nil && settled.Asked {
		settled.Refusal, err = a.nationRefuses(ctx, d.Unit, d.Year)
	}
	return settled, file, err
}

func (a *App) returned(ctx context.Context, r store.FigureReturn) Returned {
	x := Returned{FigureReturn: r, PersonName: a.nameOf(ctx, r.Person), SentBy: a.nameOf(ctx, r.Sent.Person)}
	x.Reading = readingOf(r)
	return x
}

func readingOf(r store.FigureReturn) indicator.Reading {
	if r.Reading == readings[indicator.ByReason] {
		return indicator.ByReason
	}
	return indicator.ByGoal
}
