package store

import (
	"database/sql"
	"errors"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/fault"
	"foljsam/internal/place"
)

// People, roles, sessions and the list of registers are the installation's: these methods
// are for transactions of [Store.Node], and fail in every other.

// node gives the connection where it is the installation's own.
func (t *Tx) node() *conn {
	if t.r.id != NodeID {
		return &conn{refuse: fault.Wrap(errors.New("people and registers are the installation's"), fault.Internal, "store.failed")}
	}
	return t.c
}

func (t *Tx) addRegister(r place.Register) error {
	n, err := t.node().exec(`INSERT INTO registers (id, name, controller, area, synthetic, created) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
		r.ID, r.Name, r.Controller, r.Unit, number(r.Synthetic), writeTime(r.Created))
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "store.register_taken")
	}
	return err
}

func (t *Tx) register(id string) (place.Register, error) {
	all, err := t.registersWhere(`WHERE id = ?`, id)
	if err == nil && len(all) == 0 {
		err = fault.New(fault.NotFound, "store.no_register")
	}
	if err != nil {
		return place.Register{}, err
	}
	return all[0], nil
}

// Registers gives the installation's registers by id.
func (t *Tx) Registers() ([]place.Register, error) { return t.registersWhere(`ORDER BY id`) }

func (t *Tx) registersWhere(which string, args ...any) (all []place.Register, err error) {
	err = t.node().each(func(rows *sql.Rows) error {
		var r place.Register
		var synthetic int
		var created string
		if err := rows.Scan(&r.ID, &r.Name, &r.Controller, &r.Unit, &synthetic, &created); err != nil {
			return err
		}
		r.Synthetic, r.Created = synthetic == 1, readTime(created)
		all = append(all, r)
		return nil
	}, `SELECT id, name, controller, area, synthetic, created FROM registers `+which, args...)
	return all, err
}

// AddPerson adds somebody who can sign in. A login that is taken is a conflict.
func (t *Tx) AddPerson(p access.Person) error {
	n, err := t.node().exec(`INSERT INTO people (id, login, name, password, language, keys_off, created, ended) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (login) DO NOTHING`,
		p.ID, p.Login, p.Name, p.Password, p.Language, number(p.KeysOff), writeTime(p.Created), writeTime(p.Ended))
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "store.login_taken")
	}
	return err
}

// SavePerson changes what is kept of somebody.
func (t *Tx) SavePerson(p access.Person) error {
	n, err := t.node().exec(`UPDATE people SET name = ?, password = ?, language = ?, keys_off = ?, ended = ? WHERE id = ?`,
		p.Name, p.Password, p.Language, number(p.KeysOff), writeTime(p.Ended), p.ID)
	if err == nil && n == 0 {
		err = fault.New(fault.NotFound, "store.no_person")
	}
	return err
}

// Person gives somebody by id.
func (t *Tx) Person(id string) (access.Person, error) { return t.personWhere(`id = ?`, id) }

// PersonByLogin gives somebody by what they sign in with.
func (t *Tx) PersonByLogin(login string) (access.Person, error) {
	return t.personWhere(`login = ?`, login)
}

func (t *Tx) personWhere(which string, arg any) (p access.Person, err error) {
	all, err := t.peopleWhere(`WHERE `+which, arg)
	if err == nil && len(all) == 0 {
		err = fault.New(fault.NotFound, "store.no_person")
	}
	if err != nil {
		return p, err
	}
	return all[0], nil
}

// People gives everybody by name.
func (t *Tx) People() ([]access.Person, error) { return t.peopleWhere(`ORDER BY name, id`) }

func (t *Tx) peopleWhere(which string, args ...any) (all []access.Person, err error) {
	err = t.node().each(func(rows *sql.Rows) error {
		var p access.Person
		var off int
		var created, ended string
		if err := rows.Scan(&p.ID, &p.Login, &p.Name, &p.Password, &p.Language, &off, &created, &ended); err != nil {
			return err
		}
		p.KeysOff, p.Created, p.Ended = off == 1, readTime(created), readTime(ended)
		all = append(all, p)
		return nil
	}, `SELECT id, login, name, password, language, keys_off, created, ended FROM people `+which, args...)
	return all, err
}

// AddSession keeps a sign-in.
func (t *Tx) AddSession(s access.Session) error {
	_, err := t.node().exec(`INSERT INTO sessions (hash, person, register, role, how, created, seen, ends, confirmed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		s.Hash, s.Person, s.Register, string(s.Role), s.How, writeTime(s.Created), writeTime(s.Seen), writeTime(s.Ends), writeTime(s.Confirmed))
	return err
}

// Session gives a sign-in by the hash of its secret.
func (t *Tx) Session(hash string) (access.Session, error) {
	all, err := t.sessionsWhere(`hash = ?`, hash)
	if err == nil && len(all) == 0 {
		err = fault.New(fault.NotFound, "store.no_session")
	}
	if err != nil {
		return access.Session{}, err
	}
	return all[0], nil
}

// TouchSession notes that a session was used. One that was ended is not found.
func (t *Tx) TouchSession(hash string, seen time.Time) error {
	n, err := t.node().exec(`UPDATE sessions SET seen = ? WHERE hash = ?`, writeTime(seen), hash)
	if err == nil && n == 0 {
		err = fault.New(fault.NotFound, "store.no_session")
	}
	return err
}

// EndSession forgets a session.
func (t *Tx) EndSession(hash string) error {
	_, err := t.node().exec(`DELETE FROM sessions WHERE hash = ?`, hash)
	return err
}

// EndSessionsBefore forgets the sessions whose time is out.
func (t *Tx) EndSessionsBefore(now time.Time) error {
	_, err := t.node().exec(`DELETE FROM sessions WHERE ends <= ?`, writeTime(now))
	return err
}
