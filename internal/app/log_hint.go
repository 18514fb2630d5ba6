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

// countAtOnce is how many lines are counted in one transaction.
const countAtOnce = 5000

// CountLogs counts the lines by day that have not been counted, in every log.
func (a *App) CountLogs(ctx context.Context) error {
	all, err := a.store.AllRegisters(ctx)
	for _, r := range all {
		for more := true; more && err == nil; {
			more, err = a.countLog(ctx, r)
		}
	}
	return err
}

func (a *App) countLog(ctx context.Context, r *store.Register) (more bool, err error) {
	err = r.Write(ctx, func(t *store.Tx) (err error) {
		more, err = t.CountLog(a.now().Location(), countAtOnce)
		return err
	})
	return more, err
}

// LogHints gives what is unusual in a log in a period. Lines that were written last may not be
// counted yet.
func (a *App) LogHints(ctx context.Context, by access.Actor, register string, from, till time.Time) ([]LogHint, error) {
	r, err := a.logOf(ctx, by, register)
	if err != nil {
		return nil, err
	}
	if _, err := a.countLog(ctx, r); err != nil {
		return nil, err
	}
	var sums []store.LogSum
	err = r.Read(ctx, func(t *store.Tx) (err error) {
		sums, err = t.LogSums(from.Format(time.DateOnly), till.Format(time.DateOnly))
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
	case s.Act == audit.Read:
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
