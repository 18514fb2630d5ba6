package stat

import (
	"cmp"
	"math"
	"slices"
)

// Spell is one case followed in time, in whole days from its beginning. It is followed after
// Entry and till Exit: whoever was already there when following began has an Entry of 0 or
// later, and Begun for Entry where it was followed from its first day, so that a case that
// ended on that day is among those who could. Cause is why it ended, from 1; 0: it had not
// ended when following did.
type Spell struct{ Entry, Exit, Cause int }

// Begun is the Entry of a case that was followed from its first day.
const Begun = -1

// Step is what is known from a day on.
type Step struct {
	Day    int
	AtRisk int       // cases that could end that day
	Ended  []int     // of them, by cause (cause 1 first)
	Share  []float64 // that has ended for each cause till that day
	Error  []float64 // the standard error of it
	Still  float64   // that has not ended
}

// Incidence gives the share of cases that has ended for each of some causes, day by day: of
// all cases, those not yet ended included. Other causes compete: a case that ended for one can
// no longer end for another, and is not taken for one that might. A case that ends on the day
// when another stops being followed counts before it. Steps are at days when a case ended.
//
// O. O. Aalen, S. Johansen, "An empirical transition matrix for non-homogeneous Markov chains
// based on censored observations", Scandinavian Journal of Statistics 5 (1978) 141-150; late
// entry as in P. K. Andersen, Ø. Borgan, R. D. Gill, N. Keiding, Statistical Models Based on
// Counting Processes (1993), IV.4. The error is of Greenwood's type, their (4.4.20): the
// multinomial variance of each day's shares, carried forward.
func Incidence(spells []Spell, causes int) []Step {
	f := NewFollowed(causes)
	for _, s := range spells {
		f.Add(s)
	}
	return f.Incidence()
}

// Followed is cases followed in time, counted by day: what Incidence is worked out of, whatever
// the order in which they were added.
type Followed struct {
	causes  int
	entered []int32 // by the day after Entry
	left    []int32 // by Exit
	ended   []int32 // of those, by Exit and cause: who was followed before that day
}

// NewFollowed begins to count cases that end for one of some causes.
func NewFollowed(causes int) *Followed { return &Followed{causes: causes} }

// Add counts a case.
func (f *Followed) Add(s Spell) {
	day := max(s.Entry+1, s.Exit)
	f.entered, f.left = till(f.entered, day), till(f.left, day)
	f.entered[s.Entry+1]++
	f.left[s.Exit]++
	if s.Cause > 0 && s.Cause <= f.causes && s.Entry < s.Exit {
		f.ended = till(f.ended, s.Exit*f.causes+f.causes-1)
		f.ended[s.Exit*f.causes+s.Cause-1]++
	}
}

// till gives numbers that reach so far, those that are new 0.
func till(all []int32, last int) []int32 {
	if last < len(all) {
		return all
	}
	return append(all, make([]int32, max(last+1, 2*len(all))-len(all))...)
}

// Incidence is that of the cases that were added.
func (f *Followed) Incidence() (steps []Step) {
	c, atRisk := newCurve(f.causes), 0
	for day, left := range f.left {
		atRisk += int(f.entered[day])
		if ended, all := f.endedOn(day); all > 0 {
			steps = append(steps, c.step(day, atRisk, ended, all))
		}
		atRisk -= int(left)
	}
	return steps
}

// endedOn gives how many ended on a day, by cause.
func (f *Followed) endedOn(day int) (by []int, all int) {
	if (day+1)*f.causes > len(f.ended) {
		return nil, 0
	}
	by = make([]int, f.causes)
	for k, n := range f.ended[day*f.causes : (day+1)*f.causes] {
		by[k] = int(n)
		all += int(n)
	}
	return by, all
}

// curve is what is carried from day to day: the shares, and how sure they are.
type curve struct {
	still    float64
	share    []float64
	vStill   float64   // variance of still
	vShare   []float64 // of each share
	together []float64 // covariance of still and each share
}

func newCurve(causes int) *curve {
	return &curve{still: 1, share: make([]float64, causes), vShare: make([]float64, causes), together: make([]float64, causes)}
}

func (c *curve) step(day, atRisk int, ended []int, all int) Step {
	n := float64(atRisk)
	q := float64(all) / n
	s := Step{Day: day, AtRisk: atRisk, Ended: ended, Share: make([]float64, len(ended)), Error: make([]float64, len(ended))}
	for k, d := range ended {
		qk := float64(d) / n
		c.vShare[k] += qk*qk*c.vStill + 2*qk*c.together[k] + c.still*c.still*qk*(1-qk)/n
		c.together[k] = (1-q)*(c.together[k]+qk*c.vStill) - c.still*c.still*qk*(1-q)/n
		c.share[k] += c.still * qk
		s.Share[k], s.Error[k] = c.share[k], math.Sqrt(max(0, c.vShare[k]))
	}
	c.vStill = (1-q)*(1-q)*c.vStill + c.still*c.still*q*(1-q)/n
	c.still *= 1 - q
	s.Still = c.still
	return s
}

// Interval is the confidence interval of a cause's share (the first is 0), on the log-log
// scale: it stays between 0 and 1, also where few have ended. Before the first has, nothing
// is known: from 0 to 1.
//
// J. D. Kalbfleisch, R. L. Prentice, The Statistical Analysis of Failure Time Data, 2nd ed.
// (2002), 1.4 and 8.2; "log-log" in R's survival.
func (s Step) Interval(cause int, level float64) Interval {
	f, e := s.Share[cause], s.Error[cause]
	switch {
	case f <= 0:
		return Interval{0, 1}
	case f >= 1 || e == 0:
		return Interval{f, f}
	}
	half := quantile(level) * e / (f * math.Log(f))
	return Interval{math.Pow(f, math.Exp(-half)), math.Pow(f, math.Exp(half))}
}

// At gives what is known on a day: the last step till then. Before the first it is a step
// with nothing in it.
func At(steps []Step, day, causes int) Step {
	i, _ := slices.BinarySearchFunc(steps, day+1, func(s Step, d int) int { return cmp.Compare(s.Day, d) })
	if i == 0 {
		return Step{Share: make([]float64, causes), Error: make([]float64, causes), Ended: make([]int, causes), Still: 1}
	}
	return steps[i-1]
}
