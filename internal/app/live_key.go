package app

import (
	"crypto/sha256"
	"encoding/hex"
)

// caseKey is a case's id as it is kept in memory, where a text would take three times as much:
// the sixteen bytes of an id that the program made; of any other text as many of its hash.
type caseKey [16]byte

func keyOfCase(id string) (key caseKey) {
	if len(id) == 36 && id[8] == '-' && id[13] == '-' && id[18] == '-' && id[23] == '-' {
		digits := make([]byte, 0, 32)
		for _, part := range [...]string{id[:8], id[9:13], id[14:18], id[19:23], id[24:]} {
			digits = append(digits, part...)
		}
		if _, err := hex.Decode(key[:], digits); err == nil && hex.EncodeToString(key[:]) == string(digits) {
			return key
		}
	}
	sum := sha256.Sum256([]byte(id))
	copy(key[:], sum[:])
	return key
}
