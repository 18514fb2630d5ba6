package app

import "testing"

func TestAskingForChallengesCostsTime(t *testing.T) {
	h, _, d := withPasskey(t)
	const office = "192.0.2.1"
	for range fromTries + 5 { // who signs in gives the place back
		ask, err := h.AskAnyPasskey(t.Context(), office)
		if err != nil {
			t.Fatal(err)
		}
		d.count++
		if _, err := h.SignInPasskey(t.Context(), d.get(ask), office); err != nil {
			t.Fatal(err)
		}
	}
	for range fromTries {
		if _, err := h.AskAnyPasskey(t.Context(), office); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := h.AskAnyPasskey(t.Context(), office); !isKey(err, "app.wait") {
		t.Error("an address may ask for ever:", err)
	}
	h.asked(t) // others ask on
	if _, err := h.SignIn(t.Context(), "alm", "ett långt lösenord", office); err != nil {
		t.Error("passwords wait too:", err)
	}
}

// However many challenges wait, the next is given; the oldest goes.
func TestManyChallengesStopNobody(t *testing.T) {
	h, w, d := withPasskey(t)
	own, err := h.AskPasskey(t.Context(), w.Person.ID)
	if err != nil {
		t.Fatal(err)
	}
	first := h.asked(t)
	for range mostAsked - 1 {
		h.App.asked.put("") // as if asked
	}
	last := h.asked(t)
	d.count++
	_, err = h.SignInPasskey(t.Context(), d.get(first), "")
	refusedAs(t, err, "account.wrong_passkey")
	if _, err = h.SignInPasskey(t.Context(), d.get(last), ""); err != nil {
		t.Error("the newest:", err)
	}
	if _, err = h.takeChallenge(t.Context(), own.Step, forPasskey, w.Person.ID); err != nil {
		t.Error("somebody's own was pushed out:", err)
	}
}
