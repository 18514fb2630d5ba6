package app

import (
	"testing"

	"foljsam/internal/audit"
	"foljsam/internal/store"
)

// After more lines of the log than are followed, the cases in memory are those that there are.
func TestCasesAreReadAnewAfterALongAbsence(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	r, err := h.store.Register(t.Context(), w.Register)
	if err != nil {
		t.Fatal(err)
	}
	wantCases := func(n int) {
		t.Helper()
		counted, _, err := h.figureCases(t.Context(), r)
		if err != nil || len(counted) != n {
			t.Errorf("%d cases that count for key figures, want %d: %v", len(counted), n, err)
		}
		l, err := h.liveOf(t.Context(), r)
		if err != nil || len(l.at) != n {
			t.Errorf("%d cases in memory, want %d: %v", len(l.at), n, err)
		}
	}
	h.open(t, w, "A1", map[string]string{"5": "2026-05-01"})
	wantCases(1)
	err = r.Write(t.Context(), func(tx *store.Tx) error {
		for range farBehind + 1 {
			tx.Audit(audit.Line{At: h.time, Person: w.Person.ID, Act: audit.Listed})
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	h.open(t, w, "A2", map[string]string{"5": "2026-05-01"})
	wantCases(2)
}
