package disclosure_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"foljsam/internal/codebook"
	"foljsam/internal/disclosure"
	"foljsam/internal/query"
)

// town is a hand-made population: how many women and men of each degree of violence.
// Everything else about its cases is unregistered.
type town map[[2]int]int64 // {sex, degree}: cases

// counts answers for sets of sex and degree only; what it is not made for has no case.
type counts []town

func (c counts) Count(unit int, s query.Set) int64 {
	n := int64(0)
	for k, cases := range c[unit] {
		if query.Visit[bool](s, one{k}) {
			n += cases
		}
	}
	return n
}

func (c counts) Sum(unit int, s query.Set, of query.Numeric) int64 { return 0 }

// one is a case of sex k[0] and degree k[1].
type one struct{ k [2]int }

func (o one) All() bool { return true }
func (o one) Codes(v int, codes []int) bool {
	return v == 14 && slices.Contains(codes, o.k[0]) || v == 67 && slices.Contains(codes, o.k[1])
}
func (o one) Registered(v int) bool             { return v == 14 || v == 67 }
func (o one) Span(query.Numeric, int, int) bool { return false }
func (o one) Changed(int, query.Change) bool    { return false }
func (o one) Local(string, int) bool            { return false }
func (o one) And(ts []query.Set) bool {
	return !slices.ContainsFunc(ts, func(t query.Set) bool { return !query.Visit[bool](t, o) })
}
func (o one) Or(ts []query.Set) bool {
	return slices.ContainsFunc(ts, func(t query.Set) bool { return query.Visit[bool](t, o) })
}
func (o one) Not(t query.Set) bool { return !query.Visit[bool](t, o) }

