package report

import (
	"os"
	"path/filepath"
	"testing"

	"foljsam/internal/locale"
)

// TestWriteSamples writes every kind of report to the folder SAMPLES, to be looked at.
func TestWriteSamples(t *testing.T) {
	dir := os.Getenv("SAMPLES")
	if dir == "" {
		t.Skip("SAMPLES names no folder")
	}
	for name, rel := range releases(t) {
		for _, lang := range locale.Staff {
			file := filepath.Join(dir, name+"-"+string(lang)+".html")
			if err := os.WriteFile(file, []byte(render(t, rel, lang)), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}
