// Package charttest makes releases to draw in tests: of invented cases in about the
// report's proportions, counted one by one without the program's own tabulation. It is
// never part of the program.
package charttest

import (
	"math/rand/v2"
	"time"

	"foljsam/internal/codebook"
	"foljsam/internal/disclosure"
	"foljsam/internal/query"
)

// Cases are invented cases, and a way to count them.
type Cases []*Case

// Case is one invented case.
type Case struct {
	Town    int
	Codes   map[int][]int
	Numbers map[int]int // ages, and dates as days
	Moved   map[int]query.Change
}

// Make invents n cases in some towns, the same each time.
func Make(n, towns int) Cases {
	cb := codebook.Default()
	rnd := rand.New(rand.NewPCG(1, 2))
	all := make(Cases, n)
	for i := range all {
		all[i] = invent(cb, rnd)
		all[i].Town = i * i % towns
	}
	return all
}

// Release makes a release of the report's tables of the cases.
func (all Cases) Release(about disclosure.About, splits ...query.Split) (*disclosure.Release, error) {
	if about.Codebook == nil {
		about.Codebook = codebook.Default()
	}
	tables := query.Report(about.Codebook)
	parts := []disclosure.Part{}
	for _, s := range splits {
		parts = append(parts, disclosure.Part{Split: s, Tables: tables, Counts: all.Counts(s)})
	}
	return disclosure.New(&about, parts)
}

// Counts counts the cases of each unit of a split.
func (all Cases) Counts(s query.Split) disclosure.Counts {
	return counts{all, s, map[string]func(*Case) bool{}}
}

// Read is when the invented data was read.
var Read = [2]time.Time{time.Date(2024, 1, 15, 0, 0, 0, 0, time.UTC), time.Date(2024, 5, 8, 0, 0, 0, 0, time.UTC)}

// Towns splits by town.
func Towns(names ...string) query.Split {
	s := query.Split{ID: "kommun", Label: codebook.Label{Key: "dim.kommun"}}
	for i, name := range names {
		id := string(rune('1'+i/100)) + string(rune('0'+i/10%10)) + string(rune('0'+i%10)) + "0"
		s.Units = append(s.Units, query.Unit{ID: id, Owner: id, Label: codebook.Label{Text: codebook.Text{"sv": name}}, Places: []int{i}})
	}
	return s
}

type counts struct {
	cases Cases
	split query.Split
	known map[string]func(*Case) bool
}

func (c counts) test(s query.Set) func(*Case) bool {
	f, ok := c.known[s.String()]
	if !ok {
		f = query.Visit(s, reader{})
		c.known[s.String()] = f
	}
	return f
}

func (c counts) in(unit int, x *Case) bool {
	places := c.split.Units[unit].Places
	for _, p := range places {
		if p == x.Town {
			return true
		}
	}
	return places == nil
}

func (c counts) Count(unit int, s query.Set) int64 {
	f, n := c.test(s), int64(0)
	for _, x := range c.cases {
		if c.in(unit, x) && f(x) {
			n++
		}
	}
	return n
}

func (c counts) Sum(unit int, s query.Set, of query.Numeric) int64 {
	f, sum := c.test(s), int64(0)
	for _, x := range c.cases {
		if v, ok := x.number(of); ok && c.in(unit, x) && f(x) {
			sum += int64(v)
		}
	}
	return sum
}
