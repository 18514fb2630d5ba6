package exchange

import (
	"context"
	"runtime"
	"strings"
	"testing"
)

// A file of nothing but faults says the first ones, in order, and how many more there are,
// however many read it at once.
func TestFloodIsCounted(t *testing.T) {
	const n = 400_000
	p := small(desc("x", "x", "x")).with(casesFile, caseHeader+"\n\"x\n"+strings.Repeat("x\n", n))
	p = p.with(supportFile, supHeader+"\nA,2024-02-30,,1,,\n"+strings.Repeat("A,,,1,,\n", 1000))
	dir := p.folder(t, "p")
	for _, workers := range []int{1, 4} {
		d, err := Read(context.Background(), []string{dir}, Options{Layout: layout, MaxProblems: 1000, Workers: workers})
		if err != nil || len(d.Problems) != 1001 {
			t.Fatal(err, len(d.Problems))
		}
		for i, x := range d.Problems[:1000] {
			if x.Row != i+2 || x.Key == "exchange.row_quotes" != (i == 0) {
				t.Fatalf("%d: %+v", i, x)
			}
		}
		if last := d.Problems[1000]; last.Key != "exchange.more_problems" || last.Args[1] != n+1-1000+1002 {
			t.Errorf("%+v", last)
		}
	}
}

// What is beyond the limit is not built: after it, a row takes no memory.
func TestFloodTakesNoMemory(t *testing.T) {
	dir := small(desc("x", "x", "x")).with(casesFile, caseHeader+"\n\"x\n"+strings.Repeat("x\n", 4<<20)).folder(t, "p")
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if _, err := Read(context.Background(), []string{dir}, Options{Layout: layout, MaxProblems: 100, Workers: 2}); err != nil {
		t.Fatal(err)
	}
	runtime.ReadMemStats(&after)
	if got := (after.TotalAlloc - before.TotalAlloc) >> 20; got > 128 {
		t.Errorf("%d MB for 4 M rows", got)
	}
}
