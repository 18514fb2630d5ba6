package app

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"

	"foljsam/internal/codebook"
	"foljsam/internal/fault"
	"foljsam/internal/record"
)

// someChanges are fields of a case and what they can be changed to, a change of several at a time.
var someChanges = [][][]string{
	{{"14", "1", "2", ""}}, {{"15", "33", "67", ""}}, {{"58", "1|3", "2", ""}}, {{"59", "1", "2", "3", ""}}, {{"67", "1", "2", "3", ""}}, {{"127", "0", "1|4", ""}},
	{{"192", "1", "5", ""}}, {{"257", "1", "3", ""}}, {{"202", "1", "4", ""}}, {{"5", "2023-05-04", "2025-12-31", "2024-02-29"}}, {{"256", "2026-01-31", "2026-07-01", ""}},
	{{codebook.Exclusion, "5", ""}}, {{codebook.Exclusion, ""}}, {{"insats.1.118", "1|3", "10", ""}, {"insats.2.118", "10", "4", ""}},
	{{"risk.1.90", "1", "2"}, {"risk.1.datum", "2025-01-02"}, {"risk.1.fas", "1"}, {"risk.1.skattning", "1", "3", ""}, {"risk.2.90", "2", "1"}, {"risk.2.datum", "2026-01-02"}, {"risk.2.fas", "3"}, {"risk.2.skattning", "2", "1"}},
	{{"risk.2.skattning", "1", "2", "3", ""}},
}

// changed makes a change to one of some cases. What cannot be done in the case as it is then is
// refused, and changes nothing.
func (h *house) changed(t *testing.T, w *Who, r *rand.Rand, ids []string) bool {
	t.Helper()
	id := ids[r.IntN(len(ids))]
	var err error
	switch k := r.IntN(len(someChanges) + 3); k {
	case 0:
		_, err = h.Undo(t.Context(), w.Actor, id, 1+r.IntN(9))
	case 1:
		_, err = h.Recode(t.Context(), w.Actor, id, 1<<20, fmt.Sprint("B-", r.IntN(1_000_000)), fmt.Sprint("K-", r.IntN(6)))
	default:
		for _, field := range someChanges[max(0, k-3)] {
			value := field[1+r.IntN(len(field)-1)]
			if _, err = h.Save(t.Context(), w.Actor, id, []Edit{{Field: field[0], Answer: record.Answer{Value: value}, Seen: 1 << 20}}); err != nil {
				break
			}
		}
	}
	if err != nil && fault.KindOf(err) == fault.Internal {
		t.Fatal(err)
	}
	return err == nil
}

// TestFiguresAfterARestartAreThoseThatWereFollowed makes many changes, and holds everything that is
// shown against what another program shows that reads the same register from its beginning.
func TestFiguresAfterARestartAreThoseThatWereFollowed(t *testing.T) {
	for seed := range uint64(2) {
		h := newHouse(t, false)
		w := h.begin(t)
		r := rand.New(rand.NewPCG(seed, 41))
		var ids []string
		did := 0
		for i := range 160 {
			if i < 5 || r.IntN(20) == 0 {
				ids = append(ids, h.openOf(t, w, i, fmt.Sprint("K-", r.IntN(5)), "5", fmt.Sprintf("202%d-05-04", 3+r.IntN(3))))
			}
			if h.changed(t, w, r, ids) {
				did++
			}
			if i%20 > 0 && i < 159 {
				continue
			}
			got := h.allShown(t, w.Actor)
			again := &house{time: h.time, store: h.store}
			again.App = New(Options{Store: h.store, Codebook: codebook.Default(), Now: h.now})
			if want := again.allShown(t, w.Actor); got.told != want.told || !reflect.DeepEqual(got.years, want.years) || got.cases != want.cases {
				t.Fatalf("seed %d, after %d:\n%s %v of %d\nread anew:\n%s %v of %d", seed, i, got.told, got.years, got.cases, want.told, want.years, want.cases)
			}
		}
		if did < 100 {
			t.Errorf("only %d changes were made", did)
		}
	}
}
