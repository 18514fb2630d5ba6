package people

import (
	"foljsam/internal/access"
	"foljsam/internal/app"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

const proposalsAddress = HubAddress + "/forslag"

// ProposalsPage is what waits for a second person, and what became of the rest.
type ProposalsPage struct {
	Owner   string // whose page it is
	Title   string
	Days    int
	Waiting []WaitingProposal
	Codes   []WaitingCode
	Ends    []WaitingEnd
	Roles   bool // the reader decides on proposals of coordinators too
	Hub     bool // the reader has the page that this one lies under; the nation's coordinators have not, and answer for no codes
	Before  page.Table
}

// WaitingProposal is a proposal that can be answered.
type WaitingProposal struct {
	ID, Name, Register, About           string
	MayApprove, MayDecline, MayWithdraw bool
}

// Proposals shows what waits for a second person.
func Proposals(v *visit.Visit) error {
	p := v.Text
	f := v.Frame(p.T("people.proposals"))
	data := ProposalsPage{Owner: v.Owner(), Title: f.Title, Days: app.ProposalDays, Roles: v.By().AllUnits, Hub: v.By().May(access.Approve) || v.By().May(access.GrantCase)}
	var all []app.RoleProposal
	var err error
	if data.Ends, err = waitingEnds(v); err == nil && (data.Hub || !data.Roles) { // who may answer for none of it is refused there
		data.Codes, err = waitingCodes(v)
	}
	if err == nil && data.Roles {
		all, err = v.App.RoleProposals(v.R.Context(), v.By())
	}
	if err != nil {
		return err
	}
	data.Before = page.Table{Caption: p.T("people.proposals_before"), Empty: p.T("people.proposals_none"),
		Head: []page.Head{{Text: p.T("people.name")}, {Text: p.T("people.register")}, {Text: p.T("people.made")}, {Text: p.T("people.outcome")}}}
	for _, x := range all {
		made := p.T("people.made_by", "dag", dateOf(v, x.Made), "vem", x.Maker)
		if x.Waits {
			about := made + ". " + p.T("people.waits_till", "dag", dateOf(v, x.Ends))
			data.Waiting = append(data.Waiting, WaitingProposal{x.ID, x.PersonName, x.RegisterName, about, x.MayApprove, x.MayDecline, x.MayWithdraw})
			continue
		}
		data.Before.Rows = append(data.Before.Rows, page.Row{{Text: x.PersonName, Written: true}, {Text: x.RegisterName, Written: true}, {Text: made}, {Text: outcomeOf(v, x)}})
	}
	done(v, &f, "godkant", "avslaget", "aterkallat", "kod", "kod_stoppad", "avslut_stoppat")
	return v.Show("people-proposals.html", f, data)
}

func outcomeOf(v *visit.Visit, x app.RoleProposal) string {
	if x.Outcome == "" {
		return v.Text.T("people.outcome_old")
	}
	return v.Text.T("people.outcome_"+string(x.Outcome), "dag", dateOf(v, x.Decided), "vem", x.Decider)
}

// Decide answers a proposal.
func Decide(v *visit.Visit) error {
	posted, err := v.Posted()
	if err != nil {
		return err
	}
	if posted.Has("avslut") {
		return stopEnd(v, posted.Get("avslut"))
	}
	if posted.Has("kod") {
		return answerCode(v, posted)
	}
	outcome := access.Outcome(posted.Get("svar"))
	if err := v.App.DecideProposal(v.R.Context(), v.By(), posted.Get("forslag"), outcome); err != nil {
		return err
	}
	return v.Redirect(proposalsAddress + "?klart=" + string(outcome))
}
