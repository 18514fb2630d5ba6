package store_test

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"foljsam/internal/audit"
	"foljsam/internal/codebook"
	"foljsam/internal/fault"
	"foljsam/internal/place"
	"foljsam/internal/record"
	"foljsam/internal/store"
	"foljsam/internal/store/storetest"
)

// tampered is what somebody who can write in the database may do, and what is said of it.
var tampered = []struct{ statement, key string }{
	{`UPDATE cases SET answers = replace(answers, '41', '42') WHERE id = 'nora-0001'`, "backup.not_replayed"},
	{`UPDATE cases SET version = 9 WHERE id = 'nora-0001'`, "backup.not_replayed"},
	{`UPDATE cases SET client = 'x' WHERE id = 'nora-0001'`, "backup.other_pseudonym"},
	{`UPDATE cases SET code = 'x' WHERE id = 'nora-0001'`, "backup.other_pseudonym"},
	{`UPDATE cases SET id = 'nora-0001b' WHERE id = 'nora-0001'`, "backup.stray_revision"},
	{`UPDATE cases SET unit = 'x' WHERE id = 'nora-0001'`, "backup.no_unit"},
	{`UPDATE cases SET codebook = 'su-kvinnofrid/2020' WHERE id = 'nora-0001'`, "backup.revision_changed"},
	{`UPDATE cases SET previous = 'x' WHERE id = 'nora-0001'`, "backup.no_previous"},
	{`UPDATE revisions SET changes = replace(changes, '30', '31') WHERE case_id = 'nora-0001' AND version = 2`, "backup.not_replayed"},
	{`UPDATE revisions SET person = 'p2' WHERE case_id = 'nora-0001' AND version = 2`, "backup.revision_changed"},
	{`UPDATE revisions SET at = '2020-01-01T00:00:00.000000Z' WHERE case_id = 'nora-0001' AND version = 1`, "backup.revision_changed"},
	{`UPDATE revisions SET case_id = 'nora-0001b' WHERE case_id = 'nora-0001' AND version = 2`, "backup.revision_gone"},
	{`UPDATE revisions SET version = 7 WHERE case_id = 'nora-0001' AND version = 2`, "backup.not_replayed"},
	{`UPDATE local_codes SET case_id = 'x' WHERE case_id = 'nora-0001'`, "backup.no_codes"},
	{`UPDATE local_codes SET case_code = client_code WHERE case_id = 'nora-0001'`, "backup.code_unread"},
	{`UPDATE audit SET body = replace(body, 'p1', 'p2') WHERE register = 'nora' AND seq = 3`, "audit.broken"},
	{`UPDATE audit SET hash = '' WHERE register = 'nora' AND seq = 3`, "audit.broken"},
	{`UPDATE audit SET seq = 900 WHERE register = 'nora' AND seq = 3`, "audit.gap"},
	{`UPDATE audit_heads SET seq = seq - 1 WHERE register = 'nora'`, "audit.broken"},
	{`UPDATE cases SET state = 'avslutad' WHERE id = 'nora-0001'`, "store.case_columns"},
	{`UPDATE cases SET intake = '2020-01-01' WHERE id = 'nora-0001'`, "store.case_columns"},
	{`UPDATE cases SET closed = '2020-01-01' WHERE id = 'nora-0001'`, "store.case_columns"},
	{`UPDATE cases SET worker = 'p2' WHERE id = 'nora-0001'`, "store.case_columns"},
	{`UPDATE cases SET discuss = 1 WHERE id = 'nora-0001'`, "store.case_columns"},
	{`INSERT INTO deliveries (register, id, at, person, role, recipient, from_day, till_day, scope, coverage, codebook, cases, texts, hash) VALUES ('nora', 'd', '', 'p1', '', 'SU', '', '', 1, 1, '', 9, 0, '')`, "store.delivery_unknown"},
	{`INSERT INTO figure_returns (register, year, unit, edition, id, at, person, role, scope, reading, codebook, counts, hash) VALUES ('nora', 2025, '1884', 2, 'n', '', 'p1', '', 1, '', '', '["saknas","saknas","saknas"]', '')`, "store.return_unknown"},
	{`INSERT INTO figure_sent (register, id, at, person, role, way) VALUES ('nora', 'n', '', 'p1', '', '')`, "store.return_unknown"},
	{`INSERT INTO surveys (register, id, case_id, mode, lang, state, given, person, role, changed, ends, hash, step, base, first, first_by) VALUES ('nora', 's', 'x', '', '', '', '', '', '', '', '', '', 0, 0, '', '')`, "store.stray_survey"},
	{`INSERT INTO survey_tags (register, case_id, field, tag, at, person) VALUES ('nora', 'x', '', '', '', '')`, "store.stray_survey"},
	{`INSERT INTO figure_decisions (register, year, case_id, doubt, version, verdict, note, at, person, role) VALUES ('nora', 2025, 'x', 'mal', 1, '', '', '', 'p1', '')`, "store.stray_decision"},
	{`INSERT INTO retentions (register, id, state, years, before_day, proposed, proposed_by, proposed_role, cases, excluded, oldest, newest, decided, decided_by, decided_role, deleted, hashes, scrubbed) VALUES ('nora', 'r', 'genomford', 1, '', '', 'p1', '', 1, 0, '', '', '', 'p2', '', 1, 'abc', '')`, "store.retention_unknown"},
	{`UPDATE signed_heads SET signature = '' WHERE register = 'nora'`, "audit.head_forged"},
	{`UPDATE signed_heads SET seq = seq - 1 WHERE register = 'nora'`, "audit.head_forged"},
}

