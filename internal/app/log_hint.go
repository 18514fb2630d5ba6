package app

import (
	"context"
	"slices"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/store"
)

// LogHint is something unusual in a period: a reason to look, and nothing more.
type LogHint struct {
	Sort HintSort
	Who  string // name
	N    int64
	Of   int64 // what is usual, where that says something
}

// HintSort is what is unusual.
type HintSort string

const (
	ManyLookUps HintSort = "uppslag"
	ManyReads   HintSort = "lasta"
	AtNight     HintSort = "natt"
	ManyRefused HintSort = "nekade"
)

// From how many, and how many times what is usual for the role, something is unusual. No
// number is certain: they are low enough to be looked at, and high enough to be few.
const (
	fewLookUps, fewReads, fewNight, fewRefused = 20, 60, 10, 10
	timesUsual                                 = 3
)

// countAtOnce is how many lines are counted in one transaction: whoever saves a case meanwhile
// waits for as many. fewUncounted is how many may be left for a while: a page reads them itself.
const countAtOnce, fewUncounted = 1000, 500

// CountLogs counts the lines by day that have not been counted, in every log, and keeps where
// they stand. It may take long: no page waits for it.
func (a *App) CountLogs(ctx context.Context) error {
	all, err := a.store.AllRegisters(ctx)
	for _, r := range all {
		if err == nil {
			err = a.countLog(ctx, r, 0)
		}
	}
	return err
}

// CountLongLogs does the same with the logs that this program has written lately, where there is
// more to count than a little.
func (a *App) CountLongLogs(ctx context.Context) (err error) {
	for _, r := range append(a.store.Opened(), a.store.Node()) {
		if err == nil {
			err = a.countLog(ctx, r, fewUncounted)
		}
	}
	return err
}

// countLog counts what has not been counted of a log, where that is more than a few lines.
func (a *App) countLog(ctx context.Context, r *store.Register, few int64) error {
	var left int64
	err := r.Read(ctx, func(t *store.Tx) (err error) { left, err = t.Uncounted(); return err })
	for more := left > few; more && err == nil; {
		err = r.Write(ctx, func(t *store.Tx) (err error) {
			more, err = t.CountLog(a.now().Location(), countAtOnce)
			return err
		})
	}
	return err
}

// LogHints gives what is unusual in a log in a period.
func (a *App) LogHints(ctx context.Context, by access.Actor, register string, from, till time.Time) ([]LogHint, error) {
	r, err := a.logOf(ctx, by, register)
	if err != nil {
		return nil, err
	}
	var sums []store.LogSum
	err = r.Read(ctx, func(t *store.Tx) (err error) {
		sums, err = t.LogSums(a.now().Location(), from.Format(time.DateOnly), till.Format(time.DateOnly))
		return err
	})
	if err != nil {
		return nil, err
	}
	hints := hintsIn(sums)
	for i := range hints {
		hints[i].Who = a.nameOf(ctx, hints[i].Who)
	}
	return hints, nil
}

// personSums is what one person did under one role.
type personSums struct {
	person, role                  string
	lookUps, reads, night, refuse int64
}

// hintsIn finds what is unusual, the most first.
func hintsIn(sums []store.LogSum) (hints []LogHint) {
	var all []personSums
	for _, s := range sums {
		if len(all) == 0 || all[len(all)-1].person != s.Person || all[len(all)-1].role != s.Role {
			all = append(all, personSums{person: s.Person, role: s.Role})
		}
		all[len(all)-1].add(s)
	}
	for _, p := range all {
		add := func(sort HintSort, n, few, usual int64) {
			if n >= few && n > timesUsual*usual {
				hints = append(hints, LogHint{sort, p.person, n, usual})
			}
		}
		add(ManyLookUps, p.lookUps, fewLookUps, usual(all, p, func(p personSums) int64 { return p.lookUps }))
		add(ManyReads, p.reads, fewReads, usual(all, p, func(p personSums) int64 { return p.reads }))
		add(AtNight, p.night, fewNight, 0)
		add(ManyRefused, p.refuse, fewRefused, 0)
	}
	slices.SortStableFunc(hints, func(a, b LogHint) int { return int(b.N - a.N) })
	return hints
}

func (p *personSums) add(s store.LogSum) {
	p.night += s.Night
	switch {
	case slices.Contains(lookUpActs, s.Act):
		p.lookUps += s.N
	case s.Act == audit.Read, s.Act == audit.SawFew:
		p.reads += s.N
	case s.Act == audit.Refused:
		p.refuse += s.N
	}
}

// usual gives the median of the others with the same role; 0 where there is nobody else.
func usual(all []personSums, of personSums, what func(personSums) int64) int64 {
	var others []int64
	for _, p := range all {
		if p.role == of.role && p.person != of.person {
			others = append(others, what(p))
		}
	}
	if len(others) == 0 {
		return 0
	}
	slices.Sort(others)
	return others[len(others)/2]
}
