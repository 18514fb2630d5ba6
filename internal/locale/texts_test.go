package locale

import (
	"encoding/json"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/feature/plural"
)

// area is one text file of one language: its texts by key.
type area map[string]form

// readAreas gives every language's text files by name.
func readAreas(t *testing.T) map[Lang]map[string]area {
	t.Helper()
	all := map[Lang]map[string]area{}
	names, err := fs.Glob(texts, "texts/*/*.json")
	if err != nil || len(names) == 0 {
		t.Fatalf("no text files: %v", err)
	}
	for _, name := range names {
		b, err := texts.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var a area
		if err := json.Unmarshal(b, &a); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		l := Lang(path.Base(path.Dir(name)))
		if all[l] == nil {
			all[l] = map[string]area{}
		}
		all[l][path.Base(name)] = a
	}
	return all
}

// Languages of staff have every text. A language of the client's survey may leave out
// whole files, but no text of a file that it has.
func TestEveryLanguageHasTheSameTexts(t *testing.T) {
	all := readAreas(t)
	for _, l := range Staff {
		for file := range all[Swedish] {
			if all[l][file] == nil {
				t.Errorf("texts/%s has no %s", l, file)
			}
		}
	}
	for l, areas := range all {
		for file, a := range areas {
			for _, k := range missing(all[Swedish][file], a) {
				t.Errorf("texts/%s/%s has no text %q", l, file, k)
			}
			for _, k := range missing(a, all[Swedish][file]) {
				t.Errorf("texts/%s/%s has a text %q that Swedish does not have", l, file, k)
			}
		}
	}
}

func missing(from, in area) (keys []string) {
	for k := range from {
		if _, ok := in[k]; !ok {
			keys = append(keys, k)
		}
	}
	return keys
}

func TestNoTextIsBlank(t *testing.T) {
	eachText(t, func(where string, _ Lang, key string, f form) {
		for name, s := range f.each() {
			if strings.TrimSpace(s) == "" || s == key {
				t.Errorf("%s: form %q says nothing", where, name)
			}
			if s != strings.TrimSpace(s) {
				t.Errorf("%s: form %q begins or ends with a space", where, name)
			}
		}
	})
}

// A key that stands twice in one file would silently be the last of them.
func TestNoTextStandsTwice(t *testing.T) {
	names, _ := fs.Glob(texts, "texts/*/*.json")
	for _, name := range names {
		b, _ := texts.ReadFile(name)
		for _, k := range twice(string(b)) {
			t.Errorf("%s: the text %q stands twice", name, k)
		}
	}
	if got := twice("{\n \"a.b\": \"x\",\n \"a.c\": {\"one\": \"x\", \"other\": \"y\"},\n \"a.b\": \"z\"\n}"); !slices.Equal(got, []string{"a.b"}) {
		t.Errorf("planted a.b twice, found %q", got)
	}
}

var keyAtLine = regexp.MustCompile(`(?m)^\s*"([a-z]+\.[^"]+)"\s*:`)

func twice(text string) (keys []string) {
	seen := map[string]bool{}
	for _, m := range keyAtLine.FindAllStringSubmatch(text, -1) {
		if seen[m[1]] {
			keys = append(keys, m[1])
		}
		seen[m[1]] = true
	}
	return keys
}

func TestPlaceholdersAreTheSameInEveryLanguage(t *testing.T) {
	swedish := catalogs()[Swedish]
	eachText(t, func(where string, _ Lang, key string, f form) {
		want := placeholders(swedish[key].other)
		if got := placeholders(f.other); !slices.Equal(got, want) {
			t.Errorf("%s has the placeholders %q; Swedish has %q", where, got, want)
		}
		for name, s := range f.each() {
			for _, p := range want {
				if p != "{n}" && !strings.Contains(s, p) { // "en rad" may leave out the number itself
					t.Errorf("%s: form %q has no %s", where, name, p)
				}
			}
			for _, p := range placeholders(s) {
				if !slices.Contains(want, p) {
					t.Errorf("%s: form %q has %s, which no caller fills in", where, name, p)
				}
			}
		}
	})
}

