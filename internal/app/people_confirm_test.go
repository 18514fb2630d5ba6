package app

import (
	"slices"
	"testing"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/record"
	"foljsam/internal/store"
)

// worker adds a caseworker who has set a password.
func (h *house) worker(t *testing.T, admin, leader access.Actor, login string, role access.Role) string {
	t.Helper()
	id := h.add(t, admin, login)
	if err := h.GiveRole(t.Context(), leader, NewRole{Login: login, Role: role, From: record.NoDay, Last: record.NoDay}); err != nil {
		t.Fatal(err)
	}
	return id
}

const newPassword = "ett helt annat lösenord"

// An administrator who takes away somebody's second step, waits a day and gives a code does not
// come in as them: the code waits for somebody else.
func TestACodeThatResetsASignInTakesASecondPerson(t *testing.T) {
	h, first, leader := two(t)
	mallory := h.secondAdministrator(t, first)
	ek := h.worker(t, first, leader, "ek", access.Caseworker)
	if err := h.ResetSecondFactor(t.Context(), mallory, ek); err != nil {
		t.Fatal(err)
	}
	h.time = h.time.Add(dayBetween)
	code, err := h.GiveCode(t.Context(), mallory, ek)
	if err != nil {
		t.Fatal(err)
	}
	use := func() error { return h.UseCode(t.Context(), "ek", code, newPassword, "") }
	wants(t, use(), "trust.code_waits")
	wants(t, h.UseCode(t.Context(), "ek", "FEL", newPassword, ""), "people.code_wrong")
	wants(t, h.AnswerCode(t.Context(), mallory, ek, true), "trust.code_not_own")
	wants(t, h.AnswerCode(t.Context(), first, ek, true), "trust.coordinator_confirms")
	if in, err := h.SignIn(t.Context(), "ek", "ett eget lösenord", ""); err != nil || in.Secret == "" {
		t.Error("the old password does not hold any more:", err)
	}
	if d, err := h.Duties(t.Context(), leader); err != nil || d.Codes != 1 {
		t.Error("the coordinator is not told:", d, err)
	}
	if all, err := h.CodesWaiting(t.Context(), mallory); err != nil || len(all) != 1 || all[0].MayConfirm || !all[0].MayStop {
		t.Errorf("%+v %v", all, err)
	}
	if err := h.AnswerCode(t.Context(), leader, ek, true); err != nil {
		t.Fatal(err)
	}
	wants(t, h.AnswerCode(t.Context(), leader, ek, true), "store.decided")
	if err := use(); err != nil {
		t.Error(err)
	}
	all, err := h.Interventions(t.Context(), leader)
	if err != nil || !slices.ContainsFunc(all, func(x Intervention) bool { return x.Act == audit.ConfirmedCode && x.Person == "EK" }) {
		t.Errorf("the register's coordinators are not shown it: %+v %v", all, err)
	}
	help, err := h.HelpedLately(t.Context(), h.as(t, ek, access.Caseworker, leader.Register))
	if err != nil || help.CodeBy != "BERG" || help.ConfirmedBy != "Alm" {
		t.Errorf("the person is not told: %+v %v", help, err)
	}
}

func TestAStoppedCodeDoesNotWork(t *testing.T) {
	h, admin, leader := two(t)
	mallory := h.secondAdministrator(t, admin)
	ek := h.worker(t, admin, leader, "ek", access.Caseworker)
	code, err := h.GiveCode(t.Context(), mallory, ek)
	if err == nil {
		err = h.AnswerCode(t.Context(), admin, ek, false)
	}
	if err != nil {
		t.Fatal(err)
	}
	wants(t, h.UseCode(t.Context(), "ek", code, newPassword, ""), "people.code_wrong")
	wants(t, h.AnswerCode(t.Context(), leader, ek, true), "store.no_sign_code")
}

