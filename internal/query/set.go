// Package query says what is asked: sets of cases, tables made of them, a period and
// what they are split by. It also holds the report's list of tables.
//
// A [Set] is a definition ("v59=1&v67=3"), never a list of cases: two tables that ask
// for the same set ask for the same cell, which is how disclosure control knows what
// hangs together. Nothing here counts.
package query

import (
	"fmt"
	"slices"
	"strings"
)

// Set is a definition of a set of cases. Sets are values: equal definitions have equal
// names, and String gives the name.
type Set struct {
	op    op
	of    int     // variable's number, or instrument
	codes []int   // opCodes
	span  span    // opSpan
	num   Numeric // opSpan
	dir   Change  // opChange
	local string  // opLocal: column's name
	terms []Set   // opAnd, opOr, opNot
	name  string  // made once
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

type span struct{ lo, hi int }

// Open is the upper end of a span without one.
const Open = 1 << 30

// Numeric is a number that every case has or lacks: an answer, or something counted.
type Numeric struct {
	kind string // "v" an answer, "n" how many codes, "d" days between two dates, "y" year, "t" day
	a, b int
}

// Answer is the number answered to a variable (age).
func Answer(v int) Numeric { return Numeric{"v", v, 0} }

// CodesChosen is how many different codes of a variable the case has, over all its rows.
func CodesChosen(v int) Numeric { return Numeric{"n", v, 0} }

// DaysBetween is the days from one date to a later one; a case that lacks either lacks it.
func DaysBetween(from, till int) Numeric { return Numeric{"d", from, till} }

// YearOf is the year of a date.
func YearOf(v int) Numeric { return Numeric{"y", v, 0} }

// DateOf is a date as days from 1 January 1970, for periods.
func DateOf(v int) Numeric { return Numeric{"t", v, 0} }

// Parts gives the kind ("v", "n", "d", "y", "t") and the variables' numbers.
func (n Numeric) Parts() (kind string, a, b int) { return n.kind, n.a, n.b }

func (n Numeric) String() string {
	if n.kind == "d" {
		return fmt.Sprintf("d%d-%d", n.a, n.b)
	}
	return fmt.Sprintf("%s%d", n.kind, n.a)
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
func All() Set { return Set{op: opAll, name: "*"} }

// Codes is the cases with any of the codes in a variable (over all rows of the case).
func Codes(v int, codes ...int) Set {
	c := slices.Compact(slices.Sorted(slices.Values(codes)))
	s := fmt.Sprint(c)
	return Set{op: opCodes, of: v, codes: c, name: fmt.Sprintf("v%d=%s", v, strings.ReplaceAll(s[1:len(s)-1], " ", ","))}
}

// Registered is the cases with an answer to a variable; a noted "none" is an answer.
// For a variable of rows: the cases with at least one such answer, for the risk
// assessments' variable: the cases with at least one assessment.
func Registered(v int) Set { return Set{op: opRegistered, of: v, name: fmt.Sprintf("v%d", v)} }

// Span is the cases whose number is between lo and hi, both ends in it; hi may be Open.
func Span(n Numeric, lo, hi int) Set {
	end := fmt.Sprint(hi)
	if hi == Open {
		end = ""
	}
	return Set{op: opSpan, num: n, span: span{lo, hi}, name: fmt.Sprintf("%s:%d..%s", n, lo, end)}
}

// Changed is the cases where a repeated assessment with the instrument moved so.
func Changed(instrument int, c Change) Set {
	return Set{op: opChange, of: instrument, dir: c, name: fmt.Sprintf("r%d:%s", instrument, c)}
}

// Repeated is the cases with two or more assessments with the instrument on different days.
func Repeated(instrument int) Set {
	return Or(Changed(instrument, Lower), Changed(instrument, Same), Changed(instrument, Higher))
}

// Local is the cases with a code in a local column; code -1 means any registered value.
func Local(column string, code int) Set {
	if code < 0 {
		return Set{op: opLocal, local: column, of: code, name: "l." + column}
	}
	return Set{op: opLocal, local: column, of: code, name: fmt.Sprintf("l.%s=%d", column, code)}
}

// And is the cases in all of the sets. What is implied by another term is left out.
func And(sets ...Set) Set {
	var terms []Set
	for _, s := range sets {
		switch s.op {
		case opAll:
		case opAnd:
			terms = append(terms, s.terms...)
		default:
			terms = append(terms, s)
		}
	}
	if len(terms) == 1 {
		return terms[0]
	}
	terms = sorted(terms)
	terms = slices.DeleteFunc(terms, func(t Set) bool {
		return slices.ContainsFunc(terms, func(u Set) bool { return u.name != t.name && u.within(t) })
	})
	switch len(terms) {
	case 0:
		return All()
	case 1:
		return terms[0]
	}
	return Set{op: opAnd, terms: terms, name: names(terms, "&")}
}

// Or is the cases in any of the sets.
func Or(sets ...Set) Set {
	var terms []Set
	for _, s := range sets {
		switch s.op {
		case opAll:
			return s
		case opOr:
			terms = append(terms, s.terms...)
		default:
			terms = append(terms, s)
		}
	}
	terms = sorted(terms)
	if len(terms) == 1 {
		return terms[0]
	}
	return Set{op: opOr, terms: terms, name: "(" + names(terms, "|") + ")"}
}

// Not is the cases that are not in the set.
func Not(s Set) Set {
	if s.op == opNot {
		return s.terms[0]
	}
	return Set{op: opNot, terms: []Set{s}, name: "!" + paren(s)}
}

func paren(s Set) string {
	if s.op == opAnd {
		return "(" + s.name + ")"
	}
	return s.name
}

func sorted(terms []Set) []Set {
	slices.SortFunc(terms, func(a, b Set) int { return strings.Compare(a.name, b.name) })
	return slices.CompactFunc(terms, func(a, b Set) bool { return a.name == b.name })
}

func names(terms []Set, sep string) string {
	n := make([]string, len(terms))
	for i, t := range terms {
		n[i] = paren(t)
	}
	return strings.Join(n, sep)
}

// within tells whether being in s implies being in t, by definition alone.
func (s Set) within(t Set) bool {
	switch {
	case t.op == opRegistered && s.op == opCodes:
		return s.of == t.of
	case t.op == opRegistered && s.op == opSpan:
		return s.num.kind != "d" && s.num.a == t.of || s.num.kind == "d" && (s.num.a == t.of || s.num.b == t.of)
	case t.op == opLocal && s.op == opLocal:
		return t.of < 0 && t.local == s.local
	case t.op == opCodes && s.op == opCodes && t.of == s.of:
		return !slices.ContainsFunc(s.codes, func(c int) bool { return !slices.Contains(t.codes, c) })
	case t.op == opSpan && s.op == opSpan:
		return s.num == t.num && s.span.lo >= t.span.lo && s.span.hi <= t.span.hi
	}
	return false
}

// String gives the set's name, the same for the same definition.
func (s Set) String() string {
	if s.name == "" {
		return "*"
	}
	return s.name
}
