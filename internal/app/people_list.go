package app

import (
	"context"
	"slices"
	"strings"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/fault"
	"foljsam/internal/place"
	"foljsam/internal/store"
)

// Held is a role that somebody has or had, with what things are called.
type Held struct {
	access.Grant
	PersonName   string
	Login        string
	RegisterName string // empty: the installation
	UnitName     string // empty: all units, or a unit whose name the reader does not see
	Giver        string // name of who gave it
	Approver     string
}

// Listing is who is in a list of people.
type Listing string

const (
	Here    Listing = ""
	Gone    Listing = "avslutade"
	NoRole  Listing = "utan_roll"
	NotIn   Listing = "ej_inloggade" // have never set a password
	Anybody Listing = "alla"
)

// Listings are all of them, in the order in which a page names them.
var Listings = []Listing{Here, NoRole, NotIn, Gone, Anybody}

// PeopleFilter says whom somebody wants to see.
type PeopleFilter struct {
	Text string // part of a name or a login
	Who  Listing
	Page int // from 0
}

// ListedPerson is somebody in a list of people, with the roles that hold.
type ListedPerson struct {
	access.Person
	Roles []Held
}

// PeopleList is one page of people.
type PeopleList struct {
	People []ListedPerson
	Of     int
	Page   int
	Pages  int
}

// peopleLength is how many people stand on a page.
const peopleLength = 50

// People gives a page of those who can sign in, by name.
func (a *App) People(ctx context.Context, by access.Actor, f PeopleFilter) (*PeopleList, error) {
	if err := a.mayOnNode(ctx, by, access.ManagePeople); err != nil {
		return nil, err
	}
	var all []ListedPerson
	err := a.store.Node().Read(ctx, func(t *store.Tx) error {
		people, err := t.People()
		if err != nil {
			return err
		}
		held, err := a.heldNow(t)
		for _, p := range people {
			if x := (ListedPerson{p, held[p.ID]}); err == nil && a.fits(x, f) {
				x.Password = ""
				all = append(all, x)
			}
		}
		return err
	})
	list := &PeopleList{Of: len(all), Pages: max(1, (len(all)+peopleLength-1)/peopleLength)}
	list.Page = min(max(0, f.Page), list.Pages-1)
	from := list.Page * peopleLength
	list.People = all[from:min(from+peopleLength, len(all))]
	return list, err
}

// fits tells whether somebody belongs in a list.
func (a *App) fits(x ListedPerson, f PeopleFilter) bool {
	text := strings.ToLower(strings.TrimSpace(f.Text))
	if text != "" && !strings.Contains(strings.ToLower(x.Name), text) && !strings.Contains(x.Login, text) {
		return false
	}
	gone := x.EndedAt(a.now())
	switch f.Who {
	case Here:
		return !gone
	case Gone:
		return gone
	case NoRole:
		return !gone && len(x.Roles) == 0
	case NotIn:
		return !gone && x.Password == ""
	}
	return true
}

// heldNow gives everybody's roles that have not ended.
func (a *App) heldNow(t *store.Tx) (map[string][]Held, error) {
	grants, err := t.AllGrants()
	if err != nil {
		return nil, err
	}
	registers, err := t.Registers()
	held := map[string][]Held{}
	for _, g := range grants {
		if !g.OverAt(a.now()) {
			held[g.Person] = append(held[g.Person], heldAs(g, registers))
		}
	}
	return held, err
}

func heldAs(g access.Grant, registers []place.Register) Held {
	r, _ := registerNamed(registers, g.Register)
	return Held{Grant: g, RegisterName: r.Name}
}

// PersonView is what an administrator sees of somebody.
type PersonView struct {
	access.Person
	HasPassword bool
	Roles       []Held // those that have ended last
	Sessions    []access.Session
	Code        *access.SignCode // that waits to be used; nil: none
	Registers   []place.Register // that a coordinator can be proposed for
	Proposed    []RoleProposal   // what waits for somebody's yes; not in Registers
	Self        bool             // it is the reader
	Admin       bool             // has the administrator's role
	Takes       CodeTakes        // what a new code takes
	Waits       bool             // the code does not work yet
	Last        bool             // a register has no other coordinator who can sign in
	Ends        time.Time        // when the login can be ended, of one whose end was announced
}

