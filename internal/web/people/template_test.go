package people_test

import (
	"slices"
	"testing"

	"foljsam/internal/locale"
	"foljsam/internal/web/page"
	"foljsam/internal/web/people"
	"foljsam/internal/web/webtest"
)

func TestTemplatesStandAnything(t *testing.T) {
	webtest.StandAnything(t, page.New(people.Templates), pages)
}

// pages gives every page with the same words everywhere, and n of all there can be many of.
func pages(_ *locale.Printer, h string, n int) map[string]any {
	line := people.Line{Name: "namn", Label: h, Hint: h, Value: h, Complete: "off", Size: "code", Max: 100, Fault: h}
	list := people.Line{Name: "roll", Label: h, Value: h, Fault: h, Choices: slices.Repeat([]people.Choice{{Value: h, Text: h, Chosen: n > 1}}, n+1)}
	list.Groups = []people.Group{{Label: h, Choices: list.Choices}}
	line.Offers = list.Choices
	lines := []people.Line{line, list}
	table := page.Table{Caption: h, Hidden: true, Empty: h, Head: []page.Head{{Text: h}, {Text: h}}, Rows: slices.Repeat([]page.Row{{{Text: h, Address: "/anvandare/x", Written: true}, {Text: h}}}, n)}
	leads := people.Pages{Before: "/anvandare?sida=1", After: "/anvandare?sida=3", Text: h}
	choices := slices.Repeat([]people.Choice{{Value: h, Text: h}}, n)
	steps := []people.Step{{Key: "people.first_people", Address: "/anvandare/ny", Known: true, Done: n > 1, Role: h, Switch: h}, {Key: "people.first_units", Address: "/hantera/enheter"}}
	return map[string]any{
		"people-first-day.html": people.FirstDayPage{Owner: h, Title: h, First: steps},
		"people-hub.html":       people.HubPage{Owner: h, Title: h, First: steps[:n%3], Leads: slices.Repeat([]people.ShownLead{{Lead: people.Lead{Address: "/anvandare", Key: "people.people"}, Waits: h}}, n)},
		"people-units.html":     people.UnitsPage{Owner: h, Title: h, Table: table, New: lines[:n%2+1]},
		"people-unit.html":      people.UnitPage{Owner: h, Title: h, Address: "/hantera/enheter/x", Mark: h, Lines: lines, Now: slices.Repeat([]people.Fact{{Word: h, Text: h}}, n)},
		"people-list.html":      people.ListPage{Owner: h, Title: h, Whom: choices, Searched: n > 1, Count: h, Table: table, Pages: leads},
		"people-new.html":       people.NewPage{Owner: h, Title: h, Lines: lines, Days: n},
		"people-code.html":      people.CodePage{Title: h, Name: h, Login: h, Code: h, Days: n, Welcome: h, Address: "/anvandare/x", Waits: n > 1},
		"people-person.html": people.PersonPage{Owner: h, Title: h, Address: "/anvandare/x", Login: h, State: h, Gone: n == 0, Self: n == 1, Admin: n > 0, Name: line, Takes: h, NoCode: n == 0, Last: n != 1, Ends: h[:min(n, len(h))], Days: n,
			Roles: table, Proposed: slices.Repeat([]string{h}, n), Sessions: slices.Repeat([]people.SessionLine{{Mark: h, Text: h}}, n), Registers: choices},
		"people-roles.html": people.RolesPage{Owner: h, Title: h, Ended: n == 1, Count: h, Pages: leads,
			Rows: slices.Repeat([]people.RoleRow{{Name: h, Login: h, Role: h, Unit: h, From: h, Last: h, Giver: h, Person: h, UnitID: h, RoleID: h, Since: h, MayEnd: n > 1}}, n)},
		"people-role.html": people.RolePage{Owner: h, Title: h, Lines: lines},
		"people-proposals.html": people.ProposalsPage{Owner: h, Title: h, Days: n, Before: table, Roles: n != 1, Ends: slices.Repeat([]people.WaitingEnd{{Person: h, Name: h, About: h}}, n),
			Codes:   slices.Repeat([]people.WaitingCode{{Person: h, Name: h, About: h, How: h, MayConfirm: n > 1, MayStop: n > 0}}, n),
			Waiting: slices.Repeat([]people.WaitingProposal{{ID: h, Name: h, Register: h, About: h, MayApprove: n > 1, MayDecline: n > 1, MayWithdraw: n == 1}}, n)},
	}
}
