package store

import (
	"hash/maphash"
	"slices"
	"sync"
	"time"

	"github.com/ncruces/go-sqlite3"

	"foljsam/internal/fault"
	"foljsam/internal/record"
)

// catalog is where every case of a register in a file stands, in memory: what lists and
// look-ups ask of all cases at once. The file has no index for that. An index on what comes in
// no order costs each case that is filed a page of its own, to be encrypted, logged and folded
// in: they were more than half of what filing cost.
//
// It is read from the rows when the register is opened, and follows the writer's commits. It
// says which rows to look at; what they hold is read from the database, whose word decides.
type catalog struct {
	ready chan struct{} // closed when the rows have been read the first time

	mu      sync.RWMutex
	wrong   error     // why they could not be read
	tried   time.Time // when a reader last had them read again
	rows    []entry   // by the number of the row; where there is no case, its standing is none
	codes   lookup
	clients lookup
	names   map[string]uint32 // of units and caseworkers
}

// entry is one case, in 32 bytes. A hundred thousand of them are looked through in a moment.
type entry struct {
	code, client uint32 // pseudonyms, shortened
	before       uint32 // the row before it that has the same client; 0: none
	intake, next record.Day
	unit, worker uint32
	standing     uint8 // 1 + its place among standings
	marks        uint8
}

// What an entry is marked with.
const (
	isDue     = 1 << iota // something that is due is missing
	toDiscuss             // the group should talk about it
)

var standings = []record.Standing{record.Open, record.Shut, record.Excluded}

// mostRows is beyond what a register has: its row would be that of a damaged file.
const mostRows = 1 << 28

// move is a row that a transaction changed. Nobody else sees it before the commit.
type move struct {
	row uint32
	to  entry // without a standing: the case is gone
}

var seed = maphash.MakeSeed()

// shortened gives a pseudonym as a number. Others may have the same: the row decides.
func shortened[T string | []byte](pseudonym T) uint32 {
	return uint32(maphash.String(seed, string(pseudonym)))
}

func newCatalog() *catalog {
	return &catalog{ready: make(chan struct{}), names: map[string]uint32{}}
}

// load reads all rows. Only the register's writer calls it, between two transactions.
func (k *catalog) load(t *Tx) error {
	fresh := newCatalog()
	var last int64
	if _, err := t.c.one([]any{&last}, `SELECT coalesce(max(rowid), 0) FROM cases`); err != nil {
		return err
	}
	if last > mostRows {
		return fault.New(fault.Internal, "store.damaged")
	}
	fresh.rows = make([]entry, 1, last+1)
	err := t.c.direct.each(fresh.read, `SELECT rowid, unit, worker, code, client, state, intake, next_day, missing > 0, discuss FROM cases NOT INDEXED WHERE register = ? ORDER BY rowid`, t.r.id)
	if err != nil {
		return err
	}
	fresh.index()
	k.mu.Lock()
	defer k.mu.Unlock()
	k.rows, k.codes, k.clients, k.names = fresh.rows, fresh.codes, fresh.clients, fresh.names
	return nil
}

// loaded lets those in who wait, and tells them why it could not be read.
func (k *catalog) loaded(err error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.wrong = err
	select {
	case <-k.ready:
	default:
		close(k.ready)
	}
}

