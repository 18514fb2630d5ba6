package app

import (
	"context"
	"slices"

	"foljsam/internal/access"
	"foljsam/internal/note"
	"foljsam/internal/stat"
)

// CodingResult is how far those who coded an exercise read its questions in the same way.
type CodingResult struct {
	*Coding
	Shown     bool // closed, and enough answered
	Lost      bool // what was chosen cannot be read: its key was lost
	Questions []CodedQuestion
}

// CodedQuestion is the agreement on one question.
type CodedQuestion struct {
	CodingQuestion
	Whole  Agreed        // of a question of one answer
	Coded  []CodedOption // beside the question's options
	Unsure int           // how often it could not be told, in all cases
	Cases  [][]int       // how many chose each option in each case, and last who could not tell
}

// CodedOption is the agreement on one option.
type CodedOption struct {
	Agreed
	Chosen int // how often, in all cases
	With   int // the option that others chose most often in its place; -1: none
}

// Agreed is an agreement beyond chance, with an interval, and a share of pairs that is easier to
// say. A statistic is known only where there was something to differ about.
type Agreed struct {
	Value, Low, High float64
	Known            bool
	Spanned          bool    // there are cases enough for an interval
	Same             float64 // of the pairs of readers, how large a share chose the same
	SameOK           bool
}

// IsLow tells whether an agreement is lower than what conclusions can be drawn from.
//
// K. Krippendorff, Content Analysis, 2nd ed. (2004), p. 241: under 0.667 not even tentative ones.
func (a Agreed) IsLow() bool { return a.Known && a.Value < 0.667 }

// IsHigh tells whether an agreement is as high as is customary to rely on: 0.800, ibid.
func (a Agreed) IsHigh() bool { return a.Known && a.Value >= 0.8 }

// LeastCodingCases is how many cases an interval by drawing cases anew takes; with fewer it would say
// more than it knows.
const LeastCodingCases = 5

// CodingResultOf gives the result of an exercise that the actor sees. Before it is closed there is
// none, and afterwards only where enough have answered.
func (a *App) CodingResultOf(ctx context.Context, by access.Actor, id string) (*CodingResult, error) {
	x, err := a.CodingOf(ctx, by, id)
	if err != nil {
		return nil, err
	}
	r := &CodingResult{Coding: x, Shown: x.Coding.Shown()}
	if !r.Shown {
		return r, nil
	}
	if r.Lost = len(x.Tally) == 0; r.Lost {
		return r, nil
	}
	for q := range x.Coding.Questions {
		r.Questions = append(r.Questions, codedQuestion(x.Coding, q))
	}
	return r, nil
}

func codedQuestion(c *note.Coding, nr int) CodedQuestion {
	q := CodedQuestion{CodingQuestion: c.Questions[nr]}
	last := len(q.Options)
	var told [][]int // without those who could not tell
	for i := range c.Cases {
		chosen := c.Chosen(i, nr)
		q.Cases, q.Unsure, told = append(q.Cases, chosen), q.Unsure+chosen[last], append(told, chosen[:last])
	}
	if !q.Many {
		q.Whole = agreed(told)
		q.Whole.Same, q.Whole.SameOK = stat.Same(told)
	}
	for o := range last {
		var one [][]int
		for i, chosen := range told {
			one = append(one, []int{chosen[o], c.Answered - q.Cases[i][last] - chosen[o]})
		}
		x := CodedOption{Agreed: agreed(one), With: insteadOf(told, o)}
		x.Same, x.SameOK = stat.SameOn(one, 0)
		for _, chosen := range told {
			x.Chosen += chosen[o]
		}
		q.Coded = append(q.Coded, x)
	}
	return q
}

func agreed(cases [][]int) Agreed {
	x := stat.Counted(cases, 0.95)
	return Agreed{Value: x.Value, Low: x.Low, High: x.High, Known: x.Known, Spanned: len(cases) >= LeastCodingCases}
}

// insteadOf gives the option that was chosen most often in cases where others chose this one.
func insteadOf(cases [][]int, option int) int {
	best, most := -1, 0
	for other := range cases[0] {
		n := 0
		for _, chosen := range cases {
			n += chosen[option] * chosen[other]
		}
		if other != option && n > most {
			best, most = other, n
		}
	}
	return best
}

// Weak gives the options of a question that were read least alike first: those on which
// conclusions cannot be drawn, and that somebody chose.
func (q CodedQuestion) Weak() (all []int) {
	for o, x := range q.Coded {
		if x.IsLow() && x.Chosen > 0 {
			all = append(all, o)
		}
	}
	slices.SortStableFunc(all, func(a, b int) int {
		if q.Coded[a].Value < q.Coded[b].Value {
			return -1
		}
		return 1
	})
	return all
}
