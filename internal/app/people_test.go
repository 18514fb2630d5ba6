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
	actor.Confirmed = h.time.AddDate(1, 0, 0) // has just shown who they are, also later in the test
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
