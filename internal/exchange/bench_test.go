package exchange

import (
	"context"
	"fmt"
	"iter"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"foljsam/internal/record"
)

// largeCases makes cases in the report's proportions: two and a half support rows and one
// assessment each.
func largeCases(n int) iter.Seq[*record.Case] {
	return func(yield func(*record.Case) bool) {
		r := rand.New(rand.NewPCG(1, 1))
		some := sampleCases(1, 2000)
		for i := range n {
			c := *some[r.IntN(len(some))]
			c.ID, c.Client = fmt.Sprintf("%08x%08x", r.Uint32(), i), fmt.Sprintf("%016x", r.Uint64())
			c.Supports, c.Risks = nil, nil
			for range 1 + r.IntN(4) {
				c.Supports = append(c.Supports, sampleSupport(r, 19400))
			}
			for range r.IntN(3) {
				c.Risks = append(c.Risks, sampleRisk(r, 19400))
			}
			if !yield(&c) {
				return
			}
		}
	}
}

// BenchmarkRead reads one package. It says how many bytes of CSV pass in a second.
func BenchmarkRead(b *testing.B) {
	for _, kind := range []string{"folder", "zip"} {
		for _, n := range []int{3070, 100_000, 1_000_000} {
			b.Run(fmt.Sprintf("%s/%d", kind, n), func(b *testing.B) {
				dir := filepath.Join(b.TempDir(), "p")
				if kind == "zip" {
					dir += ".zip"
				}
				if err := Write(dir, meta, largeCases(n), layout.Book); err != nil {
					b.Fatal(err)
				}
				if all, _ := filepath.Glob(filepath.Join(dir, "*.csv")); len(all) > 0 {
					b.SetBytes(sizeOf(all))
				}
				b.ReportAllocs()
				for b.Loop() {
					benchmarkRead(b, []string{dir}, n)
				}
			})
		}
	}
}

// BenchmarkReadMany reads a delivery of 34 small packages.
func BenchmarkReadMany(b *testing.B) {
	var paths []string
	for i := range 34 {
		dst := filepath.Join(b.TempDir(), fmt.Sprint(i))
		m := meta
		m.ID, m.Register = fmt.Sprint(i), fmt.Sprint(i)
		if err := Write(dst, m, slices.Values(sampleCases(uint64(i), 90)), layout.Book); err != nil {
			b.Fatal(err)
		}
		paths = append(paths, dst)
	}
	for b.Loop() {
		benchmarkRead(b, paths, 90)
	}
}

func benchmarkRead(b *testing.B, paths []string, n int) {
	d, err := Read(context.Background(), paths, Options{Layout: layout})
	if err != nil || len(d.Problems) > 0 || d.Packages[0].Batch.Len() != n {
		b.Fatal(err, said(d.Problems))
	}
}

func sizeOf(paths []string) (n int64) {
	for _, p := range paths {
		if info, err := os.Stat(p); err == nil {
			n += info.Size()
		}
	}
	return n
}

// BenchmarkWrite writes 100 000 cases.
func BenchmarkWrite(b *testing.B) {
	for _, name := range []string{"p", "p.zip"} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if err := Write(filepath.Join(b.TempDir(), name), meta, largeCases(100_000), layout.Book); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
