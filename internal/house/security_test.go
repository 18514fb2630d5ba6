package house

import (
	"fmt"
	"go/ast"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// securityPapers say what holds and name the test that shows it.
var securityPapers = []string{"docs/security.md", "docs/security-asvs.md"}

func TestEveryTestThatSecurityLeansOnIsThere(t *testing.T) {
	tests := testsOf(sources(t))
	browser := files(t, ".test.js")
	for _, paper := range securityPapers {
		report(t, securityFaults(paper, file(t, paper), tests, browser))
	}
}

// Every threat that the issue names has its heading, and a row that names a test.
func TestEveryThreatIsAnswered(t *testing.T) {
	report(t, threatFaults(file(t, securityPapers[0])))
}

// proof is a test as the papers name it: `TestName` (`folder/file_test.go`), and where it is
// of the browser: `folder/name.test.js`.
var (
	proof   = regexp.MustCompile("`(Test\\w+)`(?: \\(`([\\w/.-]+)`\\))?")
	visited = regexp.MustCompile("`(browser/test/[\\w.-]+)`")
	threat  = regexp.MustCompile(`(?m)^### (.+)$`)
)

// testsOf gives which tests each file has.
func testsOf(all []source) map[string]bool {
	have := map[string]bool{}
	for _, s := range all {
		for _, d := range s.syntax.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && s.test() && f.Recv == nil && strings.HasPrefix(f.Name.Name, "Test") {
				have[s.path+" "+f.Name.Name] = true
			}
		}
	}
	return have
}

func securityFaults(paper, text string, tests map[string]bool, browser map[string][]byte) (faults []string) {
	for _, m := range proof.FindAllStringSubmatch(text, -1) {
		switch {
		case m[2] == "":
			faults = append(faults, fmt.Sprintf("%s names %s without its file", paper, m[1]))
		case !tests[m[2]+" "+m[1]]:
			faults = append(faults, fmt.Sprintf("%s leans on %s in %s, which is not there%s", paper, m[1], m[2], movedTo(m[1], tests)))
		}
	}
	for _, m := range visited.FindAllStringSubmatch(text, -1) {
		if browser[m[1]] == nil {
			faults = append(faults, fmt.Sprintf("%s leans on %s, which is not there", paper, m[1]))
		}
	}
	return faults
}

// movedTo says where a test is now, if it is in one place.
func movedTo(name string, tests map[string]bool) string {
	var at []string
	for t := range tests {
		if file, is := strings.CutSuffix(t, " "+name); is {
			at = append(at, file)
		}
	}
	if len(at) != 1 {
		return ""
	}
	return "; it is in " + at[0]
}

// threats are those that must be answered.
var threats = []string{"Abusive partner", "Curious colleague", "IT insider", "Stolen laptop", "Compromised municipality", "Malicious package", "Lost key"}

func threatFaults(text string) (faults []string) {
	about := map[string]string{}
	at := threat.FindAllStringSubmatchIndex(text, -1)
	for i, m := range at {
		end := len(text)
		if i+1 < len(at) {
			end = at[i+1][0]
		}
		about[text[m[2]:m[3]]] = text[m[1]:end]
	}
	for _, name := range threats {
		i := slices.IndexFunc(slices.Sorted(maps.Keys(about)), func(k string) bool { return strings.HasPrefix(k, name) })
		if i < 0 {
			faults = append(faults, "docs/security.md does not answer the threat: "+name)
			continue
		}
		said := about[slices.Sorted(maps.Keys(about))[i]]
		if !proof.MatchString(said) || !strings.Contains(said, "Does not hold") {
			faults = append(faults, "docs/security.md names no test, or not what does not hold, for the threat: "+name)
		}
	}
	return faults
}

func TestSecurityGuardFails(t *testing.T) {
	tests := testsOf([]source{read(t, "internal/a/a_test.go", "package a\nfunc TestHere(t *testing.T) {}\nfunc (x y) TestMethod() {}\n")})
	text := "`TestHere` (`internal/a/a_test.go`) `TestGone` (`internal/a/a_test.go`) `TestMethod` (`internal/a/a_test.go`) `TestHere` (`internal/b/b_test.go`) `TestBare` `browser/test/gone.test.js` `browser/test/here.test.js`"
	expect(t, securityFaults("p.md", text, tests, map[string][]byte{path.Join("browser/test", "here.test.js"): {1}}),
		"p.md leans on TestGone in internal/a/a_test.go, which is not there",
		"p.md leans on TestMethod in internal/a/a_test.go, which is not there",
		"p.md leans on TestHere in internal/b/b_test.go, which is not there; it is in internal/a/a_test.go",
		"p.md names TestBare without its file",
		"p.md leans on browser/test/gone.test.js, which is not there")
	answered := ""
	for _, name := range threats[2:] {
		answered += "### " + name + " of a kind\n`TestHere` Does not hold\n"
	}
	expect(t, threatFaults("### Abusive partner\nnothing\n"+answered),
		"docs/security.md names no test, or not what does not hold, for the threat: Abusive partner",
		"docs/security.md does not answer the threat: Curious colleague")
}
