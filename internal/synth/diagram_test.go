package synth

import (
	"fmt"
	"strconv"
	"testing"

	"foljsam/internal/record"
)

func TestDiagrams(t *testing.T) {
	reportPages(t, func(p *page, f figures, _ []Package) {
		for id := 1; id <= 27; id++ {
			name := fmt.Sprintf("d%02d", id)
			if _, ok := f.Diagrams[name]; !ok {
				t.Errorf("%s is missing in testdata", name)
			}
		}
		for _, id := range []string{"d02", "d04", "d05", "d07", "d08", "d11", "d14", "d15", "d18", "d19", "d20"} {
			p.frequencies(id, f.Diagrams[id])
		}
		p.funnel(f.Diagrams["d01"])
		p.ages(f.Diagrams["d03"])
		p.initiatives(f.Diagrams["d06"])
		p.supports(f.Diagrams["d09"])
		p.means(f.Diagrams["d10"])
		p.parties(f.Diagrams["d12"], f.Diagrams["d13"])
		p.lengths(f.Diagrams["d16"])
		p.reasons(f.Diagrams["d17"])
		p.honourAges(f.Diagrams["d21"])
		p.honourOrigins(f.Diagrams["d22"])
		p.honourSupports(f.Diagrams["d23"])
		p.bases(f.Diagrams["d24"], f.Diagrams["d25"])
		p.risks(f.Diagrams["d26"], f.Diagrams["d27"])
	})
}

// cell compares one cell of a diagram over a base.
func (p *page) cell(id string, c cell, who, base pred) {
	p.t.Helper()
	n, of := p.cs.count(all(base, who)), p.cs.count(base)
	if c.Count != nil {
		p.count(id+".antal", *c.Count, n)
	}
	if c.Percent != nil {
		p.percent(id, *c.Percent, n, of)
	}
}

func (p *page) frequencies(id string, d diagram) {
	v, _ := strconv.Atoi(d.Variable[1:])
	base := baseOf(id, v)
	p.count(id+".n", d.N, p.cs.count(base))
	for _, c := range d.Cells {
		p.cell(fmt.Sprintf("%s.%d", id, *c.Code), c, chosen(v, *c.Code), base)
	}
}

func (p *page) funnel(d diagram) {
	who := map[string]pred{"aktualiserade": every, "insats": hasSupport, "avslutade": isClosed,
		"avslutsorsak": answeredV(257), "maluppfoljning": answeredV(192), "enkat": svarat}
	for _, c := range d.Cells {
		base := pred(every)
		if c.Of == "avslutade" {
			base = isClosed
		}
		p.count("d01."+c.Phase, *c.Registered, p.cs.count(all(base, who[c.Phase])))
		if c.Missing != nil {
			p.count("d01."+c.Phase+".ej", *c.Missing, p.cs.count(all(base, none(who[c.Phase]))))
		}
	}
}

func (p *page) ages(d diagram) {
	p.count("d03.n", d.N, p.cs.count(ageKnown))
	p.count("d03.0-17", 0, p.cs.count(aged(0, 17)))
	for _, c := range d.Cells {
		b := bands[c.Band]
		p.cell("d03."+c.Band, c, aged(b[0], b[1]), ageKnown)
	}
}

func (p *page) initiatives(d diagram) {
	sum := 0
	for _, c := range p.cs {
		sum += initiatives(c)
	}
	p.count("d06.svar", d.Printed, sum)
	for _, c := range d.Cells {
		p.cell(fmt.Sprintf("d06.%v", c.Codes), c, chosen(49, c.Codes...), answeredV(49))
	}
}

func (p *page) supports(d diagram) {
	p.count("d09.n", d.N, p.cs.count(hasSupport))
	rarest := p.cs.count(hasSupport)
	for _, c := range d.Cells {
		p.cell(fmt.Sprintf("d09.%d", *c.Code), c, supported(*c.Code), hasSupport)
		rarest = min(rarest, p.cs.count(supported(*c.Code)))
	}
	for k := 15; k <= 18; k++ { // not among the most common
		p.say(fmt.Sprintf("d09.%d", k), "sällsynt", "vanlig", p.cs.count(supported(k)) < rarest)
	}
}

