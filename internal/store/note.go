package store

import (
	"database/sql"
	"time"

	"foljsam/internal/fault"
	"foljsam/internal/note"
)

// AddNote keeps a note.
func (t *Tx) AddNote(n note.Note) error {
	if !keepable(n.Text) || !keepable(n.Title) || !keepable(n.About) {
		return fault.New(fault.Invalid, "store.text")
	}
	_, err := t.c.exec(`INSERT INTO notes (register, id, kind, unit, about, title, text, again, made, person, ended, ended_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', '')`,
		t.r.id, n.ID, string(n.Kind), n.Unit, n.About, n.Title, n.Text, n.Again, writeTime(n.Made), n.Person)
	return err
}

// EndNote says that a note is done with. One that is not there, or is ended, is not found.
func (t *Tx) EndNote(id, person string, at time.Time) error {
	n, err := t.c.exec(`UPDATE notes SET ended = ?, ended_by = ? WHERE register = ? AND id = ? AND ended = ''`, writeTime(at), person, t.r.id, id)
	if err == nil && n == 0 {
		err = fault.New(fault.NotFound, "result.no_note")
	}
	return err
}

// Notes gives the notes that stand, the newest first.
func (t *Tx) Notes() (all []note.Note, err error) {
	err = t.c.each(func(rows *sql.Rows) error {
		var n note.Note
		var kind, made string
		err := rows.Scan(&n.ID, &kind, &n.Unit, &n.About, &n.Title, &n.Text, &n.Again, &made, &n.Person)
		n.Kind, n.Made = note.Kind(kind), readTime(made)
		all = append(all, n)
		return err
	}, `SELECT id, kind, unit, about, title, text, again, made, person FROM notes WHERE register = ? AND ended = '' ORDER BY made DESC, id DESC`, t.r.id)
	return all, err
}
