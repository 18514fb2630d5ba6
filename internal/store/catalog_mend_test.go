package store

import (
	"fmt"
	"runtime"
	"testing"
	"time"

	"foljsam/internal/codebook"
	"foljsam/internal/fault"
	"foljsam/internal/record"
)

// aCase gives a case that can be filed.
func aCase(t *testing.T, id, code, client string) *record.Filed {
	t.Helper()
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	c := &record.Filed{ID: id, Unit: "a", Worker: "p", Code: code, Client: client, Codebook: "x/1", Created: now, Changed: now, Form: record.NewForm()}
	if _, err := c.Form.Set(codebook.Default(), map[string]record.Answer{"14": {Value: "30"}, "5": {Value: "2025-01-02"}}); err != nil {
		t.Fatal(err)
	}
	return c
}

func filesCase(t *testing.T, r *Register, c *record.Filed) error {
	return r.Write(t.Context(), func(tx *Tx) error {
		return tx.AddCase(codebook.Default(), c, Revision{Version: c.Form.Version, At: c.Created})
	})
}

// Those who read while the catalog is read the first time leave it a connection to be read through.
func TestReadersDoNotHoldWhatTheCatalogIsReadThrough(t *testing.T) {
	r := aRegister(t)
	if err := r.Read(t.Context(), func(*Tx) error { return nil }); err != nil {
		t.Fatal(err)
	}
	if err := r.send(t.Context(), &write{done: make(chan struct{}), alone: func() error { r.catalog = newCatalog(); return nil }}); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error)
	for range readers {
		go func() {
			ended <- r.Read(t.Context(), func(tx *Tx) error { _, err := tx.Covers(Find{}); return err })
		}()
	}
	time.Sleep(100 * time.Millisecond) // they wait for the catalog
	if err := r.send(t.Context(), &write{done: make(chan struct{}), alone: func() error {
		if len(r.lines.reads.turns) > 0 {
			t.Errorf("%d of the connections are held", len(r.lines.reads.turns))
		}
		return r.catalogue()
	}}); err != nil {
		t.Error(err)
	}
	for range readers {
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}
}

// The catalog is read through the writer's connection where long reading has all others.
func TestTheCatalogIsReadBesideLongReading(t *testing.T) {
	r := aRegister(t)
	held, let := make(chan struct{}), make(chan struct{})
	ended := make(chan error)
	for range readers {
		go func() {
			ended <- r.Read(t.Context(), func(*Tx) error { held <- struct{}{}; <-let; return nil })
		}()
		<-held
	}
	begun := time.Now()
	err := r.send(t.Context(), &write{done: make(chan struct{}), alone: r.catalogue})
	if took := time.Since(begun); err != nil || took > patience/2 {
		t.Errorf("%v after %s", err, took)
	}
	close(let)
	for range readers {
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}
}

// A write that ends the writer's goroutine is not told that it was saved.
func TestAWriteThatEndsTheGoroutineIsNotSaved(t *testing.T) {
	r := aRegister(t)
	err := r.Write(t.Context(), func(tx *Tx) error {
		if err := tx.AddCase(codebook.Default(), aCase(t, "a", "one", "K"), Revision{Version: 1}); err != nil {
			return err
		}
		runtime.Goexit()
		return nil
	})
	if err == nil {
		t.Error("it was said to be saved")
	}
	if err := filesCase(t, r, aCase(t, "b", "one", "K")); err != nil {
		t.Error(err)
	}
}

