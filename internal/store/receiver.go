package store

import (
	"crypto/hkdf"
	"crypto/sha256"
	"database/sql"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"foljsam/internal/fault"
	"foljsam/internal/record"
)

// Receiver is somebody whom extracts may be for. Its name and what its pseudonyms follow are
// kept as they were first written: two spellings of a name are not two recipients, and a
// client is the same to a recipient from one time to the next.
type Receiver struct {
	ID     string
	Name   string
	Key    string // what its pseudonyms follow: the id, or the name of a time before there were ids
	Added  time.Time
	Person string // who added it; empty: the program
}

// FoldName gives a recipient's name as it is compared: case, spaces and how a letter is
// composed mean nothing.
func FoldName(name string) string {
	folded := strings.ToLower(strings.ToUpper(norm.NFKC.String(name)))
	return norm.NFKC.String(strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, folded))
}

// AddReceiver keeps a recipient. A name that another has is a conflict.
func (t *Tx) AddReceiver(x Receiver) error {
	n, err := t.addReceiver(x, FoldName(x.Name))
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "store.recipient_taken")
	}
	return err
}

func (t *Tx) addReceiver(x Receiver, folded string) (int64, error) {
	return t.c.exec(`INSERT INTO recipients (register, id, name, folded, key_name, added, person) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
		t.r.id, x.ID, x.Name, folded, x.Key, writeTime(x.Added), x.Person)
}

// Receivers gives all that have been kept, by name.
func (t *Tx) Receivers() (all []Receiver, err error) {
	err = t.c.each(func(rows *sql.Rows) error {
		var x Receiver
		var added string
		if err := rows.Scan(&x.ID, &x.Name, &x.Key, &added, &x.Person); err != nil {
			return err
		}
		x.Added = readTime(added)
		all = append(all, x)
		return nil
	}, `SELECT id, name, key_name, added, person FROM recipients WHERE register = ? ORDER BY folded, id`, t.r.id)
	return all, err
}

// keyOfName gives what pseudonyms followed while recipients were names that somebody typed.
func keyOfName(name string) string { return norm.NFC.String(strings.ToLower(name)) }

// unkept gives the recipients of a time when they were names, that are not kept yet, and those
// that a register always has. Their pseudonyms are what they were.
func (t *Tx) unkept(always []Receiver) (all []Receiver, err error) {
	kept, err := t.Receivers()
	if err != nil {
		return nil, err
	}
	keys, ids := map[string]bool{}, map[string]bool{}
	for _, x := range kept {
		keys[x.Key], ids[x.ID] = true, true
	}
	for _, x := range always {
		if x.Key = keyOfName(x.Name); !ids[x.ID] {
			all, keys[x.Key] = append(all, x), true
		}
	}
	names := map[string]bool{}
	for _, x := range kept {
		names[x.Name] = true
	}
	left, err := t.Deliveries()
	for i := range left {
		d := left[len(left)-1-i] // the oldest first
		if key := keyOfName(d.Recipient); !keys[key] && !names[d.Recipient] {
			keys[key] = true
			all = append(all, Receiver{Name: d.Recipient, Key: key, Added: d.At, Person: d.Person})
		}
	}
	return all, err
}

// ReceiversToKeep tells whether KeepReceivers has anything to do.
func (t *Tx) ReceiversToKeep(always []Receiver) (bool, error) {
	all, err := t.unkept(always)
	return len(all) > 0, err
}

// KeepReceivers keeps the recipients that a register always has, and those that were names on
// what has left: each with the pseudonyms that it had.
func (t *Tx) KeepReceivers(always []Receiver, newID func() string) error {
	all, err := t.unkept(always)
	for _, x := range all {
		if err != nil {
			return err
		}
		if x.ID == "" {
			x.ID = newID()
		}
		var n int64
		if n, err = t.addReceiver(x, FoldName(x.Name)); err == nil && n == 0 { // two spellings had different pseudonyms, and keep them
			_, err = t.addReceiver(x, FoldName(x.Name)+"\n"+x.ID)
		}
	}
	return err
}

// LeavingPseudonyms gives what makes the pseudonyms under which cases leave to a recipient, of
// what its key follows. Each recipient has keys of its own, so that two cannot join their copies;
// to the same one a client is the same from one time to the next.
func (r *Register) LeavingPseudonyms(key string) (func(p record.Purpose, pseudonym string) string, error) {
	keys := map[record.Purpose][]byte{}
	for p, secret := range r.secrets.pseudonyms {
		var err error
		if keys[p], err = hkdf.Key(sha256.New, secret, nil, "foljsam recipient "+key, 32); err != nil {
			return nil, fault.Wrap(err, fault.Internal, "store.failed")
		}
	}
	return func(p record.Purpose, pseudonym string) string {
		if pseudonym == "" {
			return ""
		}
		return record.Pseudonym(keys[p], p, r.id, pseudonym)
	}, nil
}
