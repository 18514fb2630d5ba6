package storetest

import (
	"errors"
	"slices"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/fault"
	"foljsam/internal/store"
)

func secondFactors(w *World) {
	oneTimeCodes(w)
	recoveryCodes(w)
	passkeys(w)
	signSteps(w)
	sessionsOfAPerson(w)
}

// fails writes what should fail.
func (w *World) fails(kind fault.Kind, key string, do func(*store.Tx) error) {
	w.T.Helper()
	Wants(w.T, w.Store.Node().Write(w.T.Context(), do), kind, key)
}

func oneTimeCodes(w *World) {
	node := w.Store.Node()
	w.fails(fault.NotFound, "account.no_codes", func(tx *store.Tx) error { _, err := tx.OneTime("p1"); return err })
	w.Write(node, func(tx *store.Tx) error {
		return errors.Join(tx.PutOneTime("p1", store.OneTime{Secret: []byte("first"), Begun: Now}), tx.PutOneTime("p1", store.OneTime{Secret: []byte("second"), Begun: Now}),
			tx.PutOneTime("p2", store.OneTime{Secret: []byte("another's"), Begun: Now}))
	})
	has := func(want bool) {
		w.T.Helper()
		w.Read(node, func(tx *store.Tx) error {
			got, err := tx.HasSecondFactor("p1")
			if got != want {
				w.T.Error("a second factor:", got)
			}
			return err
		})
	}
	has(false)
	w.Write(node, func(tx *store.Tx) error { return errors.Join(tx.ConfirmOneTime("p1", Now), tx.TakeStep("p1", 41)) })
	has(true)
	w.fails(fault.NotFound, "account.no_codes", func(tx *store.Tx) error { return tx.ConfirmOneTime("p1", Now) })
	w.fails(fault.Conflict, "account.codes_on_already", func(tx *store.Tx) error { return tx.PutOneTime("p1", store.OneTime{Secret: []byte("third")}) })
	for _, step := range []int64{41, 40, 1} {
		w.fails(fault.Conflict, "account.code_used", func(tx *store.Tx) error { return tx.TakeStep("p1", step) })
	}
	w.Write(node, func(tx *store.Tx) error { return tx.TakeStep("p1", 42) })
	w.Read(node, func(tx *store.Tx) error {
		o, err := tx.OneTime("p1")
		if string(o.Secret) != "second" || o.LastStep != 42 || !o.Confirmed.Equal(Now) {
			w.T.Errorf("%+v", o)
		}
		return err
	})
	w.Write(node, func(tx *store.Tx) error { return tx.DropOneTime("p1") })
	has(false)
}

func recoveryCodes(w *World) {
	node := w.Store.Node()
	w.Write(node, func(tx *store.Tx) error { return tx.PutRecoveryCodes("p1", []string{"old"}) })
	w.Write(node, func(tx *store.Tx) error {
		return errors.Join(tx.PutRecoveryCodes("p1", []string{"a", "b"}), tx.PutRecoveryCodes("p2", []string{"c"}))
	})
	w.Write(node, func(tx *store.Tx) error { return tx.UseRecoveryCode("p1", "a", Now) })
	for _, none := range []string{"a", "c", "old", ""} {
		w.fails(fault.NotFound, "account.no_recovery_code", func(tx *store.Tx) error { return tx.UseRecoveryCode("p1", none, Now) })
	}
	w.Read(node, func(tx *store.Tx) error {
		n, err := tx.RecoveryCodesLeft("p1")
		if n != 1 {
			w.T.Error(n, "recovery codes are left")
		}
		return err
	})
}

