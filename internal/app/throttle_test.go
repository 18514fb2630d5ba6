package app

import (
	"context"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"foljsam/internal/audit"
	"foljsam/internal/fault"
	"foljsam/internal/store"
)

func TestAskingAtOnceGivesNoMoreTries(t *testing.T) {
	h := newHouse(t, false)
	h.begin(t)
	errs := make([]error, 30)
	var all sync.WaitGroup
	for i := range errs {
		all.Go(func() { _, errs[i] = h.SignIn(t.Context(), "alm", "fel", "") })
	}
	all.Wait()
	tried := 0
	for _, err := range errs {
		if strings.HasPrefix(err.Error(), "app.sign_in_wrong") {
			tried++
		}
	}
	if tried != freeTries {
		t.Errorf("%d passwords were tried, want %d", tried, freeTries)
	}
	if n := h.nodeActs(t)[audit.Refused]; n != 1 {
		t.Errorf("%d lines of wrong tries within a second, want 1", n)
	}
	h.time = h.time.Add(time.Second)
	if _, err := h.SignIn(t.Context(), "alm", "fel", ""); fault.KindOf(err) != fault.Refused {
		t.Error(err)
	}
	if n := h.nodeActs(t)[audit.Refused]; n != 2 {
		t.Errorf("%d lines of wrong tries a second later, want 2", n)
	}
}

