package app

import (
	"testing"
	"time"

	"foljsam/internal/fault"
	"foljsam/internal/store"
)

func TestASessionEndsAfterTwelveHoursAlsoWhenItIsUsed(t *testing.T) {
	h := newHouse(t, false)
	h.begin(t)
	began := h.time
	in, err := h.SignIn(t.Context(), "alm", "ett långt lösenord", "")
	if err != nil {
		t.Fatal(err)
	}
	secret := in.Secret
	for h.time = began; h.time.Before(began.Add(12*time.Hour - time.Second)); h.time = h.time.Add(30 * time.Minute) {
		h.who(t, secret)
	}
	h.time = began.Add(12*time.Hour - time.Second)
	h.who(t, secret)
	h.time = began.Add(12 * time.Hour)
	if _, err := h.Who(t.Context(), secret); fault.KindOf(err) != fault.Refused {
		t.Error("a session lives on after twelve hours:", err)
	}
}

// A request that read the session before it was ended is still under way.
func TestARequestUnderWayDoesNotBringASessionBack(t *testing.T) {
	h := newHouse(t, false)
	h.begin(t)
	in, err := h.SignIn(t.Context(), "alm", "ett långt lösenord", "")
	if err != nil {
		t.Fatal(err)
	}
	secret := in.Secret
	w := h.who(t, secret)
	if err := h.SignOut(t.Context(), secret); err != nil {
		t.Fatal(err)
	}
	h.sessions.put(hashOf(secret), w, h.time.Add(longest), h.time)
	if _, err := h.Who(t.Context(), secret); fault.KindOf(err) != fault.Refused {
		t.Error("a session is back after signing out:", err)
	}
	err = h.store.Node().Write(t.Context(), func(tx *store.Tx) error { return tx.TouchSession(hashOf(secret), h.time) })
	if fault.KindOf(err) != fault.NotFound {
		t.Error("a session that was ended could be used:", err)
	}
}
