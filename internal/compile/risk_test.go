package compile

import (
	"testing"

	"foljsam/internal/codebook"
	"foljsam/internal/disclosure"
	"foljsam/internal/record"
)

func valued(day record.Day, instrument int, phase, scale string, value float64) record.Assessed {
	return record.Assessed{Day: day, Instrument: instrument, Phase: phase, Scale: scale, Value: value, Valued: true}
}

// TestRiskIsComparedWithinOneInstrument counts by hand. 1 is FREDA (points), 2 SARA (low, medium,
// high), 5 another method with a scale of one's own.
func TestRiskIsComparedWithinOneInstrument(t *testing.T) {
	cases := []*record.RiskCourse{
		nil,
		{Own: 1, Assessed: []record.Assessed{valued(10, 2, "fore", "", 3), valued(40, 2, "efter", "", 1)}, // lower, high to low
			Given: []record.Supported{{Code: 10, Began: 5}, {Code: 13, Began: 20}, {Code: 13, Began: 60}, {Code: 1, Began: record.NoDay}}},
		{Own: 3, Assessed: []record.Assessed{valued(40, 2, "under", "", 2), valued(10, 2, "fore", "", 2), valued(10, 1, "fore", "", 9)}}, // the same; FREDA once
		{Assessed: []record.Assessed{valued(10, 2, "fore", "", 1), valued(10, 2, "fore", "", 3), valued(30, 2, "efter", "", 2)}, // the highest of the day: lower
			Given: []record.Supported{{Code: 10, Began: 31}}},
		{Assessed: []record.Assessed{valued(10, 1, "fore", "", 3), valued(20, 2, "efter", "", 1)}},            // two instruments: never compared
		{Assessed: []record.Assessed{valued(10, 1, "fore", "", 3), valued(10, 1, "efter", "", 4)}},            // one day
		{Assessed: []record.Assessed{valued(10, 5, "fore", "1–10", 3), valued(20, 5, "efter", "1–10", 5)}},    // higher
		{Assessed: []record.Assessed{valued(10, 5, "fore", "1–10", 3), valued(20, 5, "efter", "1–5", 5)}},     // another scale
		{Assessed: []record.Assessed{valued(10, 5, "fore", "", 3), valued(20, 5, "efter", "", 5)}},            // no scale stated
		{Assessed: []record.Assessed{valued(10, 2, "fore", "", 3), {Day: 20, Instrument: 2, Phase: "efter"}}}, // no value
	}
	x, err := RisksOf(cases, Chosen{Codebook: codebook.Default(), Audience: disclosure.Internal})
	if err != nil {
		t.Fatal(err)
	}
	is := func(r *disclosure.Released, at []int, want int64) {
		t.Helper()
		if n := r.Cell(0, r.Table().Index(at...)).Count; !n.IsNumber() || n.Int() != want {
			t.Errorf("%s %v: %v, counted by hand %d", r.ID(), at, n, want)
		}
	}
	for i, row := range [][3]int64{0: {0, 0, 0}, 1: {2, 1, 0}, 4: {0, 0, 1}} {
		for k, want := range row {
			is(x.Moved, []int{i, k}, want)
		}
	}
	for k, want := range []int64{2, 0, 0} { // SARA before against after: the case assessed under support is none
		is(x.Phases, []int{1, k}, want)
	}
	// FREDA: once in two cases, twice on one day in another; SARA: once, no value, three compared.
	for i, row := range [][4]int64{0: {2, 1, 0, 0}, 1: {1, 1, 0, 3}, 4: {0, 0, 2, 1}} {
		for k, want := range row {
			is(x.LeftOut, []int{i, k}, want)
		}
	}
	if len(x.Each) != 2 || x.Each[0].Code.Code != 2 || x.Each[1].Levels != nil {
		t.Fatalf("%+v", x.Each)
	}
	sara := x.Each[0]
	is(sara.Levels, []int{2, 0}, 1)
	is(sara.Levels, []int{2, 1}, 1)
	is(sara.Levels, []int{1, 1}, 1)
	is(sara.Account, []int{0, 0}, 1)
	is(sara.Account, []int{0, 6}, 1)
	is(sara.Account, []int{1, 2}, 1)
	support := sara.Support.Table().Dims[0].Cats // sheltered housing, temporary housing, practical support
	if len(support) != 3 || support[0].ID != "10" || support[1].ID != "13" || support[2].ID != "1" {
		t.Fatalf("%+v", support)
	}
	is(sara.Support, []int{0, beforeFirst}, 1)
	is(sara.Support, []int{0, afterLast}, 1)
	is(sara.Support, []int{0, never}, 1)
	is(sara.Support, []int{1, between}, 1)
	is(sara.Support, []int{2, someTime}, 1)
	if s := x.MovedShares[1][0]; s.Low.Float() < 20.7 || s.Low.Float() > 20.8 || s.High.Float() < 93.8 || s.High.Float() > 93.9 {
		t.Errorf("Wilson of 2 of 3 is 0.2077–0.9385 (prop.test without correction): %v", s)
	}
}

// TestRiskForPublicationHidesFew holds a publication to the rule: no 1-4 in any table.
func TestRiskForPublicationHidesFew(t *testing.T) {
	var cases []*record.RiskCourse
	for i := range 30 {
		cases = append(cases, &record.RiskCourse{Own: 1 + i%3, Assessed: []record.Assessed{valued(1, 2, "fore", "", 2), valued(9, 2, "efter", "", float64(1+min(2, i/4)))}})
	}
	x, err := RisksOf(cases, Chosen{Codebook: codebook.Default(), Audience: disclosure.Publication})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range x.Release.Tables {
		for i := range r.Table().Cells {
			if n := r.Cell(0, i).Count; n.IsNumber() && n.Int() > 0 && n.Int() < 5 {
				t.Errorf("%s, cell %d: %d", r.ID(), i, n.Int())
			}
		}
	}
	if !(x.MovedShares[1][0].Value.State() == disclosure.Masked) {
		t.Error("the share of four cases is shown")
	}
}

// Support that began on the day of an assessment is between the two, whichever day it was.
func TestSupportIsBetweenTheAssessments(t *testing.T) {
	p := pairOf{first: valued(10, 2, "fore", "", 3), last: valued(40, 2, "efter", "", 1)}
	for day, want := range map[record.Day]int{9: beforeFirst, 10: between, 25: between, 40: between, 41: afterLast, record.NoDay: someTime} {
		if got := when(&record.RiskCourse{Given: []record.Supported{{Code: 10, Began: day}}}, 10, p); got != want {
			t.Errorf("begun on day %d: %d, want %d", day, got, want)
		}
	}
	if got := when(&record.RiskCourse{Given: []record.Supported{{Code: 10, Began: record.NoDay}, {Code: 10, Began: 12}, {Code: 10, Began: 60}}}, 10, p); got != between {
		t.Errorf("of several the first counts: %d", got)
	}
}
