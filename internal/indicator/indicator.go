// Package indicator holds the rules of the three key figures for Kolada about adults exposed
// to violence: which cases count in a year, what a municipality returns, what is done about
// districts, and which rates follow.
//
// A [Count] cannot hold 1, 2, 3 or 4: it is made secret where it is counted. Whatever is
// sent, stored or published is a [Return] or a [Rate] of such counts. True small counts are
// only in the number of [Case]s that [Decide] says yes to, inside the unit. The package
// reads no files, knows no SQL and calls nobody.
package indicator

import "foljsam/internal/disclosure"

// Figure is one of the three key figures.
type Figure int

const (
	Opened    Figure = 1 // aktualiserade: the case was opened in the year
	Supported Figure = 2 // insats: it had support in the year
	GoalMet   Figure = 3 // mål nått: it was closed in the year with the goal met wholly or partly
)

// Figures are all key figures, in order.
var Figures = [3]Figure{Opened, Supported, GoalMet}

// Index gives the figure's place in an array of three.
func (f Figure) Index() int { return int(f) - 1 }

// Valid tells whether there is such a key figure.
func (f Figure) Valid() bool { return f >= Opened && f <= GoalMet }

// Scope says which part of the social services a return is about.
type Scope int

const (
	NotStated Scope = 0
	Authority Scope = 1 // myndighet
	OpenCare  Scope = 2 // öppenvård utan beslut
	Both      Scope = 3 // båda
)

// Valid tells whether there is such a scope; not stated is one.
func (s Scope) Valid() bool { return s >= NotStated && s <= Both }

// Count is a number of cases that may leave the house: a shown number (0, or 5 and more), secret, or
// missing. It cannot hold 1-4. The zero Count is missing.
type Count = disclosure.Count

// CountOf makes a count; 1-4 becomes secret.
func CountOf(n int) Count { return disclosure.CountOf(n) }

// SecretCount is the mark that a count is 1-4.
func SecretCount() Count { return disclosure.SecretCount() }

// NoCount says that nothing is reported.
func NoCount() Count { return disclosure.NoCount() }

// Return is what a municipality or district reports for a year.
type Return struct {
	Unit   string   `json:"enhet"` // 4 digits a municipality, 6 a district
	Year   int      `json:"ar"`
	Counts [3]Count `json:"antal"` // by Figure.Index
	Scope  Scope    `json:"omfattning,omitempty"`
}

// Count gives what is reported under a key figure.
func (r Return) Count(f Figure) Count { return r.Counts[f.Index()] }
