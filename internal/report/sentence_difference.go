package report

import (
	"cmp"
	"math"
	"slices"
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
	return t.p.T("sentence.difference", "first", shown(t.p, a.percent(), 1), "second", shown(t.p, b.percent(), 1), "value", signed(t.p, apart(a, b), 1),
		"low", signed(t.p, e.Low.Float(), 1), "high", signed(t.p, e.High.Float(), 1)), fine
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

// apart is how far two shares are from each other as they are shown, so that whoever
// subtracts one from the other gets the same.
func apart(a, b sum) float64 { return subtract(a.percent(), b.percent()) }

func subtract(a, b float64) float64 { return math.Round(10*a)/10 - math.Round(10*b)/10 }

// SubtractShown gives how far two shares are apart as they are shown, for pages that show the same.
// Both must be numbers.
func SubtractShown(a, b disclosure.Value) float64 { return subtract(a.Float(), b.Float()) }

// shown writes a share or a mean, never as zero when it is only near it.
func shown(p *locale.Printer, f float64, decimals int) string {
	if least := math.Pow10(-decimals); f > 0 && math.Round(f/least) == 0 {
		return "<" + p.Number(least, decimals)
	}
	return rounded(p, f, decimals)
}

// named is how many differences a sentence names.
const named = 4

// largestDifferences says where a group differs most from the rest, of what was compared.
func (t teller) largestDifferences(all []difference) string {
	if len(all) == 0 {
		return ""
	}
	var clear []difference
	for _, d := range all {
		if d.low > 0 || d.high < 0 {
			clear = append(clear, d)
		}
	}
	if len(clear) == 0 {
		return t.p.T("sentence.profile_none", "n", len(all))
	}
	slices.SortStableFunc(clear, func(a, b difference) int { return cmp.Compare(math.Abs(b.value), math.Abs(a.value)) })
	var words []string
	for _, d := range clear[:min(named, len(clear))] {
		label := t.p.T("sentence.quoted", "label", d.label)
		words = append(words, t.p.T("sentence.profile_item", "label", label, "value", signed(t.p, d.value, 1)))
	}
	return t.p.T("sentence.profile", "n", len(all), "some", len(clear), "list", t.list(words))
}
