package synth

import (
	"math"
	"math/rand/v2"
)

// reportCases is the number of cases in the report. Every count in the plan is that of
// the report and is scaled when another number of cases is asked for.
const reportCases = 3070

// share is a number of cases that get an answer.
type share struct {
	codes uint64
	count int
}

// code gives the bit of a code.
func code(c int) uint64 { return 1 << c }

// codes gives the bits of several codes.
func codes(cs ...int) uint64 {
	var m uint64
	for _, c := range cs {
		m |= code(c)
	}
	return m
}

// plan is the population while it is made.
type plan struct {
	n     int
	seed  uint64
	towns []Town
	town  []int32 // by case, index in towns
	col   [attrs]column
	unmet map[attr]int // what could not be met, by variable
}

func newPlan(n int, seed uint64, towns []Town) *plan {
	p := &plan{n: n, seed: seed, towns: towns, unmet: map[attr]int{}}
	for a := range p.col {
		p.col[a] = make(column, n)
	}
	return p
}

// rng gives a generator for one step of the plan, so that a change in one step does not
// move the others.
func (p *plan) rng(step uint64) *rand.Rand {
	return rand.New(rand.NewPCG(p.seed, 0x5359_4e54_4800+step))
}

// scale gives a count of the report at this size.
func (p *plan) scale(count int) int {
	if p.n == reportCases {
		return count
	}
	return int(math.Round(float64(count) * float64(p.n) / reportCases))
}

// has gives the cases with any of the codes.
func (p *plan) has(a attr, codes uint64) group {
	g := make(group, p.n)
	for i, v := range p.col[a] {
		g[i] = v&codes != 0
	}
	return g
}

// registered gives the cases with any answer.
func (p *plan) registered(a attr) group { return p.has(a, ^uint64(0)) }

func and(gs ...group) group {
	out := make(group, len(gs[0]))
	for i := range out {
		out[i] = true
		for _, g := range gs {
			out[i] = out[i] && g[i]
		}
	}
	return out
}

func not(g group) group {
	out := make(group, len(g))
	for i := range out {
		out[i] = !g[i]
	}
	return out
}

func (g group) size() int {
	n := 0
	for _, in := range g {
		if in {
			n++
		}
	}
	return n
}

// pool gives the numbers of the cases in a group; nil means all.
func (p *plan) pool(g group) []int32 {
	out := make([]int32, 0, p.n)
	for i := range int32(p.n) {
		if g == nil || g[i] {
			out = append(out, i)
		}
	}
	return out
}

// percentSpan gives the counts that are printed as a whole percentage. Exact halves are
// left out, so that it does not matter which way they are rounded.
func percentSpan(percent float64, of int) (lo, hi int) {
	lo = int(math.Floor((percent-0.5)*float64(of)/100+1e-9)) + 1
	hi = int(math.Ceil((percent+0.5)*float64(of)/100-1e-9)) - 1
	lo = max(lo, 0)
	if hi < lo { // so few cases that no count is printed so
		lo = int(math.Round(percent * float64(of) / 100))
		hi = lo
	}
	return lo, hi
}

// meanSpan gives the sums whose mean is printed with one decimal, with some room at both
// ends.
func meanSpan(mean float64, of int) (lo, hi int) {
	lo = int(math.Ceil((mean - 0.04) * float64(of)))
	hi = int(math.Floor((mean + 0.04) * float64(of)))
	return lo, max(lo, hi)
}

// deal gives each share's answer to so many cases of the pool, drawn without order. The
// rest of the pool stays without an answer.
func (p *plan) deal(a attr, pool []int32, shares ...share) {
	rng := p.rng(uint64(a) * 2)
	rng.Shuffle(len(pool), func(i, j int) { pool[i], pool[j] = pool[j], pool[i] })
	at := 0
	for _, s := range shares {
		for n := p.scale(s.count); n > 0 && at < len(pool); n-- {
			p.col[a][pool[at]] = s.codes
			at++
		}
	}
}

// strew gives single codes to the pool so that every case gets at least one and each code
// goes to so many cases.
func (p *plan) strew(a attr, pool []int32, shares ...share) {
	rng := p.rng(uint64(a) * 2)
	var tokens []uint64
	for _, s := range shares {
		for n := min(p.scale(s.count), len(pool)); n > 0; n-- {
			tokens = append(tokens, s.codes)
		}
	}
	rng.Shuffle(len(tokens), func(i, j int) { tokens[i], tokens[j] = tokens[j], tokens[i] })
	rng.Shuffle(len(pool), func(i, j int) { pool[i], pool[j] = pool[j], pool[i] })
	for k, t := range tokens {
		if k < len(pool) {
			p.col[a][pool[k]] = t
			continue
		}
		at := rng.IntN(len(pool))
		for p.col[a][pool[at]]&t != 0 {
			at = (at + 1) % len(pool)
		}
		p.col[a][pool[at]] |= t
	}
}
