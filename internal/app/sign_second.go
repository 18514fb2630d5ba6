package app

import (
	"context"

	"foljsam/internal/access"
	"foljsam/internal/fault"
	"foljsam/internal/store"
)

// Second is what somebody may show at the second step.
type Second struct {
	Codes, Passkey bool
	Person         string
}

// stepOver says that the second step waits no longer.
func stepOver() error { return fault.New(fault.Refused, "account.step_over") }

// secondStep gives whose second step a secret is of.
func (a *App) secondStep(t *store.Tx, secret string) (p access.Person, grants []access.Grant, err error) {
	s, err := t.SignStep(hashOf(secret), forSecond, a.now())
	if err == nil {
		p, err = t.Person(s.Person)
	}
	if err == nil {
		grants, err = t.Grants(s.Person)
	}
	if err != nil && fault.KindOf(err) == fault.NotFound || err == nil && a.hasEnded(p) {
		err = stepOver()
	}
	return p, grants, err
}

// Second gives what may be shown at a second step. One that waits no longer is refused.
func (a *App) Second(ctx context.Context, step string) (s Second, err error) {
	err = a.store.Node().Read(ctx, func(t *store.Tx) error {
		p, _, err := a.secondStep(t, step)
		if err != nil {
			return err
		}
		s, err = a.secondOf(t, p.ID)
		return err
	})
	return s, err
}

func (a *App) secondOf(t *store.Tx, person string) (s Second, err error) {
	s.Person = person
	o, err := t.OneTime(person)
	if err != nil && fault.KindOf(err) != fault.NotFound {
		return s, err
	}
	s.Codes = err == nil && !o.Confirmed.IsZero()
	if n := a.public.Load(); n != nil {
		h, err := holderOf(t, person, n.host)
		s.Passkey = len(h.keys) > 0
		return s, err
	}
	return s, nil
}

// AskSecond begins to ask for a passkey at the second step.
func (a *App) AskSecond(ctx context.Context, step string) (ask PasskeyAsk, err error) {
	s, err := a.Second(ctx, step)
	if err != nil {
		return ask, err
	}
	return a.AskPasskey(ctx, s.Person)
}

// SignInSecond lets in who shows a code or a passkey after their password. The step, the code
// and the session are one stroke.
func (a *App) SignInSecond(ctx context.Context, step string, p Proof, from string) (secret string, err error) {
	var person access.Person
	var grants []access.Grant
	err = a.store.Node().Read(ctx, func(t *store.Tx) (err error) {
		person, grants, err = a.secondStep(t, step)
		return err
	})
	if err != nil {
		return "", err
	}
	register, role := a.firstChoice(person, grants)
	by := access.Actor{Person: person, Role: role, Register: register}
	err = a.withProof(ctx, by, Proof{Code: orElse(p.Code, "-"), Passkey: p.Passkey}, from, func(t *store.Tx) (err error) {
		if err = t.EndSignStep(hashOf(step)); err != nil {
			return stepOver()
		}
		secret, err = a.beginIn(t, person, register, role, access.ByCode)
		return err
	})
	return secret, err
}

// SignInPasskey lets in whoever holds a device with a passkey and has shown the device who
// they are: that is both steps.
func (a *App) SignInPasskey(ctx context.Context, answer PasskeyAnswer, from string) (secret string, err error) {
	secret, err = a.byPasskey(ctx, answer)
	if err == nil {
		a.asking.giveBack("", from, a.now())
	}
	if isWrongProof(err) {
		return "", firstError(a.logWrong(ctx), err)
	}
	return secret, err
}

func (a *App) byPasskey(ctx context.Context, answer PasskeyAnswer) (secret string, err error) {
	asked, err := a.takeChallenge(ctx, answer.Step, forPasskey, "")
	if err != nil {
		return "", err
	}
	h, holds, err := a.answered(ctx, asked, answer, func(handle string) string { return handle })
	if isKey(err, "account.copied_passkey") {
		return "", firstError(a.logWrongProof(ctx, access.Actor{Person: h.person}, err), err)
	}
	if err == nil && a.hasEnded(h.person) {
		err = fault.New(fault.Refused, "account.wrong_passkey")
	}
	if err != nil {
		return "", err
	}
	err = a.store.Node().Write(ctx, func(t *store.Tx) error {
		if err := holds(t); err != nil {
			return err
		}
		grants, err := t.Grants(h.person.ID)
		if err == nil {
			register, role := a.firstChoice(h.person, grants)
			secret, err = a.beginIn(t, h.person, register, role, access.ByPasskey)
		}
		return err
	})
	return secret, err
}
