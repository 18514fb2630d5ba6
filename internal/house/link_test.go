package house

import (
	"fmt"
	"path"
	"regexp"
	"strings"
	"testing"
)

func TestLinksLeadSomewhere(t *testing.T) {
	all := files(t, "")
	has := func(name string) bool {
		for have := range all {
			if have == name || strings.HasPrefix(have, name+"/") {
				return true
			}
		}
		return false
	}
	report(t, append(linkFaults(files(t, ".md"), has), paperFaults(files(t, ".go"), has)...))
}

var link = regexp.MustCompile(`\]\(([^)#\s]+)(#[^)]*)?\)`)

// linkFaults finds links between our own papers, and to pictures, that lead nowhere.
func linkFaults(papers map[string][]byte, has func(string) bool) (faults []string) {
	for name, text := range papers {
		for _, m := range link.FindAllSubmatch(text, -1) {
			to := string(m[1])
			if strings.Contains(to, "://") || strings.HasPrefix(to, "mailto:") {
				continue
			}
			if !has(path.Join(path.Dir(name), to)) {
				faults = append(faults, fmt.Sprintf("%s links to %s, which is not there", name, to))
			}
		}
	}
	return faults
}

var paper = regexp.MustCompile(`\bdocs/[\w/-]+\.md\b`)

// paperFaults finds papers that Go files send the reader to, and that are not there.
func paperFaults(code map[string][]byte, has func(string) bool) (faults []string) {
	for name, text := range code {
		for _, to := range paper.FindAll(text, -1) {
			if !strings.HasPrefix(name, "internal/house/") && !has(string(to)) {
				faults = append(faults, fmt.Sprintf("%s names %s, which is not there", name, to))
			}
		}
	}
	return faults
}

// The README's map has a line for each folder that is here, and for no other.
func TestReadmeMapsTheFolders(t *testing.T) {
	report(t, mapFaults(file(t, "README.md"), readRooms(file(t, "docs/architecture.md"))))
}

var mapped = regexp.MustCompile("(?m)^\\| `internal/([a-z/]+)` \\|")

func mapFaults(readme string, rooms map[string]room) (faults []string) {
	lines := map[string]bool{}
	for _, m := range mapped.FindAllStringSubmatch(readme, -1) {
		lines[m[1]] = true
		if r, ok := rooms[m[1]]; !ok || r.later {
			faults = append(faults, fmt.Sprintf("README.md maps internal/%s, which is not here", m[1]))
		}
	}
	for name, r := range rooms {
		if !strings.HasPrefix(name, "/") && !r.later && !lines[name] {
			faults = append(faults, fmt.Sprintf("README.md's map has no line for internal/%s", name))
		}
	}
	return faults
}

func TestLinkGuardFails(t *testing.T) {
	papers := map[string][]byte{"docs/a.md": []byte("[x](b.md#c) [y](../gone.md) [z](https://skr.se/gone)")}
	expect(t, linkFaults(papers, func(name string) bool { return name == "docs/b.md" }),
		"docs/a.md links to ../gone.md, which is not there")
	expect(t, paperFaults(map[string][]byte{"a.go": []byte("// See docs/a.md and docs/b/c.md.")}, func(name string) bool { return name == "docs/a.md" }),
		"a.go names docs/b/c.md, which is not there")
	expect(t, mapFaults("| `internal/chart` | x |\n| `internal/web` | x |", map[string]room{"chart": {}, "web": {later: true}, "query": {}}),
		"README.md maps internal/web, which is not here",
		"README.md's map has no line for internal/query")
}
