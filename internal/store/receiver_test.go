package store

import (
	"crypto/hkdf"
	"crypto/sha256"
	"testing"

	"foljsam/internal/record"
)

// Pseudonyms that have left stand: how the key of a recipient is made never changes.
func TestHowARecipientsKeyIsMadeStands(t *testing.T) {
	secret := []byte("0123456789abcdef0123456789abcdef")
	r := &Register{id: "nora"}
	r.secrets.pseudonyms = map[record.Purpose][]byte{record.OfTheCase: secret}
	leaves, err := r.LeavingPseudonyms("skr")
	if err != nil {
		t.Fatal(err)
	}
	key, err := hkdf.Key(sha256.New, secret, nil, "foljsam recipient skr", 32)
	if got, want := leaves(record.OfTheCase, "X"), record.Pseudonym(key, record.OfTheCase, "nora", "X"); err != nil || got != want {
		t.Error(got, want, err)
	}
	if leaves(record.OfTheCase, "") != "" {
		t.Error("nothing got a pseudonym")
	}
}
