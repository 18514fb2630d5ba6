package store

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"foljsam/internal/fault"
	"foljsam/internal/place"
)

// Register is one register's data. Its methods may be used by several goroutines at once.
type Register struct {
	id      string
	secrets secrets
	lines   *lines
	own     ownLines
	catalog *catalog // of files; nil: the database's own indexes do it
	older   bool     // the schema is an older one, in which tables are missing

	mu    sync.RWMutex // of stop, against sending on a closed channel
	stop  bool
	wants chan *write
	ended chan struct{}

	// Of the writer alone.
	flight *flight  // the commit that is waited for; nil: none is
	held   []*write // came while it was, and are done alone
	last   int      // how many were in the last batch

	written atomic.Int64 // writes that were acknowledged
}

// write is something that waits to be written, with others, in one transaction; or to be
// done by the writer alone, between two transactions.
type write struct {
	do    func(*Tx) error
	alone func() error
	taken atomic.Bool // by the writer, or back by the one who waited
	err   error
	done  chan struct{}
}

// most is how many writes share a transaction: enough for many clients, little enough that
// the first does not wait long for the last.
const most = 256

func newRegister(id string, s secrets, l *lines) *Register {
	return &Register{id: id, secrets: s, lines: l, wants: make(chan *write, most), ended: make(chan struct{})}
}

// ID gives the register's id.
func (r *Register) ID() string { return r.id }

// Write does something in a transaction, together with what others write at the same time,
// and returns when it is on disk. When do returns an error, or panics, nothing of it is
// kept. do may be run more than once, and must not keep what an earlier run gave; it must
// not call Write or Read of the same register.
//
// A context that ends while the write waits for its turn takes it back. After that Write
// waits for the answer: what was begun may be kept, and the caller must know.
func (r *Register) Write(ctx context.Context, do func(*Tx) error) error {
	return r.send(ctx, &write{do: do, done: make(chan struct{})})
}

// send gives the writer something to do, and waits for it.
func (r *Register) send(ctx context.Context, w *write) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := r.queue(ctx, w); err != nil {
		return err
	}
	late := time.NewTimer(patience)
	defer late.Stop()
	err := error(fault.New(fault.Internal, "store.busy"))
	select {
	case <-w.done:
		return w.err
	case <-ctx.Done():
		err = ctx.Err()
	case <-late.C:
	}
	if w.taken.CompareAndSwap(false, true) {
		return err
	}
	<-w.done
	return w.err
}

