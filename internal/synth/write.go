package synth

import (
	"math/bits"
	"math/rand/v2"

	"foljsam/internal/codebook"
	"foljsam/internal/record"
)

// writer turns sketches into cases. It knows the variables' numbers from the codebook.
type writer struct {
	number [attrs]int // 0: the codebook has no such variable

	activity, intake, closing, age int
	basis                          bool
	levels                         map[int]int // by instrument: values 1 to this, where the scale has levels
	seed                           uint64
	caseworkers                    bool
	rng                            *rand.Rand
}

func newWriter(o Options, first int) *writer {
	cb := o.Codebook
	w := &writer{seed: o.Seed, caseworkers: o.Caseworkers, rng: rand.New(rand.NewPCG(o.Seed, 3000+uint64(first)))}
	number := func(r codebook.Role) int {
		if v := cb.Role(r); v != nil {
			return v.Number
		}
		return 0
	}
	for a, r := range roles {
		w.number[a] = number(r)
	}
	w.activity, w.age = number(codebook.Activity), number(codebook.Age)
	w.intake, w.closing = number(codebook.Intake), number(codebook.Closing)
	w.basis = number(codebook.SupportBasis) != 0
	w.levels = levelsOf(cb)
	return w
}

// levelsOf gives the instruments whose values are levels, low to high.
func levelsOf(cb *codebook.Codebook) map[int]int {
	levels := map[int]int{}
	if v := cb.Role(codebook.Risk); v != nil {
		for _, c := range v.Codes {
			if scale := cb.Scale(c.Scale); scale != nil && len(scale.Levels) > 0 {
				levels[c.Code] = len(scale.Levels)
			}
		}
	}
	return levels
}

// write makes the n:th case out of its sketch.
func (w *writer) write(s *sketch, n uint64, town Town) *record.Case {
	c := &record.Case{
		ID:     pseudonym(w.seed, 'a', n),
		Client: pseudonym(w.seed, 'k', s.client),
		Unit:   town.Unit,
		Dates:  make(map[int]record.Day, 2),
		Codes:  make(map[int][]int, len(roles)+1),
	}
	if w.caseworkers {
		c.Caseworker = caseworker(w.seed, n, town)
	}
	c.Dates[w.intake] = s.intake
	if s.closed != record.NoDay {
		c.Dates[w.closing] = s.closed
	}
	if s.years >= 0 && w.age != 0 {
		c.Numbers = map[int]int{w.age: s.years}
	}
	w.writeCodes(c, s, town)
	w.writeSupports(c, s)
	w.writeRisks(c, s)
	return c
}

// caseworker gives one of the municipality's, so many that each has a few tens of cases.
func caseworker(seed, n uint64, town Town) string {
	there := uint64(1 + min(town.Cases, 1000)/30)
	return pseudonym(seed, 'h', unitNumber(town.Unit)<<16|scramble(n)%there)
}

// answerCodes is every coded attribute, in a fixed order.
var answerCodes = []attr{honour, sex, origin, disability, severity, perpetrator, initiative,
	children, reason, reached, aim, change, meaning, positive, influence, parties, carried}

// writeCodes lays all codes of the case in one slice.
func (w *writer) writeCodes(c *record.Case, s *sketch, town Town) {
	room := make([]int, 0, 32)
	if w.activity != 0 && town.Scope != 0 {
		room = append(room, town.Scope)
		c.Codes[w.activity] = room[0:1:1]
	}
	for _, a := range answerCodes {
		answer := s.codes[a]
		if a == change {
			answer &^= code(otherQuest)
		}
		if answer == 0 || w.number[a] == 0 {
			continue
		}
		from := len(room)
		room = appendCodes(room, answer)
		c.Codes[w.number[a]] = room[from:len(room):len(room)]
	}
}

func appendCodes(to []int, answer uint64) []int {
	for ; answer != 0; answer &= answer - 1 {
		to = append(to, bits.TrailingZeros64(answer))
	}
	return to
}

// writeSupports spreads the support codes over rows: what begins together stands in one.
func (w *writer) writeSupports(c *record.Case, s *sketch) {
	answer := s.codes[supports]
	if answer == 0 {
		return
	}
	end := s.closed
	if end == record.NoDay {
		end = lastDay
	}
	all := appendCodes(make([]int, 0, bits.OnesCount64(answer)), answer)
	w.rng.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	began := s.intake + w.wait(end-s.intake, 12)
	for len(all) > 0 {
		take := 1
		if len(all) > 1 && w.rng.IntN(3) == 0 {
			take = 2
			all[0], all[1] = min(all[0], all[1]), max(all[0], all[1])
		}
		c.Supports = append(c.Supports, w.supportRow(all[:take:take], began, end, s))
		all = all[take:]
		began += w.wait(end-began, 30)
	}
}

func (w *writer) supportRow(codes []int, began, end record.Day, s *sketch) record.Support {
	row := record.Support{Began: began, Ended: record.NoDay, Codes: codes, Regi: 1}
	if w.rng.IntN(100) < 45 {
		row.Ended = began + w.wait(end-began, 60)
	}
	if w.basis {
		row.Basis = w.drawBasis(s)
	}
	if s.codes[supports]&codesOutside != 0 && codes[0] >= 10 && w.rng.IntN(2) == 0 || w.rng.IntN(100) < 6 {
		row.Regi = 2
	}
	if w.rng.IntN(100) < 4 {
		row.Regi = 0
	}
	return row
}

// codesOutside are supports that others than the municipality often give: housing.
var codesOutside = codes(10, 13)

// drawBasis: with a decision more often in the group with the best outcome.
func (w *writer) drawBasis(s *sketch) int {
	decided := 38
	if s.codes[reached] == code(1) && s.codes[change] == code(1) {
		decided = 60
	}
	switch d := w.rng.IntN(100); {
	case d < 3:
		return 0
	case d < 6:
		return 3
	case d < 6+decided:
		return 1
	}
	return 2
}

// wait draws some days, most often few, at most the room there is.
func (w *writer) wait(room record.Day, mean float64) record.Day {
	return min(room, record.Day(w.rng.ExpFloat64()*mean))
}