func TestWhatWasTamperedWithIsFoundInAFile(t *testing.T) {
	for _, x := range tampered {
		s := storetest.Folder(t)
		w := signed(t, s)
		w.Write(w.Nora, func(tx *store.Tx) error { return store.Exec(tx, x.statement) })
		wantsFound(t, s, x.statement, x.key)
	}
}

// PostgreSQL refuses it by an index of its own; a file has none.
func TestACaseCodeThatTwoHaveIsFoundInAFile(t *testing.T) {
	s := storetest.Folder(t)
	w := signed(t, s)
	const same = `UPDATE cases SET code = (SELECT max(code) FROM cases)`
	w.Write(w.Nora, func(tx *store.Tx) error { return store.Exec(tx, same) })
	wantsFound(t, s, same, "store.code_twice")
}

func TestWhatWasTamperedWithIsFoundInPostgres(t *testing.T) {
	p := storetest.StartPostgres(t)
	for i, x := range tampered {
		if i%3 != 0 { // the same is asked of both
			continue
		}
		name, address := p.Database()
		s := storetest.Open(t, store.Options{Address: address}, filepath.Join(t.TempDir(), "nycklar"))
		signed(t, s)
		p.Query(name, x.statement)
		wantsFound(t, s, x.statement, x.key)
	}
}

// Whoever knows how a case is kept can write a save that follows from the others. The log has
// no line that it is bound to.
func TestASaveThatTheLogDoesNotKnowIsFound(t *testing.T) {
	s := storetest.Folder(t)
	w := signed(t, s)
	w.Write(w.Nora, func(tx *store.Tx) error {
		return errors.Join(
			store.Exec(tx, `INSERT INTO revisions (register, case_id, version, at, person, role, act, changes) SELECT register, case_id, 3, at, person, role, act, '[]' FROM revisions WHERE case_id = 'nora-0001' AND version = 2`),
			store.Exec(tx, `UPDATE cases SET version = 3 WHERE id = 'nora-0001'`))
	})
	wantsFound(t, s, "a save of one's own", "backup.revision_unknown")
}

// A case that was moved to another unit behind the program would be seen there, and by no line of
// the log. One that was opened before that was bound is not called changed.
func TestACaseMovedToAnotherUnitIsFound(t *testing.T) {
	s := storetest.Folder(t)
	w := signed(t, s)
	w.Write(w.Nora, func(tx *store.Tx) error {
		c, changes, err := storetest.Case(codebook.Default(), "nora-9999", nil)
		if err == nil {
			err = tx.PutCodes(c, "A-9999", "K-9999")
		}
		tx.Audit(audit.Line{At: storetest.Now, Person: "p1", Act: audit.Opened, Case: c.ID})
		return errors.Join(err, tx.AddCase(codebook.Default(), c, store.Revision{Version: 1, At: storetest.Now, Person: "p1", Act: audit.Opened, Changes: changes}),
			tx.PutUnit(place.Unit{ID: "norr", Name: "Enhet Norr", Area: "1884", From: storetest.Now}))
	})
	if proofs, err := s.Verify(t.Context(), nil); err != nil || !store.Whole(proofs) {
		t.Fatalf("%+v %v", proofs, err)
	}
	w.Write(w.Nora, func(tx *store.Tx) error {
		return store.Exec(tx, `UPDATE cases SET unit = 'norr' WHERE id = 'nora-0001'`)
	})
	wantsFound(t, s, "a case in another unit", "backup.revision_changed")
}

