package tabulate

import (
	"math/rand/v2"
	"testing"

	"foljsam/internal/codebook"
	"foljsam/internal/query"
	"foljsam/internal/record"
)

// randomSet draws a condition as anybody might ask it.
func randomSet(r *rand.Rand, cb *codebook.Codebook, depth int) query.Set {
	if depth > 0 {
		a, b := randomSet(r, cb, depth-1), randomSet(r, cb, depth-1)
		switch r.IntN(5) {
		case 0:
			return query.Or(a, b)
		case 1:
			return query.Not(a)
		case 2:
			return query.And(a, b, randomSet(r, cb, depth-1))
		case 3:
			return query.And(a, b)
		}
	}
	switch r.IntN(7) {
	case 0:
		lo := r.IntN(90)
		return query.Span(query.Answer(15), lo, lo+r.IntN(40))
	case 1:
		lo := r.IntN(700)
		return query.Span(query.DaysBetween(5, 256), lo, lo+r.IntN(200))
	case 2:
		return query.Span(query.CodesChosen([]int{118, 127}[r.IntN(2)]), r.IntN(4), 4+r.IntN(8))
	case 3:
		return query.Changed(1+r.IntN(6), query.Changes[r.IntN(3)])
	case 4:
		return query.Span(query.YearOf(5), 2022, 2022+r.IntN(2))
	}
	v := coded(cb)[r.IntN(len(coded(cb)))]
	if r.IntN(3) == 0 {
		return query.Registered(v.Number)
	}
	return query.Codes(v.Number, v.Codes[r.IntN(len(v.Codes))].Code, v.Codes[r.IntN(len(v.Codes))].Code)
}

func coded(cb *codebook.Codebook) []*codebook.Variable {
	var all []*codebook.Variable
	for _, v := range cb.Variables {
		if len(v.Codes) > 0 {
			all = append(all, v)
		}
	}
	return all
}

// TestRandomQueriesEqualAPlainCounter holds free cross tables of any two variables with
// any condition against the plain counter.
func TestRandomQueriesEqualAPlainCounter(t *testing.T) {
	cb := codebook.Default()
	layout := record.NewLayout(cb)
	names := []string{"v14", "v19", "v20", "v41", "v49", "v58", "v59", "v67", "v90", "v118", "v126", "v127", "v192", "v257", "alder", "dagar", "initiativ", "parter"}
	for seed := range 60 {
		r := rand.New(rand.NewPCG(uint64(seed), 11))
		batches := randomBatches(r, layout, r.IntN(300), 1+r.IntN(9))
		cols := Build(layout, batches)
		a, b := names[r.IntN(len(names))], names[r.IntN(len(names))]
		if a == b {
			continue
		}
		filter := randomSet(r, cb, r.IntN(4))
		cross, err := query.Cross(cb, a, b, filter)
		if err != nil {
			t.Fatal(err)
		}
		plan, err := Prepare(cols, query.Whole(), []*query.Table{cross})
		if err != nil {
			t.Fatal(err)
		}
		whole, places := plan.Whole(), plan.ByPlace()
		for _, c := range cross.Cells {
			if got, want := whole.Count(0, c.Set), countPlainly(batches, -1, c.Set, nil); got != want {
				t.Fatalf("seed %d, %s × %s of %s: %s is %d, counted one by one %d", seed, a, b, filter, c.Set, got, want)
			}
			comparePlaces(t, cols, batches, places, c.Set)
		}
	}
}
