// Package record holds one case: its answers by variable number, its support and risk
// rows, checked against a codebook version. It also packs a case into a row of bits
// ([Layout], [Batch]) from which tables are counted.
//
// It knows nothing of files, SQL or pages, and never puts an answer in an error.
package record

import "time"

// Day is a day, counted from 1 January 1970. NoDay means not registered.
type Day int32

// NoDay is a date that is not registered.
const NoDay Day = -1 << 31

// DayOf gives the Day of a time, read as a date in UTC.
func DayOf(t time.Time) Day { return Day(floorDiv(t.Unix(), 86400)) }

// Time gives midnight UTC of the day.
func (d Day) Time() time.Time { return time.Unix(int64(d)*86400, 0).UTC() }

// String writes ÅÅÅÅ-MM-DD; empty for NoDay.
func (d Day) String() string {
	if d == NoDay {
		return ""
	}
	return d.Time().Format(time.DateOnly)
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// Case is one case as it is registered, written and read: pseudonyms and coded answers.
type Case struct {
	ID         string        // the case's pseudonym (arende)
	Client     string        // the client's pseudonym
	Caseworker string        // the caseworker's pseudonym; empty in a national extract
	Unit       string        // municipality (4 digits) or district (6 digits)
	Dates      map[int]Day   // by variable number
	Numbers    map[int]int   // by variable number (age)
	Codes      map[int][]int // by variable number, ascending; a single-choice answer is one code. {0} = noted none
	Supports   []Support
	Risks      []Risk
	Local      map[string]string // local variables by column name
}

// Support is one support row.
type Support struct {
	Began Day   // when the support began
	Ended Day   // NoDay: with the case
	Codes []int // which support
	Basis int   // on what ground; 0 not registered
	Regi  int   // 1 own, 2 external provider; 0 not registered
}

// Risk is one risk assessment.
type Risk struct {
	Date       Day
	Phase      string // fore, under, efter
	Instrument int    // 0 not registered
	Value      *float64
}
