package chart

import (
	"slices"
	"strings"
	"testing"

	"foljsam/internal/codebook"
	"foljsam/internal/disclosure"
	"foljsam/internal/locale"
	"foljsam/internal/query"
)

func TestHalvesAreRoundedUp(t *testing.T) {
	for f, want := range map[float64]float64{57.5: 58, 56.5: 57, 57.49: 57, 0.5: 1, 0: 0} {
		if got := HalfUp(f); got != want {
			t.Errorf("%v is rounded to %v, not %v", f, got, want)
		}
	}
}

func TestLongSwedishLabelsAreWrapped(t *testing.T) {
	got := strings.Join(balance("Positiv förändring men målet inte uppnått (mål delvis uppfyllda)", 270, labelSize), "|")
	if want := "Positiv förändring men målet inte|uppnått (mål delvis uppfyllda)"; got != want {
		t.Errorf("got %s", got)
	}
	for _, line := range wrap("Hedersvåldsutsattaförföljelseskyddsbedömningsinstrument", 120, labelSize) {
		if widthOf(line, labelSize) > 120 {
			t.Errorf("%q is too wide", line)
		}
	}
}

// diagram gives a diagram of one table of many invented cases.
func diagram(t *testing.T, id string, lang locale.Lang) *Diagram {
	t.Helper()
	for _, rel := range releases() {
		if all := rel.Table("", "d01").Base(0, 0); rel.About.Audience == disclosure.Internal && all.Int() > 100 {
			return Of(rel.Table("", id), 0, locale.For(lang))
		}
	}
	t.Fatal("no release has " + id)
	return nil
}

func TestNominalCategoriesStandBySize(t *testing.T) {
	d := diagram(t, "d09", locale.Swedish)
	var sizes []float64
	for i := range d.rows {
		sizes = append(sizes, -d.plotted(0, i).Float())
	}
	if !slices.IsSorted(sizes) {
		t.Errorf("the support is not largest first: %v", sizes)
	}
	if d = diagram(t, "d21", locale.Swedish); d.rows[1].label != "18–24 år" || d.series[0].name != "HRV" {
		t.Errorf("a scale keeps its order and the groups say which they are; got %s, %s", d.rows[1].label, d.series[0].name)
	}
}

func TestEveryTableOfTheReportHasWords(t *testing.T) {
	for _, rel := range releases()[:1] {
		for _, r := range rel.Tables {
			for _, lang := range locale.Staff {
				d := Of(r, 0, locale.For(lang))
				for _, s := range append([]string{d.Title, d.Base, d.Describe(), d.Stamp}, d.Table().Head...) {
					if s == "" || strings.Contains(s, "⟦") {
						t.Errorf("%s lacks a text in %s: %q", d.ID, lang, s)
					}
				}
			}
		}
	}
}

func TestListNamesOnlyTablesOfTheReport(t *testing.T) {
	tables := query.Report(releases()[0].About.Codebook)
	for _, l := range list {
		if !slices.ContainsFunc(tables, func(x *query.Table) bool { return x.ID == l.id }) {
			t.Errorf("the list has %s, the report has not", l.id)
		}
	}
}

// A share above zero is never shown as none, and none always as 0.
func TestSomeNeverLookLikeNone(t *testing.T) {
	n := counted{"*": 1000, "v67": 1000, "v67=1": 997, "v67=2": 3}
	d := Of(n.release(t, "d07").Tables[0], 0, locale.For(locale.Swedish))
	for i, want := range []string{"100\u00a0%", "<1\u00a0%", "0\u00a0%"} {
		if got := d.text(0, i); got != want {
			t.Errorf("%s is %q, want %q", d.rows[i].label, got, want)
		}
	}
	if svg := d.SVG(View{Prefix: "x"}); !strings.Contains(svg, "&lt;1\u00a0%") || strings.Contains(svg, "<1") {
		t.Error("the sign is not escaped in the drawing")
	}
}

// What nobody is in is left out of the drawing where it tells nothing, and is in the table.
func TestEmptyRowsAreInTheTableOnly(t *testing.T) {
	n := counted{"*": 100}
	d := Of(n.release(t, "d03").Tables[0], 0, locale.For(locale.Swedish))
	if got := len(d.rows) - len(d.drawn().rows); got != 1 {
		t.Errorf("%d rows are left out of the ages, want the children only", got)
	}
	if rows := d.Table().Rows; rows[0][0].Text != d.rows[0].label || rows[0][1].Text != "0" {
		t.Errorf("the table begins with %v", rows[0])
	}
}

// counted are counts by the name of the set; what is not there is 0.
type counted map[string]int64

func (c counted) Count(_ int, s query.Set) int64                { return c[s.String()] }
func (c counted) Sum(_ int, s query.Set, _ query.Numeric) int64 { return c[s.String()] }

func (c counted) release(t *testing.T, id string) *disclosure.Release {
	t.Helper()
	cb := codebook.Default()
	for _, x := range query.Report(cb) {
		if x.ID != id {
			continue
		}
		rel, err := disclosure.New(&disclosure.About{Codebook: cb}, []disclosure.Part{{Split: query.Whole(), Tables: []*query.Table{x}, Counts: c}})
		if err != nil {
			t.Fatal(err)
		}
		return rel
	}
	t.Fatal("there is no " + id)
	return nil
}

// A mean of a few says of how many it is.
func TestAMeanOfAFewSaysOfHowMany(t *testing.T) {
	n := counted{"*": 100, "v118": 100, "v118&v59=1": 3, "v118&v59=2": 97}
	d := Of(n.release(t, "d10").Tables[0], 0, locale.For(locale.Swedish))
	said := d.Describe()
	if !strings.Contains(said, "(N = 3)") || strings.Contains(said, "(N = 97)") {
		t.Error(said)
	}
}

// Small diagrams that have no room beside each other stand in several lines: no head runs into the next.
func TestManySmallDiagramsStandInSeveralLines(t *testing.T) {
	d := &Diagram{kind: panels, p: locale.For(locale.Swedish)}
	for range 19 {
		d.series = append(d.series, series{name: "Säkerhetskontakt/partnerkontakt"})
	}
	if n, wide := d.panelsBeside(600, 40); n > 6 || wide < 80 {
		t.Errorf("%d beside each other, each %g wide", n, wide)
	}
	d.series = d.series[:3]
	if n, _ := d.panelsBeside(600, 40); n != 3 {
		t.Errorf("three have room, and %d stand beside each other", n)
	}
}
