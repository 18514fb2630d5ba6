package app

import "testing"

// What is tried first, long enough to pass by its length. The English ones are from lists of
// passwords that were found out.
func TestWhatEverybodyTriesFirstIsNoPassword(t *testing.T) {
	for _, password := range []string{
		"123456789012", "1234567890123", "111111111111", "123123123123", "abcabcabcabc", "abcdefghijkl", "aaaaaaaaaaaaaaaa",
		"password1234", "Password2024!", "P@ssw0rd1234", "passwordpassword", "qwertyuiop12", "qwertyuiopasdfghjkl", "1q2w3e4r5t6y", "iloveyou1234", "letmein123456", "welcome12345",
		"lösenord2024", "Lösenord123!", "losenordlosenord", "sommar2024!!", "Sommaren2024", "Vinter2025!!", "hejhejhejhej", "kommunkommun", "Socialtjanst1", "administrator", "foljsam12345", "hemligt12345",
		"alm@nora.example", "AlmNora2024!", "987654321098",
	} {
		if !isKnown(password, "alm@nora.example") {
			t.Errorf("%q is taken", password)
		}
	}
}

func TestAWordOfOnesOwnIsEnough(t *testing.T) {
	for _, password := range []string{
		"korrekt häst batteri", "ett riktigt långt lösenord", "ett långt lösenord", "en lång mening", "sommaren vi badade", "Tre-gula-kaniner", "zV8!kq2Lp#mX", "mitt test av en hund", "vinterpäls och snö", "84 91 27 36 50 62", "😀🎈🚲🌲🐝🪁🧀🎻🧦🥁🧩🍋",
	} {
		if isKnown(password, "alm@nora.example") {
			t.Errorf("%q is refused", password)
		}
	}
}
