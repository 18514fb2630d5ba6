package query

import "strconv"

// Numeric is a number that every case has or lacks: an answer, or something counted.
type Numeric struct {
	kind byte // 'v' an answer, 'n' how many codes, 'd' days between two dates, 'y' year, 't' day
	a, b int
}

// Answer is the number answered to a variable (age).
func Answer(v int) Numeric { return Numeric{'v', v, 0} }

// CodesChosen is how many different codes of a variable the case has, over all its rows.
func CodesChosen(v int) Numeric { return Numeric{'n', v, 0} }

// DaysBetween is the days from one date to a later one; a case that lacks either lacks it.
func DaysBetween(from, till int) Numeric { return Numeric{'d', from, till} }

// YearOf is the year of a date.
func YearOf(v int) Numeric { return Numeric{'y', v, 0} }

// DateOf is a date as days from 1 January 1970, for periods.
func DateOf(v int) Numeric { return Numeric{'t', v, 0} }

// Parts gives the kind ('v', 'n', 'd', 'y', 't') and the variables' numbers.
func (n Numeric) Parts() (kind byte, a, b int) { return n.kind, n.a, n.b }

func (n Numeric) String() string {
	s := string(n.kind) + strconv.Itoa(n.a)
	if n.kind == 'd' {
		s += "-" + strconv.Itoa(n.b)
	}
	return s
}