func passkeys(w *World) {
	node := w.Store.Node()
	k := store.Passkey{ID: "k1", Person: "p1", Name: "Telefonen", Host: "nora.example", Credential: "{}", Uses: 4_000_000_000, Created: Now}
	w.Write(node, func(tx *store.Tx) error { return tx.AddPasskey(k) })
	w.fails(fault.Conflict, "account.passkey_taken", func(tx *store.Tx) error { return tx.AddPasskey(store.Passkey{ID: "k1", Person: "p2"}) })
	w.Write(node, func(tx *store.Tx) error { return tx.UsePasskey(k, k.Uses+1, "{}", Now) })
	w.fails(fault.Conflict, "account.passkey_meanwhile", func(tx *store.Tx) error { return tx.UsePasskey(k, k.Uses+2, "{}", Now) })
	w.Read(node, func(tx *store.Tx) error {
		all, err := tx.PasskeysOf("p1")
		others, err2 := tx.PasskeysOf("p2")
		if len(all) != 1 || len(others) != 0 || all[0].Uses != k.Uses+1 || !all[0].Used.Equal(Now) || all[0].Host != "nora.example" {
			w.T.Errorf("%+v %+v", all, others)
		}
		here, err3 := tx.PasskeysElsewhere("nora.example")
		there, err4 := tx.PasskeysElsewhere("ale.example")
		if here != 0 || there != 1 {
			w.T.Error(here, there)
		}
		return errors.Join(err, err2, err3, err4)
	})
	w.fails(fault.NotFound, "account.no_passkey", func(tx *store.Tx) error { return tx.RemovePasskey("p2", "k1") })
	w.Write(node, func(tx *store.Tx) error { return tx.RemovePasskey("p1", "k1") })
	w.fails(fault.NotFound, "account.no_passkey", func(tx *store.Tx) error { _, err := tx.Passkey("k1"); return err })
}

func signSteps(w *World) {
	node, later := w.Store.Node(), Now.Add(time.Minute)
	w.Write(node, func(tx *store.Tx) error {
		return tx.AddSignStep(store.SignStep{Hash: "s1", Person: "p1", Purpose: "kod", Data: "{}", Ends: later}, Now)
	})
	gone := func(hash, purpose string, at time.Time) {
		w.T.Helper()
		w.fails(fault.NotFound, "account.no_step", func(tx *store.Tx) error { _, err := tx.SignStep(hash, purpose, at); return err })
	}
	gone("s1", "annat", Now)
	gone("s1", "kod", later)
	w.Write(node, func(tx *store.Tx) error {
		s, err := tx.SignStep("s1", "kod", Now)
		return errors.Join(err, tx.EndSignStep(s.Hash))
	})
	w.fails(fault.NotFound, "account.no_step", func(tx *store.Tx) error { return tx.EndSignStep("s1") })
	w.Write(node, func(tx *store.Tx) error {
		return errors.Join(tx.AddSignStep(store.SignStep{Hash: "n1", Purpose: "kod", Ends: later}, Now), tx.AddSignStep(store.SignStep{Hash: "s3", Person: "p1", Purpose: "kod", Ends: later}, Now),
			tx.DropSignStep("n1"), tx.DropSignStep("s3"), tx.DropSignStep("n1"))
	})
	gone("n1", "kod", Now)
	w.Write(node, func(tx *store.Tx) error { return tx.EndSignStep("s3") }) // a person's is not dropped
	w.Write(node, func(tx *store.Tx) error { return errors.Join(tx.Remind("p1", Now), tx.Remind("p1", later)) })
	w.Read(node, func(tx *store.Tx) error {
		since, err := tx.Reminded("p1")
		if !since.Equal(Now) {
			w.T.Error("reminded since", since)
		}
		return err
	})
}

func sessionsOfAPerson(w *World) {
	node := w.Store.Node()
	for i, hash := range []string{"h1", "h2", "h3"} {
		w.Write(node, func(tx *store.Tx) error {
			return tx.AddSession(access.Session{Hash: hash, Person: "p1", Role: access.Caseworker, Created: Now.Add(time.Duration(i)), Seen: Now, Ends: Now.AddDate(0, 0, 1)})
		})
	}
	w.Write(node, func(tx *store.Tx) error {
		return errors.Join(tx.AddSession(access.Session{Hash: "h4", Person: "p2"}), tx.ConfirmSession("h2", Now),
			tx.AddSignStep(store.SignStep{Hash: "s2", Person: "p1", Purpose: "kod", Ends: Now.AddDate(0, 0, 1)}, Now))
	})
	w.Write(node, func(tx *store.Tx) error {
		ended, err := tx.EndSessionsOf("p1", "h2")
		slices.Sort(ended)
		if !slices.Equal(ended, []string{"h1", "h3"}) {
			w.T.Error("ended", ended)
		}
		return err
	})
	w.Read(node, func(tx *store.Tx) error {
		left, err := tx.SessionsOf("p1")
		others, err2 := tx.SessionsOf("p2")
		if len(left) != 1 || len(others) != 1 || !left[0].Confirmed.Equal(Now) || !others[0].Confirmed.IsZero() {
			w.T.Errorf("%+v %+v", left, others)
		}
		return errors.Join(err, err2)
	})
	w.fails(fault.NotFound, "account.no_step", func(tx *store.Tx) error { return tx.EndSignStep("s2") })
}
