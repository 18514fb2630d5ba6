package store

import (
	"database/sql"

	"foljsam/internal/access"
	"foljsam/internal/fault"
)

// MoveSession lets a session go on under another role, or in another register.
func (t *Tx) MoveSession(hash, register string, role access.Role) error {
	n, err := t.node().exec(`UPDATE sessions SET register = ?, role = ? WHERE hash = ?`, register, string(role), hash)
	if err == nil && n == 0 {
		err = fault.New(fault.NotFound, "store.no_session")
	}
	return err
}

// PutSignCode keeps the code by which somebody sets their password; it takes the place of
// one that was given before.
func (t *Tx) PutSignCode(c access.SignCode) error {
	_, err := t.node().exec(`INSERT INTO sign_codes (person, hash, made_by, made, ends) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (person) DO UPDATE SET hash = excluded.hash, made_by = excluded.made_by, made = excluded.made, ends = excluded.ends`,
		c.Person, c.Hash, c.MadeBy, writeTime(c.Made), writeTime(c.Ends))
	return err
}

// SignCode gives the code that somebody has been given and not used.
func (t *Tx) SignCode(person string) (c access.SignCode, err error) {
	var made, ends string
	found, err := t.node().one([]any{&c.Person, &c.Hash, &c.MadeBy, &made, &ends}, `SELECT person, hash, made_by, made, ends FROM sign_codes WHERE person = ?`, person)
	if err == nil && !found {
		err = fault.New(fault.NotFound, "store.no_sign_code")
	}
	c.Made, c.Ends = readTime(made), readTime(ends)
	return c, err
}

// SignCodes gives all codes that have been given and not used, the oldest first.
func (t *Tx) SignCodes() (all []access.SignCode, err error) {
	err = t.node().each(func(rows *sql.Rows) error {
		var c access.SignCode
		var made, ends string
		if err := rows.Scan(&c.Person, &c.Hash, &c.MadeBy, &made, &ends); err != nil {
			return err
		}
		c.Made, c.Ends = readTime(made), readTime(ends)
		all = append(all, c)
		return nil
	}, `SELECT person, hash, made_by, made, ends FROM sign_codes ORDER BY made, person`)
	return all, err
}

// DropSignCode forgets somebody's code.
func (t *Tx) DropSignCode(person string) error {
	_, err := t.node().exec(`DELETE FROM sign_codes WHERE person = ?`, person)
	return err
}
