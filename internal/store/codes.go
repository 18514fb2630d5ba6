package store

import (
	"strconv"
	"strings"
	"time"

	"foljsam/internal/fault"
	"foljsam/internal/record"
)

// The key register: what a case and its client are called at home, sealed under a key of its
// own (AES-256-GCM with random nonces). One row for each time that they were set, in the order
// of the cases, so that filing one costs little; nothing else has more of a code than its
// pseudonym. What was once set stays: the newest counts.

// PutCodes keeps the local codes of a case from this version of it on, and gives the case the
// pseudonyms that stand for them everywhere else. The version tells who set them, and when,
// by its revision.
func (t *Tx) PutCodes(c *record.Filed, caseCode, clientCode string) error {
	c.Code, c.Client = t.r.PseudonymOf(record.OfTheCase, caseCode), t.r.PseudonymOf(record.OfTheClient, clientCode)
	_, err := t.c.exec(`INSERT INTO local_codes (register, case_id, version, key_version, case_code, client_code) VALUES (?, ?, ?, ?, ?, ?)`,
		t.r.id, c.ID, c.Form.Version, t.r.secrets.version, t.r.seal(record.OfTheCase, c.ID, c.Form.Version, caseCode), t.r.seal(record.OfTheClient, c.ID, c.Form.Version, clientCode))
	return err
}

// Codes gives the local codes that a case has now.
func (t *Tx) Codes(id string) (caseCode, clientCode string, err error) {
	var version int
	var sealedCase, sealedClient []byte
	found, err := t.c.one([]any{&version, &sealedCase, &sealedClient}, `SELECT version, case_code, client_code FROM local_codes WHERE register = ? AND case_id = ? ORDER BY version DESC LIMIT 1`, t.r.id, id)
	if err != nil {
		return "", "", err
	}
	if !found {
		return "", "", fault.New(fault.NotFound, "store.no_code")
	}
	return t.r.unsealBoth(id, version, sealedCase, sealedClient)
}

// LostCode begins what stands in for a code whose key was lost: the end of the case's own id,
// by which people can tell such cases apart.
const LostCode = "?? "

// IsLostCode tells whether a code only stands in for one whose key was lost.
func IsLostCode(code string) bool { return strings.HasPrefix(code, LostCode) }

// CodesBroken gives when the key to codes was lost last; zero where it never was.
func (t *Tx) CodesBroken() time.Time { return t.r.secrets.broken }

func (r *Register) unsealBoth(id string, version int, sealedCase, sealedClient []byte) (caseCode, clientCode string, err error) {
	if caseCode, err = r.unseal(record.OfTheCase, id, version, sealedCase); err != nil {
		return "", "", err
	}
	clientCode, err = r.unseal(record.OfTheClient, id, version, sealedClient)
	return caseCode, clientCode, err
}

func (r *Register) seal(p record.Purpose, id string, version int, code string) []byte {
	return r.secrets.seal.Seal(nil, nil, []byte(code), r.sealedFor(p, id, version))
}

func (r *Register) unseal(p record.Purpose, id string, version int, sealed []byte) (string, error) {
	code, err := r.secrets.seal.Open(nil, nil, sealed, r.sealedFor(p, id, version))
	for _, older := range r.secrets.older {
		if err != nil {
			code, err = older.Open(nil, nil, sealed, r.sealedFor(p, id, version))
		}
	}
	switch {
	case err == nil:
		return string(code), nil
	case !r.secrets.broken.IsZero():
		return LostCode + id[max(0, len(id)-6):], nil
	}
	return "", fault.New(fault.Invalid, "store.code_unreadable")
}

// PseudonymOf gives the pseudonym of a local code in the register.
func (r *Register) PseudonymOf(p record.Purpose, code string) string {
	key := r.secrets.pseudonyms[p]
	if key == nil {
		panic("store: a purpose without a key") // a pseudonym under no key could be guessed
	}
	return record.Pseudonym(key, p, r.id, code)
}

// sealedFor binds a sealed code to its place: moved to another row it does not open.
func (r *Register) sealedFor(p record.Purpose, id string, version int) []byte {
	return []byte(r.id + "\x00" + string(p) + "\x00" + id + "\x00" + strconv.Itoa(version))
}
