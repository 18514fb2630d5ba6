// Package synth makes synthetic cases for demonstrations, tests and benchmarks. The same
// options give the same cases, to the last byte.
//
// Two populations stand behind one call. [Report] is made so that the tables of the 2024
// report come out with the figures that the report prints; [Bulk] is any number of cases
// over any number of municipalities with shares close to the report's, in constant memory.
//
// No case comes from, or is made by looking at, a real one: the only source is the report's
// published figures. Which municipalities are in it is made up too, and everything says
// that it is synthetic. The package never reads a register and writes no files.
package synth

import (
	"iter"

	"foljsam/internal/codebook"
	"foljsam/internal/record"
)

// Kind is which population is made.
type Kind int

const (
	Report Kind = iota // the report's population; all of it is held in memory
	Bulk               // any size, in constant memory
)

// Options say what to make.
type Options struct {
	Kind     Kind
	Codebook *codebook.Codebook // nil: the one that the program comes with
	N        int                // 0: 3 070, as in the report
	Seed     uint64
	Units    []string // municipality codes; empty: the 34 of [Towns]

	Caseworkers bool // also a caseworker's pseudonym, as in a register of one's own
}

func (o Options) size() int {
	if o.N > 0 {
		return o.N
	}
	return reportCases
}

// towns gives the municipalities. Codes of the caller's own get skewed numbers of cases,
// each a little fewer than the one before.
func (o Options) towns() []Town {
	if len(o.Units) == 0 {
		return Towns()
	}
	out := make([]Town, len(o.Units))
	for i, unit := range o.Units {
		out[i] = Town{Unit: unit, Name: unit, Inhabitants: 50000, Coverage: 1 + (i*7+3)%4,
			Scope: 1 + i%3, Cases: 1_000_000 / (i + 4)}
	}
	return out
}

// Cases gives the cases municipality by municipality. Every case is its own: the caller
// may keep it.
func Cases(o Options) iter.Seq[*record.Case] {
	return func(yield func(*record.Case) bool) {
		for pack := range Packages(o) {
			for c := range pack.Cases {
				if !yield(c) {
					return
				}
			}
		}
	}
}

// reportTowns are those of the options, without demands on single municipalities when the
// population is not the report's own.
func (o Options) reportTowns() []Town {
	towns := o.towns()
	if o.size() != reportCases || len(o.Units) > 0 {
		for i := range towns {
			towns[i].Closed, towns[i].Top = 0, 0
		}
	}
	return towns
}
