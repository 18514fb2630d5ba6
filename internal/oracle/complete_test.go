package oracle

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestNothingThatAlwaysHoldsIsUndeclared looks for links that the release does not declare,
// without knowing what the cells mean: every municipality is a small world with the same cells,
// and an equation that holds in all of many random worlds must follow from those declared.
// What is not declared is not protected.
func TestNothingThatAlwaysHoldsIsUndeclared(t *testing.T) {
	if os.Getenv("FOLJSAM_SOAK") == "" {
		t.Skip("set FOLJSAM_SOAK: many random worlds")
	}
	var names []string
	var worlds [][]int
	var declared []map[string]int
	for seed := range uint64(9) {
		w := manyTowns(t, 4000+seed, 110)
		if seed == 0 {
			names, declared = slices.Sorted(maps.Keys(w.towns["0001"])), w.equations("0001")
		}
		for _, code := range slices.Sorted(maps.Keys(w.towns)) {
			row := make([]int, len(names))
			for i, n := range names {
				row[i] = w.towns[code][n]
			}
			worlds = append(worlds, row)
		}
	}
	tell(t, fmt.Sprintf("%d cells in %d worlds", len(names), len(worlds)), undeclared(names, worlds, declared))
}

// A country is one release by municipality: the true counts by municipality and cell, and what
// is declared.
type country struct {
	towns map[string]map[string]int
	said  published
}

func manyTowns(t *testing.T, seed uint64, towns int) country {
	t.Helper()
	m := newMaker(seed)
	p := m.pack(0, "r", nil)
	for _, s := range p.sheets {
		s.rows = nil
	}
	delete(p.sheets, locFile)
	for i := range towns {
		for range 10 + m.IntN(60) {
			m.addCase(p, "K", []string{fmt.Sprintf("%04d", i+1)})
		}
	}
	a := ask(t, []*pack{p}, question{by: []string{"kommun"}, mask: true})
	c := country{towns: map[string]map[string]int{}}
	var tr truth
	readJSON(t, a.truth, &tr)
	readJSON(t, filepath.Join(a.dir, "publicerat.json"), &c.said)
	for _, cell := range tr.Cells {
		town, name := townOf(cell.ID)
		if c.towns[town] == nil {
			c.towns[town] = map[string]int{}
		}
		c.towns[town][name] = cell.True
	}
	return c
}

// townOf takes the municipality out of a cell's id; the rest is the same in every municipality.
func townOf(id string) (town, name string) {
	_, rest, _ := strings.Cut(id, "kommun=")
	if len(rest) < 4 {
		return "", id
	}
	return rest[:4], rest[4:]
}

// equations gives what is declared to be equal within a municipality, and between nothing else.
func (c country) equations(town string) (all []map[string]int) {
	for _, r := range c.said.Relations {
		e := map[string]int{}
		for _, id := range r.Parts {
			_, name := townOf(id)
			e[name]++
		}
		at, name := townOf(r.Total)
		e[name]--
		if at == town {
			all = append(all, e)
		}
	}
	for _, l := range c.said.Linear {
		if l.Lo == nil || l.Hi == nil || *l.Lo != *l.Hi {
			continue
		}
		e, here := map[string]int{}, true
		for id, k := range l.Coef {
			at, name := townOf(id)
			e[name] += int(k)
			here = here && at == town
		}
		if here {
			all = append(all, e)
		}
	}
	return all
}

// undeclared gives the equations that hold in all worlds and do not follow from those declared.
// It works with remainders modulo a prime, so that nothing is rounded.
func undeclared(names []string, worlds [][]int, declared []map[string]int) (out []string) {
	known := &space{}
	for _, e := range declared {
		row := make([]int64, len(names))
		for i, n := range names {
			row[i] = residue(int64(e[n]))
		}
		known.add(row)
	}
	seen := &space{}
	for _, w := range worlds {
		row := make([]int64, len(names))
		for i, n := range w {
			row[i] = residue(int64(n))
		}
		seen.add(row)
	}
	for _, e := range seen.annihilators(len(names)) {
		if known.add(slices.Clone(e)) {
			out = append(out, sentence(names, e))
		}
	}
	slices.SortFunc(out, func(a, b string) int { return len(a) - len(b) })
	return out
}

// sentence writes an equation.
func sentence(names []string, e []int64) string {
	coef := map[string]int64{}
	for i, k := range e {
		if k > prime/2 {
			k -= prime
		}
		if k != 0 {
			coef[names[i]] = k
		}
	}
	text, _ := json.Marshal(coef)
	return "always 0, not declared: " + string(text)
}

const prime = 1<<31 - 1

func residue(n int64) int64 { return ((n % prime) + prime) % prime }

// A space is the span of some rows, kept in reduced form: by pivot, each 1 there and 0 at the
// other pivots.
type space struct{ rows map[int][]int64 }

// add puts a row in and tells whether it was not in the span.
func (s *space) add(row []int64) bool {
	if s.rows == nil {
		s.rows = map[int][]int64{}
	}
	for p, r := range s.rows {
		subtract(row, r, row[p])
	}
	p := slices.IndexFunc(row, func(k int64) bool { return k != 0 })
	if p < 0 {
		return false
	}
	inverse := power(row[p], prime-2)
	for i := range row {
		row[i] = row[i] * inverse % prime
	}
	for _, r := range s.rows {
		subtract(r, row, r[p])
	}
	s.rows[p] = row
	return true
}

// subtract takes k times another row away.
func subtract(row, other []int64, k int64) {
	if k == 0 {
		return
	}
	for i, o := range other {
		if o != 0 {
			row[i] = residue(row[i] - k*o%prime)
		}
	}
}

func power(n, k int64) int64 {
	out := int64(1)
	for ; k > 0; k >>= 1 {
		if k&1 == 1 {
			out = out * n % prime
		}
		n = n * n % prime
	}
	return out
}

// annihilators gives a basis of the equations that all rows of the space satisfy.
func (s *space) annihilators(width int) (all [][]int64) {
	for free := range width {
		if s.rows[free] != nil {
			continue
		}
		e := make([]int64, width)
		e[free] = prime - 1
		for p, r := range s.rows {
			e[p] = r[free]
		}
		all = append(all, e)
	}
	return all
}