var placeholder = regexp.MustCompile(`\{[a-z_]+\}`)

func placeholders(s string) []string {
	return slices.Compact(slices.Sorted(slices.Values(placeholder.FindAllString(s, -1))))
}

// A text with plural forms has exactly those that whole numbers need in the language,
// and something to choose them by.
func TestPluralFormsAreThoseOfTheLanguage(t *testing.T) {
	eachText(t, func(where string, l Lang, _ string, f form) {
		if len(f.forms) < 2 {
			return
		}
		if got, want := slices.Sorted(maps.Keys(f.forms)), pluralForms(l); !slices.Equal(got, want) {
			t.Errorf("%s has the plural forms %q; the language has %q", where, got, want)
		}
		if !slices.Contains(placeholders(f.other), "{n}") {
			t.Errorf("%s has plural forms but no {n} in %q", where, "other")
		}
	})
}

// pluralForms asks CLDR's rules, by way of x/text, about the whole numbers to 200 (every
// rule for whole numbers repeats within a hundred).
func pluralForms(l Lang) []string {
	names := map[plural.Form]string{plural.Other: "other", plural.Zero: "zero", plural.One: "one",
		plural.Two: "two", plural.Few: "few", plural.Many: "many"}
	has := map[string]bool{"other": true}
	for n := range 200 {
		has[names[plural.Cardinal.MatchPlural(l.tag(), n, 0, 0, 0, 0)]] = true
	}
	return slices.Sorted(maps.Keys(has))
}

func TestPluralFormsOfKnownLanguages(t *testing.T) {
	for l, want := range map[Lang][]string{
		Swedish: {"one", "other"}, English: {"one", "other"}, "so": {"one", "other"},
		"ar": {"few", "many", "one", "other", "two", "zero"},
	} {
		if got := pluralForms(l); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", l, got, want)
		}
	}
}

// Whole sentences that are the same in both languages were forgotten.
func TestEnglishIsTranslated(t *testing.T) {
	swedish, english := catalogs()[Swedish], catalogs()[English]
	for k, f := range swedish {
		s := placeholder.ReplaceAllString(f.other, "")
		if len(strings.Fields(s)) > 3 && english[k].other == f.other {
			t.Errorf("%s is the same in Swedish and English: %q", k, f.other)
		}
	}
}

// Words that the program does not use about people, and words of ours that mean nothing
// to a reader. See docs/glossary.md.
var unsaid = regexp.MustCompile(`(?i)(?:^|[^\pL])((?:brotts)?(?:offer|offren|offret)|ok|parsa|parsning|null|exception|string)(?:[^\pL]|$)`)

func TestTextsUseTheWordsOfTheField(t *testing.T) {
	for k, f := range catalogs()[Swedish] {
		for _, s := range f.each() {
			if m := unsaid.FindStringSubmatch(s); m != nil {
				t.Errorf("%s says %q: %s", k, m[1], s)
			}
			isCommand := strings.HasPrefix(k, "cli.example_") // a shell knows only straight quotes
			if strings.ContainsAny(s, "\"'`") && !isCommand {
				t.Errorf("%s has a straight quote; Swedish writes ” and ’: %s", k, s)
			}
			if strings.Contains(s, "...") {
				t.Errorf("%s has three dots; write …: %s", k, s)
			}
		}
	}
}

// eachText visits every text of every language; where is "texts/sv/common.json area.key".
func eachText(t *testing.T, visit func(where string, l Lang, key string, f form)) {
	t.Helper()
	for l, areas := range readAreas(t) {
		for file, a := range areas {
			for key, f := range a {
				visit("texts/"+string(l)+"/"+file+" "+key, l, key, f)
			}
		}
	}
}
