package cli

import (
	"bytes"
	"io"
	"path/filepath"
	"testing"
)

// The whole command on the demonstration's 34 packages: reading, counting, and writing the
// report, the workbook and all tables.
func BenchmarkCompile(b *testing.B) {
	dir := b.TempDir()
	run(b, "synth", "--out", dir)
	packages, err := filepath.Glob(filepath.Join(dir, "syntetisk-*"))
	if err != nil || len(packages) != 34 {
		b.Fatalf("%d packages, %v", len(packages), err)
	}
	for name, flags := range map[string][]string{"whole": nil, "masked": {"--mask"}, "kommun,lan": {"--by", "kommun,lan"}} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				run(b, append(append([]string{"compile", "--out", filepath.Join(b.TempDir(), "ut")}, flags...), packages...)...)
			}
		})
	}
}

func run(b *testing.B, args ...string) {
	b.Helper()
	var errs bytes.Buffer
	if status := Main(args, nil, io.Discard, &errs, func(string) string { return "" }); status != done {
		b.Fatalf("%v ends with %d: %s", args, status, errs.String())
	}
}
