package store

import (
	"database/sql"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/fault"
)

// AddGrant gives a role.
func (t *Tx) AddGrant(g access.Grant) error {
	_, err := t.node().exec(`INSERT INTO grants (person, register, unit, role, from_time, till_time, given_by, approved_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		g.Person, g.Register, g.Unit, string(g.Role), writeTime(g.From), writeTime(g.Till), g.GivenBy, g.ApprovedBy)
	return err
}

// EndGrant lets a role hold till a time. One that is not there is not found.
func (t *Tx) EndGrant(g access.Grant, till time.Time) error {
	n, err := t.node().exec(`UPDATE grants SET till_time = ? WHERE person = ? AND register = ? AND unit = ? AND role = ? AND from_time = ?`,
		writeTime(till), g.Person, g.Register, g.Unit, string(g.Role), writeTime(g.From))
	if err == nil && n == 0 {
		err = fault.New(fault.NotFound, "store.no_grant")
	}
	return err
}

// Grants gives the roles of a person, those that have ended among them.
func (t *Tx) Grants(person string) ([]access.Grant, error) {
	return t.grantsWhere(`WHERE person = ?`, person)
}

// GrantsIn gives everybody's roles in a register; in the installation where it is empty.
func (t *Tx) GrantsIn(register string) ([]access.Grant, error) {
	return t.grantsWhere(`WHERE register = ?`, register)
}

// AllGrants gives everybody's roles everywhere.
func (t *Tx) AllGrants() ([]access.Grant, error) { return t.grantsWhere(``) }

func (t *Tx) grantsWhere(which string, args ...any) (all []access.Grant, err error) {
	err = t.node().each(func(rows *sql.Rows) error {
		var g access.Grant
		var role, from, till string
		if err := rows.Scan(&g.Person, &g.Register, &g.Unit, &role, &from, &till, &g.GivenBy, &g.ApprovedBy); err != nil {
			return err
		}
		g.Role, g.From, g.Till = access.Role(role), readTime(from), readTime(till)
		all = append(all, g)
		return nil
	}, `SELECT person, register, unit, role, from_time, till_time, given_by, approved_by FROM grants `+which+` ORDER BY person, register, unit, role, from_time`, args...)
	return all, err
}

// AddProposal keeps what waits for a second person.
func (t *Tx) AddProposal(p access.Proposal) error {
	_, err := t.node().exec(`INSERT INTO proposals (id, person, register, role, made_by, made, ends, outcome, decided, decided_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		p.ID, p.Person, p.Register, string(p.Role), p.MadeBy, writeTime(p.Made), writeTime(p.Ends), string(p.Outcome), writeTime(p.Decided), p.DecidedBy)
	return err
}

// DecideProposal keeps what became of a proposal. One that somebody has decided already is a
// conflict.
func (t *Tx) DecideProposal(p access.Proposal) error {
	n, err := t.node().exec(`UPDATE proposals SET outcome = ?, decided = ?, decided_by = ? WHERE id = ? AND outcome = ''`,
		string(p.Outcome), writeTime(p.Decided), p.DecidedBy, p.ID)
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "store.decided")
	}
	return err
}

// Proposals gives all proposals, the newest first.
func (t *Tx) Proposals() (all []access.Proposal, err error) {
	err = t.node().each(func(rows *sql.Rows) error {
		var p access.Proposal
		var role, made, ends, outcome, decided string
		if err := rows.Scan(&p.ID, &p.Person, &p.Register, &role, &p.MadeBy, &made, &ends, &outcome, &decided, &p.DecidedBy); err != nil {
			return err
		}
		p.Role, p.Outcome = access.Role(role), access.Outcome(outcome)
		p.Made, p.Ends, p.Decided = readTime(made), readTime(ends), readTime(decided)
		all = append(all, p)
		return nil
	}, `SELECT id, person, register, role, made_by, made, ends, outcome, decided, decided_by FROM proposals ORDER BY made DESC, id DESC`)
	return all, err
}
