package synth

// answered is every code of change: the case has answered the survey.
var answered = codes(1, 2, 3, 4, 5, 6, otherQuest)

// planChange settles who answers the survey, what they say of the change, and with that
// the group with the best outcome: goal reached and much improved.
func (p *plan) planChange() {
	closed := p.registered(length)
	p.deal(change, p.pool(closed), share{code(1), 418}, share{code(2), 176}, share{code(3), 67},
		share{code(4), 3}, share{code(5), 6}, share{code(6), 166}, share{code(otherQuest), 42})
	g := p.goals(change)
	met := p.has(reached, code(1))
	g.exact(met, code(1), 268)
	g.span(met, answered, 355, 375)
	p.topGoals(g, met)
	p.respondentGoals(g, closed)
	g.span(p.has(reached, code(4)), codes(1, 2), 5, 18)
	g.span(p.has(honour, code(1)), codes(4, 5), 0, 0)
	g.settle(p.pool(closed), 0)
}

// topGoals: former partners and no disability more often, and nearly all have had a
// support; sex, age, origin, severity, honour and who took contact as for all.
func (p *plan) topGoals(g *goals, met group) {
	for _, a := range []attr{sex, age, origin, severity, honour} {
		g.alike(met, code(1), 268, a, p.all(), 1.5)
	}
	g.span(and(met, p.has(initiative, code(1))), code(1), 154, 162)
	g.span(and(met, p.has(initiative, codes(3, 4, 5, 6, 7))), code(1), 61, 67)
	g.span(and(met, p.registered(perpetrator)), code(1), 262, 265)
	g.span(and(met, p.has(perpetrator, code(2))), code(1), 174, 180)
	g.span(and(met, p.has(perpetrator, code(1))), code(1), 62, 67)
	g.span(and(met, p.registered(disability)), code(1), 259, 263)
	g.span(and(met, p.has(disability, code(4))), code(1), 211, 217)
	g.span(and(met, p.has(helped, code(1))), code(1), 258, 262)
	for t, town := range p.towns {
		in := p.inTown(t)
		closed := and(in, p.registered(length)).size()
		if town.Top > 0 {
			g.exact(and(met, in), code(1), town.Top)
		} else {
			g.add(and(met, in), anyOf, code(1), 0, closed*24/100)
		}
	}
}

// respondentGoals: as all closed cases in sex, age and disability; somewhat more often
// born in Sweden with a parent born there, not exposed to honour violence, and to less
// severe violence.
func (p *plan) respondentGoals(g *goals, closed group) {
	for _, a := range []attr{sex, age, disability} {
		g.alike(p.all(), answered, 878, a, closed, 1)
	}
	shareOf := func(a attr, c int) float64 {
		return 100 * float64(and(closed, p.has(a, code(c))).size()) / float64(max(1, and(closed, p.registered(a)).size()))
	}
	within := func(a attr, c int, from, till float64) {
		known, base := p.registered(a), p.scale(860)
		g.span(known, answered, 856, 864)
		g.between(p.has(a, code(c)), answered, shareOf(a, c)+from, shareOf(a, c)+till, base)
	}
	within(origin, 1, 3, 4.5)
	within(honour, 2, 1.5, 3)
	within(severity, 1, 2.5, 4)
	within(severity, 3, -3, -1.5)
	g.span(p.has(reason, code(1)), answered, 450, 480)
	g.span(p.has(reason, code(4)), answered, 50, 70)
	g.span(p.has(reason, code(6)), answered, 0, 0)
	g.span(not(p.has(helped, code(1))), answered, 28, 40)
	g.span(p.has(length, code(sameDay)), answered, 50, 75)
}

func (p *plan) all() group { return not(make(group, p.n)) }

func (p *plan) planMeaning() {
	who := p.has(change, answered)
	p.deal(meaning, p.pool(who), share{code(5), 131}, share{code(4), 376}, share{code(3), 82},
		share{code(2), 49}, share{code(1), 8}, share{code(6), 172})
	g := p.goals(meaning)
	any := codes(1, 2, 3, 4, 5, 6)
	better := p.has(change, codes(1, 2))
	g.exact(p.has(change, code(otherQuest)), any, 42)
	g.span(better, any, 586, 594)
	g.span(better, code(6), 15, 30)
	g.span(p.has(change, code(6)), code(6), 90, 115)
	g.span(p.has(change, code(1)), code(5), 100, 115)
	g.settle(p.pool(who), 0)
}

func (p *plan) planInfluence() {
	who := p.has(change, answered)
	p.deal(influence, p.pool(who), share{code(5), 126}, share{code(4), 345}, share{code(3), 78},
		share{code(2), 31}, share{code(1), 8}, share{code(6), 196})
	g := p.goals(influence)
	g.span(p.has(change, code(6)), code(6), 70, 90)
	g.span(p.has(change, code(1)), codes(4, 5), 260, 285)
	g.settle(p.pool(who), 0)
}

func (p *plan) planPositive() {
	who := p.has(change, answered)
	p.deal(positive, p.pool(who), share{code(1), 612}, share{code(2), 71}, share{code(3), 118})
	g := p.goals(positive)
	g.span(p.has(change, code(1)), code(1), 330, 350)
	g.settle(p.pool(who), 0)
}
