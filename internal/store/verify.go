package store

import (
	"context"
	"crypto/ed25519"
	"database/sql"
	"fmt"

	"foljsam/internal/audit"
	"foljsam/internal/fault"
	"foljsam/internal/record"
)

// Verify goes through everything there is: the database's own structure, every line of every
// log, every signed head, every case with its revisions and its sealed codes. Heads that
// somebody holds outside are compared with the logs. The error is of what could not be read
// at all; what is wrong is in the proofs.
func (s *Store) Verify(ctx context.Context, outside []audit.SignedHead) ([]Proof, error) {
	public, err := s.PublicKey()
	if err != nil {
		return nil, err
	}
	all, err := s.AllRegisters(ctx)
	if err != nil {
		return nil, err
	}
	var proofs []Proof
	held := map[string]bool{}
	for _, r := range all {
		v := &verifier{ctx: ctx, public: public, did: Proof{Register: r.id}, lost: map[int]bool{}, bound: map[string]int{}, logged: newLogged(), national: newNationLog(), tables: map[string]string{}}
		held[r.id] = true
		for _, h := range outside {
			if h.Register == r.id {
				v.outside = append(v.outside, h)
			}
		}
		noted, err := s.notedHead(ctx, r.id)
		v.found(err)
		v.outside = append(v.outside, noted...)
		if err := r.Read(ctx, v.all); err != nil {
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			v.found(err)
		}
		proofs = append(proofs, v.did)
	}
	for _, h := range outside {
		if !held[h.Register] {
			proofs = append(proofs, Proof{Register: h.Register, Faults: []error{fault.New(fault.Invalid, "backup.head_no_register", "register", h.Register)}})
			held[h.Register] = true
		}
	}
	return proofs, nil
}

// verifier goes through one register.
type verifier struct {
	ctx      context.Context
	public   ed25519.PublicKey
	outside  []audit.SignedHead
	did      Proof
	bound    map[string]int    // case id → the last revision that the log is bound to
	logged   logged            // what the log says that there should be
	national nationLog         // what the log says of the nation's register
	gone     []string          // cases of which a revision that the log knows is not there
	listed   logPlaces         // what should stand beside the log of where in it something is
	tables   map[string]string // name of a bound table → its sum as the log said last
	changed  []error           // what does not have the sum that the log says
	lost     map[int]bool      // versions of the key to codes that are said to be lost
}

// say notes a fault. Nothing that stands in a row is ever in it but ids.
func (v *verifier) say(key string, args ...any) {
	v.found(v.fault(key, args...))
}

func (v *verifier) fault(key string, args ...any) error {
	return fault.New(fault.Invalid, key, append([]any{"register", v.did.Register}, args...)...)
}

// all runs each part; one that cannot be read is told of, and the next is tried, unless the
// transaction is lost with it.
func (v *verifier) all(t *Tx) error {
	for _, part := range []func(*Tx) error{v.structure, v.log, v.tablesNow, v.places, v.heads, v.cases, v.casesGone, v.deliveries, v.nation, v.strays, v.rest} {
		if err := v.ctx.Err(); err != nil {
			return err
		}
		err := part(t)
		if err == nil {
			continue
		}
		v.found(t.c.translate(err))
		if t.c.d.remote {
			return nil // the transaction is over
		}
	}
	return nil
}

// structure lets SQLite look through every page in use. A PostgreSQL server has means of its
// own: page checksums, pg_amcheck.
func (v *verifier) structure(t *Tx) error {
	if t.c.d.remote {
		return nil
	}
	return t.c.each(func(rows *sql.Rows) error {
		var said string
		if err := rows.Scan(&said); err != nil {
			return err
		}
		if said != "ok" && len(v.did.Faults) == 0 {
			v.say("backup.structure")
		}
		return nil
	}, "PRAGMA integrity_check(10)")
}

// log follows the chain from its beginning to its head.
func (v *verifier) log(t *Tx) error {
	head, err := t.AuditHead()
	if err != nil {
		return err
	}
	if v.listed.last, err = t.counted(); err != nil {
		return err
	}
	at := audit.Head{}
	for at.Seq < head.Seq {
		lines, err := t.AuditLines(at.Seq, 5000)
		if err != nil {
			return err
		}
		if len(lines) == 0 {
			return fault.New(fault.Invalid, "audit.gap", "nr", at.Seq+1)
		}
		if at, err = audit.Verify(at, lines); err != nil {
			return err
		}
		if err := v.boundBy(t, lines); err != nil {
			return err
		}
	}
	for _, wrong := range v.changed {
		v.found(wrong)
	}
	if err := v.revisionsGone(t); err != nil {
		return err
	}
	v.did.Lines, v.did.Head = at.Seq, at
	if after, err := t.AuditLines(head.Seq, 1); err != nil || len(after) > 0 || at != head {
		return firstOf(err, fault.New(fault.Invalid, "audit.broken", "nr", head.Seq))
	}
	return nil
}

