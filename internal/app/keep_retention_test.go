package app

import (
	"strings"
	"testing"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/codebook"
	"foljsam/internal/fault"
	"foljsam/internal/store"
)

func TestRetentionTakesTwoPeople(t *testing.T) {
	k := newKept(t)
	old, fresh := k.file(t, k.anna, "A1", "K1", "2019-05-05"), k.file(t, k.anna, "A2", "K2", "2026-05-05")
	reopened := k.file(t, k.bo, "B1", "K3", "2018-05-05")
	if v, err := k.Retention(t.Context(), k.lena); err != nil || v.Years != 0 || len(v.Closed) != 0 {
		t.Fatalf("without a rule: %+v %v", v, err)
	}
	_, err := k.ProposeRetention(t.Context(), k.lena, false)
	refusedAs(t, err, "keeping.nothing_reached")
	if err := k.SetRetention(t.Context(), k.lena, 5); err != nil {
		t.Fatal(err)
	}
	v, err := k.Retention(t.Context(), k.lena)
	if err != nil || len(v.Closed) != 2 || v.Closed[0].ID != reopened || v.Closed[1].ID != old || v.Before.String() != "2021-11-22" {
		t.Fatalf("%+v %v", v, err)
	}
	before, err := k.liveOf(t.Context(), k.registerOf(t))
	if err != nil || len(before.at) != 3 {
		t.Fatal(err)
	}
	id, err := k.ProposeRetention(t.Context(), k.lena, true)
	if err != nil {
		t.Fatal(err)
	}
	_, err = k.ConfirmRetention(t.Context(), k.lena, "", id)
	refusedAs(t, err, "keeping.second_person")
	if _, err := k.ConfirmRetention(t.Context(), k.anna, "", id); fault.KindOf(err) != fault.Refused {
		t.Error("a caseworker confirms:", err)
	}
	k.save(t, k.bo, reopened, codebook.Default().Role(codebook.Closing).Key(), "", 1)
	n, err := k.ConfirmRetention(t.Context(), k.maria, "", id)
	if err != nil || n != 1 {
		t.Fatal(n, err)
	}
	if _, err := k.Case(t.Context(), k.lena, old); fault.KindOf(err) != fault.NotFound {
		t.Error("the case is still there:", err)
	}
	for _, id := range []string{fresh, reopened} {
		if _, err := k.Case(t.Context(), k.lena, id); err != nil {
			t.Error(err)
		}
	}
	if len(before.at) != 2 {
		t.Error("what is counted did not follow")
	}
	v, err = k.Retention(t.Context(), k.lena)
	if err != nil || len(v.Waiting) != 0 || len(v.Protocols) != 1 {
		t.Fatalf("%+v %v", v, err)
	}
	p := v.Protocols[0]
	if p.Deleted.N() != 1 || p.Cases.N() != 2 || len(p.Hashes) != 1 || p.ProposedBy != "lena" || p.DecidedBy != "maria" || p.Scrubbed.IsZero() || strings.Contains(p.Hashes[0], old) {
		t.Errorf("%+v", p)
	}
	_, err = k.ConfirmRetention(t.Context(), k.maria, "", id)
	refusedAs(t, err, "keeping.retention_ended")
	if _, err := k.OpenCase(t.Context(), k.anna, NewCase{Unit: k.anna.Units[0], Case: "A1", Client: "K1"}); err != nil {
		t.Error("the code is still taken:", err)
	}
}

func TestAnAdministratorConfirmsWithoutSeeing(t *testing.T) {
	k := newKept(t)
	k.file(t, k.anna, "A1", "K1", "2019-05-05")
	if err := k.SetRetention(t.Context(), k.lena, 5); err != nil {
		t.Fatal(err)
	}
	id, err := k.ProposeRetention(t.Context(), k.lena, false)
	if err != nil {
		t.Fatal(err)
	}
	admin := access.Actor{Person: access.Person{ID: "admin"}, Role: access.Administrator, AllUnits: true, Confirmed: k.time.AddDate(1, 0, 0)}
	seen, err := k.OthersRetentions(t.Context(), admin)
	if err != nil || len(seen.Waiting) != 1 || len(seen.Protocols) != 0 {
		t.Fatalf("%+v %v", seen, err)
	}
	all := seen.Waiting
	if all[0].ID != id || all[0].Cases.N() != 1 || all[0].Register != k.who.Register || len(all[0].Hashes) != 0 {
		t.Fatalf("%+v %v", all, err)
	}
	if _, err := k.OthersRetentions(t.Context(), k.lena); fault.KindOf(err) != fault.Refused {
		t.Error(err)
	}
	if n, err := k.ConfirmRetention(t.Context(), admin, all[0].Register, id); err != nil || n != 1 {
		t.Error(n, err)
	}
	if seen, err = k.OthersRetentions(t.Context(), admin); err != nil || len(seen.Waiting) != 0 || len(seen.Protocols) != 1 || seen.Protocols[0].Deleted.N() != 1 || len(seen.Protocols[0].Hashes) != 0 {
		t.Errorf("the protocol, without what tells which: %+v %v", seen, err)
	}
}

