package app

import (
	"maps"
	"slices"

	"foljsam/internal/compile"
	"foljsam/internal/record"
)

// tooManyTouched is after how many saved cases columns are built anew instead of followed.
const tooManyTouched = 2000

// touch remembers that a case is, or was, another than it is shown.
func (l *live) touch(i int32) {
	switch {
	case l.packed == nil:
		return
	case len(l.touched) > tooManyTouched:
		l.packed = nil
		return
	case l.touched == nil:
		l.touched, l.touchedClients = map[int32]bool{}, map[uint64]bool{}
	}
	l.touched[i], l.touchedClients[l.cases[i].client] = true, true
}

// followed gives columns with what was saved since others were made, which stay as they are: they
// may be being read. nil: they have to be built anew.
func (l *live) followed(old *shownColumns) *shownColumns {
	s := old.copied(len(l.cases))
	s.kept = l.risks
	several := l.clientsAgain()
	x := &saved{live: l, shown: s, batch: &record.Batch{Layout: l.layout}, reasons: l.reasons()}
	x.unit.Name, x.again.Name, x.again.Codes = unitColumn, againColumn, againCodes
	for _, i := range slices.Sorted(maps.Keys(l.touched)) {
		if c := &l.cases[i]; c.row < 0 || c.standing == record.Excluded {
			x.takeOut(i)
		} else if !x.put(i, several[c.client] > 1) {
			return nil
		}
	}
	x.unit.Codes = s.units
	x.batch.Local = append([]record.LocalColumn{x.unit, x.again}, ownColumns(s.book, x.local)...)
	columns, ok := old.columns.Changed(x.batch, x.places, x.gone)
	if !ok {
		return nil
	}
	s.columns = columns
	return s
}

// clientsAgain counts the cases of the clients whose cases were saved, and takes their other cases
// to what was: whether a client has several may be another answer now.
func (l *live) clientsAgain() map[uint64]int {
	several := make(map[uint64]int, len(l.touchedClients))
	var perhaps [64]uint64 // by the last bits of a client: most are seen at once not to be among them
	for c := range l.touchedClients {
		perhaps[c>>6&63] |= 1 << (c & 63)
	}
	for i := range l.cases {
		x := &l.cases[i]
		if perhaps[x.client>>6&63]>>(x.client&63)&1 == 0 || x.row < 0 || x.standing == record.Excluded || !l.touchedClients[x.client] {
			continue
		}
		several[x.client]++
		l.touched[int32(i)] = true
	}
	return several
}

// copied gives columns that may be written in, but for those that are counted.
func (s *shownColumns) copied(cases int) *shownColumns {
	x := &shownColumns{book: s.book, wrote: slices.Clone(s.wrote), place: slices.Clone(s.place), units: s.units, course: slices.Clone(s.course),
		unitOf: slices.Clone(s.unitOf), year: slices.Clone(s.year), risk: slices.Clone(s.risk), years: make([]map[int]int, len(s.years))}
	for i, years := range s.years {
		x.years[i] = maps.Clone(years)
	}
	for len(x.place) < cases {
		x.place = append(x.place, -1)
	}
	return x
}

// saved is cases on their way into columns that are shown.
type saved struct {
	live        *live
	shown       *shownColumns
	reasons     []reasonBit
	batch       *record.Batch
	places      []int // beside the batch
	unit, again record.LocalColumn
	local       [][]record.LocalAnswer
	gone        []int
}

// takeOut takes out a case. Its place among those that are shown stays, and is nobody's.
func (x *saved) takeOut(i int32) {
	s := x.shown
	at := s.place[i]
	if at < 0 {
		return
	}
	s.years[s.unitOf[at]][int(s.year[at])]--
	s.place[i], s.unitOf[at], s.risk[at], s.wrote[at] = -1, -1, 0, [2]bool{}
	x.gone = append(x.gone, int(at))
}

// put puts a case in its place, or after all others; false where its unit has had none.
func (x *saved) put(i int32, several bool) bool {
	s, c := x.shown, &x.live.cases[i]
	u := slices.Index(s.units, c.unit)
	if u < 0 {
		return false
	}
	at := s.place[i]
	if at < 0 {
		at = int32(len(s.course))
		s.place[i] = at
		s.course, s.unitOf, s.year = append(s.course, compile.Course{}), append(s.unitOf, 0), append(s.year, 0)
		s.risk, s.wrote = append(s.risk, 0), append(s.wrote, [2]bool{})
	} else {
		s.years[s.unitOf[at]][int(s.year[at])]--
	}
	b, row := x.live.batch, x.live.batch.Row(int(c.row))
	s.course[at], s.unitOf[at], s.year[at] = x.live.courseOf(c, row, x.reasons), int16(u), int16(c.began.Time().Year())
	s.risk[at], s.wrote[at] = c.risk, c.wrote
	s.years[u][int(s.year[at])]++
	x.batch.Add(row, b.Unit[c.row], b.Intake[c.row], b.Days[c.row], b.Age[c.row])
	more := int16(0)
	if several {
		more = 1
	}
	x.places, x.unit.Values, x.again.Values = append(x.places, int(at)), append(x.unit.Values, int16(u)), append(x.again.Values, more)
	x.local = append(x.local, x.live.local[i])
	return true
}
