// Package query says what is asked: sets of cases, tables made of them, a period and
// what they are split by. It also holds the report's list of tables.
//
// A [Set] is a definition ("v59=1&v67=3"), never a list of cases: two tables that ask
// for the same set ask for the same cell, which is how disclosure control knows what
// hangs together. Nothing here counts.
package query

import (
	"hash/fnv"
	"slices"
	"strconv"
	"strings"
)

// Set is a definition of a set of cases. The zero Set is every case. Equal definitions
// have equal names, and String gives the name.
type Set struct{ def *definition }

// definition is what a set is made of; it never changes.
type definition struct {
	op    op
	of    int     // variable's number, instrument, or code of a local column
	codes []int   // opCodes
	lo    int     // opSpan
	hi    int     // opSpan
	num   Numeric // opSpan
	dir   Change  // opChange
	local string  // opLocal: column's name
	terms []Set   // opAnd, opOr, opNot
	name  string
	hash  uint64 // of the name; of a conjunction the sum of its terms'
}

type op int

const (
	opAll op = iota
	opCodes
	opRegistered
	opSpan
	opChange
	opLocal
	opAnd
	opOr
	opNot
)

// Open is the upper end of a span without one.
const Open = 1 << 30

var every = &definition{op: opAll, name: "*"}

func (s Set) d() *definition {
	if s.def == nil {
		return every
	}
	return s.def
}

func define(d definition) Set {
	h := fnv.New64a()
	h.Write([]byte(d.name))
	d.hash = h.Sum64()
	return Set{&d}
}

// Change is how a repeated assessment moved from the first to the last.
type Change string

const (
	Lower  Change = "lagre"
	Same   Change = "lika"
	Higher Change = "hogre"
)

// Changes lists the ways in which a repeated assessment can have moved.
var Changes = []Change{Lower, Same, Higher}

// All is every case.
func All() Set { return Set{} }

// Codes is the cases with any of the codes in a variable (over all rows of the case).
func Codes(v int, codes ...int) Set {
	c := slices.Compact(slices.Sorted(slices.Values(codes)))
	name := []byte{'v'}
	name = append(strconv.AppendInt(name, int64(v), 10), '=')
	for i, code := range c {
		if i > 0 {
			name = append(name, ',')
		}
		name = strconv.AppendInt(name, int64(code), 10)
	}
	return define(definition{op: opCodes, of: v, codes: c, name: string(name)})
}

// Registered is the cases with an answer to a variable; a noted "none" is an answer.
// For a variable of rows: the cases with at least one such answer, for the risk
// assessments' variable: the cases with at least one assessment.
func Registered(v int) Set {
	return define(definition{op: opRegistered, of: v, name: "v" + strconv.Itoa(v)})
}

// Span is the cases whose number is between lo and hi, both ends in it; hi may be Open.
func Span(n Numeric, lo, hi int) Set {
	end := ""
	if hi != Open {
		end = strconv.Itoa(hi)
	}
	return define(definition{op: opSpan, num: n, lo: lo, hi: hi, name: n.String() + ":" + strconv.Itoa(lo) + ".." + end})
}

// Changed is the cases where a repeated assessment with the instrument moved so.
func Changed(instrument int, c Change) Set {
	return define(definition{op: opChange, of: instrument, dir: c, name: "r" + strconv.Itoa(instrument) + ":" + string(c)})
}

// Repeated is the cases with two or more assessments with the instrument on different days.
func Repeated(instrument int) Set {
	return Or(Changed(instrument, Lower), Changed(instrument, Same), Changed(instrument, Higher))
}

// Local is the cases with a code in a local column; code -1 means any registered value.
func Local(column string, code int) Set {
	name := "l." + column
	if code >= 0 {
		name += "=" + strconv.Itoa(code)
	}
	return define(definition{op: opLocal, local: column, of: code, name: name})
}

// And is the cases in all of the sets. What is implied by another term is left out.
func And(sets ...Set) Set {
	if s, ok := only(sets); ok {
		return s
	}
	terms := make([]Set, 0, 6)
	for _, s := range sets {
		switch d := s.d(); d.op {
		case opAll:
		case opAnd:
			terms = append(terms, d.terms...)
		default:
			terms = append(terms, s)
		}
	}
	terms = withoutImplied(sorted(terms))
	switch len(terms) {
	case 0:
		return All()
	case 1:
		return terms[0]
	}
	d := &definition{op: opAnd, terms: terms, name: joined(terms, "&")}
	for _, t := range terms {
		d.hash += t.d().hash
	}
	return Set{d}
}