func (p *page) means(d diagram) {
	who := []pred{hrv, chosen(192, 1), chosen(20, 4), aged(18, 24), chosen(67, 3), riskDone, chosen(19, 3), every, ej,
		chosen(20, 1), chosen(67, 1), none(riskDone), aged(65, 74)}
	for i, c := range d.Cells {
		p.mean("d10."+c.Group, *c.Mean, p.cs.mean(supportsOf, all(hasSupport, who[i])))
	}
}

func (p *page) parties(d12, d13 diagram) {
	p.count("d12.n", d12.N, p.cs.count(anyParty))
	for _, c := range d12.Cells {
		p.cell(fmt.Sprintf("d12.%d", *c.Code), c, chosen(127, *c.Code), anyParty)
	}
	p.count("d13.n", d13.N, p.cs.count(answeredV(127)))
	for _, c := range d13.Cells {
		p.cell(fmt.Sprintf("d13.%d", *c.Actors), c, partiesAre(*c.Actors), answeredV(127))
	}
}

func (p *page) lengths(d diagram) {
	p.count("d16.n", d.N, p.cs.count(days(1, 720)))
	p.count("d16.utanför", 293, p.cs.count(isClosed)-p.cs.count(days(1, 720)))
	for _, c := range d.Cells {
		from, till := span(c.Days)
		p.count("d16."+c.Days, *c.Count, p.cs.count(days(from, till)))
	}
}

func (p *page) reasons(d diagram) {
	p.count("d17.n", d.N, p.cs.count(all(days(1, 360), chosen(257, 1, 3, 4))))
	for _, c := range d.Cells {
		from, till := span(c.Days)
		p.cell(fmt.Sprintf("d17.%s.%d", c.Days, *c.Code), c, chosen(257, *c.Code), all(days(from, till), chosen(257, 1, 3, 4)))
	}
}

func (p *page) honourAges(d diagram) {
	p.twoGroups("d21", d, func(c cell) (string, pred) {
		return c.Band, aged(bands[c.Band][0], bands[c.Band][1])
	}, ageKnown)
}

func (p *page) honourOrigins(d diagram) {
	p.twoGroups("d22", d, func(c cell) (string, pred) {
		return strconv.Itoa(*c.Code), chosen(20, *c.Code)
	}, chosen(20, 1, 2, 3, 4))
}

func (p *page) honourSupports(d diagram) {
	p.twoGroups("d23", d, func(c cell) (string, pred) {
		return strconv.Itoa(*c.Code), supported(*c.Code)
	}, hasSupport)
}

func (p *page) twoGroups(id string, d diagram, of func(cell) (string, pred), base pred) {
	p.count(id+".n_hrv", d.Honour, p.cs.count(all(hrv, base)))
	p.count(id+".n_ej_hrv", d.Other, p.cs.count(all(ej, base)))
	for _, c := range d.Cells {
		name, who := of(c)
		if c.Hrv != nil {
			p.cell(id+".hrv."+name, cell{Percent: c.Hrv}, who, all(hrv, base))
		}
		if c.Ej != nil {
			p.cell(id+".ej_hrv."+name, cell{Percent: c.Ej}, who, all(ej, base))
		}
	}
}

func (p *page) bases(d24, d25 diagram) {
	p.count("d24.n_kvinnor", d24.Women, p.cs.count(all(women, ageKnown)))
	p.count("d24.n_man", d24.Men, p.cs.count(all(men, ageKnown)))
	p.count("d25.n_kvinnor", d25.Women, p.cs.count(all(women, hasSupport)))
	p.count("d25.n_man", d25.Men, p.cs.count(all(men, hasSupport)))
}

func (p *page) risks(d26, d27 diagram) {
	p.count("d26.n", d26.N, len(p.cs))
	p.cell("d26.ja", d26.Cells[0], riskDone, every)
	p.count("d27.n", d27.N, p.cs.count(riskDone))
	for _, c := range d27.Cells {
		if c.Code != nil {
			p.cell(fmt.Sprintf("d27.%d", *c.Code), c, instrumented(*c.Code), riskDone)
			continue
		}
		p.cell(fmt.Sprintf("d27.%v", c.Together), c, instrumented(c.Together...), riskDone)
	}
}

func partiesAre(n int) pred {
	return func(c *record.Case) bool { return partiesOf(c) == n }
}

// span reads "91-180".
func span(s string) (from, till int) {
	fmt.Sscanf(s, "%d-%d", &from, &till)
	return from, till
}
