package synth

import (
	"iter"
	"strings"

	"foljsam/internal/codebook"
	"foljsam/internal/record"
)

// Package is what one municipality would send: the properties of an extract and its cases.
type Package struct {
	ID       string // stands in datapackage.json
	Name     string // "syntetisk-nora"
	Title    string // says that it is synthetic
	Register string
	Unit     string
	Created  record.Day // when the data was read
	From     record.Day // the period of intake
	Till     record.Day
	Coverage int // 1-4, the sender's own statement
	Scope    int // 1-3
	Codebook string
	Version  string
	N        int
	Cases    iter.Seq[*record.Case] // may be read more than once
}

// ReportPackages gives the report's population as its 34 municipalities would send it.
func ReportPackages(cb *codebook.Codebook, seed uint64) []Package {
	var out []Package
	for p := range Packages(Options{Codebook: cb, Seed: seed}) {
		out = append(out, p)
	}
	return out
}

// Packages gives a package per municipality that has cases, by the order of the
// municipalities.
func Packages(o Options) iter.Seq[Package] {
	if o.Codebook == nil {
		o.Codebook = codebook.Default()
	}
	if o.Kind == Bulk {
		return bulkPackages(o)
	}
	return reportPackages(o)
}

func reportPackages(o Options) iter.Seq[Package] {
	return func(yield func(Package) bool) {
		towns := o.reportTowns()
		sketches := makePlan(o.size(), o.Seed, towns).sketches()
		for from := 0; from < len(sketches); {
			t, till := sketches[from].town, from
			for till < len(sketches) && sketches[till].town == t {
				till++
			}
			pack := describe(o, towns[t], till-from)
			pack.Cases = writeOut(o, towns[t], sketches[from:till], from)
			if !yield(pack) {
				return
			}
			from = till
		}
	}
}

func writeOut(o Options, town Town, sketches []sketch, first int) iter.Seq[*record.Case] {
	return func(yield func(*record.Case) bool) {
		w := newWriter(o, first)
		for i := range sketches {
			if !yield(w.write(&sketches[i], uint64(first+i), town)) {
				return
			}
		}
	}
}

func describe(o Options, t Town, n int) Package {
	return Package{
		ID:       "syntetisk:" + pseudonym(o.Seed, 'p', unitNumber(t.Unit)),
		Name:     "syntetisk-" + plain(t.Name),
		Title:    "Syntetiska ärenden, " + t.Name + " (påhittade)",
		Register: "syntetisk-" + t.Unit,
		Unit:     t.Unit,
		Created:  lastDay, From: firstDay, Till: lastDay,
		Coverage: t.Coverage, Scope: t.Scope,
		Codebook: o.Codebook.ID, Version: o.Codebook.Version,
		N: n,
	}
}

func unitNumber(unit string) uint64 {
	n := uint64(0)
	for _, r := range unit {
		n = n*31 + uint64(r)
	}
	return n
}

// plain makes a name that any file system takes.
func plain(name string) string {
	return strings.NewReplacer("å", "a", "ä", "a", "ö", "o", "Å", "a", "Ä", "a", "Ö", "o", " ", "-").
		Replace(strings.ToLower(name))
}
