package codebook

import (
	"strings"
	"testing"
)

// The groups that the contract of the tables names, in its order.
func TestGroupingsAreThoseOfTheTables(t *testing.T) {
	for id, want := range map[string]string{
		"alder":          "0-17 18-24 25-34 35-44 45-54 55-64 65-74 75-",
		"initiativ":      "1 2 soc 8 9 10 11 12 13 14",
		"dagar":          "0 1-90 91-180 181-270 271-360 361-450 451-540 541-630 631-720 721-",
		"dagar_kort":     "1-90 91-180 181-270 271-360",
		"parter":         "0 1 2 3 4 5-",
		"boende":         "ja",
		"standardiserat": "ja",
	} {
		g := Default().Grouping(id)
		if g == nil {
			t.Errorf("there is no grouping %s", id)
			continue
		}
		var ids []string
		for _, x := range g.Groups {
			ids = append(ids, x.ID)
		}
		if got := strings.Join(ids, " "); got != want {
			t.Errorf("%s: %s, want %s", id, got, want)
		}
	}
}

func TestNumbersAndCodesFallInTheirGroups(t *testing.T) {
	cb := Default()
	for _, c := range []struct {
		grouping string
		number   int
		want     string
	}{
		{"alder", 17, "0-17"}, {"alder", 18, "18-24"}, {"alder", 24, "18-24"}, {"alder", 25, "25-34"}, {"alder", 120, "75-"},
		{"dagar", 0, "0"}, {"dagar", 90, "1-90"}, {"dagar", 91, "91-180"}, {"dagar", 720, "631-720"}, {"dagar", 721, "721-"},
		{"dagar_kort", 0, ""}, {"dagar_kort", 361, ""}, {"parter", 9, "5-"}, {"alder", -1, ""},
	} {
		if got := idAt(cb.Grouping(c.grouping), cb.Grouping(c.grouping).GroupOfNumber(c.number)); got != c.want {
			t.Errorf("%s of %d is %q, want %q", c.grouping, c.number, got, c.want)
		}
	}
	// No age and no number of days is in two groups, or between two.
	for _, id := range []string{"alder", "dagar", "parter"} {
		for n := range 121 {
			if cb.Grouping(id).GroupOfNumber(n) < 0 {
				t.Errorf("%s has no group for %d", id, n)
			}
		}
	}
	for code, want := range map[int]string{1: "1", 3: "soc", 7: "soc", 8: "8", 14: "14", 15: ""} {
		if got := idAt(cb.Grouping("initiativ"), cb.Grouping("initiativ").GroupOfCode(code)); got != want {
			t.Errorf("initiativ of %d is %q, want %q", code, got, want)
		}
	}
}

func idAt(g *Grouping, i int) string {
	if i < 0 {
		return ""
	}
	return g.Groups[i].ID
}