// A code that was given while its person had no role waits too, once they have one.
func TestACodeGivenBeforeTheRoleWaitsToo(t *testing.T) {
	h, admin, leader := two(t)
	mallory := h.secondAdministrator(t, admin)
	ek := h.add(t, admin, "ek")
	code, err := h.GiveCode(t.Context(), mallory, ek)
	if err == nil {
		err = h.GiveRole(t.Context(), leader, NewRole{Login: "ek", Role: access.Caseworker, From: record.NoDay, Last: record.NoDay})
	}
	if err != nil {
		t.Fatal(err)
	}
	wants(t, h.UseCode(t.Context(), "ek", code, newPassword, ""), "trust.code_waits")
}

// Where only administrators who owe each other their logins are left to confirm, the person has a
// day to be told, and to have the code stopped.
func TestWhereNoCoordinatorConfirmsADayGoes(t *testing.T) {
	h, admin, leader := two(t)
	ek := h.worker(t, admin, leader, "ek", access.Coordinator)
	mallory := h.secondAdministrator(t, admin)
	puppet := h.add(t, mallory, "docka")
	if err := h.GiveAdministrator(t.Context(), mallory, puppet); err != nil {
		t.Fatal(err)
	}
	err := h.EndRole(t.Context(), leader, h.grantOf(t, leader.Person.ID, access.Coordinator))
	if err != nil {
		t.Fatal(err)
	}
	code, err := h.GiveCode(t.Context(), mallory, ek)
	if err == nil {
		err = h.AnswerCode(t.Context(), h.as(t, puppet, access.Administrator, ""), ek, true)
	}
	if err != nil {
		t.Fatal(err)
	}
	h.time = h.time.Add(dayBetween - time.Second)
	wants(t, h.UseCode(t.Context(), "ek", code, newPassword, ""), "trust.code_waits")
	if err := h.AnswerCode(t.Context(), admin, ek, false); err != nil {
		t.Fatal("another administrator cannot stop it:", err)
	}
	h.time = h.time.Add(time.Minute)
	wants(t, h.UseCode(t.Context(), "ek", code, newPassword, ""), "people.code_wrong")
}

// In a house with one administrator and no other coordinator nobody can confirm: the code works, and the
// log says that it did so alone. Nobody comes to be alone by ending the others.
func TestACodeInAHouseOfOneSaysSoInTheLog(t *testing.T) {
	h, admin, leader := two(t)
	ek := h.worker(t, admin, leader, "ek", access.Caseworker)
	v, err := h.Person(t.Context(), admin, ek)
	if err != nil || v.Takes != CodeAlone {
		t.Error(v.Takes, err)
	}
	code, err := h.GiveCode(t.Context(), admin, ek)
	if err == nil {
		err = h.UseCode(t.Context(), "ek", code, newPassword, "")
	}
	if err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(h.nodeLines(t), func(l audit.Line) bool {
		return l.Act == audit.GaveCode && l.About == ek && slices.Equal(l.Fields, []string{string(CodeAlone)})
	}) {
		t.Error("the log does not say that nobody confirmed")
	}
	other := h.secondAdministrator(t, admin)
	if err := h.EndPerson(t.Context(), admin, other.Person.ID); err != nil {
		t.Fatal(err)
	}
	_, err = h.GiveCode(t.Context(), admin, ek)
	wants(t, err, "trust.ended_lately")
	h.time = h.time.Add(standing)
	if _, err = h.GiveCode(t.Context(), admin, ek); err != nil {
		t.Error(err)
	}
}

func (h *house) grantOf(t *testing.T, person string, role access.Role) access.Grant {
	t.Helper()
	var grants []access.Grant
	err := h.store.Node().Read(t.Context(), func(tx *store.Tx) (err error) { grants, err = tx.Grants(person); return err })
	i := slices.IndexFunc(grants, func(g access.Grant) bool { return g.Role == role })
	if err != nil || i < 0 {
		t.Fatal(err)
	}
	return grants[i]
}
