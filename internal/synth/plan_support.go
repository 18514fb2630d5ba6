package synth

// top is the group with the best outcome.
func (p *plan) top() group { return and(p.has(reached, code(1)), p.has(change, code(1))) }

func (p *plan) planPartner() {
	p.deal(partner, p.pool(nil), share{code(1), 810}, share{code(2), 1561})
	g := p.goals(partner)
	top := p.top()
	g.span(top, codes(1, 2), 228, 236)
	g.span(top, code(1), 94, 99) // no collaboration more often
	g.span(p.has(helped, code(1)), codes(1, 2), 2110, 2150)
	g.span(p.has(helped, code(1)), code(2), 1450, 1480)
	g.span(p.has(honour, code(1)), codes(1, 2), 245, 255)
	g.span(p.has(honour, code(1)), code(2), 185, 195)
	g.settle(p.pool(nil), 0)
}

func (p *plan) planParties() {
	with := p.has(partner, code(2))
	p.strew(parties, p.pool(with), share{code(7), 1133}, share{code(6), 293}, share{code(5), 294},
		share{code(9), 232}, share{code(2), 122}, share{code(1), 76}, share{code(3), 12},
		share{code(4), 11}, share{code(8), 7})
	g := p.goals(parties)
	for many, count := range inOrder(map[int]int{1: 1083, 2: 359, 3: 97, 4: 22}) {
		n := p.scale(count)
		g.add(with, justN, uint64(many), n, n)
	}
	hrv := p.has(honour, code(1))
	g.span(hrv, code(8), 6, 7)
	g.span(hrv, code(5), 50, 58)
	g.span(p.has(age, code(1)), code(4), 8, 11)
	g.span(p.has(age, codes(3, 4, 5, 6, 7)), code(4), 0, 0)
	g.settle(p.pool(with), codes(1, 2, 3, 4, 5, 6, 7, 8, 9))
	for i, v := range p.col[partner] {
		if v == code(1) {
			p.col[parties][i] = code(0)
		}
	}
}

func (p *plan) planAssessed() {
	p.deal(assessed, p.pool(nil), share{code(1), 1716})
	g := p.goals(assessed)
	g.percent(p.has(honour, code(1)), code(1), 66, p.scale(304))
	g.percent(p.has(honour, code(2)), code(1), 56, p.scale(2510))
	g.span(p.has(severity, code(3)), code(1), 405, 425)
	g.span(p.has(severity, code(1)), code(1), 500, 530)
	g.span(p.top(), code(1), 168, 174)
	g.exact(p.has(helped, code(1)), code(1), 1520)
	g.span(p.has(sex, code(2)), code(1), 104, 107)
	g.settle(p.pool(nil), 0)
}

func (p *plan) planInstrument() {
	with := p.has(assessed, code(1))
	p.strew(instrument, p.pool(with), share{code(1), 931}, share{code(6), 830}, share{code(2), 14},
		share{code(3), 9}, share{code(5), 28}, share{code(4), 6})
	g := p.goals(instrument)
	g.percent(nil, codes(2, 3, 5), 3, p.scale(1716))
	g.span(p.has(sex, code(2)), code(1), 45, 49) // men: the most common instrument less often
	g.span(p.has(severity, code(3)), code(1), 235, 260)
	g.settle(p.pool(with), codes(1, 2, 3, 4, 5, 6))
}

// planAgain settles the repeated assessments: a little under half unchanged, the others as
// often higher as lower, whether the goal was reached or not.
func (p *plan) planAgain() {
	met, long := p.has(reached, code(1)), p.has(length, codes(3, 4, 5, 6, 7, 8, 9))
	for _, r := range []struct {
		attr                 attr
		instrument           int
		lower, same, higher  int
		met, metSame, metLow int
	}{
		{againScale, danger, 40, 70, 38, 60, 28, 16},
		{againTalk, talk, 28, 48, 26, 42, 20, 11},
	} {
		pool := p.pool(and(long, p.has(instrument, code(r.instrument))))
		p.deal(r.attr, pool, share{code(1), r.lower}, share{code(2), r.same}, share{code(3), r.higher})
		g := p.goals(r.attr)
		g.span(met, codes(1, 2, 3), r.met-2, r.met+2)
		g.span(met, code(2), r.metSame-1, r.metSame)
		g.span(met, code(1), r.metLow-1, r.metLow+1)
		g.settle(pool, 0)
	}
}

