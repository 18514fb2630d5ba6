package store

import (
	"database/sql"
	"time"

	"foljsam/internal/audit"
	"foljsam/internal/codebook"
	"foljsam/internal/fault"
	"foljsam/internal/record"
)

// Revision is one save of a case: what it changed, and what was there before.
type Revision struct {
	Version int
	At      time.Time
	Person  string
	Role    string
	Act     audit.Act
	Changes []record.Change
}

// AddCase files a new case with its first revision. A case code that the register has
// already is a conflict.
func (t *Tx) AddCase(cb *codebook.Codebook, c *record.Filed, rev Revision) error {
	x := record.CoverOf(cb, c)
	answers, err := writeForm(c.Form)
	if err != nil {
		return err
	}
	if taken, err := t.codeTaken(c.Code); err != nil || taken {
		return firstOf(err, fault.New(fault.Conflict, "store.case_code_taken"))
	}
	n, err := t.c.exec(`INSERT INTO cases (register, id, unit, worker, code, client, previous, codebook, state, intake, closed, next_day, missing, progress, discuss, version, created, changed, changed_by, last_field, answers)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
		t.r.id, c.ID, c.Unit, c.Worker, c.Code, c.Client, c.Previous, c.Codebook, string(x.Standing), writeDay(x.Intake), writeDay(x.Closed), writeDay(x.Next),
		x.Missing, record.WriteProgress(x.Progress), number(x.Discuss), x.Version, writeTime(c.Created), writeTime(c.Changed), c.By, c.Last, answers)
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.New(fault.Conflict, "store.case_code_taken")
	}
	if t.r.catalog != nil {
		t.moved(t.c.direct.inserted(), &x, c.Code, c.Client)
	}
	return t.addRevision(c.ID, rev)
}

// codeTaken tells whether a case has a pseudonym already, where no index of the database
// refuses a second one.
func (t *Tx) codeTaken(code string) (bool, error) {
	if t.r.catalog == nil {
		return false, nil
	}
	row, err := t.rowWith(code)
	return row != 0, err
}

// SaveCase files a new version of a case and its revision. The version before it must be
// the one that is filed; otherwise somebody else was first, which is a conflict.
func (t *Tx) SaveCase(cb *codebook.Codebook, c *record.Filed, rev Revision) error {
	x := record.CoverOf(cb, c)
	answers, err := writeForm(c.Form)
	if err != nil {
		return err
	}
	n, err := t.c.exec(`UPDATE cases SET unit = ?, worker = ?, previous = ?, state = ?, intake = ?, closed = ?, next_day = ?, missing = ?, progress = ?, discuss = ?,
		version = ?, changed = ?, changed_by = ?, last_field = ?, answers = ? WHERE register = ? AND id = ? AND version = ?`,
		c.Unit, c.Worker, c.Previous, string(x.Standing), writeDay(x.Intake), writeDay(x.Closed), writeDay(x.Next), x.Missing, record.WriteProgress(x.Progress), number(x.Discuss),
		x.Version, writeTime(c.Changed), c.By, c.Last, answers, t.r.id, c.ID, x.Version-1)
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.New(fault.Conflict, "store.changed_meanwhile")
	}
	if err := t.catalogued(&x); err != nil {
		return err
	}
	return t.addRevision(c.ID, rev)
}

// Recode gives a case other pseudonyms, where its local codes were mistyped. A case code that
// another case has is a conflict.
func (t *Tx) Recode(c *record.Filed) error {
	other, err := t.CaseByCode(c.Code)
	switch {
	case err == nil && other.ID != c.ID:
		return fault.New(fault.Conflict, "store.case_code_taken")
	case err != nil && fault.KindOf(err) != fault.NotFound:
		return err
	}
	n, err := t.c.exec(`UPDATE cases SET code = ?, client = ? WHERE register = ? AND id = ?`, c.Code, c.Client, t.r.id, c.ID)
	if err == nil && n == 0 {
		err = fault.New(fault.NotFound, "store.no_case")
	}
	if err != nil || t.r.catalog == nil {
		return err
	}
	row, err := t.rowOf(c.ID)
	if err != nil {
		return err
	}
	x, _, _, err := t.coverAt(row)
	t.moved(row, &x, c.Code, c.Client)
	return err
}

func (t *Tx) addRevision(id string, rev Revision) error {
	changes, err := writeChanges(rev.Changes)
	if err != nil {
		return err
	}
	t.bind(id, rev, changes)
	_, err = t.c.exec(`INSERT INTO revisions (register, case_id, version, at, person, role, act, changes) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		t.r.id, id, rev.Version, writeTime(rev.At), rev.Person, rev.Role, string(rev.Act), changes)
	return err
}

const filed = `id, unit, worker, code, client, previous, codebook, version, created, changed, changed_by, last_field, answers`

// Case gives a case of the register.
func (t *Tx) Case(id string) (*record.Filed, error) { return t.caseWhere(`id = ?`, id) }

