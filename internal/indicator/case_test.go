package indicator_test

import (
	"slices"
	"testing"

	"foljsam/internal/codebook"
	. "foljsam/internal/indicator"
	"foljsam/internal/record"
)

func hasDoubt(c Case, year int, kind DoubtKind) bool {
	return slices.ContainsFunc(Doubts(c, year), func(d Doubt) bool { return d.Kind == kind })
}

// Every end of a support: its own, the case's, none; and ends that cannot be.
func TestSupportLastsToItsEnd(t *testing.T) {
	base := opened("2022-06-01")
	for _, x := range []struct {
		began, ended, closed string
		years                []int // of 2021 to 2025
	}{
		{"2022-07-01", "2022-12-31", "2024-05-01", []int{2022}},
		{"2022-07-01", "2023-01-01", "2024-05-01", []int{2022, 2023}},
		{"2022-07-01", "", "2023-01-01", []int{2022, 2023}},
		{"2022-07-01", "", "2022-12-31", []int{2022}},
		{"2022-12-31", "", "", []int{2022, 2023, 2024, 2025}},
		{"2023-01-01", "", "", []int{2023, 2024, 2025}},
		{"2023-05-01", "2024-02-01", "2023-06-01", []int{2023, 2024}}, // went on after the case was closed
		{"2023-05-01", "", "2022-08-01", []int{2023}},                 // begun after: the day it began
		{"2023-05-01", "2022-07-01", "2024-02-01", []int{2023, 2024}}, // an end before it began is none
		{"2023-05-01", "2022-07-01", "", []int{2023, 2024, 2025}},
		{"2023-05-01", "", "2022-05-01", []int{2023, 2024, 2025}}, // closed before it was opened: not closed
		{"2023-05-01", "2023-05-01", "", []int{2023}},
		{"", "2023-05-01", "2024-02-01", nil},
		{"", "", "", nil},
		{"2021-02-01", "2021-03-01", "", []int{2021}}, // before the case was opened
	} {
		c := with(base, support(x.began, x.ended), closed(x.closed, 0, 0))
		var got []int
		for year := 2021; year <= 2025; year++ {
			if Decide(c, year, ByGoal)[Supported.Index()] {
				got = append(got, year)
			}
		}
		if !slices.Equal(got, x.years) {
			t.Errorf("%q to %q, closed %q: %v, want %v", x.began, x.ended, x.closed, got, x.years)
		}
	}
}

// The two readings, and what lies between them.
func TestTheGoalWasMet(t *testing.T) {
	for _, x := range []struct {
		goal, reason int
		by, byReason bool
	}{
		{1, 1, true, true}, {2, 1, true, true}, {1, 3, true, false}, {2, 0, true, false},
		{0, 1, true, true}, {0, 3, false, false}, {0, 0, false, false},
		{3, 1, false, true}, {4, 1, false, true}, {5, 1, false, true}, {4, 2, false, false},
	} {
		c := with(opened("2024-01-10"), support("", ""), closed("2024-03-01", x.goal, x.reason)) // support without a day is support
		got := [2]bool{Decide(c, 2024, ByGoal)[2], Decide(c, 2024, ByReason)[2]}
		if got != [2]bool{x.by, x.byReason} {
			t.Errorf("goal %d, reason %d: %v", x.goal, x.reason, got)
		}
		if has := hasDoubt(c, 2024, GoalDiffers); has != (x.by != x.byReason) {
			t.Errorf("goal %d, reason %d: doubtful %v", x.goal, x.reason, has)
		}
		if hasDoubt(c, 2023, GoalDiffers) || hasDoubt(with(c, age(12)), 2024, GoalDiffers) {
			t.Error("doubtful where it does not count anyway")
		}
	}
}

