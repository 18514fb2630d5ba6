package store

import (
	"cmp"
	"database/sql"
	"slices"
	"strconv"
	"strings"
	"time"

	"foljsam/internal/audit"
	"foljsam/internal/fault"
)

// LogCheck is one spot check of a log: which lines were drawn, of which, by what. With the
// seed anybody can draw them again.
type LogCheck struct {
	ID          string
	At          time.Time
	Person      string
	Role        string
	From, Till  time.Time
	First, Last int64 // the lines of the period
	Seed        string
	Sample      []int64
}

// LogMark is what somebody said of a line in a check. The newest counts.
type LogMark struct {
	Check  string
	Seq    int64
	At     time.Time
	Person string
	Mark   string
	Note   string
}

// AuditLine gives one line of the log.
func (t *Tx) AuditLine(seq int64) (s audit.Sealed, err error) {
	var body string
	found, err := t.c.one([]any{&s.Seq, &body, &s.Hash}, `SELECT seq, body, hash FROM audit WHERE register = ? AND seq = ?`, t.r.id, seq)
	s.Body = []byte(body)
	if err == nil && !found {
		err = fault.New(fault.NotFound, "log.no_line")
	}
	return s, err
}

// SeqAt gives the first line at a time or later, by halving: some twenty lines are read of a
// million. Lines stand in the order in which they were kept, which is that of time but for
// the little while that a write may wait for its turn. After the last line it gives the
// number that comes next.
func (t *Tx) SeqAt(at time.Time) (int64, error) {
	head, err := t.AuditHead()
	if err != nil {
		return 0, err
	}
	low, high := int64(1), head.Seq+1
	for low < high {
		middle := low + (high-low)/2
		s, err := t.AuditLine(middle)
		if err != nil {
			return 0, err
		}
		l, err := s.Read()
		if err != nil {
			return 0, err
		}
		if l.At.Before(at) {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return low, nil
}

// AddLogCheck keeps a spot check.
func (t *Tx) AddLogCheck(c LogCheck) error {
	_, err := t.c.exec(`INSERT INTO log_checks (register, id, at, person, role, from_time, till_time, first_seq, last_seq, seed, sample) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		t.r.id, c.ID, writeTime(c.At), c.Person, c.Role, writeTime(c.From), writeTime(c.Till), c.First, c.Last, c.Seed, writeNumbers(c.Sample))
	return err
}

// LogCheck gives a spot check.
func (t *Tx) LogCheck(id string) (LogCheck, error) {
	all, err := t.checksWhere(`AND id = ?`, id)
	if err == nil && len(all) == 0 {
		err = fault.New(fault.NotFound, "log.no_check")
	}
	if err != nil {
		return LogCheck{}, err
	}
	return all[0], nil
}

// LogChecks gives the newest spot checks, at most n.
func (t *Tx) LogChecks(n int) ([]LogCheck, error) {
	return t.checksWhere(`ORDER BY id DESC LIMIT ?`, n) // ids are made in the order of time
}

func (t *Tx) checksWhere(which string, arg any) (all []LogCheck, err error) {
	err = t.c.each(func(rows *sql.Rows) error {
		var c LogCheck
		var at, from, till, sample string
		err := rows.Scan(&c.ID, &at, &c.Person, &c.Role, &from, &till, &c.First, &c.Last, &c.Seed, &sample)
		c.At, c.From, c.Till, c.Sample = readTime(at), readTime(from), readTime(till), readNumbers(sample)
		all = append(all, c)
		return err
	}, `SELECT id, at, person, role, from_time, till_time, first_seq, last_seq, seed, sample FROM log_checks WHERE register = ? `+which, t.r.id, arg)
	return all, err
}

// AddLogMark keeps what somebody said of a line.
func (t *Tx) AddLogMark(m LogMark) error {
	_, err := t.c.exec(`INSERT INTO log_marks (register, check_id, seq, at, person, mark, note) VALUES (?, ?, ?, ?, ?, ?, ?)`,
		t.r.id, m.Check, m.Seq, writeTime(m.At), m.Person, m.Mark, m.Note)
	return err
}

// LogMarks gives what was said of the lines of a check, the newest of each line last.
func (t *Tx) LogMarks(check string) (all []LogMark, err error) {
	err = t.c.each(func(rows *sql.Rows) error {
		m := LogMark{Check: check}
		var at string
		err := rows.Scan(&m.Seq, &at, &m.Person, &m.Mark, &m.Note)
		m.At = readTime(at)
		all = append(all, m)
		return err
	}, `SELECT seq, at, person, mark, note FROM log_marks WHERE register = ? AND check_id = ? ORDER BY seq, at`, t.r.id, check)
	return all, err
}

// LogSum is how many lines there are of a person, a role and an act in some days.
type LogSum struct {
	Person, Role string
	Act          audit.Act
	N, Night     int64
}

// The hours that are night, where the register is.
const nightFrom, nightTill = 22, 6

// CountLog counts lines that have not been counted by day, at most n, keeps where they stand, and
// tells whether there may be more. Two that count at the same time do not count anything twice.
func (t *Tx) CountLog(zone *time.Location, n int) (more bool, err error) {
	from, err := t.counted()
	if err != nil {
		return false, err
	}
	lines, err := t.AuditLines(from, n)
	if err != nil || len(lines) == 0 {
		return false, err
	}
	if err := t.moveCounted(from, lines[len(lines)-1].Seq); err != nil {
		return false, err
	}
	sums, read := map[logDay]*LogSum{}, make([]audit.Line, len(lines))
	for i, s := range lines {
		if read[i], err = s.Read(); err != nil {
			return false, err
		}
		sumLine(sums, read[i], zone)
	}
	if err := t.placeLines(read); err != nil {
		return false, err
	}
	for day, s := range sums {
		_, err := t.c.exec(`INSERT INTO log_days (register, day, person, role, act, n, night) VALUES (?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT (register, day, person, role, act) DO UPDATE SET n = log_days.n + excluded.n, night = log_days.night + excluded.night`,
			t.r.id, day.day, day.person, day.role, string(day.act), s.N, s.Night)
		if err != nil {
			return false, err
		}
	}
	return len(lines) == n, nil
}

type logDay struct {
	day, person, role string
	act               audit.Act
}

func sumLine(sums map[logDay]*LogSum, l audit.Line, zone *time.Location) {
	at := l.At.In(zone)
	key := logDay{at.Format(time.DateOnly), l.Person, l.Role, l.Act}
	if sums[key] == nil {
		sums[key] = &LogSum{}
	}
	sums[key].N++
	if h := at.Hour(); h >= nightFrom || h < nightTill {
		sums[key].Night++
	}
}

func (t *Tx) moveCounted(from, to int64) error {
	n, err := int64(0), error(nil)
	if from == 0 {
		n, err = t.c.exec(`INSERT INTO log_counted (register, seq) VALUES (?, ?) ON CONFLICT (register) DO NOTHING`, t.r.id, to)
	} else {
		n, err = t.c.exec(`UPDATE log_counted SET seq = ? WHERE register = ? AND seq = ?`, to, t.r.id, from)
	}
	if err == nil && n != 1 {
		err = errMoved
	}
	return err
}

// LogSums gives how many lines there are in some days, the last among them, by person, role and
// act. Those that are not counted yet are counted here.
func (t *Tx) LogSums(zone *time.Location, from, till string) ([]LogSum, error) {
	all, err := t.countedSums(from, till)
	if err != nil {
		return nil, err
	}
	late := map[logDay]*LogSum{}
	if err := t.uncountedFrom(1, func(l audit.Line) { sumLine(late, l, zone) }); err != nil || len(late) == 0 {
		return all, err
	}
	for day, s := range late {
		if day.day >= from && day.day <= till {
			all = addSum(all, LogSum{day.person, day.role, day.act, s.N, s.Night})
		}
	}
	slices.SortFunc(all, func(x, y LogSum) int {
		return cmp.Or(cmp.Compare(x.Person, y.Person), cmp.Compare(x.Role, y.Role), cmp.Compare(x.Act, y.Act))
	})
	return all, nil
}

func addSum(all []LogSum, s LogSum) []LogSum {
	for i := range all {
		if x := &all[i]; x.Person == s.Person && x.Role == s.Role && x.Act == s.Act {
			x.N, x.Night = x.N+s.N, x.Night+s.Night
			return all
		}
	}
	return append(all, s)
}

func (t *Tx) countedSums(from, till string) (all []LogSum, err error) {
	err = t.c.each(func(rows *sql.Rows) error {
		var s LogSum
		var act string
		err := rows.Scan(&s.Person, &s.Role, &act, &s.N, &s.Night)
		s.Act = audit.Act(act)
		all = append(all, s)
		return err
	}, `SELECT person, role, act, SUM(n), SUM(night) FROM log_days WHERE register = ? AND day >= ? AND day <= ? GROUP BY person, role, act ORDER BY person, role, act`, t.r.id, from, till)
	return all, err
}

func writeNumbers(all []int64) string {
	words := make([]string, len(all))
	for i, n := range all {
		words[i] = strconv.FormatInt(n, 10)
	}
	return strings.Join(words, " ")
}

func readNumbers(text string) (all []int64) {
	for _, word := range strings.Fields(text) {
		n, _ := strconv.ParseInt(word, 10, 64) // we wrote it
		all = append(all, n)
	}
	return all
}
