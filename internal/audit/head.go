package audit

import (
	"crypto/ed25519"
	"encoding/base64"
	"strconv"
	"strings"
	"time"

	"foljsam/internal/fault"
)

// SignedHead says where a register's chain ended at a time, signed by the installation. It
// names nobody and may be kept anywhere: a log that was made anew, or put back to before it,
// does not agree with one that somebody else holds.
type SignedHead struct {
	Register  string    `json:"register"`
	Seq       int64     `json:"nr"`
	Hash      string    `json:"hash"`
	At        time.Time `json:"tid"`
	Key       string    `json:"nyckel"` // the installation's public key
	Signature string    `json:"signatur"`
}

// SignHead signs where a register's chain ends.
func SignHead(key ed25519.PrivateKey, register string, h Head, at time.Time) SignedHead {
	s := SignedHead{Register: register, Seq: h.Seq, Hash: h.Hash, At: at.UTC().Truncate(time.Microsecond), Key: PublicText(key.Public().(ed25519.PublicKey))}
	s.Signature = base64.StdEncoding.EncodeToString(ed25519.Sign(key, s.signed()))
	return s
}

// signed gives what is signed: a name for what it is, register, number, hash and time, each
// ended by a line feed.
func (s SignedHead) signed() []byte {
	return []byte(strings.Join([]string{"foljsam signed head 1", s.Register, strconv.FormatInt(s.Seq, 10), s.Hash, s.At.UTC().Format(time.RFC3339Nano), ""}, "\n"))
}

// Check tells whether a head was signed by an installation with a public key.
func (s SignedHead) Check(public ed25519.PublicKey) error {
	signature, err := base64.StdEncoding.Strict().DecodeString(s.Signature)
	if err != nil || s.Key != PublicText(public) || !ed25519.Verify(public, s.signed(), signature) {
		return fault.New(fault.Invalid, "audit.head_forged", "register", s.Register, "nr", s.Seq)
	}
	return nil
}

// PublicText writes a public key as people compare it.
func PublicText(key ed25519.PublicKey) string { return base64.StdEncoding.EncodeToString(key) }
