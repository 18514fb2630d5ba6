package app

import (
	"slices"

	"foljsam/internal/disclosure"
	"foljsam/internal/exchange"
	"foljsam/internal/fault"
	"foljsam/internal/indicator"
	"foljsam/internal/place"
	"foljsam/internal/store"
)

// An edition shows the numbers of a city's districts and no sum with what is secret in it. Were
// the same year published by another division too, the one would be the other's sum: 55 in the whole
// city, and 30, 22 and a mark in its districts, is a mark of 3.

// divisionFault refuses an edition that, beside an earlier one of the year, would give away a mark.
func (s *nationState) divisionFault(t *store.Tx, year int) error {
	now := countsByCity(s.editionUnits(year))
	for _, line := range s.editionsOf(year) {
		e, err := readEdition(t, year, line.Number)
		if err != nil {
			return err
		}
		for city, was := range countsByCity(e.Units) {
			if givesAway(was, now[city]) {
				return fault.New(fault.Invalid, "nation.divided_anew", "stad", place.NameOf(city), "ar", indicator.Year(year), "nr", line.Number)
			}
		}
	}
	return nil
}

// cityCounts is what each reporting unit of a municipality says in an edition.
type cityCounts map[string][3]disclosure.Count

func countsByCity(units []exchange.EditionUnit) map[string]cityCounts {
	all := map[string]cityCounts{}
	for _, u := range units {
		if u.Kind == exchange.CityUnit {
			continue
		}
		city := place.MunicipalityOf(u.Unit)
		if all[city] == nil {
			all[city] = cityCounts{}
		}
		all[city][u.Unit] = u.Counts
	}
	return all
}

// givesAway tells whether two divisions of a city may be held against each other: they have not the same
// units, and of those that do not say the same in both some on each side say something, one a mark.
func givesAway(was, is cityCounts) bool {
	if sameUnits(was, is) {
		return false
	}
	for i := range indicator.Figures {
		before, after := was.unlike(is, i), is.unlike(was, i)
		if len(before) > 0 && len(after) > 0 && slices.ContainsFunc(append(before, after...), disclosure.Count.IsSecret) {
			return true
		}
	}
	return false
}

func sameUnits(a, b cityCounts) bool {
	for unit := range a {
		if _, both := b[unit]; !both {
			return false
		}
	}
	return len(a) == len(b)
}

// unlike gives what is said of a key figure by the units that do not say the same in the other.
func (c cityCounts) unlike(other cityCounts, figure int) (said []disclosure.Count) {
	for unit, counts := range c {
		if x := counts[figure]; !x.IsMissing() && x != other[unit][figure] {
			said = append(said, x)
		}
	}
	return said
}
