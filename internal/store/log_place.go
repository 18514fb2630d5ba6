package store

import (
	"cmp"
	"database/sql"
	"errors"
	"slices"
	"time"

	"foljsam/internal/audit"
	"foljsam/internal/fault"
)

// A log is not searched: beside it stands where in it something is. log_acts has the lines of
// acts that are seldom, log_cases the parts of the log in which a case is named. Both are filled
// where lines are counted by day, in the same transaction. The lines after the last counted are
// read from the log itself, so that an answer is always whole.

// logPart is how many lines a part of the log has, in log_cases.
const logPart = 256

func partOf(seq int64) int64 { return (seq - 1) / logPart }

// inPart is that a case is named in a part of the log.
type inPart struct {
	id   string
	part int64
}

// placeLines keeps where lines that are being counted stand.
func (t *Tx) placeLines(lines []audit.Line) error {
	known := map[inPart]bool{}
	for _, l := range lines {
		if l.Act.IsSeldom() {
			if _, err := t.c.exec(`INSERT INTO log_acts (register, act, seq) VALUES (?, ?, ?)`, t.r.id, string(l.Act), l.Seq); err != nil {
				return err
			}
		}
		at := inPart{l.Case, partOf(l.Seq)}
		if l.Case == "" || known[at] {
			continue
		}
		known[at] = true
		_, err := t.c.exec(`INSERT INTO log_cases (register, case_id, part) VALUES (?, ?, ?) ON CONFLICT (register, case_id, part) DO NOTHING`, t.r.id, at.id, at.part)
		if err != nil {
			return err
		}
	}
	return nil
}

// counted gives the last line that has been counted.
func (t *Tx) counted() (seq int64, err error) {
	_, err = t.c.one([]any{&seq}, `SELECT seq FROM log_counted WHERE register = ?`, t.r.id)
	return seq, err
}

// Uncounted gives how many lines of the log have not been counted.
func (t *Tx) Uncounted() (int64, error) {
	seq, err := t.counted()
	if err != nil {
		return 0, err
	}
	head, err := t.AuditHead()
	return head.Seq - seq, err
}

// uncountedFrom gives the lines that have not been counted to read, from a number, oldest first.
func (t *Tx) uncountedFrom(first int64, read func(audit.Line)) error {
	after, err := t.counted()
	if err != nil {
		return err
	}
	const atATime = 1000
	for after = max(after, first-1); ; after += atATime {
		lines, err := t.AuditLines(after, atATime)
		if err != nil {
			return err
		}
		for _, s := range lines {
			l, err := s.Read()
			if err != nil {
				return err
			}
			read(l)
		}
		if len(lines) < atATime {
			return nil
		}
	}
}

// errCommon: lines of an act were asked for that are not listed by themselves.
var errCommon = errors.New("an act that is common")

// AuditActs gives the lines of the log since a time (zero: all) in which somebody did one of some
// acts that are seldom, whatever case it was about, oldest first.
func (t *Tx) AuditActs(since time.Time, acts ...audit.Act) (all []audit.Line, err error) {
	first := int64(1)
	if !since.IsZero() {
		if first, err = t.SeqAt(since); err != nil {
			return nil, err
		}
	}
	for _, act := range acts {
		if !act.IsSeldom() {
			return nil, fault.Wrap(errCommon, fault.Internal, "store.failed")
		}
		some, err := t.linesWhere(`SELECT a.seq, a.body FROM log_acts x CROSS JOIN audit a WHERE x.register = ? AND x.act = ? AND x.seq >= ? AND a.register = x.register AND a.seq = x.seq`, t.r.id, string(act), first)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	err = t.uncountedFrom(first, func(l audit.Line) {
		if slices.Contains(acts, l.Act) {
			all = append(all, l)
		}
	})
	slices.SortFunc(all, bySeq)
	return all, err
}

// AuditActsBefore gives the last lines before one, at most n, in which somebody did one of some
// acts that are seldom, newest first.
func (t *Tx) AuditActsBefore(before int64, n int, acts ...audit.Act) (all []audit.Line, err error) {
	for _, act := range acts {
		if !act.IsSeldom() {
			return nil, fault.Wrap(errCommon, fault.Internal, "store.failed")
		}
		some, err := t.linesWhere(`SELECT a.seq, a.body FROM (SELECT register, seq FROM log_acts WHERE register = ? AND act = ? AND seq < ? ORDER BY seq DESC LIMIT ?) x CROSS JOIN audit a WHERE a.register = x.register AND a.seq = x.seq`, t.r.id, string(act), before, n)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	err = t.uncountedFrom(1, func(l audit.Line) {
		if l.Seq < before && slices.Contains(acts, l.Act) {
			all = append(all, l)
		}
	})
	slices.SortFunc(all, bySeq)
	slices.Reverse(all)
	return all[:min(n, len(all))], err
}

// AuditOf gives the lines of the log that are about a case, oldest first.
func (t *Tx) AuditOf(id string) (all []audit.Line, err error) {
	parts, err := t.partsOf(id)
	if err != nil {
		return nil, err
	}
	last, err := t.counted()
	if err != nil {
		return nil, err
	}
	for i := 0; i < len(parts); {
		from := parts[i]
		for i++; i < len(parts) && parts[i] == parts[i-1]+1; i++ {
		}
		some, err := t.linesWhere(`SELECT seq, body FROM audit WHERE register = ? AND seq > ? AND seq <= ? AND body LIKE '%"arende":"' || ? || '"%'`, t.r.id, from*logPart, min(last, (parts[i-1]+1)*logPart), id)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	all = slices.DeleteFunc(all, func(l audit.Line) bool { return l.Case != id }) // LIKE takes more
	err = t.uncountedFrom(1, func(l audit.Line) {
		if l.Case == id {
			all = append(all, l)
		}
	})
	slices.SortFunc(all, bySeq)
	return all, err
}

func (t *Tx) partsOf(id string) (all []int64, err error) {
	err = t.c.each(func(rows *sql.Rows) error {
		var part int64
		err := rows.Scan(&part)
		all = append(all, part)
		return err
	}, `SELECT part FROM log_cases WHERE register = ? AND case_id = ? ORDER BY part`, t.r.id, id)
	return all, err
}

func (t *Tx) linesWhere(ask string, args ...any) (all []audit.Line, err error) {
	err = t.c.each(func(rows *sql.Rows) error {
		var s audit.Sealed
		var body string
		if err := rows.Scan(&s.Seq, &body); err != nil {
			return err
		}
		s.Body = []byte(body)
		l, err := s.Read()
		all = append(all, l)
		return err
	}, ask, args...)
	return all, err
}

func bySeq(x, y audit.Line) int { return cmp.Compare(x.Seq, y.Seq) }
