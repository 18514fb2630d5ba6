package store

import (
	"slices"
	"sync"
)

// ownLines remembers which lines of a register's log this program wrote of cases. What those
// say it knows already; it need not read them to follow what others do.
type ownLines struct {
	mu    sync.Mutex
	spans []span
}

// span is lines after one another, both ends in it.
type span struct{ from, to int64 }

// mostSpans is how many spans are remembered. Of older ones the lines are read, which is slower
// and just as right.
const mostSpans = 10_000

func (o *ownLines) add(all []span) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, s := range all {
		if n := len(o.spans); n > 0 && o.spans[n-1].to+1 == s.from {
			o.spans[n-1].to = s.to
			continue
		}
		o.spans = append(o.spans, s)
	}
	if n := len(o.spans); n > mostSpans {
		o.spans = slices.Delete(o.spans, 0, n-mostSpans)
	}
}

// SkipOwn gives the last of the lines right after a line of the register's log that this
// program wrote of cases; the line itself where the next is another's, or of no case.
func (r *Register) SkipOwn(after int64) int64 {
	r.own.mu.Lock()
	defer r.own.mu.Unlock()
	for _, s := range r.own.spans {
		if s.from <= after+1 && after < s.to {
			after = s.to
		}
	}
	return after
}
