package visit

import (
	"net/url"
	"strconv"
	"time"

	"foljsam/internal/app"
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

// PeriodOn writes the period that is asked for as PeriodIn reads it: a whole year as the year.
func PeriodOn(q url.Values, a app.ResultAsk) {
	if y := a.Year(); y != 0 {
		q.Set("ar", strconv.Itoa(y))
		return
	}
	for name, day := range map[string]time.Time{"fran": a.From, "till": a.Till} {
		if !day.IsZero() {
			q.Set(name, ISODay(day))
		}
	}
}

// ISODay writes a day as a field of days has it; nothing where there is none.
func ISODay(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}
