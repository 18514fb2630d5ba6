package app

import (
	"strings"
	"unicode"
)

// knownWords are what the passwords that everybody tries first are made of. Longer before those
// that they hold.
var knownWords = []string{
	"administrator", "socialtjänst", "socialtjanst", "socialnämnd", "socialnamnd", "handläggare", "handlaggare", "samordnare",
	"qwertyuiopå", "qwertyuiop", "asdfghjklö", "asdfghjkl", "zxcvbnm", "1qaz2wsx", "qazwsxedc", "q1w2e3r4", "1q2w3e4r", "qwerty", "azerty", "qwertz", "asdf", "qwer", "zxcv", "abcd",
	"password", "passwort", "passord", "lösenord", "losenord", "passwd", "iloveyou", "jagälskardig", "letmein", "trustno1", "welcome", "välkommen", "valkommen", "changeme", "bytmig",
	"sunshine", "princess", "football", "baseball", "superman", "starwars", "computer", "internet", "whatever", "butterfly", "sommar", "vinter", "spring", "summer", "winter", "autumn", "höst", "host", "vår",
	"januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november", "december",
	"admin", "master", "dragon", "monkey", "shadow", "secret", "hemlig", "hemligt", "kommun", "foljsam", "följsam", "sverige", "stockholm", "göteborg", "malmö", "användare", "user", "login", "test", "hejsan", "hej", "abc",
}

// leastOwn is how many characters of one's own a password needs beside what is known.
const leastOwn = 4

// isKnown tells whether a password is hardly more than what is tried first: a few words that
// everybody uses and numbers after them, a row of keys, one thing over and over, or what one
// signs in with. Nobody outside is asked.
func isKnown(password, login string) bool {
	plain := strings.ToLower(strings.Join(strings.Fields(password), ""))
	for _, s := range []string{plain, unleet.Replace(plain)} {
		left, found := without(s, append(partsOf(login), knownWords...))
		if ownIn(left, found) < leastOwn {
			return true
		}
	}
	return false
}

// unleet gives the letters that people write other signs for.
var unleet = strings.NewReplacer("@", "a", "4", "a", "3", "e", "1", "i", "!", "i", "0", "o", "$", "s", "5", "s", "7", "t")

// partsOf gives the words of what somebody signs in with.
func partsOf(login string) (all []string) {
	for _, part := range strings.FieldsFunc(strings.ToLower(login), func(r rune) bool { return !unicode.IsLetter(r) }) {
		if len(part) >= 3 {
			all = append(all, part)
		}
	}
	return all
}

// without takes words out of a text, and tells whether any was there.
func without(s string, words []string) (left string, found bool) {
	for _, w := range words {
		if strings.Contains(s, w) {
			s, found = strings.ReplaceAll(s, w, " "), true
		}
	}
	return s, found
}

// ownIn counts the characters that do not follow from the one before them or from what came
// earlier; after a known word only letters count.
func ownIn(s string, lettersOnly bool) (n int) {
	runes := []rune(strings.ReplaceAll(s, " ", ""))
	seen := map[[2]rune]bool{}
	for i, r := range runes {
		if lettersOnly && !unicode.IsLetter(r) {
			continue
		}
		if i > 0 {
			pair := [2]rune{runes[i-1], r}
			step := r - runes[i-1]
			if seen[pair] || step >= -1 && step <= 1 || pair == [2]rune{'9', '0'} {
				continue
			}
			seen[pair] = true
		}
		n++
	}
	return n
}
