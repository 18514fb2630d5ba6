package store

import (
	"database/sql"
	"time"

	"foljsam/internal/record"
)

// Double is one client with several open cases.
type Double struct {
	Cases []record.Cover // in the order of their ids
}

// DoubleNote is what was decided of one client's open cases.
type DoubleNote struct {
	Cases   string // the cases' ids in order, with a space between
	At      time.Time
	Person  string
	Role    string
	Verdict string
	Note    string
}

// CasesOfClient gives the covers of the cases that have a client's pseudonym, in the order in
// which they were filed.
func (t *Tx) CasesOfClient(client string) ([]record.Cover, error) {
	if t.r.catalog != nil {
		return t.catalogOfClient(client)
	}
	return t.coversOf(client, ``)
}

// Doubles gives the clients that have more than one open case, at most a number of them.
func (t *Tx) Doubles(most int) (all []Double, err error) {
	if t.r.catalog != nil {
		return t.catalogDoubles(most)
	}
	var clients []string
	err = t.c.each(func(rows *sql.Rows) error {
		var client string
		err := rows.Scan(&client)
		clients = append(clients, client)
		return err
	}, `SELECT client FROM cases WHERE register || '' = ? AND state = ? AND client IN (SELECT client FROM cases GROUP BY client HAVING count(*) > 1)
		GROUP BY client HAVING count(*) > 1 ORDER BY max(id) DESC LIMIT ?`, t.r.id, string(record.Open), most)
	for _, client := range clients {
		if err != nil {
			break
		}
		var d Double
		d.Cases, err = t.coversOf(client, `AND state = ?`, string(record.Open))
		all = append(all, d)
	}
	return all, err
}

// coversOf gives the covers of a client's cases. The index of clients is that of all registers:
// the empty text added to the register keeps the database from choosing another.
func (t *Tx) coversOf(client, and string, args ...any) ([]record.Cover, error) {
	return t.covers(`register || '' = ? AND client = ? `+and+` ORDER BY id`, append([]any{t.r.id, client}, args...)...)
}

func (t *Tx) coversWhere(which string, args ...any) ([]record.Cover, error) {
	return t.covers(`register = ? AND `+which, append([]any{t.r.id}, args...)...)
}

func (t *Tx) covers(which string, args ...any) (all []record.Cover, err error) {
	err = t.c.each(func(rows *sql.Rows) error {
		x, err := readCover(rows)
		all = append(all, x)
		return err
	}, `SELECT `+cover+` FROM cases WHERE `+which, args...)
	return all, err
}

// AddDoubleNote keeps what was decided of some cases. What was decided before stays.
func (t *Tx) AddDoubleNote(n DoubleNote) error {
	_, err := t.c.exec(`INSERT INTO doubles (register, cases, at, person, role, verdict, note) VALUES (?, ?, ?, ?, ?, ?, ?)`,
		t.r.id, n.Cases, writeTime(n.At), n.Person, n.Role, n.Verdict, n.Note)
	return err
}

// DoubleNotes gives what was decided of some cases, oldest first.
func (t *Tx) DoubleNotes(cases string) ([]DoubleNote, error) {
	return t.doubleNotesWhere(`cases = ? ORDER BY at`, cases)
}

// DoubleNotesOf gives what was decided where a case was one of several, oldest first.
func (t *Tx) DoubleNotesOf(id string) ([]DoubleNote, error) {
	return t.doubleNotesWhere(`cases LIKE ? ORDER BY at`, "%"+id+"%")
}

func (t *Tx) doubleNotesWhere(which string, arg any) (all []DoubleNote, err error) {
	err = t.c.each(func(rows *sql.Rows) error {
		var n DoubleNote
		var at string
		err := rows.Scan(&n.Cases, &at, &n.Person, &n.Role, &n.Verdict, &n.Note)
		n.At = readTime(at)
		all = append(all, n)
		return err
	}, `SELECT cases, at, person, role, verdict, note FROM doubles WHERE register = ? AND `+which, t.r.id, arg)
	return all, err
}

// CountLookup counts a look-up of a person's in the hour that it is, and gives how many there
// have been in it.
func (t *Tx) CountLookup(person string, at time.Time) (n int, err error) {
	_, err = t.c.exec(`INSERT INTO lookups (register, person, hour, n) VALUES (?, ?, ?, 1) ON CONFLICT (register, person) DO UPDATE
		SET n = CASE WHEN lookups.hour = excluded.hour THEN lookups.n + 1 ELSE 1 END, hour = excluded.hour`, t.r.id, person, lookupHour(at))
	if err == nil {
		_, err = t.c.one([]any{&n}, `SELECT n FROM lookups WHERE register = ? AND person = ?`, t.r.id, person)
	}
	return n, err
}

// Lookups gives how many look-ups of a person's were counted in the hour that it is.
func (t *Tx) Lookups(person string, at time.Time) (n int, err error) {
	_, err = t.c.one([]any{&n}, `SELECT n FROM lookups WHERE register = ? AND person = ? AND hour = ?`, t.r.id, person, lookupHour(at))
	return n, err
}

func lookupHour(at time.Time) string { return at.UTC().Format("2006-01-02T15") }
