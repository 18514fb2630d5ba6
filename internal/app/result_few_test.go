package app

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"foljsam/internal/audit"
	"foljsam/internal/codebook"
	"foljsam/internal/store"
)

// Figures of very few cases tell of each of them, as reading it does: that they were seen is in the
// log, once for each question, with how many cases it was of.
func TestSeeingFiguresOfFewCasesIsLogged(t *testing.T) {
	k := newKept(t)
	lines := func() (n []int) {
		err := k.registerOf(t).Read(t.Context(), func(tx *store.Tx) error {
			all, err := tx.AuditLines(0, 1000)
			for _, s := range all {
				l, err := s.Read()
				if err != nil {
					return err
				}
				if l.Act == audit.SawFew {
					n = append(n, l.N)
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	for i := range 6 {
		k.file(t, k.anna, fmt.Sprint("A", i), fmt.Sprint("K", i), []string{"", "2026-01-01"}[min(1, i/5)])
		if i == 3 || i == 4 { // four are few, five are not
			if _, err := k.Results(t.Context(), k.anna, ResultAsk{}); err != nil {
				t.Fatal(err)
			}
			if got := lines(); !slices.Equal(got, []int{4}) {
				t.Errorf("of %d it is logged: %v", i+1, got)
			}
		}
	}
	k.time = k.time.Add(time.Hour)
	ask := func(where ...string) {
		t.Helper()
		for range 2 { // asked again, it is the same
			if _, err := k.Results(t.Context(), k.anna, ResultAsk{Where: where}); err != nil {
				t.Fatal(err)
			}
			if _, err := k.Risk(t.Context(), k.anna, ResultAsk{Where: where}); err != nil {
				t.Fatal(err)
			}
		}
	}
	ask()
	if got := lines(); len(got) != 1 {
		t.Errorf("of many it is logged: %v", got)
	}
	closed := fmt.Sprint("v", k.book.Role(codebook.Closing).Number)
	ask(closed)
	ask(closed, closed) // another question, of the same case
	ask("v49")          // of none
	if got := lines(); !slices.Equal(got, []int{4, 1, 1}) {
		t.Errorf("%v", got)
	}
	k.time = k.time.Add(time.Hour)
	ask(closed)
	if got := lines(); len(got) != 4 {
		t.Errorf("an hour later: %v", got)
	}
}
