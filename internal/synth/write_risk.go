package synth

import (
	"math/bits"

	"foljsam/internal/record"
)

// Where the codebook gives no levels, the ends of the scale are not stated in any source;
// the synthetic values go from 0 to 10.
const highestRisk = 10

var steps = func() (v [highestRisk + 1]float64) {
	for i := range v {
		v[i] = float64(i)
	}
	return v
}()

// danger and talk are the two instruments that the report has figures on repetition for.
const (
	danger = 1
	talk   = 6
)

// writeRisks gives a row for each instrument, and a second one later where the plan says
// that the assessment was repeated.
func (w *writer) writeRisks(c *record.Case, s *sketch) {
	end := s.closed
	if end == record.NoDay {
		end = lastDay
	}
	for answer := s.codes[instrument]; answer != 0; answer &= answer - 1 {
		which := bits.TrailingZeros64(answer)
		at := s.intake + w.wait(end-s.intake, 9)
		value, moved := w.riskValue(s, which), secondTime(s, which)
		first := w.noted(value)
		if moved != 0 {
			at, first = min(at, s.intake+30), &steps[value]
		}
		c.Risks = append(c.Risks, record.Risk{Date: at, Phase: phaseAt(c, s, at), Instrument: which, Value: first})
		if moved != 0 && at < end {
			later := min(end, at+14+w.wait(end-at, 60))
			c.Risks = append(c.Risks, record.Risk{Date: later, Phase: phaseAt(c, s, later),
				Instrument: which, Value: &steps[value+moved-2]})
		}
	}
}

// secondTime gives 1 lower, 2 the same, 3 higher; 0 when there was no second time.
func secondTime(s *sketch, which int) int {
	switch which {
	case danger:
		return max(0, lowest(s.codes[againScale]))
	case talk:
		return max(0, lowest(s.codes[againTalk]))
	}
	return 0
}

func (w *writer) riskValue(s *sketch, which int) int {
	if n := w.levels[which]; n > 0 {
		return min(n, max(1, lowest(s.codes[severity])+w.rng.IntN(3)-1))
	}
	centre := 4
	switch s.codes[severity] {
	case code(1):
		centre = 3
	case code(3):
		centre = 7
	}
	return min(highestRisk-1, max(1, centre+w.rng.IntN(5)-2))
}

// noted leaves out a value now and then, as caseworkers do.
func (w *writer) noted(value int) *float64 {
	if w.rng.IntN(100) < 5 {
		return nil
	}
	return &steps[value]
}

// phaseAt: before the first support, during, or on the day of closing.
func phaseAt(c *record.Case, s *sketch, at record.Day) string {
	switch {
	case len(c.Supports) == 0 || at < c.Supports[0].Began:
		return "fore"
	case at == s.closed && at > s.intake:
		return "efter"
	}
	return "under"
}
