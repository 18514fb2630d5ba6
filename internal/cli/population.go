package cli

import (
	"time"

	"foljsam/internal/exchange"
)

// inhabitantsIn gives each municipality's inhabitants: in its latest year; with a period,
// in the latest year not after the period's end, and where there is none, in the earliest.
// nil when the file says nothing of inhabitants.
func inhabitantsIn(rows []exchange.Population, till time.Time) map[string]int {
	chosen := map[string]exchange.Population{}
	for _, r := range rows {
		if len(r.Unit) != 4 || r.Inhabitants == 0 {
			continue
		}
		if have, ok := chosen[r.Unit]; !ok || fits(r.Year, have.Year, till) {
			chosen[r.Unit] = r
		}
	}
	if len(chosen) == 0 {
		return nil
	}
	inhabitants := map[string]int{}
	for unit, r := range chosen {
		inhabitants[unit] = r.Inhabitants
	}
	return inhabitants
}

// fits tells whether a year is better than another.
func fits(year, than int, till time.Time) bool {
	if till.IsZero() {
		return year > than
	}
	late, lateToo := year > till.Year(), than > till.Year()
	if late != lateToo {
		return lateToo
	}
	if late {
		return year < than
	}
	return year > than
}
