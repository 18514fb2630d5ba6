package synth

func (p *plan) planSeverity() {
	p.deal(severity, p.pool(nil), share{code(1), 991}, share{code(2), 1341}, share{code(3), 584})
	g := p.goals(severity)
	any := codes(1, 2, 3)
	young := p.has(age, code(1))
	g.exact(young, any, 345)
	g.percent(young, code(3), 23, p.scale(345))
	g.percent(young, code(2), 50, p.scale(345))
	hrv, ej, men := p.has(honour, code(1)), p.has(honour, code(2)), p.has(sex, code(2))
	g.exact(hrv, any, 292)
	g.percent(hrv, code(3), 37, p.scale(292))
	g.exact(ej, any, 2400)
	g.percent(ej, code(3), 18, p.scale(2400))
	g.span(men, any, 179, 181)
	g.span(men, code(3), 23, 26) // less often very severe
	for c := 1; c <= 4; c++ {    // no difference between small and large municipalities
		in := p.has(size, code(c))
		base := in.size() * 95 / 100
		g.between(in, any, 94, 96, in.size())
		g.between(in, code(1), 32.5, 35.5, base)
		g.between(in, code(3), 18.5, 21.5, base)
	}
	g.settle(p.pool(nil), 0)
}

func (p *plan) planPerpetrator() {
	pool := p.someOf(nil, 3013, 1003)
	p.strew(perpetrator, pool, share{code(2), 1785}, share{code(1), 941}, share{code(3), 241},
		share{code(4), 151}, share{code(5), 67}, share{code(6), 271})
	g := p.goals(perpetrator)
	partners, kin := codes(1, 2), codes(3, 4)
	hrv, men := p.has(honour, code(1)), p.has(sex, code(2))
	g.percent(nil, partners, 90, p.scale(3013))
	g.span(nil, partners, 2703, 2710)
	// Honour violence: partners less often, parents and other relatives more often.
	g.span(hrv, partners, 195, 205)
	g.span(hrv, code(3), 105, 115)
	g.span(hrv, code(4), 70, 78)
	g.span(hrv, code(5), 2, 5)
	// Men: parents and others more often, former partners less often.
	g.span(men, code(2), 88, 96)
	g.span(men, code(1), 56, 62)
	g.span(men, code(3), 27, 31)
	g.span(men, code(6), 28, 32)
	// A child of one's own who uses violence is seldom that of a young parent.
	g.span(p.has(age, codes(1)), code(5), 0, 0)
	g.span(p.has(age, codes(2)), code(5), 0, 3)
	g.span(p.has(age, codes(1)), code(3), 70, 95)
	g.span(p.has(age, codes(5, 6, 7)), code(3), 0, 4)
	g.span(nil, kin, 320, 360)
	g.settle(pool, codes(1, 2, 3, 4, 5, 6))
}
