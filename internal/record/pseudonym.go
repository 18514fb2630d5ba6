package record

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Purpose is what a pseudonym stands for. Purposes never share a pseudonym, even where two
// codes are spelt the same.
type Purpose string

const (
	OfTheCase       Purpose = "arende"
	OfTheClient     Purpose = "klient"
	OfTheCaseworker Purpose = "handlaggare"
)

var pseudonyms = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// Pseudonym gives what stands for a local code outside the key register: HMAC-SHA256 (RFC
// 2104) under the purpose's key, over purpose, register and code, its first 130 bits as 26
// letters. Case and space in the code mean nothing: "24-017 a" and "24-017A" are one code.
func Pseudonym(key []byte, p Purpose, register, code string) string {
	h := hmac.New(sha256.New, key)
	for _, part := range []string{string(p), register, PlainCode(code)} {
		h.Write([]byte(part))
		h.Write([]byte{0})
	}
	return pseudonyms.EncodeToString(h.Sum(nil))[:26]
}

// PlainCode gives a local code as it is compared: however its letters were put together,
// whichever dash was at hand, and without what does not show.
func PlainCode(code string) string {
	plain := norm.NFC.String(strings.Map(plainRune, code))
	return norm.NFC.String(strings.ToUpper(plain))
}

// plainRune folds dashes to one, and takes away space and format characters (soft hyphens,
// marks of direction, joiners).
func plainRune(r rune) rune {
	switch {
	case strings.ContainsRune("‐‑‒–—―−﹘﹣－", r):
		return '-'
	case unicode.IsSpace(r), unicode.Is(unicode.Cf, r):
		return -1
	}
	return r
}
