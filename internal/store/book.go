package store

import (
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"time"

	"foljsam/internal/fault"
)

// BookVersion is a published version of a register's local variables. It is never changed.
type BookVersion struct {
	Version int
	Content string // as codebook writes it
	Hash    string // of the content
	Note    string
	At      time.Time
	Person  string
}

// BookDraft is what the next version may become. Version counts its saves; 0: there is none.
type BookDraft struct {
	Version int
	Base    int // the published version that it began from
	Content string
	At      time.Time
	Person  string
}

// HashOfBook gives the hash of a version's content.
func HashOfBook(content string) string {
	sum := sha256.Sum256([]byte(content))
	return hex.EncodeToString(sum[:])
}

// AddBook publishes a version. Where somebody else has published that version, it is a
// conflict.
func (t *Tx) AddBook(b BookVersion) error {
	if !keepable(b.Content) || !keepable(b.Note) {
		return fault.New(fault.Invalid, "store.text")
	}
	n, err := t.c.exec(`INSERT INTO books (register, version, content, hash, note, at, person) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (register, version) DO NOTHING`,
		t.r.id, b.Version, b.Content, HashOfBook(b.Content), b.Note, writeTime(b.At), b.Person)
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "variables.published_meanwhile")
	}
	return err
}

// Books gives the published versions, newest first, without their content.
func (t *Tx) Books() (all []BookVersion, err error) {
	err = t.c.each(func(rows *sql.Rows) error {
		var b BookVersion
		var at string
		if err := rows.Scan(&b.Version, &b.Hash, &b.Note, &at, &b.Person); err != nil {
			return err
		}
		b.At = readTime(at)
		all = append(all, b)
		return nil
	}, `SELECT version, hash, note, at, person FROM books WHERE register = ? ORDER BY version DESC`, t.r.id)
	return all, err
}

// LastBook gives the number of the newest published version, 0 where there is none.
func (t *Tx) LastBook() (version int, err error) {
	_, err = t.c.one([]any{&version}, `SELECT version FROM books WHERE register = ? ORDER BY version DESC LIMIT 1`, t.r.id)
	return version, err
}

// Book gives a published version, whose content is what was published.
func (t *Tx) Book(version int) (BookVersion, error) {
	b := BookVersion{Version: version}
	var at string
	found, err := t.c.one([]any{&b.Content, &b.Hash, &b.Note, &at, &b.Person}, `SELECT content, hash, note, at, person FROM books WHERE register = ? AND version = ?`, t.r.id, version)
	switch {
	case err != nil:
		return b, err
	case !found:
		return b, fault.New(fault.NotFound, "variables.no_version")
	case HashOfBook(b.Content) != b.Hash:
		return b, fault.New(fault.Internal, "store.damaged")
	}
	b.At = readTime(at)
	return b, nil
}

// BookDraft gives the draft of the next version.
func (t *Tx) BookDraft() (d BookDraft, err error) {
	var at string
	_, err = t.c.one([]any{&d.Version, &d.Base, &d.Content, &at, &d.Person}, `SELECT version, base, content, at, person FROM book_drafts WHERE register = ?`, t.r.id)
	d.At = readTime(at)
	return d, err
}

// PutBookDraft keeps a draft, whose Version is the one that it was made from. Where somebody
// else has saved it since, it is a conflict.
func (t *Tx) PutBookDraft(d BookDraft) (err error) {
	if !keepable(d.Content) {
		return fault.New(fault.Invalid, "store.text")
	}
	var n int64
	if d.Version == 0 {
		n, err = t.c.exec(`INSERT INTO book_drafts (register, version, base, content, at, person) VALUES (?, 1, ?, ?, ?, ?) ON CONFLICT (register) DO NOTHING`,
			t.r.id, d.Base, d.Content, writeTime(d.At), d.Person)
	} else {
		n, err = t.c.exec(`UPDATE book_drafts SET version = ?, base = ?, content = ?, at = ?, person = ? WHERE register = ? AND version = ?`,
			d.Version+1, d.Base, d.Content, writeTime(d.At), d.Person, t.r.id, d.Version)
	}
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "variables.changed_meanwhile")
	}
	return err
}
