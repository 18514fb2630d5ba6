package tabulate

import (
	"math/rand/v2"
	"slices"
	"testing"

	"foljsam/internal/codebook"
	"foljsam/internal/query"
	"foljsam/internal/record"
)

// plain is the counter that the engine is held against: it walks the cases one by one
// and asks of each whether it is in a set, from the packed rows alone.
type plain struct {
	batch *record.Batch
	at    int
}

var _ query.Visitor[bool] = plain{}

func (p plain) in(s query.Set) bool { return query.Visit[bool](s, p) }
func (p plain) has(bit int) bool    { return record.HasBit(p.batch.Row(p.at), bit) }

func (p plain) All() bool { return true }

func (p plain) Codes(v int, codes []int) bool {
	return slices.ContainsFunc(codes, func(c int) bool { return p.has(p.batch.Layout.Bit(v, c)) })
}

func (p plain) Registered(v int) bool {
	switch v {
	case 5:
		return true
	case 15:
		return p.batch.Age[p.at] != record.NoAge
	case 90:
		return p.has(p.batch.Layout.AssessedBit())
	case 256:
		return p.batch.Days[p.at] != record.NoNumber
	}
	_, codes := p.batch.Layout.Field(v)
	return p.Codes(v, codes)
}

// number gives -1 for a case that lacks it.
func (p plain) number(n query.Numeric) int {
	switch n {
	case query.Answer(15):
		if p.batch.Age[p.at] == record.NoAge {
			return -1
		}
		return int(p.batch.Age[p.at])
	case query.DaysBetween(5, 256):
		if p.batch.Days[p.at] == record.NoNumber {
			return -1
		}
		return int(p.batch.Days[p.at])
	case query.YearOf(5):
		return p.batch.Intake[p.at].Time().Year()
	case query.DateOf(5):
		return int(p.batch.Intake[p.at])
	}
	_, v, _ := n.Parts()
	if k, ok := p.batch.Layout.Chosen(p.batch.Row(p.at), v); ok {
		return k
	}
	return -1
}

func (p plain) Span(n query.Numeric, lo, hi int) bool {
	x := p.number(n)
	return x >= 0 && x >= lo && x <= hi
}

func (p plain) Changed(instrument int, c query.Change) bool {
	return p.has(p.batch.Layout.ChangeBit(instrument, slices.Index(query.Changes, c)))
}

func (p plain) Local(string, int) bool { return false }

func (p plain) And(terms []query.Set) bool {
	return !slices.ContainsFunc(terms, func(t query.Set) bool { return !p.in(t) })
}
func (p plain) Or(terms []query.Set) bool { return slices.ContainsFunc(terms, p.in) }
func (p plain) Not(s query.Set) bool      { return !p.in(s) }

// randomBatches draws cases with every bit, age and date thinkable, in a few batches.
func randomBatches(r *rand.Rand, l *record.Layout, n, towns int) []*record.Batch {
	batches := make([]*record.Batch, 1+r.IntN(4))
	for i := range batches {
		batches[i] = &record.Batch{Layout: l}
	}
	density := r.Float64()
	for range n {
		b := batches[r.IntN(len(batches))]
		unit, _ := record.UnitNumber([]byte{'0', byte('1' + r.IntN(2)), byte('0' + r.IntN(10)), byte('0' + r.IntN(min(towns, 10)))})
		row := b.Append(unit, record.Day(18993+r.IntN(700)))
		for v := range 300 {
			from, codes := l.Field(v)
			for k := range codes {
				if r.Float64() < density {
					record.SetBit(row, from+k)
				}
			}
		}
		if r.IntN(3) > 0 {
			b.Age[b.Len()-1] = uint8(r.IntN(121))
		}
		if r.IntN(3) > 0 {
			b.Days[b.Len()-1] = uint16(r.IntN(900))
		}
		if r.IntN(2) == 0 {
			record.SetBit(row, l.AssessedBit())
			record.SetBit(row, l.ChangeBit(1+r.IntN(6), r.IntN(3)))
		}
	}
	return batches
}

// countPlainly counts a set in one municipality (all when place is negative).
func countPlainly(batches []*record.Batch, place int, s query.Set, of *query.Numeric) int64 {
	total := int64(0)
	for _, b := range batches {
		for i := range b.Len() {
			p := plain{b, i}
			if place >= 0 && record.MunicipalityOf(b.Unit[i]) != place || !p.in(s) {
				continue
			}
			if of == nil {
				total++
			} else if x := p.number(*of); x > 0 {
				total += int64(x)
			}
		}
	}
	return total
}

// TestTablesEqualAPlainCounter holds every registered table, for the whole and for each
// municipality, against the plain counter, on random cases.
func TestTablesEqualAPlainCounter(t *testing.T) {
	cb := codebook.Default()
	layout := record.NewLayout(cb)
	tables := query.Report(cb)
	sizes := []int{0, 1, 63, 64, 65, 400, 1500}
	for seed, n := range sizes {
		r := rand.New(rand.NewPCG(uint64(seed), 7))
		batches := randomBatches(r, layout, n, 1+seed)
		cols := Build(layout, batches)
		if cols.Cases() != n {
			t.Fatalf("%d cases became %d", n, cols.Cases())
		}
		plan, err := Prepare(cols, query.Whole(), tables)
		if err != nil {
			t.Fatal(err)
		}
		byPlace, whole := plan.ByPlace(), plan.Whole()
		sum := byPlace.Sum()
		for _, table := range tables {
			for i, c := range table.Cells {
				for _, s := range []query.Set{c.Set, c.Base} {
					want := countPlainly(batches, -1, s, nil)
					if got := whole.Count(0, s); got != want {
						t.Fatalf("%d cases, %s cell %d (%s): %d, counted one by one %d", n, table.ID, i, s, got, want)
					}
					if got := sum.Count(0, s); got != want {
						t.Fatalf("%d cases, %s cell %d (%s): municipalities add up to %d, not %d", n, table.ID, i, s, got, want)
					}
				}
				if n <= 400 {
					comparePlaces(t, cols, batches, byPlace, c.Set)
				}
				if table.Kind == query.Means {
					if got, want := whole.SumOf(0, c.Set, table.Of), countPlainly(batches, -1, c.Set, &table.Of); got != want {
						t.Fatalf("%s cell %d: sum %d, one by one %d", table.ID, i, got, want)
					}
				}
			}
		}
	}
}

func comparePlaces(t *testing.T, cols *Columns, batches []*record.Batch, byPlace *Counted, s query.Set) {
	t.Helper()
	for row, segment := range cols.Segments() {
		if got, want := byPlace.Count(row, s), countPlainly(batches, segment.Place, s, nil); got != want {
			t.Fatalf("%s in %04d: %d, counted one by one %d", s, segment.Place, got, want)
		}
	}
}

// TestVectorsEqualPlainLoop: both ways of counting bits agree on every length.
func TestVectorsEqualPlainLoop(t *testing.T) {
	if !hasVectors {
		t.Skip("this processor has no vector popcount")
	}
	r := rand.New(rand.NewPCG(1, 2))
	a, b := make([]uint64, 300), make([]uint64, 300)
	for i := range a {
		a[i], b[i] = r.Uint64(), r.Uint64()
	}
	for n := 1; n < 200; n++ {
		for from := range 9 {
			want := countPlain(a[from:from+n], b[from:from+n])
			if got := countVector(&a[from], &b[from], n); got != want {
				t.Fatalf("%d words: %d, want %d", n, got, want)
			}
		}
	}
}