func TestSupportThatIsDoubtful(t *testing.T) {
	undated := with(opened("2022-06-01"), support("", ""), closed("2024-02-01", 0, 0))
	for year, want := range map[int]bool{2021: false, 2022: true, 2023: true, 2024: true, 2025: false} {
		if has := hasDoubt(undated, year, SupportUndated); has != want {
			t.Errorf("undated, %d: %v", year, has)
		}
	}
	if hasDoubt(with(undated, support("2023-01-01", "2023-02-01")), 2023, SupportUndated) {
		t.Error("it counts by other support: nothing to decide")
	}
	if hasDoubt(with(opened("2022-06-01"), support("", "2022-09-01")), 2023, SupportUndated) {
		t.Error("it ended the year before")
	}
	lasting := with(opened("2022-06-01"), support("2022-07-01", ""))
	for year, want := range map[int]bool{2021: false, 2022: false, 2023: true, 2024: true} {
		if has := hasDoubt(lasting, year, SupportLasting); has != want {
			t.Errorf("lasting, %d: %v", year, has)
		}
	}
	if !hasDoubt(with(opened("2022-06-01"), support("2022-07-01", "2022-06-01")), 2023, SupportLasting) {
		t.Error("an end before the beginning is no end")
	}
	if hasDoubt(with(lasting, support("2023-05-01", "2023-06-01")), 2023, SupportLasting) ||
		hasDoubt(with(lasting, closed("2023-05-01", 0, 0)), 2023, SupportLasting) {
		t.Error("there is nothing to doubt")
	}
}

func TestAgeThatIsMissing(t *testing.T) {
	c := with(opened("2024-01-10"), age(NoAge), support("2024-02-01", ""))
	all := Doubts(c, 2024)
	if len(all) != 1 || all[0] != (Doubt{AgeMissing, [3]bool{true, true, false}}) {
		t.Errorf("%+v", all)
	}
	if len(Doubts(c, 2023)) != 0 || len(Doubts(with(c, age(30)), 2024)) != 0 {
		t.Error("doubtful for no reason")
	}
}

func TestCountsByUnitCannotHoldAFew(t *testing.T) {
	var cases []Case
	for unit, n := range map[string]int{"0114": 7, "0115": 4, "018001": 1} {
		for range n {
			c := opened("2024-01-10")
			c.Unit = unit
			cases = append(cases, c)
		}
	}
	child := with(opened("2019-01-01"), age(3))
	child.Unit = "0116"
	got := CountCases(append(cases, child), 2024, ByGoal)
	want := []Return{
		{Unit: "0114", Year: 2024, Counts: [3]Count{CountOf(7), CountOf(0), CountOf(0)}},
		{Unit: "0115", Year: 2024, Counts: [3]Count{SecretCount(), CountOf(0), CountOf(0)}},
		{Unit: "0116", Year: 2024, Counts: [3]Count{CountOf(0), CountOf(0), CountOf(0)}}, // seen, and nothing counts
		{Unit: "018001", Year: 2024, Counts: [3]Count{SecretCount(), CountOf(0), CountOf(0)}},
	}
	if !slices.Equal(got, want) {
		t.Errorf("%+v", got)
	}
}

func TestACaseIsReadByRoles(t *testing.T) {
	c := CaseOf(codebook.Default(), &record.Case{
		ID: "x", Unit: "0114", Dates: map[int]record.Day{5: day("2024-01-10"), 256: day("2024-03-01")},
		Numbers: map[int]int{15: 33}, Codes: map[int][]int{192: {2}, 257: {1}, 58: {2, 6}, 59: {3}},
		Supports: []record.Support{{Began: day("2024-02-01"), Ended: record.NoDay, Codes: []int{4}}, {Began: day("2023-02-01"), Ended: record.NoDay}},
	})
	want := with(opened("2024-01-10"), age(33), support("2024-02-01", ""), closed("2024-03-01", 2, 1))
	want.ID, want.Perpetrators, want.Honour = "x", []int{2, 6}, 3
	if c.ID != want.ID || c.Age != 33 || c.Goal != 2 || c.Reason != 1 || c.Closing != want.Closing || c.Honour != 3 ||
		!slices.Equal(c.Supports, want.Supports) || !slices.Equal(c.Perpetrators, want.Perpetrators) {
		t.Errorf("%+v, want %+v", c, want)
	}
	empty := CaseOf(codebook.Default(), &record.Case{})
	if empty.Age != NoAge || empty.Intake != record.NoDay || empty.Closing != record.NoDay || Decide(empty, 2024, ByGoal) != ([3]bool{}) {
		t.Errorf("%+v", empty)
	}
}
