package indicator

import (
	"maps"
	"slices"
)

// CountCases counts a year's cases: one return for every unit that has any case, whether it
// counts or not, ascending. The true numbers do not leave this function.
func CountCases(cases []Case, year int, by Reading) (all []Return) {
	numbers := map[string]*[3]int{}
	for _, c := range cases {
		if numbers[c.Unit] == nil {
			numbers[c.Unit] = &[3]int{}
		}
		for i, counts := range Decide(c, year, by) {
			if counts {
				numbers[c.Unit][i]++
			}
		}
	}
	for _, unit := range slices.Sorted(maps.Keys(numbers)) {
		r := Return{Unit: unit, Year: year}
		for i, n := range numbers[unit] {
			r.Counts[i] = CountOf(n)
		}
		all = append(all, r)
	}
	return all
}
