package store

import (
	"context"
	"time"
)

// flight is a batch on its way to the disk.
type flight struct {
	r     *Register
	batch []*write
	own   []span    // lines of the log that it wrote of cases
	moves []move    // rows of cases that it changed
	log   *logQueue // where its commit is waited for; nil: it has been
	err   error
	done  chan struct{} // closed when everybody has been told
}

// runTogether runs a batch as if nothing of it will fail, which is the common case. While the
// batch before it is on its way, it takes in what comes.
func (f *flight) runTogether(t *Tx) error {
	t.watch()
	for ran := 0; ran < len(f.batch); {
		for _, w := range f.batch[ran:] {
			t.c.wrote = false
			err := t.does(w.do)
			switch {
			case err == nil:
			case len(f.batch) == 1 || t.c.d.again(err, false):
				return err
			case t.c.wrote:
				return errApart
			}
			w.err = t.c.translate(err)
		}
		ran = len(f.batch)
		if err := f.r.meanwhile(&f.batch); err != nil {
			return err
		}
	}
	return f.flush(t)
}

// runApart runs a batch with a savepoint for each write.
func (f *flight) runApart(t *Tx) error {
	t.watch()
	for _, w := range f.batch {
		err, lost := t.inSavepoint(w.do)
		if lost != nil {
			return lost
		}
		w.err = t.c.translate(err)
	}
	if err := f.r.land(); err != nil {
		return err
	}
	return f.flush(t)
}

// flush writes what waits for the end of the batch, and lets the commit be waited for later.
func (f *flight) flush(t *Tx) error {
	err := t.flush()
	f.own, f.moves = t.own, t.moves
	if f.r.lines.log != nil {
		f.log = f.r.lines.log()
		t.c.later = f.log
	}
	return err
}

// A batch waits a moment for as many as were in the last one, at most so many: those who were
// told just now are about to come again, and one wait for the disk costs as much for many.
const (
	company = 40
	moment  = 1500 * time.Microsecond
)

// meanwhile adds to a batch what comes while the one before it is on its way, and in the moment
// after; nothing, when the batch should be off.
func (r *Register) meanwhile(batch *[]*write) error {
	if r.flight != nil && len(*batch) < most {
		if w := next(r, r.flight.done); w != nil {
			*batch = append(*batch, w)
			return nil
		}
	}
	if err := r.land(); err != nil {
		return err
	}
	if len(*batch) < min(r.last, company) && len(r.held) == 0 {
		if w := next(r, time.After(moment)); w != nil {
			*batch = append(*batch, w)
			return nil
		}
	}
	r.last = len(*batch)
	return nil
}

// next gives the next that wants to be written with others; nil where none comes before
// something else does.
func next[T any](r *Register, before <-chan T) *write {
	for {
		select {
		case <-before:
			return nil
		case w, more := <-r.wants:
			switch {
			case !more:
				return nil
			case !w.taken.CompareAndSwap(false, true): // nobody waits for it
			case w.alone != nil:
				r.held = append(r.held, w)
				return nil
			default:
				return w
			}
		}
	}
}

// land waits for what is on its way. Where that did not come to the disk, nothing after it did.
func (r *Register) land() error {
	f := r.flight
	if f == nil {
		return nil
	}
	<-f.done
	r.flight = nil
	return f.err
}

// wait waits for the disk, and tells everybody.
func (f *flight) wait() {
	var err error
	if e := f.log.wait(); e != nil {
		err = (&conn{d: sqlite}).translate(said{e})
	}
	f.end(err)
}

// end tells everybody in the batch how it went.
func (f *flight) end(err error) {
	if err == nil {
		f.r.own.add(f.own)
	}
	for _, w := range f.batch {
		if err != nil {
			w.err = err
		}
		if w.err == nil {
			f.r.written.Add(1)
		}
		close(w.done)
	}
	f.err = err
	close(f.done)
}

// well takes back what the disk failed at before, once it is well again.
func (r *Register) well() error {
	if r.catalog != nil && r.catalog.wrong != nil {
		return r.catalogue()
	}
	if r.lines.log == nil {
		return nil
	}
	q := r.lines.log()
	if q == nil || q.failure() == nil {
		return nil
	}
	_ = r.land() // those who wait are told
	if err := r.lines.renew(); err != nil {
		return (&conn{d: sqlite}).translate(said{err})
	}
	return r.catalogue()
}

// catalogue reads the catalog. Only the writer does, between two transactions.
func (r *Register) catalogue() error {
	if r.catalog == nil {
		return nil
	}
	from := r.lines.reads           // whose memory of pages is small, and full already
	if from == nil || !from.any() { // long reading goes on, in all of them
		from = r.lines.writes
	}
	err := guarded(func() error { return r.snapshot(background, from, r.catalog.load) })
	r.catalog.loaded(err)
	return err
}

// begun waits until the catalog has been read the first time. Whoever has a connection must not
// wait for it: it is read through one of theirs.
func (r *Register) begun(ctx context.Context) error {
	if r.catalog == nil {
		return nil
	}
	select {
	case <-r.catalog.ready:
		if r.catalog.tryAgain(time.Now()) { // or lists would fail until somebody saves
			_ = r.send(ctx, &write{alone: r.catalogue, done: make(chan struct{})})
		}
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
