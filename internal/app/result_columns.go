package app

import (
	"iter"
	"slices"

	"foljsam/internal/codebook"
	"foljsam/internal/compile"
	"foljsam/internal/place"
	"foljsam/internal/query"
	"foljsam/internal/tabulate"
)

// Columns of the program's own beside the codebook's: which unit a case is in, whether its client
// has others, and who wrote words of their own in it.
const (
	unitColumn  = "enhet"
	againColumn = "aterkommer"
	wroteColumn = "skrivet"
)

var (
	againCodes = []string{"nej", "ja"}
	wroteCodes = []string{"ingen", "klient", "arende", "bada"}
)

// shownColumns is a register's cases at a time, ready to be counted. Excluded cases are not
// among them. It never changes: whoever has it goes on counting what it was.
type shownColumns struct {
	book    *codebook.Codebook // that is asked now, local variables in it
	columns *tabulate.Columns
	units   []string         // codes of the unit column
	years   []map[int16]bool // beside units: in which cases came in
	facts   keptFacts
	risk    []int32 // by the place of a case in memory: which facts of risk it had when the columns were built
	changed changes
	moves   int64 // how much had happened to the cases
}

// yearsIn gives the years in which cases of some units came in, latest first.
func (s *shownColumns) yearsIn(units []place.Unit) (all []int) {
	for i, id := range s.units {
		if !slices.ContainsFunc(units, func(u place.Unit) bool { return u.ID == id }) {
			continue
		}
		for y := range s.years[i] {
			if !slices.Contains(all, int(y)) {
				all = append(all, int(y))
			}
		}
	}
	slices.Sort(all)
	slices.Reverse(all)
	return all
}

// in is the cases of some units; nobody's where none of them has any.
func (s *shownColumns) in(units []place.Unit) query.Set {
	var sets []query.Set
	others := false
	for i, id := range s.units {
		if slices.ContainsFunc(units, func(u place.Unit) bool { return u.ID == id }) {
			sets = append(sets, query.Local(unitColumn, i))
		} else if len(s.years[i]) > 0 {
			others = true
		}
	}
	switch {
	case len(sets) == 0:
		return query.Not(query.Local(unitColumn, -1)) // every case has a unit
	case !others:
		return query.All()
	case len(sets) == 1:
		return sets[0]
	}
	return query.Or(sets...)
}

func (s *shownColumns) again() query.Set { return query.Local(againColumn, 1) }

// wrote is the cases in which the client has written (0), or staff (1).
func (s *shownColumns) wrote(who int) query.Set {
	return query.Or(query.Local(wroteColumn, 1+who), query.Local(wroteColumn, len(wroteCodes)-1))
}

// risks gives the facts of risk of the cases in a set, each with how many cases have the same.
func (s *shownColumns) risks(set query.Set) (iter.Seq2[string, int64], error) {
	cases := make([]int64, len(s.facts.from)+1)
	err := s.columns.Each(set, func(number uint32) {
		if s.changed.has(number) {
			cases[s.changed.facts[number]]++
		} else {
			cases[s.risk[number]]++
		}
	})
	return func(yield func(string, int64) bool) {
		for facts, n := range cases {
			if n > 0 && !yield(string(s.facts.get(int32(facts))), n) {
				return
			}
		}
	}, err
}

// risks gives what is counted of risks in the cases of a set.
func (x *Results) risks() (*compile.Risks, error) {
	all, err := x.columns.risks(x.chosen.All())
	if err != nil {
		return nil, err
	}
	return compile.RisksOfFacts(x.chosen, all)
}
