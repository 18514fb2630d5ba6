// Package locale holds the languages that people see: which there are, their
// direction, their texts, plural rules, numbers, dates and sorting.
//
// Texts live in texts/LANG/AREA.json, one folder a language, one file for each part of
// the program. A text is a string with {placeholders}, or an object of plural forms
// ("one", "other" …) chosen by the placeholder n. Adding a language is adding a folder;
// a test demands the same keys, placeholders and the right plural forms in all.
package locale

import (
	"slices"
	"strings"

	"golang.org/x/text/language"
)

// Lang is a language that the program speaks, by its BCP 47 code.
type Lang string

// The languages of staff come first; a text that is missing in another falls back to
// Swedish nowhere: a missing text is an error of the program, found by a test.
const (
	Swedish Lang = "sv"
	English Lang = "en"
)

// Languages that only the client's survey has, beside those of staff.
const (
	Arabic Lang = "ar"
	Somali Lang = "so"
)

// Staff lists the languages that pages, documents and messages are written in.
var Staff = []Lang{Swedish, English}

// Client lists the languages that a client can be asked in.
var Client = []Lang{Swedish, English, Arabic, Somali}

// ParseClient gives the language of the survey that a code names.
func ParseClient(code string) (Lang, bool) {
	i := slices.Index(Client, Lang(code))
	if i < 0 {
		return Swedish, false
	}
	return Client[i], true
}

// Parse gives the language that a tag such as "en", "en_GB.UTF-8" or "sv-SE" names.
func Parse(tag string) (Lang, bool) {
	base, _, _ := strings.Cut(strings.ReplaceAll(tag, "_", "-"), "-")
	base, _, _ = strings.Cut(base, ".")
	for _, l := range Staff {
		if strings.EqualFold(base, string(l)) {
			return l, true
		}
	}
	return Swedish, false
}

// FromEnvironment reads LC_ALL, LC_MESSAGES and LANG, in that order, as POSIX says.
// Swedish when none of them names a language that the program speaks.
func FromEnvironment(getenv func(string) string) Lang {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := getenv(name); v != "" {
			l, _ := Parse(v)
			return l
		}
	}
	return Swedish
}

// Dir gives the writing direction for the dir attribute: "ltr" or "rtl".
func (l Lang) Dir() string {
	if s, _ := l.tag().Script(); s.String() == "Arab" {
		return "rtl"
	}
	return "ltr"
}

func (l Lang) tag() language.Tag {
	if l == Arabic {
		return language.MustParse("ar-u-nu-latn") // the survey and the tables use the digits of the Swedish case file
	}
	return language.MustParse(string(l))
}