// Whoever names a case in a proposal of one's own may delete it, and all that was of it.
func TestACaseThatWasTakenAwayIsFound(t *testing.T) {
	s := storetest.Folder(t)
	w := signed(t, s)
	w.Write(w.Nora, func(tx *store.Tx) error {
		err := store.Exec(tx, `INSERT INTO retention_cases (register, case_id, retention) VALUES ('nora', 'nora-0001', 'x')`)
		for _, table := range []string{"revisions WHERE case_id", "local_codes WHERE case_id", "cases WHERE id", "retention_cases WHERE case_id"} {
			err = errors.Join(err, store.Exec(tx, `DELETE FROM `+table+` = 'nora-0001'`))
		}
		return err
	})
	wantsFound(t, s, "a case taken away", "store.case_gone")
}

// What was deleted by the rule, and what has left, is as the log says.
func TestWhatWasDeletedByTheRuleIsNoFault(t *testing.T) {
	s := storetest.Folder(t)
	w := signed(t, s)
	w.Write(w.Nora, func(tx *store.Tx) error {
		err := tx.ProposeRetention(store.Retention{ID: "r", Years: 1, Proposed: storetest.Now}, []string{"nora-0001"})
		hash, deleted := tx.DeleteCase("nora-0001")
		tx.Audit(audit.Line{At: storetest.Now, Person: "p1", Act: audit.Retained, N: 1})
		tx.Audit(audit.Line{At: storetest.Now, Person: "p1", Act: audit.Delivered, Fields: []string{"d"}})
		tx.Audit(audit.Line{At: storetest.Now, Person: "p1", Act: audit.FigureReturned, Fields: []string{"n", "abc"}})
		tx.Audit(audit.Line{At: storetest.Now, Person: "p1", Act: audit.FigureSent, Fields: []string{"n"}})
		return errors.Join(err, deleted, tx.EndRetention(store.Retention{ID: "r", State: store.RetentionDone, Deleted: 1, Hashes: []string{hash}}),
			tx.AddDelivery(store.Delivery{ID: "d", At: storetest.Now, Person: "p1"}),
			tx.AddFigureReturn(store.FigureReturn{ID: "n", Year: 2025, Unit: "1884", Edition: 1, At: storetest.Now, Person: "p1", Hash: "abc"}),
			tx.MarkFigureSent("n", store.FigureSent{At: storetest.Now, Person: "p1", Way: "fil"}))
	})
	if proofs, err := s.Verify(t.Context(), nil); err != nil || !store.Whole(proofs) {
		t.Errorf("%+v %v", proofs, err)
	}
	w.Write(w.Nora, func(tx *store.Tx) error { return store.Exec(tx, `UPDATE figure_returns SET hash = 'abd'`) })
	wantsFound(t, s, "another return than was logged", "store.return_unknown")
	w.Write(w.Nora, func(tx *store.Tx) error { return store.Exec(tx, `DELETE FROM figure_sent`) })
	wantsFound(t, s, "a return that is no longer said to be sent", "store.return_gone")
}

// A row that nothing else is held against is read all the same: what cannot be read is noticed,
// and would be in no backup either.
func TestARowThatCannotBeReadIsFound(t *testing.T) {
	s := storetest.Folder(t)
	w := signed(t, s)
	w.Write(w.Nora, func(tx *store.Tx) error {
		return errors.Join(store.Exec(tx, `CREATE TABLE others (x REAL)`), store.Exec(tx, `INSERT INTO others VALUES (1.5)`))
	})
	if proofs, err := s.Verify(t.Context(), nil); err != nil || len(proofs[1].Faults) != 1 {
		t.Errorf("%+v %v", proofs, err)
	}
}

// signed gives an installation with cases and signed heads, where nothing is wrong.
func signed(t *testing.T, s *store.Store) *storetest.World {
	t.Helper()
	w := withCases(t, s, 2)
	if _, err := s.SignHeads(t.Context(), storetest.Now); err != nil {
		t.Fatal(err)
	}
	proofs, err := s.Verify(t.Context(), nil)
	if err != nil || !store.Whole(proofs) || proofs[1].Register != "nora" || proofs[1].Cases != 2 || proofs[1].Revisions != 4 || proofs[1].Codes != 2 || proofs[1].Signed != 1 || proofs[1].Lines != 6 {
		t.Fatalf("%+v %v", proofs, err)
	}
	return w
}

func wantsFound(t *testing.T, s *store.Store, what, key string) {
	t.Helper()
	proofs, err := s.Verify(t.Context(), nil)
	if err != nil {
		t.Errorf("%s: %v", what, err)
		return
	}
	for _, p := range proofs {
		for _, found := range p.Faults {
			if e := new(fault.Error); errors.As(found, &e) && e.Key == key {
				return
			}
		}
	}
	t.Errorf("%s: found %+v; want %s", what, proofs, key)
}

