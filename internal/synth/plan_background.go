package synth

// The counts in the plan_*.go files are chosen so that they are printed as the report
// prints them. Where the report gives no figure ("in somewhat lower extent") a moderate
// one is made up; docs/methods/synthetic-cases.md lists those.

// planTowns places the cases in municipalities, size class first.
func (p *plan) planTowns() {
	sizes := scaleTo(p.n, p.towns)
	p.town = make([]int32, 0, p.n)
	for t, count := range sizes {
		for range count {
			p.town = append(p.town, int32(t))
		}
	}
	p.rng(1000).Shuffle(p.n, func(i, j int) { p.town[i], p.town[j] = p.town[j], p.town[i] })
	for i, t := range p.town {
		p.col[size][i] = code(p.towns[t].sizeClass())
	}
}

func (p *plan) planHonour() {
	p.deal(honour, p.pool(nil), share{code(1), 304}, share{code(2), 2510}, share{code(3), 173})
	g := p.goals(honour)
	small, known := p.has(size, code(1)), 0.973
	base := int(float64(small.size()) * known)
	g.between(small, codes(1, 2, 3), 95, 99.5, small.size())
	g.between(small, code(1), 4, 6.5, base)
	for c := 2; c <= 4; c++ {
		in := p.has(size, code(c))
		g.between(in, code(1), 9.3, 11.5, int(float64(in.size())*known))
	}
	g.settle(p.pool(nil), 0)
}

func (p *plan) planSex() {
	p.deal(sex, p.pool(nil), share{code(1), 2858}, share{code(2), 190})
	g := p.goals(sex)
	g.exact(p.has(honour, code(1)), code(2), 19)
	g.exact(p.has(honour, code(1)), code(1), 283)
	g.exact(p.registered(honour), code(2), 185)
	g.span(p.registered(honour), code(1), 2779, 2783)
	for c := 1; c <= 4; c++ {
		in := p.has(size, code(c))
		g.between(in, code(2), 5, 7.5, in.size())
	}
	g.settle(p.pool(nil), 0)
}

func (p *plan) planAge() {
	p.deal(age, p.pool(nil), share{code(1), 362}, share{code(2), 966}, share{code(3), 962},
		share{code(4), 451}, share{code(5), 162}, share{code(6), 64}, share{code(7), 39})
	g := p.goals(age)
	any := codes(1, 2, 3, 4, 5, 6, 7)
	hrv, ej := p.has(honour, code(1)), p.has(honour, code(2))
	women, men := p.has(sex, code(1)), p.has(sex, code(2))
	g.exact(hrv, any, 296)
	g.exact(ej, any, 2484)
	g.exact(women, any, 2809)
	g.exact(men, any, 184)
	for c, percent := range []float64{1: 34, 34, 21, 9, 3, 0, 0} {
		if c > 0 {
			g.percent(hrv, code(c), percent, p.scale(296))
		}
	}
	for c, percent := range []float64{1: 9, 32, 34, 16, 6, 2, 1} {
		if c > 0 {
			g.percent(ej, code(c), percent, p.scale(2484))
		}
	}
	// Nine in ten men and seven in ten women exposed to honour violence are 18-34. Of the
	// women 9 percent are 45-54 (see Conflicts for the sentence that says otherwise).
	hrvMen, hrvWomen := and(hrv, men), and(hrv, women)
	g.exact(hrvMen, any, 19)
	g.exact(hrvMen, codes(1, 2), 17)
	g.exact(hrvWomen, any, 276)
	g.percent(hrvWomen, code(4), 9, p.scale(276))
	g.exact(men, codes(6, 7), 14)
	g.exact(men, code(6), 9)
	g.exact(men, code(1), 31)
	for c, span := range [][2]int{2: {52, 58}, {52, 57}, {23, 27}, {9, 12}} {
		if c > 1 {
			g.span(men, code(c), span[0], span[1])
		}
	}
	g.settle(p.pool(nil), 0)
}

func (p *plan) planOrigin() {
	p.deal(origin, p.pool(nil), share{code(1), 1733}, share{code(2), 184}, share{code(3), 246},
		share{code(4), 731}, share{code(5), 123})
	g := p.goals(origin)
	hrv, ej, men := p.has(honour, code(1)), p.has(honour, code(2)), p.has(sex, code(2))
	known := codes(1, 2, 3, 4)
	g.exact(hrv, known, 284)
	g.exact(ej, known, 2405)
	g.percent(hrv, code(1), 8, p.scale(284))
	g.percent(hrv, code(3), 8, p.scale(284))
	g.span(hrv, code(4), 160, 168)
	g.alike(men, codes(1, 2, 3, 4, 5), 187, sex, men, 2)
	for c, span := range [][2]int{1: {106, 109}, {10, 12}, {14, 16}, {44, 46}} {
		if c > 0 {
			g.span(men, code(c), span[0], span[1])
		}
	}
	g.settle(p.pool(nil), 0)
}

func (p *plan) planDisability() {
	p.deal(disability, p.pool(nil),
		share{codes(1, 2), 30}, share{codes(2, 3), 20}, share{codes(1, 3), 6}, share{codes(1, 2, 3), 4},
		share{code(1), 80}, share{code(2), 424}, share{code(3), 60},
		share{code(4), 2250}, share{code(5), 116})
	g := p.goals(disability)
	hrv, men := p.has(honour, code(1)), p.has(sex, code(2))
	g.span(hrv, codes(1, 2, 3, 4, 5), 294, 298)
	g.span(hrv, code(1), 11, 13)
	g.span(hrv, code(2), 46, 49)
	g.span(hrv, code(3), 8, 10)
	g.span(men, codes(1, 2, 3, 4, 5), 183, 187)
	g.span(men, code(1), 7, 8)
	g.span(men, code(2), 28, 31)
	g.settle(p.pool(nil), 0)
}

// planInitiative: ten municipal units answer as one in the diagram, 722 cases have any of
// them, 15 of these two.
func (p *plan) planInitiative() {
	p.strew(initiative, p.someOf(nil, 3008, 1001), share{code(1), 1776},
		share{code(3), 225}, share{code(4), 56}, share{code(5), 316}, share{code(6), 70}, share{code(7), 40},
		share{codes(4, 5), 6}, share{codes(3, 5), 9},
		share{code(14), 271}, share{code(8), 211}, share{code(10), 150}, share{code(13), 90},
		share{code(11), 60}, share{code(2), 24}, share{code(12), 10}, share{code(9), 3})
	g := p.goals(initiative)
	offices := codes(3, 4, 5, 6, 7)
	g.exact(nil, offices, 722)
	g.settle(p.pool(p.registered(initiative)), code(1)|codes(8, 10, 13, 14)|offices)
}

func (p *plan) planChildren() {
	grown := and(p.has(age, codes(1, 2, 3, 4)), not(p.has(perpetrator, code(5))))
	p.strew(children, p.someOf(grown, 1290, 1002), share{code(1), 610}, share{code(2), 340},
		share{code(3), 320}, share{code(4), 560}, share{code(5), 430}, share{code(6), 480}, share{code(7), 110})
}

// someOf draws so many cases of a group.
func (p *plan) someOf(in group, count int, step uint64) []int32 {
	pool := p.pool(in)
	p.rng(step).Shuffle(len(pool), func(i, j int) { pool[i], pool[j] = pool[j], pool[i] })
	return pool[:min(p.scale(count), len(pool))]
}
