package store

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"

	"foljsam/internal/audit"
	"foljsam/internal/fault"
)

// A revision is bound to the log: the line that tells of the save has the revision's number
// and its sum. So the chain of the log holds the history too, and whoever changes both a
// revision and what follows from it, or takes it away, is noticed.

// bind puts the sum of a revision on the line of the log that tells of it.
func (t *Tx) bind(id string, rev Revision, changes string) {
	for i := range slices.Backward(t.lines) {
		if l := &t.lines[i]; l.Case == id && l.Act == rev.Act && l.Sum == "" {
			l.Version, l.Sum = rev.Version, t.r.sumOf(id, rev.Version, append([]string{writeTime(rev.At), rev.Person, rev.Role, string(rev.Act), changes}, l.Bound...)...)
			return
		}
	}
}

// sumSize is how many bytes a sum has.
const sumSize = 16

// sumOf gives the sum of a revision: HMAC-SHA256 over its parts, its first half. A plain hash
// of the few answers there can be would tell which it was.
func (r *Register) sumOf(id string, version int, parts ...string) string {
	h := hmac.New(sha256.New, r.secrets.sums)
	for _, part := range append([]string{id, strconv.Itoa(version)}, parts...) {
		h.Write([]byte(part))
		h.Write([]byte{0})
	}
	return hex.EncodeToString(h.Sum(nil)[:sumSize])
}

// bound compares the revisions that some lines of the log are bound to with those that there
// are.
func (v *verifier) boundBy(t *Tx, lines []audit.Sealed) error {
	for _, s := range lines {
		l, err := s.Read()
		if err != nil {
			return err
		}
		v.logged.read(l)
		v.tablesBound(l)
		v.listed.read(l)
		v.national.read(l)
		if l.Sum == "" || l.Case == "" {
			continue
		}
		var at, person, role, act, changes string
		found, err := t.c.one([]any{&at, &person, &role, &act, &changes}, `SELECT at, person, role, act, changes FROM revisions WHERE register = ? AND case_id = ? AND version = ?`, t.r.id, l.Case, l.Version)
		switch {
		case err != nil:
			return err
		case !found:
			v.gone = append(v.gone, l.Case)
		case t.r.sumOf(l.Case, l.Version, at, person, role, act, changes) != l.Sum:
			if err := v.openingChanged(t, l, at, person, role, act, changes); err != nil {
				return err
			}
		}
		v.changed = v.changed[:min(len(v.changed), mostFaults)]
		v.bound[l.Case] = max(v.bound[l.Case], l.Version)
	}
	return nil
}

// openingChanged tells of a revision that is not the one that the log knows: unless it is the
// first, and the sum holds with what stands on the case from its opening. Lines of a time before that
// was bound hold without.
func (v *verifier) openingChanged(t *Tx, l audit.Line, parts ...string) error {
	if l.Act == audit.Opened {
		var unit, book string
		found, err := t.c.one([]any{&unit, &book}, `SELECT unit, codebook FROM cases WHERE register = ? AND id = ?`, t.r.id, l.Case)
		if err != nil || found && t.r.sumOf(l.Case, l.Version, append(parts, unit, book)...) == l.Sum {
			return err
		}
	}
	v.changed = append(v.changed, v.fault("backup.revision_changed", "id", l.Case, "nr", l.Version))
	return nil
}

// revisionsGone tells of revisions that the log knows of and that are not there, though their
// case is: a case that was deleted by the rule has none.
func (v *verifier) revisionsGone(t *Tx) error {
	slices.Sort(v.gone)
	for _, id := range slices.Compact(v.gone) {
		switch _, err := t.Case(id); fault.KindOf(err) {
		case fault.NotFound:
		default:
			if err != nil {
				return err
			}
			v.say("backup.revision_gone", "id", id)
		}
	}
	return nil
}
