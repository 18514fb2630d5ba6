package store_test

import (
	"errors"
	"path/filepath"
	"testing"
	"time"

	"foljsam/internal/audit"
	"foljsam/internal/indicator"
	"foljsam/internal/place"
	"foljsam/internal/record"
	"foljsam/internal/store"
	"foljsam/internal/store/storetest"
)

// published is a nation's register with people, returns and editions, each with its line of the log.
func published(t *testing.T, s *store.Store) *storetest.World {
	t.Helper()
	w := withCases(t, s, 1)
	line := func(act audit.Act, about string, fields ...string) audit.Line {
		return audit.Line{At: storetest.Now, Person: "p1", Act: act, About: about, Fields: fields}
	}
	w.Write(w.Nora, func(tx *store.Tx) error {
		var all []error
		c := store.Collection{Year: 2024, Deadline: record.DayOf(storetest.Now), Opened: storetest.Now, OpenedBy: "p1"}
		tx.Audit(line(audit.CollectionOpened, "", "2024"))
		all = append(all, tx.PutCollection(c))
		for i, lot := range [][]string{{"0114", "0115"}, {"0117"}} { // two at the same moment
			l := line(audit.PopulationSet, "")
			l.N = len(lot)
			tx.Audit(l)
			var people []store.Inhabitants
			for _, unit := range lot {
				people = append(people, store.Inhabitants{Unit: unit, Year: 2024, Edition: 1, Adults: 9000 + i, At: storetest.Now, Person: "p1"})
			}
			all = append(all, tx.AddInhabitants(people))
		}
		for i, unit := range []string{"0114", "0115", "0114"} {
			x := store.ReceivedReturn{Return: indicator.Return{Unit: unit, Year: 2024, Counts: [3]indicator.Count{indicator.CountOf(17 + i), indicator.CountOf(3), indicator.NoCount()}}, Edition: 1 + i/2, How: "formular", At: storetest.Now, Person: "p1"}
			tx.Audit(line(audit.ReturnReceived, unit, "2024"))
			all = append(all, tx.AddReturns([]store.ReceivedReturn{x}))
		}
		tx.Audit(line(audit.FiguresPublished, "", "2024"))
		// the SHA-256 of "ett", as sha256sum says
		all = append(all, tx.AddPublication(store.Publication{Year: 2024, Edition: 1, At: storetest.Now, Person: "p1", Hash: "8ca411de5f6703bb054ed52819f4eb1dcf7df8cd84638c1f4eaaea3a749a181c", Body: []byte("ett")}))
		tx.Audit(line(audit.DistrictSet, "148001"))
		tx.Audit(line(audit.KoladaConfirmed, "", "1"))
		all = append(all, tx.PutUnit(place.Unit{ID: "148001", Name: "Centrum", Area: "148001", From: storetest.Now}), tx.AddKoladaMatch(store.KoladaMatch{Figure: 1, Edition: 1, ID: "U1", Title: "Ärenden", At: storetest.Now, Person: "p1"}))
		c.Closed = storetest.Now.Add(time.Hour)
		tx.Audit(line(audit.CollectionClosed, "", "2024"))
		return errors.Join(append(all, tx.PutCollection(c))...)
	})
	return w
}

