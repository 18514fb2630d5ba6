package form

import (
	"testing"

	"foljsam/internal/codebook"
	"foljsam/internal/record"
)

// The longest phase: fields made and written.
func BenchmarkPhase(b *testing.B) {
	f := record.NewForm()
	for b.Loop() {
		for _, x := range inPhase(sv, cb, f, codebook.Background) {
			if _, err := set.Part("sv", "field", x); err != nil {
				b.Fatal(err)
			}
		}
	}
}
