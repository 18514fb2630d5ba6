package synth

import (
	"bytes"
	"iter"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"foljsam/internal/codebook"
	"foljsam/internal/record"
)

func gather(o Options) []*record.Case { return slices.Collect(Cases(o)) }

func kinds(t *testing.T) map[string]Options {
	cb := book(t)
	return map[string]Options{
		"report":          {Codebook: cb, Seed: 1},
		"report, small":   {Codebook: cb, Seed: 2, N: 400},
		"report, large":   {Codebook: cb, Seed: 3, N: 5000},
		"report, own":     {Codebook: cb, Seed: 4, Units: []string{"0180", "1480", "1280"}},
		"bulk":            {Kind: Bulk, Codebook: cb, Seed: 5, N: 6000},
		"bulk, one unit":  {Kind: Bulk, Codebook: cb, Seed: 6, N: 500, Units: []string{"0114"}},
		"bulk, ten cases": {Kind: Bulk, Codebook: cb, Seed: 7, N: 10},
	}
}

func TestAsManyAsAskedFor(t *testing.T) {
	for name, o := range kinds(t) {
		want := o.N
		if want == 0 {
			want = 3070
		}
		if got := len(gather(o)); got != want {
			t.Errorf("%s: %d cases, not %d", name, got, want)
		}
	}
}

func TestSameSeedSameCases(t *testing.T) {
	for name, o := range kinds(t) {
		a, b := gather(o), gather(o)
		if !reflect.DeepEqual(a, b) {
			t.Errorf("%s: the same options gave other cases", name)
		}
		o.Seed += 100
		if reflect.DeepEqual(a, gather(o)) {
			t.Errorf("%s: another seed gave the same cases", name)
		}
	}
}

func TestPackagesCanBeReadAgainAndInAnyOrder(t *testing.T) {
	for name, o := range kinds(t) {
		var packs []Package
		for p := range Packages(o) {
			packs = append(packs, p)
		}
		var backwards [][]*record.Case
		for i := len(packs) - 1; i >= 0; i-- {
			backwards = append(backwards, slices.Collect(packs[i].Cases))
		}
		slices.Reverse(backwards)
		if !reflect.DeepEqual(slices.Concat(backwards...), gather(o)) {
			t.Errorf("%s: another order gave other cases", name)
		}
	}
}

func TestEveryCaseFitsTheCodebook(t *testing.T) {
	for name, o := range kinds(t) {
		ids := map[string]bool{}
		for _, c := range gather(o) {
			if ids[c.ID] {
				t.Errorf("%s: a case's pseudonym comes twice", name)
			}
			ids[c.ID] = true
			if fault := faultOf(o.Codebook, c); fault != "" {
				t.Errorf("%s: %s", name, fault)
				break
			}
		}
	}
}

// faultOf says what breaks the schema of an extract, or is against sense.
func faultOf(cb *codebook.Codebook, c *record.Case) string {
	intake, closing := c.Dates[5], record.Day(lastDay)
	if d, ok := c.Dates[256]; ok {
		closing = d
	}
	switch {
	case len(c.ID) != 16 || len(c.Client) != 16:
		return "a pseudonym does not have sixteen characters"
	case len(c.Unit) != 4:
		return "a municipality's code does not have four digits"
	case intake < firstDay || intake > closing || closing > lastDay:
		return "days are out of order"
	}
	for v, codes := range c.Codes {
		if fault := codesFault(cb.Variable(v), codes); fault != "" {
			return cb.Variable(v).Label["sv"] + ": " + fault
		}
	}
	if y, ok := c.Numbers[15]; ok && (y < 18 || y > 120) {
		return "an age is not that of an adult"
	}
	if !isClosed(c) && (answeredV(257)(c) || answeredV(192)(c) || svarat(c)) {
		return "an open case has answers on how it ended"
	}
	return rowFault(cb, c, intake, closing)
}

