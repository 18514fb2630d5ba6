package tabulate

import (
	"math/rand/v2"
	"testing"

	"foljsam/internal/codebook"
	"foljsam/internal/query"
	"foljsam/internal/record"
)

// bulk is a million random cases in 290 municipalities, for benchmarks.
func bulk(n int) *Columns {
	l := record.NewLayout(codebook.Default())
	r := rand.New(rand.NewPCG(1, 1))
	b := &record.Batch{Layout: l}
	b.Grow(n)
	for range n {
		row := b.Append(uint32(1+r.IntN(290))*1000, record.Day(18993+r.IntN(700)))
		for j := range row {
			row[j] = r.Uint64() & r.Uint64()
		}
		b.Age[b.Len()-1] = uint8(18 + r.IntN(70))
		b.Days[b.Len()-1] = uint16(r.IntN(900))
	}
	return Build(l, []*record.Batch{b})
}

func BenchmarkReportTables(b *testing.B) {
	cols := bulk(1_000_000)
	plan, err := Prepare(cols, query.Whole(), query.Report(codebook.Default()))
	if err != nil {
		b.Fatal(err)
	}
	b.Run("nation", func(b *testing.B) {
		for b.Loop() {
			plan.Whole()
		}
	})
	b.Run("municipalities", func(b *testing.B) {
		for b.Loop() {
			plan.ByPlace()
		}
	})
}

// BenchmarkFreeCross is a cross table that nobody prepared, from the question to the
// numbers.
func BenchmarkFreeCross(b *testing.B) {
	cols := bulk(1_000_000)
	cb := codebook.Default()
	filter := query.And(query.Codes(14, 1), query.Span(query.Answer(15), 25, 44), query.Registered(90))
	for b.Loop() {
		cross, err := query.Cross(cb, "v67", "v257", filter)
		if err != nil {
			b.Fatal(err)
		}
		p, err := Prepare(cols, query.Whole(), []*query.Table{cross})
		if err != nil {
			b.Fatal(err)
		}
		p.Whole()
	}
}

func BenchmarkPrepare(b *testing.B) {
	cols := bulk(3000)
	tables := query.Report(codebook.Default())
	for b.Loop() {
		if _, err := Prepare(cols, query.Whole(), tables); err != nil {
			b.Fatal(err)
		}
	}
}