// Somebody with the whole machine can put back yesterday's files, keys and all. Whoever holds
// a signed head from later sees it.
func TestAnEarlierDatabaseIsNoticedByAHeadHeldOutside(t *testing.T) {
	dir := t.TempDir()
	data, keys := filepath.Join(dir, "data"), filepath.Join(dir, "nycklar")
	s := storetest.Open(t, store.Options{Folder: data}, keys)
	w := withCases(t, s, 2)
	closed(t, s)
	before := filesIn(t, data)

	s = storetest.Open(t, store.Options{Folder: data}, keys)
	r, err := s.Register(t.Context(), "nora")
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Write(t.Context(), func(tx *store.Tx) error { return storetest.File(tx, w.CB, "ny", "ny", "ny", nil) }); err != nil {
		t.Fatal(err)
	}
	outside, err := s.SignHeads(t.Context(), storetest.Now)
	if err != nil {
		t.Fatal(err)
	}
	closed(t, s)
	for name, content := range before {
		if err := os.WriteFile(filepath.Join(data, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s = storetest.Open(t, store.Options{Folder: data}, keys)
	if proofs, err := s.Verify(t.Context(), nil); err != nil || !store.Whole(proofs) {
		t.Error("an earlier database is whole in itself:", proofs, err)
	}
	wantsOutside(t, s, outside, "backup.rolled_back")

	r, _ = s.Register(t.Context(), "nora") // and goes on otherwise
	if err := r.Write(t.Context(), func(tx *store.Tx) error {
		return storetest.Answer(tx, w.CB, "nora-0001", map[string]record.Answer{"14": storetest.Text("50")})
	}); err != nil {
		t.Fatal(err)
	}
	wantsOutside(t, s, outside, "backup.other_log")
}

func wantsOutside(t *testing.T, s *store.Store, outside []audit.SignedHead, key string) {
	t.Helper()
	proofs, err := s.Verify(t.Context(), outside)
	if err != nil || len(proofs[1].Faults) != 1 {
		t.Fatalf("%+v %v", proofs, err)
	}
	storetest.Wants(t, proofs[1].Faults[0], fault.Invalid, key)
}

func closed(t *testing.T, s *store.Store) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

func filesIn(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	all := map[string][]byte{}
	names, err := filepath.Glob(filepath.Join(dir, "*.db"))
	for _, name := range names {
		b, read := os.ReadFile(name)
		all[filepath.Base(name)], err = b, firstOf(err, read)
	}
	if err != nil || len(all) == 0 {
		t.Fatal(err)
	}
	return all
}

// The encryption garbles a whole page where one byte of it is another. A page that is not in
// use is read by nobody, and what was there is nobody's: here there are none.
func TestAFlippedByteInAFileIsNoticed(t *testing.T) {
	dir := t.TempDir()
	data, keys := filepath.Join(dir, "data"), filepath.Join(dir, "nycklar")
	s := storetest.Open(t, store.Options{Folder: data}, keys)
	w := signed(t, s)
	for _, r := range []*store.Register{w.Nora, s.Node()} {
		w.Read(r, func(tx *store.Tx) error {
			if n, err := store.Number(tx, "PRAGMA freelist_count"); n != 0 || err != nil {
				t.Fatalf("%d pages are not in use %v", n, err)
			}
			return nil
		})
	}
	closed(t, s)
	random := rand.New(rand.NewPCG(1, 2))
	tries := 0
	for name, whole := range filesIn(t, data) {
		step := map[string]int{"nora.db": 4096, "nod.db": 3 * 4096}[name]
		for page := 0; page < len(whole) && step > 0; page += step { // Ale's is as Nora's; the lock holds nothing
			at := page + random.IntN(min(4096, len(whole)-page))
			flipped := bytes.Clone(whole)
			flipped[at] ^= 1 << random.IntN(8)
			write(t, filepath.Join(data, name), flipped)
			if tries++; unnoticed(t, data, keys) {
				t.Errorf("%s, byte %d of %d: not noticed", name, at, len(whole))
			}
		}
		write(t, filepath.Join(data, name), whole)
	}
	if !unnoticed(t, data, keys) || tries < 30 {
		t.Error("whole files are not whole", tries)
	}
}

func write(t *testing.T, path string, content []byte) {
	t.Helper()
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
}

// unnoticed tells whether an installation opens and nothing is found to be wrong with it.
func unnoticed(t *testing.T, data, keyFile string) bool {
	t.Helper()
	keys, err := store.OpenKeys(keyFile)
	if err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(t.Context(), store.Options{Folder: data, Keys: keys})
	if err != nil {
		return false
	}
	defer s.Close()
	proofs, err := s.Verify(t.Context(), nil)
	return err == nil && store.Whole(proofs)
}
