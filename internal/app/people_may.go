package app

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/fault"
	"foljsam/internal/place"
	"foljsam/internal/record"
	"foljsam/internal/store"
)

// mayOnNode refuses, and logs that it did, unless the actor may do something with the
// installation itself.
func (a *App) mayOnNode(ctx context.Context, by access.Actor, action access.Action) error {
	if err := by.Allow(action, "", ""); err != nil {
		return a.refused(ctx, a.store.Node(), by, "", err)
	}
	return nil
}

// mayGravely is mayOnNode for what is grave: whoever does it has just shown who they are.
func (a *App) mayGravely(ctx context.Context, by access.Actor, action access.Action) error {
	return firstError(a.mayOnNode(ctx, by, action), a.Confirmed(by))
}

// mayIn refuses, and logs that it did, unless the actor may do something in a unit of the
// register that they act in; an empty unit means all of it.
func (a *App) mayIn(ctx context.Context, by access.Actor, action access.Action, unit string) (*store.Register, error) {
	r, err := a.register(ctx, by)
	if err != nil {
		return nil, err
	}
	if err := by.Allow(action, r.ID(), unit); err != nil {
		return nil, a.refused(ctx, r, by, "", err)
	}
	return r, nil
}

// maySomewhere is mayIn for what is limited to the actor's own units.
func (a *App) maySomewhere(ctx context.Context, by access.Actor, action access.Action) (*store.Register, error) {
	unit := ""
	if !by.AllUnits && len(by.Units) > 0 {
		unit = by.Units[0]
	}
	return a.mayIn(ctx, by, action, unit)
}

// mayWrite refuses where the actor may not write in a case.
func (a *App) mayWrite(t *store.Tx, by access.Actor, id string) error {
	c, err := t.Case(id)
	if err != nil {
		return err
	}
	return by.Allow(access.WriteCase, by.Register, c.Unit)
}

// isUnseen tells whether an error says that a case is not there, or is not the actor's.
func isUnseen(err error) bool {
	return isKey(err, "store.no_case") || err != nil && fault.KindOf(err) == fault.Refused
}

// about begins a line of the log on something that was done with a person or a unit.
func (a *App) about(by access.Actor, act audit.Act, id string) audit.Line {
	l := a.line(by, act, "")
	l.About = id
	return l
}

// aboutRole says in the log which role, and where: never whose name.
func (a *App) aboutRole(by access.Actor, act audit.Act, g access.Grant) audit.Line {
	l := a.about(by, act, g.Person)
	l.Fields = []string{string(g.Role), g.Register, g.Unit}
	return l
}

// registerNamed gives a register of the installation.
func registerNamed(all []place.Register, id string) (place.Register, bool) {
	for _, r := range all {
		if r.ID == id {
			return r, true
		}
	}
	return place.Register{}, false
}

// longestName is the longest name of a person or a unit, in characters.
const longestName = 100

func nameFault(name, missing, long string) error {
	switch n := utf8.RuneCountInString(strings.TrimSpace(name)); {
	case n == 0:
		return fault.New(fault.Invalid, missing)
	case n > longestName:
		return fault.New(fault.Invalid, long, "n", longestName)
	}
	return nil
}

// dawn gives when a day begins where the clock is.
func (a *App) dawn(d record.Day) time.Time {
	t := d.Time()
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, a.now().Location())
}

// period gives when something holds: from a day (none, or one that has begun: now) to the
// end of a last day (none: without end).
func (a *App) period(from, last record.Day) (begins, ends time.Time, err error) {
	begins = a.now()
	if from != record.NoDay && a.dawn(from).After(begins) {
		begins = a.dawn(from)
	}
	if last != record.NoDay {
		ends = a.dawn(last + 1)
		if !ends.After(begins) {
			return begins, ends, fault.New(fault.Invalid, "people.ends_before")
		}
	}
	return begins, ends, nil
}

// LastDay gives the last day on which something holds that ends at a time.
func LastDay(till time.Time) record.Day {
	if till.IsZero() {
		return record.NoDay
	}
	return dayAt(till.Add(-time.Microsecond))
}
