package app

import (
	"errors"
	"testing"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/fault"
)

func TestShowingAgainWhoOneIs(t *testing.T) {
	h := newHouse(t, false)
	h.begin(t)
	in, err := h.SignIn(t.Context(), "alm", almsPassword, "")
	if err != nil {
		t.Fatal(err)
	}
	if err := h.Confirmed(h.who(t, in.Secret).Actor); err != nil {
		t.Error("signing in is showing:", err)
	}
	h.time = h.time.Add(sureFor)
	w := h.who(t, in.Secret)
	wants(t, h.Confirmed(w.Actor), "account.confirm_first")
	wants(t, h.Confirm(t.Context(), in.Secret, w.Actor, Proof{Password: "fel"}, ""), "account.wrong_password")
	wants(t, h.Confirm(t.Context(), in.Secret, w.Actor, Proof{}, ""), "account.wrong_password")
	if err := h.Confirm(t.Context(), in.Secret, w.Actor, Proof{Password: almsPassword}, ""); err != nil {
		t.Fatal(err)
	}
	if err := h.Confirmed(h.who(t, in.Secret).Actor); err != nil {
		t.Error(err)
	}
	if acts := h.nodeActs(t); acts[audit.Confirmed] != 1 || acts[audit.ProofFailed] != 2 {
		t.Errorf("%v", acts)
	}
	demo := newHouse(t, true)
	if err := demo.Confirmed(access.Actor{}); err != nil {
		t.Error("in a demonstration nobody has anything to show:", err)
	}
}

func TestOwnSessionsAreListedAndEnded(t *testing.T) {
	h := newHouse(t, false)
	h.begin(t)
	var secrets []string
	for range 3 {
		in, err := h.SignIn(t.Context(), "alm", almsPassword, "")
		if err != nil {
			t.Fatal(err)
		}
		secrets = append(secrets, in.Secret)
	}
	w := h.who(t, secrets[0])
	all, err := h.OwnSessions(t.Context(), secrets[0], w.Actor)
	if err != nil || len(all) != 4 {
		t.Fatal(len(all), err)
	}
	other := h.colleague(t, w, "bo", "")
	for _, s := range all {
		if s.ID == sessionID(hashOf(secrets[1])) {
			if err := errors.Join(h.EndOwnSession(t.Context(), other, s.ID), errOf(h.Who(t.Context(), secrets[1])), h.EndOwnSession(t.Context(), w.Actor, s.ID)); err != nil {
				t.Error(err)
			}
		}
	}
	h.gone(t, secrets[1])
	if err := h.EndOtherSessions(t.Context(), secrets[0], w.Actor); err != nil {
		t.Fatal(err)
	}
	h.gone(t, secrets[2])
	h.who(t, secrets[0])
}

func (h *house) gone(t *testing.T, secret string) {
	t.Helper()
	if _, err := h.Who(t.Context(), secret); fault.KindOf(err) != fault.Refused || err == nil {
		t.Error("a session lives on:", err)
	}
}

func TestChangingThePasswordEndsAllSessions(t *testing.T) {
	h := newHouse(t, false)
	h.begin(t)
	in, err := h.SignIn(t.Context(), "alm", almsPassword, "")
	if err != nil {
		t.Fatal(err)
	}
	w := h.who(t, in.Secret)
	change := func(old, password string) error {
		_, err := h.ChangePassword(t.Context(), w.Actor, old, password, "")
		return err
	}
	wants(t, change(almsPassword, "för kort"), "app.password_short")
	wants(t, change(almsPassword, almsPassword), "account.same_password")
	wants(t, change("fel", "ett nytt långt lösenord"), "account.wrong_password")
	h.who(t, in.Secret)
	secret, err := h.ChangePassword(t.Context(), w.Actor, almsPassword, "ett nytt långt lösenord", "")
	if err != nil {
		t.Fatal(err)
	}
	h.gone(t, in.Secret)
	h.who(t, secret)
	if _, err := h.SignIn(t.Context(), "alm", almsPassword, ""); err == nil {
		t.Error("the old password is taken")
	}
	h.time = h.time.Add(longestWait)
	if _, err := h.SignIn(t.Context(), "alm", "ett nytt långt lösenord", ""); err != nil {
		t.Error(err)
	}
}