func (p *plan) planSupports() {
	had := p.has(helped, code(1))
	p.strew(supports, p.pool(had), share{code(4), 1652}, share{code(3), 1364}, share{code(7), 734},
		share{code(10), 551}, share{code(1), 472}, share{code(8), 367}, share{code(2), 341},
		share{code(13), 236}, share{code(11), 184}, share{code(19), 105}, share{code(12), 104},
		share{code(9), 79}, share{code(5), 78}, share{code(14), 52}, share{code(6), 52},
		share{code(15), 9}, share{code(16), 4}, share{code(17), 3}, share{code(18), 6})
	g := p.goals(supports)
	g.exact(nil, codes(10, 11, 12, 13), 829)
	p.supportMeans(g, had)
	p.supportOfHonour(g)
	p.supportOfMen(g)
	// One support only: more common among those who answer the survey.
	n := p.registered(length).size()
	g.add(p.registered(length), justN, 1, n*225/1000, n*25/100)
	r := p.has(change, answered)
	g.add(r, justN, 1, r.size()*28/100, r.size()*31/100)
	g.settle(p.pool(had), codes(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19))
}

func (p *plan) supportMeans(g *goals, had group) {
	mean := func(in group, mean float64) { g.mean(and(had, in), mean, and(had, in).size()) }
	mean(p.has(honour, code(1)), 3.3)
	mean(p.has(honour, code(2)), 2.3)
	mean(p.has(reached, code(1)), 3.0)
	mean(p.has(origin, code(1)), 2.2)
	mean(p.has(origin, code(4)), 2.9)
	mean(p.has(age, code(1)), 2.9)
	mean(p.has(age, code(6)), 1.9)
	mean(p.has(severity, code(1)), 2.1)
	mean(p.has(severity, code(3)), 2.8)
	mean(p.has(disability, code(3)), 2.6)
	mean(p.has(assessed, code(1)), 2.8)
	mean(not(p.has(assessed, code(1))), 2.0)
	mean(p.has(sex, code(1)), 2.4)
	mean(p.has(sex, code(2)), 2.4)
	mean(p.top(), 2.2) // fewer than the average, though goal reached has more
}

// supportOfHonour: talks less often, everything else at least as often.
func (p *plan) supportOfHonour(g *goals) {
	hrv, ej := p.has(honour, code(1)), p.has(honour, code(2))
	g.percent(hrv, code(4), 52, p.scale(279))
	g.percent(ej, code(4), 66, p.scale(2190))
	for c, percent := range inOrder(map[int][2]float64{3: {57, 63}, 7: {40, 44}, 10: {36, 40}, 1: {28, 32},
		8: {18, 22}, 2: {17, 21}, 13: {12, 15}, 11: {10, 13}, 12: {9, 13}, 19: {4.5, 7},
		9: {3.5, 6}, 5: {3.5, 6}, 14: {3, 6}, 6: {2.5, 5}}) {
		g.between(hrv, code(c), percent[0], percent[1], p.scale(279))
	}
	g.span(hrv, codes(15, 16, 17, 18), 15, 22)
	g.span(ej, codes(15, 16, 17, 18), 0, 2)
}

// supportOfMen: sheltered housing and safety planning less often, temporary housing and
// talks somewhat more often.
func (p *plan) supportOfMen(g *goals) {
	men := p.has(sex, code(2))
	g.between(men, code(10), 12, 15, p.scale(159))
	g.between(men, code(7), 19, 22, p.scale(159))
	g.between(men, code(13), 12, 14, p.scale(159))
	g.between(men, code(4), 66, 69, p.scale(159))
}