func (r *Register) queue(ctx context.Context, w *write) error {
	r.mu.RLock()
	defer r.mu.RUnlock()
	if r.stop {
		return fault.New(fault.Internal, "store.closed")
	}
	select {
	case r.wants <- w:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// writeAll is the register's only writer. Should a write end its goroutine (as a test's
// Fatal does), another goes on.
func (r *Register) writeAll() {
	done := false
	defer func() {
		if !done {
			go r.writeAll()
		}
	}()
	for first := range r.wants {
		r.perform(r.gather(first))
		for len(r.held) > 0 {
			held := r.held
			r.held = nil
			r.alone(held)
		}
		r.lines.between()
	}
	_ = r.land() // those who wait are told
	done = true
	close(r.ended)
}

// gather gives a write and those that wait behind it.
func (r *Register) gather(first *write) []*write {
	batch := append(make([]*write, 0, 8), first)
	for len(batch) < most {
		select {
		case w, more := <-r.wants:
			if !more {
				return batch
			}
			batch = append(batch, w)
		default:
			return batch
		}
	}
	return batch
}

// perform writes what shares a transaction, and does what is done alone.
func (r *Register) perform(all []*write) {
	var batch []*write
	for _, w := range all {
		switch {
		case !w.taken.CompareAndSwap(false, true): // nobody waits for it
		case w.alone == nil:
			batch = append(batch, w)
		default:
			r.commit(batch)
			batch = nil
			r.alone([]*write{w})
		}
	}
	r.commit(batch)
}

// alone does what is done between transactions, when nothing is waited for.
func (r *Register) alone(all []*write) {
	_ = r.land() // those who wait are told
	for _, w := range all {
		w.err = guarded(w.alone)
		close(w.done)
	}
}

// errApart: a write failed that had changed something; the batch is written again, each
// write with a savepoint of its own.
var errApart = errors.New("to be written apart")

// commit writes a batch in one transaction. A write that fails leaves the others whole;
// when the transaction itself fails, none of them is acknowledged.
func (r *Register) commit(batch []*write) {
	if len(batch) == 0 {
		return
	}
	f := &flight{batch: batch, r: r, done: make(chan struct{})}
	err := error(fault.New(fault.Internal, "store.failed")) // for a goroutine that ends in the middle
	defer func() {
		if r.flight != f {
			f.end(err)
		}
	}()
	if ill := r.well(); ill != nil {
		err = ill
		return
	}
	err = guarded(func() error { return r.transact(f.runTogether) })
	if errors.Is(err, errApart) {
		err = guarded(func() error { return r.transact(f.runApart) })
	}
	if err == nil && r.catalog != nil {
		r.catalog.follow(f.moves)
	}
	if err == nil && f.log != nil && f.log.owes() {
		r.flight = f
		go f.wait()
	}
}

// Read does something in a snapshot of the register, in which nothing can be written. do
// must not call Write or Read of the same register.
func (r *Register) Read(ctx context.Context, do func(*Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if r.lines.reads == nil {
		read := func() error { return r.snapshot(background, r.lines.writes, do) }
		return r.send(ctx, &write{alone: read, done: make(chan struct{})})
	}
	if err := r.begun(ctx); err != nil {
		return err
	}
	return guarded(func() error { return r.snapshot(ctx, r.lines.reads, do) })
}

// ReadEach does something without a transaction around it, where the database lets it: each
// query sees a moment of its own. It is for what one query answers.
func (r *Register) ReadEach(ctx context.Context, do func(*Tx) error) error {
	if r.lines.reads == nil {
		return r.Read(ctx, do)
	}
	if err := r.begun(ctx); err != nil {
		return err
	}
	c, err := r.lines.reads.take(ctx)
	if err != nil {
		return err
	}
	if c.d.remote { // the register's rights begin with a transaction
		r.lines.reads.give(c)
		return r.Read(ctx, do)
	}
	defer r.lines.reads.give(c)
	c.reading = true
	return c.translate(guarded(func() error { return do(&Tx{r: r, c: c}) }))
}

// settle makes everything written so far last, and all that comes.
func (r *Register) settle(ctx context.Context) error {
	return r.send(ctx, &write{done: make(chan struct{}), alone: func() error {
		c, err := r.lines.writes.take(background)
		if err != nil {
			return err
		}
		defer r.lines.writes.give(c)
		return c.translate(r.lines.settle(c))
	}})
}

// trim puts what stands in the log beside the register's file into the file, as far as that can
// be done without anybody waiting.
func (r *Register) trim(ctx context.Context) error {
	if r.lines.trim == nil {
		return nil
	}
	r.lines.most()
	return r.send(ctx, &write{done: make(chan struct{}), alone: func() error {
		c, err := r.lines.writes.take(background)
		if err != nil {
			return err
		}
		defer r.lines.writes.give(c)
		r.lines.trim(c)
		return nil
	}})
}

// close waits for what has been sent, and closes the connections.
func (r *Register) close() error {
	r.mu.Lock()
	if r.stop {
		r.mu.Unlock()
		return nil
	}
	r.stop = true
	close(r.wants)
	r.mu.Unlock()
	<-r.ended
	return r.lines.close()
}

// Units gives the register's units, those that no longer hold among them.
func (r *Register) Units(ctx context.Context) (all []place.Unit, err error) {
	err = r.Read(ctx, func(t *Tx) error { all, err = t.Units(); return err })
	return all, err
}
