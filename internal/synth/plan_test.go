package synth

import (
	"testing"
)

func TestPlanMeetsEveryGoal(t *testing.T) {
	for seed := uint64(1); seed <= 5; seed++ {
		for a, left := range makePlan(reportCases, seed, Towns()).unmet {
			t.Errorf("seed %d: variable %d is %d cases off", seed, a, left)
		}
	}
}
