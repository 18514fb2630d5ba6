package store

import (
	"context"
	"database/sql"
	"sync"
	"sync/atomic"
)

// fold puts what stands in a register's log into its file, beside those who write: a large
// log takes longer to fold in than anyone should wait for a save. Only the little that was
// written meanwhile is folded by the writer, which then begins the log anew.
type fold struct {
	dial  func(context.Context) (*conn, error)
	wake  chan struct{}
	ended chan struct{}
	last  atomic.Bool // the writer should fold in the rest
	mu    sync.Mutex  // held while it folds, or has a connection: two at once are refused by SQLite
}

// foldAt is how many pages a log has when it is folded in: 96 MiB. The longer it is, the
// oftener is a page that many cases change written to the file once for all of them.
const foldAt = 24000

func newFold(dial func(context.Context) (*conn, error)) *fold {
	f := &fold{dial: dial, wake: make(chan struct{}, 1), ended: make(chan struct{})}
	go func() {
		defer close(f.ended)
		for range f.wake {
			f.most()
		}
	}()
	return f
}

// written is told how many pages the log has after a commit.
func (f *fold) written(pages int) {
	if pages < foldAt {
		return
	}
	select {
	case f.wake <- struct{}{}:
	default: // it is awake
	}
}

// most folds in nearly everything. What fails here is tried again after a later commit.
func (f *fold) most() {
	f.mu.Lock()
	defer f.mu.Unlock()
	c, err := f.dial(background)
	if err != nil {
		return
	}
	defer c.close()
	for range 4 {
		left, err := foldOnce(c.db)
		if err != nil || left < 200 {
			break
		}
	}
	f.last.Store(true)
}

// rest folds in what was written meanwhile, on the writer's own connection between two
// transactions.
func (f *fold) rest(writes *pool) {
	if !f.last.CompareAndSwap(true, false) {
		return
	}
	c, err := writes.take(background)
	if err != nil {
		return
	}
	defer writes.give(c)
	_, _ = foldOnce(c.db) // tried again later
}

// foldOnce gives how many pages are left in the log.
func foldOnce(db *sql.Conn) (left int, err error) {
	var busy, in, done int
	err = db.QueryRowContext(background, "PRAGMA wal_checkpoint(passive)").Scan(&busy, &in, &done)
	return in - done, err
}

// close is called when nobody writes any more.
func (f *fold) close() {
	close(f.wake)
	<-f.ended
}
