package app

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"strings"
	"sync"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/fault"
	"foljsam/internal/place"
	"foljsam/internal/store"
)

// firstRun holds the one-time code of an installation that nobody has begun to use. It is
// never on disk: another start makes another.
type firstRun struct {
	begin sync.Mutex // one begins at a time
	mu    sync.Mutex
	code  string
	left  int // wrong tries that are left
}

const codeTries = 20

// FirstCode gives the one-time code that whoever starts the system for the first time must
// type in, empty once somebody can sign in.
func (a *App) FirstCode(ctx context.Context) (string, error) {
	need, err := a.needsFirst(ctx)
	if err != nil || !need {
		return "", err
	}
	a.first.mu.Lock()
	defer a.first.mu.Unlock()
	if a.first.code == "" {
		a.first.code, a.first.left = rand.Text()[:16], codeTries
	}
	return groups(a.first.code), nil
}

// groups writes a code four letters at a time, as people read it.
func groups(code string) string {
	var parts []string
	for ; len(code) > 4; code = code[4:] {
		parts = append(parts, code[:4])
	}
	return strings.Join(append(parts, code), "-")
}

// NeedsFirst tells whether nobody can sign in yet.
func (a *App) NeedsFirst(ctx context.Context) bool {
	need, err := a.needsFirst(ctx)
	return err == nil && need
}

func (a *App) needsFirst(ctx context.Context) (need bool, err error) {
	if a.demo {
		return false, nil
	}
	err = a.store.Node().Read(ctx, func(t *store.Tx) error {
		people, err := t.People()
		need = len(people) == 0
		return err
	})
	return need, err
}

// First is what is said at the first start.
type First struct {
	Code       string // the one-time code
	Name       string // of the person
	Login      string
	Password   string
	Register   string // its name: "Socialnämnden i Nora"
	Controller string // who is responsible for the personal data
	Area       string // code of the municipality or district; place.Nation: the nation's register
	Unit       string // name of the first unit; none in the nation's
}

// Begin makes the first register with its first unit, and the first person: samordnare and
// handläggare in it (in the nation's register: whoever collects), and administratör until there
// is somebody else. It gives the secret of a session. One begins at a time, and who has
// begun goes on to the end also when the browser does not wait: a button that is pressed
// twice makes one register.
func (a *App) Begin(ctx context.Context, f First) (secret string, err error) {
	a.first.begin.Lock()
	defer a.first.begin.Unlock()
	if err := a.checkFirst(ctx, f); err != nil {
		return "", err
	}
	password, err := hashPassword(ctx, f.Password)
	if err != nil {
		return "", err
	}
	ctx, now := context.WithoutCancel(ctx), a.now()
	r := place.Register{ID: registerID(f.Area), Name: strings.TrimSpace(f.Register), Controller: strings.TrimSpace(f.Controller), Unit: f.Area, Created: now}
	units := []place.Unit{{ID: newID(), Name: strings.TrimSpace(f.Unit), Area: f.Area, From: now}}
	roles := []access.Role{access.Caseworker, access.Coordinator}
	if r.IsNation() {
		units, roles = municipalUnits(), []access.Role{access.National}
	}
	p := access.Person{ID: newID(), Login: plainLogin(f.Login), Name: strings.TrimSpace(f.Name), Password: password, Created: now}
	if err := a.store.AddRegister(ctx, r, units); err != nil {
		return "", err
	}
	a.nationID.forget(place.Nation)
	if err := a.addFirst(ctx, p, r.ID, roles); err != nil {
		return "", err
	}
	a.first.useUp()
	return a.begin(ctx, p, r.ID, roles[0], access.ByFirstRun)
}

// addFirst adds the first person, unless there is one: another process on the same database
// may have begun meanwhile.
func (a *App) addFirst(ctx context.Context, p access.Person, register string, roles []access.Role) error {
	return a.store.Node().Write(ctx, func(t *store.Tx) error {
		people, err := t.People()
		if err != nil {
			return err
		}
		if len(people) > 0 {
			return fault.New(fault.Conflict, "app.first_taken")
		}
		t.Audit(audit.Line{At: p.Created, Person: p.ID, Role: string(roles[len(roles)-1]), Act: audit.Created})
		if err := t.AddPerson(p); err != nil {
			return err
		}
		for _, role := range append(roles, access.Administrator) {
			g := access.Grant{Person: p.ID, Role: role, From: p.Created}
			if role != access.Administrator {
				g.Register = register
			}
			t.Audit(audit.Line{At: p.Created, Person: p.ID, Role: string(g.Role), Act: audit.Granted, About: p.ID, Fields: []string{string(g.Role), g.Register, g.Unit}})
			if err := t.AddGrant(g); err != nil {
				return err
			}
		}
		return nil
	})
}

// registerID makes an id that says which area the register is in, and nothing else.
func registerID(area string) string {
	return area + "-" + strings.ToLower(rand.Text()[:8])
}

func (a *App) checkFirst(ctx context.Context, f First) error {
	need, err := a.needsFirst(ctx)
	if err != nil {
		return err
	}
	if !need || !a.first.takes(f.Code) {
		return fault.New(fault.Refused, "app.first_code")
	}
	if TooLong(plainLogin(f.Login)) {
		return fault.New(fault.Invalid, "app.login_long", "n", longestLogin)
	}
	if strings.TrimSpace(f.Name) == "" || plainLogin(f.Login) == "" || strings.TrimSpace(f.Unit) == "" && f.Area != place.Nation {
		return fault.New(fault.Invalid, "app.first_missing")
	}
	if err := passwordFault(f.Password, f.Login); err != nil {
		return err
	}
	return place.CheckRegister(place.Register{Name: strings.TrimSpace(f.Register), Unit: f.Area})
}

// takes compares a typed code: case, spaces and dashes mean nothing.
func (x *firstRun) takes(typed string) bool {
	x.mu.Lock()
	defer x.mu.Unlock()
	typed = strings.ToUpper(strings.NewReplacer("-", "", " ", "").Replace(typed))
	if x.code == "" || x.left <= 0 {
		return false
	}
	if subtle.ConstantTimeCompare([]byte(typed), []byte(x.code)) != 1 {
		x.left--
		return false
	}
	return true
}

// useUp makes the code worth nothing.
func (x *firstRun) useUp() {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.code, x.left = "", 0
}