// heads compares the signed heads, those here and those held outside, with the chain.
func (v *verifier) heads(t *Tx) error {
	mine, err := t.SignedHeads(0)
	if err != nil {
		return err
	}
	head, err := t.AuditHead()
	if err != nil {
		return err
	}
	for i, h := range append(mine, v.outside...) {
		if err := h.Check(v.public); err != nil {
			v.found(err)
			continue
		}
		if h.Seq > head.Seq {
			v.say("backup.rolled_back", "nr", h.Seq, "have", head.Seq)
			continue
		}
		hash, err := t.hashAt(h.Seq)
		if err != nil {
			return err
		}
		if hash != h.Hash {
			v.say("backup.other_log", "nr", h.Seq)
			continue
		}
		if i < len(mine) {
			v.did.Signed++
		}
	}
	return nil
}

// hashAt gives the hash of a line, empty before the first.
func (t *Tx) hashAt(seq int64) (hash string, err error) {
	if seq > 0 {
		_, err = t.c.one([]any{&hash}, `SELECT hash FROM audit WHERE register = ? AND seq = ?`, t.r.id, seq)
	}
	return hash, err
}

// atOnce is how many cases are gone through together.
const atOnce = 400

// cases replays the revisions of every case and opens every code.
func (v *verifier) cases(t *Tx) error {
	keys, err := t.KeyVersions()
	if err != nil {
		return err
	}
	for _, k := range keys {
		if k.Purpose == codeKey && k.Reason == KeyLost {
			v.lost[k.Version] = true
		}
	}
	last := ""
	for {
		if err := v.ctx.Err(); err != nil {
			return err
		}
		filed, err := t.casesAfter(last, atOnce)
		if err != nil || len(filed) == 0 {
			return err
		}
		from := last
		last = filed[len(filed)-1].ID
		revisions, err := t.revisionsBetween(from, last)
		if err != nil {
			return err
		}
		codes, err := t.codesBetween(from, last)
		if err != nil {
			return err
		}
		if err := v.covers(t, filed); err != nil {
			return err
		}
		for _, c := range filed {
			v.one(t, c, revisions[c.ID], codes[c.ID])
			delete(revisions, c.ID)
			delete(codes, c.ID)
		}
		for id := range revisions {
			v.say("backup.stray_revision", "id", id)
		}
		for id := range codes {
			v.say("backup.stray_codes", "id", id)
		}
	}
}

// one goes through one case.
func (v *verifier) one(t *Tx, c *record.Filed, revisions []Revision, codes []sealedPair) {
	v.did.Cases++
	v.did.Revisions += int64(len(revisions))
	v.did.Codes += int64(len(codes))
	if !follows(c, revisions) {
		v.say("backup.not_replayed", "id", c.ID)
	}
	if last, known := v.bound[c.ID]; known && last != c.Form.Version {
		v.say("backup.revision_unknown", "id", c.ID)
	}
	if len(codes) == 0 {
		v.say("backup.no_codes", "id", c.ID)
	}
	for i, x := range codes {
		caseCode, clientCode, err := t.r.unsealBoth(c.ID, x.version, x.caseCode, x.client)
		switch gone := IsLostCode(caseCode) || IsLostCode(clientCode); {
		case gone && v.lost[x.key]: // the key is said to be lost: what is gone is no fault of the data
		case err != nil || gone:
			v.say("backup.code_unread", "id", c.ID)
		case i == len(codes)-1 && (t.r.PseudonymOf(record.OfTheCase, caseCode) != c.Code || t.r.PseudonymOf(record.OfTheClient, clientCode) != c.Client):
			v.say("backup.other_pseudonym", "id", c.ID)
		}
	}
}

// sealedPair is the codes of a case as they are kept.
type sealedPair struct {
	version, key     int
	caseCode, client []byte
}

// casesAfter gives the cases that come after an id, by id.
func (t *Tx) casesAfter(id string, n int) (all []*record.Filed, err error) {
	err = t.c.each(func(rows *sql.Rows) error {
		c, err := readFiled(rows)
		all = append(all, c)
		return err
	}, `SELECT `+filed+` FROM cases WHERE register = ? AND id > ? ORDER BY id LIMIT ?`, t.r.id, id, n)
	return all, err
}

