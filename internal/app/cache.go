package app

import (
	"context"
	"sync"
	"time"
)

// memory is how long what was read from the database is believed. What another program that
// serves the same database has changed is seen after that.
const memory = 15 * time.Second

// mostKept is how many answers a cache has at most; then it begins anew.
const mostKept = 10_000

// cache remembers for a short while what was read from the database. Nothing is locked while
// the database is asked; who asks the same meanwhile waits for that answer. Errors are not
// remembered.
type cache[T any] struct {
	mu    sync.Mutex
	known map[string]*asked[T]
}

// asked is one question to the database, and, when ready is closed, its answer.
type asked[T any] struct {
	ready chan struct{}
	value T
	err   error
	till  time.Time
}

// get gives what is remembered under a key, or what read gives. A reader that is under way
// is not stopped when the one who asked first does not wait: others may.
func (c *cache[T]) get(ctx context.Context, key string, now time.Time, read func(context.Context) (T, error)) (T, error) {
	q, first := c.ask(key, now)
	if first {
		go func() {
			q.value, q.err = read(context.WithoutCancel(ctx))
			close(q.ready)
			if q.err != nil {
				c.drop(key, q)
			}
		}()
	}
	select {
	case <-q.ready:
		return q.value, q.err
	case <-ctx.Done():
		var none T
		return none, ctx.Err()
	}
}

// ask gives the question under a key, and whether it is for the caller to have it answered.
func (c *cache[T]) ask(key string, now time.Time) (q *asked[T], first bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if q := c.known[key]; q != nil && now.Before(q.till) {
		return q, false
	}
	if c.known == nil || len(c.known) >= mostKept {
		c.known = map[string]*asked[T]{}
	}
	q = &asked[T]{ready: make(chan struct{}), till: now.Add(memory)}
	c.known[key] = q
	return q, true
}

// drop forgets a question, unless it has been asked anew.
func (c *cache[T]) drop(key string, q *asked[T]) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.known[key] == q {
		delete(c.known, key)
	}
}

// forget makes the next who asks read anew. What is being read now is not remembered: it may
// be older.
func (c *cache[T]) forget(key string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.known, key)
}
