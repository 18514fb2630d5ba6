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

// The last coordinator of a register is what keeps administrators from the cases there, however
// many they are: without one, two administrators make a new one. So no administrator
// ends the last one's login at once. It is announced to everybody in the register, and can be
// done fourteen days later, unless somebody there stops it.

// announcedFor is how long after that it can be done.
const announcedFor = 30 * 24 * time.Hour

// AnnouncedDays is the same in days, for what is said of it.
const AnnouncedDays = int(announcedFor / (24 * time.Hour))

// announcement is that somebody wants to end a login.
type announcement struct {
	At time.Time
	By string
}

func (x announcement) ripens() time.Time { return x.At.Add(standing) }

func (x announcement) standsAt(now time.Time) bool {
	return !x.At.IsZero() && now.Before(x.ripens().Add(announcedFor))
}

func announcedSetting(person string) string { return "avslut." + person }

func announcedIn(t *store.Tx, person string) (x announcement, err error) {
	text, err := t.Setting(announcedSetting(person))
	if err == nil && text != "" && json.Unmarshal([]byte(text), &x) != nil {
		err = fault.New(fault.Internal, "store.failed")
	}
	return x, err
}

func putAnnounced(t *store.Tx, person string, x announcement) error {
	text, err := json.Marshal(x)
	if err != nil {
		return fault.Wrap(err, fault.Internal, "store.failed")
	}
	return t.PutSetting(announcedSetting(person), string(text))
}

// lastIn gives the registers that somebody is the last to coordinate, of those who can sign in.
func (a *App) lastIn(t *store.Tx, p access.Person) (all []string, err error) {
	grants, err := t.Grants(p.ID)
	for _, g := range grants {
		if err != nil || g.Role != access.Coordinator || g.Unit != "" || !g.HoldsAt(a.now()) || !a.canSignIn(p) {
			continue
		}
		has, wrong := a.hasLeader(t, g.Role, g.Register, p.ID)
		if err = wrong; !has {
			all = append(all, g.Register)
		}
	}
	return all, err
}

// mayEndLast refuses to end a register's last coordinator before that has been known for long enough.
func (a *App) mayEndLast(t *store.Tx, p access.Person) error {
	registers, err := a.lastIn(t, p)
	if err != nil || len(registers) == 0 {
		return err
	}
	x, err := announcedIn(t, p.ID)
	if err == nil && (!x.standsAt(a.now()) || a.now().Before(x.ripens())) {
		err = fault.New(fault.Refused, "trust.last_coordinator", "n", StandingDays)
	}
	return err
}

// AnnounceEnd tells everybody in the registers that somebody is the last to coordinate that
// their login is to be ended.
func (a *App) AnnounceEnd(ctx context.Context, by access.Actor, person string) error {
	if err := a.mayGravely(ctx, by, access.ManagePeople); err != nil {
		return err
	}
	if person == by.Person.ID {
		return fault.New(fault.Refused, "people.not_yourself")
	}
	l := a.about(by, audit.AnnouncedEnd, person)
	var registers []string
	err := a.changePerson(ctx, person, func(t *store.Tx, p *access.Person) (err error) {
		if registers, err = a.lastIn(t, *p); err != nil {
			return err
		}
		x, err := announcedIn(t, person)
		if err == nil && (len(registers) == 0 || x.standsAt(a.now())) {
			err = fault.New(fault.Conflict, "trust.announced_already")
		}
		if err != nil {
			return err
		}
		t.Audit(l)
		return putAnnounced(t, person, announcement{a.now(), by.Person.ID})
	})
	if err == nil {
		err = a.tell(ctx, registers, l)
	}
	return err
}

// StopEnd takes back what was announced: whoever coordinates in the register may, the person
// themselves too, and any administrator.
func (a *App) StopEnd(ctx context.Context, by access.Actor, person string) error {
	if err := a.mayAnswerCodes(ctx, by); err != nil {
		return err
	}
	all, err := a.AnnouncedEnds(ctx, by)
	if err != nil {
		return err
	}
	for _, x := range all {
		if x.Person == person {
			return a.stopEnd(ctx, by, person)
		}
	}
	return fault.New(fault.NotFound, "store.no_person")
}

func (a *App) stopEnd(ctx context.Context, by access.Actor, person string) error {
	l := a.about(by, audit.StoppedEnd, person)
	var registers []string
	err := a.changePerson(ctx, person, func(t *store.Tx, _ *access.Person) (err error) {
		if registers, err = a.caseRegisters(t, person); err != nil {
			return err
		}
		t.Audit(l)
		return putAnnounced(t, person, announcement{})
	})
	if err == nil {
		err = a.tell(ctx, registers, l)
	}
	return err
}

// AnnouncedEnd is that a register's last coordinator is to sign in no more.
type AnnouncedEnd struct {
	Person, Name, By string
	At, From         time.Time // when it was announced, and from when it can be done
}

// AnnouncedEnds gives what has been announced in the register that the actor works in; to an
// administrator, in all.
func (a *App) AnnouncedEnds(ctx context.Context, by access.Actor) (all []AnnouncedEnd, err error) {
	if by.Person.ID == "" {
		return nil, fault.New(fault.Refused, "access.refused")
	}
	err = a.store.Node().Read(ctx, func(t *store.Tx) error {
		grants, err := t.AllGrants()
		seen := map[string]bool{}
		for _, g := range grants {
			if err != nil || g.Role != access.Coordinator || g.Unit != "" || !g.HoldsAt(a.now()) || by.Register != "" && g.Register != by.Register || seen[g.Person] {
				continue
			}
			seen[g.Person] = true
			var x announcement
			if x, err = announcedIn(t, g.Person); err != nil || !x.standsAt(a.now()) {
				continue
			}
			e := AnnouncedEnd{Person: g.Person, At: x.At, From: x.ripens()}
			e.Name, err = nameIn(t, g.Person, nil)
			e.By, err = nameIn(t, x.By, err)
			all = append(all, e)
		}
		return err
	})
	return all, err
}