// A save by one who read the case before its codes were corrected leaves the codes that it has.
func TestASaveLeavesTheCodesThatTheCaseHas(t *testing.T) {
	r, cb := aRegister(t), codebook.Default()
	if err := filesCase(t, r, aCase(t, "a", "one", "K")); err != nil {
		t.Fatal(err)
	}
	err := r.Write(t.Context(), func(tx *Tx) error {
		old, err := tx.Case("a")
		if err != nil {
			return err
		}
		if err := tx.Recode(&record.Filed{ID: "a", Code: "two", Client: "L"}); err != nil {
			return err
		}
		if _, err := old.Form.Set(cb, map[string]record.Answer{"14": {Value: "31"}}); err != nil {
			return err
		}
		return tx.SaveCase(cb, old, Revision{Version: old.Form.Version, At: old.Created})
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := filesCase(t, r, aCase(t, "b", "two", "L")); fault.KindOf(err) != fault.Conflict {
		t.Errorf("two cases have a code: %v", err)
	}
	err = r.Read(t.Context(), func(tx *Tx) error {
		c, err := tx.CaseByCode("two")
		if err == nil && c.ID != "a" {
			t.Errorf("found %s", c.ID)
		}
		all, failed := tx.CasesOfClient("L")
		if len(all) == 0 {
			t.Error("not found by its client")
		}
		return firstOf(err, failed)
	})
	if err != nil {
		t.Error(err)
	}
}

// Two clients whose pseudonyms are shortened to the same are two.
func TestDoublesOfClientsWithTheSameNumber(t *testing.T) {
	r := aRegister(t)
	var one, other string
	for i, seen := 0, map[uint32]string{}; other == ""; i++ {
		x := fmt.Sprint("client ", i)
		if was, found := seen[shortened(x)]; found {
			one, other = was, x
		}
		seen[shortened(x)] = x
	}
	for i, client := range []string{one, one, other} {
		if err := filesCase(t, r, aCase(t, fmt.Sprint("c", i), fmt.Sprint("code ", i), client)); err != nil {
			t.Fatal(err)
		}
	}
	wants := func(n int) {
		t.Helper()
		if err := r.Read(t.Context(), func(tx *Tx) error {
			all, err := tx.Doubles(10)
			if len(all) != n {
				t.Errorf("%d doubles, want %d", len(all), n)
			}
			return err
		}); err != nil {
			t.Error(err)
		}
	}
	wants(1)
	if err := filesCase(t, r, aCase(t, "d", "code d", other)); err != nil {
		t.Fatal(err)
	}
	wants(2)
}

// What a list shows is told by what the case says, also where another reading of the catalog has
// given units and caseworkers other numbers.
func TestListsAreOfThoseWhoAreNamed(t *testing.T) {
	k := newCatalog()
	s, _ := k.searchFor(Find{}, 0)
	k.named("a")
	k.named("p1")
	if s, none := k.searchFor(Find{Worker: "p1", Units: []string{"a"}}, 0); none || s.shows(1, &record.Cover{Unit: "a", Worker: "p2", Standing: record.Open}) ||
		s.shows(1, &record.Cover{Unit: "b", Worker: "p1", Standing: record.Open}) || !s.shows(1, &record.Cover{Unit: "a", Worker: "p1", Standing: record.Open}) {
		t.Error("another's")
	}
	if !s.shows(1, &record.Cover{Unit: "a", Worker: "p2", Standing: record.Shut}) {
		t.Error("a list of all")
	}
}

// A catalog that could not be read is read again for whoever asks, not only when somebody saves.
func TestACatalogThatCouldNotBeReadIsReadForReaders(t *testing.T) {
	r := aRegister(t)
	if err := filesCase(t, r, aCase(t, "c1", "kod", "klient")); err != nil {
		t.Fatal(err)
	}
	if err := r.send(t.Context(), &write{done: make(chan struct{}), alone: func() error {
		r.catalog = newCatalog()
		r.catalog.loaded(fault.New(fault.Internal, "store.damaged"))
		return nil
	}}); err != nil {
		t.Fatal(err)
	}
	var all []record.Cover
	list := func(tx *Tx) (err error) { all, err = tx.Covers(Find{Top: 10}); return err }
	if err := r.Read(t.Context(), list); err != nil || len(all) != 1 {
		t.Error(len(all), err)
	}
}
