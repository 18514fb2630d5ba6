package main

import (
	"context"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"foljsam/internal/codebook"
	"foljsam/internal/exchange/csvscan"
	"foljsam/internal/record"
)

// A header like the comparison's, in small: runs of 0/1 columns, codes, numbers, days,
// and columns that nobody reads.
const header = "id,kommun,verksamhet,aktualisering,kon,alder,funk_1,funk_2,funk_3,funk_4,funk_5,init_1,init_2,init_3,init_4," +
	"init_5,init_6,init_7,init_8,init_9,risk_1,risk_2,risk_3,risk_4,risk_5,risk_6,risk_fore,risk_under,risk_efter,insatsstart,sam_0,sam_1,avslut,orsak,q212"

// cells gives what a column may hold; now and then something that it may not.
func cells(r *rand.Rand, column string) string {
	if r.IntN(400) == 0 {
		return []string{"7", "x", "01", "2024-02-30", "", "1\n", "1\r", "12345678901234567890", " 1", "-1", "1,0", "0"}[r.IntN(12)]
	}
	pick := func(of ...string) string { return of[r.IntN(len(of))] }
	name, _, _ := strings.Cut(column, "_")
	switch {
	case column == "id":
		return pick("1", "23", "456789", "abcdefghijklmnop")
	case column == "kommun":
		return pick("1", "17", "290", "290", "33")
	case column == "alder":
		return pick("", "7", "18", "44", "120")
	case column == "aktualisering":
		return pick("2024-02-29", "2023-12-31")
	case column == "insatsstart" || column == "avslut":
		return pick("", "2024-03-01", "2024-01-31")
	case strings.HasPrefix(column, "risk_") && len(column) > 6:
		return pick("", "", "3", "12")
	case multiple[name] != 0 && column != "risk_1":
		return pick("0", "0", "1", "")
	}
	return pick("1", "")
}

func writeCases(t *testing.T, seed uint64) string {
	r := rand.New(rand.NewPCG(seed, 1))
	text := []byte(header + "\n")
	for range 2000 {
		for i, column := range strings.Split(header, ",") {
			if i > 0 {
				text = append(text, ',')
			}
			text = append(text, cells(r, column)...)
		}
		text = append(text, '\n')
	}
	path := filepath.Join(t.TempDir(), "c.csv")
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// The plain way gives what the careful way gives, which shares nothing with it but the
// cells' meaning.
func TestPlainIsCareful(t *testing.T) {
	layout := record.NewLayout(codebook.Default())
	for seed := range uint64(20) {
		path := writeCases(t, seed)
		got, bad, err := readCases(context.Background(), path, layout)
		if err != nil {
			t.Fatal(err)
		}
		want, wantBad := readCarefully(t, path, layout)
		var all record.Batch
		for _, b := range got {
			all.Join(b)
		}
		all.Layout = layout
		if bad != wantBad || !reflect.DeepEqual(*all.ByPlace(), *want.ByPlace()) {
			t.Fatalf("seed %d: %d cases, %d bad; want %d, %d", seed, all.Len(), bad, want.Len(), wantBad)
		}
	}
}

func readCarefully(t *testing.T, path string, layout *record.Layout) (*record.Batch, int) {
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	s, err := csvscan.Open(f, csvscan.Options{})
	if err != nil {
		t.Fatal(err)
	}
	r, err := newReader(layout, s.Header())
	if err != nil {
		t.Fatal(err)
	}
	p, x := part{batch: &record.Batch{Layout: layout}}, &row{}
	err = csvscan.Each(context.Background(), s, 1, func(c *csvscan.Chunk) int {
		for c.Next() {
			r.carefulRow(c, x, &p)
		}
		return 0
	}, func(int, int) error { return nil })
	if err != nil {
		t.Fatal(err)
	}
	return p.batch, p.bad
}
