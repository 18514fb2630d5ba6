package exchange

import (
	"archive/zip"
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"foljsam/internal/codebook"
	"foljsam/internal/fault"
	"foljsam/internal/record"
)

var layout = record.NewLayout(codebook.Default())

// pack is a package that a test writes by hand: files by name.
type pack map[string]string

const (
	caseHeader = "arende,klient,v1,v2,v5,v14,v15,v19,v20,v41,v49,v58,v59,v67,v110,v127,v161,v192,v256,v257,v202,v203,v206,v212"
	goodCase   = "A1,K1,1,0180,2024-01-15,1,34,4,1,,1,2,2,1,2,0,,,,,,,,"
	supHeader  = "arende,v117,slut,v118,v126,regi"
	riskHeader = "arende,datum,fas,instrument,skattning"
	goodDesc   = `{"id":"p1","name":"p1","created":"2024-12-01T08:00:00Z","register":"r1","period":{"from":"2024-01-01","till":"2024-12-31"},"kodbok":{"id":"su-kvinnofrid","version":"2021"},"tackning":4,"omfattning":3}`
)

// good is a package without faults: two cases, one with rows.
func good() pack {
	return pack{
		descriptionFile: goodDesc,
		casesFile:       caseHeader + "\n" + goodCase + "\nA2,K2,2,018003,2024-02-01,2,,,,,,,,,,,,,2024-03-01,1,1,2,3,4\n",
		supportFile:     supHeader + "\nA1,2024-01-20,,3|4,2,1\nA1,2024-02-20,2024-03-01,4|10,1,2\n",
		riskFile:        riskHeader + "\nA1,2024-01-16,fore,1,12\nA1,2024-02-16,under,1,\"8,5\"\nA2,,,6,\n",
	}
}

// with gives a package with one file changed.
func (p pack) with(name, text string) pack {
	q := maps.Clone(p)
	q[name] = text
	return q
}

func (p pack) without(name string) pack {
	q := maps.Clone(p)
	delete(q, name)
	return q
}

// folder writes the package as a folder called name.
func (p pack) folder(t testing.TB, name string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), name)
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	for file, text := range p {
		if err := os.WriteFile(filepath.Join(dir, file), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// zip writes the package as a zip; before stands before every member's name.
func (p pack) zip(t testing.TB, name, before string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	w := zip.NewWriter(file)
	for _, name := range slices.Sorted(maps.Keys(p)) {
		m, err := w.Create(before + name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := m.Write([]byte(p[name])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func read(t testing.TB, paths ...string) *Delivery {
	t.Helper()
	d, err := Read(context.Background(), paths, Options{Layout: layout, IDs: true, Spans: true})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// said writes problems one a line: paket,fil,rad,kolumn,varde,allvar and the reason's key.
func said(problems []fault.Problem) string {
	var b strings.Builder
	for _, x := range problems {
		severity := "fel"
		if x.Severity == fault.Warning {
			severity = "varning"
		}
		row := ""
		if x.Row > 0 {
			row = fmt.Sprint(x.Row)
		}
		_, key, _ := strings.Cut(x.Key, ".")
		fmt.Fprintf(&b, "%s,%s,%s,%s,%s,%s %s\n", x.Package, x.File, row, x.Column, x.Value, severity, key)
	}
	return b.String()
}

// expect compares what was said with what should have been, without regard to order.
func expect(t testing.TB, name, got, want string) {
	t.Helper()
	if lines(got) != lines(want) {
		t.Errorf("%s:\n%swant:\n%s", name, lines(got), lines(want))
	}
}

func lines(s string) string {
	var all []string
	for l := range strings.Lines(s) {
		if l = strings.TrimSpace(l); l != "" {
			all = append(all, l+"\n")
		}
	}
	slices.Sort(all)
	return strings.Join(all, "")
}

// codes gives what a case of a batch has chosen: "v14=1 v19=4 …".
func codes(b *record.Batch, i int) string {
	var words []string
	for _, v := range layout.Book.Variables {
		from, list := layout.Field(v.Number)
		var on []string
		for k, c := range list {
			if record.HasBit(b.Row(i), from+k) {
				on = append(on, fmt.Sprint(c))
			}
		}
		if len(on) > 0 {
			words = append(words, fmt.Sprintf("v%d=%s", v.Number, strings.Join(on, "|")))
		}
	}
	for n := 1; n <= 6; n++ {
		for k := range 3 {
			if record.HasBit(b.Row(i), layout.ChangeBit(n, k)) {
				words = append(words, fmt.Sprintf("change%d=%d", n, k))
			}
		}
	}
	if record.HasBit(b.Row(i), layout.AssessedBit()) {
		words = append(words, "assessed")
	}
	return strings.Join(words, " ")
}
