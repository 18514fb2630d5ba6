package access

import (
	"slices"
	"testing"
	"time"
)

var now = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func TestWhatTheTableDoesNotNameIsRefused(t *testing.T) {
	actions := []Action{SeeCase, WriteCase, SeeUnitCases, SeeFigures, SeeUnits, ManageUnits, GrantCase, EditBook, Deliver, Extract, Retain, SeeAudit, ManagePeople, Approve, ManageKeys, Operate, Collect, Report, MakePaper, OrderFigures, AnswerOrders, SetCoding, CodeCases, "something else"}
	for _, r := range append(slices.Clone(Roles), "nobody") {
		for _, action := range actions {
			a := Actor{Role: r, Register: "nora", Units: []string{"vuxen"}}
			want := slices.Contains(allowed[r], action)
			if got := a.Allow(action, "nora", "vuxen") == nil; got != want {
				t.Errorf("%s may %s: %v", r, action, got)
			}
			if a.Allow(action, "ale", "vuxen") == nil || a.Allow(action, "nora", "barn") == nil {
				t.Errorf("%s may %s in another register or unit", r, action)
			}
		}
	}
}

func TestAdministratorsSeeNoCase(t *testing.T) {
	a := Actor{Role: Administrator, Register: "nora", AllUnits: true}
	for _, action := range []Action{SeeCase, WriteCase, SeeUnitCases, SeeFigures, SeeUnits, GrantCase, EditBook, Deliver, Extract, Retain} {
		if a.Allow(action, "nora", "vuxen") == nil {
			t.Errorf("an administrator may %s", action)
		}
	}
}

func TestAGrantHoldsInItsTimeAndPlace(t *testing.T) {
	grants := []Grant{
		{Person: "p", Register: "nora", Unit: "vuxen", Role: Caseworker, From: now.AddDate(0, -1, 0)},
		{Person: "p", Register: "nora", Unit: "barn", Role: Caseworker, From: now.AddDate(0, -2, 0), Till: now.AddDate(0, -1, 0)},
		{Person: "p", Register: "nora", Role: Coordinator, From: now.AddDate(0, 0, 1)},
		{Person: "q", Register: "nora", Role: Coordinator, From: now.AddDate(0, -1, 0)},
	}
	a, ok := ActorOf(Person{ID: "p"}, Caseworker, "nora", grants, now)
	if !ok || !a.In("vuxen") || a.In("barn") {
		t.Errorf("units %v", a.Units)
	}
	if _, ok := ActorOf(Person{ID: "p"}, Coordinator, "nora", grants, now); ok {
		t.Error("a grant held before it began")
	}
	if _, ok := ActorOf(Person{ID: "p", Ended: now}, Caseworker, "nora", grants, now); ok {
		t.Error("somebody who has left still has a role")
	}
	if a, ok := ActorOf(Person{ID: "q"}, Coordinator, "nora", grants, now); !ok || !a.In("barn") {
		t.Error("a grant without a unit holds in all units")
	}
}

func TestAManagerSeesFiguresAndNoCase(t *testing.T) {
	a := Actor{Role: Manager, Register: "nora", AllUnits: true}
	for _, action := range []Action{SeeCase, WriteCase, SeeUnitCases, SeeUnits, GrantCase, EditBook, Deliver, Extract, Retain, SeeAudit, ManagePeople} {
		if a.Allow(action, "nora", "vuxen") == nil {
			t.Errorf("a manager may %s", action)
		}
	}
	if a.Allow(SeeFigures, "nora", "vuxen") != nil || a.Allow(MakePaper, "nora", "") != nil || Manager.SeesCases() || !Manager.InRegister() {
		t.Error("a manager does not see what cases add up to")
	}
}
