package house

import (
	"slices"
	"strings"
	"testing"
)

func sorted(sentences []string) []string {
	return slices.Compact(slices.Sorted(slices.Values(sentences)))
}

// expect demands exactly the sentences that a guard should say about planted faults.
func expect(t *testing.T, got []string, want ...string) {
	t.Helper()
	got, want = sorted(got), sorted(want)
	for _, s := range want {
		if !slices.Contains(got, s) {
			t.Errorf("the guard did not say: %s", s)
		}
	}
	for _, s := range got {
		if !slices.Contains(want, s) {
			t.Errorf("the guard said too much: %s", s)
		}
	}
}

func lines(n int) string { return strings.Repeat("\n", n) }
