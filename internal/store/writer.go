package store

import (
	"context"
	"errors"
	"sync"

	"foljsam/internal/fault"
	"foljsam/internal/place"
)

// Register is one register's data. Its methods may be used by several goroutines at once.
type Register struct {
	id     string
	keys   registerKeys
	writer writeConn
	reads  chan *conn // readers that are free
	closed func() error

	mu    sync.Mutex // of stopped, against sending on a closed channel
	stop  bool
	wants chan *write
	ended chan struct{}
}

// write is something that waits to be written, with others, in one transaction.
type write struct {
	do   func(*Tx) error
	err  error
	done chan struct{}
}

// most is how many writes share a transaction: enough for many clients, little enough that
// the first does not wait long for the last.
const most = 256

// ID gives the register's id.
func (r *Register) ID() string { return r.id }

// Write does something in a transaction, together with what others write at the same time,
// and returns when it is on disk. When do returns an error nothing of it is kept. do may be
// run more than once, and must not keep what an earlier run gave.
func (r *Register) Write(ctx context.Context, do func(*Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	w := &write{do: do, done: make(chan struct{})}
	r.mu.Lock()
	if r.stop {
		r.mu.Unlock()
		return fault.New(fault.Internal, "store.closed")
	}
	r.wants <- w
	r.mu.Unlock()
	<-w.done // not ctx: what was sent may be written, and the caller must know
	return w.err
}

// writeAll is the register's only writer.
func (r *Register) writeAll() {
	defer close(r.ended)
	for first := range r.wants {
		batch := append(make([]*write, 0, 8), first)
		for len(batch) < most {
			select {
			case w, more := <-r.wants:
				if !more {
					r.commit(batch)
					return
				}
				batch = append(batch, w)
				continue
			default:
			}
			break
		}
		r.commit(batch)
	}
}

// commit writes a batch. Each write has its own savepoint, so that one that fails leaves
// the others whole; when the transaction itself fails, none of them is acknowledged.
func (r *Register) commit(batch []*write) {
	err := r.writer.transact(func(t *Tx) error {
		t.r = r
		for _, w := range batch {
			w.err = t.inSavepoint(w.do)
			if isLost(w.err) {
				return w.err
			}
		}
		return t.flushAudit()
	})
	for _, w := range batch {
		if err != nil {
			w.err = told(err)
		}
		close(w.done)
	}
}

// Read does something in a snapshot of the register, in which nothing can be written.
func (r *Register) Read(ctx context.Context, do func(*Tx) error) error {
	select {
	case c, open := <-r.reads:
		if !open {
			return fault.New(fault.Internal, "store.closed")
		}
		defer func() { r.reads <- c }()
		return told(c.snapshot(func(t *Tx) error { t.r = r; return do(t) }))
	case <-ctx.Done():
		return ctx.Err()
	}
}

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
	var first error
	for range cap(r.reads) {
		c := <-r.reads
		first = firstOf(first, c.close())
	}
	return firstOf(first, r.closed())
}

func (r *Register) settle(ctx context.Context) error { return r.writer.settle(ctx) }

// Units gives the register's units, those that no longer hold among them.
func (r *Register) Units(ctx context.Context) (all []place.Unit, err error) {
	err = r.Read(ctx, func(t *Tx) error { all, err = t.Units(); return err })
	return all, err
}

// isLost tells whether an error means that the whole transaction is lost, rather than one
// write in it.
func isLost(err error) bool {
	var e *fault.Error
	return err != nil && !errors.As(err, &e)
}