// only gives the one set among sets that is not every case, when there is just one.
func only(sets []Set) (one Set, ok bool) {
	n := 0
	for _, s := range sets {
		if s.d().op != opAll {
			one = s
			n++
		}
	}
	return one, n == 1
}

func withoutImplied(terms []Set) []Set {
	implied := func(t Set) bool {
		return slices.ContainsFunc(terms, func(u Set) bool { return u.def != t.def && u.within(t) })
	}
	if !slices.ContainsFunc(terms, implied) {
		return terms
	}
	var rest []Set
	for _, t := range terms {
		if !implied(t) {
			rest = append(rest, t)
		}
	}
	return rest
}

// Or is the cases in any of the sets.
func Or(sets ...Set) Set {
	var terms []Set
	for _, s := range sets {
		switch d := s.d(); d.op {
		case opAll:
			return s
		case opOr:
			terms = append(terms, d.terms...)
		default:
			terms = append(terms, s)
		}
	}
	terms = sorted(terms)
	if len(terms) == 1 {
		return terms[0]
	}
	return define(definition{op: opOr, terms: terms, name: "(" + joined(terms, "|") + ")"})
}

// Not is the cases that are not in the set.
func Not(s Set) Set {
	if s.Negated() {
		return s.d().terms[0]
	}
	return define(definition{op: opNot, terms: []Set{s}, name: "!" + bracketed(s)})
}

func bracketed(s Set) string {
	if s.d().op == opAnd {
		return "(" + s.String() + ")"
	}
	return s.String()
}

func sorted(terms []Set) []Set {
	slices.SortFunc(terms, func(a, b Set) int { return strings.Compare(a.def.name, b.def.name) })
	return slices.CompactFunc(terms, func(a, b Set) bool { return a.def.name == b.def.name })
}

func joined(terms []Set, sep string) string {
	var b strings.Builder
	for i, t := range terms {
		if i > 0 {
			b.WriteString(sep)
		}
		b.WriteString(bracketed(t))
	}
	return b.String()
}

// within tells whether being in s implies being in t, by definition alone.
func (s Set) within(t Set) bool {
	a, b := s.d(), t.d()
	switch {
	case b.op == opRegistered && a.op == opCodes:
		return a.of == b.of
	case b.op == opRegistered && a.op == opSpan:
		return a.num.kind != 'd' && a.num.a == b.of || a.num.kind == 'd' && (a.num.a == b.of || a.num.b == b.of)
	case b.op == opLocal && a.op == opLocal:
		return b.of < 0 && a.of >= 0 && b.local == a.local
	case b.op == opCodes && a.op == opCodes && a.of == b.of:
		return !slices.ContainsFunc(a.codes, func(c int) bool { return !slices.Contains(b.codes, c) })
	case b.op == opSpan && a.op == opSpan:
		return a.num == b.num && a.lo >= b.lo && a.hi <= b.hi
	}
	return false
}

// String gives the set's name, the same for the same definition.
func (s Set) String() string { return s.d().name }

// Hash gives a number that is the same for the same definition and, for a conjunction,
// the sum of its terms' numbers.
func (s Set) Hash() uint64 {
	if s.d().op == opAll {
		return 0
	}
	return s.d().hash
}

// Terms gives the parts of a conjunction; a set that is none is its own only part,
// every case has no part.
func (s Set) Terms() []Set {
	switch d := s.d(); d.op {
	case opAll:
		return nil
	case opAnd:
		return d.terms
	}
	return []Set{s}
}

// Negated tells whether the set is the complement of another.
func (s Set) Negated() bool { return s.d().op == opNot }

// Wider gives the set of cases registered in what the set is about, the set itself when
// it is about no variable.
func (s Set) Wider() Set {
	switch d := s.d(); {
	case d.op == opCodes:
		return Registered(d.of)
	case d.op == opSpan && d.num.kind == 'd':
		return Registered(d.num.b)
	case d.op == opSpan:
		return Registered(d.num.a)
	case d.op == opChange:
		return Repeated(d.of)
	}
	return s
}

// Choice gives the variable and the codes of a set of codes; ok is false for other sets.
func (s Set) Choice() (v int, codes []int, ok bool) {
	d := s.d()
	return d.of, d.codes, d.op == opCodes
}

// Between gives the number and the span of a set of numbers; ok is false for other sets.
func (s Set) Between() (n Numeric, lo, hi int, ok bool) {
	d := s.d()
	return d.num, d.lo, d.hi, d.op == opSpan
}

// Answered gives the variable of a set of cases with it registered; ok is false for
// other sets.
func (s Set) Answered() (v int, ok bool) {
	d := s.d()
	return d.of, d.op == opRegistered
}
