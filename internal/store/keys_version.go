package store

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"maps"
	"slices"
	"time"

	"foljsam/internal/fault"
	"foljsam/internal/record"
)

// KeyVersion is one version of a key of the key register: since when, and why it ended.
type KeyVersion struct {
	Purpose string // "koder", "pseudonymer"
	Version int
	Begun   time.Time
	Ended   time.Time // zero: in use
	Reason  string    // "bytt" or "forlorad" where it has ended
	proof   string
}

// Why a version of a key ended.
const (
	KeyRotated = "bytt"
	KeyLost    = "forlorad"
)

// secrets are a register's keys made ready for use.
type secrets struct {
	version    int                       // of the key that codes are sealed under now
	seal       cipher.AEAD               // AES-256-GCM with random nonces, which holds for some four billion codes a key
	older      []cipher.AEAD             // other versions that there are keys of
	pseudonyms map[record.Purpose][]byte // a key for each purpose (HKDF, RFC 5869)
	sums       []byte                    // the key of revisions' sums
	broken     time.Time                 // when a key was lost: codes from before cannot be read
}

// secrets makes keys ready: some versions are those in use.
func (k registerKeys) secrets(codes, pseudonyms int) (s secrets, err error) {
	s.version, s.pseudonyms = codes, map[record.Purpose][]byte{}
	for _, version := range slices.Sorted(maps.Keys(k.versions[codeKey])) {
		var seal cipher.AEAD
		if seal, err = sealOf(k.versions[codeKey][version]); err != nil {
			break
		}
		if version == codes {
			s.seal = seal
		} else {
			s.older = append(s.older, seal)
		}
	}
	for _, p := range []record.Purpose{record.OfTheCase, record.OfTheClient, record.OfTheCaseworker} {
		if err == nil {
			s.pseudonyms[p], err = hkdf.Key(sha256.New, k.versions[pseudonymKey][pseudonyms], nil, "foljsam pseudonym "+string(p), 32)
		}
	}
	if err == nil { // the key of the data, which has one version only
		s.sums, err = hkdf.Key(sha256.New, k.versions[dataKey][1], nil, "foljsam revision sum", 32)
	}
	if err != nil {
		err = fault.Wrap(err, fault.Internal, "store.failed")
	}
	return s, err
}

func sealOf(key []byte) (cipher.AEAD, error) {
	b, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCMWithRandomNonce(b)
}

// proofOf gives what is kept with a register's data to tell whether a key is the right one:
// with another, local codes would not open, and one person would get two pseudonyms.
func proofOf(register, purpose string, key []byte) string {
	h := hmac.New(sha256.New, key)
	h.Write([]byte("foljsam key proof\x00" + register + "\x00" + purpose + "\x00"))
	return hex.EncodeToString(h.Sum(nil))
}

// firstProof is the proof of both keys together that a register begins with.
func firstProof(register string, codes, pseudonyms []byte) string {
	h := hmac.New(sha256.New, pseudonyms)
	for _, part := range [][]byte{[]byte("foljsam key proof"), []byte(register), codes} {
		h.Write(part)
		h.Write([]byte{0})
	}
	return hex.EncodeToString(h.Sum(nil))
}

// KeyVersions gives the versions of the register's keys, oldest first.
func (t *Tx) KeyVersions() (all []KeyVersion, err error) {
	err = t.c.each(func(rows *sql.Rows) error {
		var v KeyVersion
		var begun, ended string
		err := rows.Scan(&v.Purpose, &v.Version, &begun, &ended, &v.Reason, &v.proof)
		v.Begun, v.Ended = readTime(begun), readTime(ended)
		all = append(all, v)
		return err
	}, `SELECT purpose, version, begun, ended, reason, proof FROM key_versions WHERE register = ? ORDER BY purpose, version`, t.r.id)
	return all, err
}

func (t *Tx) beginKey(purpose string, version int, key []byte, at time.Time) error {
	_, err := t.c.exec(`INSERT INTO key_versions (register, purpose, version, begun, ended, reason, proof) VALUES (?, ?, ?, ?, '', '', ?)`,
		t.r.id, purpose, version, writeTime(at), proofOf(t.r.id, purpose, key))
	return err
}

