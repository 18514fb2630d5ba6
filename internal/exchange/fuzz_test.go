package exchange

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"foljsam/internal/fault"
	"foljsam/internal/locale"
)

// checkDelivery demands what holds for whatever was read: problems that can be told, and
// batches that hang together.
func checkDelivery(t *testing.T, d *Delivery, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range locale.Staff {
		p := locale.For(lang)
		var b strings.Builder
		if err := WriteProblems(&b, d.Problems, p); err != nil || strings.Contains(b.String(), "⟦") {
			t.Fatal(err, b.String())
		}
	}
	for _, p := range d.Packages {
		b := p.Batch
		if len(b.Rows) != b.Len()*layout.Words || len(b.Intake) != b.Len() || len(b.Days) != b.Len() || len(b.Age) != b.Len() || p.ids.len() != b.Len() {
			t.Fatal("a batch does not hang together")
		}
	}
	for _, x := range d.Problems {
		if len(x.Value) > maxValue+10 || x.Row < 0 || x.Severity != fault.Left && x.Severity != fault.Warning {
			t.Fatalf("%+v", x)
		}
	}
}

// fuzzOptions keep what a fuzzed package may take small.
var fuzzOptions = Options{Layout: layout, IDs: true, Spans: true, MaxUnpacked: 1 << 20, MaxProblems: 1000}

// FuzzRead reads any bytes as a zip.
func FuzzRead(f *testing.F) {
	for _, top := range []string{"", "top/"} {
		b, err := os.ReadFile(good().zip(f, "p.zip", top))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
		f.Add(b[:len(b)/2])
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		path := filepath.Join(t.TempDir(), "p.zip")
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		d, err := Read(context.Background(), []string{path}, fuzzOptions)
		checkDelivery(t, d, err)
	})
}

// fuzzFiles reads a package with any bytes as some of its files.
func fuzzFiles(t *testing.T, p pack) *Delivery {
	d, err := Read(context.Background(), []string{p.folder(t, "p")}, fuzzOptions)
	checkDelivery(t, d, err)
	return d
}

// FuzzArenden reads any bytes as cases, and as support and risk rows of good cases. The
// fast way and the careful way see the same.
func FuzzArenden(f *testing.F) {
	g := good()
	f.Add(g[casesFile], g[supportFile], g[riskFile])
	f.Add(strings.ReplaceAll(g[casesFile], ",", ";"), "arende,v118\r\nA1,1|2|2\r\nX,\xe5\r\n", "\ufeff"+g[riskFile])
	f.Add(caseHeader+"\n"+goodCase+"\n"+goodCase+"\nB,K,1,180,2024-02-30\nC,\"", supHeader+"\nA1,2024-01-01,2023-01-01,0|1,1,1", quoteAll(g[riskFile]))
	f.Fuzz(func(t *testing.T, cases, support, risk string) {
		p := pack{descriptionFile: goodDesc, casesFile: cases, supportFile: support, riskFile: risk}
		fast := fuzzFiles(t, p)
		onlyCareful = true
		defer func() { onlyCareful = false }()
		careful := fuzzFiles(t, p)
		if said(fast.Problems) != said(careful.Problems) || used(fast) != used(careful) {
			t.Fatalf("the fast way says\n%sthe careful way\n%s", said(fast.Problems), said(careful.Problems))
		}
		for i := range fast.Packages {
			sameBatch(t, fast.Packages[i].Batch, careful.Packages[i].Batch)
		}
	})
}

// FuzzDatapackage reads any bytes as the description, with local variables.
func FuzzDatapackage(f *testing.F) {
	f.Add(goodDesc, "arende,boende\nA1,x\n")
	f.Add(localDesc, "arende,steg,boende,antal,fri,flera\nA2,2,ägd,5,fritext,a|b\nA1,1,,,,\n")
	f.Add(`{"id":1e400,"created":5,"tackning":true,"resources":[{"path":["lokala.csv"],"schema":null},7,{"path":"lokala.csv","schema":{"fields":[{"name":"arende"},{"name":"x","categories":[{"value":null},{"value":{}},"-1"]}]}}]}`, "arende,x\nA1,'-1\n")
	f.Fuzz(func(t *testing.T, description, local string) {
		fuzzFiles(t, good().with(descriptionFile, description).with(localFile, local))
	})
}
