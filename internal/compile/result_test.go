package compile

import (
	"testing"
	"time"
)

// TestThePeriodBeforeIsAsLong: whole years before whole years, else as many days, and no day in both.
func TestThePeriodBeforeIsAsLong(t *testing.T) {
	for _, c := range [][4]string{
		{"2025-01-01", "2025-12-31", "2024-01-01", "2024-12-31"},
		{"2024-01-01", "2025-12-31", "2022-01-01", "2023-12-31"},
		{"2025-03-01", "2025-03-31", "2025-01-29", "2025-02-28"},
		{"2024-03-01", "2024-03-01", "2024-02-29", "2024-02-29"},
		{"2025-01-01", "2025-06-30", "2024-07-04", "2024-12-31"},
		{"2025-01-01", "", "", ""},
		{"", "2025-12-31", "", ""},
	} {
		var at Chosen
		at.From, _ = time.Parse(time.DateOnly, c[0])
		at.Till, _ = time.Parse(time.DateOnly, c[1])
		from, till, ok := at.Earlier()
		if ok != (c[2] != "") || ok && (from.Format(time.DateOnly) != c[2] || till.Format(time.DateOnly) != c[3]) {
			t.Errorf("before %s–%s: %s–%s", c[0], c[1], from.Format(time.DateOnly), till.Format(time.DateOnly))
		}
	}
}
