package report

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"foljsam/internal/codebook"
	"foljsam/internal/disclosure"
	"foljsam/internal/locale"
)

// Apart is a characteristic that is more or less common among those who have answered the
// survey than among all closed cases: percent of each.
type Apart struct {
	Label         codebook.Label
	Answered, All disclosure.Value
}

// What is told: differences of so many percentage points, where so many have answered, and no
// more of them than one reads.
const (
	leastApart    = 5
	leastAnswered = 20
	mostApart     = 3
)

// MostApart gives the largest differences between those who have answered and all closed
// cases; false where too few have answered to say. What is masked is not told.
func MostApart(r *disclosure.Released) (all []Apart, enough bool) {
	if r == nil || r.ID() != "bortfall" {
		return nil, false
	}
	n := r.Figure(0, "grupp")
	if len(n) != 2 || !n[0].IsNumber() || n[0].Int() < leastAnswered {
		return nil, false
	}
	apart := func(x Apart) float64 { return math.Abs(x.Answered.Float() - x.All.Float()) }
	for i, c := range r.Table().Dims[0].Cats {
		x := Apart{c.Label, r.Cell(0, 2*i).Share, r.Cell(0, 2*i+1).Share}
		if base := r.BaseOf(0, 2*i); x.Answered.IsNumber() && x.All.IsNumber() && base.IsNumber() && base.Int() >= leastAnswered && apart(x) >= leastApart {
			all = append(all, x)
		}
	}
	slices.SortStableFunc(all, func(a, b Apart) int { return cmp.Compare(apart(b), apart(a)) })
	return all[:min(len(all), mostApart)], true
}

// SayApart says in what those who have answered differ most from all closed cases.
func SayApart(r *disclosure.Released, p *locale.Printer) string {
	all, enough := MostApart(r)
	var said []string
	for _, x := range all {
		said = append(said, p.T("survey_staff.apart_one", "egenskap", x.Label.In(p), "svarat", p.Percent(x.Answered.Float(), 0), "alla", p.Percent(x.All.Float(), 0)))
	}
	switch {
	case !enough:
		return p.T("survey_staff.apart_few")
	case len(said) == 0:
		return p.T("survey_staff.apart_none")
	}
	return p.T("survey_staff.apart", "vad", strings.Join(said, "; "))
}
