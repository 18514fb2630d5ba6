package app

import (
	"context"
	"slices"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/fault"
	"foljsam/internal/store"
)

// CodeTakes is what a new one-time code for somebody takes before it works.
type CodeTakes string

const (
	CodeFree   CodeTakes = ""       // nothing: there is no sign-in of any weight that it resets
	CodeSecond CodeTakes = "andra"  // a second person's yes
	CodeAlone  CodeTakes = "ensam"  // nothing: there is nobody who could say yes
	CodeEnded  CodeTakes = "nyslut" // who could have said yes was ended of late: none is given yet
)

// WaitingCode is a one-time code that resets somebody's sign-in and does not work yet.
type WaitingCode struct {
	access.SignCode
	Name, Maker, Confirmer string
	Works                  time.Time // when it begins to work; zero: nobody has said yes
	MayConfirm             bool
	Slow                   bool // where the reader says yes, it works a day later
	MayStop                bool
}

// resets tells whether a new code for somebody opens a sign-in that is in use, of somebody with a
// role that sees cases or administers: whoever holds the code comes in as them.
func (a *App) resets(t *store.Tx, p access.Person) (bool, error) {
	has, err := t.HasSecondFactor(p.ID)
	if err != nil || p.Password == "" && !has {
		return false, err
	}
	grants, err := t.Grants(p.ID)
	return slices.ContainsFunc(grants, func(g access.Grant) bool { return !g.OverAt(a.now()) }), err
}

// waits refuses a code that resets a sign-in and that no second person has confirmed, or where
// the time has not come.
func (a *App) waits(t *store.Tx, p access.Person) error {
	resets, err := a.resets(t, p)
	if err != nil || !resets {
		return err
	}
	h, err := helpOf(t, p.ID)
	if err == nil && (h.Works.IsZero() || a.now().Before(h.Works)) {
		return fault.New(fault.Refused, "trust.code_waits")
	}
	return err
}

// caseGrants gives somebody's roles that see cases, now or later.
func (a *App) caseGrants(t *store.Tx, person string) ([]access.Grant, error) {
	all, err := t.Grants(person)
	return slices.DeleteFunc(all, func(g access.Grant) bool { return !g.Role.SeesCases() || g.OverAt(a.now()) }), err
}

// covers tells whether who coordinates by one grant coordinates where another holds.
func covers(coordinates, g access.Grant) bool {
	return coordinates.Role == access.Coordinator && coordinates.Register == g.Register && (coordinates.Unit == "" || coordinates.Unit == g.Unit)
}

// coordinated tells whether somebody else than some people, who can sign in, coordinates where
// somebody has roles; of who has none that see cases, any register as a whole.
func (a *App) coordinated(t *store.Tx, roles []access.Grant, but ...string) (bool, error) {
	all, err := t.AllGrants()
	for _, g := range all {
		fits := len(roles) == 0 && g.Role == access.Coordinator && g.Unit == "" || slices.ContainsFunc(roles, func(x access.Grant) bool { return covers(g, x) })
		if err != nil || !fits || !g.HoldsAt(a.now()) || slices.Contains(but, g.Person) {
			continue
		}
		p, err := t.Person(g.Person)
		if err != nil || a.canSignIn(p) {
			return err == nil, err
		}
	}
	return false, err
}

// mayConfirm tells whether somebody may confirm a code that another gave, and how long it then
// waits still. A coordinator of one of the person's units may; where the person has such a
// coordinator, no administrator may. Else another administrator may: at once where the two owe
// each other nothing and have stood long enough to be seen, a day later otherwise, so that the
// person has time to be told.
func (a *App) mayConfirm(t *store.Tx, by access.Actor, c access.SignCode) (wait time.Duration, err error) {
	if by.Person.ID == c.Person || by.Person.ID == c.MadeBy {
		return 0, fault.New(fault.Refused, "trust.code_not_own")
	}
	roles, err := a.caseGrants(t, c.Person)
	if err != nil {
		return 0, err
	}
	if by.Role == access.Coordinator {
		if len(roles) == 0 && by.AllUnits || slices.ContainsFunc(roles, func(g access.Grant) bool { return g.Register == by.Register && by.In(g.Unit) }) {
			return 0, nil
		}
		return 0, fault.New(fault.Refused, "access.refused")
	}
	if len(roles) == 0 {
		return 0, nil
	}
	has, err := a.coordinated(t, roles, c.Person, c.MadeBy)
	if err == nil && has {
		err = fault.New(fault.Refused, "trust.coordinator_confirms")
	}
	if err != nil {
		return 0, err
	}
	tied, err := a.tied(t, c.MadeBy, by.Person.ID)
	if err == nil && !tied {
		err = firstError(a.hasStood(t, c.MadeBy), a.hasStood(t, by.Person.ID))
	}
	if err != nil && fault.KindOf(err) != fault.Refused {
		return 0, err
	}
	if tied || err != nil {
		return dayBetween, nil
	}
	return 0, nil
}

