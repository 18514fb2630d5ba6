package app

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/fault"
	"foljsam/internal/store"
)

// dayBetween is how long must go between a new one-time code and the taking away of the second step for
// somebody who sees cases: both at once would be a way to sign in as them.
const dayBetween = 24 * time.Hour

// shownFor is how long it is shown to coordinators that an administrator helped somebody in.
const shownFor = 30 * 24 * time.Hour

// Help is what an administrator last did with how somebody signs in.
type Help struct {
	Code, Reset     time.Time // zero: never
	CodeBy, ResetBy string    // ids of people
	Works           time.Time // from when the last code can be used where it resets a sign-in; zero: when somebody has confirmed it
	ConfirmedBy     string    // who confirmed it; empty: nobody had to, or nobody could
	Owes            bool      // the person has not had a second step since
}

func helpSetting(person string) string { return "inloggningshjalp." + person }

func helpOf(t *store.Tx, person string) (h Help, err error) {
	text, err := t.Setting(helpSetting(person))
	if err == nil && text != "" && json.Unmarshal([]byte(text), &h) != nil {
		err = fault.New(fault.Internal, "store.failed")
	}
	return h, err
}

func putHelp(t *store.Tx, person string, h Help) error {
	text, err := json.Marshal(h)
	if err != nil {
		return fault.Wrap(err, fault.Internal, "store.failed")
	}
	return t.PutSetting(helpSetting(person), string(text))
}

// noteHelp keeps that an administrator gave somebody a code, or took away their second step, and
// gives the registers whose logs are to say so. Of who sees cases both are not done on one day.
func (a *App) noteHelp(t *store.Tx, by access.Actor, person string, act audit.Act) ([]string, error) {
	registers, err := a.caseRegisters(t, person)
	if err != nil {
		return nil, err
	}
	h, err := helpOf(t, person)
	if err != nil {
		return nil, err
	}
	now, before := a.now(), h.Code
	if act == audit.GaveCode {
		before, h.Code, h.CodeBy, h.Works, h.ConfirmedBy = h.Reset, now, by.Person.ID, time.Time{}, ""
	} else {
		h.Reset, h.ResetBy, h.Owes = now, by.Person.ID, true
	}
	if len(registers) > 0 && now.Before(before.Add(dayBetween)) && !before.IsZero() {
		return nil, fault.New(fault.Refused, "trust.day_between")
	}
	return registers, putHelp(t, person, h)
}

// Helped gives what an administrator did with how the actor signs in, and what those who did it are
// called; for the page that asks for a new second step.
func (a *App) Helped(ctx context.Context, by access.Actor) (h Help, err error) {
	err = a.store.Node().Read(ctx, func(t *store.Tx) error {
		if h, err = helpOf(t, by.Person.ID); err != nil {
			return err
		}
		h.CodeBy, err = nameIn(t, h.CodeBy, nil)
		h.ResetBy, err = nameIn(t, h.ResetBy, err)
		h.ConfirmedBy, err = nameIn(t, h.ConfirmedBy, err)
		return err
	})
	return h, err
}

// HelpedLately is Helped as far as it was done in the last thirty days.
func (a *App) HelpedLately(ctx context.Context, by access.Actor) (Help, error) {
	h, err := a.Helped(ctx, by)
	for _, at := range []*time.Time{&h.Code, &h.Reset} {
		if a.now().Sub(*at) >= shownFor {
			*at = time.Time{}
		}
	}
	return h, err
}

// Intervention is something an administrator did that bears on who comes into a register.
type Intervention struct {
	At     time.Time
	Act    audit.Act
	By     string // name
	Person string // name; empty: all
}

// Interventions gives what administrators did of late with how the register's people sign in, the
// newest first: for whoever gives roles there.
func (a *App) Interventions(ctx context.Context, by access.Actor) (all []Intervention, err error) {
	r, err := a.maySomewhere(ctx, by, access.GrantCase)
	if err != nil {
		return nil, err
	}
	var lines []audit.Line
	err = r.Read(ctx, func(t *store.Tx) error {
		lines, err = t.AuditActs(a.now().Add(-shownFor), audit.GaveCode, audit.ConfirmedCode, audit.StoppedCode, audit.AnnouncedEnd, audit.StoppedEnd, audit.EndedPerson, audit.FactorsReset, audit.FactorsRuled)
		return err
	})
	for _, l := range lines {
		if err == nil && a.now().Sub(l.At) < shownFor {
			all = append(all, Intervention{At: l.At, Act: l.Act, By: a.nameOf(ctx, l.Person), Person: a.nameOf(ctx, l.About)})
		}
	}
	slices.SortStableFunc(all, func(x, y Intervention) int { return y.At.Compare(x.At) })
	return all, err
}
