package store

import (
	"context"
	"sync"
	"time"

	"foljsam/internal/fault"
)

// patience is how long somebody waits for a connection or for their turn to write, before
// they are told that the register is busy. A do that calls Read or Write of its own
// register inside itself ends here, rather than never.
const patience = 30 * time.Second

// pool lends connections to one goroutine at a time. Few are opened where few are needed,
// and one that broke is not lent again: another is opened in its place.
type pool struct {
	dial  func(context.Context) (*conn, error)
	turns chan struct{} // one for each that may be lent
	mu    sync.Mutex
	free  []*conn
	done  bool
}

func newPool(n int, dial func(context.Context) (*conn, error)) *pool {
	return &pool{dial: dial, turns: make(chan struct{}, n)}
}

// take lends a connection. It must be given back.
func (p *pool) take(ctx context.Context) (*conn, error) {
	if err := p.turn(ctx); err != nil {
		return nil, err
	}
	c, err := p.idle()
	if c == nil && err == nil {
		c, err = p.dial(ctx)
	}
	if err != nil {
		<-p.turns
		return nil, err
	}
	return c, nil
}

func (p *pool) turn(ctx context.Context) error {
	select {
	case p.turns <- struct{}{}:
		return nil
	default:
	}
	late := time.NewTimer(patience)
	defer late.Stop()
	select {
	case p.turns <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	case <-late.C:
		return fault.New(fault.Internal, "store.busy")
	}
}

// any tells whether a connection can be had without waiting.
func (p *pool) any() bool { return len(p.turns) < cap(p.turns) }

// idle gives the connection that was used last, nil where none is open and free.
func (p *pool) idle() (*conn, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.done {
		return nil, fault.New(fault.Internal, "store.closed")
	}
	n := len(p.free)
	if n == 0 {
		return nil, nil
	}
	c := p.free[n-1]
	p.free = p.free[:n-1]
	return c, nil
}

func (p *pool) give(c *conn) {
	p.mu.Lock()
	keep := !c.broken && !p.done
	if keep {
		p.free = append(p.free, c)
	}
	p.mu.Unlock()
	if !keep {
		_ = c.close() // what it said was said when it broke
	}
	<-p.turns
}

// renew waits for what is lent, does something while nothing is, and closes all connections, so
// that others take their place.
func (p *pool) renew(do func() error, forget func(*conn)) error {
	late := time.After(patience)
	got := 0
	defer func() {
		for range got {
			<-p.turns
		}
	}()
	for range cap(p.turns) {
		select {
		case p.turns <- struct{}{}:
			got++
		case <-late:
			return fault.New(fault.Internal, "store.busy")
		}
	}
	if err := do(); err != nil {
		return err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, c := range p.free {
		forget(c)
	}
	p.free = nil
	return nil
}

// close waits for what is lent, and closes everything.
func (p *pool) close() (first error) {
	p.mu.Lock()
	p.done = true
	free := p.free
	p.free = nil
	p.mu.Unlock()
	for _, c := range free {
		first = firstOf(first, c.close())
	}
	for range cap(p.turns) {
		p.turns <- struct{}{}
	}
	for range cap(p.turns) {
		<-p.turns // whoever comes now is told that it is closed
	}
	return first
}
