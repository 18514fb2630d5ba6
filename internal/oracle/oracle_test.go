package oracle

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// rounds is how many random packages a test sees.
func rounds(short, long int) uint64 {
	if testing.Short() {
		return uint64(short)
	}
	return uint64(long)
}

// question makes something to ask, at random.
func (m *maker) question() question {
	q := question{}
	switch m.IntN(3) {
	case 0:
		q.by = []string{pick(m, []string{"kommun", "lan", "storlek", "v1", "ar"})}
	case 1:
		q.by = some(m, []string{"kommun", "lan", "storlek", "v1", "ar"}, 5)
	}
	if m.chance(30) {
		q.from, q.till = date(m.IntN(500)), date(500+m.IntN(900))
	}
	q.mask = m.chance(40)
	q.population = map[string]int{"0180": 990000, "0114": 49999, "0380": 14999, "1480": 100000, "2584": 15000}
	return q
}

func (q question) String() string {
	return fmt.Sprintf("--by %v --period %s..%s, mask %v", q.by, q.from, q.till, q.mask)
}

func TestTablesAreWhatPlainCountingGives(t *testing.T) {
	for seed := range rounds(5, 40) {
		m := newMaker(seed)
		packs, q := m.packs(4), m.question()
		a := ask(t, packs, q)
		if a.status != 0 {
			t.Fatalf("seed %d: status %d: %s", seed, a.status, a.said)
		}
		d := draft{}
		name := fmt.Sprintf("seed %d, %v", seed, q)
		tell(t, name, d.problemFaults(a.problems(t)))
		tell(t, name, a.tableFaults(t, packs, q))
		if t.Failed() && testing.Short() {
			return
		}
	}
}

// TestEveryFaultIsNamed plants one fault at a time: it is named, nothing else is, and the
// tables are those of the good rows.
func TestEveryFaultIsNamed(t *testing.T) {
	for _, f := range faults {
		t.Run(f.name, func(t *testing.T) {
			t.Parallel()
			planted := 0
			for seed := uint64(1); seed < 300 && planted < int(rounds(1, 2)); seed++ {
				m := newMaker(seed)
				d := &draft{maker: m, packs: m.packs(3)}
				if f.plant(d, d.packs[0]) {
					planted++
					d.judge(t, fmt.Sprintf("seed %d", seed), question{})
				}
			}
			if planted == 0 {
				t.Error("was never planted")
			}
		})
	}
}

// TestManyFaultsAtOnce plants faults of all kinds in all packages.
func TestManyFaultsAtOnce(t *testing.T) {
	for seed := range rounds(5, 40) {
		m := newMaker(1000 + seed)
		d := &draft{maker: m, packs: m.packs(4)}
		for range m.IntN(30) {
			if f, p := pick(m, faults), pick(m, d.packs); !p.gone {
				f.plant(d, p)
			}
		}
		d.judge(t, fmt.Sprintf("seed %d", 1000+seed), m.question())
		if t.Failed() {
			return
		}
	}
}

// judge runs the program on the packages and compares all that it says.
func (d *draft) judge(t *testing.T, name string, q question) {
	t.Helper()
	a := ask(t, d.packs, q)
	tell(t, name, d.problemFaults(a.problems(t)))
	if !slices.ContainsFunc(d.packs, func(p *pack) bool { return !p.gone }) {
		if a.status != 1 {
			t.Errorf("%s: no package can be used and the status is %d", name, a.status)
		}
		return
	}
	if a.status != 0 {
		t.Fatalf("%s: status %d: %s", name, a.status, a.said)
	}
	tell(t, name+" "+q.String(), a.tableFaults(t, d.packs, q))
}

// TestOrderChangesNothing asks again with the rows and the packages in another order, on one core.
func TestOrderChangesNothing(t *testing.T) {
	for seed := range rounds(2, 6) {
		m := newMaker(2000 + seed)
		packs, q := m.packs(4), m.question()
		first := ask(t, packs, q)
		for _, p := range packs {
			for _, s := range p.sheets {
				m.Shuffle(len(s.rows), func(i, j int) { s.rows[i], s.rows[j] = s.rows[j], s.rows[i] })
			}
		}
		m.Shuffle(len(packs), func(i, j int) { packs[i], packs[j] = packs[j], packs[i] })
		cores := runtime.GOMAXPROCS(1)
		second := ask(t, packs, q)
		runtime.GOMAXPROCS(cores)
		tell(t, fmt.Sprintf("seed %d, %v", 2000+seed, q), differences(t, first.dir, second.dir))
	}
}

// differences names the files that are not the same in two folders.
func differences(t testing.TB, a, b string) (out []string) {
	t.Helper()
	names := map[string]bool{}
	for _, dir := range []string{a, b} {
		check(t, filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
			if err == nil && !e.IsDir() {
				names[strings.TrimPrefix(path, dir)] = true
			}
			return err
		}))
	}
	for _, name := range slices.Sorted(keys(names)) {
		x, err := os.ReadFile(a + name)
		y, err2 := os.ReadFile(b + name)
		if err != nil || err2 != nil || !bytes.Equal(x, y) {
			out = append(out, name+" differs")
		}
	}
	return out
}
