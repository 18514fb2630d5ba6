package chart

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"foljsam/internal/chart/charttest"
	"foljsam/internal/disclosure"
	"foljsam/internal/locale"
	"foljsam/internal/query"
)

var update = flag.Bool("update", false, "write the golden drawings anew; look at each before it is committed")

// One table of each kind of diagram, and one with masked numbers.
var golden = []struct {
	id     string
	n      int
	lang   locale.Lang
	narrow bool
}{
	{"d01", 3070, locale.Swedish, false}, {"d03", 3070, locale.English, false}, {"d04", 3070, locale.Swedish, false},
	{"d04", 3070, locale.English, true}, {"d09", 60, locale.Swedish, false}, {"d10", 3070, locale.Swedish, false},
	{"d17", 3070, locale.English, false}, {"d21", 3070, locale.Swedish, false}, {"d22", 3070, locale.Swedish, true},
	{"topp", 3070, locale.Swedish, false}, {"risk_upprepad", 60, locale.English, false},
}

func TestDrawingsAreThoseReviewed(t *testing.T) {
	made := map[int]*disclosure.Release{}
	for _, n := range []int{60, 3070} {
		about := disclosure.About{Audience: disclosure.Publication, Synthetic: true}
		rel, err := charttest.Make(n, 1).Release(about, query.Whole())
		if err != nil {
			t.Fatal(err)
		}
		made[n] = rel
	}
	for _, g := range golden {
		name := g.id + "-" + string(g.lang)
		if g.narrow {
			name += "-narrow"
		}
		t.Run(name, func(t *testing.T) {
			d := Of(made[g.n].Table("", g.id), 0, locale.For(g.lang))
			compareGolden(t, filepath.Join("testdata", name+".svg"), d.SVG(View{Prefix: g.id, Narrow: g.narrow, Titled: true}))
		})
	}
}

func compareGolden(t *testing.T, file, got string) {
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != got {
		t.Errorf("%s is drawn otherwise than when it was reviewed; look at it with -update", file)
	}
}
