package house

import (
	"fmt"
	"go/ast"
	"path"
	"testing"
)

// The limits that fail. What we aim for is half: functions of ten lines, files of a hundred.
const (
	longestFunction = 80
	longestFile     = 700
	longestAppFile  = 300
)

func TestFunctionsAndFilesAreShort(t *testing.T) {
	report(t, sizeFaults(sources(t)))
}

func sizeFaults(all []source) (faults []string) {
	for _, s := range all {
		limit := longestFile
		if path.Dir(s.path) == "internal/app" {
			limit = longestAppFile
		}
		if s.lines > limit {
			faults = append(faults, fmt.Sprintf("%s has %d lines; %d is the limit: which part is a thing of its own?", s.path, s.lines, limit))
		}
		for _, d := range s.syntax.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok || s.test() {
				continue
			}
			from, till := s.files.Position(f.Pos()).Line, s.files.Position(f.End()).Line
			if n := till - from + 1; n > longestFunction {
				faults = append(faults, fmt.Sprintf("%s:%d: %s has %d lines; %d is the limit: which step has a name?", s.path, from, f.Name.Name, n, longestFunction))
			}
		}
	}
	return faults
}

func TestSizeGuardFails(t *testing.T) {
	long := read(t, "internal/app/cases.go", "package app\nfunc Register() {\n"+lines(300)+"}\n")
	expect(t, sizeFaults([]source{long}),
		"internal/app/cases.go has 303 lines; 300 is the limit: which part is a thing of its own?",
		"internal/app/cases.go:2: Register has 302 lines; 80 is the limit: which step has a name?")
}
