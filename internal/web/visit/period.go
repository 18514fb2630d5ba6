package visit

import (
	"net/url"
	"strconv"
	"time"

	"foljsam/internal/fault"
)

// PeriodIn gives the days that an address asks for: a year ("ar"), or days ("fran", "till"), which
// count before it. Zero: no bound. What is no year or day of ours is refused, and never means all.
func PeriodIn(q url.Values) (from, till time.Time, err error) {
	if s := q.Get("ar"); s != "" {
		y, err := strconv.Atoi(s)
		if err != nil || y < 1970 || y > 2999 {
			return from, till, fault.New(fault.Usage, "result.bad_year")
		}
		from, till = time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(y, 12, 31, 0, 0, 0, 0, time.UTC)
	}
	for _, d := range []struct {
		name string
		into *time.Time
	}{{"fran", &from}, {"till", &till}} {
		if s := q.Get(d.name); s != "" {
			t, err := time.Parse(time.DateOnly, s)
			if err != nil || t.Year() < 1970 || t.Year() > 2999 {
				return from, till, fault.New(fault.Usage, "result.bad_day")
			}
			*d.into = t
		}
	}
	if !from.IsZero() && !till.IsZero() && till.Before(from) {
		return from, till, fault.New(fault.Usage, "result.bad_period")
	}
	return from, till, nil
}
