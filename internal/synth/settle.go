package synth

import (
	"math/bits"
	"math/rand/v2"
)

// column holds the answers of all cases to one variable: a bit for every code, 0 for not
// registered.
type column []uint64

// group says which cases are meant.
type group []bool

// measure says what is counted of an answer.
type measure int8

const (
	anyOf  measure = iota // 1 when the answer has any of the codes
	sizeOf                // how many codes the answer has
	justN                 // 1 when the answer has exactly so many codes
)

// goal is a count that the column shall have within a group, both ends included.
type goal struct {
	in      group
	measure measure
	codes   uint64 // for justN the number of codes
	lo, hi  int
}

func (g *goal) weigh(answer uint64) int {
	switch g.measure {
	case sizeOf:
		return bits.OnesCount64(answer)
	case justN:
		if bits.OnesCount64(answer) == int(g.codes) {
			return 1
		}
		return 0
	}
	if answer&g.codes != 0 {
		return 1
	}
	return 0
}

func (g *goal) off(got int) int {
	return max(0, g.lo-got, got-g.hi)
}

// settler moves answers between cases until every goal is met. It never makes or loses an
// answer: two cases exchange theirs, or one code goes from one case to another, so the
// totals that the column was dealt with stay as they are.
type settler struct {
	col   column
	pool  []int32 // the cases that may give and take
	goals []goal
	shift uint64 // codes that may move alone; 0: only whole answers are exchanged
	rng   *rand.Rand

	words   int
	member  []uint64 // by case and goal: is the case in the goal's group
	byGoal  [][]int32
	got     []int
	unmet   []int
	penalty int
}

// patience is how many steps without a better result end the search. At the report's size
// every goal is within reach; at other sizes rounding may put some out of it.
func patience(cases int) int {
	if cases == reportCases {
		return 500_000
	}
	return 40_000
}

// settle gives what remains unmet, 0 when every goal is.
func (s *settler) settle() int {
	s.prepare()
	best, since, patient := s.penalty, 0, patience(len(s.col))
	for ; s.penalty > 0 && since < patient; since++ {
		if s.penalty < best {
			best, since = s.penalty, 0
		}
		i, j := s.pick(), s.pool[s.rng.IntN(len(s.pool))]
		if i == j {
			continue
		}
		a, b, ok := s.propose(i, j)
		if !ok {
			continue
		}
		change := s.change(i, j, a, b)
		if change <= 0 || change <= 2 && s.rng.IntN(400) == 0 {
			s.apply(i, j, a, b)
		}
	}
	return s.penalty
}

func (s *settler) prepare() {
	s.words = (len(s.goals) + 63) / 64
	s.member = make([]uint64, len(s.col)*s.words)
	s.byGoal = make([][]int32, len(s.goals))
	s.got = make([]int, len(s.goals))
	inPool := make([]bool, len(s.col))
	for _, i := range s.pool {
		inPool[i] = true
	}
	for t := range s.goals {
		g := &s.goals[t]
		for i := range s.col {
			if g.in != nil && !g.in[i] {
				continue
			}
			s.got[t] += g.weigh(s.col[i])
			if inPool[i] {
				s.member[i*s.words+t/64] |= 1 << (t % 64)
				s.byGoal[t] = append(s.byGoal[t], int32(i))
			}
		}
	}
	s.review()
}

// review lists the goals that are not met.
func (s *settler) review() {
	s.penalty, s.unmet = 0, s.unmet[:0]
	for t := range s.goals {
		if off := s.goals[t].off(s.got[t]); off > 0 && len(s.byGoal[t]) > 0 {
			s.penalty += off
			s.unmet = append(s.unmet, t)
		}
	}
}

// pick draws a case, half of the time one that an unmet goal is about.
func (s *settler) pick() int32 {
	if s.rng.IntN(2) == 0 {
		of := s.byGoal[s.unmet[s.rng.IntN(len(s.unmet))]]
		return of[s.rng.IntN(len(of))]
	}
	return s.pool[s.rng.IntN(len(s.pool))]
}

func (s *settler) propose(i, j int32) (a, b uint64, ok bool) {
	a, b = s.col[i], s.col[j]
	if s.shift == 0 {
		return b, a, a != b
	}
	if s.rng.IntN(2) == 0 {
		b, a, ok = s.shiftOne(b, a)
		return a, b, ok
	}
	return s.shiftOne(a, b)
}

// shiftOne moves a code from a to b. The last code of an answer stays.
func (s *settler) shiftOne(a, b uint64) (uint64, uint64, bool) {
	free := a & s.shift &^ b
	if free == 0 || bits.OnesCount64(a) < 2 {
		return a, b, false
	}
	for n := s.rng.IntN(bits.OnesCount64(free)); n > 0; n-- {
		free &= free - 1
	}
	code := free & -free
	return a &^ code, b | code, true
}

func (s *settler) change(i, j int32, a, b uint64) int {
	sum := 0
	for w := range s.words {
		mi, mj := s.member[int(i)*s.words+w], s.member[int(j)*s.words+w]
		for both := mi | mj; both != 0; both &= both - 1 {
			at := bits.TrailingZeros64(both)
			t := w*64 + at
			if d := s.delta(t, i, j, a, b, mi>>at&1 == 1, mj>>at&1 == 1); d != 0 {
				sum += s.goals[t].off(s.got[t]+d) - s.goals[t].off(s.got[t])
			}
		}
	}
	return sum
}

func (s *settler) delta(t int, i, j int32, a, b uint64, inI, inJ bool) int {
	g, d := &s.goals[t], 0
	if inI {
		d += g.weigh(a) - g.weigh(s.col[i])
	}
	if inJ {
		d += g.weigh(b) - g.weigh(s.col[j])
	}
	return d
}

func (s *settler) apply(i, j int32, a, b uint64) {
	for w := range s.words {
		mi, mj := s.member[int(i)*s.words+w], s.member[int(j)*s.words+w]
		for both := mi | mj; both != 0; both &= both - 1 {
			at := bits.TrailingZeros64(both)
			t := w*64 + at
			s.got[t] += s.delta(t, i, j, a, b, mi>>at&1 == 1, mj>>at&1 == 1)
		}
	}
	s.col[i], s.col[j] = a, b
	s.review()
}
