package house

import (
	"bytes"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// A banned is something that no file of the repository may hold, and why. The patterns
// are joined out of parts, so that this file does not hold them either.
type banned struct {
	pattern *regexp.Regexp
	why     string
}

func ban(why string, patterns ...string) banned {
	return banned{regexp.MustCompile(strings.Join(patterns, "|")), why}
}

var bans = []banned{
	ban("the host name of a package registry; the machine's own settings say where packages come from",
		`proxy\.`+`golang\.org`, `sum\.`+`golang\.org`, `registry\.`+`(npmjs|yarnpkg)\.`, `npmjs\.`+`(org|com)`,
		`pypi\.`+`(org|python)`, `python`+`hosted\.org`, `crates`+`\.io`, `ruby`+`gems\.org`, `repo1?\.`+`maven`,
		`maven\.`+`org`, `deb\.`+`debian\.org`, `archive\.`+`ubuntu\.com`, `(ghcr|docker|quay)`+`\.io`),
	ban("a path of one machine; a stranger's clone does not have it",
		`(^|[^\w.~-])/`+`(work|root|home)(/|$|[\s"'),;])`, `/tmp/`+`(bench|bash_jobs|preamble)`, `C:\\`+`Users`),
	ban("a tool or folder of the session that made this; a stranger's clone does not have it",
		`\.\./`+`shared`, `\.`+`library\b`, `/?\.`+`mirror/`, `str_`+`replace_based`, `(?i)\bcl`+`aude\b`, `(?i)anth`+`ropic`),
	ban("a paper that is not in the repository; say it in docs/ instead",
		`seeds`+`/`, `reference/`+`(disclosure|aesthetics|ecosystem|domain|anchors|report-figures)`, `spec/`+`exchange\.md`,
		`(^|[\s(`+"`"+`])(de`+`sign|u`+`x)\.md`),
}

// binaries are the kinds of file that are not read as text.
var binaries = []string{".png", ".xlsx", ".docx", ".zip", ".woff2", ".sav", ".ico"}

func TestNoFileNamesThisMachine(t *testing.T) {
	report(t, wordFaults(files(t, "")))
}

func wordFaults(all map[string][]byte) (faults []string) {
	for name, text := range all {
		if slices.Contains(binaries, path.Ext(name)) {
			continue
		}
		for i, line := range bytes.Split(text, []byte("\n")) {
			for _, b := range bans {
				if m := b.pattern.Find(line); m != nil {
					faults = append(faults, fmt.Sprintf("%s:%d: %q is %s", name, i+1, bytes.TrimSpace(m), b.why))
				}
			}
		}
	}
	return faults
}

func TestWordGuardFails(t *testing.T) {
	for _, text := range []string{
		"GOPROXY=https://proxy." + "golang.org", `"resolved": "https://registry.npm` + `js.org/axe-core"`,
		"cd /" + "work/main", "read ../" + "shared/x", "see de" + "sign.md section 3", "//" + " /ro" + "ot/x",
	} {
		if len(wordFaults(map[string][]byte{"a.md": []byte(text)})) == 0 {
			t.Errorf("the guard let %q through", text)
		}
	}
	for _, text := range []string{"https://skr.se/work/x", "home/", "the root/", "a/work/b", "SUV-library"} {
		if f := wordFaults(map[string][]byte{"a.md": []byte(text)}); len(f) > 0 {
			t.Errorf("the guard said too much: %s", f)
		}
	}
}
