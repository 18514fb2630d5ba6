package indicator

import (
	"foljsam/internal/codebook"
	"foljsam/internal/record"
)

// CaseOf takes from a case as it is counted and sent what the rules ask for. A register's
// own case is made so by record.CaseOf; the same case in an uttag gives the same.
func CaseOf(cb *codebook.Codebook, c *record.Case) Case {
	x := Case{
		ID: c.ID, Unit: c.Unit,
		Intake: dayOf(cb, c, codebook.Intake), Closing: dayOf(cb, c, codebook.Closing),
		Age: NoAge, Goal: codeOf(cb, c, codebook.GoalReached), Reason: codeOf(cb, c, codebook.ClosingReason),
		Honour: codeOf(cb, c, codebook.Honour),
	}
	if v := cb.Role(codebook.Age); v != nil {
		if age, ok := c.Numbers[v.Number]; ok {
			x.Age = age
		}
	}
	if v := cb.Role(codebook.Perpetrator); v != nil {
		x.Perpetrators = c.Codes[v.Number]
	}
	for _, s := range c.Supports {
		if len(s.Codes) > 0 {
			x.Supports = append(x.Supports, Support{s.Began, s.Ended})
		}
	}
	return x
}

func dayOf(cb *codebook.Codebook, c *record.Case, r codebook.Role) record.Day {
	if v := cb.Role(r); v != nil {
		if day, ok := c.Dates[v.Number]; ok {
			return day
		}
	}
	return record.NoDay
}

// codeOf gives the one code of a question with one answer; 0 not registered.
func codeOf(cb *codebook.Codebook, c *record.Case, r codebook.Role) int {
	if v := cb.Role(r); v != nil && len(c.Codes[v.Number]) > 0 {
		return c.Codes[v.Number][0]
	}
	return 0
}
