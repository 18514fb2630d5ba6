package app

import (
	"context"
	"slices"
	"sync"

	"foljsam/internal/audit"
	"foljsam/internal/codebook"
	"foljsam/internal/fault"
	"foljsam/internal/indicator"
	"foljsam/internal/place"
	"foljsam/internal/record"
	"foljsam/internal/store"
)

// figureBases are the cases of each register as the rules of the key figures see them. They
// are read once, and follow the register's log: nothing that is counted of them is kept.
type figureBases struct {
	mu sync.Mutex
	of map[string]*figureBase
}

type figureBase struct {
	mu     sync.Mutex
	read   bool
	seq    int64          // the log's line up to which every save is here
	moved  int64          // the last line up to it that may have changed what is counted, or returned
	at     map[string]int // case id → its place
	cases  []figureCase
	books  []*codebook.Codebook
	units  map[string]place.Unit // by id
	stands standings
}

// figureCase is one case of a register. A case that was deleted has no id.
type figureCase struct {
	indicator.Case
	unit, worker, client string
	out                  bool // excluded: never counted
}

func (f *figureBases) base(register string) *figureBase {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.of == nil {
		f.of = map[string]*figureBase{}
	}
	if f.of[register] == nil {
		f.of[register] = &figureBase{}
	}
	return f.of[register]
}

// figureCases gives every case of a register as it is now, and the last line of the log that may
// have changed what is counted or returned.
func (a *App) figureCases(ctx context.Context, r *store.Register) (cases []figureCase, moved int64, err error) {
	b := a.ownFigures.base(r.ID())
	b.mu.Lock()
	defer b.mu.Unlock()
	err = r.Read(ctx, func(t *store.Tx) error {
		if b.read {
			again, err := b.catchUp(a, t)
			if err != nil || !again {
				return err
			}
		}
		return b.load(a, t, r.ID())
	})
	if err != nil {
		b.read = false
		return nil, 0, err
	}
	return slices.Clone(b.cases), b.moved, nil
}

// load reads all cases.
func (b *figureBase) load(a *App, t *store.Tx, register string) error {
	head, err := t.AuditHead() // before the cases: whatever is saved after it is caught up with
	if err != nil {
		return err
	}
	b.at, b.cases, b.units = map[string]int{}, nil, map[string]place.Unit{}
	units, err := t.Units()
	if err != nil {
		return err
	}
	for _, u := range units {
		b.units[u.ID] = u
	}
	if b.books, err = a.allBooks(t, register); err != nil {
		return err
	}
	err = t.EachCase(func(c *record.Filed) error { return b.put(c) })
	b.seq, b.moved, b.read = head.Seq, head.Seq, err == nil
	return err
}

// catchUp reads the cases that the log has lines of since. What the log tells of no single
// case, all is read again for; and where it has too many.
func (b *figureBase) catchUp(a *App, t *store.Tx) (again bool, err error) {
	head, err := t.AuditHead()
	if err != nil || head.Seq-b.seq > farBehind {
		return true, err
	}
	changed := map[string]bool{}
	to := b.seq
	for {
		lines, err := t.AuditLines(to, linesAtOnce)
		if err != nil {
			return false, err
		}
		for _, s := range lines {
			l, err := s.Read()
			if err != nil {
				return false, err
			}
			to = l.Seq
			again = again || l.Act == audit.Retained || l.Act == audit.BookPublished || l.Act == audit.ChangedUnit || l.Act == audit.AddedUnit
			switch {
			case l.Case != "" && !onlySaw(l.Act):
				changed[l.Case], b.moved = true, l.Seq
			case l.Act == audit.FigureUnits || l.Act == audit.FigureReturned || l.Act == audit.FigureSent || l.Act == audit.FigureAccepted:
				b.moved = l.Seq
			}
		}
		if len(lines) < linesAtOnce || again {
			break
		}
	}
	for id := range changed {
		if again {
			break
		}
		switch c, err := t.Case(id); {
		case fault.KindOf(err) == fault.NotFound && err != nil:
			again = true
		case err != nil:
			return false, err
		default:
			if err := b.put(c); err != nil {
				return false, err
			}
		}
	}
	b.seq = to
	return again, nil
}

// put takes a case as it would be sent.
func (b *figureBase) put(c *record.Filed) error {
	version := codebook.LocalVersionIn(c.Codebook)
	if version >= len(b.books) {
		return fault.New(fault.Internal, "store.damaged")
	}
	cb := b.books[version]
	x := figureCase{Case: indicator.CaseOf(cb, record.CaseOf(cb, c, b.units[c.Unit].Area)), unit: c.Unit, worker: c.Worker, client: c.Client, out: c.Form.Excluded()}
	x.ID = c.ID
	if i, known := b.at[c.ID]; known {
		b.cases[i] = x
		return nil
	}
	b.at[c.ID] = len(b.cases)
	b.cases = append(b.cases, x)
	return nil
}
