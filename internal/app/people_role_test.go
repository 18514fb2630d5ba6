package app

import (
	"slices"
	"testing"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/fault"
	"foljsam/internal/record"
)

func TestANewCoordinatorTakesASecondPerson(t *testing.T) {
	h, admin, leader := two(t)
	second := h.secondAdministrator(t, admin)
	ek, register := h.add(t, admin, "ek"), leader.Register
	h.add(t, admin, "lind")
	if err := h.GiveRole(t.Context(), leader, NewRole{Login: "lind", Role: access.Coordinator, From: record.NoDay, Last: record.NoDay}); err != nil {
		t.Fatal(err)
	}
	lind := h.as(t, h.personID(t, "lind"), access.Coordinator, register)
	propose := func(by access.Actor, person string) string {
		t.Helper()
		if err := h.ProposeCoordinator(t.Context(), by, person, register); err != nil {
			t.Fatal(err)
		}
		all, err := h.RoleProposals(t.Context(), by)
		if err != nil || !all[0].Waits {
			t.Fatal(all, err)
		}
		return all[0].ID
	}
	first := propose(admin, ek)
	wants(t, h.ProposeCoordinator(t.Context(), second, ek, register), "people.proposed_already")
	wants(t, h.DecideProposal(t.Context(), admin, first, access.Approved), "people.not_own_proposal")
	wants(t, h.DecideProposal(t.Context(), leader, first, access.Approved), "people.not_own_proposal") // the same person in another role
	wants(t, h.DecideProposal(t.Context(), second, first, access.Withdrawn), "people.not_own_proposal")
	if err := h.DecideProposal(t.Context(), second, first, access.Declined); err != nil {
		t.Fatal(err)
	}
	wants(t, h.DecideProposal(t.Context(), second, first, access.Approved), "store.decided")

	own := propose(admin, second.Person.ID)
	wants(t, h.DecideProposal(t.Context(), second, own, access.Approved), "people.not_own_proposal")
	if err := h.DecideProposal(t.Context(), admin, own, access.Withdrawn); err != nil {
		t.Fatal(err)
	}

	old := propose(admin, ek)
	h.time = h.time.Add(proposalLife)
	wants(t, h.DecideProposal(t.Context(), lind, old, access.Approved), "people.proposal_over")

	last := propose(admin, ek)
	if d, err := h.Duties(t.Context(), lind); err != nil || d.Proposals != 1 || d.Alone {
		t.Error(d, err)
	}
	if err := h.DecideProposal(t.Context(), lind, last, access.Approved); err != nil {
		t.Fatal(err)
	}
	if a := h.as(t, ek, access.Coordinator, register); !a.AllUnits {
		t.Error("the role is not for all units")
	}
	roles, _, err := h.CaseRoles(t.Context(), leader)
	if err != nil || !slices.ContainsFunc(roles, func(x Held) bool { return x.Person == ek && x.Giver == "Alm" && x.Approver == "LIND" }) {
		t.Errorf("%+v %v", roles, err)
	}
	lines := h.nodeLines(t)
	i := slices.IndexFunc(lines, func(l audit.Line) bool { return l.Act == audit.Approved })
	if i < 0 || lines[i].Person != lind.Person.ID || lines[i].About != ek || lines[i].Fields[1] != register {
		t.Error("the log does not tell who approved what for whom")
	}
}

// A coordinator of another register knows nothing of it.
func TestAProposalIsNoBusinessOfAnotherRegister(t *testing.T) {
	h, admin, leader := two(t)
	ek := h.add(t, admin, "ek")
	if err := h.ProposeCoordinator(t.Context(), admin, ek, leader.Register); err != nil {
		t.Fatal(err)
	}
	all, _ := h.RoleProposals(t.Context(), admin)
	stranger := access.Actor{Person: access.Person{ID: "x"}, Role: access.Coordinator, Register: "1440-ale", AllUnits: true}
	if err := h.DecideProposal(t.Context(), stranger, all[0].ID, access.Approved); fault.KindOf(err) != fault.NotFound {
		t.Error(err)
	}
}

