package store

import (
	"database/sql"

	"foljsam/internal/fault"
	"foljsam/internal/note"
)

// AddOrder keeps an order of a figure.
func (t *Tx) AddOrder(o note.Order) error {
	if !keepable(o.About + o.Title + o.Text + o.Unit) {
		return fault.New(fault.Invalid, "store.text")
	}
	_, err := t.c.exec(`INSERT INTO orders (register, id, unit, about, title, text, wanted, made, person, ended, ended_by, answer_about, answer) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, '', '', '', '')`,
		t.r.id, o.ID, o.Unit, o.About, o.Title, o.Text, o.Wanted, writeTime(o.Made), o.Person)
	return err
}

// EndOrder keeps how an order ended: its answer, or that it was taken back. One that has ended
// is a conflict.
func (t *Tx) EndOrder(o note.Order) error {
	if !keepable(o.Answer + o.AnswerAbout) {
		return fault.New(fault.Invalid, "store.text")
	}
	n, err := t.c.exec(`UPDATE orders SET ended = ?, ended_by = ?, answer_about = ?, answer = ? WHERE register = ? AND id = ? AND ended = ''`,
		writeTime(o.Ended), o.EndedBy, o.AnswerAbout, o.Answer, t.r.id, o.ID)
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "order.ended")
	}
	return err
}

// Orders gives all orders: those that wait first, by the day they are wanted, then the others,
// newest first.
func (t *Tx) Orders() (all []note.Order, err error) {
	err = t.c.each(func(rows *sql.Rows) error {
		var o note.Order
		var made, ended string
		err := rows.Scan(&o.ID, &o.Unit, &o.About, &o.Title, &o.Text, &o.Wanted, &made, &o.Person, &ended, &o.EndedBy, &o.AnswerAbout, &o.Answer)
		o.Made, o.Ended = readTime(made), readTime(ended)
		all = append(all, o)
		return err
	}, `SELECT id, unit, about, title, text, wanted, made, person, ended, ended_by, answer_about, answer FROM orders WHERE register = ?
		ORDER BY CASE WHEN ended = '' THEN 0 ELSE 1 END, CASE WHEN ended = '' THEN wanted ELSE '' END, ended DESC, made DESC, id`, t.r.id)
	return all, err
}
