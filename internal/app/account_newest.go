package app

import "sync"

// mostAsked is how many challenges of nobody in particular wait: whoever asks for more,
// without going on, fills no disk, and stops nobody else.
const mostAsked = 10_000

// newest remembers the hashes of the newest challenges of nobody, in a ring.
type newest struct {
	mu   sync.Mutex
	ring []string
	next int
}

// put remembers a hash, and gives the one that has no place any more; empty: there is room.
func (n *newest) put(hash string) (oldest string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if len(n.ring) < mostAsked {
		n.ring = append(n.ring, hash)
		return ""
	}
	oldest, n.ring[n.next] = n.ring[n.next], hash
	n.next = (n.next + 1) % mostAsked
	return oldest
}
