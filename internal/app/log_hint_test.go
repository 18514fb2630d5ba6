package app

import (
	"slices"
	"testing"

	"foljsam/internal/audit"
	"foljsam/internal/store"
)

func TestWhatIsUnusualIsFoundAndNothingElse(t *testing.T) {
	sum := func(person string, act audit.Act, n, night int64) store.LogSum {
		return store.LogSum{Person: person, Role: "handlaggare", Act: act, N: n, Night: night}
	}
	got := hintsIn([]store.LogSum{
		sum("anna", audit.LookedUp, 25, 0), sum("anna", audit.Read, 70, 0),
		sum("bo", audit.LookedUp, 6, 0), sum("bo", audit.Read, 65, 12), sum("bo", audit.Refused, 4, 0), // an old link, clicked again and again
		sum("cilla", audit.LookedUp, 4, 0), sum("cilla", audit.Read, 40, 2), sum("cilla", audit.Refused, 11, 0),
	})
	want := []LogHint{{ManyLookUps, "anna", 25, 6}, {AtNight, "bo", 12, 0}, {ManyRefused, "cilla", 11, 0}}
	if !slices.Equal(got, want) {
		t.Errorf("%+v", got)
	}
}

// A sample never has a line twice, is within its lines, and reaches all of them in the end.
func TestEveryLineCanBeDrawn(t *testing.T) {
	seen := map[int64]bool{}
	for range 300 {
		drawn := DrawLines(newSeed(), 11, 30, 5)
		if len(drawn) != 5 || !slices.IsSorted(drawn) || len(slices.Compact(slices.Clone(drawn))) != 5 || drawn[0] < 11 || drawn[4] > 30 {
			t.Fatal(drawn)
		}
		for _, n := range drawn {
			seen[n] = true
		}
	}
	if len(seen) != 20 || len(DrawLines(newSeed(), 1, 3, 20)) != 3 {
		t.Error(len(seen))
	}
}
