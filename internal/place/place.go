// Package place holds Sweden's counties and municipalities, their codes and names and
// the time in which they hold, the form of a unit's code, and the size classes of
// municipalities.
//
// The facts are two files, counties.csv and municipalities.csv. Borders, populations and
// the codes of districts are not here: no free source has them all, so they are imported.
// Nothing is guessed: a code without its leading zero is no code.
package place

import (
	"embed"
	"encoding/csv"
	"slices"
	"strings"
	"sync"
	"time"
)

// Area is a county or a municipality.
type Area struct {
	Code   string    // SCB's code: 2 digits a county, 4 a municipality
	Name   string    // "Upplands Väsby kommun", "Stockholms län"
	Short  string    // "Upplands Väsby", "Stockholm"
	County string    // code of the county it lies in; its own where it is one
	From   time.Time // first day that it holds; zero: as far back as we know
	Till   time.Time // first day that it no longer holds; zero: it still does
}

// HoldsOn tells whether there was such an area on a day.
func (a Area) HoldsOn(day time.Time) bool {
	return !day.Before(a.From) && (a.Till.IsZero() || day.Before(a.Till))
}

// Called gives the short name, for putting areas in their order.
func (a Area) Called() string { return a.Short }

//go:embed counties.csv municipalities.csv
var facts embed.FS

// counties and municipalities are read once, ascending by code. Their validity is open at
// both ends: the files list those of today and say nothing of when each began.
var (
	counties       = sync.OnceValue(func() []Area { return areas("counties.csv", 0) })
	municipalities = sync.OnceValue(func() []Area { return areas("municipalities.csv", 3) })
)

// areas reads a file of code, long name, short name; column says where the county's code is.
func areas(name string, county int) []Area {
	f, err := facts.Open(name)
	if err != nil {
		panic(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		panic(err) // our own file: a test has read it
	}
	var all []Area
	for _, r := range rows[1:] {
		all = append(all, Area{Code: r[0], Name: r[1], Short: r[2], County: r[county]})
	}
	slices.SortFunc(all, func(a, b Area) int { return strings.Compare(a.Code, b.Code) })
	return all
}

// Counties gives all counties, ascending by code.
func Counties() []Area { return slices.Clone(counties()) }

// Municipalities gives all municipalities, ascending by code.
func Municipalities() []Area { return slices.Clone(municipalities()) }

// All gives all counties and then all municipalities.
func All() []Area { return append(Counties(), municipalities()...) }

// In gives the municipalities of a county.
func In(county string) []Area {
	var all []Area
	for _, m := range municipalities() {
		if m.County == county {
			all = append(all, m)
		}
	}
	return all
}

// County gives the county with a code of 2 digits.
func County(code string) (Area, bool) { return find(counties(), code) }

// Municipality gives the municipality with a code of 4 digits.
func Municipality(code string) (Area, bool) { return find(municipalities(), code) }

func find(all []Area, code string) (Area, bool) {
	i, ok := slices.BinarySearchFunc(all, code, func(a Area, c string) int { return strings.Compare(a.Code, c) })
	if !ok {
		return Area{}, false
	}
	return all[i], true
}
