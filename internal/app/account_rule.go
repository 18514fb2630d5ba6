package app

import (
	"context"
	"encoding/json"
	"slices"
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
	rule := map[access.Role]Demand{access.Caseworker: Recommended, access.Coordinator: Required, access.Manager: Recommended, access.Administrator: Required, access.National: Required, access.Reporter: Recommended}
	text, err := t.Setting(demandSetting)
	if err == nil && text != "" && json.Unmarshal([]byte(text), &rule) != nil {
		err = fault.New(fault.Internal, "store.failed")
	}
	return rule, err
}

// RuleSecondFactor changes the demand of each role. Where less is demanded of a role that sees
// cases, each register's log says so.
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
	l, told := a.line(by, audit.FactorsRuled, ""), []string(nil)
	err = a.store.Node().Write(ctx, func(t *store.Tx) error {
		before, err := demandsIn(t)
		if err != nil {
			return err
		}
		if l.Fields = lowered(before, rule); len(l.Fields) > 0 {
			registers, err := t.Registers()
			for _, r := range registers {
				told = append(told, r.ID)
			}
			if err != nil {
				return err
			}
		}
		t.Audit(l)
		return t.PutSetting(demandSetting, string(text))
	})
	if err == nil {
		err = a.tell(ctx, told, l)
	}
	return err
}

// lowered gives the roles that see cases whose demand is less than it was.
func lowered(before, after map[access.Role]Demand) (all []string) {
	for _, r := range access.Roles {
		if r.SeesCases() && slices.Index(Demands, after[r]) > slices.Index(Demands, before[r]) {
			all = append(all, string(r))
		}
	}
	return all
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
	if p.Has, err = t.HasSecondFactor(person); err != nil || p.Has {
		return p, err
	}
	h, err := helpOf(t, person)
	if err == nil && h.Owes { // what was taken away by somebody else is put back before anything else
		p.Demand, p.Until, p.Over = Required, h.Reset, true
	}
	if err != nil || p.Demand != Required || p.Over {
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
	if err == nil && x.Has {
		h, err := helpOf(t, p.ID)
		if err != nil || !h.Owes {
			return err
		}
		h.Owes = false
		return putHelp(t, p.ID, h)
	}
	if err != nil || x.Until.IsZero() {
		return err
	}
	return t.Remind(p.ID, a.now())
}

// ResetSecondFactor takes away somebody's one-time codes, recovery codes and passkeys, and
// ends their sessions: for who has lost what they sign in with. They may do nothing until they
// have a new one: there is no grace, and the registers where they see cases have it in their logs.
func (a *App) ResetSecondFactor(ctx context.Context, by access.Actor, person string) error {
	if err := by.Allow(access.ManagePeople, by.Register, ""); err != nil {
		return a.refused(ctx, a.store.Node(), by, "", err)
	}
	if err := a.Confirmed(by); err != nil {
		return err
	}
	var ended, registers []string
	l := a.about(by, audit.FactorsReset, person)
	err := a.store.Node().Write(ctx, func(t *store.Tx) (err error) {
		if _, err = t.Person(person); err != nil {
			return err
		}
		if registers, err = a.noteHelp(t, by, person, audit.FactorsReset); err != nil {
			return err
		}
		t.Audit(l)
		if err = t.DropFactors(person); err != nil {
			return err
		}
		ended, err = t.EndSessionsOf(person, "")
		return err
	})
	if err != nil {
		return err
	}
	a.endedNow(ended)
	return a.tell(ctx, registers, l)
}
