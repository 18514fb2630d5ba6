package access

import "time"

// Proposal is an administrator's wish that somebody becomes coordinator in a register. It
// gives nothing until somebody else has approved it.
type Proposal struct {
	ID        string
	Person    string // whom it is for
	Register  string
	Role      Role
	MadeBy    string
	Made      time.Time
	Ends      time.Time // not to be approved from then on
	Outcome   Outcome   // empty: it waits
	Decided   time.Time
	DecidedBy string
}

// Outcome is what became of a proposal.
type Outcome string

const (
	Approved  Outcome = "godkant"
	Declined  Outcome = "avslaget"
	Withdrawn Outcome = "aterkallat"
)

// WaitsAt tells whether a proposal can still be decided at a time.
func (p Proposal) WaitsAt(now time.Time) bool { return p.Outcome == "" && now.Before(p.Ends) }

// MayApprove tells whether a person may say yes to a proposal: never who made it, and never
// the one whom it is for.
func (p Proposal) MayApprove(person string) bool { return person != p.MadeBy && person != p.Person }

// SignCode is a code by which somebody sets their own password, once. Only its hash is kept.
type SignCode struct {
	Person string
	Hash   string
	MadeBy string
	Made   time.Time
	Ends   time.Time
}

// How somebody signed in.
const (
	ByPassword = "losenord"
	ByCode     = "losenord_och_kod"
	ByPasskey  = "passnyckel"
	ByFirstRun = "forsta_start"
	ByPersona  = "demonstration"
)
