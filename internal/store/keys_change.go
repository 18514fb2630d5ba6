package store

import (
	"context"
	"database/sql"
	"time"

	"foljsam/internal/audit"
	"foljsam/internal/fault"
	"foljsam/internal/record"
)

// RotateKeys gives a register other keys for its codes and pseudonyms: every code is sealed
// under the new key, and every pseudonym made anew, in one transaction; the old versions end.
// The new keys are on disk before that, so that whenever it stops, what the register says it
// uses is there. Nobody else may be using the register: on PostgreSQL, servers are stopped
// first. Codes whose key was lost stay as they are. It gives how many cases have new
// pseudonyms.
func (s *Store) RotateKeys(ctx context.Context, id string, at time.Time) (n int, err error) {
	if id == NodeID {
		return 0, fault.New(fault.Usage, "keeping.not_the_node")
	}
	r, err := s.Register(ctx, id)
	if err != nil {
		return 0, err
	}
	keys, err := s.options.Keys.Of(id)
	if err != nil {
		return 0, err
	}
	version := 1 + max(keys.last(codeKey), keys.last(pseudonymKey))
	if keys, err = s.options.Keys.add(id, version, codeKey, pseudonymKey); err != nil {
		return 0, err
	}
	fresh, err := keys.secrets(version, version)
	if err != nil {
		return 0, err
	}
	err = r.Write(ctx, func(t *Tx) (err error) {
		n, err = t.rotate(fresh, keys, version, audit.Line{At: at, Act: audit.KeysRotated})
		return err
	})
	if err != nil {
		return 0, err
	}
	return n, s.reopen(id)
}

// reopen closes a register, so that whoever asks for it next reads its keys anew.
func (s *Store) reopen(id string) error {
	s.opening.Lock()
	defer s.opening.Unlock()
	s.mu.Lock()
	r := s.open[id]
	delete(s.open, id)
	s.mu.Unlock()
	if r == nil {
		return nil
	}
	return r.close()
}

// rotate seals and names everything anew.
func (t *Tx) rotate(fresh secrets, keys registerKeys, version int, line audit.Line) (n int, err error) {
	was, err := t.KeyVersions()
	if err != nil {
		return 0, err
	}
	for _, purpose := range []string{codeKey, pseudonymKey} {
		if err := t.endKey(purpose, inUse(was, purpose), KeyRotated, line.At); err != nil {
			return 0, err
		}
		if err := t.beginKey(purpose, version, keys.versions[purpose][version], line.At); err != nil {
			return 0, err
		}
	}
	to := &Register{id: t.r.id, secrets: fresh}
	for after, more := "", true; more && err == nil; {
		var some []sealedCodes
		if some, err = t.sealedAfter(after, 500); err == nil && len(some) > 0 {
			after = some[len(some)-1].id
			var done int
			done, err = t.sealAnew(to, some)
			n += done
		}
		more = len(some) > 0
	}
	if err == nil {
		err = t.sealTalliesAnew(to)
	}
	t.Audit(line)
	return n, err
}

// sealedCodes are the codes of a case as they are kept; the newest of a case counts.
type sealedCodes struct {
	id           string
	version      int
	code, client []byte
}

// sealedAfter gives the codes of the next cases after an id, all versions of each.
func (t *Tx) sealedAfter(after string, cases int) (all []sealedCodes, err error) {
	err = t.c.each(func(rows *sql.Rows) error {
		var x sealedCodes
		err := rows.Scan(&x.id, &x.version, &x.code, &x.client)
		all = append(all, x)
		return err
	}, `SELECT case_id, version, case_code, client_code FROM local_codes WHERE register = ? AND case_id IN
		(SELECT DISTINCT case_id FROM local_codes WHERE register = ? AND case_id > ? ORDER BY case_id LIMIT ?) ORDER BY case_id, version`, t.r.id, t.r.id, after, cases)
	return all, err
}

// sealAnew seals codes under other keys, and gives their cases the pseudonyms of the newest.
func (t *Tx) sealAnew(to *Register, all []sealedCodes) (n int, err error) {
	for i, x := range all {
		code, client, err := t.r.unsealBoth(x.id, x.version, x.code, x.client)
		if err != nil {
			return n, err
		}
		if IsLostCode(code) {
			continue
		}
		_, err = t.c.exec(`UPDATE local_codes SET case_code = ?, client_code = ?, key_version = ? WHERE register = ? AND case_id = ? AND version = ?`,
			to.seal(record.OfTheCase, x.id, x.version, code), to.seal(record.OfTheClient, x.id, x.version, client), to.secrets.version, t.r.id, x.id, x.version)
		if err != nil {
			return n, err
		}
		if i+1 < len(all) && all[i+1].id == x.id {
			continue // a newer one counts
		}
		changed, err := t.c.exec(`UPDATE cases SET code = ?, client = ? WHERE register = ? AND id = ?`,
			to.PseudonymOf(record.OfTheCase, code), to.PseudonymOf(record.OfTheClient, client), t.r.id, x.id)
		if err != nil {
			return n, err
		}
		n += int(changed)
	}
	return n, nil
}

