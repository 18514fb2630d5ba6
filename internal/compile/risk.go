package compile

import (
	"cmp"
	"iter"
	"strconv"

	"foljsam/internal/codebook"
	"foljsam/internal/disclosure"
	"foljsam/internal/query"
	"foljsam/internal/record"
)

// Risks is how assessments moved in cases that were assessed more than once, compared only
// within one case, one instrument and one scale. Nothing is added up over instruments.
type Risks struct {
	Release     *disclosure.Release
	Moved       *disclosure.Released    // instrument × lower, the same, higher: first against last
	Phases      *disclosure.Released    // the same, of the first before support against the last after it
	MovedShares [][]disclosure.Estimate // by instrument and change
	PhaseShares [][]disclosure.Estimate
	LeftOut     *disclosure.Released // instrument × why it cannot be compared
	Each        []RiskInstrument     // those with cases to compare
}

// RiskInstrument is what stands beside the change with one instrument.
type RiskInstrument struct {
	At      int                  // in the tables' first dimension
	Code    codebook.Code        //
	Levels  *disclosure.Released // first level × last; nil where the scale has none
	Account *disclosure.Released // change × the client's own account
	Support *disclosure.Released // kind of support × when it first began, against the assessments
}

// The tables of the risk page.
const (
	movedTable   = "risk_jamfort"
	phasesTable  = "risk_fore_efter"
	leftOutTable = "risk_ej_jamfort"
)

// When support first began, against the assessments that are compared.
const (
	beforeFirst = iota
	between
	afterLast
	someTime // it is not said when
	never
	times
)

// pairOf is two assessments of a case that are compared.
type pairOf struct{ first, last record.Assessed }

func (p pairOf) change() int {
	switch {
	case p.last.Value < p.first.Value:
		return 0
	case p.last.Value > p.first.Value:
		return 2
	}
	return 1
}

// Why the assessments of a case with an instrument are not compared.
const (
	once = iota
	noValue
	otherScale
	whys
)

// compared finds the two assessments of a case with an instrument that are compared: the first
// day's and the last day's, of those that are wanted as first and as last. Of several values on
// a day the highest counts, as in the report. Values on a scale of one's own are compared only
// where both state the same ends of it.
func compared(x *record.RiskCourse, c codebook.Code, first, last func(record.Assessed) bool) (p pairOf, why int, ok bool) {
	rows, a, b := 0, false, false
	for _, r := range x.Assessed {
		if r.Instrument != c.Code {
			continue
		}
		rows++
		if r.Day == record.NoDay || !r.Valued {
			continue
		}
		if first(r) && (!a || earlier(r, p.first) < 0) {
			p.first, a = r, true
		}
		if last(r) && (!b || later(r, p.last) > 0) {
			p.last, b = r, true
		}
	}
	switch {
	case rows < 2:
		return p, once, false
	case !a || !b:
		return p, noValue, false
	}
	switch {
	case p.first.Day >= p.last.Day:
		return p, noValue, false
	case c.Scale == codebook.FreeScale && (p.first.Scale == "" || p.first.Scale != p.last.Scale):
		return p, otherScale, false
	}
	return p, 0, true
}

func earlier(a, b record.Assessed) int {
	return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(b.Value, a.Value))
}

func later(a, b record.Assessed) int {
	return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.Value, b.Value))
}

func anyOf(record.Assessed) bool { return true }

func inPhase(id string) func(record.Assessed) bool {
	return func(r record.Assessed) bool { return r.Phase == id }
}

// when tells when a kind of support first began, against two assessments.
func when(x *record.RiskCourse, code int, p pairOf) int {
	first, given := record.NoDay, false
	for _, g := range x.Given {
		if g.Code != code {
			continue
		}
		given = true
		if g.Began != record.NoDay && (first == record.NoDay || g.Began < first) {
			first = g.Began
		}
	}
	switch {
	case !given:
		return never
	case first == record.NoDay:
		return someTime
	case first < p.first.Day:
		return beforeFirst
	case first <= p.last.Day:
		return between
	}
	return afterLast
}

// RisksOf compares in the cases of some courses.
func RisksOf(courses []*record.RiskCourse, c Chosen) (*Risks, error) {
	return RisksOfFacts(c, func(yield func(facts string, cases int64) bool) {
		for _, x := range courses {
			if !yield(RiskFacts(x, c.Codebook), 1) {
				return
			}
		}
	})
}

// RisksOfFacts compares in cases of which there are [RiskFacts], each with how many have the same.
func RisksOfFacts(c Chosen, all iter.Seq2[string, int64]) (*Risks, error) {
	v := c.Codebook.Role(codebook.Risk)
	n := newRiskCounts(c.Codebook)
	for facts, cases := range all {
		n.add(facts, cases)
	}
	n.name()
	tables, each := n.tables(v)
	rel, err := disclosure.New(c.about(), []disclosure.Part{{Split: query.Whole(), Tables: tables, Counts: n.tallied}})
	if err != nil {
		return nil, err
	}
	x := &Risks{Release: rel, Moved: rel.Table("", movedTable), Phases: rel.Table("", phasesTable), LeftOut: rel.Table("", leftOutTable), Each: each}
	for i := range x.Each {
		e := &x.Each[i]
		id := strconv.Itoa(e.Code.Code)
		e.Levels, e.Account, e.Support = rel.Table("", levelsTable+id), rel.Table("", accountTable+id), rel.Table("", supportTable+id)
	}
	x.MovedShares, x.PhaseShares = sharesOf(rel, x.Moved), sharesOf(rel, x.Phases)
	return x, nil
}

// sharesOf gives the shares of a table of two dimensions, row by row, with intervals.
func sharesOf(rel *disclosure.Release, r *disclosure.Released) (all [][]disclosure.Estimate) {
	t := r.Table()
	for i := range t.Dims[0].Cats {
		var row []disclosure.Estimate
		for j := range t.Dims[1].Cats {
			at := t.Index(i, j)
			row = append(row, share(rel, r.Cell(0, at).Count, r.BaseOf(0, at)))
		}
		all = append(all, row)
	}
	return all
}
