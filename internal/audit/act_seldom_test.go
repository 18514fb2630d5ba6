package audit

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// acts gives what every constant of the kind Act in this package says.
func acts(t *testing.T) (all []Act) {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			v, is := n.(*ast.ValueSpec)
			if is && v.Type != nil && len(v.Values) == 1 {
				if kind, _ := v.Type.(*ast.Ident); kind != nil && kind.Name == "Act" {
					all = append(all, Act(strings.Trim(v.Values[0].(*ast.BasicLit).Value, `"`)))
				}
			}
			return true
		})
	}
	return all
}

func TestEveryActIsCommonOrSeldom(t *testing.T) {
	all := acts(t)
	if len(all) < 80 {
		t.Fatal("only", len(all), "acts were found")
	}
	for _, a := range all {
		if slices.Contains(Common, a) == slices.Contains(Seldom, a) {
			t.Errorf("%q must be in one of the lists in act_seldom.go: Common, or (where nobody leaves many such lines in a day) Seldom", a)
		}
		if a.IsSeldom() != slices.Contains(Seldom, a) {
			t.Error(a)
		}
	}
	if n := len(Common) + len(Seldom); n != len(all) {
		t.Errorf("%d acts, %d in the lists", len(all), n)
	}
}
