package store_test

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"foljsam/internal/audit"
	"foljsam/internal/fault"
	"foljsam/internal/store"
	"foljsam/internal/store/storetest"
)

// longLine is a line of a log in which two acts are seldom and three cases are worked with in turn.
func longLine(i int) audit.Line {
	l := audit.Line{At: storetest.Now.Add(time.Duration(i) * time.Minute), Person: "p1", Role: "handlaggare", Act: audit.Changed, Case: fmt.Sprint("c_", i/300%3)}
	switch i % 100 {
	case 7:
		l.Act, l.Case, l.About = audit.GaveCode, "", "p2"
	case 8:
		l.Act = audit.Recoded
	}
	return l
}

func writeLong(w *storetest.World, from, to int) {
	w.Write(w.Nora, func(tx *store.Tx) error {
		for i := from; i < to; i++ {
			tx.Audit(longLine(i))
		}
		return nil
	})
}

// wantLines checks what is found in a log of longLines against the lines themselves.
func wantLines(t *testing.T, r *store.Register, n int) {
	t.Helper()
	want := func(has func(audit.Line) bool) (seqs []int64) {
		for i := range n {
			if has(longLine(i)) {
				seqs = append(seqs, int64(i)+1)
			}
		}
		return seqs
	}
	seqs := func(lines []audit.Line, err error) (all []int64) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range lines {
			all = append(all, l.Seq)
		}
		return all
	}
	isSeldom := func(l audit.Line) bool { return l.Act == audit.GaveCode || l.Act == audit.Recoded }
	err := r.Read(t.Context(), func(tx *store.Tx) error {
		if got := seqs(tx.AuditActs(time.Time{}, audit.GaveCode, audit.Recoded)); !slices.Equal(got, want(isSeldom)) {
			t.Errorf("seldom acts: %v", got)
		}
		late := storetest.Now.Add(time.Duration(n/2) * time.Minute)
		if got := seqs(tx.AuditActs(late, audit.Recoded)); !slices.Equal(got, want(func(l audit.Line) bool { return l.Act == audit.Recoded && !l.At.Before(late) })) {
			t.Errorf("since: %v", got)
		}
		all := want(isSeldom)
		slices.Reverse(all)
		if got := seqs(tx.AuditActsBefore(all[2], 3, audit.GaveCode, audit.Recoded)); !slices.Equal(got, all[3:6]) {
			t.Errorf("before %d: %v", all[2], got)
		}
		for _, id := range []string{"c_0", "c_1", "c_2", "c%"} {
			if got := seqs(tx.AuditOf(id)); !slices.Equal(got, want(func(l audit.Line) bool { return l.Case == id })) {
				t.Errorf("%s: %d lines", id, len(got))
			}
		}
		_, err := tx.AuditActs(time.Time{}, audit.Read)
		storetest.Wants(t, err, fault.Internal, "store.failed")
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

// Lines are found by what they say however many of them have been counted.
func TestLinesAreFoundCountedOrNot(t *testing.T) {
	w := storetest.NewWorld(t, storetest.Folder(t))
	const n = 2000
	writeLong(w, 0, n)
	for _, some := range []int{0, 1, 255, 1, 300, 999, 1000} {
		w.Write(w.Nora, func(tx *store.Tx) error { _, err := tx.CountLog(time.UTC, max(some, 1)); return err })
		wantLines(t, w.Nora, n)
	}
	w.Read(w.Nora, func(tx *store.Tx) error {
		if left, err := tx.Uncounted(); left != 0 || err != nil {
			t.Error(left, err)
		}
		if _, err := w.Nora.VerifyAudit(t.Context()); err != nil {
			t.Error(err)
		}
		return nil
	})
}

// A database in which lines were counted before there was a list of where they stand gets one, by
// the step of the schema that makes it.
func TestALogThatIsCountedIsListed(t *testing.T) {
	for name, open := range map[string]func(testing.TB) store.Options{
		"sqlite": func(t testing.TB) store.Options { return store.Options{Folder: filepath.Join(t.TempDir(), "data")} },
		"postgres": func(t testing.TB) store.Options {
			_, address := storetest.StartPostgres(t).Database()
			return store.Options{Address: address, BackedUp: true}
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := storetest.NewWorld(t, storetest.Open(t, open(t), filepath.Join(t.TempDir(), "nycklar")))
			writeLong(w, 0, 1500)
			step, err := fs.ReadFile(store.Schemas, "schema/"+name+"/0015_log_places.sql")
			if err != nil {
				t.Fatal(err)
			}
			_, fills, _ := strings.Cut(string(step), "INSERT INTO log_acts")
			w.Write(w.Nora, func(tx *store.Tx) error {
				err := errors.Join(store.Exec(tx, `INSERT INTO log_counted (register, seq) VALUES ('nora', 1000)`),
					store.Exec(tx, `INSERT INTO log_days (register, day, person, role, act, n, night) VALUES ('nora', '2026-11-22', 'p1', 'handlaggare', 'andrade_arende', 1000, 0)`))
				for statement := range strings.SplitSeq(strings.TrimSpace("INSERT INTO log_acts"+fills), ";\n") {
					if strings.HasPrefix(statement, "INSERT") {
						err = errors.Join(err, store.Exec(tx, statement))
					}
				}
				return err
			})
			r := w.Nora
			wantLines(t, r, 1500)
			err = r.Read(t.Context(), func(tx *store.Tx) error {
				n, err := store.Number(tx, `SELECT COUNT(*) FROM log_acts`)
				parts, err2 := store.Number(tx, `SELECT COUNT(*) FROM log_cases`)
				if n != 20 || parts != 7 { // of 1000 lines; c_0 in the parts 0, 1 and 3, c_1 in 1 and 2, c_2 in 2 and 3
					t.Error(n, parts)
				}
				return errors.Join(err, err2)
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
}

// What stands beside the log is compared with it.
func TestALineTakenFromTheListIsNoticed(t *testing.T) {
	for name, statement := range map[string]string{
		"an act":       `DELETE FROM log_acts WHERE register = 'nora' AND seq = 8`,
		"another line": `UPDATE log_acts SET seq = 7 WHERE register = 'nora' AND seq = 8`,
		"a case":       `DELETE FROM log_cases WHERE register = 'nora' AND part = 1`,
		"one too many": `INSERT INTO log_cases (register, case_id, part) VALUES ('nora', 'c_9', 1)`,
	} {
		w := storetest.NewWorld(t, storetest.Folder(t))
		writeLong(w, 0, 600)
		w.Write(w.Nora, func(tx *store.Tx) error { _, err := tx.CountLog(time.UTC, 555); return err })
		found := func() (all []string) {
			proofs, err := w.Store.Verify(t.Context(), nil)
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range proofs {
				for _, err := range p.Faults {
					var e *fault.Error
					if errors.As(err, &e) {
						all = append(all, e.Key)
					}
				}
			}
			return all
		}
		if before := found(); slices.Contains(before, "store.log_places") {
			t.Error(before)
		}
		w.Write(w.Nora, func(tx *store.Tx) error { return store.Exec(tx, statement) })
		if after := found(); !slices.Contains(after, "store.log_places") {
			t.Errorf("%s: %v", name, after)
		}
	}
}

// What the step of the schema took for common acts is still: a line of an act that has become
// seldom since would stand in no list.
func TestActsThatWereCommonAreStill(t *testing.T) {
	for _, dialect := range []string{"sqlite", "postgres"} {
		text, err := fs.ReadFile(store.Schemas, "schema/"+dialect+"/0015_log_places.sql")
		if err != nil {
			t.Fatal(err)
		}
		list := regexp.MustCompile(`act NOT IN \(([^)]*)\)`).FindStringSubmatch(string(text))
		if list == nil {
			t.Fatal("no list in the step")
		}
		acts := strings.Split(list[1], ", ")
		for _, act := range acts {
			if audit.Act(strings.Trim(act, "'")).IsSeldom() {
				t.Errorf("%s: the step took %s for common; a new step must list its lines", dialect, act)
			}
		}
		if len(acts) < 10 {
			t.Error(acts)
		}
	}
}
