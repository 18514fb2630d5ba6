package oracle

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// published is publicerat.json.
type published struct {
	Options struct {
		MaskedMin int `json:"masked_min"`
		Small     []int
		Integer   bool
	}
	Cells []struct {
		ID        string
		Published *int
		Owner     string
		Lo, Hi    *int
	}
	Relations []struct {
		Total string
		Parts []string
	}
	Percents []struct {
		Cell     string
		Of       string
		N        *int
		Percent  float64
		Decimals int
	}
	Rates []struct {
		Cells      []string
		Population int
		Per        int
		Value      float64
		Decimals   int
	}
	Linear []struct {
		Coef   map[string]float64
		Lo, Hi *float64
	}
}

// A truth is the file of --truth.
type truth struct {
	Cells []struct {
		ID      string
		True    int
		Primary bool
	}
}

func readJSON(t testing.TB, path string, into any) {
	t.Helper()
	text, err := os.ReadFile(path)
	check(t, err)
	if err := json.Unmarshal(text, into); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
}

// TestWhatIsPublishedHolds demands that everything the release declares is true of the true
// numbers: an attacker's model that is wrong protects nobody.
func TestWhatIsPublishedHolds(t *testing.T) {
	for seed := range rounds(3, 20) {
		m := newMaker(3000 + seed)
		packs, q := m.packs(4), m.question()
		q.mask = true
		a := ask(t, packs, q)
		var p published
		var tr truth
		readJSON(t, filepath.Join(a.dir, "publicerat.json"), &p)
		readJSON(t, a.truth, &tr)
		tell(t, fmt.Sprintf("seed %d, %v", 3000+seed, q), p.faults(tr))
	}
}

func (p published) faults(tr truth) (out []string) {
	say := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	if p.Options.MaskedMin != 1 || !slices.Equal(p.Options.Small, []int{1, 4}) || !p.Options.Integer {
		say("options %+v", p.Options)
	}
	is := map[string]int{}
	primary := map[string]bool{}
	for _, c := range tr.Cells {
		if _, twice := is[c.ID]; twice {
			say("the truth has %s twice", c.ID)
		}
		is[c.ID], primary[c.ID] = c.True, c.Primary
	}
	known := map[string]bool{}
	for _, c := range p.Cells {
		n, ok := is[c.ID]
		switch {
		case known[c.ID]:
			say("%s stands twice", c.ID)
		case !ok:
			say("%s is not in the truth", c.ID)
		case c.Published != nil && *c.Published != n:
			say("%s is published as %d, truly %d", c.ID, *c.Published, n)
		case c.Published != nil && small(n):
			say("%s is published, %d", c.ID, n)
		case c.Published == nil && primary[c.ID] != small(n):
			say("%s is %d and primary is %v", c.ID, n, primary[c.ID])
		case c.Published == nil && n == 0 && (c.Lo == nil || *c.Lo != 0):
			say("%s is a masked zero without lo 0", c.ID)
		}
		known[c.ID] = true
	}
	for id := range is {
		if !known[id] {
			say("the truth has %s, which is not published", id)
		}
	}
	return append(out, p.linkFaults(is)...)
}

// linkFaults checks every declared link on the true numbers.
func (p published) linkFaults(is map[string]int) (out []string) {
	say := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	known := func(ids ...string) bool {
		for _, id := range ids {
			if _, ok := is[id]; !ok {
				say("a link names %s, which is no cell", id)
				return false
			}
		}
		return true
	}
	for _, r := range p.Relations {
		sum := 0
		for _, id := range r.Parts {
			sum += is[id]
		}
		if known(append(r.Parts, r.Total)...) && sum != is[r.Total] {
			say("%s is %d, its parts %v are %d", r.Total, is[r.Total], r.Parts, sum)
		}
	}
	for _, r := range p.Percents {
		of := 0
		if r.N != nil {
			of = *r.N
		} else if known(r.Of) {
			of = is[r.Of]
		}
		if known(r.Cell) && !rounds100(float64(is[r.Cell])*100, float64(of), r.Percent, r.Decimals) {
			say("%s is %d of %d, not %v percent", r.Cell, is[r.Cell], of, r.Percent)
		}
	}
	for _, r := range p.Rates {
		sum := 0
		for _, id := range r.Cells {
			sum += is[id]
		}
		if known(r.Cells...) && !rounds100(float64(sum*r.Per), float64(r.Population), r.Value, r.Decimals) {
			say("%v is %d of %d, not %v", r.Cells, sum, r.Population, r.Value)
		}
	}
	for _, r := range p.Linear {
		sum := 0.0
		for id, c := range r.Coef {
			known(id)
			sum += c * float64(is[id])
		}
		if (r.Lo != nil && sum < *r.Lo-1e-9) || (r.Hi != nil && sum > *r.Hi+1e-9) {
			say("%v is %v, outside %v to %v", r.Coef, sum, r.Lo, r.Hi)
		}
	}
	return out
}

// rounds100 tells whether part / whole rounds to what is shown.
func rounds100(part, whole, shown float64, decimals int) bool {
	half := 0.5
	for range decimals {
		half /= 10
	}
	return whole != 0 && part/whole >= shown-half-1e-9 && part/whole <= shown+half+1e-9
}
