package indicator

import (
	"slices"
	"time"

	"foljsam/internal/record"
)

// The answers that the rules ask for, by code.
const (
	goalWholly  = 1 // the goal was met
	goalPartly  = 2
	reasonGoal  = 1 // closed because the goal was met
	honourYes   = 1
	otherPerson = 6 // violence by someone else than partner, parent, relative or child
	adultAge    = 18
)

// Decide tells under which key figures a case counts in a year. Only adults count, and whoever's age is
// not registered.
//
//  1. Opened: the case was opened in the year. A case is opened in one year only.
//  2. Supported: it had support for at least a day of the year. A case can have support in several years.
//  3. GoalMet: it was closed in the year, has had support, and met the goal wholly or partly. A
//     case is closed in one year only.
func Decide(c Case, year int, by Reading) (counts [3]bool) {
	if !c.adult() {
		return counts
	}
	y := yearOf(year)
	return [3]bool{
		y.holds(c.Intake),
		slices.ContainsFunc(c.Supports, func(s Support) bool { return c.supported(s, y) }),
		y.holds(c.closed()) && len(c.Supports) > 0 && c.met(by),
	}
}

func (c Case) adult() bool { return c.Age == NoAge || c.Age >= adultAge }

// met tells whether the goal was met, in a reading.
func (c Case) met(by Reading) bool {
	if by == ByReason || c.Goal == 0 {
		return c.Reason == reasonGoal
	}
	return c.Goal == goalWholly || c.Goal == goalPartly
}

// supported tells whether support went on in the year. Without a day of beginning nobody
// knows, and it does not count.
func (c Case) supported(s Support, y span) bool {
	return s.Began != record.NoDay && s.Began <= y.last && y.first <= c.lasts(s)
}

// lasts gives the last day of a support that has a day of beginning: its own, else the
// case's, else it still goes on. What cannot be, an end before the beginning, is not
// registered; support begun after the case was closed counts on the day that it began.
func (c Case) lasts(s Support) record.Day {
	switch closed := c.closed(); {
	case s.Ended != record.NoDay && s.Ended >= s.Began:
		return s.Ended
	case closed == record.NoDay:
		return endless
	default:
		return max(closed, s.Began)
	}
}

// closed gives the day that the case was closed. One before it was opened is not registered.
func (c Case) closed() record.Day {
	if c.Intake != record.NoDay && c.Closing < c.Intake {
		return record.NoDay
	}
	return c.Closing
}

const endless = record.Day(1<<31 - 1)

// span is the days of a year, both ends in it.
type span struct{ first, last record.Day }

func yearOf(year int) span {
	first := func(y int) record.Day { return record.DayOf(time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC)) }
	return span{first(year), first(year+1) - 1}
}

func (y span) holds(d record.Day) bool { return d != record.NoDay && y.first <= d && d <= y.last }
