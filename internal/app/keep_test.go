package app

import (
	"testing"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/codebook"
	"foljsam/internal/fault"
	"foljsam/internal/place"
	"foljsam/internal/record"
	"foljsam/internal/store"
)

// kept is a register with two units: a caseworker in each, and two coordinators over both.
type kept struct {
	*house
	who         *Who
	anna, bo    access.Actor // Enhet Vuxen, Enhet Norr
	lena, maria access.Actor
	norr        string
}

func newKept(t *testing.T) *kept {
	h := newHouse(t, false)
	k := &kept{house: h, who: h.begin(t), norr: "norr"}
	r, err := h.store.Register(t.Context(), k.who.Register)
	if err != nil {
		t.Fatal(err)
	}
	err = r.Write(t.Context(), func(tx *store.Tx) error {
		return tx.PutUnit(place.Unit{ID: k.norr, Name: "Enhet Norr", Area: "1884", From: h.time.AddDate(-20, 0, 0)})
	})
	if err != nil {
		t.Fatal(err)
	}
	h.time = h.time.Add(time.Minute) // the units are read anew
	k.anna, k.bo = h.colleague(t, k.who, "anna", k.who.Units[0].ID), h.colleague(t, k.who, "bo", k.norr)
	k.lena, k.maria = k.coordinator("lena"), k.coordinator("maria")
	return k
}

func (k *kept) coordinator(id string) access.Actor {
	return access.Actor{Person: access.Person{ID: id, Name: id}, Role: access.Coordinator, Register: k.who.Register, AllUnits: true, Confirmed: k.time.AddDate(1, 0, 0)}
}

