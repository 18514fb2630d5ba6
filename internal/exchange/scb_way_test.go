package exchange

import (
	"math/rand/v2"
	"testing"
)

// Of random groups of ages over a known population: whatever way is found must give the
// true number from 18 and up, and no other choice of groups (each left out, added or taken
// away) may do it with fewer. The choices are tried one by one.
func TestNoWayIsShorterThanTheOneFound(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	limits := []int{0, 10, 15, 16, 18, 20, noEnd}
	found := 0
	for range 800 {
		people := make([]int, len(limits)-1)
		for i := range people {
			people[i] = r.IntN(1000)
		}
		var steps []step
		for range 2 + r.IntN(7) {
			a, b := r.IntN(len(limits)-1), 1+r.IntN(len(limits)-1)
			if a >= b || has(steps, limits[a], limits[b]) {
				continue
			}
			n := 0
			for _, k := range people[a:b] {
				n += k
			}
			steps = append(steps, step{from: limits[a], till: limits[b], count: n, cells: 1 + r.IntN(3)})
		}
		want, possible := fewestByTrying(steps, limits)
		got, ok := fewest(steps, adultAge, true)
		if ok != possible || ok && (got.cells != want || got.count != people[4]+people[5]) {
			t.Fatalf("%+v: %+v %v, want %d cells %v and %d people", steps, got, ok, want, possible, people[4]+people[5])
		}
		if ok {
			found++
		}
	}
	if found < 100 {
		t.Errorf("only %d of the cases had a way", found)
	}
}

func has(steps []step, from, till int) bool {
	for _, s := range steps {
		if s.from == from && s.till == till {
			return true
		}
	}
	return false
}

// fewestByTrying tries every choice: which age classes it covers, counted one by one.
func fewestByTrying(steps []step, limits []int) (cells int, possible bool) {
	choices := 1
	for range steps {
		choices *= 3
	}
	for choice := range choices {
		cover, used := make([]int, len(limits)-1), 0
		for _, s := range steps {
			sign := choice%3 - 1
			choice /= 3
			if sign == 0 {
				continue
			}
			used += s.cells
			for i := range cover {
				if limits[i] >= s.from && limits[i] < s.till {
					cover[i] += sign
				}
			}
		}
		right := true
		for i, n := range cover {
			right = right && (n == 1) == (limits[i] >= adultAge) && (n == 0 || n == 1)
		}
		if right && (!possible || used < cells) {
			cells, possible = used, true
		}
	}
	return cells, possible
}
