package store

import (
	"database/sql"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/fault"
)

// What signing in asks for beside a password is the installation's too: these methods are
// for transactions of [Store.Node], and fail in every other.

// SessionsOf gives a person's sessions, the newest first.
func (t *Tx) SessionsOf(person string) ([]access.Session, error) {
	return t.sessionsWhere(`person = ? ORDER BY created DESC, hash`, person)
}

func (t *Tx) sessionsWhere(which string, arg any) (all []access.Session, err error) {
	err = t.node().each(func(rows *sql.Rows) error {
		var s access.Session
		var role, created, seen, ends, confirmed string
		if err := rows.Scan(&s.Hash, &s.Person, &s.Register, &role, &s.How, &created, &seen, &ends, &confirmed); err != nil {
			return err
		}
		s.Role, s.Created, s.Seen, s.Ends, s.Confirmed = access.Role(role), readTime(created), readTime(seen), readTime(ends), readTime(confirmed)
		all = append(all, s)
		return nil
	}, `SELECT hash, person, register, role, how, created, seen, ends, confirmed FROM sessions WHERE `+which, arg)
	return all, err
}

// EndSessionsOf forgets all of a person's sessions but one (none: ""), and gives the hashes
// of those that it ended. What is half done is forgotten with them.
func (t *Tx) EndSessionsOf(person, but string) (ended []string, err error) {
	all, err := t.SessionsOf(person)
	for _, s := range all {
		if s.Hash != but && err == nil {
			ended = append(ended, s.Hash)
			err = t.EndSession(s.Hash)
		}
	}
	if err == nil {
		_, err = t.node().exec(`DELETE FROM sign_steps WHERE person = ?`, person)
	}
	return ended, err
}

// ConfirmSession notes that whoever uses a session has shown again who they are.
func (t *Tx) ConfirmSession(hash string, at time.Time) error {
	return orNotFound("store.no_session")(t.node().exec(`UPDATE sessions SET confirmed = ? WHERE hash = ?`, writeTime(at), hash))
}

// orNotFound gives what an update's answer means: nothing was there to change is not found.
func orNotFound(key string) func(int64, error) error {
	return func(n int64, err error) error {
		if err == nil && n == 0 {
			err = fault.New(fault.NotFound, key)
		}
		return err
	}
}

// OneTime is what one-time codes are made of.
type OneTime struct {
	Secret    []byte
	Begun     time.Time
	Confirmed time.Time // zero: not shown yet that it has come into the telephone
	LastStep  int64     // the time step of the newest code that was taken
}

// oneTimeFor binds a sealed secret to its person: moved to another's row it does not open.
func oneTimeFor(person string) []byte { return []byte(NodeID + "\x00one time\x00" + person) }

// PutOneTime keeps a new secret that is not confirmed yet. One that is confirmed stays, and
// is a conflict.
func (t *Tx) PutOneTime(person string, o OneTime) error {
	n, err := t.node().exec(`INSERT INTO one_time_codes (person, secret, begun, confirmed, last_step) VALUES (?, ?, ?, '', 0)
		ON CONFLICT (person) DO UPDATE SET secret = excluded.secret, begun = excluded.begun, last_step = 0 WHERE one_time_codes.confirmed = ''`,
		person, t.r.secrets.seal.Seal(nil, nil, o.Secret, oneTimeFor(person)), writeTime(o.Begun))
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "account.codes_on_already")
	}
	return err
}

// OneTime gives what a person's one-time codes are made of.
func (t *Tx) OneTime(person string) (o OneTime, err error) {
	var sealed []byte
	var begun, confirmed string
	found, err := t.node().one([]any{&sealed, &begun, &confirmed, &o.LastStep}, `SELECT secret, begun, confirmed, last_step FROM one_time_codes WHERE person = ?`, person)
	if err == nil && !found {
		err = fault.New(fault.NotFound, "account.no_codes")
	}
	if err != nil {
		return o, err
	}
	o.Begun, o.Confirmed = readTime(begun), readTime(confirmed)
	if o.Secret, err = t.r.secrets.seal.Open(nil, nil, sealed, oneTimeFor(person)); err != nil {
		err = fault.New(fault.Invalid, "store.code_unreadable")
	}
	return o, err
}

