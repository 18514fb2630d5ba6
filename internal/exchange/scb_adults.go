package exchange

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"foljsam/internal/fault"
)

// headcount is what a table of SCB's says of each unit and year, gathered cell by cell in
// any order.
type headcount struct {
	file    string
	table   string    // as the file says; empty: by the year
	updated time.Time // as the file says
	units   map[unitYear]map[string]*ageCells
	// noSexSum and noStatusSum: parts that we do not know stand there, so the parts that we
	// know may not be all.
	noSexSum, noStatusSum bool
}

type unitYear struct {
	unit string
	year int
}

// ageCells are the cells of one age or group of ages, by sex and status.
type ageCells struct {
	from, till int
	code       string
	count      [sexes + 1][statuses + 1]int
	has        [sexes + 1][statuses + 1]bool
}

func newHeadcount(file string) *headcount {
	return &headcount{file: file, units: map[unitYear]map[string]*ageCells{}}
}

// know notes a unit and year, so that it is named when nothing can be made of it.
func (h *headcount) know(at unitYear) map[string]*ageCells {
	ages, ok := h.units[at]
	if !ok {
		ages = map[string]*ageCells{}
		h.units[at] = ages
	}
	return ages
}

// add takes a cell. It says false when that cell was there already.
func (h *headcount) add(at unitYear, age string, sex, status, n int) bool {
	from, till, ok := agesOf(age)
	if !ok {
		return true // "age not stated": nothing is made from it
	}
	if sex == unknownPart || status == unknownPart {
		h.noSexSum = h.noSexSum || sex == unknownPart
		h.noStatusSum = h.noStatusSum || status == unknownPart
		return true
	}
	ages := h.know(at)
	c := ages[age]
	if c == nil {
		c = &ageCells{from: from, till: till, code: age}
		ages[age] = c
	}
	if c.has[sex][status] {
		return false
	}
	c.has[sex][status], c.count[sex][status] = true, n
	return true
}

// whole gives everybody of an age, and of how many cells that is made: the total where it is
// published, else the parts, if all are there.
func (h *headcount) whole(c *ageCells) (n, cells int, ok bool) {
	if n, cells, ok = h.ofSex(c, allSexes); ok {
		return n, cells, true
	}
	for sex := 1; sex <= sexes; sex++ {
		m, k, ok := h.ofSex(c, sex)
		if !ok || h.noSexSum {
			return 0, 0, false
		}
		n, cells = n+m, cells+k
	}
	return n, cells, true
}

func (h *headcount) ofSex(c *ageCells, sex int) (n, cells int, ok bool) {
	if c.has[sex][allStatuses] {
		return c.count[sex][allStatuses], 1, true
	}
	for status := 1; status <= statuses; status++ {
		if !c.has[sex][status] || h.noStatusSum {
			return 0, 0, false
		}
		n += c.count[sex][status]
	}
	return n, statuses, true
}

// step is a group of ages that is known as a whole: adding it leads from its first age to
// the one after its last, taking it away leads back.
type step struct {
	from, till, count, cells int
	code                     string
}

func (h *headcount) steps(ages map[string]*ageCells) (all []step) {
	for _, c := range ages {
		if n, cells, ok := h.whole(c); ok {
			all = append(all, step{c.from, c.till, n, cells, c.code})
		}
	}
	slices.SortFunc(all, func(a, b step) int {
		return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.till, b.till), cmp.Compare(a.cells, b.cells), cmp.Compare(rank(a.code), rank(b.code)), cmp.Compare(a.code, b.code))
	})
	// Of several cells for the same ages, one: adding and taking away two that differ by
	// their noise would lead nowhere.
	return slices.CompactFunc(all, func(a, b step) bool { return a.from == b.from && a.till == b.till })
}

// rank puts SCB's own total before those of its groupings.
func rank(code string) int {
	if code == "TotSA" || code == "tot" {
		return 0
	}
	return 1
}

// settle gives the adults of each unit and year, ascending, and names those of which they
// cannot be had.
func (h *headcount) settle() (all []Denominator, problems []fault.Problem) {
	order := slices.SortedFunc(maps.Keys(h.units), func(a, b unitYear) int {
		return cmp.Or(cmp.Compare(a.unit, b.unit), cmp.Compare(a.year, b.year))
	})
	for _, at := range order {
		d, ok := h.adults(at)
		if ok && d.Adults > 0 && d.Adults <= mostInCell {
			all = append(all, d)
			continue
		}
		problems = append(problems, fault.Problem{File: h.file, Value: at.unit, Key: "population.no_adults", Args: []any{"unit", at.unit, "year", at.year}})
	}
	return all, problems
}

// adults puts the adults of a unit together. Exact numbers are added from 18 and up.
// Perturbed ones are put together from as few cells as possible, for each brings its noise:
// all ages less 0-9, 10-14, 15, 16 and 17 are six, the ages from 18 and up are 83.
func (h *headcount) adults(at unitYear) (Denominator, bool) {
	d := Denominator{Unit: at.unit, Year: at.year, Method: Summed, Perturbed: at.year >= noiseFrom, Updated: h.updated}
	if d.Table = h.table; d.Table == "" {
		d.Table = tableFor(at.year).id
	}
	steps := h.steps(h.units[at])
	way, ok := way{}, false
	if !d.Perturbed {
		way, ok = fewest(steps, adultAge, false)
	}
	if !ok {
		way, ok = fewest(steps, adultAge, true)
	}
	if way.back {
		d.Method = Subtracted
	}
	d.Adults, d.Cells = way.count, way.cells
	if all, ok := fewest(steps, 0, false); ok && all.count <= mostInCell {
		d.Inhabitants = all.count
	}
	return d, ok
}

// way is a sum of groups of ages, some taken away, that makes all from an age and up.
type way struct {
	count, cells int
	back         bool // something is taken away
	known, done  bool
}

// ways is the best way to every age, the end last.
type ways [oldest + 3]way

// oldest is the highest age that a code may name.
const oldest = 150

// spot gives an age's place among the ways.
func spot(age int) int { return min(age, oldest+2) }

// fewest finds the way from an age to the end that needs the fewest cells: a shortest path
// where ages are the places and groups of ages the roads.
func fewest(steps []step, from int, mayTakeAway bool) (way, bool) {
	if !slices.ContainsFunc(steps, func(s step) bool { return s.till == noEnd }) {
		return way{}, false
	}
	var best ways
	best[spot(from)].known = true
	for {
		at, ok := best.nearest()
		if !ok || at == spot(noEnd) {
			return best[at], ok
		}
		best[at].done = true
		here := best[at]
		for _, s := range steps {
			if spot(s.from) == at {
				best.improve(s.till, way{count: here.count + s.count, cells: here.cells + s.cells, back: here.back})
			}
			if spot(s.till) == at && mayTakeAway {
				best.improve(s.from, way{count: here.count - s.count, cells: here.cells + s.cells, back: true})
			}
		}
	}
}

// nearest gives the place that is reached with the fewest cells and not yet gone on from.
func (b *ways) nearest() (at int, ok bool) {
	for i := range b {
		if x := &b[i]; x.known && !x.done && (!ok || x.cells < b[at].cells) {
			at, ok = i, true
		}
	}
	return at, ok
}

func (b *ways) improve(age int, w way) {
	old := &b[spot(age)]
	if !old.known || !old.done && w.cells < old.cells {
		w.known = true
		*old = w
	}
}
