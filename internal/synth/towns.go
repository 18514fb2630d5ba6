package synth

import (
	"fmt"
	"io"
)

// Town is one municipality in a synthetic population. The codes and names are real, all
// else is made up: the number of inhabitants is a round figure in the right size class, and
// none of the municipalities took part in the project that the report is about, so that
// nobody can read a synthetic figure as that of a participant.
type Town struct {
	Unit        string // SCB's code
	Name        string
	Inhabitants int // synthetic
	Cases       int // of 3 070
	Coverage    int // 1-4, as tackning
	Scope       int // 1-3, as omfattning
	Closed      int // closed cases, 0: as it falls
	Top         int // of them with the best outcome, 0: as it falls
}

// Towns are the 34 municipalities of the report's population. 1 228 of 3 070 cases (40
// percent) lie in municipalities with 40 000-99 999 inhabitants; twenty follow up 75-100
// percent of their cases and one less than 25.
func Towns() []Town { return append([]Town(nil), towns...) }

var towns = []Town{
	{"0188", "Norrtälje", 64000, 262, 4, 3, 0, 0},
	{"0461", "Gnesta", 11000, 21, 4, 3, 0, 0},
	{"0561", "Åtvidaberg", 12000, 31, 4, 1, 0, 0},
	{"0562", "Finspång", 22000, 66, 4, 1, 0, 0},
	{"0662", "Gislaved", 30000, 48, 2, 1, 0, 0},
	{"0764", "Alvesta", 20000, 75, 4, 3, 0, 0},
	{"0882", "Oskarshamn", 27000, 39, 3, 3, 0, 0},
	{"1080", "Karlskrona", 67000, 228, 4, 1, 0, 0},
	{"1276", "Klippan", 18000, 57, 3, 1, 0, 0},
	{"1283", "Helsingborg", 150000, 261, 3, 2, 0, 0},
	{"1293", "Hässleholm", 52000, 88, 2, 3, 0, 0},
	{"1383", "Varberg", 68000, 176, 4, 1, 0, 0},
	{"1444", "Grästorp", 6000, 4, 4, 3, 0, 0},
	{"1470", "Vara", 16000, 30, 2, 3, 0, 0},
	{"1485", "Uddevalla", 57000, 121, 3, 1, 0, 0},
	{"1488", "Trollhättan", 59000, 205, 4, 2, 0, 0},
	{"1782", "Filipstad", 10000, 38, 4, 3, 0, 0},
	{"1783", "Hagfors", 11000, 18, 4, 3, 0, 0},
	{"1860", "Laxå", 6000, 10, 3, 3, 0, 0},
	{"1881", "Kumla", 22000, 132, 4, 1, 0, 0},
	{"1884", "Nora", 11000, 27, 4, 3, 23, 6},
	{"1885", "Lindesberg", 23000, 93, 4, 3, 0, 0},
	{"1980", "Västerås", 157000, 338, 4, 3, 0, 0},
	{"1981", "Sala", 23000, 84, 3, 1, 0, 0},
	{"2023", "Malung-Sälen", 10000, 15, 2, 1, 0, 0},
	{"2062", "Mora", 21000, 118, 4, 3, 0, 0},
	{"2081", "Borlänge", 52000, 148, 4, 3, 0, 0},
	{"2101", "Ockelbo", 6000, 7, 4, 3, 0, 0},
	{"2184", "Hudiksvall", 38000, 104, 4, 1, 0, 0},
	{"2260", "Ånge", 9000, 12, 3, 3, 0, 0},
	{"2280", "Härnösand", 25000, 22, 1, 2, 0, 0},
	{"2313", "Strömsund", 11000, 5, 2, 1, 0, 0},
	{"2480", "Umeå", 131000, 163, 3, 2, 0, 0},
	{"2481", "Lycksele", 12000, 24, 4, 1, 0, 0},
}

// adults in a hundred inhabitants, for the synthetic population table.
const adults = 79

// sizeClass gives 1-4: up to 14 999, 39 999, 99 999 inhabitants, and more.
func (t Town) sizeClass() int {
	switch {
	case t.Inhabitants >= 100000:
		return 4
	case t.Inhabitants >= 40000:
		return 3
	case t.Inhabitants >= 15000:
		return 2
	}
	return 1
}

// WritePopulation writes the synthetic population table (enhet, ar, vuxna, invanare) that
// goes with the synthetic cases.
func WritePopulation(w io.Writer, years ...int) error {
	if _, err := fmt.Fprintln(w, "enhet,ar,vuxna,invanare"); err != nil {
		return err
	}
	for _, t := range towns {
		for _, year := range years {
			_, err := fmt.Fprintf(w, "%s,%d,%d,%d\n", t.Unit, year, t.Inhabitants*adults/100, t.Inhabitants)
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// scaleTo divides n cases between the towns by their numbers of cases, largest remainder
// first.
func scaleTo(n int, towns []Town) []int {
	total := 0
	for _, t := range towns {
		total += t.Cases
	}
	sizes, rest := make([]int, len(towns)), make([]int, len(towns))
	left := n
	for i, t := range towns {
		sizes[i] = n * t.Cases / total
		rest[i] = n * t.Cases % total
		left -= sizes[i]
	}
	for ; left > 0; left-- {
		most := 0
		for i := range rest {
			if rest[i] > rest[most] {
				most = i
			}
		}
		sizes[most]++
		rest[most] = -1
	}
	return sizes
}
