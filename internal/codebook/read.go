package codebook

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"sync"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"foljsam/codebooks"
	"foljsam/internal/fault"
)

// What a codebook file may at most be. The file with the 29 variables is a twentieth of it.
const (
	maxBytes    = 1 << 20
	maxDepth    = 16
	maxNodes    = 100_000
	maxProblems = 1000
	maxText     = 5000 // characters of one text
)

// Read reads a codebook file and names every fault in it with its line (Problem.Row). It
// is strict: a field that it does not know is a fault. When there is any fault, the
// codebook is nil and the error says so.
func Read(name string, r io.Reader) (*Codebook, []fault.Problem, error) {
	b, err := readAll(name, r)
	if err != nil {
		return nil, nil, err
	}
	f := &file{name: name, lines: map[string]int{}}
	cb := f.read(b)
	if n := len(f.problems); n > 0 {
		return nil, f.problems, fault.New(fault.Invalid, "codebook.faults", "name", name, "n", n)
	}
	return cb, nil, nil
}

func readAll(name string, r io.Reader) ([]byte, error) {
	b, err := io.ReadAll(io.LimitReader(r, maxBytes+1))
	if err != nil {
		return nil, fault.Wrap(err, fault.Invalid, "codebook.unreadable", "name", name)
	}
	if len(b) > maxBytes {
		return nil, fault.New(fault.TooLarge, "codebook.too_large", "name", name, "limit", maxBytes)
	}
	return b, nil
}

// Default gives the codebook that the program comes with: SU-Kvinnofrid 2021–2023. It is
// shared: nobody may change it.
var Default = sync.OnceValue(func() *Codebook {
	const name = "su-kvinnofrid-2021.yaml"
	b, err := codebooks.Files.ReadFile(name)
	if err != nil {
		panic(err)
	}
	cb, problems, err := Read(name, bytes.NewReader(b))
	if err != nil {
		panic(fmt.Sprint(err, problems)) // our own file: a test has read it
	}
	return cb
})

// file is a codebook file that is being read.
type file struct {
	name     string
	problems []fault.Problem
	lines    map[string]int // where each part of the file stands: "variables[3].codes[2]"
	nodes    int
	stopped  bool
	local    bool // it is an Addition
}

// say names a fault at a line. Beyond a thousand nobody reads on.
func (f *file) say(line int, at, value, key string, args ...any) {
	if len(f.problems) < maxProblems {
		f.problems = append(f.problems, fault.Problem{File: f.name, Row: line, Column: at, Value: clip(value), Key: key, Args: args})
	}
}

// clip keeps a value that is named in a problem short.
func clip(s string) string {
	if r := []rune(s); len(r) > 80 {
		return string(r[:80]) + "…"
	}
	return s
}

func (f *file) read(b []byte) *Codebook {
	root := f.root(b)
	if root == nil {
		return nil
	}
	cb := f.codebook(root)
	f.validate(cb)
	return cb
}

// root gives the top of the file's tree; nil where it cannot be read.
func (f *file) root(b []byte) *yaml.Node {
	if i := invalidUTF8(b); i >= 0 {
		f.say(1+bytes.Count(b[:i], []byte("\n")), "", "", "codebook.not_utf8")
		return nil
	}
	root := f.parse(b)
	if root == nil || !f.acceptable(root, "", 1) {
		return nil
	}
	return root
}

func invalidUTF8(b []byte) int {
	if utf8.Valid(b) {
		return -1
	}
	for i := 0; i < len(b); {
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return -1
}

// yamlLine is what the parser says before the fault: its line is often another.
var yamlLine = regexp.MustCompile(`^yaml: (line \d+: )?`)

// parse makes the tree of the file's one document, without following anything in it.
func (f *file) parse(b []byte) *yaml.Node {
	var doc, next yaml.Node
	d := yaml.NewDecoder(bytes.NewReader(b))
	err := d.Decode(&doc)
	if errors.Is(err, io.EOF) || err == nil && len(doc.Content) == 0 {
		f.say(1, "", "", "codebook.empty")
		return nil
	}
	if err != nil {
		f.say(faultyLine(b), "", "", "codebook.not_yaml", "what", yamlLine.ReplaceAllString(clip(err.Error()), ""))
		return nil
	}
	if err := d.Decode(&next); !errors.Is(err, io.EOF) {
		f.say(max(1, next.Line), "", "", "codebook.second_document")
		return nil
	}
	return doc.Content[0]
}

// acceptable refuses what a codebook has no use for and a hostile file has: references,
// types of its own, endless depth, endless parts.
func (f *file) acceptable(n *yaml.Node, at string, depth int) bool {
	f.nodes++
	ok := true
	refuse := func(key string, args ...any) { f.say(n.Line, at, n.Value, key, args...); ok = false }
	switch {
	case f.stopped:
		return false
	case f.nodes > maxNodes:
		f.stopped = true
		refuse("codebook.too_many_parts", "limit", maxNodes)
		return false
	case depth > maxDepth:
		refuse("codebook.too_deep", "limit", maxDepth)
		return false
	}
	if n.Kind == yaml.AliasNode || n.Anchor != "" {
		refuse("codebook.reference")
	}
	if n.Style&yaml.TaggedStyle != 0 {
		refuse("codebook.tag", "tag", n.Tag)
	}
	for _, c := range n.Content {
		if !f.acceptable(c, at, depth+1) {
			ok = false
		}
	}
	return ok
}
