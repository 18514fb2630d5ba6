package store

import (
	"database/sql"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"foljsam/internal/place"
	"foljsam/internal/record"
)

// A list of what few cases have is read from the index of those alone, never by sorting.
func TestListsOfFewAreReadFromTheirIndex(t *testing.T) {
	r := aRegister(t)
	units, both := []string{"a", "b"}, []record.Standing{record.Open, record.Shut}
	for _, x := range []struct {
		index string
		f     Find
	}{
		{"cases_discuss", Find{Units: units, Standings: both, Discuss: true, Newest: true}},
		{"cases_walk", Find{Units: units, Standings: both, Missing: true}},
		{"cases_walk", Find{Units: units, Standings: both, MissingOrDiscuss: true}},
		{"cases_walk", Find{Units: units[:1], Standings: both, MissingOrDiscuss: true, Before: &record.Cover{ID: "x", Intake: 9000}}},
		{"cases_mine", Find{Worker: "p", Units: units, Standings: both, Missing: true}},
		{"cases_mine", Find{Worker: "p", Units: units, Standings: both, Discuss: true}},
		{"cases_unit", Find{Units: units, Standings: both, Newest: true}},
		{"cases_unit", Find{Units: units, Standings: both[:1], Missing: true}},
		{"cases_unit", Find{Units: units, Standings: both[:1], MissingOrDiscuss: true}},
		{"cases_worker", Find{Worker: "p", Units: units, Standings: both[:1], Missing: true}},
		{"cases_walk", Find{Units: units, Standings: both[1:], MissingOrDiscuss: true}},
		{"cases_due", Find{Units: units, Standings: both, NextBy: 9000}},
	} {
		err := r.Read(t.Context(), func(tx *Tx) error {
			for _, a := range tx.arms(x.f) {
				plan, err := tx.plan(`SELECT `+cover+` FROM cases WHERE `+a.where+x.f.order()+` LIMIT 50`, a.args)
				if err != nil || !strings.Contains(plan, x.index+" ") || strings.Contains(plan, "TEMP B-TREE") || x.f.Before != nil && !strings.Contains(plan, "(intake,id)<(?,?)") {
					t.Errorf("%+v: %s %v", x.f, plan, err)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// aRegister gives an empty register in a file.
func aRegister(t *testing.T) *Register {
	t.Helper()
	dir := t.TempDir()
	keys, err := OpenKeys(filepath.Join(dir, "nycklar"))
	if err != nil {
		t.Fatal(err)
	}
	s, err := Open(t.Context(), Options{Folder: filepath.Join(dir, "data"), Keys: keys, Quick: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	if err := s.AddRegister(t.Context(), place.Register{ID: "nora", Name: "Nora", Unit: "1884", Created: time.Now()}, nil); err != nil {
		t.Fatal(err)
	}
	r, err := s.Register(t.Context(), "nora")
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// Cases are found by what stands for a client or a case code, never by looking through them.
func TestPseudonymsAreFoundByTheirIndex(t *testing.T) {
	r := aRegister(t)
	err := r.Read(t.Context(), func(tx *Tx) error {
		for query, index := range map[string]string{
			`SELECT ` + cover + ` FROM cases WHERE register || '' = ? AND client = ? ORDER BY id`: "cases_client ",
			`SELECT ` + filed + ` FROM cases WHERE register = ? AND code = ?`:                     "cases_code ",
		} {
			plan, err := tx.plan(query, []any{"nora", "x"})
			if err != nil || !strings.Contains(plan, "SEARCH") || !strings.Contains(plan, index) {
				t.Errorf("%s: %v", plan, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// The closed ones are not looked for among thousands of open ones.
func TestClosedCasesAreFoundBesideManyOpen(t *testing.T) {
	r := aRegister(t)
	find := Find{Worker: "p", Units: []string{"a", "b"}, Standings: []record.Standing{record.Shut}, Missing: true}
	for _, index := range []string{"cases_mine ", "cases_worker "} {
		err := r.Write(t.Context(), func(tx *Tx) error {
			for _, a := range tx.arms(find) {
				plan, err := tx.plan(`SELECT `+cover+` FROM cases WHERE `+a.where+find.order()+` LIMIT 50`, a.args)
				if err != nil || !strings.Contains(plan, index) || strings.Contains(plan, "TEMP B-TREE") {
					t.Errorf("%s: %v", plan, err)
				}
			}
			for i := range manyOpen + 1 {
				n, err := tx.c.exec(`INSERT INTO cases (register, id, unit, worker, code, client, previous, codebook, state, intake, closed, next_day, missing, progress, discuss, version, created, changed, changed_by, last_field, answers)
					VALUES ('nora', ?, 'a', 'p', ?, '', '', '', 'oppet', '', '', '', 1, '', 0, 1, '', '', '', '', '{}') ON CONFLICT DO NOTHING`, i, i)
				if err != nil || n > 1 {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func (t *Tx) plan(query string, args []any) (plan string, err error) {
	err = t.c.each(func(rows *sql.Rows) error {
		var id, parent, unused int
		var detail string
		err := rows.Scan(&id, &parent, &unused, &detail)
		plan += detail + " "
		return err
	}, `EXPLAIN QUERY PLAN `+query, args...)
	return plan, err
}
