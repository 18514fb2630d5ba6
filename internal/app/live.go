package app

import (
	"context"
	"sync"

	"foljsam/internal/codebook"
	"foljsam/internal/fault"
	"foljsam/internal/record"
	"foljsam/internal/store"
	"foljsam/internal/tabulate"
)

// live is a register's cases packed in memory. It follows every save, and is read from the
// database once, when a figure is first asked for.
type live struct {
	mu     sync.Mutex
	loaded bool
	layout *record.Layout
	at     map[string]int // case id → its place
	cases  []liveCase
	batch  *record.Batch
	units  map[string]string // unit id → area
}

// liveCase is one case: where its packed row is, and what figures are chosen by.
type liveCase struct {
	unit     string
	standing record.Standing
	closed   record.Day
	row      int // in the batch; -1 where the case cannot be counted
}

// liveOf gives a register's live cases, read when they have not been.
func (a *App) liveOf(ctx context.Context, r *store.Register) (*live, error) {
	l := a.liveEntry(r.ID())
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.loaded {
		return l, nil
	}
	l.layout, l.at, l.cases, l.units = record.NewLayout(a.book), map[string]int{}, nil, map[string]string{}
	l.batch = &record.Batch{Layout: l.layout}
	err := r.Read(ctx, func(t *store.Tx) error {
		units, err := t.Units()
		if err != nil {
			return err
		}
		for _, u := range units {
			l.units[u.ID] = u.Area
		}
		return t.EachCase(func(c *record.Filed) error { l.put(a.book, c); return ctx.Err() })
	})
	if err != nil {
		return nil, err
	}
	l.loaded = true
	return l, nil
}

func (a *App) liveEntry(register string) *live {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.live[register] == nil {
		a.live[register] = &live{}
	}
	return a.live[register]
}

// follow puts a saved case in place. The lock makes it wait for a reading that has begun;
// a reading that begins later finds the case in the database.
func (a *App) follow(register string, c *record.Filed) {
	l := a.liveEntry(register)
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.loaded {
		l.put(a.book, c)
	}
}

func (l *live) put(cb *codebook.Codebook, c *record.Filed) {
	i, known := l.at[c.ID]
	if !known {
		i = len(l.cases)
		l.at[c.ID], l.cases = i, append(l.cases, liveCase{row: -1})
	}
	x := &l.cases[i]
	x.unit, x.standing, x.closed = c.Unit, c.Form.Standing(cb), c.Form.RoleDay(cb, codebook.Closing)
	x.row = l.pack(record.CaseOf(cb, c, l.units[c.Unit]), x.row)
}

// pack puts a case's packed row in its place, and gives the place.
func (l *live) pack(c *record.Case, row int) int {
	one := &record.Batch{Layout: l.layout}
	if !record.Pack(l.layout, c, one) {
		return -1
	}
	if row < 0 {
		l.batch.Join(one)
		return l.batch.Len() - 1
	}
	copyRow(l.batch, row, one, 0)
	return row
}

func copyRow(to *record.Batch, i int, from *record.Batch, j int) {
	copy(to.Row(i), from.Row(j))
	to.Unit[i], to.Intake[i], to.Days[i], to.Age[i] = from.Unit[j], from.Intake[j], from.Days[j], from.Age[j]
}

// columns builds columns of the cases that are wanted. Excluded cases are never counted.
func (l *live) columns(want func(liveCase) bool) (*tabulate.Columns, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.loaded {
		return nil, fault.New(fault.Internal, "fault.internal")
	}
	all := &record.Batch{Layout: l.layout}
	for _, x := range l.cases {
		if x.row >= 0 && x.standing != record.Excluded && want(x) {
			all.Append(l.batch.Unit[x.row], l.batch.Intake[x.row])
			copyRow(all, all.Len()-1, l.batch, x.row)
		}
	}
	return tabulate.Build(l.layout, []*record.Batch{all}), nil
}
