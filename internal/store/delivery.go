package store

import (
	"database/sql"
	"time"

	"foljsam/internal/record"
)

// Delivery is an extract that has left the register: to whom, of what, and the hash of the
// file. The file itself is not kept.
type Delivery struct {
	ID        string
	At        time.Time
	Person    string
	Role      string
	Recipient string
	From      record.Day
	Till      record.Day
	Scope     int // as in a package's meta
	Coverage  int
	Codebook  string
	Cases     int
	Texts     bool   // free text left too
	Hash      string // SHA-256 of the file, hexadecimal
}

// AddDelivery keeps that an extract has left.
func (t *Tx) AddDelivery(d Delivery) error {
	_, err := t.c.exec(`INSERT INTO deliveries (register, id, at, person, role, recipient, from_day, till_day, scope, coverage, codebook, cases, texts, hash)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		t.r.id, d.ID, writeTime(d.At), d.Person, d.Role, d.Recipient, writeDay(d.From), writeDay(d.Till), d.Scope, d.Coverage, d.Codebook, d.Cases, number(d.Texts), d.Hash)
	return err
}

// Deliveries gives what has left, newest first.
func (t *Tx) Deliveries() (all []Delivery, err error) {
	err = t.c.each(func(rows *sql.Rows) error {
		var d Delivery
		var at, from, till string
		var texts int
		if err := rows.Scan(&d.ID, &at, &d.Person, &d.Role, &d.Recipient, &from, &till, &d.Scope, &d.Coverage, &d.Codebook, &d.Cases, &texts, &d.Hash); err != nil {
			return err
		}
		d.At, d.From, d.Till, d.Texts = readTime(at), readDay(from), readDay(till), texts == 1
		all = append(all, d)
		return nil
	}, `SELECT id, at, person, role, recipient, from_day, till_day, scope, coverage, codebook, cases, texts, hash FROM deliveries WHERE register = ? ORDER BY at DESC, id DESC`, t.r.id)
	return all, err
}
