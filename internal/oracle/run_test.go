package oracle

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"foljsam/internal/cli"
)

// An answer is what the program left behind.
type answer struct {
	status int
	dir    string
	truth  string
	said   string
}

// ask runs `foljsam compile` on the packages.
func ask(t testing.TB, packs []*pack, q question) answer {
	t.Helper()
	in := t.TempDir()
	var paths []string
	for _, p := range packs {
		paths = append(paths, p.write(t, in))
	}
	return askFor(t, paths, q)
}

func askFor(t testing.TB, paths []string, q question) answer {
	t.Helper()
	at := t.TempDir()
	a := answer{dir: filepath.Join(at, "out"), truth: filepath.Join(at, "truth.json")}
	args := []string{"compile", "--out", a.dir}
	if len(q.by) > 0 {
		args = append(args, "--by", strings.Join(q.by, ","))
	}
	if q.from != "" || q.till != "" {
		args = append(args, "--period", q.from+".."+q.till)
	}
	if q.mask {
		args = append(args, "--mask", "--truth", a.truth)
	}
	if q.population != nil {
		file := filepath.Join(at, "befolkning.csv")
		check(t, os.WriteFile(file, q.populationCSV(), 0o600))
		args = append(args, "--population", file)
	}
	var out bytes.Buffer
	a.status = cli.Main(append(args, paths...), strings.NewReader(""), &out, &out, func(string) string { return "" })
	a.said = out.String()
	return a
}

func (q question) populationCSV() []byte {
	var b strings.Builder
	b.WriteString("enhet,ar,vuxna,invanare\n")
	for _, code := range slices.Sorted(keys(q.population)) {
		fmt.Fprintf(&b, "%s,2024,%d,%d\n", code, q.population[code]*4/5, q.population[code])
	}
	return []byte(b.String())
}

func keys[V any](m map[string]V) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

// problems gives the rows of problems.csv, without its header.
func (a answer) problems(t testing.TB) [][]string {
	t.Helper()
	f, err := os.Open(filepath.Join(a.dir, "problems.csv"))
	check(t, err)
	defer f.Close()
	all, err := csv.NewReader(f).ReadAll()
	check(t, err)
	if len(all) == 0 || strings.TrimPrefix(strings.Join(all[0], ","), "\uFEFF") != "paket,fil,rad,kolumn,varde,allvar,orsak" {
		t.Fatalf("problems.csv begins with %q", all)
	}
	return all[1:]
}

// tableFaults compares every table that was written with plain counting.
func (a answer) tableFaults(t testing.TB, packs []*pack, q question) (out []string) {
	t.Helper()
	cases := q.keep(readAll(packs))
	want := append(tables(), localTables(packs)...)
	for _, by := range q.folders() {
		folder := filepath.Join(a.dir, "tables")
		if len(q.by) > 1 {
			folder = filepath.Join(folder, by)
		}
		seen := map[string]bool{}
		for _, w := range want {
			if slices.ContainsFunc(w.dims, func(d dim) bool { return d.id == by }) {
				continue // one dimension twice
			}
			seen[w.id+".json"], seen[w.id+".csv"] = true, true
			path := filepath.Join(folder, w.id+".json")
			if _, err := os.Stat(path); err != nil {
				out = append(out, w.id+" "+by+": no file")
				continue
			}
			d, broken := readDataset(t, path)
			if broken != "" {
				out = append(out, w.id+" "+by+": "+broken)
				continue
			}
			for _, f := range slices.Concat(w.faults(d, q, by, cases), d.csvFaults(t, filepath.Join(folder, w.id+".csv")), q.noteFaults(d, cases)) {
				out = append(out, w.id+" "+by+" "+f)
			}
		}
		out = append(out, strangers(t, folder, seen)...)
	}
	return out
}

// folders gives the splits that have tables; "" is the whole.
func (q question) folders() []string {
	if len(q.by) == 0 {
		return []string{""}
	}
	return q.by
}

// strangers names files in the folder that no table asks for.
func strangers(t testing.TB, folder string, seen map[string]bool) (out []string) {
	t.Helper()
	files, err := os.ReadDir(folder)
	if err != nil {
		return []string{"no folder " + folder}
	}
	for _, f := range files {
		if !f.IsDir() && !seen[f.Name()] {
			out = append(out, "a file too many: "+f.Name())
		}
	}
	return out
}

// noteFaults demands the period and the number of municipalities in the note.
func (q question) noteFaults(d *dataset, cases []*client) (out []string) {
	note := strings.Join(d.Note, "\n")
	for _, day := range []string{q.from, q.till} {
		if !strings.Contains(note, day) {
			out = append(out, fmt.Sprintf("the period's %s is not in the note %q", day, note))
		}
	}
	if n := towns(cases); !slices.ContainsFunc(d.Note, func(s string) bool {
		return strings.Contains(s, "kommun") && slices.Contains(numbersIn(s), strconv.Itoa(n))
	}) {
		out = append(out, fmt.Sprintf("%d municipalities are not in the note %q", n, note))
	}
	return out
}

func numbersIn(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r < '0' || r > '9' })
}

func tell(t *testing.T, what string, faults []string) {
	t.Helper()
	if len(faults) > 0 {
		t.Errorf("%s: %d faults\n  %s", what, len(faults), strings.Join(faults[:min(12, len(faults))], "\n  "))
	}
}
