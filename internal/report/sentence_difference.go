package report

import (
	"math"
	"strings"

	"foljsam/internal/disclosure"
	"foljsam/internal/locale"
	"foljsam/internal/stat"
)

// level is the confidence of every interval in the report.
const level = 0.95

// compare gives the difference between two shares with its interval, in percentage
// points; false where one of the bases is empty. It is masked when anything that it is
// made of is.
func compare(rel *disclosure.Release, a, b sum) (disclosure.Estimate, bool) {
	if a.judge(true, 0) == fine && b.judge(true, 0) == fine && (a.base == 0 || b.base == 0) {
		return disclosure.Estimate{}, false
	}
	i := stat.Difference(a.count, a.base, b.count, b.base, level)
	d := 0.0
	if a.base > 0 && b.base > 0 {
		d = float64(a.count)/float64(a.base) - float64(b.count)/float64(b.base)
	}
	from := append(append([]disclosure.Value{}, a.from...), b.from...)
	return rel.Estimate(100*d, 100*i.Low, 100*i.High, level, "stat.newcombe", from...), true
}

// differenceWords writes the difference between two places: "a|b".
func (t teller) differenceWords(at string) (string, trouble) {
	x, y, _ := strings.Cut(at, "|")
	a, ok := t.cells(x)
	b, also := t.cells(y)
	if bad := max(a.judge(ok, few), b.judge(also, few)); bad != fine {
		return "", bad
	}
	e, ok := compare(t.rel, a, b)
	if !ok || !e.Value.IsNumber() {
		return "", unfit
	}
	return t.p.T("sentence.difference", "value", signed(t.p, e.Value.Float(), 0),
		"low", signed(t.p, e.Low.Float(), 0), "high", signed(t.p, e.High.Float(), 0)), fine
}

// signed writes a number with a true minus sign, never "minus zero".
func signed(p *locale.Printer, f float64, decimals int) string {
	size := rounded(p, math.Abs(f), decimals)
	if f < 0 && size != rounded(p, 0, decimals) {
		return p.T("report.minus", "value", size)
	}
	return size
}

// rounded writes a number with halves away from zero, as the report rounds.
func rounded(p *locale.Printer, f float64, decimals int) string {
	scale := math.Pow10(decimals)
	return p.Number(math.Round(f*scale)/scale, decimals)
}