// revisionsBetween gives the revisions of the cases after one up to another, oldest first.
func (t *Tx) revisionsBetween(after, upTo string) (map[string][]Revision, error) {
	all := map[string][]Revision{}
	err := t.c.each(func(rows *sql.Rows) error {
		var id string
		var r Revision
		var changes sql.RawBytes
		err := rows.Scan(&id, &r.Version, &changes)
		if err == nil {
			if r.Changes, err = record.ReadChanges(changes, r.Version); err != nil {
				return fault.New(fault.Internal, "store.damaged") // the cause could quote an answer
			}
		}
		all[id] = append(all[id], r)
		return err
	}, `SELECT case_id, version, changes FROM revisions WHERE register = ? AND case_id > ? AND case_id <= ? ORDER BY case_id, version`, t.r.id, after, upTo)
	return all, err
}

func (t *Tx) codesBetween(after, upTo string) (map[string][]sealedPair, error) {
	all := map[string][]sealedPair{}
	err := t.c.each(func(rows *sql.Rows) error {
		var id string
		var x sealedPair
		err := rows.Scan(&id, &x.version, &x.key, &x.caseCode, &x.client)
		all[id] = append(all[id], x)
		return err
	}, `SELECT case_id, version, key_version, case_code, client_code FROM local_codes WHERE register = ? AND case_id > ? AND case_id <= ? ORDER BY case_id, version`, t.r.id, after, upTo)
	return all, err
}

// follows plays the revisions of a case from an empty form: each must say what stood before
// it, and the last must leave what stands now.
func follows(c *record.Filed, revisions []Revision) bool {
	answers := map[string]record.Answer{}
	for i, rev := range revisions {
		if rev.Version != i+1 {
			return false
		}
		for _, change := range rev.Changes {
			if answers[change.Field] != change.Old {
				return false
			}
			answers[change.Field] = change.New
		}
	}
	if c.Form.Version != len(revisions) || len(answers) != len(c.Form.Answers) {
		return false
	}
	for field, a := range answers {
		if c.Form.Answers[field] != a {
			return false
		}
	}
	return true
}

// strays finds what belongs to no case, cases in no unit, and those that are called the same.
func (v *verifier) strays(t *Tx) error {
	for _, x := range []struct{ key, ask string }{
		{"backup.stray_revision", `SELECT case_id FROM revisions r WHERE register = ? AND NOT EXISTS (SELECT 1 FROM cases c WHERE c.register = r.register AND c.id = r.case_id) LIMIT 3`},
		{"backup.stray_codes", `SELECT case_id FROM local_codes r WHERE register = ? AND NOT EXISTS (SELECT 1 FROM cases c WHERE c.register = r.register AND c.id = r.case_id) LIMIT 3`},
		{"store.stray_decision", `SELECT case_id FROM figure_decisions r WHERE register = ? AND NOT EXISTS (SELECT 1 FROM cases c WHERE c.register = r.register AND c.id = r.case_id) LIMIT 3`},
		{"store.stray_survey", `SELECT case_id FROM surveys r WHERE register = ? AND NOT EXISTS (SELECT 1 FROM cases c WHERE c.register = r.register AND c.id = r.case_id) LIMIT 3`},
		{"store.stray_survey", `SELECT case_id FROM survey_tags r WHERE register = ? AND NOT EXISTS (SELECT 1 FROM cases c WHERE c.register = r.register AND c.id = r.case_id) LIMIT 3`},
		{"store.code_twice", `SELECT max(id) FROM cases WHERE register = ? GROUP BY code HAVING count(*) > 1 LIMIT 3`},
		{"backup.no_unit", `SELECT id FROM cases c WHERE register = ? AND NOT EXISTS (SELECT 1 FROM units u WHERE u.register = c.register AND u.id = c.unit) LIMIT 3`},
		{"backup.no_previous", `SELECT id FROM cases c WHERE register = ? AND previous <> '' AND NOT EXISTS (SELECT 1 FROM cases p WHERE p.register = c.register AND p.id = c.previous) LIMIT 3`},
	} {
		err := t.c.each(func(rows *sql.Rows) error {
			var id string
			err := rows.Scan(&id)
			v.say(x.key, "id", id)
			return err
		}, x.ask, t.r.id)
		if err != nil {
			return err
		}
	}
	return nil
}

// rest reads every other row there is, so that one that cannot be read is noticed.
func (v *verifier) rest(t *Tx) error {
	whole := view{Tx: t}
	return whole.eachTable(func(table string) error {
		if table == "cases" || table == "revisions" || table == "local_codes" || table == "audit" {
			return nil
		}
		if _, err := whole.eachRow(table, func([]string, []byte) error { return nil }); err != nil {
			return fmt.Errorf("%s: %w", table, err)
		}
		return nil
	})
}
