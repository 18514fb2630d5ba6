package app

import (
	"maps"
	"slices"
	"sync"

	"foljsam/internal/codebook"
	"foljsam/internal/query"
	"foljsam/internal/record"
	"foljsam/internal/tabulate"
)

// How cases in memory become columns that are counted, while others save: the columns stand for a
// while, and the cases that were saved since stand beside them in small ones. Nobody who saves waits
// for anybody who looks: what is taken of the cases while they are held is a small part of them.

// shows is what has been shown of live cases.
type shows struct {
	looking sync.Mutex    // one of those who look makes what they are shown; it is locked before the cases
	last    *shownColumns // what it was

	// With the cases:
	moves   int64          // how much has happened to them
	base    *builtColumns  // nil: nobody has asked, and nothing below is kept
	touched map[int32]bool // saved since base was read
	since   map[int32]bool // saved since the next base began to be read; nil: none is
	renews  bool           // somebody looked when many were touched: the next base is read beside

	building sync.Mutex // one base is read at a time; it is locked before the others
}

// builtColumns is columns of all cases as they were read, some of them before others: those
// that were saved meanwhile are among the touched.
type builtColumns struct {
	columns *tabulate.Columns
	risk    []int32
}

// manyTouched is after how many saved cases columns are built anew, beside what people do.
const manyTouched = 512

// touch remembers that a case is, or was, another than it is shown; and so are all of the same
// client, since whether they are several may be another answer now.
func (l *live) touch(i int32) {
	l.moves++
	if l.base == nil && l.since == nil {
		return
	}
	note := func(i int32) {
		if l.base != nil {
			l.touched[i] = true
		}
		if l.since != nil {
			l.since[i] = true
		}
	}
	note(i)
	if l.cases[i].unit != 0 {
		l.eachOf(l.cases[i].client, note)
	}
}

// shown gives the cases as they are now. The first who asks after a save makes what the others share.
func (l *live) shown(common *codebook.Codebook) *shownColumns {
	l.looking.Lock()
	defer l.looking.Unlock()
	for {
		s, p := l.picked(common)
		if s != nil {
			return s
		}
		if p != nil && p.put() {
			l.last = p.shown
			return l.last
		}
		l.build(common)
	}
}

// picked gives what was shown last where nothing has happened since; or else what has. Neither: the
// columns are to be built.
func (l *live) picked(common *codebook.Codebook) (*shownColumns, *picked) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.base == nil {
		return nil, nil
	}
	if l.last != nil && l.last.moves == l.moves {
		return l.last, nil
	}
	if len(l.touched) > manyTouched && !l.renews {
		l.renews = true
		go l.renew(common)
	}
	p := newPicked(l, common)
	p.base = l.base.columns
	p.shown = &shownColumns{book: p.book, units: l.ids.all, years: l.someYears(), facts: l.risks, risk: l.base.risk, changed: newChanges(len(l.cases)), moves: l.moves}
	for _, i := range slices.Sorted(maps.Keys(l.touched)) {
		p.without = append(p.without, uint32(i))
		p.shown.changed.add(uint32(i), l.cases[i].risk)
		p.add(i)
	}
	return nil, p
}

func (l *live) someYears() (all []map[int16]bool) {
	for _, years := range l.cameIn {
		some := map[int16]bool{}
		for y, n := range years {
			if n > 0 {
				some[y] = true
			}
		}
		all = append(all, some)
	}
	return all
}

// changes is cases that were saved since columns were built, and the facts of risk that they have.
type changes struct {
	bits  []uint64 // most cases are seen at once not to be among them
	facts map[uint32]int32
}

func newChanges(cases int) changes { return changes{make([]uint64, cases/64+1), map[uint32]int32{}} }

func (c changes) add(i uint32, facts int32) {
	c.bits[i>>6] |= 1 << (i & 63)
	c.facts[i] = facts
}

func (c changes) has(i uint32) bool { return c.bits[i>>6]>>(i&63)&1 != 0 }

// renew builds columns beside what people do, and lets those go that were shown.
func (l *live) renew(common *codebook.Codebook) {
	l.build(common)
	l.looking.Lock()
	l.last = nil
	l.looking.Unlock()
}

// build reads all cases, some at a time, and builds columns of them.
func (l *live) build(common *codebook.Codebook) {
	l.building.Lock()
	defer l.building.Unlock()
	l.mu.Lock()
	l.since = map[int32]bool{}
	p := newPicked(l, common)
	risk := make([]int32, 0, len(l.cases))
	p.batch.Grow(len(l.cases))
	l.mu.Unlock()
	l.eachCase(func(i int, x *liveCase) {
		risk = append(risk, x.risk)
		p.add(int32(i))
	})
	built := &builtColumns{p.columns(), risk}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.base, l.touched, l.since, l.renews = built, l.since, nil, false
	l.moves++ // who looks next is shown these
}

// picked is cases that were taken out of the live ones, to be counted.
type picked struct {
	live    *live
	book    *codebook.Codebook
	batch   *record.Batch
	numbers []uint32
	unit    record.LocalColumn
	again   record.LocalColumn
	wrote   record.LocalColumn
	local   [][]record.LocalAnswer
	asksOwn bool // the register has questions of its own

	base    *tabulate.Columns // that they are changes to
	without []uint32
	shown   *shownColumns
}

func newPicked(l *live, common *codebook.Codebook) *picked {
	book := l.newest(common)
	return &picked{live: l, book: book, asksOwn: len(query.OwnLocal(book)) > 0, batch: &record.Batch{Layout: l.layout},
		unit: record.LocalColumn{Name: unitColumn, Codes: l.ids.all}, again: record.LocalColumn{Name: againColumn, Codes: againCodes}, wrote: record.LocalColumn{Name: wroteColumn, Codes: wroteCodes}}
}

// add takes a case, where it counts. The live cases are held.
func (p *picked) add(i int32) {
	c, b := &p.live.cases[i], p.live.batch
	if !c.counts() {
		return
	}
	p.batch.Add(b.Row(int(c.row)), b.Unit[c.row], b.Intake[c.row], b.Days[c.row], b.Age[c.row])
	p.numbers = append(p.numbers, uint32(i))
	if p.asksOwn {
		p.local = append(p.local, p.live.local[i])
	}
	p.unit.Values = append(p.unit.Values, c.unit)
	again, wrote := int16(0), int16(0)
	if p.live.several(c.client) {
		again = 1
	}
	for k, some := range c.wrote {
		if some {
			wrote |= 1 << k
		}
	}
	p.again.Values, p.wrote.Values = append(p.again.Values, again), append(p.wrote.Values, wrote)
}

func (p *picked) columns() *tabulate.Columns {
	p.batch.Local = append([]record.LocalColumn{p.unit, p.again, p.wrote}, ownColumns(p.book, p.local)...)
	return tabulate.BuildNamed(p.batch.Layout, p.batch, p.numbers)
}

// put puts them in the place of what they were in the columns; false where that cannot be.
func (p *picked) put() (ok bool) {
	p.shown.columns, ok = p.base.Changed(p.without, p.columns())
	return ok
}
