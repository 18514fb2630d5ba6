package synth

import "math"

// goals collects what a column shall meet, then settles it.
type goals struct {
	p    *plan
	attr attr
	list []goal
}

func (p *plan) goals(a attr) *goals { return &goals{p: p, attr: a} }

func (g *goals) add(in group, m measure, codes uint64, lo, hi int) {
	g.list = append(g.list, goal{in, m, codes, lo, hi})
}

// exact asks for a count of the report.
func (g *goals) exact(in group, codes uint64, count int) {
	n := g.p.scale(count)
	g.add(in, anyOf, codes, n, n)
}

// span asks for a count of the report between two.
func (g *goals) span(in group, codes uint64, lo, hi int) {
	f := float64(g.p.n) / reportCases
	g.add(in, anyOf, codes, int(math.Floor(float64(lo)*f)), int(math.Ceil(float64(hi)*f)))
}

// percent asks for a percentage as it is printed, of a base that other goals or earlier
// steps have fixed.
func (g *goals) percent(in group, codes uint64, percent float64, base int) {
	lo, hi := percentSpan(percent, base)
	g.add(in, anyOf, codes, lo, hi)
}

// between asks for a percentage between two.
func (g *goals) between(in group, codes uint64, from, till float64, base int) {
	lo := int(math.Ceil(from * float64(base) / 100))
	hi := int(math.Floor(till * float64(base) / 100))
	g.add(in, anyOf, codes, lo, max(lo, hi))
}

// mean asks for a mean number of codes as it is printed.
func (g *goals) mean(in group, mean float64, base int) {
	lo, hi := meanSpan(mean, base)
	g.add(in, sizeOf, 0, lo, hi)
}

// alike asks that those of a group who get the codes answer another, earlier variable as
// the whole of like does: each of its codes within so many percentage points.
func (g *goals) alike(in group, codes uint64, count int, other attr, like group, points float64) {
	base := and(like, g.p.registered(other))
	known := and(in, g.p.registered(other))
	among := float64(base.size())
	if among == 0 {
		return
	}
	expect := float64(g.p.scale(count)) * among / float64(max(1, like.size()))
	g.add(known, anyOf, codes, int(expect*0.985), int(math.Ceil(expect*1.015)))
	for c := range 64 {
		part := and(base, g.p.has(other, code(c))).size()
		if part == 0 {
			continue
		}
		want, slack := float64(part)/among*expect, points/100*expect
		lo, hi := int(math.Ceil(want-slack)), int(math.Floor(want+slack))
		g.add(and(in, g.p.has(other, code(c))), anyOf, codes, max(0, lo), max(lo, hi))
	}
}

// settle moves whole answers, or single codes when shift names them, within the pool.
func (g *goals) settle(pool []int32, shift uint64) {
	if len(pool) < 2 {
		return
	}
	s := settler{col: g.p.col[g.attr], pool: pool, goals: g.list, shift: shift,
		rng: g.p.rng(uint64(g.attr)*2 + 1)}
	if left := s.settle(); left > 0 {
		g.p.unmet[g.attr] = left
	}
}
