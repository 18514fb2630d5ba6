package app

import (
	"context"
	"hash/maphash"
	"slices"
	"sync"

	"foljsam/internal/codebook"
	"foljsam/internal/compile"
	"foljsam/internal/record"
	"foljsam/internal/store"
)

// live is a register's cases packed in memory. It is read from the database once, beside
// what people do, and follows every save from then on.
type live struct {
	mu    sync.Mutex
	ready chan struct{}   // closed when the cases are there; nil: nobody has asked for them
	err   error           // why they could not be read
	begun bool            // being read
	later []*record.Filed // saved while the others were being read

	layout *record.Layout
	books  []*codebook.Codebook // by version of the local variables; the newest last
	at     map[caseKey]int32    // case → its place
	cases  []liveCase
	batch  *record.Batch
	units  map[string]string              // unit id → area
	ids    caseUnits                      // of units that cases are in
	heads  []int32                        // by a client: 1 + the first of their cases, the others follow by next
	cameIn []map[int16]int32              // beside ids.all: how many cases that are counted came in, by year
	gone   map[string]bool                // deleted since the program started
	marks  []byte                         // how far each case is registered, one after the other, two marks a byte
	each   int                            // marks of a case
	risks  keptFacts                      // of risk
	local  map[int32][]record.LocalAnswer // of the cases that have any, by place
	seq    int64                          // the log's line up to which every save is here
	shows
}

// liveCase is one case: where its packed row is, and what figures are chosen by.
type liveCase struct {
	version  int32
	unit     int16 // in ids; 0: the case is gone
	excluded bool
	wrote    [2]bool    // words of their own: the client, staff
	began    record.Day // intake; where that is missing, the day that the case was opened
	closed   record.Day
	client   uint64 // of the client's pseudonym: others may have the same
	next     int32  // 1 + the next case of a client who is found at the same place
	row      int32  // in the batch; -1 where the case cannot be counted
	risk     int32  // which facts of risk it has
}

// counts tells whether a case is counted at all.
func (x *liveCase) counts() bool { return x.row >= 0 && !x.excluded }

// warm begins to read a register's cases, if nobody has, and gives what is closed when they
// are there.
func (a *App) warm(r *store.Register) (*live, <-chan struct{}) {
	l := a.liveEntry(r.ID())
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.ready == nil {
		l.ready, l.begun = make(chan struct{}), true
		go a.load(r, l, l.ready)
	}
	return l, l.ready
}

// liveOf gives a register's live cases, and waits for them.
func (a *App) liveOf(ctx context.Context, r *store.Register) (*live, error) {
	l, ready := a.warm(r)
	select {
	case <-ready:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if err := l.failed(); err != nil {
		return l, err
	}
	published, err := a.catchUp(ctx, r, l)
	if published && err == nil {
		a.unload(r.ID(), l)
		return a.liveOf(ctx, r)
	}
	return l, err
}

// unload lets a register's cases be read anew: what is asked is another than it was.
func (a *App) unload(register string, l *live) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.live[register] == l {
		delete(a.live, register)
	}
}

func (l *live) failed() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.err
}

// load reads the cases of a register, and then those that were saved meanwhile.
func (a *App) load(r *store.Register, l *live, ready chan struct{}) {
	fresh := &live{layout: record.NewLayout(a.book), at: map[caseKey]int32{}, units: map[string]string{}}
	fresh.batch = &record.Batch{Layout: fresh.layout}
	err := r.Read(context.Background(), func(t *store.Tx) error {
		head, err := t.AuditHead() // before the cases: whatever is saved after it is caught up with
		if err != nil {
			return err
		}
		fresh.seq = head.Seq
		units, err := t.Units()
		if err != nil {
			return err
		}
		for _, u := range units {
			fresh.units[u.ID] = u.Area
		}
		if fresh.books, err = a.allBooks(t, r.ID()); err != nil {
			return err
		}
		newest := fresh.newest(a.book)
		fresh.each = len(record.Asked(newest)) + len(newest.Phases)
		cases, err := t.CountCovers(store.Find{})
		if err != nil {
			return err
		}
		fresh.makeRoom(cases + cases/roomLeft)
		return t.EachCase(func(c *record.Filed) error { fresh.put(a.book, c); return nil })
	})
	l.mu.Lock()
	defer l.mu.Unlock()
	l.layout, l.at, l.cases, l.batch, l.units, l.err, l.begun = fresh.layout, fresh.at, fresh.cases, fresh.batch, fresh.units, err, false
	l.marks, l.each, l.risks, l.seq, l.books = fresh.marks, fresh.each, fresh.risks, fresh.seq, fresh.books
	l.local, l.ids, l.heads, l.cameIn = fresh.local, fresh.ids, fresh.heads, fresh.cameIn
	if err != nil {
		l.ready, l.later = nil, nil // the next who asks tries again, and reads what was saved
		close(ready)
		return
	}
	for _, c := range l.later {
		l.put(a.book, c)
	}
	l.later = nil
	for id := range l.gone { // what was read may be older than that
		l.drop(id)
	}
	close(ready)
}

