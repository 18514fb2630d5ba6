package oracle

import (
	"maps"
	"slices"
	"strconv"
	"time"
)

// A question is how a compilation is asked for.
type question struct {
	by         []string
	from, till string
	mask       bool
	population map[string]int // inhabitants by municipality
}

var sizes = []struct {
	till int
	id   string
}{{14999, "0-14999"}, {39999, "15000-39999"}, {99999, "40000-99999"}, {1 << 60, "100000-"}}

// unitOf gives the unit of a case in a split.
func (q question) unitOf(by string, c *client) string {
	switch by {
	case "kommun":
		return c.v2[:4]
	case "lan":
		return c.v2[:2]
	case "ar":
		return strconv.Itoa(c.came.Year())
	case "v1":
		if len(c.codes["v1"]) == 1 {
			return c.codes["v1"][0]
		}
	case "storlek":
		n, known := q.population[c.v2[:4]]
		for _, s := range sizes {
			if known && n <= s.till {
				return s.id
			}
		}
	}
	return "-"
}

// inOrder gives the units as they should stand: ascending, classes by size, "-" last.
func inOrder(by string, units []string) []string {
	rank := func(u string) int {
		for i, s := range sizes {
			if by == "storlek" && s.id == u {
				return i
			}
		}
		if u == "-" {
			return len(sizes)
		}
		return 0
	}
	slices.SortFunc(units, func(a, b string) int {
		if r := rank(a) - rank(b); r != 0 {
			return r
		}
		if a < b {
			return -1
		}
		return 1
	})
	return units
}

// keep gives the cases that came in the period.
func (q question) keep(all []*client) (kept []*client) {
	for _, c := range all {
		if (q.from == "" || !c.came.Before(day(q.from))) && (q.till == "" || !c.came.After(day(q.till))) {
			kept = append(kept, c)
		}
	}
	return kept
}

// units sorts the cases into the units of a split; "" is the whole.
func (q question) units(by string, all []*client) ([]string, map[string][]*client) {
	if by == "" {
		return []string{""}, map[string][]*client{"": all}
	}
	in := map[string][]*client{}
	if by == "v1" { // a code list, so that a code that no case has is there too
		for _, code := range to(codeCount["v1"]) {
			in[code] = nil
		}
	}
	for _, c := range all {
		u := q.unitOf(by, c)
		in[u] = append(in[u], c)
	}
	return inOrder(by, slices.Collect(maps.Keys(in))), in
}

// towns counts the municipalities with cases.
func towns(all []*client) int {
	seen := map[string]bool{}
	for _, c := range all {
		seen[c.v2[:4]] = true
	}
	return len(seen)
}

func days1(n int) time.Duration { return time.Duration(n) * 24 * time.Hour }
