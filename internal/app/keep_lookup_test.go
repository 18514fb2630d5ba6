package app

import (
	"testing"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/codebook"
	"foljsam/internal/store"
)

// limited lets a person make some look-ups in an hour.
func (k *kept) limited(t *testing.T, n int) {
	t.Helper()
	admin := access.Actor{Person: access.Person{ID: "admin"}, Role: access.Administrator, AllUnits: true, Confirmed: k.time.AddDate(1, 0, 0)}
	if err := k.SetLookupLimit(t.Context(), admin, n); err != nil {
		t.Fatal(err)
	}
}

// Whoever corrects the client's code of a case of their own, again and again, asks each time
// whether that client has been here.
func TestCorrectingCodesIsALookUp(t *testing.T) {
	k := newKept(t)
	k.file(t, k.bo, "B1", "K1", "")
	k.file(t, k.bo, "B4", "K4", "")
	mine := k.file(t, k.anna, "A1", "K9", "")
	k.limited(t, 4)
	if e := k.earlier(t, k.anna, mine); e != nil {
		t.Fatalf("%+v", e)
	}
	recode := func(client string) error {
		_, err := k.Recode(t.Context(), k.anna, mine, k.filed(t, mine).Form.Version, "A1", client)
		return err
	}
	var said []*Earlier
	for _, client := range []string{"K1", "K2", "K4"} {
		if err := recode(client); err != nil {
			t.Fatal(err)
		}
		said = append(said, k.earlier(t, k.anna, mine))
	}
	if said[0] == nil || !said[0].Elsewhere || said[1] != nil || said[2] == nil || *said[2] != (Earlier{TooMany: true}) {
		t.Errorf("%+v", said)
	}
	refusedAs(t, recode("K3"), "keeping.too_many")
	if n := countActs(k.acts(t, k.who.Register), audit.LookedUp); n != 3 {
		t.Errorf("%d lines say that codes were looked up", n)
	}
	if n := countActs(k.acts(t, k.who.Register), audit.SawEarlier); n != 1 {
		t.Errorf("%d lines say that it was told", n)
	}
}

// Whoever has no look-ups left is told the same of a code that is taken as of one that is not,
// and of a client who has been here as of one who has not.
func TestPastTheLimitEverythingIsAnsweredAlike(t *testing.T) {
	k := newKept(t)
	k.file(t, k.bo, "B1", "K1", "")
	hit, miss := k.file(t, k.anna, "A1", "K1", ""), k.file(t, k.anna, "A2", "K2", "")
	k.limited(t, 2)
	for range 2 {
		if _, err := k.Cases(t.Context(), k.anna, Filter{Code: "X"}); err != nil {
			t.Fatal(err)
		}
	}
	alike := func(a *App) {
		t.Helper()
		for _, id := range []string{hit, miss} {
			if e, err := a.Earlier(t.Context(), k.anna, k.filed(t, id)); err != nil || e == nil || *e != (Earlier{TooMany: true}) {
				t.Errorf("%+v %v", e, err)
			}
		}
		for _, code := range []string{"B1", "free"} {
			_, err := a.OpenCase(t.Context(), k.anna, NewCase{Unit: k.anna.Units[0], Case: code, Client: "K3"})
			refusedAs(t, err, "keeping.too_many")
			_, err = a.Recode(t.Context(), k.anna, miss, 1, code, "K2")
			refusedAs(t, err, "keeping.too_many")
		}
	}
	alike(k.App)
	alike(New(Options{Store: k.store, Codebook: codebook.Default(), Now: k.now}))
	if _, err := k.OpenCase(t.Context(), k.bo, NewCase{Unit: k.norr, Case: "B2", Client: "K4"}); err != nil {
		t.Error("another person has another count:", err)
	}
	k.limited(t, 20)
	k.file(t, k.anna, "A3", "K5", "") // who has been given more has more at once
}

// Who coordinates one unit learns by no extract, and by no list of look-ups, whether a client is in
// another: only that the coordinator of all of them knows.
func TestAUnitsCoordinatorLearnsNothingOfClientsElsewhere(t *testing.T) {
	k := newKept(t)
	there := k.file(t, k.bo, "B1", "K1", "")
	h := k.colleague(t, k.who, "pia", k.anna.Units[0])
	pia := access.Actor{Person: h.Person, Role: access.Coordinator, Register: k.who.Register, Units: k.anna.Units, Confirmed: k.time.AddDate(1, 0, 0)}
	for _, client := range []string{"K1", "finns inte"} {
		_, err := k.Extract(t.Context(), pia, client)
		refusedAs(t, err, "keeping.extract_none_here")
	}
	seen, err := k.LookUps(t.Context(), pia, 0)
	if err != nil || len(seen.Lines) != 2 {
		t.Fatalf("%+v %v", seen, err)
	}
	for _, l := range seen.Lines {
		if l.Case != "" {
			t.Errorf("the list of look-ups names another unit's case %s", l.Case)
		}
	}
	all, err := k.LookUps(t.Context(), k.lena, 0)
	if err != nil || len(all.Lines) != 2 || countActs(k.actsOf(t, there), audit.Refused) != 1 {
		t.Errorf("who coordinates all of it is not told: %+v %v", all, err)
	}
}

// actsOf gives what the log tells of a case.
func (k *kept) actsOf(t *testing.T, id string) (acts []audit.Act) {
	t.Helper()
	err := k.registerOf(t).Read(t.Context(), func(tx *store.Tx) error {
		lines, err := tx.AuditOf(id)
		for _, l := range lines {
			acts = append(acts, l.Act)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return acts
}
