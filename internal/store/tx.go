package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"foljsam/internal/audit"
	"foljsam/internal/fault"
	"foljsam/internal/place"
	"foljsam/internal/record"
)

// Tx is what can be read and written in one transaction of a register.
type Tx struct {
	r        *Register
	c        *conn
	lines    []audit.Line // wait to be chained when the batch is written
	settings []setting    // wait to be kept then: of those that many set, the last
	own      []span       // the lines of cases, once they are chained
	moves    []move       // rows of cases that were changed, for the catalog
	before   binding      // sums of the tables that are changed; nil: nothing is written
}

type setting struct{ name, value string }

// inSavepoint runs one write of a batch; when it fails nothing of it is kept. lost is why
// the whole transaction is, which is so when the savepoint is no longer there.
func (t *Tx) inSavepoint(do func(*Tx) error) (err, lost error) {
	if _, err := t.c.exec("SAVEPOINT w"); err != nil {
		return nil, err
	}
	if err = t.does(do); err != nil {
		if t.c.d.again(err, false) {
			return nil, err
		}
		if _, gone := t.c.exec("ROLLBACK TO SAVEPOINT w"); gone != nil {
			return nil, err
		}
	}
	_, lost = t.c.exec("RELEASE SAVEPOINT w")
	return err, lost
}

// does runs one write. Of one that fails no line of the log is kept, and no setting.
func (t *Tx) does(do func(*Tx) error) error {
	before, set, moved := len(t.lines), len(t.settings), len(t.moves)
	err := guarded(func() error { return do(t) })
	for _, l := range t.lines[before:] {
		if err == nil && !keepable(l.Person+l.Role+l.Case+strings.Join(l.Fields, "")) {
			err = fault.New(fault.Invalid, "store.text")
		}
	}
	if err != nil {
		t.lines, t.settings, t.moves = t.lines[:before], t.settings[:set], t.moves[:moved]
	}
	return err
}

// Audit writes a line of the log in this transaction. The register numbers and chains it.
func (t *Tx) Audit(l audit.Line) { t.lines = append(t.lines, l) }

// flush writes what waits for the end of a batch.
func (t *Tx) flush() error {
	if err := t.flushSettings(); err != nil {
		return err
	}
	return t.flushAudit()
}

func (t *Tx) flushSettings() error {
	last := make(map[string]int, len(t.settings))
	for i, s := range t.settings {
		last[s.name] = i
	}
	for i, s := range t.settings {
		if last[s.name] != i {
			continue
		}
		if !isLoose(s.name) { // where somebody was last goes with every save
			if err := t.changes("settings"); err != nil {
				return err
			}
		}
		if _, err := t.c.exec(`INSERT INTO settings (register, name, value) VALUES (?, ?, ?) ON CONFLICT (register, name) DO UPDATE SET value = excluded.value`, t.r.id, s.name, s.value); err != nil {
			return err
		}
	}
	t.settings = nil
	return nil
}

// flushAudit chains the lines of a batch. The head is moved first: another process that
// writes the same log waits there, and then begins again.
func (t *Tx) flushAudit() error {
	if len(t.lines) == 0 && len(t.before) == 0 {
		return nil
	}
	from, err := t.AuditHead()
	if err == nil {
		err = t.bindTables(from.Seq == 0)
	}
	if err != nil || len(t.lines) == 0 {
		return err
	}
	head, sealed := from, make([]audit.Sealed, len(t.lines))
	for i, l := range t.lines {
		if sealed[i], head, err = audit.Append(head, l); err != nil {
			return err
		}
		if l.Case != "" {
			t.own = append(t.own, span{head.Seq, head.Seq})
		}
	}
	if err := t.moveHead(from, head); err != nil {
		return err
	}
	for some := range slices.Chunk(sealed, linesAtOnce) {
		if err := t.addLines(some); err != nil {
			return err
		}
	}
	return nil
}

// linesAtOnce is how many lines of the log one statement adds: a batch has many.
const linesAtOnce = 8

func (t *Tx) addLines(all []audit.Sealed) error {
	args := make([]any, 0, 4*linesAtOnce)
	for _, s := range all {
		args = append(args, t.r.id, s.Seq, string(s.Body), s.Hash)
	}
	_, err := t.c.exec(`INSERT INTO audit (register, seq, body, hash) VALUES (?, ?, ?, ?)`+strings.Repeat(`, (?, ?, ?, ?)`, len(all)-1), args...)
	return err
}

func (t *Tx) moveHead(from, to audit.Head) error {
	n, err := int64(0), error(nil)
	if from.Seq == 0 {
		n, err = t.c.exec(`INSERT INTO audit_heads (register, seq, hash) VALUES (?, ?, ?) ON CONFLICT (register) DO NOTHING`, t.r.id, to.Seq, to.Hash)
	} else {
		n, err = t.c.exec(`UPDATE audit_heads SET seq = ?, hash = ? WHERE register = ? AND seq = ?`, to.Seq, to.Hash, t.r.id, from.Seq)
	}
	if err == nil && n != 1 {
		err = errMoved
	}
	return err
}

