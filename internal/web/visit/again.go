package visit

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"foljsam/internal/web/page"
)

// What a form cannot be saved as is shown at an address of its own, by a redirect as after
// every other post: the browser's back then leads to a page, never to the question whether
// to send the form again. What was typed waits here in memory meanwhile: not in the address,
// which holds a random word, not on the device and not on disk.

// askedAgain is the name of the random word in an address.
const askedAgain = "svar"

// How much waits in all, and how long.
const (
	mostInAll = 64 << 20
	keptFor   = 2 * time.Hour
	// of those who are not signed in, and pages that asked for nothing again
	keptShortly = 10 * time.Minute
)

// A share is how much of one person's waits: pages, and bytes of them.
type share struct{ pages, bytes int }

var (
	ofOne    = share{10, 8 << 20}
	ofNobody = share{200, 1 << 20} // those who are not signed in, together
)

// A Shelf holds what forms could not be saved as, until it is too old. It is shared by all
// visits; what is on it is given to the one it is kept for, at the page it is kept for. Those
// who are not signed in push out nothing of those who are.
type Shelf struct {
	mu   sync.Mutex
	all  []kept // oldest first
	size int
}

// A keeper is whom something is kept for: somebody, under one role, in one session. It is
// nobody where all is empty.
type keeper struct{ person, role, session string }

type kept struct {
	owner      keeper
	path, word string
	till       time.Time
	size       int
	once       bool // it is shown one time
	what       any
}

func (s *Shelf) put(k kept, now time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.all = append(s.all, k)
	s.size += k.size
	left := ofOne
	if k.owner.person == "" {
		left = ofNobody
	}
	for i := len(s.all) - 1; i >= 0; i-- {
		mine := s.all[i].owner.person == k.owner.person
		if mine {
			left.pages, left.bytes = left.pages-1, left.bytes-s.all[i].size
		}
		if mine && (left.pages < 0 || left.bytes < 0) || s.all[i].till.Before(now) {
			s.drop(i)
		}
	}
	for s.size > mostInAll {
		s.drop(s.next())
	}
}

// next gives what goes first where there is too much: the oldest that is nobody's; where
// there is none, the oldest.
func (s *Shelf) next() int {
	return max(0, slices.IndexFunc(s.all, func(k kept) bool { return k.owner.person == "" }))
}

func (s *Shelf) drop(i int) {
	s.size -= s.all[i].size
	s.all = append(s.all[:i], s.all[i+1:]...)
}

func (s *Shelf) forget(session string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := len(s.all) - 1; i >= 0; i-- {
		if s.all[i].owner.session == session {
			s.drop(i)
		}
	}
}

func (s *Shelf) get(owner keeper, path, word string, now time.Time) any {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, k := range s.all {
		if k.word == word && k.owner == owner && k.path == path && !k.till.Before(now) {
			if k.once {
				s.drop(i)
			}
			return k.what
		}
	}
	return nil
}

// keeper gives whom something is kept for now.
func (v *Visit) keeper() keeper {
	if v.Who == nil {
		return keeper{}
	}
	return keeper{v.Who.Person.ID, string(v.Who.Role) + page.RoleCut + v.Who.Register, sessionOf(v.Secret)}
}

func sessionOf(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return string(sum[:])
}

// Again leads to the page that asks again for what could not be saved. The page gets what
// was typed from Kept, and works out the rest anew: what was saved meanwhile is seen.
func (v *Visit) Again(address string, what any) error {
	return v.keep(address, what, len(v.R.PostForm.Encode()), keptFor)
}

// Forget takes away what waits for the session that the browser has, or had: it is over, or
// goes on under another role.
func (v *Visit) Forget() {
	if c, err := v.R.Cookie(v.Cookie()); err == nil && c.Value != "" && v.Shelf != nil {
		v.Shelf.forget(sessionOf(c.Value))
	}
}

// Kept gives what the page should show again; nil where there is nothing, or no longer is.
func (v *Visit) Kept() any {
	word := v.R.URL.Query().Get(askedAgain)
	if word == "" || v.Shelf == nil {
		return nil
	}
	return v.Shelf.get(v.keeper(), v.R.URL.Path, word, v.App.Now())
}

func (v *Visit) keep(address string, what any, size int, life time.Duration) error {
	u, err := url.Parse(page.Local(address))
	if err != nil {
		return err
	}
	word, q := rand.Text(), u.Query()
	q.Set(askedAgain, word)
	u.RawQuery = q.Encode()
	if v.Who == nil {
		life = min(life, keptShortly)
	}
	now := v.App.Now()
	v.Shelf.put(kept{owner: v.keeper(), path: u.Path, word: word, till: now.Add(life), size: size, once: v.Once, what: what}, now)
	return v.Redirect(u.String())
}

// answer is a whole page that a post was answered with.
type answer struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (a *answer) Header() http.Header         { return a.header }
func (a *answer) WriteHeader(status int)      { a.status = status }
func (a *answer) Write(b []byte) (int, error) { return a.body.Write(b) }

// showAfterPost keeps a page that a post is answered with, and leads to it.
func (v *Visit) showAfterPost(name string, f page.Frame, data any) error {
	a := &answer{header: http.Header{}, status: http.StatusOK}
	if err := v.Pages.Render(a, v.R, name, f, data); err != nil {
		return err
	}
	life := keptFor
	if a.status < http.StatusBadRequest {
		life = keptShortly
	}
	return v.keep(v.R.URL.RequestURI(), a, a.body.Len(), life)
}

// Answered sends the page that an earlier post was answered with, where this is its address.
func (v *Visit) Answered() bool {
	if v.R.Method != http.MethodGet || !strings.Contains(v.R.URL.RawQuery, askedAgain+"=") {
		return false
	}
	a, ok := v.Kept().(*answer)
	if !ok {
		return false
	}
	for name, values := range a.header {
		v.W.Header()[name] = values
	}
	v.W.WriteHeader(a.status)
	_, _ = v.W.Write(a.body.Bytes())
	return true
}
