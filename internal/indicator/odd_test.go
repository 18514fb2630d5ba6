package indicator

import (
	"slices"
	"testing"
)

func returned(unit string, year int, scope Scope, counts ...int) Return {
	r := Return{Unit: unit, Year: year, Scope: scope}
	for i, n := range counts {
		if n >= 0 {
			r.Counts[i] = CountOf(n)
		}
	}
	return r
}

func kindsOf(all []Odd) (kinds []OddKind) {
	for _, o := range all {
		kinds = append(kinds, o.Kind)
	}
	return kinds
}

func TestOddBesideOnesOwnEarlier(t *testing.T) {
	for _, c := range []struct {
		was, is []int
		want    []OddKind
	}{
		{[]int{20}, []int{25}, nil},
		{[]int{20}, []int{41}, []OddKind{MuchMore}},
		{[]int{6}, []int{14}, nil}, // more than twice, but few cases
		{[]int{50}, []int{20}, []OddKind{MuchLess}},
		{[]int{50}, []int{3}, []OddKind{MuchLess}},
		{[]int{17}, []int{3}, nil},
		{[]int{3}, []int{30}, []OddKind{MuchMore}},
		{[]int{20}, []int{-1}, []OddKind{WasReported}},
		{[]int{-1}, []int{90}, nil},
	} {
		before := returned("0114", 2023, Both, c.was...)
		if got := kindsOf(OddIn(returned("0114", 2024, Both, c.is...), &before, 10_000, nil, nil)); !slices.Equal(got, c.want) {
			t.Errorf("%v after %v: %v, want %v", c.is, c.was, got, c.want)
		}
	}
}

// Nobody can tell by what is odd which of 1, 2, 3 and 4 a mark stands for.
func TestOddIsTheSameForAllSmall(t *testing.T) {
	before := returned("0114", 2023, Both, 60, 0, 9)
	want := OddIn(returned("0114", 2024, Both, 1, 1, 1), &before, 10_000, nil, nil)
	for n := 2; n <= 4; n++ {
		if got := OddIn(returned("0114", 2024, Both, n, n, n), &before, 10_000, nil, nil); !slices.Equal(got, want) {
			t.Errorf("%d: %v", n, got)
		}
	}
}

func TestOddBesideOthersOfSimilarSize(t *testing.T) {
	adults := map[string]int{}
	var peers []Return
	for i := range 9 {
		unit := string(rune('a' + i))
		peers = append(peers, returned(unit, 2024, Both, 20+i))
		adults[unit] = 10_000
	}
	for n, want := range map[int][]OddKind{24: nil, 70: nil, 73: {AbovePeers}, 7: {BelowPeers}, 9: nil} {
		if got := kindsOf(OddIn(returned("0114", 2024, Both, n), nil, 10_000, peers, adults)); !slices.Equal(got, want) {
			t.Errorf("%d: %v, want %v", n, got, want)
		}
	}
	if got := OddIn(returned("0114", 2024, Both, 90), nil, 10_000, peers[:7], adults); got != nil {
		t.Errorf("seven others say something: %v", got)
	}
}

func TestOddInItself(t *testing.T) {
	before := returned("0114", 2023, Authority, 20, 10, 9)
	got := kindsOf(OddIn(returned("0114", 2024, Both, 20, 10, 12), &before, 10_000, nil, nil))
	if !slices.Equal(got, []OddKind{GoalAbove, OtherScope}) {
		t.Error(got)
	}
}
