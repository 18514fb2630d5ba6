package storetest

import (
	"fmt"
	"slices"
	"strings"

	"foljsam/internal/codebook"
	"foljsam/internal/record"
	"foljsam/internal/store"
)

func coversAreOrdered(w *World) {
	days := map[string]string{"a": "2026-03-01", "b": "2026-01-01", "c": "", "d": "2026-02-01"}
	for _, id := range []string{"a", "b", "c", "d"} {
		w.Write(w.Nora, func(tx *store.Tx) error {
			return File(tx, w.CB, id, "kod "+id, "K", map[string]record.Answer{"5": Text(days[id]), codebook.Discuss: Text(map[string]string{"a": "ja"}[id]), "14": Text("3")})
		})
	}
	ids := func(f store.Find) (all []string) {
		w.Read(w.Nora, func(tx *store.Tx) error {
			covers, err := tx.Covers(f)
			for _, x := range covers {
				all = append(all, x.ID)
			}
			if n, _ := tx.CountCovers(f); f.Top == 0 && f.Skip == 0 && n != len(all) {
				w.T.Errorf("%+v: counted %d, gave %d", f, n, len(all))
			}
			f.Most = 2
			if n, err := tx.CountCovers(f); err != nil || f.Top == 0 && f.Skip == 0 && n != min(2, len(all)) {
				w.T.Errorf("%+v: counted %d: %v", f, n, err)
			}
			return err
		})
		return all
	}
	for want, f := range map[string]store.Find{
		"c b d a": {}, "a d b c": {Newest: true}, "b d": {Skip: 1, Top: 2}, "": {Worker: "p2"},
		" c b d a ": {Worker: "p1", Units: []string{"vuxen", "barn"}, Standings: []record.Standing{record.Open}},
		"a":         {Discuss: true}, " ": {Standings: []record.Standing{record.Shut}},
	} {
		if got := ids(f); !slices.Equal(got, strings.Fields(want)) {
			w.T.Errorf("%+v: %v, want %s", f, got, want)
		}
	}
}

// Page by page, and each case where it is said to be.
func openBeforeClosed(w *World) {
	for i, x := range []struct{ id, intake, closed string }{{"a", "2026-03-01", ""}, {"b", "2025-01-01", "2025-02-01"}, {"c", "2026-01-01", ""}, {"d", "2024-01-01", "2024-02-01"}, {"e", "2026-02-01", ""}} {
		w.Write(w.Nora, func(tx *store.Tx) error {
			return File(tx, w.CB, x.id, fmt.Sprint("kod ", i), "K", map[string]record.Answer{"5": Text(x.intake), "256": Text(x.closed)})
		})
	}
	want := strings.Fields("c e a d b")
	for _, f := range []store.Find{{Worker: "p1"}, {Units: []string{"barn", "vuxen"}}, {Units: []string{"vuxen"}}} {
		f.Missing, f.MissingOrDiscuss, f.Apart, f.Standings = f.Worker != "", f.Worker == "", true, []record.Standing{record.Open, record.Shut}
		w.Read(w.Nora, func(tx *store.Tx) error {
			for skip := range 7 {
				for top := 1; top < 7; top++ {
					f.Skip, f.Top = skip, top
					covers, err := tx.Covers(f)
					if err != nil {
						return err
					}
					var got []string
					for _, x := range covers {
						got = append(got, x.ID)
					}
					if !slices.Equal(got, want[min(skip, 5):min(skip+top, 5)]) {
						w.T.Errorf("%d after %d: %v", top, skip, got)
					}
				}
			}
			f.Skip, f.Top = 0, 0
			covers, err := tx.Covers(f)
			for i, x := range covers {
				f.Before = &x
				if n, err := tx.CountCovers(f); n != i || err != nil {
					w.T.Errorf("%s is at %d: %v", x.ID, n, err)
				}
			}
			return err
		})
	}
}
