package stat

import (
	"cmp"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
)

// bySorting is Incidence as it can be read in the books: cases in the order of their days.
func bySorting(spells []Spell, causes int) (steps []Step) {
	c := newCurve(causes)
	var days []int
	for _, s := range spells {
		days = append(days, s.Exit)
	}
	slices.SortFunc(days, cmp.Compare[int])
	for _, day := range slices.Compact(days) {
		ended, all, atRisk := make([]int, causes), 0, 0
		for _, s := range spells {
			if s.Entry < day {
				atRisk++
			}
			if s.Exit < day {
				atRisk--
			}
			if s.Exit == day && s.Entry < day && s.Cause > 0 {
				ended[s.Cause-1]++
				all++
			}
		}
		if all > 0 {
			steps = append(steps, c.step(day, atRisk, ended, all))
		}
	}
	return steps
}

func TestCountedByDayIsAsSorted(t *testing.T) {
	for seed := range uint64(50) {
		r := rand.New(rand.NewPCG(seed, 9))
		var spells []Spell
		for range r.IntN(200) {
			s := Spell{Entry: max(Begun, r.IntN(60)-40), Cause: r.IntN(4)}
			s.Exit = max(0, s.Entry) + r.IntN(1+r.IntN(90))
			spells = append(spells, s)
		}
		if got, want := Incidence(spells, 3), bySorting(spells, 3); !reflect.DeepEqual(got, want) {
			t.Fatalf("seed %d: %v, sorted %v", seed, got, want)
		}
	}
	if far := Incidence([]Spell{{Begun, 700_000, 0}, {Begun, 3, 1}}, 1); len(far) != 1 || far[0].AtRisk != 2 {
		t.Error(far)
	}
}