// LoseKeys begins new keys for codes and pseudonyms in a register whose own are gone: codes
// from before cannot be read any more, and whoever comes back gets another pseudonym. Keys
// that are there and fit are not lost: that is refused. The data itself has to open: in files,
// its key must be there.
func LoseKeys(ctx context.Context, o Options, id string, at time.Time) error {
	line := audit.Line{At: at, Act: audit.KeysLost}
	if o.steps == nil {
		o.steps = schemas
	}
	var e engine
	var err error
	if o.Address != "" {
		e, err = openPostgres(ctx, o)
	} else {
		e, err = openFolder(o)
	}
	if err != nil {
		return err
	}
	for _, one := range []string{NodeID, id} {
		if _, missing := o.Keys.Of(one); err == nil && (one == id || missing != nil && o.Address != "") {
			err = loseIn(ctx, e, o, one, line)
		}
	}
	return firstOf(err, e.close())
}

func loseIn(ctx context.Context, e engine, o Options, id string, line audit.Line) error {
	held, err := e.holds(ctx, id)
	if err == nil && !held {
		err = aboutRegister(fault.Invalid, "store.gone", "store.gone_node", id)
	}
	if err != nil {
		return err
	}
	keys, _ := o.Keys.Of(id)
	if len(keys.Data) == 0 {
		if o.Address == "" {
			return aboutRegister(fault.Invalid, "store.keys_missing", "store.keys_missing_node", id)
		}
		if keys, err = o.Keys.add(id, 1, dataKey); err != nil { // a database has no use for it
			return err
		}
		line.Fields = []string{dataKey} // with it went the key of the sums that bind to the log
	}
	l, err := e.open(ctx, id, keys, false)
	if err != nil {
		return err
	}
	r := newRegister(id, secrets{}, l)
	if err := r.loseKeys(o.Keys, keys, line); err != nil {
		return closing(err, l.close)
	}
	return l.close()
}

// loseKeys ends the versions whose keys are gone and begins others. Those are on disk first.
func (r *Register) loseKeys(in *Keys, keys registerKeys, line audit.Line) error {
	var was []KeyVersion
	var lost []string
	err := r.transact(func(t *Tx) (err error) {
		if was, err = t.KeyVersions(); err == nil && len(was) == 0 {
			if codes, _, known := t.provedFirst(keys); known != nil || codes > 0 {
				return firstOf(known, fault.New(fault.Conflict, "keeping.not_lost", "register", r.id))
			}
			was = []KeyVersion{{Purpose: codeKey, Version: 1}, {Purpose: pseudonymKey, Version: 1}} // from before there were versions
		}
		return err
	})
	if err != nil {
		return err
	}
	version := 1 + max(keys.last(codeKey), keys.last(pseudonymKey))
	for _, v := range was {
		version = max(version, v.Version+1)
		if key := keys.versions[v.Purpose][v.Version]; v.Ended.IsZero() && (key == nil || proofOf(r.id, v.Purpose, key) != v.proof) {
			lost = append(lost, v.Purpose)
		}
	}
	if len(lost) == 0 {
		return fault.New(fault.Conflict, "keeping.not_lost", "register", r.id)
	}
	if keys, err = in.add(r.id, version, lost...); err != nil {
		return err
	}
	return r.transact(func(t *Tx) error {
		for _, purpose := range lost {
			if err := t.loseKey(purpose, inUse(was, purpose), version, keys.versions[purpose][version], line.At); err != nil {
				return err
			}
		}
		t.Audit(line)
		return t.flush()
	})
}

func (t *Tx) loseKey(purpose string, old, version int, key []byte, at time.Time) error {
	_, err := t.c.exec(`INSERT INTO key_versions (register, purpose, version, begun, ended, reason, proof) VALUES (?, ?, ?, '', '', '', '') ON CONFLICT (register, purpose, version) DO NOTHING`,
		t.r.id, purpose, old)
	if err == nil {
		err = t.endKey(purpose, old, KeyLost, at)
	}
	if err == nil {
		err = t.beginKey(purpose, version, key, at)
	}
	return err
}
