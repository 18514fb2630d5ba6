package app

import (
	"context"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/exchange"
	"foljsam/internal/fault"
	"foljsam/internal/indicator"
	"foljsam/internal/place"
	"foljsam/internal/store"
)

// PeopleIn is what became of a file with the number of adults.
type PeopleIn struct {
	Taken    int // units and years
	Same     int // said already, the same
	Years    []int
	Problems []fault.Problem
}

// ImportPeople takes in how many adults live where from a file: SCB's or our own. What is new
// becomes the edition that stands; units that the nation does not have are named.
func (a *App) ImportPeople(ctx context.Context, by access.Actor, name string, file io.Reader) (*PeopleIn, error) {
	r, err := a.mayInNation(ctx, by, access.Collect, "")
	if err != nil {
		return nil, err
	}
	all, problems, err := exchange.ReadDenominators(file, name)
	if err != nil {
		return nil, err
	}
	return a.takePeople(ctx, by, r, all, problems, name)
}

func (a *App) takePeople(ctx context.Context, by access.Actor, r *store.Register, all []exchange.Denominator, problems []fault.Problem, name string) (*PeopleIn, error) {
	x := &PeopleIn{Problems: problems}
	err := r.Write(ctx, func(t *store.Tx) error {
		x.Taken, x.Same, x.Years = 0, 0, nil
		s := &nationState{people: map[unitYear]store.Inhabitants{}, returns: map[unitYear]store.ReceivedReturn{}}
		units, err := t.Units()
		if err == nil {
			err = s.read(t)
		}
		if err != nil {
			return err
		}
		s.units = units
		x.Problems = slices.Clone(problems)
		all := a.usablePeople(all, name, x)
		l := a.about(by, audit.PopulationSet, "")
		var rows []store.Inhabitants
		for _, d := range all {
			if !slices.ContainsFunc(units, func(u place.Unit) bool { return u.ID == d.Unit }) {
				x.Problems = append(x.Problems, fault.Problem{File: name, Value: d.Unit, Key: "nation.people_unit", Args: []any{"enhet", d.Unit}})
				continue
			}
			row := inhabitants(by, d, l.At)
			before := s.people[unitYear{d.Unit, d.Year}]
			if same(before, row) {
				x.Same++
				continue
			}
			row.Edition = before.Edition + 1
			if was, jumped := s.jump(row); jumped {
				x.Problems = append(x.Problems, fault.Problem{File: name, Value: strconv.Itoa(d.Adults), Severity: fault.Warning, Key: "nation.people_jump", Args: []any{"enhet", s.name(d.Unit), "ar", indicator.Year(d.Year), "annat", indicator.Year(was.Year), "var", strconv.Itoa(was.Adults)}})
			}
			if row.Inhabitants == 0 {
				row.Inhabitants = before.Inhabitants // they are not what was changed
			}
			rows = append(rows, row)
			x.Taken++
			if !slices.Contains(x.Years, d.Year) {
				x.Years = append(x.Years, d.Year)
			}
		}
		slices.Sort(x.Years)
		l.N = len(rows)
		t.Audit(l)
		return t.AddInhabitants(rows)
	})
	return x, err
}

// usablePeople leaves out, and names, numbers of people that nothing is counted with: of years
// that are not asked for, together, and of what a city reports for no district; and numbers that
// cannot be right.
func (a *App) usablePeople(all []exchange.Denominator, name string, x *PeopleIn) (some []exchange.Denominator) {
	years := map[int]int{}
	for _, d := range all {
		said := fault.Problem{File: name, Value: d.Unit, Args: []any{"enhet", d.Unit, "ar", indicator.Year(d.Year)}}
		switch {
		case d.Year < firstYear || d.Year > a.now().Year():
			years[d.Year]++
			continue
		case IsRest(d.Unit):
			said.Key = "nation.people_rest"
		case d.Inhabitants > 0 && d.Adults > d.Inhabitants:
			said.Key = "nation.people_above"
		default:
			some = append(some, d)
			continue
		}
		x.Problems = append(x.Problems, said)
	}
	for _, year := range slices.Sorted(maps.Keys(years)) {
		x.Problems = append(x.Problems, fault.Problem{File: name, Value: strconv.Itoa(year), Key: "nation.people_year", Args: []any{"n", years[year], "ar", indicator.Year(year), "fran", indicator.Year(firstYear), "till", indicator.Year(a.now().Year())}})
	}
	return some
}

// How many percent a number of adults may change by from the nearest year that is known before
// somebody is asked to look: the wrong column of a table is further away.
const usualChange = 20

// jump finds the nearest year of a unit, before or after, from which the number of adults is far away.
func (s *nationState) jump(row store.Inhabitants) (was store.Inhabitants, jumped bool) {
	for away := 0; away < 10 && was.Adults == 0; away++ {
		was = s.people[unitYear{row.Unit, row.Year - away}]
		if was.Adults == 0 {
			was = s.people[unitYear{row.Unit, row.Year + away}]
		}
	}
	difference := max(row.Adults-was.Adults, was.Adults-row.Adults)
	return was, was.Adults > 0 && 100*difference > usualChange*was.Adults
}

