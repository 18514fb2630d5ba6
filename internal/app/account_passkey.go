package app

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/fault"
	"foljsam/internal/store"
)

// stepFor is how long something half done on the way in waits: the page that asks for a code,
// a challenge to a passkey.
const stepFor = 5 * time.Minute

// What steps are for.
const (
	forNewPasskey = "ny passnyckel"
	forPasskey    = "passnyckel"
	forSecond     = "andra steget"
)

// PasskeyAsk is what a browser needs to ask a device: the options as the browser's own
// functions take them, and the step that the answer belongs to.
type PasskeyAsk struct {
	Step    string `json:"steg"`
	Options any    `json:"val"`
}

// PasskeyAnswer is what the browser sends back.
type PasskeyAnswer struct{ Step, Answer string }

// holder is a person as the library reads them.
type holder struct {
	person access.Person
	keys   []store.Passkey
	read   []webauthn.Credential
}

func (h holder) WebAuthnID() []byte                         { return []byte(h.person.ID) }
func (h holder) WebAuthnName() string                       { return orElse(h.person.Login, h.person.Name) }
func (h holder) WebAuthnDisplayName() string                { return h.person.Name }
func (h holder) WebAuthnCredentials() []webauthn.Credential { return h.read }

// holderOf reads a person with the passkeys that were made for this public name.
func holderOf(t *store.Tx, person, host string) (h holder, err error) {
	if h.person, err = t.Person(person); err != nil {
		return h, err
	}
	all, err := t.PasskeysOf(person)
	for _, k := range all {
		var c webauthn.Credential
		if k.Host != host || err != nil {
			continue
		}
		if err = json.Unmarshal([]byte(k.Credential), &c); err != nil {
			return h, fault.Wrap(err, fault.Internal, "store.failed")
		}
		c.Authenticator.SignCount = k.Uses
		h.keys, h.read = append(h.keys, k), append(h.read, c)
	}
	return h, err
}

// relying gives what passkeys are bound to.
func (a *App) relying() (*publicName, error) {
	if n := a.public.Load(); n != nil {
		return n, nil
	}
	return nil, fault.New(fault.Conflict, "account.no_public")
}

// addStep keeps a step and gives the secret that the browser gets.
func (a *App) addStep(ctx context.Context, person, purpose string, data any) (string, error) {
	text, err := json.Marshal(data)
	if err != nil {
		return "", fault.Wrap(err, fault.Internal, "store.failed")
	}
	secret, now := newSecret(), a.now()
	oldest := ""
	if person == "" {
		oldest = a.asked.put(hashOf(secret))
	}
	err = a.store.Node().Write(ctx, func(t *store.Tx) error {
		if oldest != "" {
			if err := t.DropSignStep(oldest); err != nil {
				return err
			}
		}
		return t.AddSignStep(store.SignStep{Hash: hashOf(secret), Person: person, Purpose: purpose, Data: string(text), Ends: now.Add(stepFor)}, now)
	})
	return secret, err
}

func newSecret() string {
	b := make([]byte, 32)
	rand.Read(b) // never fails: it ends the program instead
	return base64.RawURLEncoding.EncodeToString(b)
}

// takeChallenge takes a challenge, whatever the answer turns out to be: each is answered once.
func (a *App) takeChallenge(ctx context.Context, secret, purpose, person string) (asked webauthn.SessionData, err error) {
	err = a.store.Node().Write(ctx, func(t *store.Tx) error {
		s, err := t.SignStep(hashOf(secret), purpose, a.now())
		if err != nil {
			return err
		}
		if s.Person != person {
			return fault.New(fault.NotFound, "account.no_step")
		}
		if err := json.Unmarshal([]byte(s.Data), &asked); err != nil {
			return fault.Wrap(err, fault.Internal, "store.failed")
		}
		return t.EndSignStep(s.Hash)
	})
	if err != nil && fault.KindOf(err) == fault.NotFound {
		err = fault.New(fault.Refused, "account.wrong_passkey")
	}
	return asked, err
}

// AskNewPasskey begins to make a passkey.
func (a *App) AskNewPasskey(ctx context.Context, by access.Actor) (ask PasskeyAsk, err error) {
	if err := a.Confirmed(by); err != nil {
		return ask, err
	}
	n, err := a.relying()
	if err != nil {
		return ask, err
	}
	var h holder
	err = a.store.Node().Read(ctx, func(t *store.Tx) (err error) { h, err = holderOf(t, by.Person.ID, n.host); return err })
	if err != nil {
		return ask, err
	}
	options, asked, err := n.asks.BeginRegistration(h, webauthn.WithExclusions(webauthn.Credentials(h.read).CredentialDescriptors()))
	if err != nil {
		return ask, fault.Wrap(err, fault.Internal, "store.failed")
	}
	ask.Options = options.Response
	ask.Step, err = a.addStep(ctx, by.Person.ID, forNewPasskey, asked)
	return ask, err
}

// longestPasskeyName is how much somebody may write about a passkey.
const longestPasskeyName = 60

// AddPasskey keeps a new passkey. Whoever has no recovery codes gets some; they are told once.
func (a *App) AddPasskey(ctx context.Context, by access.Actor, answer PasskeyAnswer, name string) (recovery []string, err error) {
	if err := a.Confirmed(by); err != nil {
		return nil, err
	}
	name = strings.TrimSpace(name)
	if name == "" || utf8.RuneCountInString(name) > longestPasskeyName {
		return nil, fault.New(fault.Invalid, "account.passkey_name", "n", longestPasskeyName)
	}
	n, err := a.relying()
	if err != nil {
		return nil, err
	}
	asked, err := a.takeChallenge(ctx, answer.Step, forNewPasskey, by.Person.ID)
	if err != nil {
		return nil, err
	}
	parsed, err := protocol.ParseCredentialCreationResponseBytes([]byte(answer.Answer))
	if err != nil {
		return nil, fault.New(fault.Refused, "account.wrong_passkey")
	}
	made, err := n.asks.CreateCredential(holder{person: by.Person}, asked, parsed)
	if err != nil {
		return nil, fault.New(fault.Refused, "account.wrong_passkey")
	}
	key, err := a.passkeyOf(made)
	if err != nil {
		return nil, err
	}
	key.Person, key.Name, key.Host, key.Created = by.Person.ID, name, n.host, a.now()
	err = a.store.Node().Write(ctx, func(t *store.Tx) (err error) {
		t.Audit(a.line(by, audit.PasskeyAdded, ""))
		if err = t.AddPasskey(key); err != nil {
			return err
		}
		recovery, err = a.firstRecovery(t, by)
		return err
	})
	return recovery, err
}

func (a *App) passkeyOf(c *webauthn.Credential) (store.Passkey, error) {
	text, err := json.Marshal(c)
	if err != nil {
		return store.Passkey{}, fault.Wrap(err, fault.Internal, "store.failed")
	}
	return store.Passkey{ID: base64.RawURLEncoding.EncodeToString(c.ID), Credential: string(text), Uses: c.Authenticator.SignCount}, nil
}

// RemovePasskey takes away one of the person's own passkeys.
func (a *App) RemovePasskey(ctx context.Context, by access.Actor, id string) error {
	if err := a.Confirmed(by); err != nil {
		return err
	}
	return a.store.Node().Write(ctx, func(t *store.Tx) error {
		t.Audit(a.line(by, audit.PasskeyRemoved, ""))
		if err := t.RemovePasskey(by.Person.ID, id); err != nil {
			return err
		}
		return dropRecoveryWithout(t, by.Person.ID)
	})
}
