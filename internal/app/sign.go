package app

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/fault"
	"foljsam/internal/store"
)

// How long a sign-in lasts: without use, and at most.
const (
	idle    = time.Hour
	longest = 12 * time.Hour
)

// The shortest and longest password, in characters.
const (
	ShortestPassword = 12
	longestPassword  = 200
)

// SignIn gives the secret of a new session to whoever knows a login and its password. What
// was wrong is not told, and each wrong try costs time.
func (a *App) SignIn(ctx context.Context, login, password string) (secret string, err error) {
	login = plainLogin(login)
	if wait := a.signIn.wait(login, a.now()); wait > 0 {
		return "", fault.New(fault.Refused, "app.wait", "n", int(wait.Seconds())+1)
	}
	var p access.Person
	var grants []access.Grant
	err = a.store.Node().Read(ctx, func(t *store.Tx) (err error) {
		if p, err = t.PersonByLogin(login); err != nil {
			return err
		}
		grants, err = t.Grants(p.ID)
		return err
	})
	if err != nil && fault.KindOf(err) != fault.NotFound {
		return "", err
	}
	if !checkPassword(p.Password, password) || !p.Ended.IsZero() && !a.now().Before(p.Ended) {
		a.signIn.failed(login, a.now())
		return "", fault.New(fault.Refused, "app.sign_in_wrong")
	}
	a.signIn.succeeded(login)
	register, role := a.firstChoice(p, grants)
	return a.begin(ctx, p, register, role)
}

// firstChoice gives where somebody begins: the first register and role that they have.
func (a *App) firstChoice(p access.Person, grants []access.Grant) (string, access.Role) {
	for _, role := range access.Roles {
		for _, g := range grants {
			if g.Role == role && g.HoldsAt(a.now()) {
				return g.Register, role
			}
		}
	}
	return "", ""
}

// begin makes a session.
func (a *App) begin(ctx context.Context, p access.Person, register string, role access.Role) (string, error) {
	secret := make([]byte, 32)
	rand.Read(secret) // never fails: it ends the program instead
	now := a.now()
	text := base64.RawURLEncoding.EncodeToString(secret)
	err := a.store.Node().Write(ctx, func(t *store.Tx) error {
		t.Audit(audit.Line{At: now, Person: p.ID, Role: string(role), Act: audit.SignedIn})
		if err := t.EndSessionsBefore(now); err != nil {
			return err
		}
		return t.AddSession(access.Session{Hash: hashOf(text), Person: p.ID, Register: register, Role: role, Created: now, Seen: now, Ends: now.Add(longest)})
	})
	return text, err
}

// SignOut ends a session. One that is over already is no fault.
func (a *App) SignOut(ctx context.Context, secret string) error {
	hash := hashOf(secret)
	a.sessions.forget(hash)
	return a.store.Node().Write(ctx, func(t *store.Tx) error {
		s, err := t.Session(hash)
		if fault.KindOf(err) == fault.NotFound && err != nil {
			return nil
		}
		if err != nil {
			return err
		}
		t.Audit(audit.Line{At: a.now(), Person: s.Person, Role: string(s.Role), Act: audit.SignedOut})
		return t.EndSession(hash)
	})
}

func hashOf(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

func plainLogin(login string) string { return strings.ToLower(strings.TrimSpace(login)) }

// Passwords are kept as argon2id with 19 MiB, two passes and one lane (OWASP's password
// storage cheat sheet). Two are worked out at a time, so that many wrong tries cannot take
// the machine's memory.
const (
	argonMemory = 19 * 1024
	argonPasses = 2
)

var working = make(chan struct{}, 2)

func argon(password string, salt []byte) []byte {
	working <- struct{}{}
	defer func() { <-working }()
	return argon2.IDKey([]byte(password), salt, argonPasses, argonMemory, 1, 32)
}

// hashPassword gives what is kept of a password.
func hashPassword(password string) string {
	salt := make([]byte, 16)
	rand.Read(salt) // never fails: it ends the program instead
	return fmt.Sprintf("argon2id$%s$%s", hex.EncodeToString(salt), hex.EncodeToString(argon(password, salt)))
}

// checkPassword takes as long when nobody has the login as when the password is wrong.
func checkPassword(kept, password string) bool {
	parts := strings.Split(kept, "$")
	if len(parts) != 3 {
		argon(password, make([]byte, 16))
		return false
	}
	salt, err := hex.DecodeString(parts[1])
	want, err2 := hex.DecodeString(parts[2])
	if err != nil || err2 != nil {
		return false
	}
	return subtle.ConstantTimeCompare(argon(password, salt), want) == 1
}

func passwordFault(password string) error {
	switch n := utf8.RuneCountInString(password); {
	case n < ShortestPassword:
		return fault.New(fault.Invalid, "app.password_short", "n", ShortestPassword)
	case n > longestPassword:
		return fault.New(fault.Invalid, "app.password_long", "n", longestPassword)
	}
	return nil
}

// throttle makes wrong tries cost time: after three, the wait doubles with each, to a
// quarter of an hour.
type throttle struct {
	mu    sync.Mutex
	tries map[string]try
}

type try struct {
	n    int
	last time.Time
}

const (
	freeTries   = 3
	longestWait = 15 * time.Minute
	mostTries   = 10_000 // logins remembered: then the oldest are forgotten
)

func (t *throttle) wait(login string, now time.Time) time.Duration {
	t.mu.Lock()
	defer t.mu.Unlock()
	x := t.tries[login]
	if x.n < freeTries {
		return 0
	}
	wait := longestWait
	if x.n-freeTries < 10 {
		wait = min(wait, time.Second<<(x.n-freeTries))
	}
	return max(0, wait-now.Sub(x.last))
}

func (t *throttle) failed(login string, now time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.tries == nil {
		t.tries = map[string]try{}
	}
	if len(t.tries) >= mostTries {
		for k, x := range t.tries {
			if now.Sub(x.last) > longestWait || len(t.tries) >= mostTries {
				delete(t.tries, k)
			}
		}
	}
	t.tries[login] = try{t.tries[login].n + 1, now}
}

func (t *throttle) succeeded(login string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.tries, login)
}