func TestAProposalCanBeWithdrawn(t *testing.T) {
	k := newKept(t)
	old := k.file(t, k.anna, "A1", "K1", "2019-05-05")
	if err := k.SetRetention(t.Context(), k.lena, 5); err != nil {
		t.Fatal(err)
	}
	id, err := k.ProposeRetention(t.Context(), k.lena, false)
	if err != nil {
		t.Fatal(err)
	}
	_, err = k.ProposeRetention(t.Context(), k.maria, false)
	refusedAs(t, err, "keeping.waits_already")
	if err := k.WithdrawRetention(t.Context(), k.lena, id); err != nil {
		t.Fatal(err)
	}
	_, err = k.ConfirmRetention(t.Context(), k.maria, "", id)
	refusedAs(t, err, "keeping.retention_ended")
	if _, err := k.Case(t.Context(), k.lena, old); err != nil {
		t.Error(err)
	}
}

// proposed files a case closed long ago in each unit, and proposes both under a rule of a year.
func (k *kept) proposed(t *testing.T) (id string) {
	t.Helper()
	k.file(t, k.anna, "A1", "K1", "2019-05-05")
	k.file(t, k.bo, "B1", "K2", "2019-05-05")
	err := k.SetRetention(t.Context(), k.lena, 1)
	if err == nil {
		id, err = k.ProposeRetention(t.Context(), k.lena, false)
	}
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func TestARuleThatWasTakenAwayDeletesNothing(t *testing.T) {
	k := newKept(t)
	id := k.proposed(t)
	for _, years := range []int{0, 2} {
		if err := k.SetRetention(t.Context(), k.lena, years); err != nil {
			t.Fatal(err)
		}
		_, err := k.ConfirmRetention(t.Context(), k.maria, "", id)
		refusedAs(t, err, "keeping.rule_changed")
	}
	if err := k.SetRetention(t.Context(), k.lena, 1); err != nil {
		t.Fatal(err)
	}
	if n, err := k.ConfirmRetention(t.Context(), k.maria, "", id); err != nil || n != 2 {
		t.Error(n, err)
	}
}

func TestWhoCoordinatesOneUnitDeletesNothingOfAnother(t *testing.T) {
	k := newKept(t)
	id := k.proposed(t)
	part := k.maria
	part.AllUnits, part.Units = false, []string{k.norr}
	n, err := k.ConfirmRetention(t.Context(), part, "", id)
	refusedAs(t, err, "keeping.other_units")
	v, err := k.Retention(t.Context(), k.lena)
	if n != 0 || err != nil || len(v.Closed) != 2 || len(v.Waiting) != 1 {
		t.Errorf("%d are deleted; %+v %v", n, v, err)
	}
}

func TestSpaceIsWrittenOverAgainOnlyWhereItWasNot(t *testing.T) {
	k := newKept(t)
	id := k.proposed(t)
	refusedAs(t, k.ScrubAgain(t.Context(), k.lena, "nonsense"), "keeping.no_retention")
	refusedAs(t, k.ScrubAgain(t.Context(), k.lena, id), "keeping.no_retention") // nothing is deleted yet
	if _, err := k.ConfirmRetention(t.Context(), k.maria, "", id); err != nil {
		t.Fatal(err)
	}
	refusedAs(t, k.ScrubAgain(t.Context(), k.lena, id), "keeping.scrubbed_already")
	err := k.registerOf(t).Write(t.Context(), func(tx *store.Tx) error { return tx.MarkScrubbed(id, time.Time{}) })
	if err != nil {
		t.Fatal(err)
	}
	part := k.maria
	part.AllUnits, part.Units = false, []string{k.norr}
	refusedAs(t, k.ScrubAgain(t.Context(), part, id), "keeping.scrub_all_units")
	if err := k.ScrubAgain(t.Context(), k.lena, id); err != nil {
		t.Error(err)
	}
	refusedAs(t, k.ScrubAgain(t.Context(), k.lena, id), "keeping.scrubbed_already")
	if n := countActs(k.acts(t, k.who.Register), audit.Scrubbed); n != 1 {
		t.Errorf("%d lines say that it was done", n)
	}
}