// file opens a case of a client's, and closes it where a day is given.
func (k *kept) file(t *testing.T, by access.Actor, code, client, closed string) string {
	t.Helper()
	answers := map[string]record.Answer{codebook.Default().Role(codebook.Intake).Key(): {Value: "2015-01-01"}}
	if closed != "" {
		answers[codebook.Default().Role(codebook.Closing).Key()] = record.Answer{Value: closed}
	}
	k.time = k.time.Add(time.Second)
	id, err := k.OpenCase(t.Context(), by, NewCase{Unit: by.Units[0], Case: code, Client: client, Answers: answers})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func (k *kept) filed(t *testing.T, id string) *record.Filed {
	t.Helper()
	r, err := k.store.Register(t.Context(), k.who.Register)
	if err != nil {
		t.Fatal(err)
	}
	var c *record.Filed
	if err := r.Read(t.Context(), func(tx *store.Tx) (err error) { c, err = tx.Case(id); return err }); err != nil {
		t.Fatal(err)
	}
	return c
}

func (k *kept) earlier(t *testing.T, by access.Actor, id string) *Earlier {
	t.Helper()
	e, err := k.Earlier(t.Context(), by, k.filed(t, id))
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func refusedAs(t *testing.T, err error, key string) {
	t.Helper()
	if e, ok := err.(*fault.Error); !ok || e.Key != key {
		t.Errorf("got %v; want %s", err, key)
	}
}

func countActs(all []audit.Act, act audit.Act) (n int) {
	for _, x := range all {
		if x == act {
			n++
		}
	}
	return n
}

func TestWhoOpensACaseHearsThatTheClientWasHere(t *testing.T) {
	k := newKept(t)
	first := k.file(t, k.anna, "A1", "K1", "2026-11-12")
	if e := k.earlier(t, k.anna, first); e != nil {
		t.Errorf("of a first case it is said that there was another: %+v", e)
	}
	second := k.file(t, k.anna, "A2", "k 1", "")
	e := k.earlier(t, k.anna, second)
	if e == nil || e.CaseID != first || e.Days != 10 || e.Elsewhere || e.Open {
		t.Errorf("%+v", e)
	}
	if e := k.earlier(t, k.lena, second); e != nil {
		t.Errorf("somebody who did not open it is told: %+v", e)
	}
	there := k.file(t, k.bo, "B1", "K1", "")
	if e := k.earlier(t, k.bo, there); e == nil || *e != (Earlier{Elsewhere: true}) {
		t.Errorf("of another unit more is told than to ask: %+v", e)
	}
	if n := countActs(k.acts(t, k.who.Register), audit.SawEarlier); n != 2 {
		t.Errorf("%d lines say that it was told", n)
	}
	k.time = k.time.Add(25 * time.Hour)
	if e := k.earlier(t, k.anna, second); e != nil {
		t.Errorf("it is told after the first day: %+v", e)
	}
}

func TestLookUpsAreLimited(t *testing.T) {
	k := newKept(t)
	admin := access.Actor{Person: access.Person{ID: "admin"}, Role: access.Administrator, AllUnits: true, Confirmed: k.time.AddDate(1, 0, 0)}
	if err := k.SetLookupLimit(t.Context(), k.lena, 500); fault.KindOf(err) != fault.Refused {
		t.Error("a coordinator sets the limit that is their own:", err)
	}
	refusedAs(t, k.SetLookupLimit(t.Context(), admin, 0), "keeping.limit_span")
	if err := k.SetLookupLimit(t.Context(), admin, 3); err != nil {
		t.Fatal(err)
	}
	k.file(t, k.anna, "A1", "K1", "")
	look := func(by access.Actor) error {
		_, err := k.Cases(t.Context(), by, Filter{Code: "A1"})
		return err
	}
	for range 3 {
		if err := look(k.anna); err != nil {
			t.Error(err)
		}
	}
	refusedAs(t, look(k.anna), "keeping.too_many")
	again := New(Options{Store: k.store, Codebook: codebook.Default(), Now: func() time.Time { return k.time }})
	_, err := again.Cases(t.Context(), k.anna, Filter{Code: "A1"})
	refusedAs(t, err, "keeping.too_many") // also after a new start
	_, err = k.OpenCase(t.Context(), k.anna, NewCase{Unit: k.anna.Units[0], Case: "A1", Client: "K2"})
	refusedAs(t, err, "keeping.too_many") // that a code is taken is a look-up too
	if err := look(k.bo); err != nil {
		t.Error("another person has another count:", err)
	}
	k.time = k.time.Add(time.Hour)
	if err := look(k.anna); err != nil {
		t.Error("an hour later:", err)
	}
	if n := countActs(k.acts(t, k.who.Register), audit.LookupLimit); n != 3 {
		t.Errorf("%d lines say that the limit was reached", n)
	}
}

func TestOneClientOpenInTwoUnitsIsShown(t *testing.T) {
	k := newKept(t)
	a, b := k.file(t, k.anna, "A1", "K1", ""), k.file(t, k.bo, "B1", "K1", "")
	k.file(t, k.bo, "B2", "K2", "")
	k.file(t, k.anna, "A0", "K1", "2020-01-01")
	all, err := k.Doubles(t.Context(), k.lena)
	if err != nil || len(all) != 1 || len(all[0].Cases) != 2 || all[0].Cases[0].ID != a || all[0].Cases[1].ID != b {
		t.Fatalf("%+v %v", all, err)
	}
	if all[0].Cases[0].CaseCode != "" || all[0].Verdict != "" {
		t.Errorf("%+v", all[0])
	}
	for _, by := range []access.Actor{k.anna, {Person: access.Person{ID: "admin"}, Role: access.Administrator, AllUnits: true}} {
		if _, err := k.Doubles(t.Context(), by); fault.KindOf(err) != fault.Refused {
			t.Errorf("%s sees doubles: %v", by.Role, err)
		}
	}
	oneUnit := k.lena
	oneUnit.AllUnits, oneUnit.Units = false, []string{k.norr}
	if all, err := k.Doubles(t.Context(), oneUnit); err != nil || len(all) != 0 {
		t.Errorf("who looks after one unit sees that the client is in another: %+v %v", all, err)
	}
	codes, err := k.DoubleCodes(t.Context(), k.lena, all[0].Key)
	if err != nil || len(codes) != 2 || codes[0].CaseCode != "A1" || codes[1].CaseCode != "B1" {
		t.Errorf("%+v %v", codes, err)
	}
	_, err = k.DoubleCodes(t.Context(), k.lena, a+" "+k.file(t, k.anna, "A9", "K9", ""))
	refusedAs(t, err, "keeping.no_double")
	refusedAs(t, k.DecideDouble(t.Context(), k.lena, all[0].Key, "annat", ""), "keeping.choose_verdict")
	if err := k.DecideDouble(t.Context(), k.lena, all[0].Key, IsDouble, "Öppnades två gånger."); err != nil {
		t.Fatal(err)
	}
	all, err = k.Doubles(t.Context(), k.maria)
	if err != nil || all[0].Verdict != IsDouble || all[0].Note != "Öppnades två gånger." {
		t.Errorf("%+v %v", all, err)
	}
}

func TestTheExtractHasEverythingAboutOnePerson(t *testing.T) {
	k := newKept(t)
	a, b := k.file(t, k.anna, "A1", "K1", "2019-05-05"), k.file(t, k.bo, "B1", "K1", "")
	k.file(t, k.anna, "A2", "K2", "")
	free := codebook.Default().Variables[0]
	for _, v := range codebook.Default().Variables {
		if v.Kind == codebook.Free {
			free = v
		}
	}
	k.save(t, k.bo, b, free.Key(), "Sagt av klienten.", 0)
	if _, err := k.Case(t.Context(), k.anna, a); err != nil {
		t.Fatal(err)
	}
	x, err := k.Extract(t.Context(), k.lena, " k1 ")
	if err != nil || len(x.Cases) != 2 || x.Cases[0].ID != a || x.Cases[1].ID != b {
		t.Fatalf("%+v %v", x, err)
	}
	c := x.Cases[1]
	if c.CaseCode != "B1" || c.ClientCode != "K1" || c.UnitName != "Enhet Norr" || len(c.Saves) != 2 || x.Register != "Socialnämnden i Nora" {
		t.Errorf("%+v", c)
	}
	said := false
	for _, y := range c.Answers {
		said = said || y.Field == free.Key() && y.Answer.Value == "Sagt av klienten."
	}
	if !said {
		t.Errorf("the free text is not there: %+v", c.Answers)
	}
	var acts []audit.Act
	for _, l := range x.Cases[0].Log {
		acts = append(acts, l.Act)
	}
	if countActs(acts, audit.Opened) != 1 || countActs(acts, audit.Read) != 1 || countActs(acts, audit.Extracted) != 1 {
		t.Errorf("%v", acts)
	}
	unsure := k.lena
	unsure.Confirmed = time.Time{}
	_, err = k.Extract(t.Context(), unsure, "K1")
	refusedAs(t, err, "account.confirm_first")
	_, err = k.Extract(t.Context(), k.lena, "K7")
	refusedAs(t, err, "keeping.extract_none")
	_, err = k.Extract(t.Context(), k.lena, " ")
	refusedAs(t, err, "keeping.code_missing")
	if _, err := k.Extract(t.Context(), k.anna, "K1"); fault.KindOf(err) != fault.Refused {
		t.Error("a caseworker takes an extract:", err)
	}
	part := k.lena
	part.AllUnits, part.Units = false, []string{k.norr}
	_, err = k.Extract(t.Context(), part, "K1")
	refusedAs(t, err, "keeping.extract_other_units")
}

func (k *kept) registerOf(t *testing.T) *store.Register {
	t.Helper()
	r, err := k.store.Register(t.Context(), k.who.Register)
	if err != nil {
		t.Fatal(err)
	}
	return r
}
