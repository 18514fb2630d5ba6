package store_test

import (
	"errors"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/fault"
	"foljsam/internal/store"
	"foljsam/internal/store/storetest"
)

// notBound are the tables that the log is not bound to as a whole, and why.
var notBound = map[string]string{
	"cases": "replayed from the revisions", "revisions": "each has a sum of its own", "revisions_by_row": "a list of where they stand", "local_codes": "sealed, and held against the pseudonyms",
	"audit": "the log", "audit_heads": "the log", "signed_heads": "signed", "key_proofs": "proved by the keys", "key_versions": "proved by the keys", "schema_version": "the schema", "installation": "the schema",
	"sessions": "ends by itself", "sign_steps": "ends by itself", "reminders": "no decision", "lookups": "a count", "log_days": "a count", "log_counted": "a count",
	"log_acts": "held against the log", "log_cases": "held against the log", "book_drafts": "a draft", "retention_cases": "a proposal's", "surveys": "how far one has come", "survey_tags": "words beside an answer", "coding_readers": "a list that goes when the exercise is closed",
}

// leftOut are columns that say nothing of what somebody decided.
var leftOut = []string{"register", "people.password_", "people.language", "people.keys_off", "one_time_codes.last_step", "passkeys.uses", "passkeys.used", "nation_publications.body", "codings.answered", "codings.tally"}

// Whoever adds a table decides whether the log is bound to it.
func TestEveryTableIsBoundOrSaysWhyNot(t *testing.T) {
	all := columnsOf(t, storetest.Folder(t))
	bound := store.Bound()
	for table, columns := range all {
		named, is := bound[table]
		if why := notBound[table]; is == (why != "") {
			t.Errorf("%s: in boundTables, or in notBound with a reason", table)
		}
		for _, c := range columns {
			left := slices.Contains(leftOut, c.Name) && table != "grants" && table != "proposals" || slices.Contains(leftOut, table+"."+c.Name)
			if is && left == slices.Contains(strings.Split(named, ", "), c.Name) {
				t.Errorf("%s.%s: bound, or in leftOut", table, c.Name)
			}
		}
	}
	for table := range bound {
		if all[table] == nil {
			t.Errorf("there is no %s", table)
		}
	}
}

// One row of each bound table is changed behind the program; verify names the table.
func TestAChangedRowOfEveryBoundTableIsNamedInAFile(t *testing.T) {
	s := storetest.Folder(t)
	begun(t, s)
	all := withRows(t, s)
	for _, table := range slices.Sorted(maps.Keys(store.Bound())) {
		r := standsIn(t, s, table)
		for _, statement := range behind(table, all[table]) {
			err := r.Write(t.Context(), func(tx *store.Tx) error { return store.Exec(tx, statement) })
			if err != nil && !strings.HasPrefix(statement, "DROP") {
				t.Fatal(table, err)
			}
		}
	}
	wantsTables(t, s, slices.Sorted(maps.Keys(store.Bound())))
}

func TestAChangedRowOfEveryBoundTableIsNamedInPostgres(t *testing.T) {
	all := columnsOf(t, storetest.Folder(t)) // the same in both
	p := storetest.StartPostgres(t)
	name, address := p.Database()
	s := storetest.Open(t, store.Options{Address: address}, filepath.Join(t.TempDir(), "nycklar"))
	begun(t, s)
	fill(t, s, all)
	for table := range store.Bound() {
		p.Query(name, "ALTER TABLE "+table+" DISABLE TRIGGER ALL")
		p.Query(name, changed(table, all[table]))
	}
	wantsTables(t, s, slices.Sorted(maps.Keys(store.Bound())))
}

// What was changed behind the program stands in the log for ever, also when the program has
// changed the table since, and a row that was put there is not told from one that was changed.
func TestAChangeBehindTheProgramIsNotBoundAfterwards(t *testing.T) {
	s := storetest.Folder(t)
	begun(t, s)
	node := s.Node()
	err := node.Write(t.Context(), func(tx *store.Tx) error {
		return store.Exec(tx, `INSERT INTO grants (person, register, unit, role, from_time, till_time) VALUES ('p9', 'nora', '', 'samordnare', '', '')`)
	})
	if err != nil {
		t.Fatal(err)
	}
	wantsTables(t, s, []string{"grants"})
	err = node.Write(t.Context(), func(tx *store.Tx) error {
		return store.ExecWatched(tx, `UPDATE grants SET till_time = 'x' WHERE person = 'p1'`)
	})
	if err != nil {
		t.Fatal(err)
	}
	wantsFound(t, s, "a grant that was put there before another was changed", "store.table_changed_before")
}

// A database of before sums were kept is whole: a table is bound from its first change on.
func TestADatabaseWithoutSumsIsNotCalledBroken(t *testing.T) {
	s := storetest.Folder(t)
	begun(t, s)
	if err := store.ForgetTables(t.Context(), s.Node()); err != nil {
		t.Fatal(err)
	}
	change := func(statement string) {
		if err := s.Node().Write(t.Context(), func(tx *store.Tx) error { return store.Exec(tx, statement) }); err != nil {
			t.Fatal(err)
		}
	}
	change(`UPDATE people SET name = 'y'`)
	wantsTables(t, s, nil)
	if proofs, err := s.Verify(t.Context(), nil); err != nil || !store.Whole(proofs) {
		t.Errorf("%+v %v", proofs, err)
	}
	if err := s.Node().Write(t.Context(), func(tx *store.Tx) error { return store.ExecWatched(tx, `UPDATE people SET name = 'z'`) }); err != nil {
		t.Fatal(err)
	}
	change(`UPDATE people SET name = 'x'`)
	wantsTables(t, s, []string{"people"})
}