// errMoved: another process has written the log meanwhile; the batch is written again.
var errMoved = errors.New("the log's head has moved")

// AuditHead gives where the register's log ends.
func (t *Tx) AuditHead() (h audit.Head, err error) {
	_, err = t.c.one([]any{&h.Seq, &h.Hash}, `SELECT seq, hash FROM audit_heads WHERE register = ?`, t.r.id)
	return h, err
}

// AuditLines gives lines of the log after a number, at most n.
func (t *Tx) AuditLines(after int64, n int) (all []audit.Sealed, err error) {
	err = t.c.each(func(rows *sql.Rows) error {
		var s audit.Sealed
		var body string
		if err := rows.Scan(&s.Seq, &body, &s.Hash); err != nil {
			return err
		}
		s.Body = []byte(body)
		all = append(all, s)
		return nil
	}, `SELECT seq, body, hash FROM audit WHERE register = ? AND seq > ? ORDER BY seq LIMIT ?`, t.r.id, after, n)
	return all, err
}

// VerifyAudit follows the register's log from its beginning to its head.
func (r *Register) VerifyAudit(ctx context.Context) (at audit.Head, err error) {
	err = r.Read(ctx, func(t *Tx) error {
		head, err := t.AuditHead()
		if err != nil {
			return err
		}
		for at.Seq < head.Seq {
			lines, err := t.AuditLines(at.Seq, 1000)
			if err != nil {
				return err
			}
			if len(lines) == 0 {
				return fault.New(fault.Invalid, "audit.gap", "nr", at.Seq+1)
			}
			if at, err = audit.Verify(at, lines); err != nil {
				return err
			}
		}
		if at != head {
			return fault.New(fault.Invalid, "audit.broken", "nr", head.Seq)
		}
		return nil
	})
	return at, err
}

// PutUnit adds or changes a unit.
func (t *Tx) PutUnit(u place.Unit) error {
	was, err := writeWas(u.Was)
	if err != nil {
		return err
	}
	_, err = t.c.exec(`INSERT INTO units (register, id, name, area, from_day, till_day, was) VALUES (?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (register, id) DO UPDATE SET name = excluded.name, area = excluded.area, from_day = excluded.from_day, till_day = excluded.till_day, was = excluded.was`,
		t.r.id, u.ID, u.Name, u.Area, writeTime(u.From), writeTime(u.Till), was)
	return err
}

// writeWas writes the areas that a unit was in; empty where it was in none but its own.
func writeWas(was []place.Was) (string, error) {
	if len(was) == 0 {
		return "", nil
	}
	b, err := json.Marshal(was)
	if err != nil {
		return "", fault.Wrap(err, fault.Internal, "store.failed")
	}
	return string(b), nil
}

// Units gives the register's units by id.
func (t *Tx) Units() (all []place.Unit, err error) {
	err = t.c.each(func(rows *sql.Rows) error {
		var u place.Unit
		var from, till, was string
		if err := rows.Scan(&u.ID, &u.Name, &u.Area, &from, &till, &was); err != nil {
			return err
		}
		if was != "" && json.Unmarshal([]byte(was), &u.Was) != nil {
			return fault.New(fault.Internal, "store.damaged")
		}
		u.From, u.Till = readTime(from), readTime(till)
		all = append(all, u)
		return nil
	}, `SELECT id, name, area, from_day, till_day, was FROM units WHERE register = ? ORDER BY id`, t.r.id)
	return all, err
}

// Setting gives a setting of the register, empty where there is none.
func (t *Tx) Setting(name string) (value string, err error) {
	for _, s := range slices.Backward(t.settings) {
		if s.name == name {
			return s.value, nil
		}
	}
	_, err = t.c.one([]any{&value}, `SELECT value FROM settings WHERE register = ? AND name = ?`, t.r.id, name)
	return value, err
}

// PutSetting keeps a setting of the register.
func (t *Tx) PutSetting(name, value string) error {
	if t.c.reading {
		_, err := t.c.exec("") // refused there
		return err
	}
	t.settings = append(t.settings, setting{name, value})
	return checkText([]any{name, value})
}

// Times are kept with microseconds and a fixed length, so that text sorts as time does.
const timeForm = "2006-01-02T15:04:05.000000Z"

func writeTime(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(timeForm)
}

func readTime(s string) time.Time {
	t, _ := time.Parse(timeForm, s) // we wrote it; empty is no time
	return t
}

func writeDay(d record.Day) string { return d.String() }

func readDay(s string) record.Day {
	d, _ := record.ParseDay([]byte(s))
	return d
}
