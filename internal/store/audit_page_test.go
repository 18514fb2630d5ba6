package store_test

import (
	"slices"
	"testing"
	"time"

	"foljsam/internal/audit"
	"foljsam/internal/store"
	"foljsam/internal/store/storetest"
)

// A line each minute from Now, by two people in turn.
func minutes(t testing.TB, w *storetest.World, n int) {
	t.Helper()
	w.Write(w.Nora, func(tx *store.Tx) error {
		for i := range n {
			tx.Audit(audit.Line{At: storetest.Now.Add(time.Duration(i) * time.Minute), Person: []string{"p1", "p2"}[i%2], Role: "handlaggare", Act: audit.Read, Case: "c"})
		}
		return nil
	})
}

func TestALineIsFoundByItsTime(t *testing.T) {
	w := storetest.NewWorld(t, storetest.Folder(t))
	minutes(t, w, 100)
	for _, x := range []struct {
		after time.Duration
		want  int64
	}{{-time.Hour, 1}, {0, 1}, {time.Second, 2}, {10 * time.Minute, 11}, {99 * time.Minute, 100}, {time.Hour * 5, 101}} {
		w.Read(w.Nora, func(tx *store.Tx) error {
			if got, err := tx.SeqAt(storetest.Now.Add(x.after)); got != x.want || err != nil {
				t.Errorf("%v: %d, want %d %v", x.after, got, x.want, err)
			}
			return nil
		})
	}
	w.Read(w.Ale, func(tx *store.Tx) error {
		if got, err := tx.SeqAt(storetest.Now); got != 1 || err != nil {
			t.Error("an empty log:", got, err)
		}
		return nil
	})
}

// However many times lines are counted, each is counted once, and where the register is it
// is night from 22 to 6.
func TestLinesAreCountedOnceByDay(t *testing.T) {
	w := storetest.NewWorld(t, storetest.Folder(t))
	minutes(t, w, 600) // from 14.02 UTC; in Stockholm from 15.02
	zone, err := time.LoadLocation("Europe/Stockholm")
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{250, 250, 250, 250} {
		w.Write(w.Nora, func(tx *store.Tx) error { _, err := tx.CountLog(zone, n); return err })
	}
	w.Read(w.Nora, func(tx *store.Tx) error {
		got, err := tx.LogSums(zone, "2026-11-22", "2026-11-22")
		want := []store.LogSum{{Person: "p1", Role: "handlaggare", Act: audit.Read, N: 269, Night: 60}, {Person: "p2", Role: "handlaggare", Act: audit.Read, N: 269, Night: 60}}
		if !slices.Equal(got, want) || err != nil {
			t.Errorf("%+v %v", got, err)
		}
		all, err := tx.LogSums(zone, "2026-11-01", "2026-11-30")
		if len(all) != 2 || all[0].N+all[1].N != 600 || all[0].Night != 91 {
			t.Errorf("%+v", all)
		}
		return err
	})
}
