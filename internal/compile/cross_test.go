package compile

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"foljsam/internal/codebook"
	"foljsam/internal/disclosure"
	"foljsam/internal/query"
	"foljsam/internal/record"
	"foljsam/internal/stat"
	"foljsam/internal/tabulate"
)

// The variables that are crossed: one answer, one answer, several answers.
const sexOf, degreeOf, kindsOf = 14, 67, 58

// drawnAnswers draws cases with none, one or several answers.
func drawnAnswers(r *rand.Rand, cb *codebook.Codebook, n int) (all []map[int][]int) {
	for range n {
		c := map[int][]int{}
		for _, v := range []int{sexOf, degreeOf, kindsOf} {
			codes := cb.Variable(v).Codes
			for range r.IntN(3) {
				if k := codes[min(r.IntN(len(codes)), r.IntN(len(codes)))].Code; !slices.Contains(c[v], k) && (v == kindsOf || len(c[v]) == 0) {
					c[v] = append(c[v], k)
				}
			}
		}
		all = append(all, c)
	}
	return all
}

func columnsWith(cb *codebook.Codebook, all []map[int][]int) *tabulate.Columns {
	l := record.NewLayout(cb)
	b := &record.Batch{Layout: l}
	for _, codes := range all {
		record.Pack(l, &record.Case{Unit: "1884", Codes: codes, Dates: map[int]record.Day{cb.Role(codebook.Intake).Number: 19000}}, b)
	}
	return tabulate.Build(l, []*record.Batch{b})
}

// number counts the cases that have any answer to every one of some variables, and what is wished.
func number(all []map[int][]int, registered []int, wish func(c map[int][]int) bool) (n int64) {
	for _, c := range all {
		if !slices.ContainsFunc(registered, func(v int) bool { return len(c[v]) == 0 }) && wish(c) {
			n++
		}
	}
	return n
}

// TestACrossTableIsWhatIsCounted holds every number of a cross table against a walk through the cases:
// shares of the row, of the column, and against all other rows, with their bases.
func TestACrossTableIsWhatIsCounted(t *testing.T) {
	cb := codebook.Default()
	for seed := range uint64(24) {
		r := rand.New(rand.NewPCG(seed, 23))
		all := drawnAnswers(r, cb, 30+r.IntN(400))
		cols := columnsWith(cb, all)
		for _, pair := range [][2]int{{sexOf, degreeOf}, {sexOf, kindsOf}, {kindsOf, degreeOf}} {
			a, b := cb.Variable(pair[0]), cb.Variable(pair[1])
			x, err := CrossOf(cols, Chosen{Codebook: cb, Audience: disclosure.Internal}, nameOf(pair[0]), nameOf(pair[1]), true)
			if err != nil {
				t.Fatal(err)
			}
			k := 0
			counts := make([][]int64, len(a.Codes))
			bases := make([]int64, len(a.Codes))
			for i, row := range a.Codes {
				in := func(c map[int][]int) bool { return slices.Contains(c[pair[0]], row.Code) }
				bases[i] = number(all, pair[:], in)
				others := number(all, pair[:], func(c map[int][]int) bool { return !in(c) })
				for _, column := range b.Codes {
					has := func(c map[int][]int) bool { return slices.Contains(c[pair[1]], column.Code) }
					n := number(all, pair[:], func(c map[int][]int) bool { return in(c) && has(c) })
					m := number(all, pair[:], func(c map[int][]int) bool { return !in(c) && has(c) })
					counts[i] = append(counts[i], n)
					if x.Rows.Cell(0, k).Count.Int() != n || x.Others[k].Int() != others {
						t.Fatalf("seed %d, %v: %v and %v others, counted %d and %d", seed, pair, x.Rows.Cell(0, k).Count, x.Others[k], n, others)
					}
					wantShare(t, x.OfRow[k], n, bases[i])
					wantShare(t, x.OfColumn[k], n, number(all, pair[:], has))
					wantApart(t, x.Against[k], n, bases[i], m, others)
					k++
				}
			}
			wantTests(t, x, pair, counts, bases)
		}
	}
}

func nameOf(v int) string { return "v" + string(rune('0'+v/10)) + string(rune('0'+v%10)) }

func wantShare(t *testing.T, e disclosure.Estimate, x, n int64) {
	t.Helper()
	if n == 0 {
		if e.Value.State() != disclosure.NotApplicable {
			t.Errorf("%v of nothing", e)
		}
		return
	}
	w := stat.Wilson(x, n, 0.95)
	near(t, e, float64(x)/float64(n), w)
}

func wantApart(t *testing.T, e disclosure.Estimate, a, m, b, n int64) {
	t.Helper()
	if m == 0 || n == 0 {
		if e.Value.State() != disclosure.NotApplicable {
			t.Errorf("%v, where nothing is compared", e)
		}
		return
	}
	near(t, e, float64(a)/float64(m)-float64(b)/float64(n), stat.Difference(a, m, b, n, 0.95))
}

func near(t *testing.T, e disclosure.Estimate, value float64, i stat.Interval) {
	t.Helper()
	for k, want := range []float64{value, i.Low, i.High} {
		if got := []disclosure.Value{e.Value, e.Low, e.High}[k]; !got.IsNumber() || math.Abs(got.Float()-100*want) > 1e-9 {
			t.Errorf("%v, want %v", got, 100*want)
		}
	}
}

// wantTests makes the tests anew: none where a case may be in several rows, one where it is in one
// column at most, else one for each column; exact where fewer than five are expected somewhere.
func wantTests(t *testing.T, x *Crossed, pair [2]int, counts [][]int64, bases []int64) {
	t.Helper()
	if pair[0] == kindsOf {
		if len(x.Tests) > 0 || !x.Overlap {
			t.Errorf("rows that overlap are tested")
		}
		return
	}
	tables := [][][]int64{counts}
	if pair[1] == kindsOf {
		tables = nil
		for j := range counts[0] {
			var one [][]int64
			for i, row := range counts {
				one = append(one, []int64{row[j], bases[i] - row[j]})
			}
			tables = append(tables, one)
		}
	}
	var ps []float64
	var exact []bool
	for _, table := range tables {
		chi, ok := stat.ChiSquare(table)
		few := ok && chi.Least < 5
		if few {
			chi, ok = stat.Fisher(table)
		}
		if ok {
			ps, exact = append(ps, chi.P), append(exact, few)
		}
	}
	if len(x.Tests) != len(ps) {
		t.Fatalf("%d tests, want %d", len(x.Tests), len(ps))
	}
	for i, adjusted := range stat.Holm(ps) {
		if one := x.Tests[i]; one.P.Value.Float() != ps[i] || one.Holm.Value.Float() != adjusted || one.Exact != exact[i] || (one.P.Method == "stat.fisher") != exact[i] {
			t.Errorf("test %d: %+v, want %v, %v, %v", i, one, ps[i], adjusted, exact[i])
		}
	}
}

// Rows are told apart by what is registered: a case without an answer is in no rest.
func TestWhoHasNotAnsweredIsInNoRest(t *testing.T) {
	cb := codebook.Default()
	all := []map[int][]int{{sexOf: {1}, degreeOf: {1}}, {sexOf: {2}, degreeOf: {1}}, {degreeOf: {1}}}
	x, err := CrossOf(columnsWith(cb, all), Chosen{Codebook: cb, Filter: query.All()}, nameOf(sexOf), nameOf(degreeOf), false)
	if err != nil || x.Others[0].Int() != 1 || len(x.Tests) != 0 {
		t.Error(x, err)
	}
}
