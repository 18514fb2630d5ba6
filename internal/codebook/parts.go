package codebook

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"foljsam/internal/locale"
)

// The small readers that the parts of a codebook are read with: a mapping with known
// fields, a list, a text, a word, a number, yes or no.

// fields are the known fields of a mapping, each with what reads it.
type fields map[string]func(n *yaml.Node, at string)

func join(at, name string) string {
	if at == "" {
		return name
	}
	return at + "." + name
}

// mapping reads a mapping, field by field: an unknown field and one that stands twice are
// faults, and so is a needed one that is missing.
func (f *file) mapping(n *yaml.Node, at string, known fields, needed ...string) {
	f.lines[at] = n.Line
	if n.Kind != yaml.MappingNode {
		f.say(n.Line, at, n.Value, "codebook.want_mapping")
		return
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		k, v := n.Content[i], n.Content[i+1]
		here := join(at, clip(k.Value))
		read := known[k.Value]
		switch {
		case k.Kind != yaml.ScalarNode || read == nil:
			f.say(k.Line, here, k.Value, "codebook.unknown_field", "known", strings.Join(slices.Sorted(maps.Keys(known)), ", "))
		case seen[k.Value]:
			f.say(k.Line, here, k.Value, "codebook.field_twice")
		default:
			f.lines[here] = k.Line
			read(v, here)
		}
		seen[k.Value] = true
	}
	for _, name := range needed {
		if !seen[name] {
			f.say(n.Line, at, "", "codebook.field_missing", "field", name)
		}
	}
}

// list reads a list, item by item.
func (f *file) list(n *yaml.Node, at string, item func(n *yaml.Node, at string)) {
	if n.Kind != yaml.SequenceNode {
		f.say(n.Line, at, n.Value, "codebook.want_list")
		return
	}
	for i, c := range n.Content {
		here := fmt.Sprintf("%s[%d]", at, i+1)
		f.lines[here] = c.Line
		item(c, here)
	}
}

// word reads a text that is the same in every language: an id, a rule.
func (f *file) word(to *string) func(*yaml.Node, string) {
	return func(n *yaml.Node, at string) {
		s := strings.TrimSpace(n.Value)
		switch {
		case n.Kind != yaml.ScalarNode || n.Tag != "!!str":
			f.say(n.Line, at, n.Value, "codebook.want_text")
		case s == "":
			f.say(n.Line, at, "", "codebook.text_empty")
		case utf8.RuneCountInString(s) > maxText:
			f.say(n.Line, at, s, "codebook.text_long", "limit", maxText)
		default:
			*to = s
		}
	}
}

// pick reads one of a set of words.
func pick[T ~string](f *file, to *T, from ...T) func(*yaml.Node, string) {
	return func(n *yaml.Node, at string) {
		var s string
		before := len(f.problems)
		f.word(&s)(n, at)
		switch {
		case len(f.problems) > before:
		case !slices.Contains(from, T(s)):
			f.say(n.Line, at, s, "codebook.not_among", "known", joinWords(from))
		default:
			*to = T(s)
		}
	}
}

func joinWords[T ~string](words []T) string {
	var all []string
	for _, w := range words {
		all = append(all, string(w))
	}
	return strings.Join(all, ", ")
}

var wholeNumber = regexp.MustCompile(`^(0|-?[1-9][0-9]{0,6})$`)

// whole reads a whole number, written plainly.
func (f *file) whole(to *int) func(*yaml.Node, string) {
	return func(n *yaml.Node, at string) {
		if n.Kind != yaml.ScalarNode || n.Tag != "!!int" || !wholeNumber.MatchString(n.Value) {
			f.say(n.Line, at, n.Value, "codebook.want_number")
			return
		}
		*to, _ = strconv.Atoi(n.Value)
	}
}

// yes reads true or false.
func (f *file) yes(to *bool) func(*yaml.Node, string) {
	return func(n *yaml.Node, at string) {
		if n.Kind != yaml.ScalarNode || n.Tag != "!!bool" {
			f.say(n.Line, at, n.Value, "codebook.want_yes")
			return
		}
		*to = n.Value == "true"
	}
}

var language = regexp.MustCompile(`^[a-z]{2,3}$`)

// text reads a text in several languages. Those that staff read are needed; of what a
// register adds itself, Swedish.
func (f *file) text(to *Text) func(*yaml.Node, string) {
	return func(n *yaml.Node, at string) {
		t := Text{}
		known := fields{}
		if n.Kind == yaml.MappingNode {
			for i := 0; i < len(n.Content); i += 2 {
				if l := n.Content[i].Value; language.MatchString(l) {
					known[l] = func(v *yaml.Node, here string) {
						var s string
						f.word(&s)(v, here)
						t[locale.Lang(l)] = s
					}
				}
			}
		}
		var needed []string
		for _, l := range locale.Staff {
			if !f.local || l == locale.Swedish {
				needed = append(needed, string(l))
			}
		}
		f.mapping(n, at, known, needed...)
		*to = t
	}
}
