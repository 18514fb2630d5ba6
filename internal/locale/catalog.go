package locale

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"iter"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/feature/plural"
)

//go:embed texts
var texts embed.FS

// form is one text, which most often has no plural forms: a map for each text would weigh more
// than the texts.
type form struct {
	other string
	forms map[string]string // every form by name; nil where there is only other
}

// each gives the forms by name.
func (f form) each() iter.Seq2[string, string] {
	if f.forms == nil {
		return func(yield func(string, string) bool) { yield("other", f.other) }
	}
	return maps.All(f.forms)
}

func (f *form) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '"' {
		return json.Unmarshal(b, &f.other)
	}
	if err := json.Unmarshal(b, &f.forms); err != nil {
		return err
	}
	if f.other = f.forms["other"]; f.other == "" {
		return fmt.Errorf("no form %q", "other")
	}
	return nil
}

// catalogs is every language's texts by key, read once.
var catalogs = sync.OnceValue(func() map[Lang]map[string]form {
	all := map[Lang]map[string]form{}
	langs, err := fs.ReadDir(texts, "texts")
	if err != nil {
		panic(err)
	}
	for _, l := range langs {
		c, err := readCatalog(path.Join("texts", l.Name()))
		if err != nil {
			panic(err)
		}
		all[Lang(l.Name())] = c
	}
	return all
})

// readCatalog reads one language's folder; the same key in two files is an error.
func readCatalog(dir string) (map[string]form, error) {
	c := map[string]form{}
	files, err := fs.ReadDir(texts, dir)
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		b, err := texts.ReadFile(path.Join(dir, f.Name()))
		if err != nil {
			return nil, err
		}
		var m map[string]form
		if err := json.Unmarshal(b, &m); err != nil {
			return nil, fmt.Errorf("%s/%s: %w", dir, f.Name(), err)
		}
		for k, v := range m {
			if _, twice := c[k]; twice {
				return nil, fmt.Errorf("%s/%s: the key %q is there twice", dir, f.Name(), k)
			}
			c[k] = v
		}
	}
	return c, nil
}

// T gives the text with the key, its {placeholders} filled from name, value pairs.
// Whole numbers are written as the language writes them; pass a year or a code as a
// string. The placeholder n chooses the plural form. An unknown key shows itself.
func (p *Printer) T(key string, args ...any) string {
	f, ok := p.texts[key]
	if !ok {
		return "⟦" + key + "⟧"
	}
	s := f.other
	for i := 0; i+1 < len(args); i += 2 {
		if args[i] == "n" {
			if t, ok := f.forms[pluralName(p.lang, args[i+1])]; ok {
				s = t
			}
		}
	}
	if !strings.Contains(s, "{") {
		return s
	}
	var r []string
	for i := 0; i+1 < len(args); i += 2 {
		r = append(r, "{"+fmt.Sprint(args[i])+"}", p.value(args[i+1]))
	}
	return strings.NewReplacer(r...).Replace(s)
}

// Keys gives the keys of an area's texts, in order: all that begin with "area.".
func (p *Printer) Keys(area string) (keys []string) {
	for k := range p.texts {
		if strings.HasPrefix(k, area+".") {
			keys = append(keys, k)
		}
	}
	slices.Sort(keys)
	return keys
}

// Has tells whether the language has a text with the key.
func (p *Printer) Has(key string) bool {
	_, ok := p.texts[key]
	return ok
}

func (p *Printer) value(v any) string {
	switch v := v.(type) {
	case int:
		return p.Int(int64(v))
	case int64:
		return p.Int(v)
	case string:
		return v
	}
	return fmt.Sprint(v)
}

func pluralName(l Lang, v any) string {
	n := 0
	switch v := v.(type) {
	case int:
		n = v
	case int64:
		n = int(v % 1000000)
	default:
		return "other"
	}
	names := map[plural.Form]string{plural.Zero: "zero", plural.One: "one", plural.Two: "two", plural.Few: "few", plural.Many: "many"}
	if s, ok := names[plural.Cardinal.MatchPlural(l.tag(), n, 0, 0, 0, 0)]; ok {
		return s
	}
	return "other"
}
