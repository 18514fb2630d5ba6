package oracle

import (
	"slices"
	"strconv"
)

// A trait is something that sorts cases: an id, its categories in order, and
// which of them a case has. A case may have several, or none: not registered.
type trait struct {
	id   string
	cats []string
	of   func(c *client) []string
}

func (a trait) has(c *client, cat string) bool { return slices.Contains(a.of(c), cat) }

// known tells whether the case has any of the trait's categories.
func (a trait) known(c *client) bool {
	return slices.ContainsFunc(a.of(c), func(s string) bool { return slices.Contains(a.cats, s) })
}

func (a trait) as(id string) trait { a.id = id; return a }

func (a trait) only(cats ...string) trait { a.cats = cats; return a }

// coded is a variable of the case with a code list.
func coded(v string) trait {
	return trait{v, to(codeCount[v]), func(c *client) []string { return c.codes[v] }}
}

var (
	honour     = coded("v59").only("1", "2")
	support118 = trait{"v118", to(19), (*client).supports}
	basis      = trait{"v126", to(3), func(c *client) (codes []string) {
		for _, s := range c.helped {
			if s.basis != "" {
				codes = append(codes, s.basis)
			}
		}
		return codes
	}}
	age        = trait{"alder", []string{"0-17", "18-24", "25-34", "35-44", "45-54", "55-64", "65-74", "75-"}, ageBand}
	initiative = trait{"initiativ", []string{"1", "2", "soc", "8", "9", "10", "11", "12", "13", "14"}, initiatives}
	parties    = trait{"parter", []string{"0", "1", "2", "3", "4", "5-"}, partyCount}
	days       = trait{"dagar", []string{"0", "1-90", "91-180", "181-270", "271-360", "361-450", "451-540", "541-630", "631-720", "721-"}, dayBand}
	assessed   = trait{"risk", []string{"ja", "nej"}, func(c *client) []string { return yesNo(len(c.risks) > 0) }}
	housing    = trait{"boende", []string{"ja", "nej"}, func(c *client) []string {
		return yesNo(slices.ContainsFunc(c.supports(), func(s string) bool { return s >= "10" && s <= "13" && len(s) == 2 }))
	}}
	instrument = trait{"instrument", to(6), func(c *client) (codes []string) {
		for _, r := range c.risks {
			codes = append(codes, r.instrument)
		}
		return codes
	}}
)

func yesNo(yes bool) []string {
	if yes {
		return []string{"ja"}
	}
	return []string{"nej"}
}

func ageBand(c *client) []string {
	if c.age < 0 {
		return nil
	}
	bands := []struct {
		till int
		id   string
	}{{17, "0-17"}, {24, "18-24"}, {34, "25-34"}, {44, "35-44"}, {54, "45-54"}, {64, "55-64"}, {74, "65-74"}, {120, "75-"}}
	for _, b := range bands {
		if c.age <= b.till {
			return []string{b.id}
		}
	}
	return nil
}

// initiatives groups codes 3-7, once per case.
func initiatives(c *client) (out []string) {
	for _, code := range c.codes["v49"] {
		n, _ := strconv.Atoi(code)
		if n >= 3 && n <= 7 {
			code = "soc"
		}
		if !slices.Contains(out, code) {
			out = append(out, code)
		}
	}
	return out
}

func partyCount(c *client) []string {
	switch n := len(c.codes["v127"]); {
	case n == 0:
		return nil
	case c.is("v127", "0"):
		return []string{"0"}
	case n >= 5:
		return []string{"5-"}
	default:
		return []string{strconv.Itoa(n)}
	}
}

func dayBand(c *client) []string {
	if !c.closed() {
		return nil
	}
	switch d := c.days(); {
	case d == 0:
		return []string{"0"}
	case d > 720:
		return []string{"721-"}
	default:
		first := (d-1)/90*90 + 1
		return []string{strconv.Itoa(first) + "-" + strconv.Itoa(first+89)}
	}
}
