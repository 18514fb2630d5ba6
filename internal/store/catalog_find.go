package store

import (
	"cmp"
	"database/sql"
	"math"
	"slices"

	"foljsam/internal/record"
)

// search is a Find against the catalog. A case's place in the list is one number: the standing
// where those are apart, then the day, then the row, which is the order in which cases were
// filed.
type search struct {
	Find
	worker uint32
	units  []uint32
	rank   [len8]uint64 // by standing: 1 + its place in the list; 0: not asked for
	before uint64       // of those with the rank ahead, only what comes before it
	ahead  uint64       // of a higher rank, none
}

// len8 is how many numbers a standing may have.
const len8 = 8

const (
	rowBits = 32
	dayBits = 28
)

// searchFor reads what is asked for. none tells that nothing can be it.
func (k *catalog) searchFor(f Find, beforeRow uint32) (s search, none bool) {
	s = search{Find: f}
	if f.Worker != "" {
		if s.worker = k.names[f.Worker]; s.worker == 0 {
			return s, true
		}
	}
	for _, u := range f.Units {
		if n := k.names[u]; n != 0 {
			s.units = append(s.units, n)
		}
	}
	if len(f.Units) > 0 && len(s.units) == 0 {
		return s, true
	}
	for i, x := range standings {
		at := slices.Index(f.Standings, x)
		switch {
		case len(f.Standings) == 0, at >= 0 && !f.Apart:
			s.rank[i+1] = 1
		case at >= 0:
			s.rank[i+1] = uint64(at) + 1
		}
	}
	s.ahead = math.MaxUint64
	if f.Before != nil {
		s.before = standsAt(f.Before.Intake, beforeRow)
		if at := s.rank[standingOf(f.Before.Standing)]; at != 0 || len(f.apart()) < 2 {
			s.ahead = max(at, 1)
		}
	}
	return s, false
}

// standsAt gives where a day and a row stand among others of the same standing.
func standsAt(d record.Day, row uint32) uint64 {
	day := uint64(0)
	if d != record.NoDay {
		day = uint64(int64(d)+1<<(dayBits-1)) & (1<<dayBits - 1)
	}
	return day<<rowBits | uint64(row)
}

// of gives a case's place in the list, the least first.
func (s *search) of(row uint32, e *entry) (at uint64, found bool) {
	rank := s.rank[e.standing&(len8-1)]
	if e.standing == 0 || rank == 0 || s.worker != 0 && e.worker != s.worker || len(s.units) > 0 && !slices.Contains(s.units, e.unit) {
		return 0, false
	}
	if s.Missing && e.marks&isDue == 0 || s.Discuss && e.marks&toDiscuss == 0 || s.MissingOrDiscuss && e.marks == 0 {
		return 0, false
	}
	day := e.intake
	if s.due() {
		if day = e.next; day == record.NoDay || day > s.NextBy {
			return 0, false
		}
	}
	if rank > s.ahead || rank == s.ahead && standsAt(e.intake, row) >= s.before {
		return 0, false
	}
	at = standsAt(day, row)
	if s.Newest && !s.due() {
		at = 1<<(rowBits+dayBits) - 1 - at
	}
	return rank<<(rowBits+dayBits) | at, true
}

// shows tells whether a cover that was read is one that is asked for. Whose it is is told by what
// it says: another reading of the catalog may have given units and caseworkers other numbers.
func (s *search) shows(row uint32, x *record.Cover) bool {
	if s.Worker != "" && x.Worker != s.Worker || len(s.Units) > 0 && !slices.Contains(s.Units, x.Unit) {
		return false
	}
	e := entry{intake: x.Intake, next: x.Next, worker: s.worker, standing: standingOf(x.Standing), marks: marked(x.Missing > 0, x.Discuss)}
	if len(s.units) > 0 {
		e.unit = s.units[0]
	}
	_, shown := s.of(row, &e)
	return shown
}

// rowOf gives the row in the list's order from a place in it.
func (s *search) rowOf(at uint64) uint32 {
	if s.Newest && !s.due() {
		at = ^at
	}
	return uint32(at)
}

// find gives the rows that a list shows, in its order.
func (s *search) find(rows []entry) (found []uint32) {
	best := first{n: s.Skip + s.Top, least: math.MaxUint64}
	for i := range rows {
		row := i
		if s.Newest { // which are those that were filed last, as a rule
			row = len(rows) - 1 - i
		}
		if at, ok := s.of(uint32(row), &rows[row]); ok {
			best.add(at)
		}
	}
	best.cut()
	for _, at := range best.all[min(s.Skip, len(best.all)):] {
		found = append(found, s.rowOf(at))
	}
	return found
}

// first keeps the n least numbers of many.
type first struct {
	n     int
	least uint64 // what is not below it is not among them
	all   []uint64
}

func (f *first) add(x uint64) {
	if x >= f.least {
		return
	}
	if f.all = append(f.all, x); len(f.all) >= 2*f.n+256 {
		f.cut()
	}
}

func (f *first) cut() {
	slices.Sort(f.all)
	if len(f.all) >= f.n {
		f.all = f.all[:f.n]
		if f.n > 0 {
			f.least = f.all[f.n-1]
		}
	}
}

// count counts the cases that are asked for, no further than Most.
func (s *search) count(rows []entry) (n int) {
	for i := range rows {
		if _, ok := s.of(uint32(i), &rows[i]); ok {
			if n++; n == s.Most {
				return n
			}
		}
	}
	return n
}

