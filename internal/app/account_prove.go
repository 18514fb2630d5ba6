package app

import (
	"context"
	"errors"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/fault"
	"foljsam/internal/store"
)

// sureFor is how long it counts that somebody has shown who they are: before something grave
// they are asked again.
const sureFor = 10 * time.Minute

// Confirmed answers nil where the actor has shown who they are within ten minutes, and
// otherwise a refusal that leads to the page that asks. In a demonstration nobody has a
// password to show.
func (a *App) Confirmed(by access.Actor) error {
	if a.demo || a.now().Sub(by.Confirmed) < sureFor {
		return nil
	}
	return fault.New(fault.Refused, "account.confirm_first")
}

// Proof is how somebody shows who they are: one of these.
type Proof struct {
	Password string
	Code     string // one-time code or recovery code
	Passkey  PasskeyAnswer

	waiting string // a code of the secret that waits to be confirmed
}

// Confirm notes that whoever uses a session has shown again who they are.
func (a *App) Confirm(ctx context.Context, secret string, by access.Actor, p Proof, from string) error {
	hash := hashOf(secret)
	err := a.withProof(ctx, by, p, from, func(t *store.Tx) error {
		t.Audit(a.line(by, audit.Confirmed, ""))
		return t.ConfirmSession(hash, a.now())
	})
	a.sessions.forget(hash)
	return err
}

// withProof does something in the transaction in which a proof is found to hold, so that a
// code or a passkey's answer is used up by the same stroke. Wrong proofs cost time, as wrong
// passwords do, and are logged.
func (a *App) withProof(ctx context.Context, by access.Actor, p Proof, from string, do func(*store.Tx) error) error {
	person := by.Person.ID
	if wait := a.proofs.take(person, from, a.now()); wait > 0 {
		return waitFor(wait)
	}
	holds, err := a.proved(ctx, person, p)
	if err == nil {
		err = a.store.Node().Write(ctx, func(t *store.Tx) error {
			if err := holds(t); err != nil {
				return err
			}
			return do(t)
		})
	}
	switch {
	case isWrongProof(err):
		return firstError(a.logWrongProof(ctx, by, err), err)
	case err != nil:
		a.proofs.giveBack(person, from, a.now())
		return err
	}
	a.proofs.succeeded(person, from, a.now())
	return nil
}

// proved looks at what can be looked at outside the transaction, and gives what must hold
// inside it.
func (a *App) proved(ctx context.Context, person string, p Proof) (func(*store.Tx) error, error) {
	switch {
	case p.Passkey.Answer != "":
		return a.passkeyHolds(ctx, person, p.Passkey)
	case p.waiting != "":
		return func(t *store.Tx) error { return a.takeOneTime(t, person, p.waiting, false) }, nil
	case p.Code != "":
		return func(t *store.Tx) error { return a.takeCode(t, person, p.Code) }, nil
	}
	return func(*store.Tx) error { return nil }, a.rightPassword(ctx, person, p.Password)
}

// rightPassword answers nil where a password is the person's.
func (a *App) rightPassword(ctx context.Context, person, password string) error {
	var p access.Person
	err := a.store.Node().Read(ctx, func(t *store.Tx) (err error) { p, err = t.Person(person); return err })
	if err != nil {
		return err
	}
	right, err := checkPassword(ctx, p.Password, password)
	if err == nil && !right {
		err = fault.New(fault.Refused, "account.wrong_password")
	}
	return err
}

// wrongProofs are the text keys of proofs that do not hold.
var wrongProofs = map[string]bool{"account.wrong_password": true, "account.wrong_code": true, "account.used_code": true, "account.wrong_passkey": true, "account.copied_passkey": true}

func isWrongProof(err error) bool {
	var e *fault.Error
	return errors.As(err, &e) && wrongProofs[e.Key]
}

// logWrongProof logs that somebody could not show who they are. A passkey whose count went
// back may have been copied: that is said.
func (a *App) logWrongProof(ctx context.Context, by access.Actor, wrong error) error {
	act := audit.ProofFailed
	if e := new(fault.Error); errors.As(wrong, &e) && e.Key == "account.copied_passkey" {
		act = audit.PasskeyCopied
	}
	return a.store.Node().Write(ctx, func(t *store.Tx) error {
		t.Audit(a.line(by, act, ""))
		return nil
	})
}

func waitFor(wait time.Duration) error {
	return fault.New(fault.Refused, "app.wait", "n", int(wait.Seconds())+1)
}
