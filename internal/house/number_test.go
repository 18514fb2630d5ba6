package house

import (
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

// mayName are the files outside internal/codebook that may name a variable by its number,
// and why. Everything else asks the codebook for a role.
var mayName = map[string]string{
	"internal/query/report.go":  "the list of the report's tables",
	"internal/query/profile.go": "the same list: the two tables of characteristics",
	"bench/peer/tables.go":      "the table list of the other engines' bench, which names columns by number",
}

// askers are the functions whose first argument is a variable's number.
var askers = []string{"Variable", "Registered", "Codes", "CodesChosen", "Answer", "DaysBetween", "YearOf", "DateOf", "Bit", "Field"}

// answers are the fields of a case that are looked up by variable number.
var answers = []string{"Dates", "Numbers", "Codes"}

// numbered matches "v59", and "x_v59_v67": a variable's number in a name.
var numbered = regexp.MustCompile(`(^|_)v[0-9]{1,3}(_|$)`)

func TestNoVariableNumbersOutsideTheCodebook(t *testing.T) {
	report(t, numberFaults(sources(t)))
}

func numberFaults(all []source) (faults []string) {
	for _, s := range all {
		if s.test() || s.dir() == "codebook" || allowed(s.path) {
			continue
		}
		ast.Inspect(s.syntax, func(n ast.Node) bool {
			if what := namesVariable(n); what != "" {
				faults = append(faults, fmt.Sprintf("%s:%d: %s names a variable by its number; ask the codebook for a role",
					s.path, s.files.Position(n.Pos()).Line, what))
			}
			return true
		})
	}
	return faults
}

func allowed(name string) bool {
	for pattern := range mayName {
		if ok, _ := path.Match(pattern, name); ok {
			return true
		}
	}
	return false
}

// namesVariable gives the words that name a variable by its number, if the node does.
func namesVariable(n ast.Node) string {
	switch n := n.(type) {
	case *ast.BasicLit:
		if s, err := strconv.Unquote(n.Value); err == nil && n.Kind == token.STRING && numbered.MatchString(s) {
			return n.Value
		}
	case *ast.CallExpr:
		if name := calledName(n.Fun); slices.Contains(askers, name) && len(n.Args) > 0 && number(n.Args[0]) {
			return name + "(…)"
		}
	case *ast.IndexExpr:
		if name := calledName(n.X); slices.Contains(answers, name) && number(n.Index) {
			return name + "[…]"
		}
	}
	return ""
}

// calledName gives the last word of f or x.f.
func calledName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
}

// number tells whether the expression is a whole number above 0, as it stands.
func number(e ast.Expr) bool {
	l, ok := e.(*ast.BasicLit)
	return ok && l.Kind == token.INT && strings.Trim(l.Value, "0") != ""
}

func TestNumberGuardFails(t *testing.T) {
	text := `package chart
		func Draw(cb Codebook, c Case) {
			_ = cb.Variable(59)
			_ = cb.Variable(n)
			_ = c.Codes[118]
			_ = query.Registered(118)
			_ = c.Codes[0]
			_ = "x_v59_risk"
			_ = "/api/v1/"
		}`
	expect(t, numberFaults([]source{read(t, "internal/chart/bars.go", text), read(t, "internal/query/report.go", text)}),
		"internal/chart/bars.go:3: Variable(…) names a variable by its number; ask the codebook for a role",
		"internal/chart/bars.go:6: Registered(…) names a variable by its number; ask the codebook for a role",
		"internal/chart/bars.go:5: Codes[…] names a variable by its number; ask the codebook for a role",
		`internal/chart/bars.go:8: "x_v59_risk" names a variable by its number; ask the codebook for a role`)
}
