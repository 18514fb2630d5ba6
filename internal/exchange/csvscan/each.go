package csvscan

import (
	"context"
	"sync"
)

// Each reads the file to its end. parse is called for every chunk, several at once and
// in any order; it must not keep the chunk. take is called with what parse gave, one
// chunk at a time and in the file's order, with the number of rows before the chunk's
// first (so before + [Chunk.Row] is the row as a spreadsheet shows it). The first error
// ends it.
func Each[T any](ctx context.Context, s *Scanner, workers int, parse func(*Chunk) T, take func(t T, before int) error) error {
	if s.eof { // the header's chunk held all of it
		workers = 1
	}
	o := &order[T]{before: s.before, take: take, window: 4 * max(workers, 1)}
	o.turn.L = &o.mu
	o.waiting = make([]*parsed[T], o.window)
	var all sync.WaitGroup
	for range workers - 1 {
		all.Go(func() { work(ctx, s, o, parse) })
	}
	work(ctx, s, o, parse)
	all.Wait()
	carry := s.carry[:0]
	s.carry = nil
	buffers.Put(&carry)
	return o.err
}

func work[T any](ctx context.Context, s *Scanner, o *order[T], parse func(*Chunk) T) {
	c := chunks.Get().(*Chunk)
	defer chunks.Put(c)
	for {
		err := ctx.Err()
		var ok bool
		if err == nil {
			ok, err = s.fill(c)
		}
		if err != nil {
			o.stop(err)
			return
		}
		if !ok {
			return
		}
		c.data = s.decode(c.data)
		t := parse(c)
		for c.Next() { // count what parse left
		}
		if !o.deliver(c.Index, parsed[T]{t, c.rows}) {
			return
		}
	}
}

type parsed[T any] struct {
	what T
	rows int
}

// order hands out what workers deliver in the order of the chunks.
type order[T any] struct {
	take   func(T, int) error
	window int

	mu      sync.Mutex
	turn    sync.Cond
	waiting []*parsed[T] // by chunk, modulo the window
	next    int
	before  int
	taking  bool
	err     error
}

// stop ends the reading.
func (o *order[T]) stop(err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.err == nil {
		o.err = err
	}
	o.turn.Broadcast()
}

// deliver leaves a chunk, and hands out all whose turn it is unless another worker does.
// It waits when the chunk is far ahead of its turn; go on is false after an error.
func (o *order[T]) deliver(index int, p parsed[T]) (goOn bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for index >= o.next+o.window && o.err == nil {
		o.turn.Wait()
	}
	if o.err != nil {
		return false
	}
	o.waiting[index%o.window] = &p
	if o.taking {
		return true
	}
	o.taking = true
	for o.err == nil && o.waiting[o.next%o.window] != nil {
		o.hand()
	}
	o.taking = false
	return o.err == nil
}

// hand gives the next chunk to take, without the lock.
func (o *order[T]) hand() {
	p := o.waiting[o.next%o.window]
	o.waiting[o.next%o.window] = nil
	before := o.before
	o.mu.Unlock()
	err := o.take(p.what, before)
	o.mu.Lock()
	o.before = before + p.rows
	o.next++
	if err != nil && o.err == nil {
		o.err = err
	}
	o.turn.Broadcast()
}
