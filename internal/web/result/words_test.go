package result

import (
	"strings"
	"testing"

	"foljsam/internal/app"
	"foljsam/internal/codebook"
	"foljsam/internal/disclosure"
	"foljsam/internal/locale"
	"foljsam/internal/query"
)

// What is nearly none is not written as none, and no difference as one below none.
func TestSmallNumbersInWords(t *testing.T) {
	p, rel := locale.For(locale.Swedish), &disclosure.Release{}
	for percent, want := range map[float64]string{0: "0\u00a0%", 0.3: "<1\u00a0%", 0.5: "1\u00a0%", 12.5: "13\u00a0%", 56.4: "56\u00a0%", 100: "100\u00a0%"} {
		if got := percentText(p, rel.Estimate(percent, percent, percent, 0.95, "stat.wilson").Value); strings.ReplaceAll(got, "< ", "<") != want {
			t.Errorf("%v is written %q, want %q", percent, got, want)
		}
	}
	for points, want := range map[float64]string{-0.04: "0,0", -0.06: "−0,1", 12.34: "12,3", 6.25: "6,3", -6.25: "−6,3", -7: "−7,0"} {
		if got := signed(p, points); got != want {
			t.Errorf("%v is written %q, want %q", points, got, want)
		}
	}
}

// Whether it may be chance is said of the adjusted value: one look of many is not judged as one alone.
func TestChanceIsJudgedAfterAllLooks(t *testing.T) {
	p, rel := locale.For(locale.Swedish), &disclosure.Release{}
	table, err := query.Cross(codebook.Default(), "v14", "v58", query.All())
	if err != nil {
		t.Fatal(err)
	}
	value := func(f float64) disclosure.Estimate { return rel.Estimate(f, f, f, 0.95, "stat.chisquare") }
	may := testText(p, table, app.Tested{Column: 0, P: value(0.9), Holm: value(0.9)})
	differ := testText(p, table, app.Tested{Column: 0, P: value(0.001), Holm: value(0.012)})
	after := testText(p, table, app.Tested{Column: 0, P: value(0.012), Holm: value(0.9)})
	if may == differ || after != may || !strings.Contains(differ, "0,012") {
		t.Errorf("%q\n%q\n%q", may, differ, after)
	}
}
