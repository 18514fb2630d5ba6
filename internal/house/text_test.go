package house

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/token"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// staff are the languages that every text must exist in.
var staff = []string{"sv", "en"}

// A use is a text key in the code: whole, or the beginning of one that is put together.
type use struct {
	at     string
	key    string
	prefix bool
}

func TestEveryTextKeyExists(t *testing.T) {
	uses := allUses(t)
	for _, lang := range staff {
		report(t, keyFaults(uses, lang, keysOf(t, lang)))
	}
}

func TestNoTextIsLeftOver(t *testing.T) {
	keys := keysOf(t, staff[0])
	var words []string
	for _, s := range sources(t) {
		if !s.test() {
			words = append(words, wordsIn(s)...)
		}
	}
	for _, text := range files(t, ".html") {
		for _, m := range quoted.FindAllStringSubmatch(string(text), -1) {
			words = append(words, m[1])
		}
	}
	report(t, leftOver(words, keys))
}

var quoted = regexp.MustCompile(`"([^"{}<>]+)"`)

// allUses gives the text keys of all Go files and page templates.
func allUses(t *testing.T) (uses []use) {
	t.Helper()
	areas := areasOf(keysOf(t, staff[0]))
	for _, s := range sources(t) {
		if !s.test() {
			uses = append(uses, usesIn(s, areas)...)
		}
	}
	for name, text := range files(t, ".html") {
		uses = append(uses, usesInPage(name, string(text))...)
	}
	return uses
}

// areasOf gives the first words of the keys.
func areasOf(keys []string) map[string]bool {
	areas := map[string]bool{}
	for _, k := range keys {
		area, _, _ := strings.Cut(k, ".")
		areas[area] = true
	}
	return areas
}

// keysOf gives all keys of a language.
func keysOf(t *testing.T, lang string) (keys []string) {
	t.Helper()
	for name, text := range files(t, ".json") {
		if path.Dir(name) != "internal/locale/texts/"+lang {
			continue
		}
		var m map[string]json.RawMessage
		if err := json.Unmarshal(text, &m); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for k := range m {
			keys = append(keys, k)
		}
	}
	return keys
}

func keyFaults(uses []use, lang string, keys []string) (faults []string) {
	for _, u := range uses {
		has := slices.Contains(keys, u.key)
		if u.prefix {
			has = slices.ContainsFunc(keys, func(k string) bool { return strings.HasPrefix(k, u.key) })
		}
		if !has {
			faults = append(faults, fmt.Sprintf("%s: the text %q does not exist in the language %s", u.at, u.key, lang))
		}
	}
	return faults
}

// wordsIn gives every string that stands in a Go file.
func wordsIn(s source) (words []string) {
	ast.Inspect(s.syntax, func(n ast.Node) bool {
		if l, ok := n.(*ast.BasicLit); ok && l.Kind == token.STRING {
			if word, err := strconv.Unquote(l.Value); err == nil {
				words = append(words, word)
			}
		}
		return true
	})
	return words
}

// leftOver finds texts that nothing shows: no word in the code is the key, or a
// beginning of it that ends where a part is put in ("table.", "table.%s", "month_").
func leftOver(words, keys []string) (faults []string) {
	shown := map[string]bool{}
	for _, w := range words {
		start, _, cut := strings.Cut(w, "%")
		if cut || strings.HasSuffix(w, ".") || strings.HasSuffix(w, "_") {
			w = start + "…"
		}
		shown[w] = true
	}
	for _, k := range keys {
		title, isText := strings.CutSuffix(k, "_text")
		used := shown[k] || isText && shown[title] // what stands under a title that is shown
		for i := strings.Index(k, "."); i < len(k) && !used; i++ {
			used = shown[k[:i+1]+"…"]
		}
		if !used {
			faults = append(faults, fmt.Sprintf("no code shows the text %q", k))
		}
	}
	return faults
}

// keyed matches what looks like a text key, and filed what is the name of a file instead.
var (
	keyed = regexp.MustCompile(`^([a-z]+)\.[a-z0-9_.]+$`)
	filed = regexp.MustCompile(`\.(html|css|js|json|csv|xlsx|docx|yaml|txt|md|zip|svg|png)$`)
)

