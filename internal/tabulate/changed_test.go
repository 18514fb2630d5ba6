package tabulate

import (
	"math/rand/v2"
	"slices"
	"testing"

	"foljsam/internal/codebook"
	"foljsam/internal/query"
	"foljsam/internal/record"
)

// TestChangedColumnsEqualThoseBuiltAnew changes, adds and takes out cases many times, and holds
// sets of all kinds, and where their cases stand, against a plain counter of what is left.
func TestChangedColumnsEqualThoseBuiltAnew(t *testing.T) {
	cb := codebook.Default()
	layout := record.NewLayout(cb)
	for seed := range 12 {
		r := rand.New(rand.NewPCG(uint64(seed), 5))
		all := ofTwoPlaces(r, layout, 150+r.IntN(300))
		cols := BuildOrdered(layout, all)
		gone := map[int]bool{}
		for range 20 {
			before, beforeCases := cols, cols.Cases()
			part, places := ofTwoPlaces(r, layout, r.IntN(12)), []int(nil)
			for i := range part.Len() {
				at := r.IntN(all.Len())
				if r.IntN(2) == 0 || gone[at] || slices.Contains(places, at) {
					at = all.Len()
					all.Add(part.Row(i), part.Unit[i], part.Intake[i], part.Days[i], part.Age[i])
					all.Local[0].Values = append(all.Local[0].Values, 0)
				}
				places = append(places, at)
				part.Unit[i] = all.Unit[at] // it stays in its municipality
				copy(all.Row(at), part.Row(i))
				all.Intake[at], all.Days[at], all.Age[at], all.Local[0].Values[at] = part.Intake[i], part.Days[i], part.Age[i], part.Local[0].Values[i]
			}
			var out []int
			if at := r.IntN(all.Len()); !slices.Contains(places, at) {
				out, gone[at] = []int{at, at}, true
			}
			var ok bool
			if cols, ok = cols.Changed(part, places, out); !ok {
				t.Fatal("there is no room")
			}
			if before.Cases() != beforeCases {
				t.Fatal("the columns that were there have changed")
			}
			compareAll(t, r, cb, cols, all, gone)
		}
	}
}

func compareAll(t *testing.T, r *rand.Rand, cb *codebook.Codebook, cols *Columns, all *record.Batch, gone map[int]bool) {
	t.Helper()
	for _, s := range []query.Set{query.All(), query.Local("egen", 1), query.Not(query.Local("egen", -1)), randomSet(r, cb, 0), randomSet(r, cb, 2)} {
		got, err := cols.Which(s)
		if err != nil {
			t.Fatal(err)
		}
		fresh, err := BuildOrdered(all.Layout, all).Which(s)
		if err != nil {
			t.Fatal(err)
		}
		want := slices.DeleteFunc(fresh, func(i int) bool { return gone[i] })
		slices.Sort(got)
		slices.Sort(want)
		if n, err := CountOne(cols, s); err != nil || !slices.Equal(got, want) || n != int64(len(want)) {
			t.Fatalf("%s: %d cases, counted %d; built anew %d (%v)", s, len(got), n, len(want), err)
		}
	}
	if cols.Cases() != all.Len()-len(gone) || cols.Segments()[0].Cases+cols.Segments()[1].Cases != cols.Cases() {
		t.Fatalf("%d cases, %d wanted", cols.Cases(), all.Len()-len(gone))
	}
}

func ofTwoPlaces(r *rand.Rand, layout *record.Layout, n int) *record.Batch {
	one := &record.Batch{Layout: layout, Local: []record.LocalColumn{{Name: "egen", Codes: []string{"a", "b"}}}}
	for _, x := range randomBatches(r, layout, n, 1) {
		for i := range x.Len() {
			unit, _ := record.UnitNumber([]byte([]string{"0180", "1884"}[r.IntN(2)]))
			one.Add(x.Row(i), unit, x.Intake[i], x.Days[i], x.Age[i])
			one.Local[0].Values = append(one.Local[0].Values, int16(r.IntN(3)-1))
		}
	}
	return one
}

func TestChangedSaysWhereItCannot(t *testing.T) {
	r, layout := rand.New(rand.NewPCG(1, 1)), record.NewLayout(codebook.Default())
	all := ofTwoPlaces(r, layout, 100)
	cols := BuildOrdered(layout, all)
	one := ofTwoPlaces(r, layout, 1)
	one.Unit[0], _ = record.UnitNumber([]byte("2584"))
	if _, ok := cols.Changed(one, []int{0}, nil); ok {
		t.Error("a case is counted in the municipality that it was in before")
	}
	many := ofTwoPlaces(r, layout, 4000)
	places := make([]int, many.Len())
	for i := range places {
		places[i] = all.Len() + i
	}
	if _, ok := cols.Changed(many, places, nil); ok {
		t.Error("there is room for everybody")
	}
}
