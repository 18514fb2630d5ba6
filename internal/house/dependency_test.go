package house

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
)

var required = regexp.MustCompile(`(?m)^(?:require )?\t?([\w.-]+\.[\w./-]+) (v\S+)( // indirect)?$`)

func TestEveryDependencyHasAReason(t *testing.T) {
	report(t, dependencyFaults(file(t, "go.mod"), file(t, "docs/dependencies.md")))
}

// dependencyFaults compares go.mod's direct requirements with the document: each has a
// row with its version, and the document's first table names none that go.mod does not
// have. The second table may run ahead of go.mod.
func dependencyFaults(mod, doc string) (faults []string) {
	now, ahead, _ := strings.Cut(doc, "\n## Chosen")
	inUse, rows := readVersions(now), readVersions(now+ahead)
	direct := map[string]bool{}
	for _, m := range required.FindAllStringSubmatch(mod, -1) {
		name, version, indirect := m[1], m[2], m[3] != ""
		if indirect {
			continue
		}
		direct[name] = true
		switch rows[name] {
		case version:
		case "":
			faults = append(faults, fmt.Sprintf("go.mod requires %s, and docs/dependencies.md does not say why", name))
		default:
			faults = append(faults, fmt.Sprintf("go.mod requires %s %s; docs/dependencies.md says %s", name, version, rows[name]))
		}
	}
	for name := range inUse {
		if !direct[name] {
			faults = append(faults, fmt.Sprintf("docs/dependencies.md lists %s, which go.mod does not require", name))
		}
	}
	return faults
}

// readVersions reads rows: | `module` | version | why | licence | runner-up |.
func readVersions(doc string) map[string]string {
	rows := map[string]string{}
	for line := range strings.Lines(doc) {
		cells := strings.Split(line, "|")
		if len(cells) > 4 && strings.Contains(cells[1], "`") {
			rows[strings.Trim(strings.TrimSpace(cells[1]), "`")] = strings.TrimSpace(cells[2])
		}
	}
	return rows
}

func TestDependencyGuardFails(t *testing.T) {
	mod := "module foljsam\n\nrequire (\n\tgolang.org/x/text v0.43.0\n\texample.org/a v1.0.0\n\texample.org/b v1.0.0 // indirect\n)\n\nrequire example.org/c v1.2.0\n"
	doc := "| module | version | why | licence | runner-up |\n|---|---|---|---|---|\n| `golang.org/x/text` | v0.42.0 | x | y | z |\n| `example.org/c` | v1.2.0 | x | y | z |\n| `example.org/d` | v1.0.0 | x | y | z |\n"
	expect(t, dependencyFaults(mod, doc),
		"go.mod requires golang.org/x/text v0.43.0; docs/dependencies.md says v0.42.0",
		"go.mod requires example.org/a, and docs/dependencies.md does not say why",
		"docs/dependencies.md lists example.org/d, which go.mod does not require")
}
