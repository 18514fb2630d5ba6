package app

import (
	"foljsam/internal/codebook"
	"foljsam/internal/record"
)

// How often in a demonstration something is left out or done twice, as happens: whoever goes
// through key figures has something to decide.
const (
	undatedEach = 29
	doubleEach  = 17
)

// withDoubts gives the cases of a synthetic municipality with some of what happens to cases: a
// support whose day nobody wrote down, and a client who was helped in two units at the same time.
func withDoubts(cb *codebook.Codebook, cases []*record.Case) []*record.Case {
	all := make([]*record.Case, len(cases))
	for i, c := range cases {
		x := *c
		if i%undatedEach == 7 && len(x.Supports) > 0 {
			x.Supports = append([]record.Support{}, x.Supports...)
			for j := range x.Supports {
				x.Supports[j].Began, x.Supports[j].Ended = record.NoDay, record.NoDay
			}
		}
		// The units take turns, so the one before is another's. Open cases are left alone:
		// those would be possible doubles.
		if i%doubleEach == doubleEach-1 && together(cb, cases[i-1], c) {
			x.Client = all[i-1].Client
		}
		all[i] = &x
	}
	return all
}

// together tells whether two closed cases were open at the same time.
func together(cb *codebook.Codebook, a, b *record.Case) bool {
	opened, closed := cb.Role(codebook.Intake).Number, cb.Role(codebook.Closing).Number
	aTill, aClosed := a.Dates[closed]
	bTill, bClosed := b.Dates[closed]
	return aClosed && bClosed && a.Dates[opened] <= bTill && b.Dates[opened] <= aTill
}

// moveCase gives a case with all its dates moved.
func moveCase(c *record.Case, by record.Day) *record.Case {
	x := *c
	x.Dates = map[int]record.Day{}
	for n, d := range c.Dates {
		x.Dates[n] = d + by
	}
	x.Supports = append([]record.Support{}, c.Supports...)
	for i := range x.Supports {
		x.Supports[i].Began, x.Supports[i].Ended = moveDay(x.Supports[i].Began, by), moveDay(x.Supports[i].Ended, by)
	}
	x.Risks = append([]record.Risk{}, c.Risks...)
	for i := range x.Risks {
		x.Risks[i].Date = moveDay(x.Risks[i].Date, by)
	}
	return &x
}

func moveDay(d, by record.Day) record.Day {
	if d == record.NoDay {
		return d
	}
	return d + by
}
