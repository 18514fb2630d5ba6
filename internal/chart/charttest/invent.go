package charttest

import (
	"math/rand/v2"

	"foljsam/internal/codebook"
	"foljsam/internal/query"
)

// one is how often each code is the answer, in percent; the rest is not registered.
var one = map[codebook.Role][]int{
	codebook.Activity: {60, 20, 10, 8}, codebook.Sex: {93, 6}, codebook.Origins: {56, 6, 8, 24, 4},
	codebook.Honour: {10, 81, 6}, codebook.Severity: {32, 44, 19}, codebook.Goal: {18, 60, 5},
	codebook.Carried: {30, 13, 17, 6}, codebook.ClosingReason: {31, 17, 30, 17, 6, 0, 7}, codebook.GoalReached: {30, 19, 9, 5, 22},
	codebook.Change: {14, 6, 2, 0, 0, 5}, codebook.Meaning: {0, 2, 3, 12, 4, 6}, codebook.Positive: {15, 4, 6},
	codebook.Influence: {0, 1, 3, 11, 4, 6}, codebook.SupportBasis: {40, 35, 5},
}

// many is how often each code is among the answers, in percent.
var many = map[codebook.Role][]int{
	codebook.Disability: {70, 4, 3, 16, 2}, codebook.Children: {12, 20, 9, 14, 11, 8, 3},
	codebook.Initiative:  {58, 1, 10, 2, 11, 2, 1, 7, 0, 5, 2, 0, 3, 9},
	codebook.Perpetrator: {31, 58, 8, 5, 2, 9}, codebook.Support: {16, 12, 45, 54, 3, 1, 24, 13, 4, 18, 6, 9, 3, 2, 5},
	codebook.Collaboration: {40, 11, 11, 4, 3, 1, 1, 0, 8}, codebook.Risk: {30, 1, 1, 0, 2, 27},
}

func invent(cb *codebook.Codebook, rnd *rand.Rand) *Case {
	x := &Case{Codes: map[int][]int{}, Numbers: map[int]int{}, Moved: map[int]query.Change{}}
	for _, v := range cb.Variables { // in the codebook's order: the same cases each time
		if shares := one[v.Role]; shares != nil {
			x.choose(v, shares, rnd)
		}
		for i, share := range many[v.Role] {
			if i < len(v.Codes) && rnd.IntN(100) < share {
				x.Codes[v.Number] = append(x.Codes[v.Number], v.Codes[i].Code)
			}
		}
	}
	x.age(cb, rnd)
	x.close(cb, rnd)
	for _, i := range x.Codes[cb.Role(codebook.Risk).Number] {
		if rnd.IntN(100) < 25 {
			x.Moved[i] = query.Changes[min(rnd.IntN(5), 2)]
		}
	}
	if v := cb.Role(codebook.Collaboration); len(x.Codes[v.Number]) == 0 && rnd.IntN(2) == 0 {
		x.Codes[v.Number] = []int{v.Noted.Code}
	}
	return x
}

func (x *Case) choose(v *codebook.Variable, shares []int, rnd *rand.Rand) {
	at := rnd.IntN(100)
	for i, share := range shares {
		if at -= share; at < 0 && i < len(v.Codes) {
			x.Codes[v.Number] = []int{v.Codes[i].Code}
			return
		}
	}
}

func (x *Case) age(cb *codebook.Codebook, rnd *rand.Rand) {
	age := 18 + int(rnd.ExpFloat64()*9+rnd.Float64()*18)
	if honour := x.Codes[cb.Role(codebook.Honour).Number]; len(honour) == 1 && honour[0] == 1 {
		age = 18 + int(rnd.ExpFloat64()*12)
	}
	if age < 95 {
		x.Numbers[cb.Role(codebook.Age).Number] = age
	}
}

func (x *Case) close(cb *codebook.Codebook, rnd *rand.Rand) {
	intake := rnd.IntN(900)
	x.Numbers[cb.Role(codebook.Intake).Number] = intake
	if rnd.IntN(100) < 80 {
		x.Numbers[cb.Role(codebook.Closing).Number] = intake + int(rnd.ExpFloat64()*130)
	}
}
