package house

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// root is the repository seen from this folder.
const root = "../.."

// A source is one Go file of the repository.
type source struct {
	path   string // from the root, with slashes
	lines  int
	files  *token.FileSet
	syntax *ast.File
}

func (s source) test() bool { return strings.HasSuffix(s.path, "_test.go") }

// dir is the folder as docs/architecture.md writes it: "codebook", "web/form", "/codebooks".
func (s source) dir() string {
	d := path.Dir(s.path)
	if d == "." {
		return "/"
	}
	if inner, ok := strings.CutPrefix(d, "internal/"); ok {
		return inner
	}
	return "/" + d
}

// read parses Go text that stands in a test.
func read(t *testing.T, name, text string) source {
	t.Helper()
	s, err := parse(name, []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func parse(name string, text []byte) (source, error) {
	set := token.NewFileSet()
	f, err := parser.ParseFile(set, name, text, parser.ParseComments|parser.SkipObjectResolution)
	return source{name, bytes.Count(text, []byte("\n")), set, f}, err
}

// tree is every file of the repository that .gitignore does not name, by path.
var tree = sync.OnceValues(func() (map[string][]byte, error) {
	ignored, err := readIgnored()
	if err != nil {
		return nil, err
	}
	all := map[string][]byte{}
	err = fs.WalkDir(os.DirFS(root), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if name != "." && (d.Name() == ".git" || ignored(name)) {
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if !d.Type().IsRegular() {
			return nil
		}
		all[name], err = os.ReadFile(filepath.Join(root, name))
		return err
	})
	return all, err
})

// readIgnored understands what our .gitignore uses: names, /names from the root and *.
func readIgnored() (func(name string) bool, error) {
	b, err := os.ReadFile(filepath.Join(root, ".gitignore"))
	if err != nil {
		return nil, err
	}
	lines := strings.Fields(string(b))
	return func(name string) bool {
		for _, line := range lines {
			pattern := strings.TrimSuffix(line, "/")
			from := path.Base(name)
			if rest, ok := strings.CutPrefix(pattern, "/"); ok {
				pattern, from = rest, name
			}
			if ok, _ := path.Match(pattern, from); ok {
				return true
			}
		}
		return false
	}, nil
}

// files gives the repository's files whose path ends in the suffix.
func files(t *testing.T, suffix string) map[string][]byte {
	t.Helper()
	all, err := tree()
	if err != nil {
		t.Fatal(err)
	}
	some := map[string][]byte{}
	for name, text := range all {
		if strings.HasSuffix(name, suffix) {
			some[name] = text
		}
	}
	return some
}

// sources gives every Go file of the repository.
func sources(t *testing.T) []source {
	t.Helper()
	var all []source
	for name, text := range files(t, ".go") {
		s, err := parse(name, text)
		if err != nil {
			t.Errorf("%s cannot be read as Go: %v", name, err)
			continue
		}
		all = append(all, s)
	}
	return all
}

// file gives one file that the repository must have.
func file(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(root, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// report fails the test once for each sentence, in order.
func report(t *testing.T, sentences []string) {
	t.Helper()
	for _, s := range sorted(sentences) {
		t.Error(s)
	}
}
