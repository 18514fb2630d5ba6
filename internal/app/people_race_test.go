package app

import (
	"slices"
	"sync"
	"testing"

	"foljsam/internal/access"
	"foljsam/internal/record"
	"foljsam/internal/store"
)

// inARush does things at the same time, and gives how many of them were done.
func inARush(all ...func() error) (done []int) {
	var wait sync.WaitGroup
	errs, begin := make([]error, len(all)), make(chan struct{})
	for i, do := range all {
		wait.Go(func() { <-begin; errs[i] = do() })
	}
	close(begin)
	wait.Wait()
	for i, err := range errs {
		if err == nil {
			done = append(done, i)
		}
	}
	return done
}

// coordinators gives who holds the role in all units of a register now.
func (h *house) coordinators(t *testing.T, register string) (all []string) {
	t.Helper()
	err := h.store.Node().Read(t.Context(), func(tx *store.Tx) error {
		grants, err := tx.GrantsIn(register)
		for _, g := range grants {
			if g.Role == access.Coordinator && g.Unit == "" && g.HoldsAt(h.time) {
				all = append(all, g.Person)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// Of those who answer a proposal at the same time one is heard, and the role is given once or not
// at all, as that one said.
func TestAProposalIsAnsweredOnceAlsoWhenManyDoAtOnce(t *testing.T) {
	h, admin, leader := two(t)
	h.add(t, admin, "lind")
	if err := h.GiveRole(t.Context(), leader, NewRole{Login: "lind", Role: access.Coordinator, From: record.NoDay, Last: record.NoDay}); err != nil {
		t.Fatal(err)
	}
	lind := h.as(t, h.personID(t, "lind"), access.Coordinator, leader.Register)
	for i := range 6 {
		ek := h.add(t, admin, "ek"+string(rune('a'+i)))
		if err := h.ProposeCoordinator(t.Context(), admin, ek, leader.Register); err != nil {
			t.Fatal(err)
		}
		all, err := h.RoleProposals(t.Context(), admin)
		if err != nil {
			t.Fatal(err)
		}
		answer := func(by access.Actor, o access.Outcome) func() error {
			return func() error { return h.DecideProposal(t.Context(), by, all[0].ID, o) }
		}
		done := inARush(answer(admin, access.Withdrawn), answer(lind, access.Approved), answer(lind, access.Approved), answer(admin, access.Withdrawn), answer(lind, access.Declined))
		if len(done) != 1 {
			t.Fatalf("%d answers were heard", len(done))
		}
		has := slices.Contains(h.coordinators(t, leader.Register), ek)
		if approved := done[0] == 1 || done[0] == 2; has != approved {
			t.Errorf("answer %d was heard, and the role is given: %v", done[0], has)
		}
	}
}

// Two coordinators who end each other's role at the same time leave one.
func TestTwoCoordinatorsDoNotEndEachOther(t *testing.T) {
	h, admin, leader := two(t)
	h.add(t, admin, "lind")
	if err := h.GiveRole(t.Context(), leader, NewRole{Login: "lind", Role: access.Coordinator, From: record.NoDay, Last: record.NoDay}); err != nil {
		t.Fatal(err)
	}
	lind := h.as(t, h.personID(t, "lind"), access.Coordinator, leader.Register)
	if err := h.store.Node().Write(t.Context(), func(tx *store.Tx) error {
		p, err := tx.Person(lind.Person.ID)
		if p.Password = "x"; err != nil {
			return err
		}
		return tx.SavePerson(p)
	}); err != nil {
		t.Fatal(err)
	}
	end := func(by access.Actor, person string) func() error {
		return func() error {
			roles, _, err := h.CaseRoles(t.Context(), by)
			if err != nil {
				return err
			}
			i := slices.IndexFunc(roles, func(r Held) bool { return r.Person == person && r.Role == access.Coordinator })
			return h.EndRole(t.Context(), by, roles[i].Grant)
		}
	}
	inARush(end(leader, lind.Person.ID), end(lind, leader.Person.ID), end(leader, leader.Person.ID), end(lind, lind.Person.ID))
	if left := h.coordinators(t, leader.Register); len(left) != 1 {
		t.Errorf("%d coordinators are left", len(left))
	}
}
