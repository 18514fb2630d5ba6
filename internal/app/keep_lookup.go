package app

import (
	"context"
	"strconv"
	"strings"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/fault"
	"foljsam/internal/record"
	"foljsam/internal/store"
)

// How many look-ups of codes a person may make in an hour, where nobody has said otherwise,
// and what may be said.
const (
	lookupSetting = "uppslag.per_timme"
	commonLookups = 30
	mostLookups   = 1000
)

// LookupLimit gives how many look-ups of codes a person may make in an hour.
func (a *App) LookupLimit(ctx context.Context) (n int, err error) {
	err = a.store.Node().Read(ctx, func(t *store.Tx) error {
		text, err := t.Setting(lookupSetting)
		if n, _ = strconv.Atoi(text); n <= 0 {
			n = commonLookups
		}
		return err
	})
	return n, err
}

// SetLookupLimit says how many look-ups of codes a person may make in an hour. It is for who
// keeps the keys, who makes none: nobody sets their own limit.
func (a *App) SetLookupLimit(ctx context.Context, by access.Actor, n int) error {
	node := a.store.Node()
	if err := by.Allow(access.ManageKeys, "", ""); err != nil {
		return a.refused(ctx, node, by, "", err)
	}
	if err := a.Confirmed(by); err != nil {
		return err
	}
	if n < 1 || n > mostLookups {
		return fault.New(fault.Invalid, "keeping.limit_span", "n", mostLookups)
	}
	err := node.Write(ctx, func(t *store.Tx) error {
		t.Audit(a.line(by, audit.LimitSet, ""))
		return t.PutSetting(lookupSetting, strconv.Itoa(n))
	})
	a.lookUps.forget()
	return err
}

// lookUp counts and logs a look-up before it is made, and refuses one too many. The count is
// on disk: starting the program anew gives no more of them.
func (a *App) lookUp(ctx context.Context, r *store.Register, by access.Actor, act audit.Act, ids ...string) error {
	limit, err := a.LookupLimit(ctx)
	if err != nil {
		return err
	}
	now, n, over := a.now(), 0, false
	err = r.Write(ctx, func(t *store.Tx) (err error) {
		n, err = t.CountLookup(by.Person.ID, now)
		if over = n > limit; over {
			t.Audit(a.line(by, audit.LookupLimit, ""))
			return err
		}
		if len(ids) == 0 {
			t.Audit(a.line(by, act, ""))
		}
		for _, id := range ids {
			t.Audit(a.line(by, act, id))
		}
		return err
	})
	if err == nil {
		a.lookUps.set(spentKey(r, by), now, n >= limit)
	}
	if err == nil && over {
		err = fault.New(fault.Refused, "keeping.too_many", "n", limit)
	}
	return err
}

// Earlier is what whoever opened a case is told of the client's other cases.
type Earlier struct {
	CaseID    string // the latest in units of one's own; empty where there is none
	Days      int    // since it was closed, or since intake where it was not
	Open      bool   // it is open
	Elsewhere bool   // there is one in another unit: the coordinator is to be asked
	TooMany   bool   // it is not told, since there have been too many look-ups
}

// toldFor is how long after a case was opened whoever opened it is told of earlier ones.
const toldFor = 24 * time.Hour

// Earlier tells whoever opened a case, on the first day, whether the client has been here
// before: when, in units of their own; of other units only that the coordinator should be
// asked. It is a look-up: it is logged, and counted, for each client that the case was said to be
// of. Nobody is told before the case is saved; whoever has no look-ups left is told that, whether
// there is anything to tell or not.
func (a *App) Earlier(ctx context.Context, by access.Actor, c *record.Filed) (*Earlier, error) {
	r, err := a.register(ctx, by)
	if err != nil || c.Worker != by.Person.ID || a.now().Sub(c.Created) > toldFor || by.Allow(access.WriteCase, r.ID(), c.Unit) != nil {
		return nil, err
	}
	key := strings.Join([]string{r.ID(), by.Person.ID, string(audit.SawEarlier), c.ID, c.Client}, "\x00")
	told := a.reads.has(key, a.now())
	if none, err := a.spent(ctx, r, by); err != nil {
		return nil, err
	} else if none && !told {
		return &Earlier{TooMany: true}, nil
	}
	if a.alone(ctx, r, c.Client) {
		return nil, nil
	}
	var all []record.Cover
	err = r.Read(ctx, func(t *store.Tx) (err error) { all, err = t.CasesOfClient(c.Client); return err })
	if err != nil || len(all) < 2 {
		return nil, err
	}
	e := a.earlierOf(by, c, all)
	if *e == (Earlier{}) {
		return nil, nil
	}
	if told {
		return e, nil
	}
	err = a.lookUp(ctx, r, by, audit.SawEarlier, c.ID)
	if err != nil && fault.KindOf(err) == fault.Refused {
		return &Earlier{TooMany: true}, nil
	}
	a.reads.add(key, a.now())
	return e, err
}

// earlierOf looks through a client's cases for those that were filed before one of them.
func (a *App) earlierOf(by access.Actor, c *record.Filed, all []record.Cover) *Earlier {
	e, latest := &Earlier{}, record.NoDay
	for _, x := range all {
		switch {
		case x.ID == c.ID || x.Created.After(c.Created):
		case by.Allow(access.SeeCase, by.Register, x.Unit) != nil:
			e.Elsewhere = true
		default:
			last := max(x.Intake, x.Closed)
			if last == record.NoDay {
				last = dayAt(x.Created)
			}
			if last >= latest {
				latest, e.CaseID, e.Days, e.Open = last, x.ID, max(0, int(a.today()-last)), x.Standing == record.Open
			}
		}
	}
	return e
}