func (t *Tx) endKey(purpose string, version int, reason string, at time.Time) error {
	n, err := t.c.exec(`UPDATE key_versions SET ended = ?, reason = ? WHERE register = ? AND purpose = ? AND version = ? AND ended = ''`, writeTime(at), reason, t.r.id, purpose, version)
	if err == nil && n != 1 {
		err = aboutRegister(fault.Conflict, "store.keys_changed", "store.keys_changed_node", t.r.id)
	}
	return err
}

// inUse gives the version of a key that has not ended; 0 where none is known.
func inUse(all []KeyVersion, purpose string) int {
	for _, v := range all {
		if v.Purpose == purpose && v.Ended.IsZero() {
			return v.Version
		}
	}
	return 0
}

// prove compares the keys with those that the register has, and gives them ready for use. A
// register that knows of no versions begins them: it is older than versions are, or new, where
// it may be.
func (t *Tx) prove(keys registerKeys, mayBegin bool) (secrets, error) {
	all, err := t.KeyVersions()
	if err != nil {
		return secrets{}, err
	}
	if len(all) == 0 {
		codes, pseudonyms, err := t.beginKeys(keys, mayBegin)
		if err != nil {
			return secrets{}, err
		}
		return keys.secrets(codes, pseudonyms)
	}
	for _, v := range all {
		if !v.Ended.IsZero() {
			continue
		}
		key := keys.versions[v.Purpose][v.Version]
		switch {
		case key == nil:
			return secrets{}, fault.New(fault.Invalid, "keeping.code_keys_missing", "register", t.r.id)
		case proofOf(t.r.id, v.Purpose, key) != v.proof:
			return secrets{}, fault.New(fault.Invalid, "store.wrong_key")
		}
	}
	s, err := keys.secrets(inUse(all, codeKey), inUse(all, pseudonymKey))
	s.broken = brokenSince(all)
	return s, err
}

func brokenSince(all []KeyVersion) (last time.Time) {
	for _, v := range all {
		if v.Reason == KeyLost && v.Ended.After(last) {
			last = v.Ended
		}
	}
	return last
}

// beginKeys notes the first versions of a register's keys; of one from before there were
// versions, those that it was proved with.
func (t *Tx) beginKeys(keys registerKeys, mayBegin bool) (codes, pseudonyms int, err error) {
	codes, pseudonyms, err = t.provedFirst(keys)
	switch {
	case err != nil:
		return 0, 0, err
	case codes == 0:
		return 0, 0, fault.New(fault.Invalid, "store.wrong_key")
	case codes < 0 && !mayBegin:
		return 0, 0, errEmptied(t.r.id)
	case codes < 0:
		codes, pseudonyms = keys.last(codeKey), keys.last(pseudonymKey)
		_, err = t.c.exec(`INSERT INTO key_proofs (register, proof) VALUES (?, ?) ON CONFLICT (register) DO NOTHING`, t.r.id, firstProof(t.r.id, keys.Codes, keys.Pseudonyms))
	}
	at := time.Now()
	if err == nil {
		err = t.beginKey(codeKey, codes, keys.versions[codeKey][codes], at)
	}
	if err == nil {
		err = t.beginKey(pseudonymKey, pseudonyms, keys.versions[pseudonymKey][pseudonyms], at)
	}
	return codes, pseudonyms, err
}

// provedFirst gives the versions of the keys that the register began with: 0 where they are not
// among these, less where it has not begun.
func (t *Tx) provedFirst(keys registerKeys) (codes, pseudonyms int, err error) {
	var was string
	found, err := t.c.one([]any{&was}, `SELECT proof FROM key_proofs WHERE register = ?`, t.r.id)
	if err != nil || !found {
		return -1, -1, err
	}
	codes, pseudonyms = keys.provedBy(t.r.id, was)
	return codes, pseudonyms, nil
}

// provedBy gives the versions that a first proof was made of; 0 where none was.
func (k registerKeys) provedBy(register, proof string) (codes, pseudonyms int) {
	for c, code := range k.versions[codeKey] {
		for p, pseudonym := range k.versions[pseudonymKey] {
			if firstProof(register, code, pseudonym) == proof {
				return c, p
			}
		}
	}
	return 0, 0
}
