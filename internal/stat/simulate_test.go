package stat

import (
	"math"
	"math/rand/v2"
	"testing"
)

// A population in which time does nothing: half of the cases will reach the goal and half
// will break off, settled at intake. The one takes 200 days in the mean, the other 60. Those
// who came in within the last 648 days are looked at; what has not ended is open. It is the
// example of docs/methods/duration.md.
const (
	simulated  = 40000
	window     = 648
	goalReason = 1
	leftReason = 2
)

func simulate(goal, left float64, settled bool) (spells []Spell) {
	rng := rand.New(rand.NewPCG(648, 60))
	for range simulated {
		days, cause := rng.ExpFloat64()*goal, goalReason
		if settled {
			if rng.IntN(2) == 0 {
				days, cause = rng.ExpFloat64()*left, leftReason
			}
		} else if d := rng.ExpFloat64() * left; d < days {
			days, cause = d, leftReason
		}
		since := rng.Float64() * window // how long ago the case came in
		if days > since {
			days, cause = since, 0
		}
		spells = append(spells, Spell{Begun, int(days), cause})
	}
	return spells
}

// closedOnly is the report's diagram 17: of those closed after so many days, how many had
// reached the goal.
func closedOnly(spells []Spell) (share [4]float64) {
	var closed, reached [4]float64
	for _, s := range spells {
		if band := (max(1, s.Exit) - 1) / 90; s.Cause > 0 && band < 4 {
			closed[band]++
			if s.Cause == goalReason {
				reached[band]++
			}
		}
	}
	for i := range share {
		share[i] = reached[i] / closed[i]
	}
	return share
}

func TestClosedOnlyRisesThoughTimeDoesNothing(t *testing.T) {
	spells := simulate(200, 60, true)
	share := closedOnly(spells)
	for i := 1; i < 4; i++ {
		if share[i] < share[i-1]+0.05 {
			t.Errorf("the closed-only table does not rise: %.3f", share)
		}
	}
	if share[0] > 0.40 || share[3] < 0.85 {
		t.Errorf("it rises from %.3f to %.3f", share[0], share[3])
	}
	last := At(Incidence(spells, 2), window, 2)
	t.Logf("closed only by 90 days: %.3f; incidence at the end of the window: goal %.3f ± %.3f, left %.3f", share, last.Share[0], last.Error[0], last.Share[1])
	// At 600 days 95 % of those who will reach the goal have: the half less what time is short of.
	for _, day := range []int{90, 180, 360, 600} {
		s := At(Incidence(spells, 2), day, 2)
		for k, mean := range []float64{200, 60} {
			want := 0.5 * (1 - math.Exp(-float64(day+1)/mean))
			if math.Abs(s.Share[k]-want) > 0.02 {
				t.Errorf("day %d, cause %d: %.3f, made to be %.3f", day, k+1, s.Share[k], want)
			}
		}
	}
	if math.Abs(last.Share[0]-0.5) > 0.04 || math.Abs(last.Share[1]-0.5) > 0.02 {
		t.Errorf("the half is not given back: %.3f and %.3f", last.Share[0], last.Share[1])
	}
}

func TestClosedOnlyIsFlatWhereHazardsAreConstant(t *testing.T) {
	spells := simulate(200, 60, false)
	share := closedOnly(spells)
	t.Logf("closed only by 90 days: %.3f", share)
	want := (1.0 / 200) / (1.0/200 + 1.0/60)
	for i, s := range share {
		if math.Abs(s-want) > 0.05 {
			t.Errorf("band %d: %.3f, made to be %.3f throughout", i, s, want)
		}
	}
	if s := At(Incidence(spells, 2), 600, 2); math.Abs(s.Share[0]-want) > 0.015 {
		t.Errorf("incidence %.3f, made to be %.3f", s.Share[0], want)
	}
}

func TestLateEntryGivesTheSameCurve(t *testing.T) {
	spells := simulate(200, 60, true)
	whole := At(Incidence(spells, 2), 300, 2)
	late := make([]Spell, 0, len(spells))
	for i, s := range spells {
		if i%3 == 0 { // already a hundred days old when following began
			if s.Exit <= 100 {
				continue // ended before anybody looked
			}
			s.Entry = 100
		}
		late = append(late, s)
	}
	got := At(Incidence(late, 2), 300, 2)
	for k := range 2 {
		if math.Abs(got.Share[k]-whole.Share[k]) > 0.015 {
			t.Errorf("cause %d: %.3f with late entry, %.3f without", k+1, got.Share[k], whole.Share[k])
		}
	}
}