// A write that failed, and one that changed nothing, leave no line.
func TestOnlyWhatWasChangedIsBound(t *testing.T) {
	s := storetest.Folder(t)
	begun(t, s)
	before := lines(t, s.Node())
	failed := errors.New("no")
	err := s.Node().Write(t.Context(), func(tx *store.Tx) error {
		return firstOf(store.ExecWatched(tx, `UPDATE grants SET till_time = 'x'`), failed)
	})
	same := s.Node().Write(t.Context(), func(tx *store.Tx) error { return store.ExecWatched(tx, `UPDATE grants SET unit = unit`) })
	seen := s.Node().Write(t.Context(), func(tx *store.Tx) error { return tx.PutSetting("senast.p1", "c1") })
	if !errors.Is(err, failed) || same != nil || seen != nil || lines(t, s.Node()) != before {
		t.Error(err, same, seen, lines(t, s.Node()), before)
	}
	wantsTables(t, s, nil)
}

// begun gives an installation whose logs have begun, with two who have a role.
func begun(t *testing.T, s *store.Store) {
	t.Helper()
	signed(t, s)
	err := s.Node().Write(t.Context(), func(tx *store.Tx) error {
		tx.Audit(audit.Line{At: storetest.Now, Person: "p1", Act: audit.Created})
		return errors.Join(
			tx.AddPerson(access.Person{ID: "p1", Login: "alm", Name: "Alm", Created: storetest.Now}),
			tx.AddGrant(access.Grant{Person: "p1", Register: "nora", Role: access.Caseworker, From: storetest.Now}))
	})
	if err != nil {
		t.Fatal(err)
	}
}

func lines(t *testing.T, r *store.Register) (n int64) {
	t.Helper()
	at, err := r.VerifyAudit(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return at.Seq
}

func columnsOf(t *testing.T, s *store.Store) (all map[string][]store.Column) {
	t.Helper()
	if err := s.Node().Read(t.Context(), func(tx *store.Tx) (err error) { all, err = store.Columns(tx); return err }); err != nil {
		t.Fatal(err)
	}
	return all
}

func standsIn(t *testing.T, s *store.Store, table string) *store.Register {
	t.Helper()
	if store.StandsWithTheNode(table) {
		return s.Node()
	}
	r, err := s.Register(t.Context(), "nora")
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func withRows(t *testing.T, s *store.Store) map[string][]store.Column {
	all := columnsOf(t, s)
	fill(t, s, all)
	return all
}

// fill puts a row in each bound table as the program does, and takes it that nothing is wrong
// with the tables then.
func fill(t *testing.T, s *store.Store, all map[string][]store.Column) {
	t.Helper()
	for table := range store.Bound() {
		if table == "registers" {
			continue // there are some, and one more would have to be there
		}
		var names, marks []string
		var values []any
		for _, c := range all[table] {
			names, marks = append(names, c.Name), append(marks, "?")
			switch c.Kind {
			case "TEXT":
				values = append(values, map[bool]string{true: "nora", false: "z"}[c.Name == "register"])
			case "INTEGER":
				values = append(values, 7)
			default:
				values = append(values, []byte("z"))
			}
		}
		err := standsIn(t, s, table).Write(t.Context(), func(tx *store.Tx) error {
			if table == "settings" {
				return tx.PutSetting("slag", "z")
			}
			return store.ExecWatched(tx, `INSERT INTO `+table+` (`+strings.Join(names, ", ")+`) VALUES (`+strings.Join(marks, ", ")+`)`, values...)
		})
		if err != nil {
			t.Fatal(table, err)
		}
	}
	wantsTables(t, s, nil)
}

// behind gives what changes one row of a table, past the triggers that keep it.
func behind(table string, columns []store.Column) []string {
	var all []string
	for _, trigger := range []string{"_stay", "_remain", "_stays", "_remains"} {
		all = append(all, "DROP TRIGGER IF EXISTS "+table+trigger)
	}
	return append(all, changed(table, columns))
}

// changed changes the last bound column of a row: 'z' to 'y', or a number.
func changed(table string, columns []store.Column) string {
	if table == "registers" {
		return "UPDATE registers SET created = 'y' WHERE id = 'nora'"
	}
	bound := strings.Split(store.Bound()[table], ", ")
	last := bound[len(bound)-1]
	for _, c := range columns {
		if c.Name == last && c.Kind == "INTEGER" {
			return "UPDATE " + table + " SET " + last + " = 8 WHERE " + last + " = 7"
		}
	}
	return "UPDATE " + table + " SET " + last + " = 'y' WHERE " + last + " = 'z'"
}

// wantsTables takes it that verify names these tables and no other.
func wantsTables(t *testing.T, s *store.Store, want []string) {
	t.Helper()
	proofs, err := s.Verify(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	var named []string
	for _, p := range proofs {
		for _, found := range p.Faults {
			e := new(fault.Error)
			if !errors.As(found, &e) || e.Key != "store.table_changed" && e.Key != "store.table_changed_before" {
				continue
			}
			for i, arg := range e.Args {
				if arg == "table" {
					named = append(named, e.Args[i+1].(string))
				}
			}
		}
	}
	slices.Sort(named)
	if !slices.Equal(slices.Compact(named), want) {
		t.Errorf("named %v, want %v", named, want)
	}
}
