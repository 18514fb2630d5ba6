package store

import (
	"database/sql"
	"encoding/json"
	"time"

	"foljsam/internal/fault"
	"foljsam/internal/note"
	"foljsam/internal/record"
)

// What people chose in an exercise is sealed under the key of the key register, bound to the
// exercise and to how many have answered: whoever has the database, or two copies of it with one
// answer between them, has no answers without that key. It is one value, written anew whole, so
// that no row of the database was last written by one person's choice.

// ofCoding is what a tally is sealed for; no pseudonym is made for it.
const ofCoding record.Purpose = "kodning"

// codingContent is what is asked in an exercise; it never changes.
type codingContent struct {
	Title     string          `json:"rubrik"`
	Cases     []note.Vignette `json:"fall"`
	Questions []note.Question `json:"fragor"`
	Units     []string        `json:"enheter"`
}

// AddCoding keeps a new exercise.
func (t *Tx) AddCoding(c *note.Coding) error {
	text := c.Title
	for _, v := range c.Cases {
		text += v.Title + v.Text
	}
	if !keepable(text) {
		return fault.New(fault.Invalid, "store.text")
	}
	content, err := json.Marshal(codingContent{c.Title, c.Cases, c.Questions, c.Units})
	if err != nil {
		return fault.Wrap(err, fault.Internal, "store.failed")
	}
	_, err = t.c.exec(`INSERT INTO codings (register, id, content, till, made, person, closed, closed_by, answered, tally) VALUES (?, ?, ?, ?, ?, ?, '', '', 0, ?)`,
		t.r.id, c.ID, string(content), c.Till, writeTime(c.Made), c.Person, []byte{})
	return err
}

// Codings gives all exercises, the newest first, with what was chosen only in those of which it
// may be shown.
func (t *Tx) Codings() ([]*note.Coding, error) { return t.codingsWhere(`1 = 1`) }

// Coding gives one exercise.
func (t *Tx) Coding(id string) (*note.Coding, error) {
	all, err := t.codingsWhere(`id = ?`, id)
	if err == nil && len(all) == 0 {
		err = fault.New(fault.NotFound, "coding.not_found")
	}
	if err != nil {
		return nil, err
	}
	return all[0], nil
}

func (t *Tx) codingsWhere(which string, args ...any) (all []*note.Coding, err error) {
	err = t.c.each(func(rows *sql.Rows) error {
		c := &note.Coding{}
		var content, made, closed string
		var sealed []byte
		if err := rows.Scan(&c.ID, &content, &c.Till, &made, &c.Person, &closed, &c.ClosedBy, &c.Answered, &sealed); err != nil {
			return err
		}
		var what codingContent
		if err := json.Unmarshal([]byte(content), &what); err != nil {
			return fault.Wrap(err, fault.Internal, "store.damaged")
		}
		c.Title, c.Cases, c.Questions, c.Units = what.Title, what.Cases, what.Questions, what.Units
		c.Made, c.Closed = readTime(made), readTime(closed)
		if c.Shown() {
			c.Tally, _ = t.r.unsealTally(c.ID, c.Answered, sealed) // where the key was lost there is none
		}
		all = append(all, c)
		return nil
	}, `SELECT id, content, till, made, person, closed, closed_by, answered, tally FROM codings WHERE register = ? AND `+which+` ORDER BY made DESC, id DESC`, append([]any{t.r.id}, args...)...)
	return all, err
}

// HasCoded tells whether a person has answered an exercise that is not closed.
func (t *Tx) HasCoded(id, person string) (yes bool, err error) {
	var n int
	_, err = t.c.one([]any{&n}, `SELECT count(*) FROM coding_readers WHERE register = ? AND coding = ? AND person = ?`, t.r.id, id, person)
	return n > 0, err
}

