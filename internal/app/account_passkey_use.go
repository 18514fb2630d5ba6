package app

import (
	"bytes"
	"context"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"foljsam/internal/fault"
	"foljsam/internal/store"
)

// AskPasskey begins to ask for a passkey of somebody who is known: the actor.
func (a *App) AskPasskey(ctx context.Context, person string) (ask PasskeyAsk, err error) {
	n, err := a.relying()
	if err != nil {
		return ask, err
	}
	var h holder
	err = a.store.Node().Read(ctx, func(t *store.Tx) (err error) { h, err = holderOf(t, person, n.host); return err })
	if err != nil {
		return ask, err
	}
	if len(h.read) == 0 {
		return ask, fault.New(fault.Conflict, "account.no_passkey")
	}
	options, asked, err := n.asks.BeginLogin(h)
	if err != nil {
		return ask, fault.Wrap(err, fault.Internal, "store.failed")
	}
	ask.Options = options.Response
	ask.Step, err = a.addStep(ctx, person, forPasskey, asked)
	return ask, err
}

// AskAnyPasskey begins to ask for a passkey of whoever holds the device. Asking again and
// again from one address costs time as wrong passwords do, until somebody signs in from there.
func (a *App) AskAnyPasskey(ctx context.Context, from string) (ask PasskeyAsk, err error) {
	n, err := a.relying()
	if err != nil {
		return ask, err
	}
	if wait := a.asking.takeFrom(from, a.now()); wait > 0 {
		return ask, waitFor(wait)
	}
	options, asked, err := n.asks.BeginDiscoverableLogin()
	if err != nil {
		return ask, fault.Wrap(err, fault.Internal, "store.failed")
	}
	ask.Options = options.Response
	ask.Step, err = a.addStep(ctx, "", forPasskey, asked)
	return ask, err
}

// passkeyHolds answers nil where a passkey's answer is right, and gives what must hold in the
// transaction: that nobody has used it meanwhile.
func (a *App) passkeyHolds(ctx context.Context, person string, answer PasskeyAnswer) (func(*store.Tx) error, error) {
	asked, err := a.takeChallenge(ctx, answer.Step, forPasskey, person)
	if err != nil {
		return nil, err
	}
	_, holds, err := a.answered(ctx, asked, answer, func(string) string { return person })
	return holds, err
}

// answered checks an answer: who says, from the handle that the device gave, whose it is.
func (a *App) answered(ctx context.Context, asked webauthn.SessionData, answer PasskeyAnswer, who func(handle string) string) (h holder, holds func(*store.Tx) error, err error) {
	n, err := a.relying()
	if err != nil {
		return h, nil, err
	}
	wrong := fault.New(fault.Refused, "account.wrong_passkey")
	parsed, err := protocol.ParseCredentialRequestResponseBytes([]byte(answer.Answer))
	if err != nil {
		return h, nil, wrong
	}
	err = a.store.Node().Read(ctx, func(t *store.Tx) (err error) {
		h, err = holderOf(t, who(string(parsed.Response.UserHandle)), n.host)
		return err
	})
	if err != nil && fault.KindOf(err) == fault.NotFound {
		return h, nil, wrong
	}
	if err != nil {
		return h, nil, err
	}
	var used *webauthn.Credential
	if len(asked.UserID) > 0 {
		used, err = n.asks.ValidateLogin(h, asked, parsed)
	} else {
		_, used, err = n.asks.ValidatePasskeyLogin(func([]byte, []byte) (webauthn.User, error) { return h, nil }, asked, parsed)
	}
	if err != nil {
		return h, nil, wrong
	}
	holds, err = a.usePasskey(h, used)
	return h, holds, err
}

// usePasskey gives what is written of a passkey that was used. One whose count does not go
// forward may have been copied, and is refused.
func (a *App) usePasskey(h holder, used *webauthn.Credential) (func(*store.Tx) error, error) {
	if used.Authenticator.CloneWarning {
		return nil, fault.New(fault.Refused, "account.copied_passkey")
	}
	next, err := a.passkeyOf(used)
	if err != nil {
		return nil, err
	}
	for i, c := range h.read {
		if bytes.Equal(c.ID, used.ID) {
			was := h.keys[i]
			return func(t *store.Tx) error { return t.UsePasskey(was, next.Uses, next.Credential, a.now()) }, nil
		}
	}
	return nil, fault.New(fault.Refused, "account.wrong_passkey")
}
