package audit

import (
	"crypto/ed25519"
	"testing"
	"time"
)

func TestASignedHeadIsOfOneChainAtOneTime(t *testing.T) {
	key := ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize))
	public := key.Public().(ed25519.PublicKey)
	s := SignHead(key, "nora", Head{Seq: 7, Hash: "abc"}, time.Date(2026, 11, 22, 14, 0, 0, 123456789, time.UTC))
	if err := s.Check(public); err != nil {
		t.Fatal(err)
	}
	other := ed25519.NewKeyFromSeed([]byte("another installation's key seed!")).Public().(ed25519.PublicKey)
	if s.Check(other) == nil {
		t.Error("another installation's key was accepted")
	}
	for name, change := range map[string]func(*SignedHead){
		"register":  func(s *SignedHead) { s.Register = "ale" },
		"number":    func(s *SignedHead) { s.Seq++ },
		"hash":      func(s *SignedHead) { s.Hash = "abd" },
		"time":      func(s *SignedHead) { s.At = s.At.Add(time.Microsecond) },
		"key":       func(s *SignedHead) { s.Key = PublicText(other) },
		"signature": func(s *SignedHead) { s.Signature = "AA" + s.Signature[2:] },
		"nothing":   func(s *SignedHead) { s.Signature = "" },
	} {
		bad := s
		change(&bad)
		if bad.Check(public) == nil {
			t.Errorf("another %s was accepted", name)
		}
	}
}
