package report

import (
	"strings"
	"testing"

	"foljsam/internal/codebook"
	"foljsam/internal/disclosure"
	"foljsam/internal/locale"
	"foljsam/internal/query"
)

// periods is numbers of a period and the one before, by the names of sets.
type periods [2]counted

func (c periods) Count(unit int, s query.Set) int64                { return c[unit].Count(unit, s) }
func (c periods) Sum(unit int, s query.Set, n query.Numeric) int64 { return c[unit].Sum(unit, s, n) }

func (c periods) release(t *testing.T, of disclosure.Audience, ids ...string) *disclosure.Release {
	t.Helper()
	cb := codebook.Default()
	var tables []*query.Table
	for _, x := range query.Report(cb) {
		for _, id := range ids {
			if x.ID == id {
				tables = append(tables, x)
			}
		}
	}
	both := query.Split{ID: beside, Apart: true, Units: []query.Unit{{ID: "nu"}, {ID: "fore"}}}
	rel, err := disclosure.New(&disclosure.About{Audience: of, Codebook: cb, WithinTables: true}, []disclosure.Part{
		{Split: query.Whole(), Tables: tables, Counts: c[0]}, {Split: both, Tables: tables, Counts: c}})
	if err != nil {
		t.Fatal(err)
	}
	return rel
}

// men of so many, where the others are women.
func men(men, all int64) counted {
	return counted{"*": all, "v14": all, "v14=1": all - men, "v14=2": men}
}

// What is clear is named with how far it is apart, what is not is not; a few are compared with
// nobody, whichever period they are in; and where there was no case before, nothing is said.
func TestWhatHasChangedIsSaid(t *testing.T) {
	p := locale.For(locale.Swedish)
	for _, c := range []struct {
		now, before counted
		want, not   string
	}{
		{men(60, 100), men(20, 100), "40,0", ""},
		{men(20, 100), men(60, 100), "−40,0", ""},
		{men(52, 100), men(50, 100), p.T("board.change_none", "n", 2, "fore", "2024"), "2,0"},
		{men(60, 100), men(2, 10), p.T("board.change_few", "fore", "2024"), "40,0"},
		{men(2, 10), men(60, 100), p.T("board.change_few", "fore", "2024"), "40,0"},
		{men(60, 100), men(0, 0), "", "2024"},
	} {
		got := Changed(periods{c.now, c.before}.release(t, disclosure.Internal, "d01", "d02"), "d02", "2024", p)
		if !strings.Contains(got, c.want) || c.want == "" && got != "" || c.not != "" && strings.Contains(got, c.not) {
			t.Errorf("%v after %v: %q", c.now["v14=2"], c.before["v14=2"], got)
		}
	}
	if got := Changed(periods{men(50, 100), men(3, 90)}.release(t, disclosure.Publication, "d01", "d02"), "d02", "2024", p); strings.Contains(got, "procent") || !strings.Contains(got, "2024") {
		t.Errorf("a change from what is hidden: %q", got)
	}
}