// inhabitants gives a number of adults as it is kept.
func inhabitants(by access.Actor, d exchange.Denominator, at time.Time) store.Inhabitants {
	taken := d.Read
	if taken.IsZero() {
		taken = at
	}
	return store.Inhabitants{Unit: d.Unit, Year: d.Year, Adults: d.Adults, Inhabitants: d.Inhabitants, Source: d.Source(), Table: d.Table, Method: string(d.Method),
		Taken: taken, Reason: d.Reason, At: at, Person: by.Person.ID}
}

// same tells whether a number says what stands already, and as well.
func same(was, is store.Inhabitants) bool {
	return was.Edition > 0 && was.Adults == is.Adults && (is.Inhabitants == 0 || was.Inhabitants == is.Inhabitants) && was.Table == is.Table && was.Method == is.Method && was.Reason == is.Reason
}

// SetPeople sets a unit's number of adults by hand, with the reason.
func (a *App) SetPeople(ctx context.Context, by access.Actor, unit string, year, adults int, reason string) error {
	r, err := a.mayInNation(ctx, by, access.Collect, "")
	if err != nil {
		return err
	}
	d, err := exchange.Denominator{Unit: unit, Year: year}.SetBy(adults, reason)
	if err = firstError(err, publicFault(reason)); err != nil {
		return err
	}
	if IsRest(unit) || year < firstYear || year > a.now().Year() {
		return fault.New(fault.Invalid, "nation.no_unit", "enhet", unit, "ar", indicator.Year(year))
	}
	x, err := a.takePeople(ctx, by, r, []exchange.Denominator{d}, nil, "")
	if err == nil && len(x.Problems) > 0 {
		err = fault.New(fault.Invalid, "nation.no_unit", "enhet", unit, "ar", indicator.Year(year))
	}
	return err
}

// NationUnit is a municipality or district with what is known of it.
type NationUnit struct {
	place.Unit
	County string
	Years  []store.Inhabitants // by year
	Parts  []NationUnit        // a city's districts, those that no longer hold among them
}

// NationUnits gives the municipalities with their districts, and how many live there.
func (a *App) NationUnits(ctx context.Context, by access.Actor) (all []NationUnit, err error) {
	r, err := a.mayInNation(ctx, by, access.Collect, "")
	if err != nil {
		return nil, err
	}
	s, err := a.nationState(ctx, r)
	if err != nil {
		return nil, err
	}
	at := map[string]int{}
	slices.SortFunc(s.units, func(x, y place.Unit) int { return strings.Compare(x.ID, y.ID) })
	for _, u := range s.units {
		n := NationUnit{Unit: u, County: place.CountyOf(u.ID)}
		for _, p := range s.people {
			if p.Unit == u.ID {
				n.Years = append(n.Years, p)
			}
		}
		slices.SortFunc(n.Years, func(x, y store.Inhabitants) int { return x.Year - y.Year })
		if city, ok := at[place.MunicipalityOf(u.ID)]; ok && place.IsDistrict(u.ID) {
			all[city].Parts = append(all[city].Parts, n)
			continue
		}
		at[u.ID] = len(all)
		all = append(all, n)
	}
	return all, nil
}

// DistrictEdit is what somebody wants a district to be. It reports for the years in which it
// holds on the last day.
type DistrictEdit struct {
	Code       string // six digits, the first four the city's
	Name       string
	From, Till int // first and last year; Till 0: still
}

// PutDistrict adds or changes a district of a city. With it the city itself reports no more for
// those years: its districts do.
func (a *App) PutDistrict(ctx context.Context, by access.Actor, e DistrictEdit) error {
	r, err := a.mayInNation(ctx, by, access.Collect, "")
	if err != nil {
		return err
	}
	if err := firstError(districtFault(e, a.now().Year()), nameFault(e.Name, "people.unit_name", "people.unit_name_long")); err != nil {
		return err
	}
	u := place.Unit{ID: e.Code, Name: strings.TrimSpace(e.Name), Area: e.Code, From: dayOf(e.From, 1, 1).Time()}
	if e.Till != 0 {
		u.Till = dayOf(e.Till+1, 1, 1).Time()
	}
	err = r.Write(ctx, func(t *store.Tx) error {
		t.Audit(a.aboutYear(by, audit.DistrictSet, e.Code, 0))
		return t.PutUnit(u)
	})
	a.units.forget(r.ID())
	return err
}

func districtFault(e DistrictEdit, now int) error {
	_, known := place.Municipality(place.MunicipalityOf(e.Code))
	switch {
	case !place.IsDistrict(e.Code) || !known:
		return fault.New(fault.Invalid, "nation.district_code")
	case e.From < firstYear || e.From > now+1 || e.Till != 0 && e.Till < e.From:
		return fault.New(fault.Invalid, "nation.district_years", "fran", indicator.Year(firstYear), "till", indicator.Year(now+1))
	}
	return nil
}

// YearsOf gives the first and the last year that a unit reports for; the last 0: still.
func YearsOf(u place.Unit) (from, till int) {
	if !u.From.IsZero() {
		from = u.From.Year()
	}
	if !u.Till.IsZero() {
		till = u.Till.Add(-time.Hour).Year()
	}
	return from, till
}
