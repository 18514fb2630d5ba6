package synth

import (
	"iter"
	"math/rand/v2"

	"foljsam/internal/record"
)

// bulk draws any number of cases from the report's population: each is put together of
// three of its cases that are alike in what matters most, so that shares and connections
// come close to the report's without the same case over and over again.
type bulk struct {
	model []sketch
	alike map[uint64][]int32
	rng   *rand.Rand
	last  sketch
	next  uint64 // number of the next client
}

// kinship is what the three cases have in common.
func kinship(s *sketch) uint64 {
	k := s.codes[honour]<<3 | s.codes[helped]
	if s.codes[reached] == code(1) {
		k |= 1
	}
	if s.codes[length] != 0 {
		k |= 4
	}
	return k<<8 | s.codes[severity]&14
}

var (
	fromSecond = []attr{disability, initiative, children}
	fromThird  = []attr{partner, parties, assessed, instrument, againScale, againTalk, supports}
)

func newBulk(seed uint64) *bulk {
	b := &bulk{model: makePlan(reportCases, seed, Towns()).sketches(), alike: map[uint64][]int32{}}
	for i := range b.model {
		k := kinship(&b.model[i])
		b.alike[k] = append(b.alike[k], int32(i))
	}
	return b
}

// draw makes the next case of a municipality.
func (b *bulk) draw(town int32) *sketch {
	s := b.model[b.rng.IntN(len(b.model))]
	kin := b.alike[kinship(&s)]
	second, third := &b.model[kin[b.rng.IntN(len(kin))]], &b.model[kin[b.rng.IntN(len(kin))]]
	for _, a := range fromSecond {
		s.codes[a] = second.codes[a]
	}
	for _, a := range fromThird {
		s.codes[a] = third.codes[a]
	}
	if s.codes[length]&codes(3, 4, 5, 6, 7, 8, 9) == 0 {
		s.codes[againScale], s.codes[againTalk] = 0, 0
	}
	s.draw(b.rng)
	s.town, s.client = town, b.next
	b.next++
	b.perhapsSameClient(&s)
	b.last = s
	return &b.last
}

// perhapsSameClient makes three in a hundred the next case of the client just before,
// open, where there are days left for it.
func (b *bulk) perhapsSameClient(s *sketch) {
	if b.rng.IntN(100) >= 3 || b.last.town != s.town || s.closed != record.NoDay ||
		b.last.closed == record.NoDay || b.last.closed >= lastDay || b.last.codes[reason] == code(6) {
		return
	}
	for _, a := range []attr{sex, age, origin, disability} {
		s.codes[a] = b.last.codes[a]
	}
	s.years, s.client = b.last.years, b.last.client
	s.intake = b.last.closed + 1 + record.Day(b.rng.IntN(int(lastDay-b.last.closed)))
}

// of gives the drawing of one municipality, so that its cases come out the same whenever
// and however often they are read.
func (b *bulk) of(seed uint64, town, first int) *bulk {
	return &bulk{model: b.model, alike: b.alike, next: uint64(first),
		rng: rand.New(rand.NewPCG(seed, 4000+uint64(town)))}
}

func bulkPackages(o Options) iter.Seq[Package] {
	return func(yield func(Package) bool) {
		all, towns, first := newBulk(o.Seed), o.towns(), 0
		for t, count := range scaleTo(o.size(), towns) {
			if count == 0 {
				continue
			}
			pack, from := describe(o, towns[t], count), first
			pack.Cases = func(yield func(*record.Case) bool) {
				b, w := all.of(o.Seed, t, from), newWriter(o, from)
				for i := range count {
					if !yield(w.write(b.draw(int32(t)), uint64(from+i), towns[t])) {
						return
					}
				}
			}
			if !yield(pack) {
				return
			}
			first += count
		}
	}
}
