package exchange

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"foljsam/internal/fault"
	"foljsam/internal/place"
)

// Denominator is how many adults live in a unit at the end of a year, and how that is known.
// It goes with every rate that is made from it.
type Denominator struct {
	Unit   string
	Year   int
	Adults int
	// Inhabitants is everyone, for classes of size; 0: not said.
	Inhabitants int
	Method      Method
	Table       string // SCB's table; empty where it is from a file of our own or set by hand
	Cells       int    // how many published numbers Adults is put together from

	// Perturbed: the source adds a small random noise to each number, so that fewer cells
	// are nearer the truth.
	Perturbed bool
	Updated   time.Time // when the source changed it; zero: not said
	Read      time.Time // when it was read or asked for; whoever reads sets it
	Reason    string    // why it was set by hand
}

// Method is how a denominator came about; also the last part of its text's key.
type Method string

const (
	Summed     Method = "summa"    // ages from 18 and up, added
	Subtracted Method = "skillnad" // all ages less those under 18
	FromFile   Method = "fil"      // a file of our own says it
	SetByHand  Method = "egen"     // somebody set it, with a reason
)

// Source is who counted the people; empty where that is not known.
func (d Denominator) Source() string {
	if d.Table == "" {
		return ""
	}
	return "SCB"
}

// SetBy gives the denominator that somebody wants instead, with the reason.
func (d Denominator) SetBy(adults int, reason string) (Denominator, error) {
	reason = strings.TrimSpace(reason)
	switch {
	case adults < 1 || adults > mostInCell:
		return d, fault.New(fault.Invalid, "population.override_number")
	case reason == "":
		return d, fault.New(fault.Invalid, "population.override_reason")
	}
	return Denominator{Unit: d.Unit, Year: d.Year, Adults: adults, Inhabitants: d.Inhabitants, Method: SetByHand, Reason: reason}, nil
}

const (
	adultAge   = 18
	mostInCell = 20_000_000 // in one cell: more is a fault
)

// scbTable is a table of SCB's with people by municipality and age.
type scbTable struct {
	id       string
	contents string // the code of the measure
	from     int    // first year
	till     int    // last year; 0: it goes on
}

// noiseFrom is the first year whose numbers SCB perturbs (the cell key method).
const noiseFrom = 2025

// scbTables are the two tables that we know how to read adults from.
var scbTables = []scbTable{
	{id: "TAB638", contents: "BE0101N1", from: 1968, till: noiseFrom - 1},
	{id: "TAB5557", contents: "000007ME", from: noiseFrom},
}

// tableFor gives the table that has a year.
func tableFor(year int) scbTable {
	i := slices.IndexFunc(scbTables, func(t scbTable) bool { return year >= t.from && (t.till == 0 || year <= t.till) })
	if i < 0 {
		return scbTable{}
	}
	return scbTables[i]
}

// The sexes and the marital statuses of a cell, by number: 0 is all of them together.
const (
	allSexes    = 0
	sexes       = 2
	allStatuses = 0
	statuses    = 4
)

// unknownPart is a sex or a status that we do not know; no sum of parts can be trusted then.
const unknownPart = -1

// sexOf and statusOf read a code or a text of SCB's.
var sexOf = map[string]int{"totsa": 0, "totalt": 0, "total": 0, "tot": 0, "1+2": 0,
	"totalt, samtliga män och kvinnor": 0, "1": 1, "män": 1, "men": 1, "2": 2, "kvinnor": 2, "women": 2}

var statusOf = map[string]int{"sc": 0, "totsa": 0, "totalt": 0, "total": 0, "samtliga civilstånd": 0, "totalt, samtliga civilstånd": 0,
	"og": 1, "ogifta": 1, "single": 1, "g": 2, "gifta": 2, "married": 2, "sk": 3, "skilda": 3, "divorced": 3,
	"änkl": 4, "änkor/änklingar": 4, "widowers/widows": 4}

func partOf(known map[string]int, text string) int {
	if n, ok := known[strings.ToLower(strings.TrimSpace(text))]; ok {
		return n
	}
	return unknownPart
}

// noEnd is the end of an age group that has none.
const noEnd = 1 << 20

// agesOf reads SCB's code or text of an age or a group of ages: from the first age to the
// one after the last.
func agesOf(text string) (from, till int, ok bool) {
	s := strings.ToLower(strings.TrimSpace(text))
	for _, unit := range []string{" år", " years", " year", "years", "år"} {
		s = strings.TrimSpace(strings.TrimSuffix(s, unit))
	}
	if strings.HasPrefix(s, "tot") || strings.HasPrefix(s, "samtliga åldrar") {
		return 0, noEnd, true
	}
	if first, width, open := strings.Cut(s, "+"); open {
		n, ok := ageOf(first)
		_, plain := ageOf("0" + width) // "100+1": the last of the one-year classes
		return n, noEnd, ok && plain
	}
	first, last, group := strings.Cut(s, "-")
	switch {
	case !group:
		n, ok := ageOf(first)
		return n, n + 1, ok
	case last == "":
		n, ok := ageOf(first)
		return n, noEnd, ok
	}
	a, okA := ageOf(cmp.Or(first, "0")) // "-9": from birth
	b, okB := ageOf(last)
	return a, b + 1, okA && okB && a <= b
}

func ageOf(s string) (int, bool) {
	n, err := strconv.Atoi(s)
	return n, err == nil && n >= 0 && n <= oldest && len(s) <= 4 && s[0] != '+'
}

// unitOf reads a region: a code, perhaps with the name after it, or a municipality's name.
// ok is false for what is no municipality: the nation, a county, a part of one.
func unitOf(text string) (string, bool) {
	text = strings.TrimSpace(text)
	code, _, _ := strings.Cut(text, " ")
	if len(code) == 4 && place.IsUnit(code) {
		return code, true
	}
	code, ok := municipalityNamed()[text]
	return code, ok
}

var municipalityNamed = sync.OnceValue(func() map[string]string {
	codes := map[string]string{}
	for _, m := range place.Municipalities() {
		codes[m.Short] = m.Code
	}
	return codes
})

// yearOf reads a year of four digits.
func yearOf(text string) (int, bool) {
	text = strings.TrimSpace(text)
	n, err := strconv.Atoi(text)
	return n, err == nil && len(text) == 4 && n >= 1000
}
