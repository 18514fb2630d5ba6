package app

import (
	"context"
	"strings"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/disclosure"
	"foljsam/internal/fault"
	"foljsam/internal/place"
	"foljsam/internal/record"
	"foljsam/internal/store"
)

// Listed is a case in a list: its cover and what people call it.
type Listed struct {
	record.Cover
	CaseCode string
	Worker   string // name
	UnitName string
}

const listLength = 50

// mostCounted is as far as the cases of a list are counted: whoever has more should ask for
// fewer.
const mostCounted = 1000

// Filter says which cases somebody wants to see in the list.
type Filter struct {
	Mine     bool
	Unit     string
	Standing record.Standing // empty: open and closed
	Missing  bool
	Discuss  bool
	Code     string // the whole local code of a case
	Page     int    // from 0
}

// CaseList is one page of a list.
type CaseList struct {
	Cases []Listed
	Units []place.Unit
	Of    disclosure.ListCount // how many cases fit the filter
	Page  int
	Pages int
}

// Cases gives a page of the cases that the actor may see. That the list was seen is logged.
func (a *App) Cases(ctx context.Context, by access.Actor, f Filter) (*CaseList, error) {
	r, units, err := a.seeUnits(ctx, by)
	if err != nil {
		return nil, err
	}
	find := a.findOf(by, units, f)
	list := &CaseList{Units: units, Page: pageIn(f.Page)}
	if strings.TrimSpace(f.Code) != "" {
		return list, a.findCode(ctx, r, by, f.Code, list)
	}
	return list, a.fill(ctx, r, by, list, find)
}

// fill reads a page of a list: how many cases fit, those of the page, and what people call
// them. That the list was seen is logged.
func (a *App) fill(ctx context.Context, r *store.Register, by access.Actor, list *CaseList, find store.Find) error {
	find.Skip = list.Page * listLength
	err := r.Read(ctx, func(t *store.Tx) (err error) {
		if err := list.count(t, find); err != nil {
			return err
		}
		list.Cases, err = a.list(t, list.Units, find)
		return err
	})
	if err != nil {
		return err
	}
	a.nameAll(ctx, list.Cases)
	return a.logSeen(ctx, r, by, audit.Listed, "")
}

// pageIn gives a page that a list can have: no list is shown further than it is counted.
func pageIn(page int) int { return min(max(0, page), mostCounted/listLength-1) }

// count counts the cases that fit a filter.
func (l *CaseList) count(t *store.Tx, f store.Find) (err error) {
	l.Of, err = countList(t, f)
	l.Pages = (l.Of.N() + listLength - 1) / listLength
	return err
}

// countList counts the cases of a list, as far as lists are counted.
func countList(t *store.Tx, f store.Find) (disclosure.ListCount, error) {
	f.Most = mostCounted + 1
	n, err := t.CountCovers(f)
	return disclosure.CountList(n, mostCounted), err
}

// findOf asks for the cases of a filter: the newest first, or, where it is something to do,
// the open ones first and of those the oldest.
func (a *App) findOf(by access.Actor, units []place.Unit, f Filter) store.Find {
	find := store.Find{Units: unitIDs(units), Standings: []record.Standing{record.Open, record.Shut}, Missing: f.Missing, Discuss: f.Discuss, Newest: !f.Missing, Apart: f.Missing, Top: listLength}
	if f.Mine {
		find.Worker = by.Person.ID
	}
	if f.Unit != "" && by.In(f.Unit) {
		find.Units = []string{f.Unit}
	}
	if f.Standing != "" {
		find.Standings = []record.Standing{f.Standing}
	}
	return find
}

// seeUnits opens the register and gives the units whose cases the actor may see, ended ones too.
func (a *App) seeUnits(ctx context.Context, by access.Actor) (*store.Register, []place.Unit, error) {
	r, err := a.register(ctx, by)
	if err != nil {
		return nil, nil, err
	}
	units, err := a.unitsOf(ctx, r)
	if err != nil {
		return nil, nil, err
	}
	var see []place.Unit
	for _, u := range units {
		if by.Allow(access.SeeUnitCases, r.ID(), u.ID) == nil {
			see = append(see, u)
		}
	}
	if len(see) == 0 {
		return nil, nil, a.refused(ctx, r, by, "", fault.New(fault.Refused, "access.refused"))
	}
	return r, see, nil
}

func (a *App) list(t *store.Tx, units []place.Unit, f store.Find) ([]Listed, error) {
	covers, err := t.Covers(f)
	if err != nil {
		return nil, err
	}
	all := make([]Listed, 0, len(covers))
	for _, x := range covers {
		l, err := a.listed(t, units, x)
		if err != nil {
			return nil, err
		}
		all = append(all, l)
	}
	return all, nil
}

func (a *App) listed(t *store.Tx, units []place.Unit, x record.Cover) (Listed, error) {
	code, _, err := t.Codes(x.ID)
	return Listed{Cover: x, CaseCode: code, UnitName: unitName(units, x.Unit)}, err
}

func (a *App) nameAll(ctx context.Context, lists ...[]Listed) {
	for _, list := range lists {
		for i := range list {
			list[i].Worker = a.nameOf(ctx, list[i].Cover.Worker)
		}
	}
}

// DaysOpen gives how many days a case has been open, or was.
func DaysOpen(c record.Cover, now time.Time) (days int, ok bool) {
	if c.Intake == record.NoDay {
		return 0, false
	}
	end := dayAt(now)
	if c.Closed != record.NoDay {
		end = c.Closed
	}
	return int(end - c.Intake), end >= c.Intake
}
