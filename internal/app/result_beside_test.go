package app

import (
	"fmt"
	"sync"
	"testing"

	"foljsam/internal/codebook"
)

// TestColumnsAreBuiltAnewBesideThoseWhoSave has some save and some look at the same time, so much
// that columns are built anew meanwhile, and holds what is shown in the end against columns of all cases.
func TestColumnsAreBuiltAnewBesideThoseWhoSave(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	intake := fmt.Sprint(h.book.Role(codebook.Intake).Number)
	h.openOf(t, w, 0, "K-0", intake, "2024-05-04")
	h.allShown(t, w.Actor)
	l := h.liveEntry(w.Register)
	l.mu.Lock()
	first := l.base
	l.mu.Unlock()
	var all sync.WaitGroup
	const writers, each = 4, 200
	for k := range writers {
		all.Go(func() {
			for i := range each {
				h.openOf(t, w, 1+k*each+i, fmt.Sprint("K-", i%150), intake, fmt.Sprintf("202%d-05-04", 3+i%3))
			}
		})
		all.Go(func() {
			for seen := int64(0); seen < writers*each/2; {
				x, err := h.Results(t.Context(), w.Actor, ResultAsk{})
				if err != nil || x.Cases.Int() < seen {
					t.Error("cases that were seen are gone", err)
					return
				}
				seen = x.Cases.Int()
			}
		})
	}
	all.Wait()
	got := h.allShown(t, w.Actor)
	l.mu.Lock()
	if l.base == first {
		t.Error("columns were never built anew")
	}
	l.base = nil
	l.mu.Unlock()
	if want := h.allShown(t, w.Actor); got.told != want.told || got.cases != 1+writers*each {
		t.Errorf("%d cases:\n%s\nbuilt anew:\n%s", got.cases, got.told, want.told)
	}
}

func TestFactsOfRiskAreKeptOnce(t *testing.T) {
	var k keptFacts
	a, b := k.add("ett"), k.add("två")
	if k.add("") != 0 || k.get(0) != nil || k.add("ett") != a || a == b || string(k.get(a)) != "ett" || string(k.get(b)) != "två" {
		t.Error(a, b, k)
	}
}
