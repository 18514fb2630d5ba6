package tabulate

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"testing"

	"foljsam/internal/codebook"
	"foljsam/internal/query"
	"foljsam/internal/record"
)

// TestChangedColumnsEqualThoseBuiltAnew changes, adds and takes out cases many times, and holds
// sets of all kinds, sums, courses, and which cases they are, against columns of what is left.
func TestChangedColumnsEqualThoseBuiltAnew(t *testing.T) {
	cb := codebook.Default()
	layout := record.NewLayout(cb)
	for seed := range 12 {
		r := rand.New(rand.NewPCG(uint64(seed), 5))
		all := ofTwoPlaces(r, layout, 150+r.IntN(300))
		base := BuildNamed(layout, all, risingFrom(7, all.Len()))
		cases := base.Cases()
		touched := map[int]bool{} // by place in all; true: it is gone
		for range 20 {
			for range r.IntN(12) {
				at := r.IntN(all.Len() + 3)
				if at >= all.Len() {
					at = all.Len()
					all = appended(all, ofTwoPlaces(r, layout, 1), 0)
				} else {
					one := ofTwoPlaces(r, layout, 1)
					copy(all.Row(at), one.Row(0))
					all.Unit[at], all.Intake[at], all.Days[at], all.Age[at] = one.Unit[0], one.Intake[0], one.Days[0], one.Age[0]
					all.Local[0].Values[at] = one.Local[0].Values[0]
				}
				touched[at] = r.IntN(5) == 0
			}
			more, left := &record.Batch{Layout: layout, Local: []record.LocalColumn{{Name: "egen", Codes: []string{"a", "b"}}}}, &record.Batch{Layout: layout, Local: []record.LocalColumn{{Name: "egen", Codes: []string{"a", "b"}}}}
			var without, numbers, leftNumbers []uint32
			for at := range all.Len() {
				gone, changed := touched[at]
				if changed {
					without = append(without, uint32(at+7))
				}
				if changed && !gone {
					more, numbers = appended(more, all, at), append(numbers, uint32(at+7))
				}
				if !gone {
					left, leftNumbers = appended(left, all, at), append(leftNumbers, uint32(at+7))
				}
			}
			cols, ok := base.Changed(without, BuildNamed(layout, more, numbers))
			if !ok {
				t.Fatal("a case is in another municipality")
			}
			if base.Cases() != cases {
				t.Fatal("the columns that were there have changed")
			}
			compareAll(t, r, cols, BuildNamed(layout, left, leftNumbers))
		}
	}
}

func compareAll(t *testing.T, r *rand.Rand, got, want *Columns) {
	t.Helper()
	cb := want.Layout().Book
	days := query.DaysBetween(cb.Role(codebook.Intake).Number, cb.Role(codebook.Closing).Number)
	for _, s := range []query.Set{query.All(), query.Local("egen", 1), query.Not(query.Local("egen", -1)), randomSet(r, cb, 0), randomSet(r, cb, 2)} {
		a, b := coursesIn(t, got, s), coursesIn(t, want, s)
		if !slices.Equal(a, b) {
			t.Fatalf("%s: %d cases; built anew %d", s, len(a), len(b))
		}
		p, err := PrepareSets(got, []query.Set{s}, []Sum{{s, days}})
		if err != nil {
			t.Fatal(err)
		}
		q, err := PrepareSets(want, []query.Set{s}, []Sum{{s, days}})
		if err != nil {
			t.Fatal(err)
		}
		x, y := p.Whole(), q.Whole()
		if x.Count(0, s) != int64(len(b)) || x.SumOf(0, s, days) != y.SumOf(0, s, days) {
			t.Fatalf("%s: %d cases, %d days; built anew %d, %d", s, x.Count(0, s), x.SumOf(0, s, days), len(b), y.SumOf(0, s, days))
		}
		x, y = p.ByPlace(), q.ByPlace()
		if n := x.Sum().Count(0, s); n != int64(len(b)) {
			t.Fatalf("%s: %d cases in all places of %d", s, n, len(b))
		}
		for i := range want.Segments() {
			if x.Count(i, s) != y.Count(i, s) || got.Segments()[i].Cases != want.Segments()[i].Cases {
				t.Fatalf("%s: %d cases in place %d; built anew %d", s, x.Count(i, s), i, y.Count(i, s))
			}
		}
	}
	first, last, ok := got.Years()
	if f, l, k := want.Years(); first != f || last != l || ok != k || got.Cases() != want.Cases() {
		t.Fatal(first, last, f, l, got.Cases(), want.Cases())
	}
}

// numbered is a case that was told.
type numbered struct {
	number uint32
	course Course
}

// coursesIn gives the cases in a set, in the order of their numbers.
func coursesIn(t *testing.T, c *Columns, s query.Set) (all []numbered) {
	t.Helper()
	if err := c.Each(s, func(n uint32) { all = append(all, numbered{number: n}) }); err != nil {
		t.Fatal(err)
	}
	i := 0
	if err := c.EachCourse(s, func(x Course) { all[i].course = x; i++ }); err != nil || i != len(all) {
		t.Fatal(i, len(all), err)
	}
	slices.SortFunc(all, func(a, b numbered) int { return cmp.Compare(a.number, b.number) })
	return all
}

func risingFrom(first, n int) (all []uint32) {
	for i := range n {
		all = append(all, uint32(first+i))
	}
	return all
}

// appended gives a batch with a case of another after its own.
func appended(to, from *record.Batch, at int) *record.Batch {
	to.Add(from.Row(at), from.Unit[at], from.Intake[at], from.Days[at], from.Age[at])
	to.Local[0].Values = append(to.Local[0].Values, from.Local[0].Values[at])
	return to
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
	cols := BuildNamed(layout, all, risingFrom(0, 100))
	one := ofTwoPlaces(r, layout, 1)
	one.Unit[0], _ = record.UnitNumber([]byte("2584"))
	if _, ok := cols.Changed([]uint32{0}, BuildNamed(layout, one, []uint32{0})); ok {
		t.Error("a case is counted in a municipality that had none")
	}
	if x, ok := cols.Changed([]uint32{0, 0, 200}, BuildNamed(layout, ofTwoPlaces(r, layout, 0), nil)); !ok || x.Cases() != 99 {
		t.Error("a case that was taken out is not gone once")
	}
}
