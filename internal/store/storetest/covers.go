package storetest

import (
	"cmp"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"foljsam/internal/codebook"
	"foljsam/internal/fault"
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

// listsAreWhatTheCasesSay saves cases at random, and compares every kind of list with one that is
// put together from the cases themselves.
func listsAreWhatTheCasesSay(w *World) {
	random := rand.New(rand.NewPCG(3, 14))
	const cases = 40
	for i := range cases {
		w.Write(w.Nora, func(tx *store.Tx) error {
			return fileAs(tx, w.CB, fmt.Sprintf("c%02d", i), []string{"p1", "p2"}[random.IntN(2)], []string{"vuxen", "barn"}[random.IntN(2)], w.someAnswers(random))
		})
	}
	for round := range 6 {
		for range 10 * min(round, 1) {
			w.Write(w.Nora, func(tx *store.Tx) error {
				return Answer(tx, w.CB, fmt.Sprintf("c%02d", random.IntN(cases)), w.someAnswers(random))
			})
		}
		w.Read(w.Nora, func(tx *store.Tx) error {
			for range 60 {
				w.compareList(tx, someFind(random))
			}
			return nil
		})
	}
}

func (w *World) someAnswers(random *rand.Rand) map[string]record.Answer {
	one := func(all ...string) record.Answer { return Text(all[random.IntN(len(all))]) }
	return map[string]record.Answer{
		"5":                               one("", "2025-01-01", "2025-01-02", "2025-02-01", "2026-03-01"),
		w.CB.Role(codebook.Closing).Key(): one("", "", "2026-04-01"),
		codebook.Discuss:                  one("", "", "ja"),
		"risk.1.nasta":                    one("", "2026-05-01", "2026-06-01"),
		"14":                              one("25", "30"),
	}
}

// fileAs files a case of a caseworker's in a unit.
func fileAs(tx *store.Tx, cb *codebook.Codebook, id, worker, unit string, answers map[string]record.Answer) error {
	c, changes, err := Case(cb, id, answers)
	if err != nil {
		return err
	}
	c.Worker, c.Unit = worker, unit
	return errors.Join(tx.PutCodes(c, id, "K"), tx.AddCase(cb, c, store.Revision{Version: c.Form.Version, At: Now, Person: worker, Changes: changes}))
}

func someFind(random *rand.Rand) (f store.Find) {
	yes := func() bool { return random.IntN(3) == 0 }
	f.Worker = []string{"", "p1", "p2", "p3"}[random.IntN(4)]
	f.Units = [][]string{nil, {"vuxen"}, {"barn", "vuxen"}, {"annan"}}[random.IntN(4)]
	f.Standings = [][]record.Standing{nil, {record.Open}, {record.Shut}, {record.Open, record.Shut}, {record.Shut, record.Open}}[random.IntN(5)]
	f.Missing, f.Discuss, f.MissingOrDiscuss, f.Newest = yes(), yes(), yes(), yes()
	f.Apart = len(f.Standings) > 1 && yes()
	if !f.Apart && !f.Newest && yes() {
		f.NextBy = record.DayOf(Now.AddDate(1, 0, 0))
	}
	f.Skip, f.Top = random.IntN(2)*random.IntN(20), 1+random.IntN(40)
	return f
}

// compareList compares a list with all cases looked through one by one.
func (w *World) compareList(tx *store.Tx, f store.Find) {
	var want []record.Cover
	err := tx.EachCase(func(c *record.Filed) error {
		if x := record.CoverOf(w.CB, c); shows(f, x) {
			want = append(want, x)
		}
		return nil
	})
	slices.SortFunc(want, func(a, b record.Cover) int {
		if f.NextBy > 0 {
			return cmp.Or(cmp.Compare(a.Next, b.Next), cmp.Compare(a.ID, b.ID))
		}
		by := cmp.Or(cmp.Compare(a.Intake, b.Intake), cmp.Compare(a.ID, b.ID))
		if f.Newest {
			by = -by
		}
		if f.Apart {
			by = cmp.Or(cmp.Compare(slices.Index(f.Standings, a.Standing), slices.Index(f.Standings, b.Standing)), by)
		}
		return by
	})
	n, counted := tx.CountCovers(f)
	got, found := tx.Covers(f)
	if err := errors.Join(err, counted, found); err != nil || n != len(want) {
		w.T.Errorf("%+v: %d cases, want %d (%v)", f, n, len(want), err)
	}
	want = want[min(f.Skip, len(want)):min(f.Skip+f.Top, len(want))]
	if id := func(x record.Cover) string { return x.ID }; !slices.Equal(each(got, id), each(want, id)) {
		w.T.Errorf("%+v: %v, want %v", f, each(got, id), each(want, id))
	}
}

func shows(f store.Find, x record.Cover) bool {
	switch {
	case f.Worker != "" && x.Worker != f.Worker,
		len(f.Units) > 0 && !slices.Contains(f.Units, x.Unit),
		len(f.Standings) > 0 && !slices.Contains(f.Standings, x.Standing),
		f.Missing && x.Missing == 0, f.Discuss && !x.Discuss,
		f.MissingOrDiscuss && x.Missing == 0 && !x.Discuss,
		f.NextBy > 0 && (x.Next == record.NoDay || x.Next > f.NextBy):
		return false
	}
	return true
}

func each[T, U any](all []T, give func(T) U) (some []U) {
	for _, x := range all {
		some = append(some, give(x))
	}
	return some
}

// casesAreFoundByTheirNames: by the code that a case has now, by no other, also inside the
// transaction that gave it.
func casesAreFoundByTheirNames(w *World) {
	file := func(id, code, client string) error {
		return w.Nora.Write(w.T.Context(), func(tx *store.Tx) error {
			c, changes, err := Case(w.CB, id, nil)
			if err != nil {
				return err
			}
			if err := tx.PutCodes(c, code, client); err != nil {
				return err
			}
			err = tx.AddCase(w.CB, c, store.Revision{Version: c.Form.Version, At: Now, Changes: changes})
			if again := tx.AddCase(w.CB, &record.Filed{ID: id + "x", Code: c.Code, Form: c.Form}, store.Revision{}); err == nil && fault.KindOf(again) != fault.Conflict {
				w.T.Errorf("a second case with the code in one transaction: %v", again)
			}
			return err
		})
	}
	recode := func(id, code, client string) error {
		return w.Nora.Write(w.T.Context(), func(tx *store.Tx) error {
			c, err := tx.Case(id)
			if err != nil {
				return err
			}
			c.Code, c.Client = w.Nora.PseudonymOf(record.OfTheCase, code), w.Nora.PseudonymOf(record.OfTheClient, client)
			return tx.Recode(c)
		})
	}
	if err := errors.Join(file("a", "one", "K"), file("b", "two", "K"), file("c", "three", "L"), recode("a", "four", "L"), file("d", "one", "K")); err != nil {
		w.T.Fatal(err)
	}
	Wants(w.T, recode("b", "four", "K"), fault.Conflict, "store.case_code_taken")
	Wants(w.T, file("e", "four", "K"), fault.Conflict, "store.case_code_taken")
	w.Read(w.Nora, func(tx *store.Tx) error {
		for code, id := range map[string]string{"one": "d", "two": "b", "three": "c", "four": "a"} {
			if c, err := tx.CaseByCode(w.Nora.PseudonymOf(record.OfTheCase, code)); err != nil || c.ID != id {
				w.T.Errorf("%s: %+v %v", code, c, err)
			}
		}
		for client, want := range map[string]string{"K": "b d", "L": "a c", "M": ""} {
			all, err := tx.CasesOfClient(w.Nora.PseudonymOf(record.OfTheClient, client))
			if got := strings.Join(each(all, func(x record.Cover) string { return x.ID }), " "); err != nil || got != want {
				w.T.Errorf("%s: %s %v", client, got, err)
			}
		}
		doubles, err := tx.Doubles(10)
		if len(doubles) != 2 || len(doubles[0].Cases) != 2 || doubles[0].Cases[0].ID != "b" || doubles[1].Cases[1].ID != "c" {
			w.T.Errorf("%+v %v", doubles, err)
		}
		return err
	})
}