// nationTampered is what somebody who can write in the database may do with what municipalities have
// returned and with what is published.
var nationTampered = []struct {
	statements []string
	key        string
}{
	{[]string{`UPDATE nation_returns SET opened = '170' WHERE unit = '0114' AND edition = 1`}, "store.received_unknown"},
	{[]string{`UPDATE nation_returns SET goal_met = '"sekretess"' WHERE unit = '0115'`}, "store.received_unknown"},
	{[]string{`UPDATE nation_returns SET scope = 2 WHERE unit = '0115'`}, "store.received_unknown"},
	{[]string{`UPDATE nation_returns SET unit = 'x' WHERE unit = '0115'`, `UPDATE nation_returns SET unit = '0115' WHERE unit = '0114' AND edition = 1`, `UPDATE nation_returns SET unit = '0114' WHERE unit = 'x'`}, "store.received_unknown"},
	{[]string{`DELETE FROM nation_returns WHERE unit = '0114' AND edition = 2`}, "store.received_gone"},
	{[]string{`INSERT INTO nation_returns (register, unit, year, edition, opened, supported, goal_met, scope, how, at, person, role) SELECT register, unit, year, 3, opened, supported, goal_met, scope, how, at, person, role FROM nation_returns WHERE unit = '0114' AND edition = 1`}, "store.received_unknown"},
	{[]string{`UPDATE nation_publications SET body = CAST('two' AS BLOB)`}, "store.edition_changed"},
	{[]string{`UPDATE nation_publications SET body = CAST('två' AS BLOB), hash = 'x'`}, "store.edition_unknown"},
	{[]string{`UPDATE nation_publications SET reason = 'en annan'`}, "store.edition_unknown"},
	{[]string{`DELETE FROM nation_publications`}, "store.edition_gone"},
	{[]string{`INSERT INTO nation_publications (register, year, edition, at, person, reason, hash, body) SELECT register, year, 2, at, person, reason, hash, body FROM nation_publications`}, "store.edition_unknown"},
	{[]string{`UPDATE nation_population SET adults = 9999 WHERE unit = '0114'`}, "store.people_unknown"},
	{[]string{`UPDATE nation_population SET unit = '0120' WHERE unit = '0117'`}, "store.people_unknown"},
	{[]string{`UPDATE nation_population SET person = 'p2' WHERE unit = '0117'`}, "store.people_count"},
	{[]string{`DELETE FROM nation_population`}, "store.people_gone"},
	{[]string{`UPDATE nation_collections SET closed = ''`}, "store.collection_unknown"},
	{[]string{`DELETE FROM nation_collections`}, "store.collection_gone"},
	{[]string{`UPDATE units SET name = 'Hisingen' WHERE id = '148001'`}, "store.table_changed"},
	{[]string{`UPDATE units SET till_day = '2024-01-01' WHERE id = '148001'`}, "store.table_changed"},
	{[]string{`DELETE FROM units WHERE id = '148001'`}, "store.table_changed"},
	{[]string{`INSERT INTO units (register, id, name, area, from_day, till_day, was) SELECT register, '148002', name, '148002', from_day, till_day, was FROM units WHERE id = '148001'`}, "store.table_changed"},
	{[]string{`UPDATE nation_kolada SET kpi = 'U2'`}, "store.table_changed"},
	{[]string{`UPDATE nation_kolada SET title = 'En annan'`}, "store.table_changed"},
	{[]string{`DELETE FROM nation_kolada`}, "store.table_changed"},
	{[]string{`INSERT INTO nation_collections (register, year, deadline, opened, opened_by, closed) VALUES ('nora', 2025, '', '', '', '')`}, "store.collection_unknown"},
}

// triggers are what keeps a program from it; whoever has the file takes them away first.
var triggers = []string{"nation_population_stays", "nation_population_remains", "nation_returns_stay", "nation_returns_remain", "nation_publications_stay", "nation_publications_remain", "nation_kolada_stays", "nation_kolada_remains"}

func TestReturnsAndEditionsThatWereTamperedWithAreFoundInAFile(t *testing.T) {
	for _, x := range nationTampered {
		s := storetest.Folder(t)
		w := published(t, s)
		w.Write(w.Nora, func(tx *store.Tx) error {
			var all []error
			for _, name := range triggers {
				all = append(all, store.Exec(tx, `DROP TRIGGER `+name))
			}
			for _, statement := range x.statements {
				all = append(all, store.Exec(tx, statement))
			}
			return errors.Join(all...)
		})
		wantsFound(t, s, x.statements[0], x.key)
	}
}

func TestReturnsAndEditionsThatWereTamperedWithAreFoundInPostgres(t *testing.T) {
	p := storetest.StartPostgres(t)
	for _, i := range []int{0, 3, 8, 11, 15, 17, 19, 21, 23} {
		x := nationTampered[i]
		name, address := p.Database()
		s := storetest.Open(t, store.Options{Address: address}, filepath.Join(t.TempDir(), "nycklar"))
		published(t, s)
		for _, statement := range x.statements {
			p.Query(name, statement)
		}
		wantsFound(t, s, x.statements[0], x.key)
	}
}

func TestAnUntouchedNationIsWhole(t *testing.T) {
	s := storetest.Folder(t)
	published(t, s)
	if proofs, err := s.Verify(t.Context(), nil); err != nil || !store.Whole(proofs) {
		t.Errorf("%+v %v", proofs, err)
	}
}
