package record

import (
	"testing"
	"time"
)

func TestParseDayIsTheCalendars(t *testing.T) {
	for d := time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC); d.Year() < 2110; d = d.AddDate(0, 0, 1) {
		if got, ok := ParseDay([]byte(d.Format(time.DateOnly))); !ok || got != DayOf(d) {
			t.Fatalf("%s is %v", d.Format(time.DateOnly), got)
		}
	}
}

// Every byte of a date is changed to everything it could be: what the standard library
// refuses is refused.
func TestParseDayRefuses(t *testing.T) {
	for _, text := range []string{"2024-02-29", "2023-02-28", "2023-12-31", "1899-01-30", "2100-02-28", "0000-10-09"} {
		for i := range len(text) + 1 {
			for b := range 256 {
				changed := []byte(text + "0")[:len(text)]
				if i < len(text) {
					changed[i] = byte(b)
				} else {
					changed = append(changed, byte(b))
				}
				_, err := time.Parse(time.DateOnly, string(changed))
				if d, ok := ParseDay(changed); ok != (err == nil) || !ok && d != NoDay {
					t.Errorf("%q: %v %v", changed, d, ok)
				}
			}
		}
	}
	for _, text := range []string{"", "2024", "2024-02-2"} {
		if _, ok := ParseDay([]byte(text)); ok {
			t.Errorf("%q is no date", text)
		}
	}
}
