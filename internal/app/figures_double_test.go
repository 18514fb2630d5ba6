package app

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"foljsam/internal/indicator"
	"foljsam/internal/record"
)

// The quick way to find a client's cases in two units finds what comparing each case with
// each other does.
func TestCasesInTwoUnitsAreFound(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 200 {
		x := &figureRegister{}
		rules := make([][3]bool, 30)
		for i := range rules {
			intake := record.Day(r.IntN(300))
			c := figureCase{Case: indicator.Case{Intake: intake, Closing: intake + record.Day(r.IntN(40)-5)}, unit: fmt.Sprint(r.IntN(3)), client: fmt.Sprint(r.IntN(8))}
			if r.IntN(9) == 0 {
				c.Closing = record.NoDay
			}
			if r.IntN(20) == 0 {
				c.Intake = record.NoDay
			}
			x.cases = append(x.cases, c)
			rules[i] = [3]bool{r.IntN(2) == 0, r.IntN(2) == 0, r.IntN(4) == 0}
		}
		got := x.inTwoUnits(rules)
		for i := range x.cases {
			if want := besides(x, rules, i); got[i] != want {
				t.Fatalf("%+v: %v, want %v", x.cases[i], got[i], want)
			}
		}
	}
}

// besides compares a case with each other.
func besides(x *figureRegister, rules [][3]bool, i int) (double [3]bool) {
	c := &x.cases[i]
	for j := range x.cases {
		d := &x.cases[j]
		if c.unit == d.unit || c.client != d.client || c.Intake == record.NoDay || d.Intake == record.NoDay || c.Intake > d.till() || d.Intake > c.till() {
			continue
		}
		for f := range 3 {
			double[f] = double[f] || rules[i][f] && rules[j][f]
		}
	}
	return double
}