// tryAgain tells one reader a second that the rows could not be read and should be.
func (k *catalog) tryAgain(now time.Time) bool {
	k.mu.RLock()
	wrong := k.wrong
	k.mu.RUnlock()
	if wrong == nil {
		return false
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if now.Sub(k.tried) < time.Second {
		return false
	}
	k.tried = now
	return true
}

func (k *catalog) read(s *sqlite3.Stmt) error {
	row := s.ColumnInt64(0)
	if row < 1 || row > mostRows {
		return fault.New(fault.Internal, "store.damaged")
	}
	var e entry
	e.unit, e.worker = k.name(s.ColumnRawText(1)), k.name(s.ColumnRawText(2))
	e.code, e.client = shortened(s.ColumnRawText(3)), shortened(s.ColumnRawText(4))
	e.standing = standingOf(s.ColumnRawText(5))
	e.intake, _ = record.ParseDay(s.ColumnRawText(6))
	e.next, _ = record.ParseDay(s.ColumnRawText(7))
	e.marks = marked(s.ColumnBool(8), s.ColumnBool(9))
	k.put(uint32(row), e)
	return nil
}

// name gives the number of a unit or a caseworker. 0 is nobody's.
func (k *catalog) name(text []byte) uint32 {
	n, ok := k.names[string(text)]
	if !ok {
		n = uint32(len(k.names) + 1)
		k.names[string(text)] = n
	}
	return n
}

func standingOf[T ~string | []byte](s T) uint8 {
	for i, x := range standings {
		if string(s) == string(x) {
			return uint8(i + 1)
		}
	}
	return 0
}

func marked(due, discuss bool) (m uint8) {
	if due {
		m |= isDue
	}
	if discuss {
		m |= toDiscuss
	}
	return m
}

func (k *catalog) put(row uint32, e entry) {
	if more := int(row) + 1 - len(k.rows); more > 0 {
		if int(row) >= cap(k.rows) {
			k.rows = append(make([]entry, 0, int(row)+1+len(k.rows)/16), k.rows...)
		}
		k.rows = k.rows[:row+1]
	}
	k.rows[row] = e
}

// entryOf gives what the catalog will have of a case.
func (k *catalog) entryOf(x *record.Cover, code, client string) entry {
	return entry{code: shortened(code), client: shortened(client), intake: x.Intake, next: x.Next,
		unit: k.named(x.Unit), worker: k.named(x.Worker), standing: standingOf(x.Standing), marks: marked(x.Missing > 0, x.Discuss)}
}

// named is name for the writer, who alone changes names: nobody waits for one that is known.
func (k *catalog) named(text string) uint32 {
	if n, ok := k.names[text]; ok {
		return n
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.name([]byte(text))
}

// follow takes in what a transaction changed, when it has been committed.
func (k *catalog) follow(all []move) {
	if len(all) == 0 {
		return
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	anew := false
	for _, m := range all {
		var was entry
		if int(m.row) < len(k.rows) {
			was = k.rows[m.row]
		}
		m.to.before = was.before
		k.put(m.row, m.to)
		switch {
		case was.standing == 0 && m.to.standing != 0:
			k.find(m.row)
		case was.code != m.to.code || was.client != m.to.client || m.to.standing == 0:
			anew = true // which is seldom
		}
	}
	if anew {
		k.index()
	}
}

// index makes the look-ups anew.
func (k *catalog) index() {
	cases := 0
	for i := range k.rows {
		k.rows[i].before = 0
		if k.rows[i].standing != 0 {
			cases++
		}
	}
	k.codes, k.clients = newLookup(cases), newLookup(cases)
	for i := range k.rows {
		if k.rows[i].standing != 0 {
			k.find(uint32(i))
		}
	}
}

// find lets a new row be found by its pseudonyms.
func (k *catalog) find(row uint32) {
	if k.codes.full() || k.clients.full() {
		k.index()
		return
	}
	e := &k.rows[row]
	k.codes.place(e.code, func(uint32) bool { return false }).set(row)
	p := k.clients.place(e.client, func(other uint32) bool { return k.rows[other].client == e.client })
	e.before = *p.at
	p.set(row)
}

// see gives the rows to look at, as they are with what a transaction of the writer has changed.
func (k *catalog) see(t *Tx, look func(rows []entry)) error {
	<-k.ready
	k.mu.RLock()
	defer k.mu.RUnlock()
	if k.wrong != nil {
		return k.wrong
	}
	rows := k.rows
	if len(t.moves) > 0 {
		mine := catalog{rows: slices.Clone(rows)}
		for _, m := range t.moves {
			mine.put(m.row, m.to)
		}
		rows = mine.rows
	}
	look(rows)
	return nil
}

// ofCode gives the rows that may have a case's pseudonym.
func (k *catalog) ofCode(t *Tx, pseudonym string) (rows []uint32, err error) {
	h := shortened(pseudonym)
	err = k.look(t, func() {
		k.codes.each(h, func(row uint32) bool {
			if k.rows[row].code == h {
				rows = append(rows, row)
			}
			return true
		})
	}, func(m *move) {
		if m.to.code == h {
			rows = append(rows, m.row)
		}
	})
	slices.Sort(rows)
	return slices.Compact(rows), err
}

// ofClient gives the rows that may have a client's pseudonym, in the order of the rows.
func (k *catalog) ofClient(t *Tx, pseudonym string) (rows []uint32, err error) {
	h := shortened(pseudonym)
	err = k.look(t, func() {
		k.clients.each(h, func(row uint32) bool {
			if k.rows[row].client != h {
				return true
			}
			for ; row != 0; row = k.rows[row].before {
				rows = append(rows, row)
			}
			return false
		})
	}, func(m *move) {
		if m.to.client == h {
			rows = append(rows, m.row)
		}
	})
	slices.Sort(rows)
	return slices.Compact(rows), err
}

func (k *catalog) look(t *Tx, committed func(), mine func(*move)) error {
	<-k.ready
	k.mu.RLock()
	defer k.mu.RUnlock()
	committed()
	for i := range t.moves {
		mine(&t.moves[i])
	}
	return k.wrong
}

// lookup finds rows by a pseudonym's number: a table of rows, each at the first free place from
// the one that the number gives. At least a fifth of it is free.
type lookup struct {
	rows []uint32
	used int
}

func newLookup(cases int) lookup {
	size := 64
	for size*4/5 <= cases+cases/50+8 {
		size *= 2
	}
	return lookup{rows: make([]uint32, size)}
}

func (l *lookup) full() bool { return l.used >= len(l.rows)*4/5 }

// place gives the first place from a number that is free, or has a row that will do.
func (l *lookup) place(h uint32, does func(uint32) bool) spot {
	for at := h; ; at++ {
		if p := &l.rows[at&uint32(len(l.rows)-1)]; *p == 0 || does(*p) {
			return spot{l, p}
		}
	}
}

type spot struct {
	in *lookup
	at *uint32
}

func (s spot) set(row uint32) {
	if *s.at == 0 {
		s.in.used++
	}
	*s.at = row
}

// each gives the rows from a number on, until one of them was enough.
func (l *lookup) each(h uint32, more func(uint32) bool) {
	for at := h; len(l.rows) > 0; at++ {
		row := l.rows[at&uint32(len(l.rows)-1)]
		if row == 0 || !more(row) {
			return
		}
	}
}