func codesFault(v *codebook.Variable, codes []int) string {
	switch {
	case len(codes) == 0:
		return "an empty list of codes"
	case v.Kind == codebook.One && len(codes) != 1:
		return "two answers to a question with one"
	case !slices.IsSorted(codes) || len(slices.Compact(slices.Clone(codes))) != len(codes):
		return "codes out of order"
	}
	for _, k := range codes {
		def := v.Code(k)
		if def == nil && (v.Noted == nil || v.Noted.Code != k) {
			return "a code that the codebook does not have"
		}
		if def != nil && def.Exclusive && len(codes) > 1 || k == 0 && len(codes) > 1 {
			return "an exclusive code beside others"
		}
	}
	return ""
}

func rowFault(cb *codebook.Codebook, c *record.Case, intake, closing record.Day) string {
	for _, s := range c.Supports {
		switch {
		case s.Began < intake || s.Began > closing:
			return "a support began outside the case"
		case s.Ended != record.NoDay && (s.Ended < s.Began || s.Ended > closing):
			return "a support ended outside the case"
		case codesFault(cb.Variable(118), s.Codes) != "":
			return "supports: " + codesFault(cb.Variable(118), s.Codes)
		case s.Basis < 0 || s.Basis > 3 || s.Regi < 0 || s.Regi > 2:
			return "a support with an unknown ground"
		}
	}
	for _, r := range c.Risks {
		switch {
		case r.Date < intake || r.Date > closing:
			return "a risk assessment outside the case"
		case cb.Variable(90).Code(r.Instrument) == nil:
			return "an unknown instrument"
		case !slices.Contains([]string{"fore", "under", "efter"}, r.Phase):
			return "an unknown phase"
		case r.Value != nil && !onScale(cb, r):
			return "a risk value outside the scale"
		}
	}
	return ""
}

func onScale(cb *codebook.Codebook, r record.Risk) bool {
	levels := cb.Scale(cb.Variable(90).Code(r.Instrument).Scale).Levels
	return len(levels) == 0 && *r.Value >= 0 && *r.Value <= highestRisk ||
		slices.ContainsFunc(levels, func(l codebook.ScaleLevel) bool { return float64(l.Value) == *r.Value })
}

func TestCaseworkersOnlyWhenAskedFor(t *testing.T) {
	o, seen := Options{Codebook: book(t), Seed: 1}, map[string]string{}
	if gather(o)[0].Caseworker != "" {
		t.Error("an extract for the nation names a caseworker")
	}
	o.Caseworkers = true
	for _, c := range gather(o) {
		if c.Caseworker == "" || seen[c.Caseworker] != "" && seen[c.Caseworker] != c.Unit {
			t.Fatal("a case has no caseworker, or one of another municipality")
		}
		seen[c.Caseworker] = c.Unit
	}
	if len(seen) < 34 {
		t.Errorf("%d caseworkers in 34 municipalities", len(seen))
	}
}

// The second case of a client agrees with the first in what does not change.
func TestAClientStaysTheSame(t *testing.T) {
	for name, o := range kinds(t) {
		first, again := map[string]*record.Case{}, 0
		for _, c := range gather(o) {
			f := first[c.Client]
			first[c.Client] = c
			if f == nil {
				continue
			}
			again++
			for _, v := range []int{14, 19, 20} {
				if !slices.Equal(f.Codes[v], c.Codes[v]) {
					t.Errorf("%s: a client changed", name)
				}
			}
			if f.Unit != c.Unit || f.Numbers[15] != c.Numbers[15] || !isClosed(f) || f.Dates[256] > c.Dates[5] {
				t.Errorf("%s: a client has two cases that cannot both be", name)
			}
		}
		if o.N == 0 && len(o.Units) == 0 && (again < 20 || again > 200) {
			t.Errorf("%s: %d clients come again", name, again)
		}
	}
}

// The shares of the large generator are close to the report's, and so are connections.
func TestBulkIsCloseToTheReport(t *testing.T) {
	cs := counted(gather(Options{Kind: Bulk, Codebook: book(t), Seed: 9, N: 40000}))
	for _, x := range []struct {
		what        string
		want, slack float64
		got         float64
	}{
		{"women", 93.8, 1, cs.percent(women, answeredV(14))},
		{"honour", 10.2, 1, cs.percent(hrv, answeredV(59))},
		{"support", 85.4, 1, cs.percent(hasSupport, every)},
		{"closed", 80, 1, cs.percent(isClosed, every)},
		{"goal", 35, 1.5, cs.percent(chosen(192, 1), answeredV(192))},
		{"risk", 55.9, 1.5, cs.percent(riskDone, every)},
		{"mean", 2.44, 0.08, cs.mean(supportsOf, hasSupport)},
		{"mean, honour", 3.27, 0.15, cs.mean(supportsOf, all(hasSupport, hrv))},
		{"very severe, honour", 37, 2.5, cs.percent(chosen(67, 3), all(hrv, answeredV(67)))},
		{"talks", 63, 1.5, cs.percent(supported(4), hasSupport)},
	} {
		if x.got < x.want-x.slack || x.got > x.want+x.slack {
			t.Errorf("%s: %.2f, the report has %.2f", x.what, x.got, x.want)
		}
	}
}

