package app

import (
	"context"
	"encoding/json"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/fault"
	"foljsam/internal/store"
)

// Demand is whether a role must have a second factor.
type Demand string

const (
	Required    Demand = "kravs"
	Recommended Demand = "rekommenderas"
	Optional    Demand = "valfritt"
)

// Demands lists all, the strictest first.
var Demands = []Demand{Required, Recommended, Optional}

// demandSetting is where the demands are kept in the installation's settings.
const demandSetting = "krav_pa_inloggning"

// grace is how long somebody who must have a second factor may go on without.
const grace = 14 * 24 * time.Hour

// Protection is how well somebody's sign-in is protected.
type Protection struct {
	Demand Demand    // the strictest of the person's roles
	Has    bool      // they have a second factor
	Until  time.Time // when they must have one; zero: never
	Over   bool      // that time is out: they may do nothing but get one
}

// Due tells whether the person must get a second factor.
func (p Protection) Due() bool { return p.Demand == Required && !p.Has }

// SecondFactorRule gives the demand of each role.
func (a *App) SecondFactorRule(ctx context.Context, by access.Actor) (rule map[access.Role]Demand, err error) {
	if err := by.Allow(access.ManagePeople, by.Register, ""); err != nil {
		return nil, a.refused(ctx, a.store.Node(), by, "", err)
	}
	err = a.store.Node().Read(ctx, func(t *store.Tx) (err error) { rule, err = demandsIn(t); return err })
	return rule, err
}

func demandsIn(t *store.Tx) (map[access.Role]Demand, error) {
	rule := map[access.Role]Demand{access.Caseworker: Recommended, access.Coordinator: Required, access.Administrator: Required}
	text, err := t.Setting(demandSetting)
	if err == nil && text != "" && json.Unmarshal([]byte(text), &rule) != nil {
		err = fault.New(fault.Internal, "store.failed")
	}
	return rule, err
}

// RuleSecondFactor changes the demand of each role.
func (a *App) RuleSecondFactor(ctx context.Context, by access.Actor, rule map[access.Role]Demand) error {
	if err := by.Allow(access.ManagePeople, by.Register, ""); err != nil {
		return a.refused(ctx, a.store.Node(), by, "", err)
	}
	if err := a.Confirmed(by); err != nil {
		return err
	}
	for _, r := range access.Roles {
		if d := rule[r]; d != Required && d != Recommended && d != Optional {
			return fault.New(fault.Invalid, "account.no_demand")
		}
	}
	text, err := json.Marshal(rule)
	if err != nil {
		return fault.Wrap(err, fault.Internal, "store.failed")
	}
	return a.store.Node().Write(ctx, func(t *store.Tx) error {
		t.Audit(a.line(by, audit.FactorsRuled, ""))
		return t.PutSetting(demandSetting, string(text))
	})
}

// protect works out how well somebody's sign-in is protected. Who must have a second factor,
// and has not got one in time, holds no role anywhere until they have.
func (a *App) protect(t *store.Tx, w *Who, grants []access.Grant) (err error) {
	if a.demo {
		return nil
	}
	if w.Protect, err = a.protection(t, w.Person.ID, grants); err != nil {
		return err
	}
	if w.Protect.Over {
		w.Units, w.AllUnits, w.Actor.Units = nil, false, nil
	}
	return nil
}

func (a *App) protection(t *store.Tx, person string, grants []access.Grant) (p Protection, err error) {
	rule, err := demandsIn(t)
	if err != nil {
		return p, err
	}
	p.Demand = Optional
	for _, g := range grants {
		if d := rule[g.Role]; g.HoldsAt(a.now()) && (d == Required || d == Recommended && p.Demand == Optional) {
			p.Demand = d
		}
	}
	if p.Has, err = t.HasSecondFactor(person); err != nil || p.Has || p.Demand != Required {
		return p, err
	}
	since, err := t.Reminded(person)
	if since.IsZero() {
		since = a.now()
	}
	p.Until = since.Add(grace)
	p.Over = !a.now().Before(p.Until)
	return p, err
}

// remind notes, when somebody signs in, that they are asked for a second factor.
func (a *App) remind(t *store.Tx, p access.Person) error {
	if a.demo {
		return nil
	}
	grants, err := t.Grants(p.ID)
	if err != nil {
		return err
	}
	x, err := a.protection(t, p.ID, grants)
	if err != nil || x.Until.IsZero() {
		return err
	}
	return t.Remind(p.ID, a.now())
}

// ResetSecondFactor takes away somebody's one-time codes, recovery codes and passkeys, and
// ends their sessions: for who has lost what they sign in with. They have fourteen days again
// where they must have one.
func (a *App) ResetSecondFactor(ctx context.Context, by access.Actor, person string) error {
	if err := by.Allow(access.ManagePeople, by.Register, ""); err != nil {
		return a.refused(ctx, a.store.Node(), by, "", err)
	}
	if err := a.Confirmed(by); err != nil {
		return err
	}
	var ended []string
	err := a.store.Node().Write(ctx, func(t *store.Tx) (err error) {
		t.Audit(audit.Line{At: a.now(), Person: by.Person.ID, Role: string(by.Role), Act: audit.FactorsReset, Fields: []string{person}})
		if _, err = t.Person(person); err != nil {
			return err
		}
		if err = t.DropFactors(person); err != nil {
			return err
		}
		ended, err = t.EndSessionsOf(person, "")
		return err
	})
	a.endedNow(ended)
	return err
}