// usesIn finds the keys in Go: x.T("…"), fault.New(kind, "…"), fault.Wrap(cause, kind, "…"), Key: "…",
// and any other word that begins with the name of an area of texts.
func usesIn(s source, areas map[string]bool) (uses []use) {
	add := func(e ast.Expr) {
		if key, prefix, ok := keyIn(e); ok {
			uses = append(uses, use{fmt.Sprintf("%s:%d", s.path, s.files.Position(e.Pos()).Line), key, prefix})
		}
	}
	ast.Inspect(s.syntax, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			if i := keyArgument(n.Fun); i >= 0 && i < len(n.Args) {
				add(n.Args[i])
			}
		case *ast.KeyValueExpr:
			if name, ok := n.Key.(*ast.Ident); ok && name.Name == "Key" {
				add(n.Value)
			}
		case *ast.BasicLit:
			word, _ := strconv.Unquote(n.Value)
			if m := keyed.FindStringSubmatch(word); m != nil && areas[m[1]] && !filed.MatchString(word) && !strings.HasSuffix(word, "_") && !strings.HasSuffix(word, ".") {
				add(n)
			}
		}
		return true
	})
	return uses
}

// keyArgument tells which argument of a call is a text key, -1 if none is.
func keyArgument(f ast.Expr) int {
	sel, ok := f.(*ast.SelectorExpr)
	if !ok {
		return -1
	}
	of, _ := sel.X.(*ast.Ident)
	switch {
	case sel.Sel.Name == "T":
		return 0
	case of != nil && of.Name == "fault" && sel.Sel.Name == "New":
		return 1
	case of != nil && of.Name == "fault" && sel.Sel.Name == "Wrap":
		return 2
	}
	return -1
}

// keyIn gives the key that an expression is or begins with: "area.name", "area.name_" + x.
func keyIn(e ast.Expr) (key string, prefix, ok bool) {
	for {
		b, sum := e.(*ast.BinaryExpr)
		if !sum {
			break
		}
		e, prefix = b.X, true
	}
	l, isLiteral := e.(*ast.BasicLit)
	if !isLiteral || l.Kind != token.STRING {
		return "", false, false
	}
	key, err := strconv.Unquote(l.Value)
	return key, prefix, err == nil && strings.Contains(key, ".")
}

// inPage matches a text in a template: {{t "area.name"}}, {{.T "area.name" …}}.
var inPage = regexp.MustCompile(`\{\{-?[^}]*?\b[tT] "([a-z]+\.[^"]+)"`)

func usesInPage(name, text string) (uses []use) {
	for _, m := range inPage.FindAllStringSubmatch(text, -1) {
		uses = append(uses, use{at: name, key: m[1]})
	}
	return uses
}

func TestTextGuardFails(t *testing.T) {
	uses := usesIn(read(t, "internal/cli/run.go", `package cli
		var a = p.T("cli.hello", "n", 1)
		var b = p.T("cli.month_" + m)
		var c = fault.New(fault.Usage, "cli.usage")
		var d = fault.Wrap(err, fault.Internal, "fault.gone")
		var e = codebook.Label{Key: "cat." + id + "_x"}
		var f = p.T(key)
		var g = fault.Problem{Key: "uttag.bad"}
		var h = reject(row, "report.gone")
		var i = write("report.html")`), map[string]bool{"report": true})
	uses = append(uses, usesInPage("page.html", `<h1>{{.T "report.title" "n" 3}}</h1>{{t "report.base"}}`)...)
	expect(t, leftOver([]string{"cli.hello", "cli.month_", "table.%s.short"}, []string{"cli.hello", "cli.month_1", "table.d01.short", "cli.old"}),
		`no code shows the text "cli.old"`)
	expect(t, keyFaults(uses, "sv", []string{"cli.hello", "cli.month_1", "cat.a_x", "report.base"}),
		`internal/cli/run.go:4: the text "cli.usage" does not exist in the language sv`,
		`internal/cli/run.go:5: the text "fault.gone" does not exist in the language sv`,
		`internal/cli/run.go:8: the text "uttag.bad" does not exist in the language sv`,
		`internal/cli/run.go:9: the text "report.gone" does not exist in the language sv`,
		`page.html: the text "report.title" does not exist in the language sv`)
}