func TestTheRegistersLastCoordinatorStays(t *testing.T) {
	h, admin, leader := two(t)
	var own access.Grant
	roles, _, err := h.CaseRoles(t.Context(), leader)
	for _, r := range roles {
		if r.Role == access.Coordinator {
			own = r.Grant
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	wants(t, h.EndRole(t.Context(), leader, own), "people.last_coordinator")
	h.add(t, admin, "ek")
	give := NewRole{Login: "ek", Role: access.Coordinator, From: record.NoDay, Last: record.NoDay}
	if err := h.GiveRole(t.Context(), leader, give); err != nil {
		t.Fatal(err)
	}
	wants(t, h.GiveRole(t.Context(), leader, give), "people.role_held")
	if err := h.EndRole(t.Context(), leader, own); err != nil {
		t.Error(err)
	}
	wants(t, h.EndRole(t.Context(), leader, own), "store.no_grant")
}

// Who coordinates one unit gives roles in that unit, and in no other.
func TestACoordinatorOfAUnitGivesRolesThere(t *testing.T) {
	h, admin, leader := two(t)
	h.add(t, admin, "ek")
	if err := h.AddUnit(t.Context(), leader, UnitEdit{Name: "Öppenvård", Area: "1884", From: record.NoDay, Last: record.NoDay}); err != nil {
		t.Fatal(err)
	}
	units, err := h.ManagedUnits(t.Context(), leader)
	if err != nil || len(units) != 2 {
		t.Fatal(units, err)
	}
	small := access.Actor{Person: access.Person{ID: "x"}, Role: access.Coordinator, Register: leader.Register, Units: []string{units[0].ID}, Confirmed: h.time}
	for unit, kind := range map[string]fault.Kind{"": fault.Refused, units[1].ID: fault.Refused} {
		if err := h.GiveRole(t.Context(), small, NewRole{Login: "ek", Role: access.Caseworker, Unit: unit, From: record.NoDay, Last: record.NoDay}); fault.KindOf(err) != kind {
			t.Error(unit, err)
		}
	}
	if err := h.GiveRole(t.Context(), small, NewRole{Login: "ek", Role: access.Caseworker, Unit: units[0].ID, From: record.NoDay, Last: h.today()}); err != nil {
		t.Error(err)
	}
	if mine, err := h.ManagedUnits(t.Context(), small); err != nil || len(mine) != 1 {
		t.Error(mine, err)
	}
	h.time = h.time.AddDate(0, 0, 1)
	if roles, _, _ := h.CaseRoles(t.Context(), leader); !slices.ContainsFunc(roles, func(x Held) bool { return x.Login == "ek" && x.OverAt(h.time) }) {
		t.Error("the role holds after its last day")
	}
}

func TestTwoWhoChangeAUnitAtOnceAreTold(t *testing.T) {
	h, _, leader := two(t)
	units, err := h.ManagedUnits(t.Context(), leader)
	if err != nil {
		t.Fatal(err)
	}
	u := units[0]
	edit := UnitEdit{Name: "Enhet Vuxen 1", Area: "188401", From: record.NoDay, Last: record.NoDay}
	if err := h.SaveUnit(t.Context(), leader, u.ID, UnitMark(u), edit); err != nil {
		t.Fatal(err)
	}
	edit.Name = "Vuxenenheten"
	wants(t, h.SaveUnit(t.Context(), leader, u.ID, UnitMark(u), edit), "people.unit_changed")
	now, err := h.ManagedUnit(t.Context(), leader, u.ID)
	if err != nil || now.Name != "Enhet Vuxen 1" || now.Area != "188401" {
		t.Error(now, err)
	}
	edit.Area = "9999"
	wants(t, h.SaveUnit(t.Context(), leader, u.ID, UnitMark(now), edit), "people.unit_area")
	wants(t, h.AddUnit(t.Context(), leader, UnitEdit{Name: "enhet vuxen 1", Area: "1884", From: record.NoDay, Last: record.NoDay}), "people.unit_taken")
}

func TestAnEndedUnitKeepsItsCases(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	id := h.open(t, w, "24-017", nil)
	leader := h.as(t, w.Person.ID, access.Coordinator, w.Register)
	u := w.Units[0]
	err := h.SaveUnit(t.Context(), leader, u.ID, UnitMark(u), UnitEdit{Name: u.Name, Area: u.Area, From: record.NoDay, Last: h.today()})
	if err != nil {
		t.Fatal(err)
	}
	h.time = h.time.AddDate(0, 0, 1)
	if units, err := h.Units(t.Context(), w.Actor); err != nil || len(units) != 0 {
		t.Error("the unit holds after its last day:", units, err)
	}
	if _, err := h.Case(t.Context(), w.Actor, id); err != nil {
		t.Error("the case is gone with its unit:", err)
	}
	if all, err := h.ManagedUnits(t.Context(), leader); err != nil || len(all) != 1 || LastDay(all[0].Till) != h.today()-1 {
		t.Error(all, err)
	}
}

func TestOneActsUnderOneRoleAtATime(t *testing.T) {
	h := newHouse(t, false)
	h.begin(t)
	in, err := h.SignIn(t.Context(), "alm", "ett långt lösenord", "")
	if err != nil {
		t.Fatal(err)
	}
	w := h.who(t, in.Secret)
	if len(w.Roles) != 3 || w.Role != access.Caseworker {
		t.Fatalf("%+v", w.Roles)
	}
	if err := h.Switch(t.Context(), in.Secret, w.Actor, "", access.Administrator); err != nil {
		t.Fatal(err)
	}
	now := h.who(t, in.Secret)
	if now.Role != access.Administrator || now.Register != "" {
		t.Errorf("%+v", now.Actor)
	}
	if _, err := h.Cases(t.Context(), now.Actor, Filter{}); fault.KindOf(err) != fault.Refused {
		t.Error("an administrator sees cases:", err)
	}
	wants(t, h.Switch(t.Context(), in.Secret, now.Actor, "1440-ale", access.Coordinator), "access.refused")
	lines := h.nodeLines(t)
	if l := lines[len(lines)-1]; l.Act != audit.ChangedRole && l.Act != audit.Refused || l.Role != string(access.Administrator) {
		t.Errorf("%+v", l)
	}
}
