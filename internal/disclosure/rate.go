package disclosure

import (
	"fmt"
	"math/bits"
)

// Per is what a rate is counted per: inhabitants who are adults.
const Per = 10_000

// Rate is a key figure that may be shown to anyone by Kolada's rule: cases per 10 000
// adults with two decimals, or why there is none. The zero Rate is missing; nothing in it
// can be set outside this package.
type Rate struct {
	state  State
	value  Hundredths
	count  Count
	adults int64
	low    Hundredths
	high   Hundredths
	parts  Parts
}

// Hundredths is a rate with two decimals as a whole number: 1234 is 12.34.
type Hundredths int64

// String writes a rate as files have it: a decimal point, always two decimals.
func (h Hundredths) String() string {
	return fmt.Sprintf("%d.%02d", int64(h)/100, int64(h)%100)
}

// Tenths writes a rate with one decimal, half away from zero.
func (h Hundredths) Tenths() string {
	tenths := (int64(h) + 5) / 10
	return fmt.Sprintf("%d.%d", tenths/10, tenths%10)
}

// Float gives the rate for a diagram's scale.
func (h Hundredths) Float() float64 { return float64(h) / 100 }

// Parts says what a mean over a city's districts is made of. The zero Parts is a rate of one unit.
type Parts struct {
	Of       int   // districts that year
	Numbers  int   // those that reported a number: the mean is made of them
	Secret   int   // those that reported that it is 1-4
	Adults   int64 // in the districts that reported a number
	AdultsOf int64 // in all districts
}

// Share gives the percent of the adults that live in the districts that the mean is made
// of, rounded to a whole number, half up.
func (p Parts) Share() int {
	if p.AdultsOf == 0 {
		return 0
	}
	return int(quotient(uint64(p.Adults), 100, uint64(p.AdultsOf)))
}

// RateOf gives the rate of a count among so many adults. Without adults it is missing.
func RateOf(c Count, adults int) Rate {
	r := Rate{state: c.State(), count: c, adults: int64(adults)}
	if adults <= 0 {
		return Rate{}
	}
	switch r.state {
	case Number:
		r.value = per(c.n, r.adults)
	case Masked:
		r.low, r.high = per(smallFrom, r.adults), per(smallTill, r.adults)
	}
	return r
}

// State gives the rate's state: Number, Masked (secret) or Missing.
func (r Rate) State() State {
	if r == (Rate{}) {
		return Missing
	}
	return r.state
}

// Value gives the rate; ok is false where there is none that may be shown.
func (r Rate) Value() (h Hundredths, ok bool) { return r.value, r.State() == Number }

// String writes the rate as files have it; empty where there is none.
func (r Rate) String() string {
	if h, ok := r.Value(); ok {
		return h.String()
	}
	return ""
}

// Cases gives the number of cases behind the rate; ok is false where there is none that may be shown.
func (r Rate) Cases() (n int, ok bool) { return r.count.Number() }

// Adults gives the inhabitants that the rate is counted per; for a mean, those of the
// districts in it. 0 where they are not known.
func (r Rate) Adults() int { return int(r.adults) }

// Span gives the lowest and highest rate that a secret unit can have, as it has 1-4 cases. ok is
// false for all others, and for a city's mean, of which that is not known.
func (r Rate) Span() (low, high Hundredths, ok bool) {
	return r.low, r.high, r.State() == Masked && r.parts.Of == 0 && r.adults > 0
}

// Parts says what a city's mean is made of; ok is false for a rate of one unit.
func (r Rate) Parts() (p Parts, ok bool) { return r.parts, r.parts.Of > 0 }

// per gives n per 10 000 with two decimals, half away from zero on the exact quotient.
func per(n, adults int64) Hundredths {
	return Hundredths(quotient(uint64(n), Per*100, uint64(adults)))
}

// quotient gives a × b / c rounded, half up; c is above 0 and the result fits.
func quotient(a, b, c uint64) uint64 {
	hi, lo := bits.Mul64(a, b)
	if hi >= c { // would not fit: no rate of people is that high
		return 1<<63 - 1
	}
	q, r := bits.Div64(hi, lo, c)
	if r >= c-r {
		q++
	}
	return q
}
