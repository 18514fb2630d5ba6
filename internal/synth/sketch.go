package synth

import (
	"math/rand/v2"
	"time"

	"foljsam/internal/record"
)

// The period that the report follows up; the last day is also when the data was read.
var (
	firstDay = record.DayOf(time.Date(2022, time.January, 1, 0, 0, 0, 0, time.UTC))
	lastDay  = record.DayOf(time.Date(2023, time.October, 10, 0, 0, 0, 0, time.UTC))
)

// sketch is a case before it is written out: its coded answers, age and days.
type sketch struct {
	codes  [attrs]uint64
	years  int // age; -1 not registered
	intake record.Day
	closed record.Day // NoDay while open
	town   int32
	client uint64 // number of the client
}

// sketches gives every case of the plan, municipality by municipality and within each in
// the order of intake, as a register would give them.
func (p *plan) sketches() []sketch {
	rng := p.rng(2000)
	out := make([]sketch, p.n)
	for i := range out {
		s := &out[i]
		s.town, s.client = p.town[i], uint64(i)
		for a := range p.col {
			s.codes[a] = p.col[a][i]
		}
		s.draw(rng)
	}
	sortSketches(out)
	p.joinClients(out, rng)
	return out
}

// draw gives a sketch its age in years and its days.
func (s *sketch) draw(rng *rand.Rand) {
	s.years = -1
	if band := lowest(s.codes[age]); band > 0 {
		s.years = between(rng, ageBands[band])
	}
	band := lowest(s.codes[length])
	if band <= 0 {
		s.closed = record.NoDay
		s.intake = weekday(rng, lastDay-openDays(rng), lastDay)
		return
	}
	days := record.Day(shortFirst(rng, lengthBands[band]))
	latest := lastDay - days
	s.intake = weekday(rng, firstDay+record.Day(rng.IntN(int(latest-firstDay)+1)), latest)
	s.closed = s.intake + days
}

// openDays: most open cases are new, some have lasted long.
func openDays(rng *rand.Rand) record.Day {
	for {
		if d := record.Day(rng.ExpFloat64() * 170); d <= lastDay-firstDay {
			return d
		}
	}
}

// weekday moves a day off Saturday and Sunday where the period allows it.
func weekday(rng *rand.Rand, d, latest record.Day) record.Day {
	for range 8 {
		if w := d.Time().Weekday(); w != time.Saturday && w != time.Sunday {
			break
		}
		if d+2 > latest || rng.IntN(2) == 0 && d-2 >= firstDay {
			d -= 2
		} else {
			d += 2
		}
		d = min(max(d, firstDay), latest)
	}
	return d
}

// between draws a whole number of a span, both ends in it.
func between(rng *rand.Rand, span [2]int) int {
	return span[0] + rng.IntN(span[1]-span[0]+1)
}

// shortFirst draws from a span, its lower half somewhat more often.
func shortFirst(rng *rand.Rand, span [2]int) int {
	return min(between(rng, span), between(rng, [2]int{span[0], span[1] + (span[1]-span[0])/2}))
}