// ConfirmOneTime makes one-time codes count from now on.
func (t *Tx) ConfirmOneTime(person string, at time.Time) error {
	return orNotFound("account.no_codes")(t.node().exec(`UPDATE one_time_codes SET confirmed = ? WHERE person = ? AND confirmed = ''`, writeTime(at), person))
}

// TakeStep uses up the code of a time step, and all before it. A step that was used up
// already is a conflict, whoever comes at the same time.
func (t *Tx) TakeStep(person string, step int64) error {
	n, err := t.node().exec(`UPDATE one_time_codes SET last_step = ? WHERE person = ? AND last_step < ?`, step, person, step)
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "account.code_used")
	}
	return err
}

// DropOneTime takes away a person's one-time codes.
func (t *Tx) DropOneTime(person string) error {
	_, err := t.node().exec(`DELETE FROM one_time_codes WHERE person = ?`, person)
	return err
}

// PutRecoveryCodes keeps the hashes of a person's new recovery codes instead of the old.
func (t *Tx) PutRecoveryCodes(person string, hashes []string) error {
	_, err := t.node().exec(`DELETE FROM recovery_codes WHERE person = ?`, person)
	for _, h := range hashes {
		if err == nil {
			_, err = t.node().exec(`INSERT INTO recovery_codes (person, hash, used) VALUES (?, ?, '')`, person, h)
		}
	}
	return err
}

// UseRecoveryCode uses up a recovery code. One that is none, or was used, is not found.
func (t *Tx) UseRecoveryCode(person, hash string, at time.Time) error {
	return orNotFound("account.no_recovery_code")(t.node().exec(`UPDATE recovery_codes SET used = ? WHERE person = ? AND hash = ? AND used = ''`, writeTime(at), person, hash))
}

// RecoveryCodesLeft gives how many of a person's recovery codes are unused.
func (t *Tx) RecoveryCodesLeft(person string) (n int, err error) {
	_, err = t.node().one([]any{&n}, `SELECT count(*) FROM recovery_codes WHERE person = ? AND used = ''`, person)
	return n, err
}

// Passkey is a key that a person's device keeps, of which we have the public half.
type Passkey struct {
	ID         string
	Person     string
	Name       string // what the person calls it
	Host       string // the public name that it was made for
	Credential string // as app writes it
	Uses       uint32 // the device's own count, where it has one
	Created    time.Time
	Used       time.Time
}

