package app

import (
	"slices"
	"strings"
	"testing"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/fault"
	"foljsam/internal/record"
	"foljsam/internal/store"
)

// as gives who somebody is under a role that they hold.
func (h *house) as(t *testing.T, id string, role access.Role, register string) access.Actor {
	t.Helper()
	var p access.Person
	var grants []access.Grant
	err := h.store.Node().Read(t.Context(), func(tx *store.Tx) (err error) {
		if p, err = tx.Person(id); err != nil {
			return err
		}
		grants, err = tx.Grants(id)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	actor, ok := access.ActorOf(p, role, register, grants, h.time)
	if !ok {
		t.Fatalf("%s is not %s", p.Login, role)
	}
	return actor
}

// add adds somebody who has set a password.
func (h *house) add(t *testing.T, by access.Actor, login string) (id string) {
	t.Helper()
	id, code, err := h.AddPerson(t.Context(), by, NewPerson{Login: login, Name: strings.ToUpper(login)})
	if err == nil {
		err = h.UseCode(t.Context(), login, code, "ett eget lösenord", "")
	}
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// secondAdministrator adds one, who has signed in.
func (h *house) secondAdministrator(t *testing.T, by access.Actor) access.Actor {
	t.Helper()
	id := h.add(t, by, "berg")
	if err := h.GiveAdministrator(t.Context(), by, id); err != nil {
		t.Fatal(err)
	}
	return h.as(t, id, access.Administrator, "")
}

// two gives the first person as administrator and as coordinator.
func two(t *testing.T) (h *house, admin, leader access.Actor) {
	h = newHouse(t, false)
	w := h.begin(t)
	return h, h.as(t, w.Person.ID, access.Administrator, ""), h.as(t, w.Person.ID, access.Coordinator, w.Register)
}

func (h *house) nodeLines(t *testing.T) (lines []audit.Line) {
	t.Helper()
	err := h.store.Node().Read(t.Context(), func(tx *store.Tx) error {
		all, err := tx.AuditLines(0, 1000)
		for _, s := range all {
			l, err := s.Read()
			if err != nil {
				return err
			}
			lines = append(lines, l)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return lines
}

func TestAOneTimeCodeSetsOnesOwnPasswordOnce(t *testing.T) {
	h, admin, leader := two(t)
	_, code, err := h.AddPerson(t.Context(), admin, NewPerson{Login: " Ek@Nora.example ", Name: "Ek"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.SignIn(t.Context(), "ek@nora.example", "", ""); fault.KindOf(err) != fault.Refused {
		t.Error("signed in without a password:", err)
	}
	wants(t, h.UseCode(t.Context(), "ek@nora.example", code, "kort", ""), "app.password_short")
	wants(t, h.UseCode(t.Context(), "ek@nora.example", "AAAA-BBBB-CCCC-DDDD", "ett eget lösenord", ""), "people.code_wrong")
	wants(t, h.UseCode(t.Context(), "alm", code, "ett eget lösenord", ""), "people.code_wrong")
	h.time = h.time.Add(time.Hour)
	if err := h.UseCode(t.Context(), "ek@nora.example", strings.ToLower(strings.ReplaceAll(code, "-", " ")), "ett eget lösenord", ""); err != nil {
		t.Fatal(err)
	}
	wants(t, h.UseCode(t.Context(), "ek@nora.example", code, "ett annat lösenord", ""), "people.code_wrong")
	_, err = h.SignIn(t.Context(), "ek@nora.example", "ett eget lösenord", "")
	wants(t, err, "app.no_role")
	if err := h.GiveRole(t.Context(), leader, NewRole{Login: "ek@nora.example", Role: access.Caseworker, From: record.NoDay, Last: record.NoDay}); err != nil {
		t.Fatal(err)
	}
	if in, err := h.SignIn(t.Context(), "ek@nora.example", "ett eget lösenord", ""); err != nil || h.who(t, in.Secret).Role != access.Caseworker {
		t.Error(err)
	}
}

func TestACodeGrowsOldAndIsTriedSeldom(t *testing.T) {
	h, admin, _ := two(t)
	_, code, err := h.AddPerson(t.Context(), admin, NewPerson{Login: "ek", Name: "Ek"})
	if err != nil {
		t.Fatal(err)
	}
	began := h.time
	for range freeTries {
		wants(t, h.UseCode(t.Context(), "ek", "FEL", "ett eget lösenord", ""), "people.code_wrong")
	}
	wants(t, h.UseCode(t.Context(), "ek", code, "ett eget lösenord", ""), "app.wait")
	h.time = began.Add(codeLife)
	wants(t, h.UseCode(t.Context(), "ek", code, "ett eget lösenord", ""), "people.code_wrong")
	h.time = h.time.Add(-time.Second)
	err = h.store.Node().Read(t.Context(), func(tx *store.Tx) error {
		c, err := tx.SignCode(h.personID(t, "ek"))
		if strings.Contains(c.Hash, plainSignCode(code)) || c.Hash != hashOf(plainSignCode(code)) {
			t.Error("the code itself is kept")
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

func (h *house) personID(t *testing.T, login string) (id string) {
	t.Helper()
	err := h.store.Node().Read(t.Context(), func(tx *store.Tx) error {
		p, err := tx.PersonByLogin(login)
		id = p.ID
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func TestWhoLeavesIsOutAtOnce(t *testing.T) {
	h, admin, leader := two(t)
	id := h.add(t, admin, "ek")
	if err := h.GiveRole(t.Context(), leader, NewRole{Login: "ek", Role: access.Caseworker, From: record.NoDay, Last: record.NoDay}); err != nil {
		t.Fatal(err)
	}
	var secrets []string
	for range 2 {
		in, err := h.SignIn(t.Context(), "ek", "ett eget lösenord", "")
		if err != nil {
			t.Fatal(err)
		}
		h.who(t, in.Secret)
		secrets = append(secrets, in.Secret)
	}
	if v, err := h.Person(t.Context(), admin, id); err != nil || len(v.Sessions) != 2 || v.Sessions[0].How != access.ByPassword || v.Password != "" {
		t.Errorf("%+v %v", v, err)
	}
	if err := h.EndSessionsOf(t.Context(), admin, id, hashOf(secrets[0])[:16]); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Who(t.Context(), secrets[0]); fault.KindOf(err) != fault.Refused {
		t.Error("the ended session goes on:", err)
	}
	h.who(t, secrets[1])
	if err := h.EndPerson(t.Context(), admin, id); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Who(t.Context(), secrets[1]); fault.KindOf(err) != fault.Refused {
		t.Error("who has left is still in:", err)
	}
	if _, err := h.SignIn(t.Context(), "ek", "ett eget lösenord", ""); fault.KindOf(err) != fault.Refused {
		t.Error("who has left signs in:", err)
	}
	_, err := h.GiveCode(t.Context(), admin, id)
	wants(t, err, "people.person_gone")
	wants(t, h.GiveRole(t.Context(), leader, NewRole{Login: "ek", Role: access.Caseworker, From: record.NoDay, Last: record.NoDay}), "people.no_such_login")
	if roles, _, err := h.CaseRoles(t.Context(), leader); err != nil || !slices.ContainsFunc(roles, func(x Held) bool { return x.Person == id && x.OverAt(h.time) && x.Giver == "Alm" }) {
		t.Errorf("%+v %v", roles, err)
	}
}

func TestTheLastAdministratorStays(t *testing.T) {
	h, admin, _ := two(t)
	wants(t, h.EndPerson(t.Context(), admin, admin.Person.ID), "people.not_yourself")
	wants(t, h.EndAdministrator(t.Context(), admin, admin.Person.ID), "people.not_yourself")
	_, err := h.GiveCode(t.Context(), admin, admin.Person.ID)
	wants(t, err, "people.not_yourself")
	if d, err := h.Duties(t.Context(), admin); err != nil || !d.Alone {
		t.Error("nobody is told to be alone:", d, err)
	}
	second, _, err := h.AddPerson(t.Context(), admin, NewPerson{Login: "berg", Name: "Berg"})
	if err == nil {
		err = h.GiveAdministrator(t.Context(), admin, second)
	}
	if err != nil {
		t.Fatal(err)
	}
	other := h.as(t, second, access.Administrator, "")
	if err := h.EndAdministrator(t.Context(), other, admin.Person.ID); err == nil {
		t.Error("the only administrator who can sign in lost the role")
	}
	wants(t, h.EndPerson(t.Context(), other, admin.Person.ID), "people.last_administrator")
	code, err := h.GiveCode(t.Context(), admin, second)
	if err == nil {
		err = h.UseCode(t.Context(), "berg", code, "ett eget lösenord", "")
	}
	if err == nil {
		err = h.EndAdministrator(t.Context(), other, admin.Person.ID)
	}
	if err != nil {
		t.Error("two who can sign in:", err)
	}
}

func TestAnAdministratorGivesNoRoleThatSeesCases(t *testing.T) {
	h, admin, leader := two(t)
	h.add(t, admin, "ek")
	for _, role := range access.Roles {
		if err := h.GiveRole(t.Context(), admin, NewRole{Login: "ek", Role: role, From: record.NoDay, Last: record.NoDay}); fault.KindOf(err) != fault.Refused {
			t.Error(role, err)
		}
	}
	wants(t, h.GiveRole(t.Context(), leader, NewRole{Login: "ek", Role: access.Administrator, From: record.NoDay, Last: record.NoDay}), "access.refused")
}

func TestANewCoordinatorTakesASecondPerson(t *testing.T) {
	h, admin, leader := two(t)
	second := h.secondAdministrator(t, admin)
	ek, register := h.add(t, admin, "ek"), leader.Register
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
	wants(t, h.DecideProposal(t.Context(), second, old, access.Approved), "people.proposal_over")

	last := propose(admin, ek)
	if d, err := h.Duties(t.Context(), second); err != nil || d.Proposals != 1 || d.Alone {
		t.Error(d, err)
	}
	if err := h.DecideProposal(t.Context(), second, last, access.Approved); err != nil {
		t.Fatal(err)
	}
	if a := h.as(t, ek, access.Coordinator, register); !a.AllUnits {
		t.Error("the role is not for all units")
	}
	roles, _, err := h.CaseRoles(t.Context(), leader)
	if err != nil || !slices.ContainsFunc(roles, func(x Held) bool { return x.Person == ek && x.Giver == "Alm" && x.Approver == "BERG" }) {
		t.Errorf("%+v %v", roles, err)
	}
	lines := h.nodeLines(t)
	i := slices.IndexFunc(lines, func(l audit.Line) bool { return l.Act == audit.Approved })
	if i < 0 || lines[i].Person != second.Person.ID || lines[i].About != ek || lines[i].Fields[1] != register {
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
	small := access.Actor{Person: access.Person{ID: "x"}, Role: access.Coordinator, Register: leader.Register, Units: []string{units[0].ID}}
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
