package stat

import (
	"bufio"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"
)

// checked reads what R printed: lines that begin with a word, as fields.
func checked(t *testing.T, word string) (lines [][]string) {
	t.Helper()
	f, err := os.Open("testdata/checked.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for s := bufio.NewScanner(f); s.Scan(); {
		if x := strings.Fields(s.Text()); len(x) > 0 && x[0] == word {
			lines = append(lines, x[1:])
		}
	}
	if len(lines) == 0 {
		t.Fatal("R printed nothing about " + word)
	}
	return lines
}

func number(t *testing.T, s string) float64 {
	t.Helper()
	x, err := strconv.ParseFloat(s, 64)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 1e-8*max(1, math.Abs(want)) && math.Abs(got-want) > 1e-6*math.Abs(want) {
		t.Errorf("%s is %.10g, R says %.10g", what, got, want)
	}
}

func TestTestsOfATableAsR(t *testing.T) {
	for _, x := range checked(t, "test") {
		rows, columns := int(number(t, x[1])), int(number(t, x[2]))
		table := make([][]int64, rows)
		for i := range table {
			for j := range columns {
				table[i] = append(table[i], int64(number(t, x[3+i*columns+j])))
			}
		}
		said := x[3+rows*columns:]
		chi, ok := ChiSquare(table)
		if !ok {
			t.Fatal(x[0])
		}
		near(t, x[0]+" χ²", chi.Statistic, number(t, said[1]))
		near(t, x[0]+" degrees", float64(chi.Freedom), number(t, said[2]))
		near(t, x[0]+" p of χ²", chi.P, number(t, said[3]))
		near(t, x[0]+" least expected", chi.Least, number(t, said[5]))
		exact, ok := Fisher(table)
		if !ok && x[0] == "job" { // too many tables for a page to wait for
			continue
		}
		near(t, x[0]+" p of Fisher", exact.P, number(t, said[7]))
	}
}

func TestNothingToCompareIsNoTest(t *testing.T) {
	for _, table := range [][][]int64{nil, {{1, 2}}, {{1, 2}, {0, 0}}, {{3, 0}, {4, 0}}} {
		if _, ok := ChiSquare(table); ok {
			t.Errorf("%v was tested", table)
		}
		if _, ok := Fisher(table); ok {
			t.Errorf("%v was tested exactly", table)
		}
	}
}

func TestFisherGivesUpWhereThereAreTooMany(t *testing.T) {
	table := [][]int64{{100, 200, 300, 400}, {150, 250, 350, 150}, {120, 130, 140, 150}, {90, 80, 70, 60}}
	if _, ok := Fisher(table); ok {
		t.Error("all tables were looked at")
	}
	if x, ok := ChiSquare(table); !ok || x.Least < 5 {
		t.Error("chi-square is no help")
	}
}

func TestHolmAsR(t *testing.T) {
	x := checked(t, "holm")[0]
	n := (len(x) - 1) / 2
	var p []float64
	for _, s := range x[:n] {
		p = append(p, number(t, s))
	}
	for i, got := range Holm(p) {
		near(t, "Holm", got, number(t, x[n+1+i]))
	}
}

// spells is the cohort of checked.R: ties, late entry, three causes.
func spells(t *testing.T) (all []Spell) {
	for _, x := range checked(t, "spell") {
		s := Spell{int(number(t, x[0])), int(number(t, x[1])), int(number(t, x[2]))}
		if s.Entry == 0 {
			s.Entry = Begun
		}
		all = append(all, s)
	}
	return all
}

func TestIncidenceAsR(t *testing.T) {
	steps := Incidence(spells(t), 3)
	for _, x := range checked(t, "survfit") {
		s := At(steps, int(number(t, x[0])), 3)
		if day := int(number(t, x[0])); s.Day == day {
			near(t, "at risk on day "+x[0], float64(s.AtRisk), number(t, x[1]))
		}
		near(t, "still on day "+x[0], s.Still, number(t, x[2]))
		for k := range 3 {
			near(t, "share on day "+x[0], s.Share[k], number(t, x[3+k]))
		}
	}
	for _, x := range checked(t, "etm") {
		k := int(number(t, x[0])) - 1
		s := At(steps, int(number(t, x[1])), 3)
		near(t, "share on day "+x[1], s.Share[k], number(t, x[2]))
		near(t, "error on day "+x[1], s.Error[k], number(t, x[3]))
	}
	for _, x := range checked(t, "loglog") {
		k := int(number(t, x[0])) - 1
		i := At(steps, int(number(t, x[1])), 3).Interval(k, 0.95)
		near(t, "low on day "+x[1], i.Low, number(t, x[2]))
		near(t, "high on day "+x[1], i.High, number(t, x[3]))
	}
}

func TestACaseThatEndsOnItsFirstDayIsCounted(t *testing.T) {
	steps := Incidence([]Spell{{Begun, 0, 1}, {Begun, 10, 0}, {Begun, 20, 2}, {Begun, 20, 1}}, 2)
	if len(steps) != 2 || steps[0].Day != 0 || steps[0].AtRisk != 4 || steps[0].Share[0] != 0.25 {
		t.Errorf("%+v", steps)
	}
	if last := steps[1]; last.AtRisk != 2 || last.Still != 0 || last.Share[0] != 0.625 || last.Share[1] != 0.375 {
		t.Errorf("%+v", last)
	}
}

func TestCohenAsR(t *testing.T) {
	x := checked(t, "cohen")[0]
	var a, b []int
	for i := range 20 {
		a, b = append(a, int(number(t, x[i]))), append(b, int(number(t, x[21+i])))
	}
	k := Cohen(a, b, 0.95)
	near(t, "kappa", k.Value, number(t, x[42]))
	near(t, "its error", (k.High-k.Low)/2/quantile(0.95), number(t, x[43]))
}

