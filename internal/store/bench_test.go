package store_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/codebook"
	"foljsam/internal/record"
	"foljsam/internal/store"
	"foljsam/internal/store/storetest"
)

// thirtyOne gives a case with 31 fields.
func thirtyOne(luck *rand.Rand) map[string]record.Answer {
	answers := map[string]record.Answer{}
	for row := 0; len(answers) < 31; row++ {
		oneRow(answers, strconv.Itoa(row), luck)
	}
	return answers
}

func oneRow(answers map[string]record.Answer, row string, luck *rand.Rand) {
	for _, v := range cb.Variables {
		if len(answers) == 31 || row != "0" && v.Level == codebook.OfCase || row == "0" && v.Level != codebook.OfCase {
			continue
		}
		field := record.Field(v.Level, row, v.Key())
		switch v.Kind {
		case codebook.Date:
			answers[field] = record.Answer{Value: fmt.Sprintf("2026-%02d-%02d", 1+luck.IntN(12), 1+luck.IntN(28))}
		case codebook.Number:
			answers[field] = record.Answer{Value: strconv.Itoa(18 + luck.IntN(60))}
		case codebook.One, codebook.Many:
			answers[field] = record.Answer{Value: strconv.Itoa(v.Codes[0].Code)}
		}
	}
}

var made atomic.Int64

func createOne(r *store.Register, answers map[string]record.Answer) (string, error) {
	n := made.Add(1)
	id := fmt.Sprintf("0193-%012d", n)
	code, client := fmt.Sprintf("A-%d", n), fmt.Sprintf("K-%d", n)
	c, changes, err := storetest.Case(cb, id, answers)
	if err != nil {
		return "", err
	}
	return id, r.Write(context.Background(), func(tx *store.Tx) (err error) {
		if err := tx.PutCodes(c, code, client); err != nil {
			return err
		}
		tx.Audit(audit.Line{At: storetest.Now, Person: "p1", Role: string(access.Caseworker), Act: audit.Opened, Case: id})
		return tx.AddCase(cb, c, store.Revision{Version: 1, At: storetest.Now, Person: "p1", Role: string(access.Caseworker), Act: audit.Opened, Changes: changes})
	})
}

// filled gives a register with so many cases.
func filled(b *testing.B, cases int) (house, *store.Store, *store.Register, []string) {
	dir := b.TempDir()
	h := house{nil, filepath.Join(dir, "data"), filepath.Join(dir, "nycklar")}
	s := storetest.Open(b, store.Options{Folder: h.folder, Quick: true}, h.keys)
	r := storetest.NewWorld(b, s).Nora
	answers := thirtyOne(rand.New(rand.NewPCG(1, 2)))
	ids := make([]string, cases)
	each(b, 64, cases, func(i int) (err error) { ids[i], err = createOne(r, answers); return err })
	if err := s.Settle(context.Background()); err != nil {
		b.Fatal(err)
	}
	return h, s, r, ids
}

// each does something n times, spread over clients.
func each(b testing.TB, clients, n int, do func(int) error) {
	var all sync.WaitGroup
	var next atomic.Int64
	for range clients {
		all.Go(func() {
			for i := next.Add(1) - 1; i < int64(n); i = next.Add(1) - 1 {
				if err := do(int(i)); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
}

const manyCases = 100_000

func BenchmarkCreate(b *testing.B) {
	_, _, r, _ := filled(b, manyCases)
	answers := thirtyOne(rand.New(rand.NewPCG(1, 2)))
	if len(answers) != 31 {
		b.Fatal(len(answers))
	}
	b.ReportAllocs()
	b.ResetTimer()
	spent := cpu()
	each(b, 64, b.N, func(int) error { _, err := createOne(r, answers); return err })
	b.ReportMetric(float64(cpu()-spent)/1e3/float64(b.N), "µs-cpu/op")
}

func BenchmarkReadCase(b *testing.B) {
	_, _, r, ids := filled(b, manyCases)
	b.ReportAllocs()
	b.ResetTimer()
	spent := cpu()
	each(b, 64, b.N, func(i int) error {
		return r.Read(context.Background(), func(tx *store.Tx) error { _, err := tx.Case(ids[i*7919%len(ids)]); return err })
	})
	b.ReportMetric(float64(cpu()-spent)/1e3/float64(b.N), "µs-cpu/op")
}

func BenchmarkOpenRegister(b *testing.B) {
	h, s, _, _ := filled(b, 5000)
	if err := s.Close(); err != nil {
		b.Fatal(err)
	}
	keys, err := store.OpenKeys(h.keys)
	if err != nil {
		b.Fatal(err)
	}
	b.ResetTimer()
	for range b.N {
		b.StopTimer()
		s, err := store.Open(b.Context(), store.Options{Folder: h.folder, Keys: keys})
		if err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
		r, err := s.Register(b.Context(), "nora")
		if err == nil {
			err = r.Read(b.Context(), func(tx *store.Tx) error { _, err := tx.CountCovers(store.Find{Worker: "p1"}); return err })
		}
		if err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
	}
}

// BenchmarkMemory says what an open register with many cases holds when it is at rest.
func BenchmarkMemory(b *testing.B) {
	_, _, r, ids := filled(b, manyCases)
	each(b, 8, 2000, func(i int) error {
		return r.Read(context.Background(), func(tx *store.Tx) error { _, err := tx.Case(ids[i*7919%len(ids)]); return err })
	})
	for range b.N {
		runtime.GC()
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	b.ReportMetric(float64(m.HeapAlloc)/1e6, "MB-heap")
	b.ReportMetric(float64(resident())/1e6, "MB-resident")
}
