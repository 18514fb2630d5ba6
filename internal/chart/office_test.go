package chart

import (
	"strings"
	"testing"

	"foljsam/internal/locale"
)

// The native chart holds the numbers that may be shown and no others, and a mark where
// there is none: a spreadsheet program would else write 0 there.
func TestNativeChartsHoldWhatIsShown(t *testing.T) {
	for _, rel := range releases() {
		for _, r := range rel.Tables {
			d := Of(r, 0, locale.For(locale.Swedish))
			x, o := d.OfficeXML(OfficePlace{Sheet: "Blad", FirstRow: 2}), d.Office()
			numbers, marks := 0, 0
			for s := range o.Series {
				for i := range o.Rows {
					if d.plotted(s, i).IsNumber() {
						numbers++
					} else {
						marks++
					}
				}
			}
			if got := strings.Count(x, "<c:dLbl>"); got != marks {
				t.Errorf("%s: %d marks in the chart for %d cells without a number", d.ID, got, marks)
			}
			inside := 0
			for _, cache := range strings.Split(x, "<c:numCache>")[1:] {
				cache, _, _ = strings.Cut(cache, "</c:numCache>")
				inside += strings.Count(cache, "<c:pt ")
			}
			if inside != numbers {
				t.Errorf("%s: %d numbers in the chart, %d may be shown", d.ID, inside, numbers)
			}
			if strings.Contains(x, "NaN") || strings.Contains(x, "⟦") || o.Alt == "" {
				t.Errorf("%s: the chart is not whole", d.ID)
			}
		}
	}
}
