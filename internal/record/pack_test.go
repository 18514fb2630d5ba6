package record

import (
	"math/rand/v2"
	"slices"
	"testing"

	"foljsam/internal/codebook"
)

var layout = NewLayout(codebook.Default())

func number(f float64) *float64 { return &f }

// sample is a case with something of everything.
func sample() *Case {
	return &Case{
		ID: "A", Unit: "018003",
		Dates:   map[int]Day{5: 19700, 256: 19790},
		Numbers: map[int]int{15: 34},
		Codes:   map[int][]int{14: {1}, 49: {1, 8}, 127: {0}},
		Supports: []Support{
			{Began: 19701, Ended: NoDay, Codes: []int{3, 4}, Basis: 2, Regi: 1},
			{Codes: []int{4, 10}, Basis: 1},
		},
		Risks: []Risk{
			{Date: 19700, Phase: "fore", Instrument: 1, Value: number(9)},
			{Date: 19700, Phase: "fore", Instrument: 1, Value: number(12)},
			{Date: 19760, Phase: "efter", Instrument: 1, Value: number(11.5)},
			{Date: 19760, Instrument: 2},
		},
	}
}

func TestPack(t *testing.T) {
	b := &Batch{Layout: layout}
	if !Pack(layout, sample(), b) {
		t.Fatal("a case with a unit and an intake is packed")
	}
	if b.Unit[0] != 180_004 || b.Intake[0] != 19700 || b.Days[0] != 90 || b.Age[0] != 34 {
		t.Error(b.Unit, b.Intake, b.Days, b.Age)
	}
	var got []int
	for bit := range layout.Words * 64 {
		if HasBit(b.Row(0), bit) {
			got = append(got, bit)
		}
	}
	want := []int{layout.AssessedBit(), layout.ChangeBit(1, 0)}
	for v, codes := range map[int][]int{14: {1}, 49: {1, 8}, 127: {0}, 118: {3, 4, 10}, 126: {1, 2}, 90: {1, 2}} {
		for _, c := range codes {
			want = append(want, layout.Bit(v, c))
		}
	}
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestPackLeavesOut(t *testing.T) {
	b := &Batch{Layout: layout}
	for _, spoil := range []func(*Case){
		func(c *Case) { c.Unit = "180" },
		func(c *Case) { c.Dates = nil },
		func(c *Case) { c.Dates[5] = NoDay },
	} {
		c := sample()
		if spoil(c); Pack(layout, c, b) || b.Len() != 0 {
			t.Error("a case that cannot be counted was packed")
		}
	}
	c := sample()
	c.Dates[256], c.Codes[14] = 19699, []int{7}
	if !Pack(layout, c, b) || b.Days[0] != NoNumber || HasBit(b.Row(0), layout.Bit(14, 1)) {
		t.Error("a closing before the intake and an unknown code are left out")
	}
	c.Dates[256] = 19700
	if Pack(layout, c, b); b.Days[1] != 0 {
		t.Error("closed the same day is 0 days")
	}
}

// Whatever the order of the rows, the fold sets what Pack sets case by case.
func TestRiskFoldIsPack(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	const n = 200
	packed, folded := &Batch{Layout: layout}, &Batch{Layout: layout}
	var all []Assessment
	for i := range n {
		c := &Case{Unit: "0180", Dates: map[int]Day{5: 0}}
		for range r.IntN(6) {
			x := Risk{Date: Day(r.IntN(3)), Instrument: 1 + r.IntN(2), Value: number(float64(r.IntN(3)))}
			c.Risks = append(c.Risks, x)
			all = append(all, Assessment{int32(i), x.Date, x.Instrument, *x.Value})
		}
		Pack(layout, c, packed)
		c.Risks = nil
		Pack(layout, c, folded)
	}
	for _, shuffled := range []bool{false, true} {
		b := &Batch{Layout: layout}
		b.Join(folded)
		if shuffled {
			r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		}
		var f RiskFold
		f.AddAll(all)
		f.Set(b)
		for i := range n {
			for instrument := 1; instrument <= 2; instrument++ {
				for change := range 3 {
					bit := layout.ChangeBit(instrument, change)
					if HasBit(b.Row(i), bit) != HasBit(packed.Row(i), bit) {
						t.Fatalf("shuffled %v: case %d, instrument %d, change %d", shuffled, i, instrument, change)
					}
				}
			}
		}
	}
}
