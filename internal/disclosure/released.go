package disclosure

import (
	"time"

	"foljsam/internal/codebook"
	"foljsam/internal/query"
)

// Audience says for whom a release is made.
type Audience int

const (
	Internal    Audience = iota // inside the unit, or under an agreement: small counts are there
	Publication                 // for anyone
)

// About is what every figure of a release can answer for itself with.
type About struct {
	Audience       Audience
	Codebook       *codebook.Codebook
	From, Till     time.Time    // period asked for; zero: no period asked for
	Read           [2]time.Time // earliest and latest time at which the packages' data was read; zero: not said
	Municipalities int          // with cases in the tables
	Packages       int
	Coverage       [5]int // packages by stated coverage; [0] not stated
	Scope          [4]int // packages by stated scope; [0] not stated
	Deliverers     []Deliverer
	Synthetic      bool
	// OnlyPrimary is true while counts of 1-4 are masked but not yet what they can be
	// worked out from: such a release must not be published, and says so.
	OnlyPrimary bool
	// WithinTables asks that what a count of 1-4 could be worked out from within one table is
	// masked too. What can be worked out between tables is not: OnlyPrimary stands.
	WithinTables bool
}

// Deliverer is one municipality whose cases are in the release.
type Deliverer struct {
	Code     string
	Name     string
	Coverage int
	Scope    int
}

// Released is one table that may be shown, to the audience that About names.
type Released struct {
	table    *query.Table
	split    query.Split
	about    *About
	cells    [][]Cell    // unit, cell
	bases    [][]Value   // unit, group
	figures  [][][]Value // unit, figure, place
	withheld []string
	notes    []Note
}

// Note is a sentence that belongs to a table: a key of the language files.
type Note struct {
	Key  string
	Args []any
}

// ID gives the table's id ("d02").
func (r *Released) ID() string { return r.table.ID }

// Table gives the definition; it holds no numbers.
func (r *Released) Table() *query.Table { return r.table }

// Split gives what the table is split by; a whole table has one unit.
func (r *Released) Split() query.Split { return r.split }

// About gives what the figures answer for themselves with.
func (r *Released) About() *About { return r.about }

// Cell gives the cell at a place in the definition's row-major order, for a unit.
func (r *Released) Cell(unit, cell int) Cell { return r.cells[unit][cell] }

// Base gives the number of cases in the base of a group (0 when the table has one base).
func (r *Released) Base(unit, group int) Value { return r.bases[unit][group] }

// BaseOf gives the base of a cell.
func (r *Released) BaseOf(unit, cell int) Value {
	return r.bases[unit][cell*len(r.bases[unit])/r.table.Size()]
}

// Figure gives the values of a further figure, in the order of its places; nil when the
// table has no such figure.
func (r *Released) Figure(unit int, id string) []Value {
	for i, f := range r.table.Figures {
		if f.ID == id {
			return r.figures[unit][i]
		}
	}
	return nil
}

// Withheld names the units and groups that have no breakdown in the table: "0180", or
// "0180/hrv=1" for a group in a unit.
func (r *Released) Withheld() []string { return r.withheld }

// Notes gives what must be read with the table.
func (r *Released) Notes() []Note { return r.notes }

// Release is everything that is published together.
type Release struct {
	About  *About
	Tables []*Released
	model  *model
}

// Table gives the released table with an id, split so (empty: the whole); nil if the
// release has none.
func (r *Release) Table(split, id string) *Released {
	for _, t := range r.Tables {
		if t.table.ID == id && t.split.ID == split {
			return t
		}
	}
	return nil
}

// Estimate is a statistic with its interval, made of cells of a release; masked when any
// of them is.
type Estimate struct {
	Value, Low, High Value
	Level            float64 // of confidence: 0.95
	Method           string  // a key of the language files
}

// Estimate makes an estimate of numbers worked out from released cells.
func (r *Release) Estimate(value, low, high, level float64, method string, from ...Value) Estimate {
	for _, v := range from {
		if !v.IsNumber() {
			m := without(v.state)
			return Estimate{m, m, m, level, method}
		}
	}
	return Estimate{number(value), number(low), number(high), level, method}
}

// AddNote adds a sentence that must be read with the table: a key of the language files,
// and placeholder names and values. It may hold no count of cases.
func (r *Released) AddNote(key string, args ...any) { r.notes = append(r.notes, Note{key, args}) }

// NoEstimate is an estimate that there is nothing to make of.
func (r *Release) NoEstimate(level float64, method string) Estimate {
	n := without(NotApplicable)
	return Estimate{n, n, n, level, method}
}
