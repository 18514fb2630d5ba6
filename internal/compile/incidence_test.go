package compile

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"foljsam/internal/codebook"
	"foljsam/internal/disclosure"
	"foljsam/internal/query"
	"foljsam/internal/record"
	"foljsam/internal/tabulate"
)

// course is one case in time: closed is NoDay while it is open, reason 0 where none is registered.
type course struct {
	intake, closed record.Day
	reason         int
}

// drawnCourses draws cases that begin and end before, in and after some days.
func drawnCourses(r *rand.Rand, reasons []codebook.Code) (all []course) {
	for range 40 + r.IntN(200) {
		c := course{intake: record.Day(19000 + r.IntN(900)), closed: record.NoDay}
		if r.IntN(4) > 0 {
			c.closed = c.intake + record.Day(r.IntN(1+r.IntN(500)))
		}
		if k := r.IntN(len(reasons) + 1); k < len(reasons) {
			c.reason = reasons[k].Code
		}
		all = append(all, c)
	}
	return all
}

func columnsOf(cb *codebook.Codebook, all []course) *tabulate.Columns {
	l := record.NewLayout(cb)
	b := &record.Batch{Layout: l}
	for _, c := range all {
		x := &record.Case{Unit: "1884", Codes: map[int][]int{}, Dates: map[int]record.Day{cb.Role(codebook.Intake).Number: c.intake}}
		if c.closed != record.NoDay {
			x.Dates[cb.Role(codebook.Closing).Number] = c.closed
		}
		if c.reason > 0 {
			x.Codes[cb.Role(codebook.ClosingReason).Number] = []int{c.reason}
		}
		record.Pack(l, x, b)
	}
	return tabulate.Build(l, []*record.Batch{b})
}

// TestCoursesAreFollowedInThePeriod counts case by case, day by day: who was open on which day.
func TestCoursesAreFollowedInThePeriod(t *testing.T) {
	cb := codebook.Default()
	reasons := cb.Role(codebook.ClosingReason).Codes
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 17))
		all := drawnCourses(r, reasons)
		from, till := record.Day(0), record.Day(19000+r.IntN(1500))
		if r.IntN(3) > 0 {
			from = record.Day(18900 + r.IntN(1100))
		}
		x, err := IncidenceOf(columnsOf(cb, all), query.All(), Chosen{Codebook: cb, Audience: disclosure.Internal}, from, till)
		if err != nil {
			t.Fatal(err)
		}
		seen := followed(all, from, till)
		wantCourses(t, seed, x, seen, from, reasons)
		wantShares(t, seed, x, seen, from, till, reasons)
	}
}

// followed is the cases that were open on any day of the period.
func followed(all []course, from, till record.Day) []course {
	return slices.DeleteFunc(slices.Clone(all), func(c course) bool {
		return from > till || c.intake > till || c.closed != record.NoDay && c.closed < from
	})
}

func wantCourses(t *testing.T, seed uint64, x *Incidence, seen []course, from record.Day, reasons []codebook.Code) {
	t.Helper()
	late := int64(0)
	for _, c := range seen {
		if c.intake < from {
			late++
		}
	}
	if x.Ended.Base(0, 0).Int() != int64(len(seen)) || x.Late.Int() != late {
		t.Errorf("seed %d: %v followed, %v late; %d and %d", seed, x.Ended.Base(0, 0), x.Late, len(seen), late)
	}
	if n := len(x.Ended.Table().Dims[0].Cats); n != len(reasons)+2 {
		t.Fatalf("%d ways to end", n)
	}
}

// wantShares works out, for each mark, how many were at risk and the shares, by going through all days.
func wantShares(t *testing.T, seed uint64, x *Incidence, seen []course, from, till record.Day, reasons []codebook.Code) {
	t.Helper()
	still, share, ended := 1.0, make([]float64, len(reasons)+1), make([]int64, len(reasons)+1)
	for day := range IncidenceDays[len(IncidenceDays)-1] + 1 {
		open, now := 0, make([]float64, len(share))
		for _, c := range seen {
			on := c.intake + record.Day(day)
			if on < from || on > till || c.closed != record.NoDay && on > c.closed {
				continue
			}
			open++
			if on == c.closed {
				k := slices.IndexFunc(reasons, func(x codebook.Code) bool { return x.Code == c.reason })
				if k < 0 {
					k = len(reasons)
				}
				now[k]++
				ended[k]++
			}
		}
		left := still
		for k, n := range now {
			if n > 0 {
				share[k] += still * n / float64(open)
				left -= still * n / float64(open)
			}
		}
		still = left
		at := slices.Index(IncidenceDays, day)
		if at < 0 {
			continue
		}
		if n := x.AtRisk.Cell(0, at).Count.Int(); n != int64(open) {
			t.Errorf("seed %d, day %d: %d at risk, counted %d", seed, day, n, open)
		}
		for k, s := range share {
			if got := x.Marks[at].Share[k].Value.Float(); math.Abs(got-100*s) > 1e-7 {
				t.Errorf("seed %d, day %d, cause %d: %v, counted %v", seed, day, k, got, 100*s)
			}
		}
	}
	for k, n := range ended {
		if got := x.Ended.Cell(0, k).Count.Int(); got != n {
			t.Errorf("seed %d, cause %d: %d ended, counted %d", seed, k, got, n)
		}
	}
}