// CaseByCode gives the case with a pseudonym of a local case code.
func (t *Tx) CaseByCode(pseudonym string) (*record.Filed, error) {
	if t.r.catalog == nil {
		return t.caseWhere(`code = ?`, pseudonym)
	}
	row, err := t.rowWith(pseudonym)
	if err != nil {
		return nil, err
	}
	return t.caseWhere(`rowid = ?`, int64(row))
}

func (t *Tx) caseWhere(which string, arg any) (c *record.Filed, err error) {
	err = t.c.each(func(rows *sql.Rows) error { c, err = readFiled(rows); return err },
		`SELECT `+filed+` FROM cases WHERE register = ? AND `+which, t.r.id, arg)
	if err == nil && c == nil {
		err = fault.New(fault.NotFound, "store.no_case")
	}
	return c, err
}

// CaseWithCodes gives a case and its local codes by one query, which is what a program that
// reads case by case asks for.
func (t *Tx) CaseWithCodes(id string) (c *record.Filed, caseCode, clientCode string, err error) {
	var version int
	var sealedCase, sealedClient []byte
	err = t.c.each(func(rows *sql.Rows) error {
		c, err = readFiledAnd(rows, &version, &sealedCase, &sealedClient)
		return err
	}, `SELECT c.id, unit, worker, code, client, previous, codebook, c.version, created, changed, changed_by, last_field, answers, k.version, k.case_code, k.client_code
		FROM cases c JOIN local_codes k ON k.register = c.register AND k.case_id = c.id
		WHERE c.register = ? AND c.id = ? ORDER BY k.version DESC LIMIT 1`, t.r.id, id)
	switch {
	case err != nil:
		return nil, "", "", err
	case c == nil: // or a case whose codes are lost: then that is what is told
		if c, err = t.Case(id); err == nil {
			err = fault.New(fault.NotFound, "store.no_code")
		}
		return c, "", "", err
	}
	caseCode, clientCode, err = t.r.unsealBoth(id, version, sealedCase, sealedClient)
	return c, caseCode, clientCode, err
}

// EachCase gives every case of the register to read, in the order in which they were filed.
func (t *Tx) EachCase(read func(*record.Filed) error) error {
	return t.c.each(func(rows *sql.Rows) error {
		c, err := readFiled(rows)
		if err != nil {
			return err
		}
		return read(c)
	}, `SELECT `+filed+` FROM cases WHERE register = ? ORDER BY id`, t.r.id)
}

// CaseIDs gives the ids of all cases.
func (t *Tx) CaseIDs() (all []string, err error) {
	err = t.c.each(func(rows *sql.Rows) error {
		var id string
		err := rows.Scan(&id)
		all = append(all, id)
		return err
	}, `SELECT id FROM cases WHERE register = ?`, t.r.id)
	return all, err
}

func readFiled(rows *sql.Rows) (*record.Filed, error) {
	return readFiledAnd(rows)
}

// readFiledAnd reads a case, and what the query asks for after it.
func readFiledAnd(rows *sql.Rows, more ...any) (*record.Filed, error) {
	c := &record.Filed{Form: &record.Form{}}
	var created, changed string
	var answers sql.RawBytes
	err := rows.Scan(append([]any{&c.ID, &c.Unit, &c.Worker, &c.Code, &c.Client, &c.Previous, &c.Codebook, &c.Form.Version, &created, &changed, &c.By, &c.Last, &answers}, more...)...)
	if err != nil {
		return nil, err
	}
	c.Created, c.Changed = readTime(created), readTime(changed)
	if err := c.Form.ReadJSON(answers); err != nil {
		return nil, fault.New(fault.Internal, "store.damaged") // the cause could quote an answer
	}
	return c, nil
}

// Revisions gives the saves of a case, oldest first.
func (t *Tx) Revisions(id string) (all []Revision, err error) {
	err = t.c.each(func(rows *sql.Rows) error {
		var r Revision
		var at, act string
		var changes sql.RawBytes
		if err := rows.Scan(&r.Version, &at, &r.Person, &r.Role, &act, &changes); err != nil {
			return err
		}
		r.At, r.Act = readTime(at), audit.Act(act)
		var err error
		if r.Changes, err = record.ReadChanges(changes, r.Version); err != nil {
			return fault.New(fault.Internal, "store.damaged")
		}
		all = append(all, r)
		return nil
	}, `SELECT version, at, person, role, act, changes FROM revisions WHERE register = ? AND case_id = ? ORDER BY version`, t.r.id, id)
	return all, err
}

// writeForm gives a form as the JSON that is kept. Text that JSON would change is refused.
func writeForm(f *record.Form) (string, error) {
	for field, a := range f.Answers {
		if !keepable(field) || !keepable(a.Value) || !keepable(a.Comment) {
			return "", fault.New(fault.Invalid, "store.text")
		}
	}
	return string(f.AppendJSON(make([]byte, 0, 2048))), nil
}

func writeChanges(all []record.Change) (string, error) {
	for _, c := range all {
		if !keepable(c.New.Value) || !keepable(c.New.Comment) {
			return "", fault.New(fault.Invalid, "store.text")
		}
	}
	return string(record.AppendChanges(make([]byte, 0, 1024), all)), nil
}

func number(yes bool) int {
	if yes {
		return 1
	}
	return 0
}