// AddCodingSheet counts a person's sheet in. Once it is counted nothing tells whose it was. A
// person answers once, and while the exercise is open.
func (t *Tx) AddCodingSheet(c *note.Coding, s note.Sheet, person string) error {
	n, err := t.c.exec(`INSERT INTO coding_readers (register, coding, person) VALUES (?, ?, ?) ON CONFLICT (register, coding, person) DO NOTHING`, t.r.id, c.ID, person)
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "coding.answered_already")
	}
	if err != nil {
		return err
	}
	var sealed []byte
	var answered int
	found, err := t.c.one([]any{&answered, &sealed}, `SELECT answered, tally FROM codings WHERE register = ? AND id = ? AND closed = ''`, t.r.id, c.ID)
	if err == nil && !found {
		err = fault.New(fault.Conflict, "coding.is_closed")
	}
	if err != nil {
		return err
	}
	tally, err := t.r.unsealTally(c.ID, answered, sealed)
	if err == nil {
		tally, err = c.Add(tally, s)
	}
	if err != nil {
		return err
	}
	n, err = t.c.exec(`UPDATE codings SET answered = ?, tally = ? WHERE register = ? AND id = ? AND answered = ? AND closed = ''`,
		answered+1, t.r.sealTally(c.ID, answered+1, tally), t.r.id, c.ID, answered)
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "coding.meanwhile")
	}
	return err
}

// MoveCoding gives an exercise that is open, and had this last day when somebody looked, another.
func (t *Tx) MoveCoding(id, from, till string) error {
	n, err := t.c.exec(`UPDATE codings SET till = ? WHERE register = ? AND id = ? AND closed = '' AND till = ?`, till, t.r.id, id, from)
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "coding.meanwhile")
	}
	return err
}

// CloseCoding closes an exercise for good. Who has answered is forgotten; and what was answered
// too, where too few did for anybody to see it.
func (t *Tx) CloseCoding(id, person string, at time.Time) error {
	n, err := t.c.exec(`UPDATE codings SET closed = ?, closed_by = ?, tally = CASE WHEN answered < ? THEN ? ELSE tally END WHERE register = ? AND id = ? AND closed = ''`,
		writeTime(at), person, note.Least, []byte{}, t.r.id, id)
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "coding.is_closed")
	}
	if err == nil {
		_, err = t.c.exec(`DELETE FROM coding_readers WHERE register = ? AND coding = ?`, t.r.id, id)
	}
	return err
}

func (r *Register) sealTally(id string, answered int, tally note.Tally) []byte {
	return r.secrets.seal.Seal(nil, nil, tally, r.sealedFor(ofCoding, id, answered))
}

func (r *Register) unsealTally(id string, answered int, sealed []byte) (tally note.Tally, err error) {
	if len(sealed) == 0 {
		return nil, nil
	}
	tally, err = r.secrets.seal.Open(nil, nil, sealed, r.sealedFor(ofCoding, id, answered))
	for _, older := range r.secrets.older {
		if err != nil {
			tally, err = older.Open(nil, nil, sealed, r.sealedFor(ofCoding, id, answered))
		}
	}
	if err != nil {
		return nil, fault.New(fault.Invalid, "coding.key_lost")
	}
	return tally, nil
}

// sealTalliesAnew seals what was chosen in exercises under other keys. What a lost key sealed
// stays as it is.
func (t *Tx) sealTalliesAnew(to *Register) error {
	type sealedTally struct {
		id       string
		answered int
		sealed   []byte
	}
	var all []sealedTally
	err := t.c.each(func(rows *sql.Rows) error {
		var x sealedTally
		err := rows.Scan(&x.id, &x.answered, &x.sealed)
		all = append(all, x)
		return err
	}, `SELECT id, answered, tally FROM codings WHERE register = ?`, t.r.id)
	for _, x := range all {
		tally, lost := t.r.unsealTally(x.id, x.answered, x.sealed)
		if err != nil || lost != nil || len(tally) == 0 {
			continue
		}
		_, err = t.c.exec(`UPDATE codings SET tally = ? WHERE register = ? AND id = ?`, to.sealTally(x.id, x.answered, tally), t.r.id, x.id)
	}
	return err
}