func (a *App) liveEntry(register string) *live {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.live[register] == nil {
		a.live[register] = &live{}
	}
	return a.live[register]
}

// follow puts a saved case in place, or beside while the others are being read.
func (a *App) follow(register string, c *record.Filed) {
	l := a.liveEntry(register)
	l.mu.Lock()
	defer l.mu.Unlock()
	switch {
	case l.begun:
		l.later = append(l.later, c)
	case l.ready != nil:
		l.put(a.book, c)
	}
}

// clients makes short what stands for a client in memory.
var clients = maphash.MakeSeed()

// alone tells whether a client has surely no more than one case in a register. What the
// cases in memory cannot tell, since they are not read yet or since two clients look alike
// there, the database is asked.
func (a *App) alone(ctx context.Context, r *store.Register, client string) bool {
	_, ready := a.warm(r)
	select {
	case <-ready:
	default:
		return false
	}
	l, err := a.liveOf(ctx, r)
	if err != nil {
		return false
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	n := 0
	l.eachOf(maphash.String(clients, client), func(int32) { n++ })
	return n < 2
}

// forget takes deleted cases out of what is counted.
func (a *App) forget(register string, ids []string) {
	l := a.liveEntry(register)
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.gone == nil {
		l.gone = map[string]bool{}
	}
	for _, id := range ids {
		l.gone[id] = true
		l.drop(id)
	}
}

// drop empties a case's row. Its place stays, so that no other case changes its own.
func (l *live) drop(id string) {
	l.dropAt(keyOfCase(id))
}

func (l *live) dropAt(key caseKey) {
	i, known := l.at[key]
	if !known {
		return
	}
	if row := l.cases[i].row; row >= 0 {
		clear(l.batch.Row(int(row)))
	}
	l.touch(i)
	l.inYear(i, -1)
	l.unlink(i)
	l.cases[i] = liveCase{row: -1}
	delete(l.local, i)
	delete(l.at, key)
}

func (l *live) put(cb *codebook.Codebook, c *record.Filed) {
	if l.gone[c.ID] {
		return
	}
	at, known := l.at[keyOfCase(c.ID)]
	i := int(at)
	if !known {
		i = len(l.cases)
		l.at[keyOfCase(c.ID)], l.cases = int32(i), append(l.cases, liveCase{row: -1})
		l.marks = slices.Grow(l.marks, l.packedMarks())[:len(l.marks)+l.packedMarks()]
	}
	x := &l.cases[i]
	if int32(c.Form.Version) < x.version {
		return // a later save was quicker
	}
	l.touch(int32(i))
	l.inYear(int32(i), -1)
	l.link(int32(i), maphash.String(clients, c.Client))
	x.version, x.unit, x.excluded, x.closed = int32(c.Form.Version), l.unitAt(c.Unit), c.Form.Excluded(), c.Form.RoleDay(cb, codebook.Closing)
	if x.began = c.Form.RoleDay(cb, codebook.Intake); x.began == record.NoDay {
		x.began = dayAt(c.Created)
	}
	l.putMarks(i, c.Form.MarksBy(l.newest(cb), l.own(cb, c), make([]record.Mark, 0, l.each)))
	x.wrote[0], x.wrote[1] = c.Form.Wrote(cb)
	l.putLocal(int32(i), c.Form.LocalAnswers(l.own(cb, c)))
	coded := record.CaseOf(cb, c, l.units[c.Unit])
	x.row, x.risk = int32(l.pack(coded, int(x.row))), l.risks.add(compile.RiskFacts(record.RiskCourseOf(cb, c.Form, coded), l.newest(cb)))
	l.inYear(int32(i), 1)
	l.touch(int32(i))
}

// newest gives the codebook that is asked now; the common one where nothing is added to it.
func (l *live) newest(common *codebook.Codebook) *codebook.Codebook {
	if len(l.books) == 0 {
		return common
	}
	return l.books[len(l.books)-1]
}

// own gives the codebook that a case was opened with. A version that was published since the
// cases were read is none here: they are read anew before anybody is shown anything.
func (l *live) own(common *codebook.Codebook, c *record.Filed) *codebook.Codebook {
	if version := codebook.LocalVersionIn(c.Codebook); version < len(l.books) {
		return l.books[version]
	}
	return common
}
