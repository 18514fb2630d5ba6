package app

import (
	"maps"
	"slices"

	"foljsam/internal/place"
)

// A unit's cases of a year are returned for the municipality or district that the unit was in when
// the year ended, which is the one that there is a population of. So a unit that comes to
// another area takes no case out of a year that was over, and none is in two returns of a year.

// areasOf gives the area of each unit, by id, at the end of a year. A unit that had ended by then has
// the last that it had.
func areasOf(units []place.Unit, year int) map[string]string {
	last := lastOf(year).Time()
	all := make(map[string]string, len(units))
	for _, u := range units {
		all[u.ID] = u.AreaOn(last)
	}
	return all
}

// areasIn gives the areas that there are units in at the end of a year, by code.
func areasIn(units []place.Unit, year int) []string {
	all := map[string]bool{}
	for _, area := range areasOf(units, year) {
		all[area] = true
	}
	return slices.Sorted(maps.Keys(all))
}
