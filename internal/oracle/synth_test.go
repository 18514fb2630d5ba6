package oracle

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"foljsam/internal/cli"
)

// readFolder reads a package that somebody else wrote, without faults.
func readFolder(t testing.TB, dir string) *pack {
	t.Helper()
	p := &pack{path: filepath.Base(dir), sheets: map[string]*sheet{}}
	readJSON(t, filepath.Join(dir, descFile), &p.meta)
	for _, file := range []string{caseFile, supFile, riskFile, locFile} {
		text, err := os.ReadFile(filepath.Join(dir, file))
		if os.IsNotExist(err) {
			continue
		}
		check(t, err)
		lines, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(text, []byte("\uFEFF")))).ReadAll()
		check(t, err)
		s := &sheet{columns: lines[0]}
		for _, l := range lines[1:] {
			cells := map[string]string{}
			for i, c := range s.columns {
				cells[c] = l[i]
			}
			put(s, cells)
		}
		p.sheets[file] = s
	}
	p.locals = p.described(t)
	return p
}

// described gives the local variables as the package describes them.
func (p *pack) described(t testing.TB) (all []*local) {
	t.Helper()
	var doc struct {
		Resources []struct {
			Path   string
			Schema struct {
				Fields []struct {
					Name       string
					Categories []json.RawMessage
				}
			}
		}
	}
	text, err := json.Marshal(p.meta)
	check(t, err)
	check(t, json.Unmarshal(text, &doc))
	for _, r := range doc.Resources {
		for _, f := range r.Schema.Fields {
			if r.Path == locFile && len(f.Categories) > 0 {
				all = append(all, &local{name: f.Name, codes: codesIn(f.Categories)})
			}
		}
	}
	return all
}

// codesIn reads categories that are values, or values with labels.
func codesIn(categories []json.RawMessage) (codes []string) {
	for _, c := range categories {
		var labelled struct{ Value json.RawMessage }
		if json.Unmarshal(c, &labelled) == nil {
			c = labelled.Value
		}
		codes = append(codes, strings.Trim(string(c), `"`))
	}
	return codes
}

// TestTheReportsPopulation counts the program's own synthetic packages, as many cases as the
// report of 2024 had.
func TestTheReportsPopulation(t *testing.T) {
	if testing.Short() {
		t.Skip("counts 3 070 cases row by row")
	}
	dir := filepath.Join(t.TempDir(), "synth")
	var said bytes.Buffer
	if status := cli.Main([]string{"synth", "--out", dir}, strings.NewReader(""), &said, &said, func(string) string { return "" }); status != 0 {
		t.Fatalf("status %d: %s", status, said.String())
	}
	paths, err := filepath.Glob(filepath.Join(dir, "*", descFile))
	check(t, err)
	var packs []*pack
	for i, p := range paths {
		paths[i] = filepath.Dir(p)
		packs = append(packs, readFolder(t, paths[i]))
	}
	for _, q := range []question{{}, {by: []string{"kommun", "v1"}}, {by: []string{"lan"}, mask: true}} {
		a := askFor(t, paths, q)
		tell(t, q.String(), (&draft{}).problemFaults(a.problems(t)))
		tell(t, q.String(), a.tableFaults(t, packs, q))
	}
}