// nodeActs counts what the installation's log tells of.
func (h *house) nodeActs(t *testing.T) map[audit.Act]int {
	t.Helper()
	n := map[audit.Act]int{}
	err := h.store.Node().Read(t.Context(), func(tx *store.Tx) error {
		lines, err := tx.AuditLines(0, 1000)
		for _, s := range lines {
			l, err := s.Read()
			if err != nil {
				return err
			}
			if n[l.Act]++; l.Act == audit.Refused && l.Person != "" {
				t.Error("who could not sign in is in the log")
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestAnAddressHasItsOwnLimit(t *testing.T) {
	var x throttle
	now := time.Date(2026, 11, 22, 14, 0, 0, 0, time.UTC)
	for i := range fromTries {
		if wait := x.take("login-"+strconv.Itoa(i), "192.0.2.1", now); wait > 0 {
			t.Fatalf("try %d waits %v", i, wait)
		}
	}
	if wait := x.take("another", "192.0.2.1", now.Add(time.Minute)); wait != 14*time.Minute {
		t.Errorf("waits %v", wait)
	}
	if wait := x.take("another", "192.0.2.2", now); wait > 0 {
		t.Errorf("another address waits %v", wait)
	}
	if wait := x.take("yet another", "192.0.2.1", now.Add(15*time.Minute)); wait > 0 {
		t.Errorf("after a quarter of an hour it waits %v", wait)
	}
	for i := range 2 * fromTries { // an office where everybody knows their password
		login := "right-" + strconv.Itoa(i)
		if wait := x.take(login, "192.0.2.3", now); wait > 0 {
			t.Fatalf("try %d waits %v", i, wait)
		}
		x.succeeded(login, "192.0.2.3", now)
	}
}

func TestTheOldestTriesAreForgottenFirst(t *testing.T) {
	var x tries
	now := time.Date(2026, 11, 22, 14, 0, 0, 0, time.UTC)
	for i := range mostTries + 2 {
		x = x.with([32]byte{byte(i), byte(i >> 8)}, try{1, now.Add(time.Duration(i))})
	}
	if _, ok := x[[32]byte{2}]; len(x) != mostTries || !ok {
		t.Errorf("%d tries are remembered", len(x))
	}
	for i := range 2 {
		if _, ok := x[[32]byte{byte(i)}]; ok {
			t.Errorf("try %d is remembered", i)
		}
	}
}

func TestALongLoginIsRefusedUnreadAndCosts(t *testing.T) {
	h := newHouse(t, false)
	h.begin(t)
	if _, err := h.SignIn(t.Context(), strings.Repeat("å", 201), "fel", ""); fault.KindOf(err) != fault.Refused {
		t.Error(err)
	}
	if n := h.nodeActs(t)[audit.Refused]; n != 1 {
		t.Errorf("%d lines of it in the log", n)
	}
	for i := range fromTries {
		if _, err := h.SignIn(t.Context(), strings.Repeat("x", 201+i), "fel", "192.0.2.1"); !isKey(err, "app.sign_in_wrong") {
			t.Fatal(i, err)
		}
	}
	if _, err := h.SignIn(t.Context(), strings.Repeat("x", 300), "fel", "192.0.2.1"); !isKey(err, "app.wait") {
		t.Error("an address may try for ever:", err)
	}
}

func TestAnAddressAlone(t *testing.T) {
	var x throttle
	now := time.Date(2026, 11, 22, 14, 0, 0, 0, time.UTC)
	for i := range fromTries {
		if wait := x.takeFrom("192.0.2.1", now); wait > 0 {
			t.Fatal(i, wait)
		}
	}
	if wait := x.takeFrom("192.0.2.1", now.Add(time.Minute)); wait != 14*time.Minute {
		t.Error("waits", wait)
	}
	x.giveBack("", "192.0.2.1", now)
	if x.takeFrom("192.0.2.1", now) > 0 || x.takeFrom("192.0.2.2", now) > 0 || x.takeFrom("", now) > 0 {
		t.Error("somebody waits who should not")
	}
	if wait := x.takeFrom("192.0.2.1", now.Add(longestWait)); wait > 0 {
		t.Error("after a quarter of an hour it waits", wait)
	}
}

func TestWhoDoesNotWaitTakesNoPlace(t *testing.T) {
	h := newHouse(t, false)
	h.begin(t)
	for range argonAtATime {
		working <- struct{}{}
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	_, err := argon(ctx, "x", make([]byte, 16))
	if !isBusy(err) || len(inLine) != 0 {
		t.Errorf("who does not wait for the answer: %v, %d wait", err, len(inLine))
	}
	for range cap(inLine) {
		inLine <- struct{}{}
	}
	for range freeTries + 2 { // no password was tried: it costs no time
		if _, err = h.SignIn(t.Context(), "alm", "fel", ""); !isBusy(err) {
			t.Error("the line has no end:", err)
		}
	}
	for range cap(inLine) {
		<-inLine
	}
	for range argonAtATime {
		<-working
	}
	if _, err := h.SignIn(t.Context(), "alm", "ett långt lösenord", ""); err != nil {
		t.Error(err)
	}
}

// Whoever knows a login could else keep its owner out for good, by a wrong password now and then:
// where somebody has signed in lately, wrong tries from elsewhere cost them nothing.
func TestTriesFromElsewhereKeepNobodyOut(t *testing.T) {
	h := newHouse(t, false)
	h.begin(t)
	in := func(password, from string) error {
		_, err := h.SignIn(t.Context(), "alm", password, from)
		return err
	}
	right, office, home := "ett långt lösenord", "192.0.2.1", "198.51.100.7"
	if err := in(right, office); err != nil {
		t.Fatal(err)
	}
	for range 8 {
		_ = in("fel", "203.0.113.9")
	}
	if err := in(right, home); !isKey(err, "app.wait") {
		t.Errorf("from a new place, tries from elsewhere cost nothing: %v", err)
	}
	if err := in(right, office); err != nil {
		t.Errorf("where they signed in before: %v", err)
	}
	if err := in(right, home); !isKey(err, "app.wait") {
		t.Errorf("signing in there has forgotten the tries from elsewhere: %v", err)
	}
	for range freeTries {
		_ = in("fel", office)
	}
	if err := in(right, office); !isKey(err, "app.wait") {
		t.Errorf("wrong tries cost nothing where they signed in: %v", err)
	}
	h.time = h.time.Add(atHomeFor)
	for range 8 {
		_ = in("fel", "203.0.113.9")
	}
	if err := in(right, office); !isKey(err, "app.wait") {
		t.Errorf("a place is known for ever: %v", err)
	}
}
