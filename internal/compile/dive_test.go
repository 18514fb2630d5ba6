package compile

import (
	"math/rand/v2"
	"slices"
	"testing"

	"foljsam/internal/codebook"
	"foljsam/internal/disclosure"
	"foljsam/internal/query"
	"foljsam/internal/stat"
)

// TestADiveIsWhatIsCounted holds a part and the rest, in two questions, against a walk through the
// cases: shares, what they are apart, which are compared at all, and the adjustment for all looks.
func TestADiveIsWhatIsCounted(t *testing.T) {
	cb := codebook.Default()
	var sex query.Dive
	for _, d := range query.Dives(cb) {
		if d.ID == "kon" {
			sex = d
		}
	}
	made, few := 0, 0
	for seed := range uint64(30) {
		r := rand.New(rand.NewPCG(seed, 31))
		all := drawnAnswers(r, cb, 20+r.IntN(300))
		cols := columnsWith(cb, all)
		for _, g := range sex.Groups {
			x, err := DiveOf(cols, Chosen{Codebook: cb, Audience: disclosure.Internal}, sex, g, "")
			if err != nil {
				t.Fatal(err)
			}
			part := func(c map[int][]int) bool {
				return slices.Contains(c[sexOf], cb.Variable(sexOf).Codes[slices.IndexFunc(sex.Groups, func(o query.DiveGroup) bool { return o.ID == g.ID })].Code)
			}
			a, b := wantQuestion(t, x, all, part)
			made, few = made+a, few+b
			wantLooks(t, x)
			alone, err := DiveOf(cols, Chosen{Codebook: cb, Audience: disclosure.Internal}, sex, g, nameOf(degreeOf))
			if err != nil || len(alone.Asked) != 1 || alone.Looks != x.Looks || len(alone.Release.Tables) != 1 {
				t.Errorf("seed %d: alone %+v: %v", seed, alone, err)
			}
		}
	}
	if made < 100 || few < 100 {
		t.Errorf("%d were compared, %d were too few", made, few)
	}
}

func wantQuestion(t *testing.T, x *Dived, all []map[int][]int, part func(map[int][]int) bool) (made, few int) {
	t.Helper()
	for _, v := range []int{degreeOf, kindsOf} {
		asked := x.Asked[slices.IndexFunc(x.Asked, func(a DiveAsked) bool { return a.ID == nameOf(v) })]
		known := []int{sexOf, v}
		m := number(all, known, part)
		n := number(all, known, func(c map[int][]int) bool { return !part(c) })
		for i, code := range codebook.Default().Variable(v).Codes {
			has := func(c map[int][]int) bool { return slices.Contains(c[v], code.Code) }
			a := number(all, known, func(c map[int][]int) bool { return part(c) && has(c) })
			b := number(all, known, func(c map[int][]int) bool { return !part(c) && has(c) })
			c := asked.Compared[i]
			wantShare(t, c.Part, a, m)
			wantShare(t, c.Rest, b, n)
			wantApart(t, c.Apart, a, m, b, n)
			chi, ok := stat.ChiSquare([][]int64{{a, m - a}, {b, n - b}})
			if exact := ok && chi.Least < 5; exact {
				chi, ok = stat.Fisher([][]int64{{a, m - a}, {b, n - b}})
			}
			want := ok && m >= 20 && n >= 20
			if c.Made != want || want && c.P.Value.Float() != chi.P || !want && c.P.Value.IsNumber() {
				t.Errorf("%d of %d, %d of %d: made %v, %v; want %v, %v", a, m, b, n, c.Made, c.P.Value, want, chi.P)
			}
			if want {
				made++
			} else {
				few++
			}
		}
	}
	return made, few
}

// wantLooks adjusts anew for all comparisons of the dive together.
func wantLooks(t *testing.T, x *Dived) {
	t.Helper()
	var ps, adjusted []float64
	for _, a := range x.Asked {
		for _, c := range a.Compared {
			if c.Made {
				ps, adjusted = append(ps, c.P.Value.Float()), append(adjusted, c.Holm.Value.Float())
			} else if c.Holm.Value.IsNumber() {
				t.Error("what was not compared is adjusted")
			}
		}
	}
	if x.Looks != len(ps) || !slices.Equal(adjusted, stat.Holm(ps)) {
		t.Errorf("%d looks of %d: %v", x.Looks, len(ps), adjusted)
	}
}