// AddPasskey keeps a new passkey. One that is kept already is a conflict.
func (t *Tx) AddPasskey(k Passkey) error {
	n, err := t.node().exec(`INSERT INTO passkeys (id, person, name, host, credential, uses, created, used) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
		k.ID, k.Person, k.Name, k.Host, k.Credential, int64(k.Uses), writeTime(k.Created), writeTime(k.Used))
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "account.passkey_taken")
	}
	return err
}

// Passkey gives a passkey by its id.
func (t *Tx) Passkey(id string) (Passkey, error) {
	all, err := t.passkeysWhere(`WHERE id = ?`, id)
	if err == nil && len(all) == 0 {
		err = fault.New(fault.NotFound, "account.no_passkey")
	}
	if err != nil {
		return Passkey{}, err
	}
	return all[0], nil
}

// PasskeysOf gives a person's passkeys, the oldest first.
func (t *Tx) PasskeysOf(person string) ([]Passkey, error) {
	return t.passkeysWhere(`WHERE person = ? ORDER BY created, id`, person)
}

func (t *Tx) passkeysWhere(which string, arg any) (all []Passkey, err error) {
	err = t.node().each(func(rows *sql.Rows) error {
		var k Passkey
		var uses int64
		var created, used string
		if err := rows.Scan(&k.ID, &k.Person, &k.Name, &k.Host, &k.Credential, &uses, &created, &used); err != nil {
			return err
		}
		k.Uses, k.Created, k.Used = uint32(uses), readTime(created), readTime(used)
		all = append(all, k)
		return nil
	}, `SELECT id, person, name, host, credential, uses, created, used FROM passkeys `+which, arg)
	return all, err
}

// PasskeysElsewhere gives how many passkeys were made for another public name than this.
func (t *Tx) PasskeysElsewhere(host string) (n int, err error) {
	_, err = t.node().one([]any{&n}, `SELECT count(*) FROM passkeys WHERE host <> ?`, host)
	return n, err
}

// UsePasskey notes that a passkey was used. Where somebody else has used it since it was
// read, the counts may no longer be compared, and it is a conflict.
func (t *Tx) UsePasskey(was Passkey, uses uint32, credential string, at time.Time) error {
	n, err := t.node().exec(`UPDATE passkeys SET uses = ?, credential = ?, used = ? WHERE id = ? AND uses = ?`, int64(uses), credential, writeTime(at), was.ID, int64(was.Uses))
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "account.passkey_meanwhile")
	}
	return err
}

// RemovePasskey takes away a passkey of a person.
func (t *Tx) RemovePasskey(person, id string) error {
	return orNotFound("account.no_passkey")(t.node().exec(`DELETE FROM passkeys WHERE id = ? AND person = ?`, id, person))
}

// SignStep is something half done on the way in.
type SignStep struct {
	Hash    string // of the secret that the browser has
	Person  string // empty: not known yet
	Purpose string
	Data    string
	Ends    time.Time
}

// AddSignStep keeps a step, and forgets those whose time is out.
func (t *Tx) AddSignStep(s SignStep, now time.Time) error {
	_, err := t.node().exec(`DELETE FROM sign_steps WHERE ends <= ?`, writeTime(now))
	if err == nil {
		_, err = t.node().exec(`INSERT INTO sign_steps (hash, person, purpose, data, ends) VALUES (?, ?, ?, ?, ?)`, s.Hash, s.Person, s.Purpose, s.Data, writeTime(s.Ends))
	}
	return err
}

// DropSignStep forgets a step of nobody in particular, where it still waits.
func (t *Tx) DropSignStep(hash string) error {
	_, err := t.node().exec(`DELETE FROM sign_steps WHERE hash = ? AND person = ''`, hash)
	return err
}

// SignStep gives a step with a purpose whose time is not out.
func (t *Tx) SignStep(hash, purpose string, now time.Time) (s SignStep, err error) {
	var ends string
	found, err := t.node().one([]any{&s.Hash, &s.Person, &s.Purpose, &s.Data, &ends},
		`SELECT hash, person, purpose, data, ends FROM sign_steps WHERE hash = ? AND purpose = ? AND ends > ?`, hash, purpose, writeTime(now))
	if err == nil && !found {
		err = fault.New(fault.NotFound, "account.no_step")
	}
	s.Ends = readTime(ends)
	return s, err
}

// EndSignStep forgets a step. One that somebody else has ended is not found: each is taken
// once.
func (t *Tx) EndSignStep(hash string) error {
	return orNotFound("account.no_step")(t.node().exec(`DELETE FROM sign_steps WHERE hash = ?`, hash))
}

// Reminded gives since when a person has been asked for a second factor; zero: never.
func (t *Tx) Reminded(person string) (since time.Time, err error) {
	var text string
	_, err = t.node().one([]any{&text}, `SELECT since FROM reminders WHERE person = ?`, person)
	return readTime(text), err
}

// Remind notes that a person is asked for a second factor from now on; who is already, stays
// so.
func (t *Tx) Remind(person string, since time.Time) error {
	_, err := t.node().exec(`INSERT INTO reminders (person, since) VALUES (?, ?) ON CONFLICT (person) DO NOTHING`, person, writeTime(since))
	return err
}

// HasSecondFactor tells whether a person has one-time codes that count, or a passkey.
func (t *Tx) HasSecondFactor(person string) (bool, error) {
	var n int
	_, err := t.node().one([]any{&n}, `SELECT (SELECT count(*) FROM one_time_codes WHERE person = ? AND confirmed <> '') + (SELECT count(*) FROM passkeys WHERE person = ?)`, person, person)
	return n > 0, err
}

// DropFactors takes away all that a person signs in with beside the password, and since when
// they have been asked for it.
func (t *Tx) DropFactors(person string) error {
	for _, table := range []string{"one_time_codes", "recovery_codes", "passkeys", "reminders"} {
		if _, err := t.node().exec(`DELETE FROM `+table+` WHERE person = ?`, person); err != nil {
			return err
		}
	}
	return nil
}
