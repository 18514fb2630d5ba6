package codebook

import (
	"os"
	"strings"
	"testing"
)

// The description of the file names every kind, level, verb and needed role that the reader knows.
func TestTheDescriptionIsWhole(t *testing.T) {
	b, err := os.ReadFile("../../docs/methods/codebook.md")
	if err != nil {
		t.Fatal(err)
	}
	text := string(b)
	var words []string
	for _, k := range Kinds {
		words = append(words, "`"+string(k.Kind)+"`")
	}
	for verb := range verbs {
		words = append(words, "`ROLL "+verb)
	}
	for _, r := range roles {
		if r.required {
			words = append(words, "`"+string(r.role)+"`")
		}
	}
	for _, word := range words {
		if !strings.Contains(text, word) {
			t.Errorf("docs/methods/codebook.md says nothing of %s", word)
		}
	}
}
