package app

import (
	"crypto/sha256"
	"sync"
	"time"
)

// throttle makes wrong tries cost time. For a login: after three, the wait doubles with
// each, to a quarter of an hour. For an address, behind which a whole office may sit: thirty
// in a quarter of an hour. A try counts as wrong from when it is made until it turns out
// right, so that asking many times at once gives no more tries. Where somebody has signed in
// lately their login is counted by itself: tries from elsewhere do not keep them out.
type throttle struct {
	mu     sync.Mutex
	logins tries
	from   tries
	home   tries     // where a login has been right, and when
	logged time.Time // when a wrong try was logged last
}

// tries are by a hash, so that what was typed in takes no room, however long.
type tries map[[sha256.Size]byte]try

type try struct {
	n    int
	last time.Time // of a login's tries; of an address's, the first
}

const (
	freeTries   = 3
	fromTries   = 30
	longestWait = 15 * time.Minute
	atHomeFor   = 30 * 24 * time.Hour
	mostTries   = 10_000 // logins and addresses remembered: then the oldest is forgotten
)

// take counts a try, or says how long to wait for one.
func (t *throttle) take(login, from string, now time.Time) time.Duration {
	t.mu.Lock()
	defer t.mu.Unlock()
	l := t.loginAt(login, from, now)
	byLogin := t.logins[l]
	if wait := max(t.waitFrom(from, now), byLogin.wait(now)); wait > 0 {
		return wait
	}
	t.logins = t.logins.with(l, try{byLogin.n + 1, now})
	t.countFrom(from, now)
	return 0
}

// loginAt is what a login's tries are counted under: itself, or itself where it is at home.
func (t *throttle) loginAt(login, from string, now time.Time) [sha256.Size]byte {
	if at, known := t.home[placeOf(login, from)]; known && from != "" && now.Sub(at.last) < atHomeFor {
		return placeOf(login, from)
	}
	return sha256.Sum256([]byte(login))
}

func placeOf(login, from string) [sha256.Size]byte {
	return sha256.Sum256([]byte(login + "\x00" + from))
}

// takeFrom counts a try of an address alone, or says how long to wait for one.
func (t *throttle) takeFrom(from string, now time.Time) time.Duration {
	t.mu.Lock()
	defer t.mu.Unlock()
	wait := t.waitFrom(from, now)
	if wait == 0 {
		t.countFrom(from, now)
	}
	return wait
}

func (t *throttle) waitFrom(from string, now time.Time) time.Duration {
	x := t.from[sha256.Sum256([]byte(from))]
	if from == "" || x.n < fromTries {
		return 0
	}
	return max(0, longestWait-now.Sub(x.last))
}

func (t *throttle) countFrom(from string, now time.Time) {
	if from == "" {
		return
	}
	f := sha256.Sum256([]byte(from))
	x := t.from[f]
	if now.Sub(x.last) >= longestWait {
		x = try{last: now}
	}
	t.from = t.from.with(f, try{x.n + 1, x.last})
}

func (x try) wait(now time.Time) time.Duration {
	if x.n < freeTries {
		return 0
	}
	wait := longestWait
	if x.n-freeTries < 10 {
		wait = min(wait, time.Second<<(x.n-freeTries))
	}
	return max(0, wait-now.Sub(x.last))
}

func (t tries) with(key [sha256.Size]byte, x try) tries {
	if t == nil {
		t = tries{}
	}
	if _, ok := t[key]; !ok && len(t) >= mostTries {
		oldest := key
		for k, y := range t {
			if oldest == key || y.last.Before(t[oldest].last) {
				oldest = k
			}
		}
		delete(t, oldest)
	}
	t[key] = x
	return t
}

func (t tries) without(key [sha256.Size]byte) {
	if x := t[key]; x.n > 1 {
		t[key] = try{x.n - 1, x.last}
	} else {
		delete(t, key)
	}
}

// giveBack takes back a try that was not made.
func (t *throttle) giveBack(login, from string, now time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.logins.without(t.loginAt(login, from, now))
	t.from.without(sha256.Sum256([]byte(from)))
}

// succeeded forgets a login's wrong tries, and remembers where it was right. Those of the address
// are others' too.
func (t *throttle) succeeded(login, from string, now time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.logins, t.loginAt(login, from, now))
	t.from.without(sha256.Sum256([]byte(from)))
	if from != "" {
		t.home = t.home.with(placeOf(login, from), try{last: now})
	}
}

// mayLog tells whether a second has gone since a wrong try was logged.
func (t *throttle) mayLog(now time.Time) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if now.Sub(t.logged) < time.Second {
		return false
	}
	t.logged = now
	return true
}
