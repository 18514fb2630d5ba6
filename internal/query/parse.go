package query

import (
	"slices"
	"strconv"
	"strings"

	"foljsam/internal/codebook"
	"foljsam/internal/fault"
)

// Parse reads a set from its name, as an address or a command line holds it:
//
//	v59=1            a code            v49=3,4,5     any of some codes
//	v59              registered        !v118         not
//	v15:25..44       a number's span   v15:65..      65 and more
//	n118:1..1        how many codes    d5-256:0..90  days from one date to another
//	y5:2022..2022    the year          t5:19000..19100  the day, from 1 January 1970
//	l.hos_oss=2       a local variable's code; l.hos_oss#2=1 where several may be chosen
//	r1:lagre         how the repeated assessments with instrument 1 moved
//	a&b  (a|b)       both, either; brackets as usual; * is every case
//
// Variables and codes must be the codebook's. Parse(s.String()) is s for every set.
func Parse(cb *codebook.Codebook, text string) (Set, error) {
	p := &parser{cb: cb, rest: strings.TrimSpace(text)}
	s := p.either()
	if p.bad || p.rest != "" {
		return Set{}, fault.New(fault.Usage, "query.cannot_read", "at", p.rest)
	}
	return s, nil
}

type parser struct {
	cb    *codebook.Codebook
	rest  string
	bad   bool
	depth int
}

// maxDepth is how deep brackets may stand in each other.
const maxDepth = 50

func (p *parser) fail() Set {
	p.bad = true
	return Set{}
}

func (p *parser) take(s string) bool {
	p.rest = strings.TrimLeft(p.rest, " ")
	if !strings.HasPrefix(p.rest, s) || p.bad {
		return false
	}
	p.rest = p.rest[len(s):]
	return true
}

func (p *parser) either() Set {
	sets := []Set{p.both()}
	for p.take("|") {
		sets = append(sets, p.both())
	}
	if len(sets) == 1 {
		return sets[0]
	}
	return Or(sets...)
}

func (p *parser) both() Set {
	sets := []Set{p.one()}
	for p.take("&") {
		sets = append(sets, p.one())
	}
	return And(sets...)
}

func (p *parser) one() Set {
	if p.depth++; p.depth > maxDepth {
		return p.fail()
	}
	defer func() { p.depth-- }()
	switch {
	case p.take("!"):
		return Not(p.one())
	case p.take("("):
		s := p.either()
		if !p.take(")") {
			return p.fail()
		}
		return s
	case p.take("*"):
		return All()
	}
	return p.word()
}

// word reads what stands until the next sign.
func (p *parser) word() Set {
	p.rest = strings.TrimLeft(p.rest, " ")
	end := strings.IndexAny(p.rest, "&|()! ")
	if end < 0 {
		end = len(p.rest)
	}
	w := p.rest[:end]
	s, ok := p.meaning(w)
	if !ok {
		return p.fail()
	}
	p.rest = p.rest[end:]
	return s
}

func (p *parser) meaning(w string) (Set, bool) {
	left, span, isSpan := strings.Cut(w, ":")
	name, codes, isCodes := strings.Cut(w, "=")
	switch {
	case w == "":
		return Set{}, false
	case strings.HasPrefix(w, "l."):
		return p.ownSet(w)
	case isSpan && w[0] == 'r':
		return changed(left[1:], span)
	case isSpan:
		return p.span(left, span)
	case isCodes:
		return p.codes(name, codes)
	}
	v, ok := p.variable(w)
	if !ok {
		return Set{}, false
	}
	return Registered(v), true
}

// variable reads "v59"; it must be the codebook's.
func (p *parser) variable(w string) (int, bool) {
	n, ok := numberAfter(w, 'v')
	return n, ok && p.cb.Variable(n) != nil
}

func numberAfter(w string, letter byte) (int, bool) {
	if len(w) < 2 || w[0] != letter {
		return 0, false
	}
	n, err := strconv.Atoi(w[1:])
	return n, err == nil && n > 0
}

func (p *parser) codes(name, list string) (Set, bool) {
	v, ok := p.variable(name)
	if !ok {
		return Set{}, false
	}
	x := p.cb.Variable(v)
	var codes []int
	for _, c := range strings.Split(list, ",") {
		n, err := strconv.Atoi(c)
		noted := x.Noted != nil && x.Noted.Code == n
		if err != nil || !noted && !slices.Contains(allCodes(x), n) {
			return Set{}, false
		}
		codes = append(codes, n)
	}
	return Codes(v, codes...), true
}

func changed(instrument, change string) (Set, bool) {
	n, err := strconv.Atoi(instrument)
	if err != nil || !slices.Contains(Changes, Change(change)) {
		return Set{}, false
	}
	return Changed(n, Change(change)), true
}

func (p *parser) span(number, ends string) (Set, bool) {
	num, ok := p.numeric(number)
	from, till, dots := strings.Cut(ends, "..")
	lo, err := strconv.Atoi(from)
	if !ok || !dots || err != nil {
		return Set{}, false
	}
	hi := Open
	if till != "" {
		if hi, err = strconv.Atoi(till); err != nil || hi < lo {
			return Set{}, false
		}
	}
	return Span(num, lo, hi), true
}

func (p *parser) numeric(w string) (Numeric, bool) {
	if a, b, two := strings.Cut(w, "-"); two {
		from, ok1 := numberAfter(a, 'd')
		till, err := strconv.Atoi(b)
		return DaysBetween(from, till), ok1 && err == nil && p.cb.Variable(from) != nil && p.cb.Variable(till) != nil
	}
	for _, make := range []struct {
		letter byte
		number func(int) Numeric
	}{{'v', Answer}, {'n', CodesChosen}, {'y', YearOf}, {'t', DateOf}} {
		if n, ok := numberAfter(w, make.letter); ok && p.cb.Variable(n) != nil {
			return make.number(n), true
		}
	}
	return Numeric{}, false
}
