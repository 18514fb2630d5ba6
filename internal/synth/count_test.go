package synth

import (
	"slices"

	"foljsam/internal/record"
)

// A plain counter: goes through the cases row by row and counts as the published rules
// say. It shares nothing with the code that made the cases, nor with the tabulation.

type pred func(*record.Case) bool

func chosen(v int, codes ...int) pred {
	return func(c *record.Case) bool {
		return slices.ContainsFunc(c.Codes[v], func(x int) bool { return slices.Contains(codes, x) })
	}
}

func answeredV(v int) pred { return func(c *record.Case) bool { return len(c.Codes[v]) > 0 } }

func all(ps ...pred) pred {
	return func(c *record.Case) bool {
		for _, p := range ps {
			if !p(c) {
				return false
			}
		}
		return true
	}
}

func either(ps ...pred) pred {
	return func(c *record.Case) bool { return slices.ContainsFunc(ps, func(p pred) bool { return p(c) }) }
}

func none(p pred) pred { return func(c *record.Case) bool { return !p(c) } }

func every(*record.Case) bool { return true }

func isClosed(c *record.Case) bool {
	d, ok := c.Dates[256]
	return ok && d != record.NoDay
}

func aged(from, till int) pred {
	return func(c *record.Case) bool {
		y, ok := c.Numbers[15]
		return ok && y >= from && y <= till
	}
}

var (
	ageKnown = aged(0, 130)
	hrv      = chosen(59, 1)
	ej       = chosen(59, 2)
	women    = chosen(14, 1)
	men      = chosen(14, 2)
	svarat   = either(answeredV(202), answeredV(203), answeredV(206), answeredV(212))
	topp     = all(chosen(192, 1), chosen(202, 1))
	soc      = chosen(49, 3, 4, 5, 6, 7)
	anyParty = chosen(127, 1, 2, 3, 4, 5, 6, 7, 8, 9)
)

func supportCodes(c *record.Case) map[int]bool {
	m := map[int]bool{}
	for _, s := range c.Supports {
		for _, k := range s.Codes {
			m[k] = true
		}
	}
	return m
}

func hasSupport(c *record.Case) bool { return len(supportCodes(c)) > 0 }

func oneSupport(c *record.Case) bool { return len(supportCodes(c)) == 1 }

func supported(codes ...int) pred {
	return func(c *record.Case) bool {
		m := supportCodes(c)
		return slices.ContainsFunc(codes, func(k int) bool { return m[k] })
	}
}

func decided(c *record.Case) bool {
	return slices.ContainsFunc(c.Supports, func(s record.Support) bool { return s.Basis == 1 })
}

func basisKnown(c *record.Case) bool {
	return slices.ContainsFunc(c.Supports, func(s record.Support) bool { return s.Basis != 0 })
}

func riskDone(c *record.Case) bool { return len(c.Risks) > 0 }

func instrumented(codes ...int) pred {
	return func(c *record.Case) bool {
		return slices.ContainsFunc(c.Risks, func(r record.Risk) bool { return slices.Contains(codes, r.Instrument) })
	}
}

func days(from, till int) pred {
	return func(c *record.Case) bool {
		d := int(c.Dates[256] - c.Dates[5])
		return isClosed(c) && d >= from && d <= till
	}
}

func inSize(class int) pred {
	units := map[string]bool{}
	for _, t := range Towns() {
		k := 1
		if t.Inhabitants > 14999 {
			k = 2
		}
		if t.Inhabitants > 39999 {
			k = 3
		}
		if t.Inhabitants > 99999 {
			k = 4
		}
		units[t.Unit] = k == class
	}
	return func(c *record.Case) bool { return units[c.Unit] }
}

// moved gives how a repeated assessment went: -1, 0, 1; ok is false when it was not
// repeated on another day.
func moved(c *record.Case, instrument int) (way int, ok bool) {
	var first, last *record.Risk
	for i := range c.Risks {
		r := &c.Risks[i]
		if r.Instrument != instrument || r.Value == nil || r.Date == record.NoDay {
			continue
		}
		if first == nil || r.Date < first.Date {
			first = r
		}
		if last == nil || r.Date > last.Date {
			last = r
		}
	}
	if first == nil || first.Date == last.Date {
		return 0, false
	}
	switch {
	case *last.Value < *first.Value:
		return -1, true
	case *last.Value > *first.Value:
		return 1, true
	}
	return 0, true
}

func movedBy(instrument, way int) pred {
	return func(c *record.Case) bool { w, ok := moved(c, instrument); return ok && w == way }
}

func repeated(instrument int) pred {
	return func(c *record.Case) bool { _, ok := moved(c, instrument); return ok }
}

// counted is a population to count in.
type counted []*record.Case

func (cs counted) count(p pred) int {
	n := 0
	for _, c := range cs {
		if p(c) {
			n++
		}
	}
	return n
}

// percent of those in base that are also p.
func (cs counted) percent(p, base pred) float64 {
	return 100 * float64(cs.count(all(base, p))) / float64(cs.count(base))
}

// more is how many percentage points more often p in a than in b.
func (cs counted) more(p, known, a, b pred) float64 {
	return cs.percent(p, all(known, a)) - cs.percent(p, all(known, b))
}

// apart is the largest distance in percentage points between a and b over several answers.
func (cs counted) apart(known, a, b pred, answers ...pred) float64 {
	far := 0.0
	for _, p := range answers {
		d := cs.more(p, known, a, b)
		far = max(far, d, -d)
	}
	return far
}

func (cs counted) mean(number func(*record.Case) int, base pred) float64 {
	n, sum := 0, 0
	for _, c := range cs {
		if base(c) {
			n++
			sum += number(c)
		}
	}
	return float64(sum) / float64(n)
}

func supportsOf(c *record.Case) int { return len(supportCodes(c)) }

func partiesOf(c *record.Case) int {
	n := 0
	for _, k := range c.Codes[127] {
		if k > 0 {
			n++
		}
	}
	return n
}

// initiatives counts answers with the municipality's own offices as one.
func initiatives(c *record.Case) int {
	n := 0
	if soc(c) {
		n = 1
	}
	for _, k := range c.Codes[49] {
		if k < 3 || k > 7 {
			n++
		}
	}
	return n
}

func codesOf(v int, codes ...int) (ps []pred) {
	for _, k := range codes {
		ps = append(ps, chosen(v, k))
	}
	return ps
}

var bands = map[string][2]int{"18-24": {18, 24}, "25-34": {25, 34}, "35-44": {35, 44}, "45-54": {45, 54},
	"55-64": {55, 64}, "65-74": {65, 74}, "75-": {75, 130}}

func agePreds() (ps []pred) {
	for _, b := range bands {
		ps = append(ps, aged(b[0], b[1]))
	}
	return ps
}
