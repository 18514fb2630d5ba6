package synth

// planLength settles who is closed and after how long. Days 0 and 1-640 are all there is:
// the 293 closed cases outside the report's bands are closed the same day here.
func (p *plan) planLength() {
	p.deal(length, p.pool(nil), share{code(1), 293}, share{code(2), 1023}, share{code(3), 564},
		share{code(4), 269}, share{code(5), 135}, share{code(6), 85}, share{code(7), 46},
		share{code(8), 27}, share{code(9), 14})
	g := p.goals(length)
	closed := ^uint64(0)
	hrv, ej, men := p.has(honour, code(1)), p.has(honour, code(2)), p.has(sex, code(2))
	g.exact(hrv, closed, 243)
	g.exact(ej, closed, 2010)
	g.exact(men, closed, 152)
	for b, of := range inOrder(lengthShares) { // no difference in time
		g.between(hrv, code(b), max(0, of-2), of+2, p.scale(243))
		g.between(ej, code(b), max(0, of-1), of+1, p.scale(2010))
	}
	for t, town := range p.towns {
		in := p.inTown(t)
		if town.Closed > 0 {
			g.exact(in, closed, town.Closed)
		}
	}
	g.settle(p.pool(nil), 0)
}

// lengthShares is the part of the closed cases in each band, in percent.
var lengthShares = map[int]float64{1: 11.9, 2: 41.7, 3: 23.0, 4: 11.0, 5: 5.5, 6: 3.5}

func (p *plan) inTown(t int) group {
	g := make(group, p.n)
	for i, at := range p.town {
		g[i] = int(at) == t
	}
	return g
}

func (p *plan) planHelped() {
	p.deal(helped, p.pool(nil), share{code(1), 2623})
	g := p.goals(helped)
	g.exact(p.has(honour, code(1)), code(1), 279)
	g.exact(p.has(honour, code(2)), code(1), 2190)
	g.exact(p.has(sex, code(1)), code(1), 2457)
	g.exact(p.has(sex, code(2)), code(1), 159)
	g.span(p.has(length, code(sameDay)), code(1), 135, 145)
	g.span(p.has(length, code(firstBand)), code(1), 880, 900)
	g.span(p.has(length, codes(5, 6, 7, 8, 9)), code(1), 303, 307)
	g.span(not(p.registered(length)), code(1), 500, 515)
	g.settle(p.pool(nil), 0)
}

func (p *plan) planReason() {
	closed := p.registered(length)
	p.deal(reason, p.pool(closed), share{code(1), 773}, share{code(2), 192}, share{code(3), 746},
		share{code(4), 408}, share{code(5), 137}, share{code(6), 4}, share{code(7), 161})
	g := p.goals(reason)
	three := codes(1, 3, 4)
	for _, b := range []struct{ band, of, reached, declined, gone int }{
		{2, 700, 147, 357, 196}, {3, 455, 209, 155, 91}, {4, 245, 142, 59, 44}, {5, 126, 92, 16, 18},
	} {
		in := p.has(length, code(b.band))
		g.exact(in, three, b.of)
		g.exact(in, code(1), b.reached)
		g.exact(in, code(3), b.declined)
		g.exact(in, code(4), b.gone)
	}
	g.span(p.has(length, codes(6, 7, 8, 9)), code(1), 110, 128)
	g.span(p.has(length, codes(6, 7, 8, 9)), code(2), 0, 2)
	g.span(p.has(length, codes(4, 5)), code(2), 0, 12)
	unhelped := not(p.has(helped, code(1)))
	g.span(unhelped, code(2), 140, 150)
	g.span(unhelped, code(1), 5, 14)
	g.settle(p.pool(closed), 0)
}

func (p *plan) planReached() {
	closed := p.registered(length)
	p.deal(reached, p.pool(closed), share{code(1), 728}, share{code(2), 458}, share{code(3), 229},
		share{code(4), 125}, share{code(5), 542})
	g := p.goals(reached)
	any := codes(1, 2, 3, 4, 5)
	goalMet := p.has(reason, code(1))
	g.span(goalMet, code(1), 590, 620)
	g.span(goalMet, code(2), 65, 90)
	g.span(goalMet, codes(3, 4), 4, 12)
	g.span(goalMet, any, 715, 735)
	g.span(p.has(reason, code(2)), any, 30, 45)
	unhelped := not(p.has(helped, code(1)))
	g.span(unhelped, any, 105, 130)
	g.span(unhelped, code(1), 9, 14)
	// Honour violence: somewhat higher goal fulfilment, fewer changes for the worse.
	hrv := p.has(honour, code(1))
	g.exact(hrv, any, 206)
	g.span(hrv, code(1), 77, 81)
	g.span(hrv, code(4), 4, 7)
	// Men: no difference in goals met, fewer changes for the worse.
	men := p.has(sex, code(2))
	g.exact(men, any, 128)
	g.span(men, code(1), 44, 46)
	g.span(men, code(2), 27, 29)
	g.span(men, code(4), 3, 4)
	if best := p.bestTown(); best >= 0 {
		g.span(p.inTown(best), code(1), 9, 12)
	}
	g.settle(p.pool(closed), 0)
}

// bestTown gives the small municipality with the best outcome, -1 when there is none.
func (p *plan) bestTown() int {
	for t, town := range p.towns {
		if town.Top > 0 {
			return t
		}
	}
	return -1
}

func (p *plan) planAim() {
	p.deal(aim, p.pool(nil), share{code(1), 262}, share{code(2), 2310}, share{code(3), 78})
	g := p.goals(aim)
	known := p.registered(reached)
	g.span(known, code(2), 1940, 1990)
	g.span(known, code(1), 20, 40)
	g.span(known, code(3), 30, 60)
	g.settle(p.pool(nil), 0)
}

func (p *plan) planCarried() {
	had := p.has(helped, code(1))
	p.deal(carried, p.pool(had), share{code(1), 905}, share{code(2), 394}, share{code(3), 512}, share{code(4), 170})
	g := p.goals(carried)
	any := codes(1, 2, 3, 4)
	open, men := not(p.registered(length)), p.has(sex, code(2))
	g.span(open, any, 60, 80)
	g.span(p.has(reason, code(1)), code(1), 560, 600)
	g.span(p.has(reason, code(1)), code(3), 0, 8)
	g.span(p.has(reason, codes(3, 4)), code(3), 370, 400)
	g.exact(men, any, 120)
	g.span(men, code(3), 21, 24) // men break off less often
	g.settle(p.pool(had), 0)
}