// catalogCovers gives the covers that are asked for.
func (t *Tx) catalogCovers(f Find) (all []record.Cover, err error) {
	before, err := t.rowBefore(f)
	if err != nil {
		return nil, err
	}
	var s search
	var found []uint32
	err = t.r.catalog.see(t, func(rows []entry) {
		none := false
		if s, none = t.r.catalog.searchFor(f, before); !none {
			found = s.find(rows)
		}
	})
	if err != nil {
		return nil, err
	}
	for _, row := range found {
		x, _, ok, err := t.coverAt(row)
		if err != nil {
			return nil, err
		}
		// In a snapshot from the moment before, the case may be another, or not there yet.
		if ok && s.shows(row, &x) {
			all = append(all, x)
		}
	}
	return all, nil
}

// catalogCount counts the cases that are asked for.
func (t *Tx) catalogCount(f Find) (n int, err error) {
	before, err := t.rowBefore(f)
	if err != nil {
		return 0, err
	}
	err = t.r.catalog.see(t, func(rows []entry) {
		if s, none := t.r.catalog.searchFor(f, before); !none {
			n = s.count(rows)
		}
	})
	return n, err
}

// rowBefore gives the row of the case that others are to come before. One that is not there
// would come last on its day.
func (t *Tx) rowBefore(f Find) (row uint32, err error) {
	if f.Before == nil {
		return 0, nil
	}
	if row, err = t.rowOf(f.Before.ID); row == 0 {
		row = math.MaxUint32
	}
	return row, err
}

// rowOf gives the row of a case; 0 where there is none.
func (t *Tx) rowOf(id string) (row uint32, err error) {
	_, err = t.c.one([]any{&row}, `SELECT rowid FROM cases WHERE register = ? AND id = ?`, t.r.id, id)
	return row, err
}

// coverAt gives the cover of the case in a row, and its client's pseudonym.
func (t *Tx) coverAt(row uint32) (x record.Cover, client string, found bool, err error) {
	err = t.c.each(func(rows *sql.Rows) error {
		found = true
		x, err = readCoverAnd(rows, &client)
		return err
	}, `SELECT `+cover+`, client FROM cases WHERE register = ? AND rowid = ?`, t.r.id, int64(row))
	return x, client, found, err
}

// rowWith gives the row of the case with a pseudonym; 0 where there is none.
func (t *Tx) rowWith(code string) (uint32, error) {
	rows, err := t.r.catalog.ofCode(t, code)
	for _, row := range rows {
		var one int
		found, err := t.c.one([]any{&one}, `SELECT 1 FROM cases WHERE register = ? AND rowid = ? AND code = ?`, t.r.id, int64(row), code)
		if found || err != nil {
			return row, err
		}
	}
	return 0, err
}

// catalogOfClient gives the covers of a client's cases.
func (t *Tx) catalogOfClient(pseudonym string) (all []record.Cover, err error) {
	rows, err := t.r.catalog.ofClient(t, pseudonym)
	for _, row := range rows {
		if err != nil {
			break
		}
		var x record.Cover
		var client string
		var found bool
		if x, client, found, err = t.coverAt(row); found && client == pseudonym {
			all = append(all, x)
		}
	}
	slices.SortFunc(all, func(a, b record.Cover) int { return cmp.Compare(a.ID, b.ID) })
	return all, err
}

// doubled gives the rows of open cases whose clients may have several, the latest first.
func doubled(open []uint64) (some []uint32) {
	slices.Sort(open)
	same := func(i, j int) bool { return i >= 0 && j < len(open) && open[i]>>rowBits == open[j]>>rowBits }
	for i, x := range open {
		if same(i-1, i) || same(i, i+1) {
			some = append(some, uint32(x))
		}
	}
	slices.Sort(some)
	slices.Reverse(some)
	return some
}

// opens gives the numbers of the clients of open cases, each with its row.
func opens(rows []entry) (all []uint64) {
	for i := range rows {
		if rows[i].standing == standingOf(record.Open) {
			all = append(all, uint64(rows[i].client)<<rowBits|uint64(i))
		}
	}
	return all
}

// catalogDoubles gives the clients that have more than one open case.
func (t *Tx) catalogDoubles(most int) (all []Double, err error) {
	var open []uint64
	if err := t.r.catalog.see(t, func(rows []entry) { open = opens(rows) }); err != nil {
		return nil, err
	}
	seen := map[string]bool{} // several clients may have the same number
	for _, row := range doubled(open) {
		if len(all) == most {
			break
		}
		_, client, found, err := t.coverAt(row)
		if err != nil {
			return nil, err
		}
		if !found || seen[client] {
			continue
		}
		seen[client] = true
		covers, err := t.catalogOfClient(client)
		if err != nil {
			return nil, err
		}
		d := Double{slices.DeleteFunc(covers, func(x record.Cover) bool { return x.Standing != record.Open })}
		if len(d.Cases) > 1 {
			all = append(all, d)
		}
	}
	return all, nil
}

// moved notes what a transaction made of the case in a row.
func (t *Tx) moved(row uint32, x *record.Cover, code, client string) {
	t.moves = append(t.moves, move{row, t.r.catalog.entryOf(x, code, client)})
}

// catalogued notes what a transaction made of a case that was filed before. Its pseudonyms are
// those that its row has: what somebody had read may be older.
func (t *Tx) catalogued(x *record.Cover) error {
	if t.r.catalog == nil {
		return nil
	}
	var row uint32
	var code, client string
	found, err := t.c.one([]any{&row, &code, &client}, `SELECT rowid, code, client FROM cases WHERE register = ? AND id = ?`, t.r.id, x.ID)
	if found && err == nil {
		t.moved(row, x, code, client)
	}
	return err
}

// rowGone gives the row of a case that is about to be deleted; 0 where there is no catalog.
func (t *Tx) rowGone(id string) (uint32, error) {
	if t.r.catalog == nil {
		return 0, nil
	}
	return t.rowOf(id)
}
