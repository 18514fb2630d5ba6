// Package webtest is for tests of pages: it begins an installation in a folder of the test,
// signs people in, and reads pages as a browser without script does. No program uses it.
package webtest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"log/slog"
	"net/http"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/app"
	"foljsam/internal/codebook"
	"foljsam/internal/place"
	"foljsam/internal/store"
	"foljsam/internal/web"
	"foljsam/internal/web/visit"
)

// House is an installation whose clock the test moves.
type House struct {
	*app.App
	Store   *store.Store
	Handler http.Handler
	Time    time.Time
	Log     *Log
}

// Log is what the program logged.
type Log struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *Log) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *Log) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// Password is what everybody in a test signs in with.
const Password = "ett långt lösenord"

// New makes an installation that nobody has begun to use.
func New(t testing.TB) *House { return build(t, false) }

// NewDemo makes a demonstration that is not filled.
func NewDemo(t testing.TB) *House { return build(t, true) }

func build(t testing.TB, demo bool) *House {
	t.Helper()
	dir := t.TempDir()
	keys, err := store.OpenKeys(filepath.Join(dir, "nycklar"))
	Must(t, err)
	s, err := store.Open(context.Background(), store.Options{Folder: filepath.Join(dir, "data"), Keys: keys, Quick: true})
	Must(t, err)
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	h := &House{Store: s, Time: time.Date(2026, 11, 23, 13, 2, 0, 0, time.UTC), Log: &Log{}}
	h.App = app.New(app.Options{Store: s, Codebook: codebook.Default(), Now: func() time.Time { return h.Time }, Demo: demo})
	log := slog.New(slog.NewTextHandler(h.Log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	h.Handler = web.New(web.Options{App: h.App, Log: log, Version: "test"})
	return h
}

// Begun makes an installation with one register, Socialnämnden i Nora with Enhet Vuxen, and
// one person, Alm, who is handläggare and samordnare in it. Nobody is asked for a second
// factor: the tests of that ask for it.
func Begun(t testing.TB) *House {
	t.Helper()
	h := New(t)
	code, err := h.FirstCode(context.Background())
	Must(t, err)
	_, err = h.Begin(context.Background(), app.First{Code: code, Name: "Alm", Login: "alm", Password: Password,
		Register: "Socialnämnden i Nora", Controller: "Socialnämnden", Area: "1884", Unit: "Enhet Vuxen"})
	Must(t, err)
	h.Demand(t, app.Optional)
	return h
}

// Demand says whether all roles must have a second factor.
func (h *House) Demand(t testing.TB, d app.Demand) {
	t.Helper()
	by := access.Actor{Person: access.Person{ID: "rule"}, Role: access.Administrator, AllUnits: true, Confirmed: h.Time}
	rule := map[access.Role]app.Demand{}
	for _, r := range access.Roles {
		rule[r] = d
	}
	Must(t, h.RuleSecondFactor(context.Background(), by, rule))
}

// Register gives the id of the first register.
func (h *House) Register(t testing.TB) string {
	t.Helper()
	var id string
	Must(t, h.Store.Node().Read(context.Background(), func(x *store.Tx) error {
		all, err := x.Registers()
		if len(all) > 0 {
			id = all[0].ID
		}
		return err
	}))
	return id
}

// AddRegister makes another register, with one unit that has the same id as the register.
func (h *House) AddRegister(t testing.TB, id, name, area string) {
	t.Helper()
	Must(t, h.Store.AddRegister(context.Background(), place.Register{ID: id, Name: name, Controller: name, Unit: area, Created: h.Time},
		[]place.Unit{{ID: id, Name: "Enhet " + name, Area: area, From: h.Time.AddDate(-1, 0, 0)}}))
}

// Person adds somebody with a role in a register; an empty unit means all of them. They
// have no password: As signs them in.
func (h *House) Person(t testing.TB, id string, role access.Role, register, unit string) {
	t.Helper()
	p := access.Person{ID: id, Login: id, Name: id, Created: h.Time}
	g := access.Grant{Person: p.ID, Register: register, Unit: unit, Role: role, From: h.Time.AddDate(0, -1, 0)}
	Must(t, h.Store.Node().Write(context.Background(), func(x *store.Tx) error {
		if err := x.AddPerson(p); err != nil {
			return err
		}
		return x.AddGrant(g)
	}))
}

// As gives a browser in which a person is signed in under a role.
func (h *House) As(t testing.TB, person string, role access.Role, register string) *Browser {
	t.Helper()
	secret := "hemlighet-" + person + "-" + string(role)
	sum := sha256.Sum256([]byte(secret))
	s := access.Session{Hash: hex.EncodeToString(sum[:]), Person: person, Register: register, Role: role,
		Created: h.Time, Seen: h.Time, Ends: h.Time.Add(12 * time.Hour), Confirmed: h.Time}
	Must(t, h.Store.Node().Write(context.Background(), func(x *store.Tx) error { return x.AddSession(s) }))
	b := h.Browser(t)
	b.Cookies[h.Cookie()] = secret
	return b
}

// Cookie gives the name of the session's cookie.
func (h *House) Cookie() string {
	if h.Demo() {
		return visit.DemoSessionCookie
	}
	return visit.SessionCookie
}

// SignIn gives a browser in which Alm of Begun has signed in, by the page that does that.
func (h *House) SignIn(t testing.TB) *Browser {
	t.Helper()
	b := h.Browser(t)
	p := b.Get("/logga-in").Form("/logga-in").Set("inloggning", "alm").Set("losenord", Password).Send("")
	if p.Status != http.StatusOK || p.Address == "/logga-in" {
		t.Fatalf("could not sign in: %d at %s", p.Status, p.Address)
	}
	return b
}

// Ended tells whether a session is no longer kept.
func (h *House) Ended(t testing.TB, secret string) bool {
	t.Helper()
	sum := sha256.Sum256([]byte(secret))
	var err error
	Must(t, h.Store.Node().Read(context.Background(), func(x *store.Tx) error {
		_, err = x.Session(hex.EncodeToString(sum[:]))
		return nil
	}))
	return err != nil
}

// Who gives who is signed in in a browser.
func (h *House) Who(t testing.TB, b *Browser) *app.Who {
	t.Helper()
	w, err := h.App.Who(context.Background(), b.Cookies[h.Cookie()])
	Must(t, err)
	return w
}

// Must ends the test when there is an error.
func Must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
