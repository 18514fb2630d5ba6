package app

import (
	"context"
	"strconv"
	"sync"
	"testing"

	"foljsam/internal/access"
	"foljsam/internal/fault"
	"foljsam/internal/place"
	"foljsam/internal/store"
)

func firstWith(code, login string) First {
	return First{Code: code, Name: "Alm", Login: login, Password: "ett långt lösenord", Register: "Socialnämnden i Nora", Controller: "Socialnämnden", Area: "1884", Unit: "Enhet Vuxen"}
}

func (h *house) registers(t *testing.T) (all []place.Register, people []access.Person) {
	t.Helper()
	err := h.store.Node().Read(t.Context(), func(tx *store.Tx) (err error) {
		if all, err = tx.Registers(); err != nil {
			return err
		}
		people, err = tx.People()
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all, people
}

func TestOneBeginsAlsoWhenManyTryAtOnce(t *testing.T) {
	h := newHouse(t, false)
	code, err := h.FirstCode(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	errs := make([]error, 4)
	var all sync.WaitGroup
	for i := range errs {
		all.Go(func() { _, errs[i] = h.Begin(t.Context(), firstWith(code, "alm"+strconv.Itoa(i))) })
	}
	all.Wait()
	began := 0
	for _, err := range errs {
		if err == nil {
			began++
		} else if fault.KindOf(err) != fault.Refused {
			t.Error(err)
		}
	}
	if registers, people := h.registers(t); began != 1 || len(registers) != 1 || len(people) != 1 {
		t.Errorf("%d began, %d registers, %d people", began, len(registers), len(people))
	}
	if h.first.takes(code) {
		t.Error("the code can be used again")
	}
}

// Two processes on one database have a code each.
func TestWhoBeginsInAnotherProcessIsTold(t *testing.T) {
	h := newHouse(t, false)
	h.begin(t)
	err := h.addFirst(t.Context(), access.Person{ID: newID(), Login: "ek", Created: h.time}, "1884-x", []access.Role{access.Coordinator})
	if fault.KindOf(err) != fault.Conflict {
		t.Error(err)
	}
	if _, people := h.registers(t); len(people) != 1 {
		t.Errorf("%d people", len(people))
	}
}

func TestABrowserThatDoesNotWaitLeavesNoEmptyRegister(t *testing.T) {
	h := newHouse(t, false)
	code, err := h.FirstCode(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	go stop()
	_, _ = h.Begin(ctx, firstWith(code, "alm")) // either, but not half
	if registers, people := h.registers(t); len(registers) != len(people) {
		t.Errorf("%d registers, %d people", len(registers), len(people))
	}
}

func TestTheFirstCodeCannotBeGuessed(t *testing.T) {
	h := newHouse(t, false)
	code, err := h.FirstCode(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for range codeTries {
		if _, err := h.Begin(t.Context(), firstWith("AAAA-BBBB", "alm")); fault.KindOf(err) != fault.Refused {
			t.Fatal(err)
		}
	}
	if _, err := h.Begin(t.Context(), firstWith(code, "alm")); fault.KindOf(err) != fault.Refused {
		t.Errorf("the right code after %d wrong ones: %v", codeTries, err)
	}
}
