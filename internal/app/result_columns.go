package app

import (
	"slices"

	"foljsam/internal/codebook"
	"foljsam/internal/compile"
	"foljsam/internal/place"
	"foljsam/internal/query"
	"foljsam/internal/record"
	"foljsam/internal/tabulate"
)

// Columns of the program's own beside the codebook's: which unit a case is in, and whether its
// client has others.
const (
	unitColumn  = "enhet"
	againColumn = "aterkommer"
)

var againCodes = []string{"nej", "ja"}

// shownColumns is a register's cases at a time, ready to be counted. Excluded cases are not
// among them.
type shownColumns struct {
	book    *codebook.Codebook     // that is asked now, local variables in it
	wrote   [][2]bool              // beside course
	place   []int32                // by the place of a case in memory: its place here, -1 for none
	local   [][]record.LocalAnswer // beside course, till the columns are built
	columns *tabulate.Columns
	units   []string // codes of the unit column
	course  []compile.Course
	unitOf  []int16 // beside course; -1: the case is gone
	year    []int16 // beside course: when the case came in
	risk    []int32 // beside course
	kept    record.Courses
	years   []map[int]int // beside units: how many cases came in, by year
}

// shown gives the cases as they are now. The first who asks after a save puts what was saved in
// the columns that are there; the others share them.
func (l *live) shown(common *codebook.Codebook) *shownColumns {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.packed != nil && len(l.touched) > 0 {
		l.packed = l.followed(l.packed)
	}
	if l.packed == nil {
		l.packed = l.packColumns(common)
	}
	clear(l.touched)
	clear(l.touchedClients)
	return l.packed
}

func (l *live) packColumns(common *codebook.Codebook) *shownColumns {
	s := &shownColumns{kept: l.risks}
	all := &record.Batch{Layout: l.layout}
	all.Grow(len(l.cases))
	cases := make(map[uint64]int, len(l.cases))
	for i := range l.cases {
		if x := &l.cases[i]; x.row >= 0 && x.standing != record.Excluded {
			cases[x.client]++
		}
	}
	unit := record.LocalColumn{Name: unitColumn, Values: make([]int16, 0, len(l.cases))}
	again := record.LocalColumn{Name: againColumn, Codes: againCodes, Values: make([]int16, 0, len(l.cases))}
	at := map[string]int16{}
	reasons, years := l.reasons(), map[record.Day]int{}
	s.place = make([]int32, len(l.cases))
	for i := range l.cases {
		x := &l.cases[i]
		s.place[i] = int32(len(s.course))
		if x.row < 0 || x.standing == record.Excluded {
			s.place[i] = -1
			continue
		}
		u, known := at[x.unit]
		if !known {
			u = int16(len(s.units))
			at[x.unit], s.units, s.years = u, append(s.units, x.unit), append(s.years, map[int]int{})
		}
		more := int16(0)
		if cases[x.client] > 1 {
			more = 1
		}
		row := l.batch.Row(int(x.row))
		all.Add(row, l.batch.Unit[x.row], l.batch.Intake[x.row], l.batch.Days[x.row], l.batch.Age[x.row])
		unit.Values, again.Values = append(unit.Values, u), append(again.Values, more)
		s.course, s.unitOf = append(s.course, l.courseOf(x, row, reasons)), append(s.unitOf, u)
		s.wrote = append(s.wrote, x.wrote)
		s.risk, s.local = append(s.risk, x.risk), append(s.local, l.local[int32(i)])
		year, known := years[x.began]
		if !known {
			year = x.began.Time().Year()
			years[x.began] = year
		}
		s.years[u][year]++
		s.year = append(s.year, int16(year))
	}
	unit.Codes = s.units
	all.Local = append([]record.LocalColumn{unit, again}, ownColumns(l.newest(common), s.local)...)
	s.book, s.local = l.newest(common), nil
	s.columns = tabulate.BuildOrdered(l.layout, all)
	return s
}

// courseOf gives when a case came in, and when and why it was closed, by what is packed of it:
// the tables' own.
func (l *live) courseOf(x *liveCase, row []uint64, reasons []reasonBit) compile.Course {
	c := compile.Course{Intake: l.batch.Intake[x.row], Closed: record.NoDay}
	if days := l.batch.Days[x.row]; days != record.NoNumber {
		c.Closed = c.Intake + record.Day(days)
	}
	for _, r := range reasons {
		if record.HasBit(row, r.bit) {
			c.Reason = r.code
		}
	}
	return c
}

// reasonBit is where a packed case has a reason for closing.
type reasonBit struct{ code, bit int }

func (l *live) reasons() (all []reasonBit) {
	v := l.layout.Book.Role(codebook.ClosingReason)
	for _, c := range v.Codes {
		all = append(all, reasonBit{c.Code, l.layout.Bit(v.Number, c.Code)})
	}
	return all
}

// yearsIn gives the years in which cases of some units came in, latest first.
func (s *shownColumns) yearsIn(units []place.Unit) (all []int) {
	for i, id := range s.units {
		if !slices.ContainsFunc(units, func(u place.Unit) bool { return u.ID == id }) {
			continue
		}
		for y, n := range s.years[i] {
			if n > 0 && !slices.Contains(all, y) {
				all = append(all, y)
			}
		}
	}
	slices.Sort(all)
	slices.Reverse(all)
	return all
}

// in is the cases of some units; nobody's where none of them has any.
func (s *shownColumns) in(units []place.Unit) query.Set {
	var sets []query.Set
	for i, id := range s.units {
		if slices.ContainsFunc(units, func(u place.Unit) bool { return u.ID == id }) {
			sets = append(sets, query.Local(unitColumn, i))
		}
	}
	switch {
	case len(sets) == 0:
		return query.Not(query.Local(unitColumn, -1)) // every case has a unit
	case len(sets) == len(s.units):
		return query.All()
	case len(sets) == 1:
		return sets[0]
	}
	return query.Or(sets...)
}

func (s *shownColumns) again() query.Set { return query.Local(againColumn, 1) }

// risks gives the courses of risk of the cases in a set.
func (s *shownColumns) risks(set query.Set) (all []*record.RiskCourse, err error) {
	which, err := s.columns.Which(set)
	for _, i := range which {
		if course := s.kept.At(s.risk[i]); course != nil {
			all = append(all, course)
		}
	}
	return all, err
}

// courses gives the courses of the cases of some units.
func (s *shownColumns) courses(units []place.Unit) (all []compile.Course) {
	mine := make([]bool, len(s.units))
	for i, id := range s.units {
		mine[i] = slices.ContainsFunc(units, func(u place.Unit) bool { return u.ID == id })
	}
	for i, c := range s.course {
		if u := s.unitOf[i]; u >= 0 && mine[u] {
			all = append(all, c)
		}
	}
	return all
}