// The example of K. Krippendorff, "Computing Krippendorff's alpha-reliability" (2011), C: four
// readers, twelve cases, some not read. Nominal alpha is printed as 0.743.
func TestKrippendorffAsPrinted(t *testing.T) {
	const o = NotRead
	a := Krippendorff([][]int{{1, 1, o, 1}, {2, 2, 3, 2}, {3, 3, 3, 3}, {3, 3, 3, 3}, {2, 2, 2, 2}, {1, 2, 3, 4}, {4, 4, 4, 4}, {1, 1, 2, 1}, {2, 2, 2, 2}, {o, 5, 5, 5}, {o, o, 1, 1}, {o, o, 3, o}}, 0.95)
	if math.Abs(a.Value-0.743) > 0.0005 || !a.Known || a.Low > a.Value || a.High < a.Value || a.Low < 0.3 {
		t.Errorf("%+v", a)
	}
	if b := Krippendorff([][]int{{1, 1}, {1, 1}}, 0.95); b.Known {
		t.Errorf("nothing to differ about: %+v", b)
	}
}

// psychiatrists is table 1 of J. L. Fleiss, "Measuring nominal scale agreement among many
// raters", Psychological Bulletin 76 (1971) 378-382: six psychiatrists, thirty patients, how
// many chose depression, personality disorder, schizophrenia, neurosis, other.
var psychiatrists = [][]int{
	{0, 0, 0, 6, 0}, {0, 3, 0, 0, 3}, {0, 1, 4, 0, 1}, {0, 0, 0, 0, 6}, {0, 3, 0, 3, 0}, {2, 0, 4, 0, 0},
	{0, 0, 4, 0, 2}, {2, 0, 3, 1, 0}, {2, 0, 0, 4, 0}, {0, 0, 0, 0, 6}, {1, 0, 0, 5, 0}, {1, 1, 0, 4, 0},
	{0, 3, 3, 0, 0}, {1, 0, 0, 5, 0}, {0, 2, 0, 3, 1}, {0, 0, 5, 0, 1}, {3, 0, 0, 1, 2}, {5, 1, 0, 0, 0},
	{0, 2, 0, 4, 0}, {1, 0, 2, 0, 3}, {0, 0, 0, 0, 6}, {0, 1, 0, 5, 0}, {0, 2, 0, 1, 3}, {2, 0, 0, 4, 0},
	{1, 0, 0, 4, 1}, {0, 5, 0, 1, 0}, {4, 0, 0, 0, 2}, {0, 2, 0, 4, 0}, {1, 0, 5, 0, 0}, {0, 0, 0, 0, 6},
}

// Fleiss prints kappa .430 for all, and .245, .245, .520, .471, .566 for the categories. With as
// many readers in each case, Krippendorff's alpha is kappa with n - 1 in the place of n readings:
// 1 - alpha = (1 - kappa)(n - 1)/n.
func TestCountedAsPrinted(t *testing.T) {
	kappa := func(cases [][]int) float64 { return 1 - (1-Counted(cases, 0.95).Value)*180/179 }
	if got := kappa(psychiatrists); math.Abs(got-0.430) > 0.0005 {
		t.Error(got)
	}
	if same, _ := Same(psychiatrists); math.Abs(same-0.5556) > 0.001 { // printed .556
		t.Error(same)
	}
	for k, want := range []float64{0.245, 0.245, 0.520, 0.471, 0.566} {
		var one [][]int
		for _, c := range psychiatrists {
			one = append(one, []int{c[k], 6 - c[k]})
		}
		if got := kappa(one); math.Abs(got-want) > 0.0005 {
			t.Errorf("category %d: %v, printed %v", k, got, want)
		}
	}
}

// Two readers of ten cases chose yes together in four, and one of them alone in two: of those
// who chose it, 2*4/(2*4+2) were joined.
func TestAgreementOnOneOption(t *testing.T) {
	cases := [][]int{{2, 0}, {2, 0}, {2, 0}, {2, 0}, {1, 1}, {1, 1}, {0, 2}, {0, 2}, {0, 2}, {0, 2}}
	if on, ok := SameOn(cases, 0); !ok || math.Abs(on-0.8) > 1e-12 {
		t.Error(on, ok)
	}
	if same, ok := Same(cases); !ok || math.Abs(same-0.8) > 1e-12 {
		t.Error(same, ok)
	}
	if _, ok := SameOn([][]int{{0, 4}}, 0); ok {
		t.Error("nobody chose it")
	}
	if _, ok := Same([][]int{{1, 0}}); ok {
		t.Error("nobody read it together")
	}
	if a := Counted([][]int{{3, 2}}, 0.95); !a.Known || a.Value != 0 { // one case alone is no more than chance
		t.Errorf("%+v", a)
	}
}

// A row or a column without a case says nothing, wherever it stands.
func TestEmptyRowsAndColumnsAreLeftOut(t *testing.T) {
	whole, with := [][]int64{{12, 5, 9}, {7, 14, 3}}, [][]int64{{12, 0, 5, 9, 0}, {0, 0, 0, 0, 0}, {7, 0, 14, 3, 0}}
	a, _ := ChiSquare(whole)
	b, ok := ChiSquare(with)
	c, _ := Fisher(whole)
	d, also := Fisher(with)
	if !ok || !also || a != b || c != d {
		t.Errorf("%+v is not %+v, or %v not %v", b, a, d.P, c.P)
	}
}