func release(t *testing.T, audience disclosure.Audience, towns ...town) *disclosure.Release {
	t.Helper()
	cb := codebook.Default()
	split := query.Split{ID: "kommun"}
	for i := range towns {
		id := string(rune('a' + i))
		split.Units = append(split.Units, query.Unit{ID: id, Owner: id, Places: []int{i}})
	}
	var tables []*query.Table
	for _, x := range query.Report(cb) {
		if slices.Contains([]string{"d02", "d07", "d26", "x_v14_v67", "topp", "risk_upprepad"}, x.ID) {
			tables = append(tables, x)
		}
	}
	r, err := disclosure.New(&disclosure.About{Audience: audience, Codebook: cb}, []disclosure.Part{{Split: split, Tables: tables, Counts: counts(towns)}})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// show writes a table's counts and percents as they would be shown.
func show(r *disclosure.Released, unit int) string {
	var b strings.Builder
	for i := range r.Table().Cells {
		c := r.Cell(unit, i)
		for _, v := range []disclosure.Value{c.Count, c.Share} {
			if v.IsNumber() {
				b.WriteString(" " + jsonOf(v.Float()))
			} else {
				b.WriteString(" " + v.State().Mark())
			}
		}
		b.WriteString(";")
	}
	return b.String()
}

func jsonOf(v any) string {
	b, _ := json.Marshal(v)
	return string(b)
}

var (
	large = town{{1, 1}: 40, {1, 2}: 50, {1, 3}: 10, {2, 1}: 3, {2, 3}: 7}
	tiny  = town{{1, 2}: 3}
)

func TestInternalShowsEverything(t *testing.T) {
	r := release(t, disclosure.Internal, large, tiny)
	if got := show(r.Table("kommun", "x_v14_v67"), 0); got != " 40 40; 50 50; 10 10; 3 30; 0 0; 7 70;" {
		t.Errorf("the large town: %s", got)
	}
	if got := show(r.Table("kommun", "d02"), 1); got != " 3 100; 0 0;" {
		t.Errorf("the tiny town: %s", got)
	}
	if r.About.OnlyPrimary {
		t.Error("an internal release is not for publication, and says nothing of masking")
	}
}

func TestSmallCountsAreMaskedAndZeroIsShown(t *testing.T) {
	r := release(t, disclosure.Publication, large)
	if got := show(r.Table("kommun", "x_v14_v67"), 0); got != " 40 40; 50 50; 10 10; .. ..; 0 0; 7 70;" {
		t.Errorf("got %s", got)
	}
	if !r.About.OnlyPrimary {
		t.Error("a release with the primary rule alone must say that it may not be published")
	}
}

func TestUnitWithFewCasesHasNoBreakdown(t *testing.T) {
	r := release(t, disclosure.Publication, large, tiny)
	for _, id := range []string{"d02", "d07", "x_v14_v67"} {
		table := r.Table("kommun", id)
		if got := show(table, 1); strings.Trim(got, " .;") != "" {
			t.Errorf("%s: %s", id, got)
		}
		if !slices.Contains(table.Withheld(), "b") || slices.Contains(table.Withheld(), "a") {
			t.Errorf("%s: withheld %v", id, table.Withheld())
		}
		if table.Base(1, 0).IsNumber() {
			t.Errorf("%s: the base of 3 is shown", id)
		}
	}
}

func TestGroupWithFewCasesHasNoBreakdown(t *testing.T) {
	r := release(t, disclosure.Publication, town{{1, 1}: 40, {1, 2}: 50, {2, 3}: 4})
	table := r.Table("kommun", "x_v14_v67")
	if got := show(table, 0); !strings.HasSuffix(got, " .. ..; .. ..; .. ..;") {
		t.Errorf("four men, zeros among the masked: %s", got)
	}
	if !slices.Equal(table.Withheld(), []string{"a/2"}) {
		t.Errorf("withheld %v", table.Withheld())
	}
}

// TestOneCellIsMaskedEverywhere: the same definition in two tables is one cell.
func TestOneCellIsMaskedEverywhere(t *testing.T) {
	r := release(t, disclosure.Publication, town{{1, 1}: 40, {1, 2}: 50, {2, 3}: 4})
	if c := r.Table("kommun", "d07").Cell(0, 2).Count; c.IsNumber() {
		t.Errorf("the four of d07 are shown: %v", c)
	}
	topp := r.Table("kommun", "topp")
	for i, c := range topp.Table().Cells {
		if c.Set.String() == "v67=3" && topp.Cell(0, i).Count.IsNumber() {
			t.Error("the four are masked in d07 and shown in topp")
		}
	}
}

// TestMaskedNumbersLeaveNoTrace: releases that differ in masked numbers alone are shown
// alike, byte for byte.
func TestMaskedNumbersLeaveNoTrace(t *testing.T) {
	var first string
	for n := int64(1); n <= 4; n++ {
		r := release(t, disclosure.Publication, town{{1, 1}: 40, {1, 2}: 50 - n, {2, 1}: n, {2, 3}: 20 - n, {1, 3}: 9 + n})
		got := show(r.Table("kommun", "x_v14_v67"), 0)
		got = strings.Split(got, ";")[3]
		if first == "" {
			first = got
		}
		if got != first {
			t.Errorf("%d men show %q, 1 man %q", n, got, first)
		}
	}
}

func TestPublishedDeclaresTotalsAndHoldsNoSmallCount(t *testing.T) {
	r := release(t, disclosure.Publication, large, tiny)
	var b bytes.Buffer
	if err := r.WritePublished(&b); err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Cells []struct {
			ID        string
			Published *int64
			Lo        *int
		}
		Relations []struct {
			Total string
			Parts []string
		}
	}
	if err := json.Unmarshal(b.Bytes(), &doc); err != nil {
		t.Fatal(err)
	}
	for _, c := range doc.Cells {
		if c.Published != nil && *c.Published >= 1 && *c.Published <= 4 {
			t.Errorf("%s is published as %d", c.ID, *c.Published)
		}
		if strings.Contains(c.ID, "kommun=b|v14&v67") && (c.Lo == nil || *c.Lo != 0) {
			t.Errorf("%s is in a withheld unit: a zero may be behind it", c.ID)
		}
	}
	want := []string{"alla|kommun=a|v14=1&v67=1", "alla|kommun=a|v14=1&v67=2", "alla|kommun=a|v14=1&v67=3"}
	for _, x := range doc.Relations {
		if x.Total == "alla|kommun=a|v14=1&v67" && slices.Equal(x.Parts, want) {
			return
		}
	}
	t.Errorf("the women's degrees are not declared to add up to the women: %v", doc.Relations)
}

// TestNothingIsShownOfASmallUnit: of a unit with 1-4 cases in all, no cell, base or
// further figure of any table is a number, zeros among them.
func TestNothingIsShownOfASmallUnit(t *testing.T) {
	r := release(t, disclosure.Publication, large, tiny)
	for _, table := range r.Tables {
		for i := range table.Table().Cells {
			if c := table.Cell(1, i); c.Count.IsNumber() || c.Share.IsNumber() {
				t.Errorf("%s: cell %d is shown", table.ID(), i)
			}
			if table.BaseOf(1, i).IsNumber() {
				t.Errorf("%s: the base of cell %d is shown", table.ID(), i)
			}
		}
		for _, f := range table.Table().Figures {
			for i, v := range table.Figure(1, f.ID) {
				if v.IsNumber() {
					t.Errorf("%s: %s %v is shown", table.ID(), f.ID, f.At[i].Path)
				}
			}
		}
	}
}
