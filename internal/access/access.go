// Package access says who may do what: people, their roles in units of a register, and
// the one table of what each role may do. Whatever the table does not name is refused.
//
// It knows no passwords, no SQL and no pages.
package access

import (
	"slices"
	"time"

	"foljsam/internal/fault"
)

// Role is what somebody is in a unit.
type Role string

const (
	Caseworker    Role = "handlaggare"
	Coordinator   Role = "samordnare"
	Manager       Role = "chef"          // sees what the cases add up to, and never a case
	Administrator Role = "administrator" // of the installation: no access to any case

	National Role = "nationell"       // of the nation's register, which has no cases
	Reporter Role = "uppgiftslamnare" // of one municipality or district there

	// Client is who answers the survey, on behalf of whoever handed the device over. Nobody is
	// given the role.
	Client Role = "klient"
)

// Roles lists all roles, in the order in which pages name them.
var Roles = []Role{Caseworker, Coordinator, Manager, Administrator, National, Reporter}

// Action is one thing that a person may ask the system to do.
type Action string

const (
	SeeCase      Action = "se_arende"
	WriteCase    Action = "skriva_arende" // open, answer, close, exclude, undo
	SeeUnitCases Action = "se_enhetens_arenden"
	SeeFigures   Action = "se_siffror"
	MakePaper    Action = "gora_underlag"   // the board's paper, which leaves the house
	SeeUnits     Action = "se_enheter"      // completeness and doubles, over units, never per person
	ManageUnits  Action = "hantera_enheter" // units and districts
	GrantCase    Action = "ge_arenderoll"   // the roles that see cases
	EditBook     Action = "andra_kodbok"    // local variables, help texts, translations
	Deliver      Action = "lamna_ut"        // what leaves the house
	Extract      Action = "registerutdrag"  // all about one person
	Retain       Action = "gallra"          // what is no longer to be kept
	SeeAudit     Action = "se_logg"
	ManagePeople Action = "hantera_anvandare" // logins, sessions, administrators; no role that sees a case
	Approve      Action = "godkanna"          // another administrator's new coordinator
	ManageKeys   Action = "hantera_nycklar"
	Operate      Action = "skota_drift" // backup, restore, state of the installation

	OrderFigures Action = "bestalla_siffror" // ask the coordinator for a figure
	AnswerOrders Action = "besvara_bestallning"
	SetCoding    Action = "satta_kodning" // made-up cases for caseworkers to code, and what they chose
	CodeCases    Action = "koda_fall"     // such cases

	Collect Action = "samla_nyckeltal" // collections, population, districts, publication, who reports
	Report  Action = "lamna_nyckeltal" // the key figures of one's own unit

	AnswerSurvey Action = "svara_enkat" // the survey's own questions of one case
)

// allowed is the whole of it.
var allowed = map[Role][]Action{
	Caseworker:    {SeeCase, WriteCase, SeeUnitCases, SeeFigures, CodeCases},
	Coordinator:   {SeeCase, WriteCase, SeeUnitCases, SeeFigures, SeeUnits, ManageUnits, GrantCase, EditBook, Deliver, Extract, Retain, Report, MakePaper, AnswerOrders, SetCoding},
	Manager:       {SeeFigures, MakePaper, OrderFigures},
	Administrator: {SeeAudit, ManagePeople, Approve, ManageKeys, Operate},
	National:      {Collect, Report},
	Reporter:      {Report},
	Client:        {AnswerSurvey},
}

// Person is somebody who can sign in.
type Person struct {
	ID       string
	Login    string // what they sign in with; never in a log
	Name     string // as colleagues know them
	Password string // hash; see app
	Language string // "sv", "en"; empty: the browser's
	KeysOff  bool   // single-letter keys are turned off
	Created  time.Time
	Ended    time.Time // zero: still here
}

// Grant is a role that a person has in a unit of a register. An empty unit means all units.
type Grant struct {
	Person   string
	Register string // empty: the installation itself
	Unit     string
	Role     Role
	From     time.Time
	Till     time.Time // zero: still

	GivenBy    string // who gave it; empty where the program did
	ApprovedBy string // who approved what another had proposed
}

// Session is one sign-in. Only the hash of its secret is kept.
type Session struct {
	Hash     string
	Person   string
	Register string // where the person works in this session; empty: not chosen
	Role     Role
	How      string // how the person signed in
	Created  time.Time
	Seen     time.Time
	Ends     time.Time
	// Confirmed is when whoever uses it last showed who they are; zero: never.
	Confirmed time.Time
}

// Actor is somebody acting now: under one role, in one register, in some units.
type Actor struct {
	Person   Person
	Role     Role
	Register string
	Units    []string // where the role holds; empty: nowhere
	AllUnits bool
	// Confirmed is when the session's person last showed who they are: at sign-in, or by a
	// password, code or passkey asked for again before something grave.
	Confirmed time.Time
}

// In tells whether the actor's role holds in a unit.
func (a Actor) In(unit string) bool { return a.AllUnits || slices.Contains(a.Units, unit) }

// Allow answers nil when the actor may do something in a unit of a register, and otherwise
// an error that does not tell whether there was anything there.
func (a Actor) Allow(action Action, register, unit string) error {
	if a.Register == register && slices.Contains(allowed[a.Role], action) && a.In(unit) {
		return nil
	}
	return fault.New(fault.Refused, "access.refused")
}

// May tells whether the actor's role does such things at all: for what is offered on a page,
// never for whether something is done.
func (a Actor) May(action Action) bool { return slices.Contains(allowed[a.Role], action) }

// ActorOf gives the actor that a person is under a role in a register on a day; ok is false
// when no grant holds.
func ActorOf(p Person, r Role, register string, grants []Grant, now time.Time) (Actor, bool) {
	a := Actor{Person: p, Role: r, Register: register}
	if p.EndedAt(now) {
		return a, false
	}
	for _, g := range grants {
		if g.Person != p.ID || g.Role != r || g.Register != register || !g.HoldsAt(now) {
			continue
		}
		if g.Unit == "" {
			a.AllUnits = true
		} else if !slices.Contains(a.Units, g.Unit) {
			a.Units = append(a.Units, g.Unit)
		}
	}
	return a, a.AllUnits || len(a.Units) > 0
}

// HoldsAt tells whether the grant holds at a time.
func (g Grant) HoldsAt(now time.Time) bool {
	return !now.Before(g.From) && !g.OverAt(now)
}

// OverAt tells whether the grant has ended at a time.
func (g Grant) OverAt(now time.Time) bool { return !g.Till.IsZero() && !now.Before(g.Till) }

// SeesCases tells whether somebody in the role sees cases.
func (r Role) SeesCases() bool { return slices.Contains(allowed[r], SeeCase) }

// InRegister tells whether the role is one of a register's own, which its coordinators give.
func (r Role) InRegister() bool { return slices.Contains(allowed[r], SeeFigures) }

// EndedAt tells whether the person may no longer sign in at a time.
func (p Person) EndedAt(now time.Time) bool { return !p.Ended.IsZero() && !now.Before(p.Ended) }
