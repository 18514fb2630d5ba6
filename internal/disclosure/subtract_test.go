package disclosure

import (
	"math/rand/v2"
	"testing"

	"foljsam/internal/codebook"
	"foljsam/internal/query"
)

// TestNothingSmallIsLeftBySubtraction draws numbers of a question with one answer, and takes what is
// shown from what is shown, as somebody who reads the table may.
func TestNothingSmallIsLeftBySubtraction(t *testing.T) {
	cb := codebook.Default()
	var table *query.Table
	for _, x := range query.Report(cb) {
		if x.ID == "d14" {
			table = x
		}
	}
	guarded := 0
	for seed := range uint64(400) {
		r := rand.New(rand.NewPCG(seed, 3))
		n := drawn{}
		total := int64(0)
		for _, c := range table.Cells {
			k := []int64{0, int64(r.IntN(5)), int64(r.IntN(60))}[r.IntN(3)]
			n[c.Set.String()] = k
			total += k
		}
		n[table.Cells[0].Base.String()], n[query.All().String()] = total, total+int64(r.IntN(30))
		about := &About{Audience: Publication, Codebook: cb, OnlyPrimary: true, WithinTables: true}
		rel, err := New(about, []Part{{Split: query.Whole(), Tables: []*query.Table{table}, Counts: n}})
		if err != nil {
			t.Fatal(err)
		}
		out := rel.Tables[0]
		if small(total) || !out.Base(0, 0).IsNumber() {
			continue // withheld, or the base is hidden too
		}
		rest, hidden, small := out.Base(0, 0).Int(), int64(0), true
		for i, c := range table.Cells {
			v := out.Cell(0, i).Count
			switch true := n[c.Set.String()]; {
			case v.IsNumber() && v.Int() >= 1 && v.Int() <= 4:
				t.Fatalf("seed %d: %d is shown", seed, v.Int())
			case v.IsNumber():
				rest -= v.Int()
			default:
				hidden++
				if true > 4 {
					small, guarded = false, guarded+1
				}
			}
		}
		if hidden == 1 || hidden > 1 && small && (rest <= 4 || rest == hidden || rest == 4*hidden) {
			t.Fatalf("seed %d: %d hidden, and %d is left for them", seed, hidden, rest)
		}
	}
	if guarded < 50 {
		t.Errorf("%d counts were hidden for another's sake", guarded)
	}
}

// TestNobodyIsLeftOutOfWhatIsShown: of what may be chosen together no part is shown that all but a few
// of the base are in, nor a further figure that all but a few of what stands beside it are in.
func TestNobodyIsLeftOutOfWhatIsShown(t *testing.T) {
	cb := codebook.Default()
	tables := map[string]*query.Table{}
	for _, x := range query.Report(cb) {
		tables[x.ID] = x
	}
	for rest, shown := range map[int64]bool{0: true, 1: false, 4: false, 5: true} {
		kinds, risk := tables["d08"], tables["d26"]
		n := drawn{kinds.Cells[0].Base.String(): 30, kinds.Cells[0].Set.String(): 30 - rest, kinds.Cells[1].Set.String(): 12, query.All().String(): 60,
			risk.Cells[0].Set.String(): 40, risk.Cells[1].Set.String(): 20, risk.Figures[0].At[0].Set.String(): 40 - rest}
		about := &About{Audience: Publication, Codebook: cb, WithinTables: true}
		rel, err := New(about, []Part{{Split: query.Whole(), Tables: []*query.Table{kinds, risk}, Counts: n}})
		if err != nil {
			t.Fatal(err)
		}
		chosen, other, figure := rel.Tables[0].Cell(0, 0), rel.Tables[0].Cell(0, 1), rel.Tables[1].Figure(0, risk.Figures[0].ID)[0]
		if chosen.Count.IsNumber() != shown || chosen.Share.IsNumber() != shown || figure.IsNumber() != shown {
			t.Errorf("%d are not in it: %v, %v", rest, chosen, figure)
		}
		if other.Count.Int() != 12 || rel.Tables[1].Cell(0, 0).Count.Int() != 40 || !rel.Tables[0].Base(0, 0).IsNumber() {
			t.Errorf("%d: more is hidden", rest)
		}
	}
}

// TestOneMoreIsHiddenAndNoOther counts by hand what is hidden of a question with one answer, and what of
// the shares: those who ended for a reason are a part of those who ended.
func TestOneMoreIsHiddenAndNoOther(t *testing.T) {
	cb := codebook.Default()
	tables := map[string]*query.Table{}
	for _, x := range query.Report(cb) {
		tables[x.ID] = x
	}
	steps, reasons := tables["d01"], tables["d14"]
	for _, c := range []struct {
		parts  [7]int64
		none   int64 // that ended without a reason
		hidden string
	}{
		{[7]int64{30, 12, 0, 9, 2}, 20, "...##.."},      // one hidden, and the smallest beside it
		{[7]int64{30, 12, 0, 9, 2, 1}, 20, "...###."},   // three together
		{[7]int64{30, 12, 0, 9, 4, 3}, 20, "....##."},   // seven: two and five, or three and four
		{[7]int64{30, 12, 0, 9, 4, 4}, 20, "...###."},   // eight: four each
		{[7]int64{30, 6, 1, 1, 1, 1, 1}, 20, ".######"}, // five, of five
		{[7]int64{30, 12, 0, 9, 8, 7, 6}, 3, "......#"}, // how many have a reason is hidden, so not all of them are shown
	} {
		n, sum := drawn{}, int64(0)
		for i, k := range c.parts {
			n[reasons.Cells[i].Set.String()] = k
			sum += k
		}
		closed := steps.Cells[steps.Index(3, 0)].Base.String()
		n[query.All().String()], n[closed], n[steps.Cells[steps.Index(2, 1)].Set.String()] = 200, sum+c.none, 200-sum-c.none
		n[reasons.Cells[0].Base.String()], n[steps.Cells[steps.Index(3, 1)].Set.String()] = sum, c.none
		rel, err := New(&About{Audience: Publication, Codebook: cb, WithinTables: true}, []Part{{Split: query.Whole(), Tables: []*query.Table{steps, reasons}, Counts: n}})
		if err != nil {
			t.Fatal(err)
		}
		got, hidden := "", rel.Tables[1].Base(0, 0).State() == Masked
		for i := range c.parts {
			x := rel.Tables[1].Cell(0, i)
			got += map[bool]string{true: ".", false: "#"}[x.Count.IsNumber()]
			if x.Share.IsNumber() != (x.Count.IsNumber() && !hidden) {
				t.Errorf("%v: a share of %v of %v", c.parts, x.Share, rel.Tables[1].Base(0, 0))
			}
		}
		if got != c.hidden || hidden != (c.none < 5) {
			t.Errorf("%v: %s is shown, want %s; base hidden: %v", c.parts, got, c.hidden, hidden)
		}
	}
}

// drawn is true numbers by the names of sets.
type drawn map[string]int64

func (d drawn) Count(_ int, s query.Set) int64              { return d[s.String()] }
func (d drawn) Sum(int, query.Set, query.Numeric) (n int64) { return 0 }
