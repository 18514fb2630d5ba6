package chart

import (
	"slices"
	"strings"
	"testing"

	"foljsam/internal/disclosure"
	"foljsam/internal/locale"
	"foljsam/internal/query"
)

func TestHalvesAreRoundedUp(t *testing.T) {
	for f, want := range map[float64]float64{57.5: 58, 56.5: 57, 57.49: 57, 0.5: 1, 0: 0} {
		if got := halfUp(f); got != want {
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