func TestUnitsOfOnesOwnAreSkewed(t *testing.T) {
	units := []string{"0114", "0115", "0117", "0120", "0123", "0125"}
	n := map[string]int{}
	for c := range Cases(Options{Kind: Bulk, Codebook: book(t), N: 6000, Units: units}) {
		n[c.Unit]++
	}
	for i := 1; i < len(units); i++ {
		if n[units[i]] >= n[units[i-1]] || n[units[i]] == 0 {
			t.Errorf("%s has %d cases, %s %d", units[i-1], n[units[i-1]], units[i], n[units[i]])
		}
	}
}

func TestEverythingSaysThatItIsSynthetic(t *testing.T) {
	for _, p := range ReportPackages(book(t), 1) {
		for _, s := range []string{p.ID, p.Name, p.Register, strings.ToLower(p.Title)} {
			if !strings.Contains(s, "syntetisk") {
				t.Errorf("%q does not say that it is synthetic", s)
			}
		}
		if p.Created.String() != "2023-10-10" || p.From.String() != "2022-01-01" {
			t.Errorf("%s is of %s", p.Name, p.Created)
		}
	}
}

func TestPopulationHasEveryTown(t *testing.T) {
	var b bytes.Buffer
	if err := WritePopulation(&b, 2022, 2023); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(b.String()), "\n")
	if lines[0] != "enhet,ar,vuxna,invanare" || len(lines) != 1+2*34 {
		t.Errorf("the population table begins %q and has %d lines", lines[0], len(lines))
	}
	if !slices.Contains(lines, "0188,2022,50560,64000") {
		t.Error("the first municipality is missing")
	}
}

func TestConflictsAreNamedOnce(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range Conflicts() {
		if seen[c.Figure] || c.Printed == "" || !strings.HasPrefix(c.Text, "synth.conflict_") {
			t.Errorf("conflict %q", c.Figure)
		}
		seen[c.Figure] = true
	}
}

// BenchmarkBulk measures the making of one case.
func BenchmarkBulk(b *testing.B) {
	next, stop := iter.Pull(Cases(Options{Kind: Bulk, Codebook: book(b), N: 1 << 40, Seed: 1}))
	defer stop()
	next()
	b.ReportAllocs()
	for b.Loop() {
		next()
	}
}

func BenchmarkReport(b *testing.B) {
	for b.Loop() {
		for range Cases(Options{Codebook: book(b), Seed: 1}) {
		}
	}
}

// At other sizes every percentage is still within a point or two of the printed one.
func TestOtherSizesComeClose(t *testing.T) {
	f := readFigures(t)
	for _, n := range []int{1500, 6000} {
		cs := counted(gather(Options{Codebook: book(t), Seed: 1, N: n}))
		for _, id := range []string{"d02", "d04", "d05", "d07", "d08", "d11", "d14", "d15", "d18", "d19", "d20"} {
			v, _ := strconv.Atoi(f.Diagrams[id].Variable[1:])
			for _, c := range f.Diagrams[id].Cells {
				got := cs.percent(chosen(v, *c.Code), baseOf(id, v))
				if off := got - float64(*c.Percent); off < -1 || off > 1 {
					t.Errorf("%d cases: %s, code %d: %.1f %%, the report has %d", n, id, *c.Code, got, *c.Percent)
				}
			}
		}
		if m := cs.mean(supportsOf, all(hasSupport, hrv)); m < 3.2 || m > 3.4 {
			t.Errorf("%d cases: mean support with honour violence %.2f", n, m)
		}
	}
}
