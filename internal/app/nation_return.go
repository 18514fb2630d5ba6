package app

import (
	"context"
	"slices"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/fault"
	"foljsam/internal/indicator"
	"foljsam/internal/place"
	"foljsam/internal/record"
	"foljsam/internal/store"
)

// How a return came in.
const (
	ByForm     = "formular"
	ByFile     = "fil"
	ByRegister = "register" // counted in the municipality's own register in this installation
)

// Asked is a year that returns are taken for.
type Asked struct {
	Year     int
	Deadline record.Day
	Closed   time.Time // zero: returns are taken
}

// AskedYears gives the years that the nation asks for, the last first; none where the
// installation has no nation.
func (a *App) AskedYears(ctx context.Context) (all []Asked, err error) {
	r, err := a.nation(ctx)
	if fault.KindOf(err) == fault.NotFound && err != nil {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	err = r.Read(ctx, func(t *store.Tx) error {
		years, err := t.Collections()
		for _, c := range years {
			all = append(all, Asked{c.Year, c.Deadline, c.Closed})
		}
		return err
	})
	return all, err
}

// ReceiveReturn takes a return into the nation's register: from its reporters, from whoever collects,
// and from the coordinator of a municipality's own register in the same installation. It can be
// returned again as long as the year is open: each is an edition, and the last stands.
func (a *App) ReceiveReturn(ctx context.Context, by access.Actor, x indicator.Return, how string) error {
	r, err := a.mayReport(ctx, by, x.Unit)
	if err != nil {
		return err
	}
	return r.Write(ctx, func(t *store.Tx) error { return a.receive(t, by, how, x) })
}

// mayReport refuses whoever may not report for a unit: a register's coordinator does so for the
// register's own municipality or district, and for the districts in it.
func (a *App) mayReport(ctx context.Context, by access.Actor, unit string) (*store.Register, error) {
	r, err := a.nation(ctx)
	if err != nil {
		return nil, err
	}
	if by.Register == r.ID() {
		return a.mayInNation(ctx, by, access.Report, unit)
	}
	var own place.Register
	err = a.store.Node().Read(ctx, func(t *store.Tx) error {
		all, err := t.Registers()
		own, _ = registerNamed(all, by.Register)
		return err
	})
	if err != nil {
		return nil, err
	}
	mine := own.Unit != "" && (own.Unit == unit || own.Unit == place.MunicipalityOf(unit))
	if err := by.Allow(access.Report, own.ID, ""); err != nil || !mine {
		return nil, a.refused(ctx, a.store.Node(), by, "", fault.New(fault.Refused, "access.refused"))
	}
	return r, nil
}

// receive keeps returns as the next edition of each, where the year is open and the unit reports.
func (a *App) receive(t *store.Tx, by access.Actor, how string, all ...indicator.Return) error {
	years, err := t.Collections()
	if err != nil {
		return err
	}
	units, err := t.Units()
	if err != nil {
		return err
	}
	var rows []store.ReceivedReturn
	for _, x := range all {
		if err := returnFault(years, units, x); err != nil {
			return err
		}
		before, err := t.ReturnEditions(x.Unit, x.Year)
		if err != nil {
			return err
		}
		t.Audit(a.aboutYear(by, audit.ReturnReceived, x.Unit, x.Year))
		rows = append(rows, store.ReceivedReturn{Return: x, Edition: len(before) + 1, How: how, At: a.now(), Person: by.Person.ID, Role: string(by.Role)})
	}
	return t.AddReturns(rows)
}

// returnFault says why a return cannot be taken.
func returnFault(years []store.Collection, units []place.Unit, x indicator.Return) error {
	i := slices.IndexFunc(years, func(c store.Collection) bool { return c.Year == x.Year })
	switch {
	case i < 0:
		return fault.New(fault.Invalid, "nation.not_asked", "ar", indicator.Year(x.Year))
	case !years[i].Closed.IsZero():
		return fault.New(fault.Conflict, "nation.closed", "ar", indicator.Year(x.Year))
	case !x.Scope.Valid():
		return fault.New(fault.Invalid, "nation.scope_fault")
	}
	return unitFault(units, x.Unit, x.Year)
}

// unitFault says why a unit does not report for a year.
func unitFault(units []place.Unit, unit string, year int) error {
	is := func(u place.Unit) bool { return u.ID == unit }
	switch {
	case slices.ContainsFunc(reporting(units, year), is):
		return nil
	case slices.ContainsFunc(units, is) && !place.IsDistrict(unit):
		return fault.New(fault.Invalid, "nation.by_districts", "enhet", place.NameOf(unit))
	}
	return fault.New(fault.Invalid, "nation.no_unit", "enhet", unit, "ar", indicator.Year(year))
}
