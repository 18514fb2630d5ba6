package synth

import (
	"fmt"
	"hash/fnv"
	"math"
	"strings"

	"foljsam/internal/place"
)

// NationUnit is a municipality or district of a synthetic nation. The municipalities' names are
// real; how many live there and what is reported is made up.
type NationUnit struct {
	Code, Name  string
	From        int // first year that it reports
	Adults      int // in the last year; 0: reports for no district
	Inhabitants int
}

// NationReturn is what a unit of a synthetic nation reports for a year. A figure that is not
// reported is below 0.
type NationReturn struct {
	Unit   string
	Year   int
	Counts [3]int
	Scope  int
}

// The cities whose districts report, with made-up numbers of inhabitants of the largest.
var largest = map[string]int{"0180": 980_000, "1480": 600_000, "1280": 350_000, "0380": 240_000}

// NationUnits gives the municipalities and fourteen districts: ten in Stockholm, whose names are
// only examples, and four in Göteborg, which report by district from 2021.
func NationUnits(first int) (all []NationUnit) {
	known := map[string]int{}
	for _, t := range towns {
		known[t.Unit] = t.Inhabitants
	}
	for _, m := range place.Municipalities() {
		n := largest[m.Code]
		if n == 0 {
			n = known[m.Code]
		}
		if n == 0 {
			n = 2500 + 100*int(math.Exp(3.2+3.8*chance(m.Code, "folk")))
		}
		all = append(all, NationUnit{m.Code, m.Short, 0, n * 79 / 100, n})
	}
	for i := range 10 {
		n := 60_000 + int(80_000*chance(fmt.Sprint(i), "del"))
		all = append(all, NationUnit{fmt.Sprintf("0180%02d", i+1), fmt.Sprintf("Stadsdel %d (exempel)", i+1), first, n * 8 / 10, n})
	}
	for i, name := range []string{"Centrum", "Hisingen", "Nordost", "Sydväst"} {
		n := 110_000 + 15_000*i
		all = append(all, NationUnit{fmt.Sprintf("1480%02d", i+1), name, 2021, n * 8 / 10, n})
	}
	return append(all, NationUnit{"148099", "Stadsgemensamt", 2021, 0, 0})
}

// AdultsIn gives a unit's adults in a year: some more each year.
func (u NationUnit) AdultsIn(year, last int) int {
	return u.Adults - u.Adults*(last-year)*(3+int(6*chance(u.Code, "vaxer")))/1000
}

// NationReturns gives what the units report for a year, more of them from year to year. It is
// the same every time.
func NationReturns(units []NationUnit, year, last int) (all []NationReturn) {
	divided := map[string]bool{}
	for _, u := range units {
		if place.IsDistrict(u.Code) && u.From <= year {
			divided[place.MunicipalityOf(u.Code)] = true
		}
	}
	share := 0.55 - 0.03*float64(last-year)
	for _, u := range units {
		if u.From > year || divided[u.Code] {
			continue
		}
		if place.IsDistrict(u.Code) && chance(u.Code, "svarar", fmt.Sprint(year)) < .8 || chance(u.Code, "svarar") < share {
			all = append(all, u.returned(year, last))
		}
	}
	return all
}

func (u NationUnit) returned(year, last int) NationReturn {
	r := NationReturn{Unit: u.Code, Year: year, Scope: 1 + int(2.99*chance(u.Code, "omfattning"))}
	if chance(u.Code, "byter") < .15 && year > last-4 {
		r.Scope = 3
	}
	adults := u.AdultsIn(year, last)
	if adults == 0 {
		adults = 20_000
	}
	level := 6 + 44*chance(u.Code, "niva") + 1.2*float64(year-last+10)
	yearly := .8 + .4*chance(u.Code, "ar", fmt.Sprint(year))
	if chance(u.Code, "hopp", fmt.Sprint(year)) < .015 {
		yearly *= 3
	}
	opened := level * yearly * float64(adults) / 10_000
	if r.Scope != 3 {
		opened *= .7
	}
	r.Counts = [3]int{int(opened), int(opened * (.55 + .35*chance(u.Code, "insats"))), int(opened * (.1 + .3*chance(u.Code, "mal", fmt.Sprint(year))))}
	for i, limit := range []float64{.02, .15, .35} {
		if chance(u.Code, "bortfall", fmt.Sprint(i)) < limit {
			r.Counts[i] = -1
		}
	}
	return r
}

// chance gives a number from 0 up to 1 that is always the same for the same words.
func chance(words ...string) float64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(strings.Join(words, "\x00"))) // never fails
	x := h.Sum64()
	x ^= x >> 33
	x *= 0xff51afd7ed558ccd
	x ^= x >> 33
	return float64(x>>11) / (1 << 53)
}