func TestWhoMustHaveASecondFactorMayDoNothingElseInTheEnd(t *testing.T) {
	h := newHouse(t, false)
	h.begin(t) // handläggare and samordnare
	enter := func() *Who {
		t.Helper()
		in, err := h.SignIn(t.Context(), "alm", almsPassword, "")
		if err != nil {
			t.Fatal(err)
		}
		return h.who(t, in.Secret)
	}
	w := enter()
	until := h.time.Add(grace)
	if !w.Protect.Due() || w.Protect.Over || !w.Protect.Until.Equal(until) {
		t.Errorf("%+v", w.Protect)
	}
	if _, err := h.ToDo(t.Context(), w.Actor); err != nil {
		t.Error(err)
	}
	h.time = until.Add(-time.Second)
	if w = enter(); w.Protect.Over || !w.Protect.Until.Equal(until) {
		t.Errorf("%+v", w.Protect)
	}
	h.time = until
	w = enter()
	if _, err := h.ToDo(t.Context(), w.Actor); !w.Protect.Over || fault.KindOf(err) != fault.Refused {
		t.Errorf("%+v: %v", w.Protect, err)
	}
	h.withCodes(t, w)
	h.time = h.time.Add(sessionMemory)
	if w = h.signedInAgain(t, h.code(t, w)); w.Protect.Due() || w.Protect.Over {
		t.Errorf("%+v", w.Protect)
	}
	if _, err := h.ToDo(t.Context(), w.Actor); err != nil {
		t.Error(err)
	}
}

func TestTheRuleIsTheAdministrators(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	none := map[access.Role]Demand{access.Caseworker: Optional, access.Coordinator: Optional, access.Administrator: Optional, access.National: Optional, access.Reporter: Optional, access.Manager: Optional}
	if err := h.RuleSecondFactor(t.Context(), w.Actor, none); fault.KindOf(err) != fault.Refused {
		t.Error("a coordinator rules:", err)
	}
	admin := access.Actor{Person: access.Person{ID: "admin"}, Role: access.Administrator, AllUnits: true}
	wants(t, h.RuleSecondFactor(t.Context(), admin, none), "account.confirm_first")
	admin.Confirmed = h.time
	wants(t, h.RuleSecondFactor(t.Context(), admin, map[access.Role]Demand{access.Caseworker: "ibland"}), "account.no_demand")
	if err := h.RuleSecondFactor(t.Context(), admin, none); err != nil {
		t.Fatal(err)
	}
	in, err := h.SignIn(t.Context(), "alm", almsPassword, "")
	if w := h.who(t, in.Secret); err != nil || w.Protect.Demand != Optional || w.Protect.Due() {
		t.Errorf("%+v %v", w.Protect, err)
	}
}

func TestWhoHasLostThePhoneIsHelped(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	h.withCodes(t, w)
	in := h.signedInAgain(t, h.code(t, w))
	admin := access.Actor{Person: access.Person{ID: "admin"}, Role: access.Administrator, AllUnits: true, Confirmed: h.time}
	if err := h.ResetSecondFactor(t.Context(), in.Actor, w.Person.ID); fault.KindOf(err) != fault.Refused {
		t.Error("a coordinator takes away somebody's codes:", err)
	}
	if err := h.ResetSecondFactor(t.Context(), admin, w.Person.ID); err != nil {
		t.Fatal(err)
	}
	x, err := h.SignIn(t.Context(), "alm", almsPassword, "")
	if err != nil || x.Secret == "" {
		t.Error("codes are still asked for:", err)
	}
}
