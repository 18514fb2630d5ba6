package store

import (
	"context"
	"crypto/ed25519"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"time"

	"foljsam/internal/audit"
	"foljsam/internal/fault"
)

// signingKey gives the key that the installation signs with. It follows from the
// installation's own keys (HKDF, RFC 5869), and is where they are.
func (k *Keys) signingKey() (ed25519.PrivateKey, error) {
	keys, err := k.Of(NodeID)
	if err != nil {
		return nil, err
	}
	seed, err := hkdf.Key(sha256.New, keys.Pseudonyms, nil, "foljsam signing key", ed25519.SeedSize)
	if err != nil {
		return nil, fault.Wrap(err, fault.Internal, "store.failed")
	}
	return ed25519.NewKeyFromSeed(seed), nil
}

// PublicKey gives the key that the installation's signatures are checked with.
func (k *Keys) PublicKey() (ed25519.PublicKey, error) {
	key, err := k.signingKey()
	if err != nil {
		return nil, err
	}
	return key.Public().(ed25519.PublicKey), nil
}

// SignedHead is where a register's log ended at a time, signed.
type SignedHead = audit.SignedHead

// PublicText gives the public key as people compare it.
func (k *Keys) PublicText() (string, error) {
	key, err := k.PublicKey()
	return audit.PublicText(key), err
}

// PublicKey gives the key that the installation's signatures are checked with.
func (s *Store) PublicKey() (ed25519.PublicKey, error) { return s.options.Keys.PublicKey() }

// SignHead signs where a register's log ends now, and keeps that with the log.
func (s *Store) SignHead(ctx context.Context, r *Register, at time.Time) (h audit.SignedHead, err error) {
	key, err := s.options.Keys.signingKey()
	if err != nil {
		return h, err
	}
	err = r.Write(ctx, func(t *Tx) error {
		head, err := t.AuditHead()
		if err != nil {
			return err
		}
		if newest, err := t.SignedHeads(1); err != nil || len(newest) == 1 && newest[0].Seq == head.Seq {
			if err == nil {
				h = newest[0]
			}
			return err
		}
		h = audit.SignHead(key, r.id, head, at)
		return t.addSignedHead(h)
	})
	if err == nil {
		err = s.noteHead(ctx, r, h)
	}
	return h, err
}

// lastHead begins the name of the node's setting that has a register's last signed head.
const lastHead = "loggslut."

// noteHead keeps a register's last signed head with the installation too: a register of which
// the end is lost has lost its heads with it. No backup begins meanwhile, which could have the
// head and not what it is of. One that the log does not agree with stays: it is what tells.
func (s *Store) noteHead(ctx context.Context, r *Register, h audit.SignedHead) error {
	if h.Register == NodeID {
		return nil
	}
	text, err := json.Marshal(h)
	if err != nil {
		return fault.Wrap(err, fault.Internal, "store.failed")
	}
	s.opening.Lock()
	defer s.opening.Unlock()
	was, err := s.notedHead(ctx, r.id)
	if err != nil || len(was) == 1 && (was[0].Seq >= h.Seq || !r.has(ctx, was[0])) {
		return err
	}
	return s.node.Write(ctx, func(t *Tx) error { return t.PutSetting(lastHead+h.Register, string(text)) })
}

// has tells whether a head is one of the register's log.
func (r *Register) has(ctx context.Context, h audit.SignedHead) bool {
	hash := ""
	err := r.Read(ctx, func(t *Tx) (err error) { hash, err = t.hashAt(h.Seq); return err })
	return err == nil && hash == h.Hash
}

// notedHead gives a register's last signed head as the installation knows it.
func (s *Store) notedHead(ctx context.Context, register string) (all []audit.SignedHead, err error) {
	var text string
	err = s.node.Read(ctx, func(t *Tx) (err error) { text, err = t.Setting(lastHead + register); return err })
	if err != nil || text == "" {
		return nil, err
	}
	var h audit.SignedHead
	if json.Unmarshal([]byte(text), &h) != nil {
		return nil, fault.New(fault.Invalid, "audit.head_forged", "register", register, "nr", h.Seq)
	}
	return []audit.SignedHead{h}, nil
}

// SignHeads signs where each log ends now, and puts all of it into the files. In a database of an older version that is left as
// it is, nothing is.
func (s *Store) SignHeads(ctx context.Context, at time.Time) (heads []audit.SignedHead, err error) {
	if s.options.AsIs && s.node.Read(ctx, func(t *Tx) error { _, err := t.SignedHeads(1); return err }) != nil {
		return nil, nil
	}
	all, err := s.AllRegisters(ctx)
	for _, r := range all {
		if err != nil {
			return nil, err
		}
		var h audit.SignedHead
		h, err = s.SignHead(ctx, r, at)
		heads = append(heads, h)
	}
	for _, r := range all { // little is ever only in a log beside a file
		if err == nil {
			err = r.trim(ctx)
		}
	}
	return heads, err
}

// AllRegisters gives the installation's registers, opened, and its own part last.
func (s *Store) AllRegisters(ctx context.Context) ([]*Register, error) {
	s.opening.Lock()
	defer s.opening.Unlock()
	return s.registers(ctx)
}

func (t *Tx) addSignedHead(h audit.SignedHead) error {
	_, err := t.c.exec(`INSERT INTO signed_heads (register, seq, at, hash, key, signature) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (register, seq, at) DO NOTHING`,
		t.r.id, h.Seq, writeTime(h.At), h.Hash, h.Key, h.Signature)
	return err
}

// SignedHeads gives where the register's log ended when that was signed, newest first; at
// most n, 0: all.
func (t *Tx) SignedHeads(n int) (all []audit.SignedHead, err error) {
	if n <= 0 {
		n = 1 << 30
	}
	err = t.c.each(func(rows *sql.Rows) error {
		h := audit.SignedHead{Register: t.r.id}
		var at string
		err := rows.Scan(&h.Seq, &at, &h.Hash, &h.Key, &h.Signature)
		h.At = readTime(at)
		all = append(all, h)
		return err
	}, `SELECT seq, at, hash, key, signature FROM signed_heads WHERE register = ? ORDER BY seq DESC, at DESC LIMIT ?`, t.r.id, n)
	return all, err
}

// Token gives what proves, over words that change each time, that somebody on this machine has
// the key file: commands and a running server know each other by it.
func (k *Keys) Token(words string) (string, error) {
	keys, err := k.Of(NodeID)
	if err != nil {
		return "", err
	}
	key, err := hkdf.Key(sha256.New, keys.Pseudonyms, nil, "foljsam local door", 32)
	if err != nil {
		return "", fault.Wrap(err, fault.Internal, "store.failed")
	}
	h := hmac.New(sha256.New, key)
	h.Write([]byte(words))
	return hex.EncodeToString(h.Sum(nil)), nil
}

// checkKeys compares a register's keys with those that it has, where it knows of versions, and
// writes nothing: a backup under other keys would be worth nothing.
func (s *Store) checkKeys(ctx context.Context, r *Register, keys registerKeys) error {
	if s.options.raw {
		return nil
	}
	known := false
	_ = r.Read(ctx, func(t *Tx) error { // in a database of an older version there is nothing to ask
		all, err := t.KeyVersions()
		known = err == nil && len(all) > 0
		return err
	})
	if !known {
		return nil
	}
	return r.Read(ctx, func(t *Tx) error { _, err := t.prove(keys, false); return err })
}
