package exchange

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"foljsam/internal/codebook"
	"foljsam/internal/record"
)

// sampleCase makes a case of whatever the codebook allows.
func sampleCase(r *rand.Rand, i int) *record.Case {
	c := &record.Case{
		ID: fmt.Sprintf("A%06d", i), Client: fmt.Sprintf("K%06d", i/2), Caseworker: "H1",
		Unit: []string{"0180", "1480", "018003", "2584"}[r.IntN(4)], Dates: map[int]record.Day{}, Numbers: map[int]int{}, Codes: map[int][]int{},
	}
	intake := record.Day(19358 + r.IntN(700))
	for _, v := range layout.Book.Variables {
		if v.Level != codebook.OfCase || r.IntN(4) == 0 && v.Role != codebook.Intake {
			continue
		}
		switch {
		case v.Role == codebook.Intake:
			c.Dates[v.Number] = intake
		case v.Kind == codebook.Date:
			c.Dates[v.Number] = intake + record.Day(r.IntN(900))
		case v.Kind == codebook.Number:
			c.Numbers[v.Number] = v.Min + r.IntN(v.Max-v.Min+1)
		case v.Kind == codebook.One:
			c.Codes[v.Number] = []int{v.Codes[r.IntN(len(v.Codes))].Code}
		case v.Kind == codebook.Many:
			c.Codes[v.Number] = someCodes(r, v)
		}
	}
	for range r.IntN(4) {
		c.Supports = append(c.Supports, sampleSupport(r, intake))
	}
	for range r.IntN(3) {
		c.Risks = append(c.Risks, sampleRisk(r, intake))
	}
	return c
}

func someCodes(r *rand.Rand, v *codebook.Variable) (codes []int) {
	if v.Noted != nil && r.IntN(3) == 0 {
		return []int{0}
	}
	for range 1 + r.IntN(3) {
		if c := v.Codes[r.IntN(len(v.Codes))].Code; !slices.Contains(codes, c) {
			codes = append(codes, c)
		}
	}
	return codes
}

func sampleSupport(r *rand.Rand, intake record.Day) record.Support {
	s := record.Support{Began: record.NoDay, Ended: record.NoDay, Basis: r.IntN(4), Regi: r.IntN(3)}
	if r.IntN(5) > 0 {
		s.Began = intake + record.Day(r.IntN(100))
		if r.IntN(2) == 0 {
			s.Ended = s.Began + record.Day(r.IntN(100))
		}
	}
	if r.IntN(5) > 0 {
		s.Codes = someCodes(r, layout.Book.Role(codebook.Support))
	}
	return s
}

func sampleRisk(r *rand.Rand, intake record.Day) record.Risk {
	x := record.Risk{Date: record.NoDay, Phase: []string{"", "fore", "under", "efter"}[r.IntN(4)], Instrument: r.IntN(7)}
	if r.IntN(4) > 0 {
		x.Date = intake + record.Day(r.IntN(50))
	}
	if r.IntN(3) > 0 {
		f := float64(r.IntN(80)) / 4
		x.Value = &f
	}
	return x
}

func sampleCases(seed uint64, n int) []*record.Case {
	r := rand.New(rand.NewPCG(seed, 7))
	all := make([]*record.Case, n)
	for i := range all {
		all[i] = sampleCase(r, i)
	}
	return all
}
