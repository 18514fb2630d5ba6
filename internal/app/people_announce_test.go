package app

import (
	"slices"
	"testing"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/audit"
)

// Two administrators, or one person who has both their logins, cannot put a register's last coordinator
// out of the way before everybody there has been told.
func TestTheLastCoordinatorIsNotEndedByAdministratorsAtOnce(t *testing.T) {
	h, first, leader := two(t)
	mallory := h.secondAdministrator(t, first)
	lind := h.worker(t, first, leader, "lind", access.Coordinator)
	worker := h.worker(t, first, leader, "ek", access.Caseworker)
	if err := h.EndRole(t.Context(), leader, h.grantOf(t, leader.Person.ID, access.Coordinator)); err != nil {
		t.Fatal(err)
	}
	end := func() error { return h.EndPerson(t.Context(), mallory, lind) }
	last, ek := h.as(t, lind, access.Coordinator, leader.Register), h.as(t, worker, access.Caseworker, leader.Register)
	wants(t, end(), "trust.last_coordinator")
	announce := func() {
		t.Helper()
		if err := h.AnnounceEnd(t.Context(), mallory, lind); err != nil {
			t.Fatal(err)
		}
	}
	announce()
	wants(t, h.AnnounceEnd(t.Context(), mallory, lind), "trust.announced_already")
	h.time = h.time.Add(standing - time.Second)
	wants(t, end(), "trust.last_coordinator")
	for _, by := range []access.Actor{last, ek, first} {
		if all, err := h.AnnouncedEnds(t.Context(), by); err != nil || len(all) != 1 || all[0].Name != "LIND" || all[0].By != "BERG" {
			t.Errorf("%s is not told: %+v %v", by.Role, all, err)
		}
	}
	if err := h.StopEnd(t.Context(), last, lind); err != nil {
		t.Fatal(err)
	}
	h.time = h.time.Add(time.Second)
	wants(t, end(), "trust.last_coordinator")
	announce()
	h.time = h.time.Add(standing + announcedFor)
	wants(t, end(), "trust.last_coordinator") // it was too long ago
	announce()
	h.time = h.time.Add(standing)
	if err := end(); err != nil {
		t.Error(err)
	}
	if !slices.Contains(h.acts(t, leader.Register), audit.EndedPerson) {
		t.Error("the register's log does not say that its coordinator was ended")
	}
}

// Where another coordinator is left, the end is not announced.
func TestOneOfTwoCoordinatorsIsEndedAtOnce(t *testing.T) {
	h, admin, leader := two(t)
	lind := h.worker(t, admin, leader, "lind", access.Coordinator)
	wants(t, h.AnnounceEnd(t.Context(), admin, lind), "trust.announced_already")
	if err := h.EndPerson(t.Context(), admin, lind); err != nil {
		t.Error(err)
	}
	if all, err := h.Interventions(t.Context(), leader); err != nil || len(all) != 1 || all[0].Act != audit.EndedPerson || all[0].Person != "LIND" {
		t.Errorf("%+v %v", all, err)
	}
}
