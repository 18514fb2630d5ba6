package people

import (
	"foljsam/internal/access"
	"foljsam/internal/app"
	"foljsam/internal/fault"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

// HubAddress is the page that leads to all that is looked after.
const HubAddress = "/hantera"

// A Lead is one page that the hub leads to. The words are the text keys Key (the page's
// name) and Key_text (what is done there).
type Lead struct {
	Address string
	Key     string
	For     access.Action // whoever has it in any unit sees the line
}

// leads are all pages that the hub leads to, in the order in which they stand there. A new
// page is one line here.
var leads = []Lead{
	{"/komplett", "complete.title", access.SeeUnits},
	{unitsAddress, "people.units", access.ManageUnits},
	{rolesAddress, "people.roles", access.GrantCase},
	{PeopleAddress, "people.people", access.ManagePeople},
	{proposalsAddress, "people.proposals", access.Approve},
	{proposalsAddress, "people.proposals", access.GrantCase},
	{"/hantera/dubbletter", "keeping.doubles", access.SeeUnits},
	{"/hantera/gallring", "keeping.retention", access.Retain},
	{"/hantera/gallring", "keeping.retention", access.Approve},
	{"/hantera/utdrag", "keeping.extract", access.Extract},
	{"/hantera/nycklar", "keeping.keys", access.ManageKeys},
	{"/leveranser", "deliver.title", access.Deliver},
	{"/variabler", "variables.title", access.EditBook},
	{"/hantera/krav", "account.rule", access.ManagePeople},
	{"/hantera/riket", "nation.begin", access.ManagePeople},
	{"/hantera/logg", "log.title", access.SeeAudit},
	{"/hantera/logg", "log.look_ups", access.SeeUnits},
	{"/drift", "operate.state", access.Operate},
	{"/lagstod", "law.page", access.SeeUnits},
}

// HubPage is the pages that somebody may go to.
type HubPage struct {
	Owner string // whose page it is
	Title string
	First []Step // of the first day; empty: all is done
	Leads []ShownLead
}

// ShownLead is a lead, and how much waits there for whoever looks; empty: nothing.
type ShownLead struct {
	Lead
	Waits string
}

// Hub shows what the person looks after, and what waits for them.
func Hub(v *visit.Visit) error {
	f := v.Frame(v.Text.T("people.hub"))
	data := HubPage{Owner: v.Owner(), Title: f.Title}
	d, err := v.App.Duties(v.R.Context(), v.By())
	if err != nil {
		return err
	}
	for _, l := range leads {
		if v.By().May(l.For) {
			data.Leads = append(data.Leads, ShownLead{l, waitsAt(v, l, d)})
		}
	}
	if len(data.Leads) == 0 {
		return fault.New(fault.Refused, "access.refused")
	}
	if data.First, err = firstSteps(v); err != nil {
		return err
	}
	if d.Proposals > 0 {
		f.Messages = append(f.Messages, page.Message{Kind: page.Info, Text: v.Text.T("people.proposals_wait", "n", d.Proposals), Link: &page.Link{Address: proposalsAddress, Text: v.Text.T("people.proposals_see")}})
	}
	codesWait(v, &f, d.Codes)
	if err := v.Tell(&f); err != nil {
		return err
	}
	if d.Alone {
		f.Messages = append(f.Messages, page.Message{Kind: page.Warning, Title: v.Text.T("people.alone"), Text: v.Text.T("people.alone_text"), Link: &page.Link{Address: PeopleAddress + "/ny", Text: v.Text.T("people.new")}})
	}
	return v.Show("people-hub.html", f, data)
}

// waitsAt says how much waits at a lead for whoever looks; nothing where nothing does.
func waitsAt(v *visit.Visit, l Lead, d app.Duties) string {
	n, key := 0, ""
	switch l.Key {
	case "people.proposals":
		n, key = d.Proposals+d.Codes, "people.wait_proposals"
	case "keeping.retention":
		n, key = d.Retentions.N(), "people.wait_retention"
	case "keeping.doubles":
		n, key = d.Doubles.N(), "people.wait_doubles"
	}
	if n == 0 {
		return ""
	}
	return v.Text.T(key, "n", n)
}
