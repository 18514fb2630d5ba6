package tabulate_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"foljsam/internal/query"
	"foljsam/internal/record"
	"foljsam/internal/tabulate"
)

// Counted once by Marks, and once case by case.
func TestMarksCountWhatIsThere(t *testing.T) {
	names, places := []string{"14", "15", "bakgrund"}, 3
	m := tabulate.NewMarks(names, places)
	r := rand.New(rand.NewPCG(7, 7))
	type one struct {
		place int
		marks []record.Mark
	}
	var all []one
	for range 500 {
		x := one{r.IntN(places), []record.Mark{record.Mark(r.IntN(5)), record.Mark(r.IntN(5)), record.Mark(r.IntN(5))}}
		all = append(all, x)
		m.Add(x.place, x.marks)
	}
	for i, name := range names {
		for _, want := range [][]int{{0}, {1}, {2}, {3}, {4}, {2, 3, 4}, {1, 2, 3, 4}} {
			whole := int64(0)
			for place := range places {
				n := int64(0)
				for _, x := range all {
					if x.place == place && slices.Contains(want, int(x.marks[i])) {
						n++
					}
				}
				whole += n
				if got := m.Count(place, query.Marked(name, want...)); got != n {
					t.Errorf("%s %v in %d: %d, want %d", name, want, place, got, n)
				}
			}
			if got := m.Whole().Count(0, query.Marked(name, want...)); got != whole {
				t.Errorf("%s %v: %d, want %d", name, want, got, whole)
			}
		}
	}
	if m.Whole().Count(0, query.All()) != 500 || m.Count(0, query.Marked("16", 1)) != 0 {
		t.Error("not all cases, or a question that nobody asked")
	}
}
