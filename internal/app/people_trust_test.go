package app

import (
	"testing"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/record"
	"foljsam/internal/store"
)

// leave ends all coordinators' roles, as when the last one has left.
func (h *house) leave(t *testing.T, register string) {
	t.Helper()
	err := h.store.Node().Write(t.Context(), func(tx *store.Tx) error {
		all, err := tx.GrantsIn(register)
		for _, g := range all {
			if err == nil && g.Role == access.Coordinator && !g.OverAt(h.time) {
				err = tx.EndGrant(g, h.time)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (h *house) proposed(t *testing.T, by access.Actor, person, register string) string {
	t.Helper()
	if err := h.ProposeCoordinator(t.Context(), by, person, register); err != nil {
		t.Fatal(err)
	}
	all, err := h.RoleProposals(t.Context(), by)
	if err != nil {
		t.Fatal(err)
	}
	return all[0].ID
}

// An administrator who adds a login of their own, and makes it administrator, gets no further.
func TestAnAdministratorAloneBecomesNoCoordinator(t *testing.T) {
	h, admin, leader := two(t)
	register := leader.Register
	mallory := h.secondAdministrator(t, admin)
	puppet := h.add(t, mallory, "docka")
	if err := h.GiveAdministrator(t.Context(), mallory, puppet); err != nil {
		t.Fatal(err)
	}
	second := h.as(t, puppet, access.Administrator, "")
	wants(t, h.ProposeCoordinator(t.Context(), mallory, mallory.Person.ID, register), "people.not_yourself")

	own := h.proposed(t, second, mallory.Person.ID, register)
	wants(t, h.DecideProposal(t.Context(), mallory, own, access.Approved), "people.not_own_proposal")
	third := h.add(t, mallory, "annan")
	id := h.proposed(t, mallory, third, register)
	wants(t, h.DecideProposal(t.Context(), second, id, access.Approved), "trust.coordinator_approves")
	if d, err := h.Duties(t.Context(), second); err != nil || d.Proposals != 0 {
		t.Error("what one may not approve is offered:", d, err)
	}
	h.time = h.time.Add(time.Hour)
	h.leave(t, register)
	wants(t, h.DecideProposal(t.Context(), second, id, access.Approved), "trust.tied")
	wants(t, h.DecideProposal(t.Context(), admin, id, access.Approved), "trust.tied")
}

// Where the last coordinator has left, two administrators who have stood a while and do not owe
// each other their logins find a new one.
func TestARegisterWithoutACoordinatorGetsOne(t *testing.T) {
	h, admin, leader := two(t)
	one := h.secondAdministrator(t, admin)
	id := h.add(t, admin, "cedergren")
	if err := h.GiveAdministrator(t.Context(), admin, id); err != nil {
		t.Fatal(err)
	}
	other, ek := h.as(t, id, access.Administrator, ""), h.add(t, admin, "ek")
	h.time = h.time.Add(time.Hour)
	h.leave(t, leader.Register)
	early := h.proposed(t, one, ek, leader.Register)
	wants(t, h.DecideProposal(t.Context(), other, early, access.Approved), "trust.too_new")
	h.time = h.time.Add(standing)
	late := h.proposed(t, one, ek, leader.Register)
	if err := h.DecideProposal(t.Context(), other, late, access.Approved); err != nil {
		t.Error(err)
	}
}

func TestACodeAndAResetAreADayApart(t *testing.T) {
	h, admin, leader := two(t)
	ek := h.add(t, admin, "ek")
	if err := h.GiveRole(t.Context(), leader, NewRole{Login: "ek", Role: access.Coordinator, From: record.NoDay, Last: record.NoDay}); err != nil {
		t.Fatal(err)
	}
	if err := h.ResetSecondFactor(t.Context(), admin, ek); err != nil {
		t.Fatal(err)
	}
	_, err := h.GiveCode(t.Context(), admin, ek)
	wants(t, err, "trust.day_between")
	h.time = h.time.Add(dayBetween)
	if _, err := h.GiveCode(t.Context(), admin, ek); err != nil {
		t.Fatal(err)
	}
	h.time = h.time.Add(dayBetween - time.Second)
	wants(t, h.ResetSecondFactor(t.Context(), admin, ek), "trust.day_between")
	all, err := h.Interventions(t.Context(), leader)
	if err != nil || len(all) != 2 || all[0].Act != audit.GaveCode || all[0].By != "Alm" || all[1].Person != "EK" {
		t.Errorf("%+v %v", all, err)
	}
}

func TestAfterAResetThereIsNoGrace(t *testing.T) {
	h, admin, leader := two(t)
	ek := h.add(t, admin, "ek")
	if err := h.GiveRole(t.Context(), leader, NewRole{Login: "ek", Role: access.Caseworker, From: record.NoDay, Last: record.NoDay}); err != nil {
		t.Fatal(err)
	}
	if err := h.ResetSecondFactor(t.Context(), admin, ek); err != nil {
		t.Fatal(err)
	}
	in, err := h.SignIn(t.Context(), "ek", "ett eget lösenord", "")
	if err != nil {
		t.Fatal(err)
	}
	w := h.who(t, in.Secret)
	if !w.Protect.Over || !w.Protect.Due() || len(w.Actor.Units) > 0 {
		t.Errorf("%+v", w.Protect)
	}
	if help, err := h.Helped(t.Context(), w.Actor); err != nil || help.ResetBy != "Alm" || !help.Reset.Equal(h.time) {
		t.Errorf("%+v %v", help, err)
	}
	h.withCodes(t, w)
	h.time = h.time.Add(sessionMemory)
	if w = h.who(t, in.Secret); w.Protect.Over {
		t.Errorf("%+v", w.Protect)
	}
}

func TestLoweringTheDemandIsToldToTheRegister(t *testing.T) {
	h, admin, leader := two(t)
	rule := map[access.Role]Demand{access.Caseworker: Required, access.Coordinator: Required, access.Administrator: Optional, access.National: Optional, access.Reporter: Optional, access.Manager: Optional}
	if err := h.RuleSecondFactor(t.Context(), admin, rule); err != nil {
		t.Fatal(err)
	}
	if all, err := h.Interventions(t.Context(), leader); err != nil || len(all) != 0 {
		t.Error(all, err)
	}
	rule[access.Coordinator] = Optional
	if err := h.RuleSecondFactor(t.Context(), admin, rule); err != nil {
		t.Fatal(err)
	}
	if all, err := h.Interventions(t.Context(), leader); err != nil || len(all) != 1 || all[0].Act != audit.FactorsRuled || all[0].By != "Alm" {
		t.Error(all, err)
	}
}

// Whoever sits down at an unlocked screen does nothing grave.
func TestGraveActsAskAgain(t *testing.T) {
	h, admin, leader := two(t)
	ek := h.add(t, admin, "ek")
	id := h.proposed(t, admin, ek, leader.Register)
	old := h.time.Add(-11 * time.Hour)
	admin.Confirmed, leader.Confirmed = old, old
	ctx := t.Context()
	for name, act := range map[string]func() error{
		"AddPerson": func() error { _, _, err := h.AddPerson(ctx, admin, NewPerson{Login: "ny", Name: "Ny"}); return err },
		"GiveCode":  func() error { return errOf(h.GiveCode(ctx, admin, ek)) },
		"EndPerson": func() error { return h.EndPerson(ctx, admin, ek) },
		"GiveRole": func() error {
			return h.GiveRole(ctx, leader, NewRole{Login: "ek", Role: access.Caseworker, From: record.NoDay, Last: record.NoDay})
		},
		"GiveAdministrator":  func() error { return h.GiveAdministrator(ctx, admin, ek) },
		"EndAdministrator":   func() error { return h.EndAdministrator(ctx, admin, ek) },
		"ProposeCoordinator": func() error { return h.ProposeCoordinator(ctx, admin, ek, leader.Register) },
		"DecideProposal":     func() error { return h.DecideProposal(ctx, leader, id, access.Declined) },
		"ResetSecondFactor":  func() error { return h.ResetSecondFactor(ctx, admin, ek) },
		"RuleSecondFactor":   func() error { return h.RuleSecondFactor(ctx, admin, nil) },
		"SetRetention":       func() error { return h.SetRetention(ctx, leader, 5) },
		"ProposeRetention":   func() error { return errOf(h.ProposeRetention(ctx, leader, false)) },
	} {
		if err := act(); keyOf(err) != "account.confirm_first" {
			t.Errorf("%s: %v", name, err)
		}
	}
}