// Person gives what there is of somebody: never a case, never a unit's name.
func (a *App) Person(ctx context.Context, by access.Actor, id string) (*PersonView, error) {
	if err := a.mayOnNode(ctx, by, access.ManagePeople); err != nil {
		return nil, err
	}
	v := &PersonView{Self: id == by.Person.ID}
	err := a.store.Node().Read(ctx, func(t *store.Tx) (err error) {
		if v.Person, err = t.Person(id); err != nil {
			return err
		}
		v.HasPassword, v.Password = v.Password != "", ""
		if v.Registers, err = t.Registers(); err != nil {
			return err
		}
		if v.Roles, err = a.rolesOf(t, id, v.Registers); err != nil {
			return err
		}
		if err = a.proposedFor(t, v); err != nil {
			return err
		}
		if v.Sessions, err = t.SessionsOf(id); err != nil {
			return err
		}
		c, err := t.SignCode(id)
		if err == nil {
			v.Code = &c
		} else if fault.KindOf(err) == fault.NotFound {
			err = nil
		}
		if err != nil {
			return err
		}
		return a.codeState(t, by, v)
	})
	v.Sessions = slices.DeleteFunc(v.Sessions, func(s access.Session) bool { return a.sessionOver(s) })
	v.Admin = slices.ContainsFunc(v.Roles, func(h Held) bool { return h.Role == access.Administrator && h.HoldsAt(a.now()) })
	return v, err
}

// codeState fills in what a new code takes, whether one waits, and whether the login can be ended.
func (a *App) codeState(t *store.Tx, by access.Actor, v *PersonView) (err error) {
	p, err := t.Person(v.ID)
	if err != nil {
		return err
	}
	last, err := a.lastIn(t, p)
	if err != nil {
		return err
	}
	announced, err := announcedIn(t, v.ID)
	if v.Last = len(last) > 0; err == nil && announced.standsAt(a.now()) {
		v.Ends = announced.ripens()
	}
	if err == nil {
		v.Takes, err = a.codeTakes(t, p, by.Person.ID)
	}
	if err != nil || v.Code == nil {
		return err
	}
	err = a.waits(t, p)
	v.Waits = isKey(err, "trust.code_waits")
	if v.Waits {
		return nil
	}
	return err
}

// proposedFor fills in the roles that somebody is proposed for, which are not proposed again.
func (a *App) proposedFor(t *store.Tx, v *PersonView) error {
	all, err := t.Proposals()
	for _, p := range all {
		if err != nil || p.Person != v.ID || !p.WaitsAt(a.now()) {
			continue
		}
		r, _ := registerNamed(v.Registers, p.Register)
		x := RoleProposal{Proposal: p, RegisterName: r.Name, Waits: true}
		x.Maker, err = nameIn(t, p.MadeBy, nil)
		v.Proposed = append(v.Proposed, x)
		v.Registers = slices.DeleteFunc(v.Registers, func(r place.Register) bool { return r.ID == p.Register })
	}
	return err
}

func (a *App) sessionOver(s access.Session) bool {
	return !a.now().Before(s.Ends) || a.now().Sub(s.Seen) > idle
}

// rolesOf gives somebody's roles with names, those that have ended last.
func (a *App) rolesOf(t *store.Tx, person string, registers []place.Register) (all []Held, err error) {
	grants, err := t.Grants(person)
	for _, g := range grants {
		h := heldAs(g, registers)
		if h.Giver, err = nameIn(t, g.GivenBy, err); err == nil {
			h.Approver, err = nameIn(t, g.ApprovedBy, err)
		}
		all = append(all, h)
	}
	a.endedLast(all)
	return all, err
}

func (a *App) endedLast(all []Held) {
	slices.SortStableFunc(all, func(x, y Held) int {
		switch over := x.OverAt(a.now()); {
		case over == y.OverAt(a.now()):
			return 0
		case over:
			return 1
		}
		return -1
	})
}

// nameIn gives what somebody is called, empty where we do not know; an error goes on as it is.
func nameIn(t *store.Tx, id string, err error) (string, error) {
	if err != nil || id == "" {
		return "", err
	}
	p, err := t.Person(id)
	if fault.KindOf(err) == fault.NotFound {
		return "", nil
	}
	return p.Name, err
}