// codeTakes gives what a code that somebody gives another takes.
func (a *App) codeTakes(t *store.Tx, p access.Person, giver string) (CodeTakes, error) {
	resets, err := a.resets(t, p)
	if err != nil || !resets {
		return CodeFree, err
	}
	roles, err := a.caseGrants(t, p.ID)
	if err != nil {
		return CodeSecond, err
	}
	can, err := a.coordinated(t, roles, p.ID, giver)
	if err != nil || can {
		return CodeSecond, err
	}
	all, err := t.AllGrants()
	takes := CodeAlone
	for _, g := range all {
		confirms := g.Role == access.Administrator || slices.ContainsFunc(roles, func(x access.Grant) bool { return covers(g, x) })
		if err != nil || !confirms || g.Person == p.ID || g.Person == giver {
			continue
		}
		if g.OverAt(a.now()) && a.now().Before(g.Till.Add(standing)) {
			takes = CodeEnded // an administrator does not come to be alone by ending the others
			continue
		}
		x, err := t.Person(g.Person)
		if err != nil || g.Role == access.Administrator && g.HoldsAt(a.now()) && a.canSignIn(x) {
			return CodeSecond, err
		}
	}
	return takes, err
}

// CodesWaiting gives the codes that reset somebody's sign-in and do not work yet: an administrator
// sees all, a coordinator those that they may confirm or stop.
func (a *App) CodesWaiting(ctx context.Context, by access.Actor) (all []WaitingCode, err error) {
	if err := a.mayAnswerCodes(ctx, by); err != nil {
		return nil, err
	}
	err = a.store.Node().Read(ctx, func(t *store.Tx) error {
		codes, err := t.SignCodes()
		for _, c := range codes {
			if err != nil {
				return err
			}
			if !a.now().Before(c.Ends) {
				continue
			}
			var w WaitingCode
			var shown bool
			if w, shown, err = a.waitingCode(t, by, c); shown {
				all = append(all, w)
			}
		}
		return err
	})
	return all, err
}

func (a *App) waitingCode(t *store.Tx, by access.Actor, c access.SignCode) (w WaitingCode, shown bool, err error) {
	p, err := t.Person(c.Person)
	if err != nil || p.EndedAt(a.now()) {
		return w, false, err
	}
	if err = a.waits(t, p); err == nil || fault.KindOf(err) != fault.Refused {
		return w, false, err
	}
	h, err := helpOf(t, c.Person)
	if err != nil {
		return w, false, err
	}
	w = WaitingCode{SignCode: c, Name: p.Name, Works: h.Works}
	w.Maker, err = nameIn(t, c.MadeBy, nil)
	w.Confirmer, err = nameIn(t, h.ConfirmedBy, err)
	if err != nil {
		return w, false, err
	}
	wait, refusal := a.mayConfirm(t, by, c)
	if refusal != nil && fault.KindOf(refusal) != fault.Refused {
		return w, false, refusal
	}
	w.MayConfirm, w.Slow = refusal == nil && w.Works.IsZero(), wait > 0
	w.MayStop = refusal == nil || by.Role == access.Administrator
	return w, w.MayStop, nil
}

// mayAnswerCodes refuses whoever answers for no codes.
func (a *App) mayAnswerCodes(ctx context.Context, by access.Actor) error {
	if by.Register == "" {
		return a.mayOnNode(ctx, by, access.Approve)
	}
	_, err := a.maySomewhere(ctx, by, access.GrantCase)
	return err
}

// AnswerCode confirms a code that waits, or stops it. Any administrator may stop one, and whoever
// may confirm it, also after it was confirmed and before it works. The log of the installation says
// so, and those of the registers where the person sees cases.
func (a *App) AnswerCode(ctx context.Context, by access.Actor, person string, yes bool) error {
	if err := firstError(a.mayAnswerCodes(ctx, by), a.Confirmed(by)); err != nil {
		return err
	}
	l := a.about(by, audit.StoppedCode, person)
	if yes {
		l.Act = audit.ConfirmedCode
	}
	var registers []string
	err := a.changePerson(ctx, person, func(t *store.Tx, p *access.Person) (err error) {
		if registers, err = a.caseRegisters(t, person); err != nil {
			return err
		}
		c, err := t.SignCode(person)
		if err == nil && !a.now().Before(c.Ends) {
			err = fault.New(fault.NotFound, "store.no_sign_code")
		}
		if err != nil {
			return err
		}
		wait, refusal := a.mayConfirm(t, by, c)
		if refusal != nil && (yes || by.Role != access.Administrator || fault.KindOf(refusal) != fault.Refused) {
			return refusal
		}
		t.Audit(l)
		if !yes {
			return t.DropSignCode(person)
		}
		return a.confirmCode(t, by, *p, wait)
	})
	if err == nil {
		err = a.tell(ctx, registers, l)
	}
	return a.unlessTheirs(ctx, by, err)
}

// unlessTheirs tells a coordinator the same of somebody who is not theirs as of nobody.
func (a *App) unlessTheirs(ctx context.Context, by access.Actor, err error) error {
	if by.Register == "" || !isKey(err, "store.no_person") && !isKey(err, "people.person_gone") && !isKey(err, "store.no_sign_code") && !isKey(err, "access.refused") {
		return err
	}
	r, failed := a.register(ctx, by)
	if failed != nil {
		return failed
	}
	return a.refused(ctx, r, by, "", fault.New(fault.NotFound, "store.no_sign_code"))
}

func (a *App) confirmCode(t *store.Tx, by access.Actor, p access.Person, wait time.Duration) error {
	h, err := helpOf(t, p.ID)
	if err != nil {
		return err
	}
	if waits := a.waits(t, p); waits == nil || !h.Works.IsZero() {
		return fault.New(fault.Conflict, "store.decided")
	}
	h.Works, h.ConfirmedBy = a.now().Add(wait), by.Person.ID
	return putHelp(t, p.ID, h)
}
