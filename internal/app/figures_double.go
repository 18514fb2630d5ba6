package app

import (
	"cmp"
	"slices"

	"foljsam/internal/indicator"
	"foljsam/internal/record"
)

// inTwoUnits gives the key figures under which a client's cases that were open at the same
// time in two units both count, for each case. One code may stand for many clients, so no
// case is compared with each other.
func (x *figureRegister) inTwoUnits(rules [][3]bool) [][3]bool {
	of := map[string][]int{}
	for i, c := range x.cases {
		if c.client != "" && c.Intake != record.NoDay && rules[i] != ([3]bool{}) {
			of[c.client] = append(of[c.client], i)
		}
	}
	double := make([][3]bool, len(x.cases))
	for _, same := range of {
		if len(same) < 2 {
			continue
		}
		slices.SortStableFunc(same, func(i, j int) int { return cmp.Compare(x.cases[i].Intake, x.cases[j].Intake) })
		for f := range 3 {
			counted := slices.DeleteFunc(slices.Clone(same), func(i int) bool { return !rules[i][f] })
			for _, i := range x.overlapping(counted) {
				double[i][f] = true
			}
		}
	}
	return double
}

// overlapping gives those of some cases, in the order of their intake, that were open at the
// same time as another one in another unit.
func (x *figureRegister) overlapping(cases []int) (all []int) {
	last, next := map[string]record.Day{}, map[string]record.Day{} // by unit: till when an earlier case was open, when a later one began
	meets := func(days map[string]record.Day, unit string, does func(record.Day) bool) bool {
		for u, d := range days {
			if u != unit && does(d) {
				return true
			}
		}
		return false
	}
	for _, i := range cases {
		c := &x.cases[i]
		if meets(last, c.unit, func(till record.Day) bool { return till >= c.Intake }) {
			all = append(all, i)
		}
		if till, seen := last[c.unit]; !seen || till < c.till() {
			last[c.unit] = c.till()
		}
	}
	for _, i := range slices.Backward(cases) {
		c := &x.cases[i]
		if meets(next, c.unit, func(began record.Day) bool { return began <= c.till() }) {
			all = append(all, i)
		}
		next[c.unit] = c.Intake
	}
	return all
}

// elsewhere gives the client's other cases that a case in two units is about.
func (x *figureRegister) elsewhere(d doubtOf) (all []figureCase) {
	for _, c := range x.cases {
		if c.client != d.client || c.unit == d.unit || c.Intake == record.NoDay || c.Intake > d.till() || d.Intake > c.till() {
			continue
		}
		counts := indicator.Decide(c.Case, d.year, d.reading)
		for i, about := range d.Figures {
			if about && counts[i] {
				all = append(all, c)
				break
			}
		}
	}
	return all
}

// till gives the last day that the case was open.
func (c *figureCase) till() record.Day {
	if c.Closing == record.NoDay || c.Closing < c.Intake {
		return record.Day(1<<31 - 1)
	}
	return c.Closing
}
