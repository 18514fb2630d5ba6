package app

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base32"
	"errors"
	"net/url"
	"strings"
	"time"

	"github.com/pquerna/otp/hotp"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/fault"
	"foljsam/internal/store"
)

// One-time codes are six digits that change every half minute (RFC 6238 with SHA-1, which is
// what every telephone's program takes). A clock may be one step off.
const (
	codeStep   = 30 * time.Second
	codeDigits = 6
	clockOff   = 1
)

// How many recovery codes somebody gets, and how many letters each has: 120 bits. Those that were
// given before had fewer, and hold.
const (
	recoveryCodes   = 10
	recoveryLength  = 24
	earlierRecovery = 16
)

var base32Plain = base32.StdEncoding.WithPadding(base32.NoPadding)

// CodeSecret is what a telephone needs to make one-time codes.
type CodeSecret struct {
	Secret  string // as it is typed in: letters and digits, four at a time
	Address string // as it is in the picture that is photographed
}

// BeginCodes makes a new secret for one-time codes, which counts when a code has confirmed
// it.
func (a *App) BeginCodes(ctx context.Context, by access.Actor) error {
	if err := a.Confirmed(by); err != nil {
		return err
	}
	secret := make([]byte, 20) // as long as SHA-1's own: RFC 4226, requirement 6
	rand.Read(secret)          // never fails: it ends the program instead
	return a.store.Node().Write(ctx, func(t *store.Tx) error {
		return t.PutOneTime(by.Person.ID, store.OneTime{Secret: secret, Begun: a.now()})
	})
}

// PendingCodes gives the secret that waits to be confirmed; nil where none does.
func (a *App) PendingCodes(ctx context.Context, by access.Actor) (*CodeSecret, error) {
	if err := a.Confirmed(by); err != nil {
		return nil, err
	}
	var o store.OneTime
	err := a.store.Node().Read(ctx, func(t *store.Tx) (err error) { o, err = t.OneTime(by.Person.ID); return err })
	switch {
	case fault.KindOf(err) == fault.NotFound && err != nil:
		return nil, nil
	case err != nil:
		return nil, err
	case !o.Confirmed.IsZero():
		return nil, nil
	}
	secret := base32Plain.EncodeToString(o.Secret)
	return &CodeSecret{Secret: groups(secret), Address: a.codeAddress(by, secret)}, nil
}

// codeAddress gives the address that a telephone's program reads: nothing but a name for the
// list in the telephone, and the secret.
func (a *App) codeAddress(by access.Actor, secret string) string {
	q := url.Values{"secret": {secret}, "issuer": {"Följsam"}}
	return "otpauth://totp/" + url.PathEscape("Följsam:"+by.Person.Login) + "?" + strings.ReplaceAll(q.Encode(), "+", "%20")
}

// ConfirmCodes makes one-time codes count from now on, when a code shows that the secret has
// come into the telephone. Whoever has no recovery codes gets some; they are told once.
func (a *App) ConfirmCodes(ctx context.Context, by access.Actor, code, from string) (recovery []string, err error) {
	if err := a.Confirmed(by); err != nil {
		return nil, err
	}
	err = a.withProof(ctx, by, Proof{waiting: " " + code}, from, func(t *store.Tx) error {
		if err := t.ConfirmOneTime(by.Person.ID, a.now()); err != nil {
			return err
		}
		t.Audit(a.line(by, audit.CodesOn, ""))
		recovery, err = a.firstRecovery(t, by)
		return err
	})
	return recovery, err
}

// StopCodes turns one-time codes off, for who knows the password and has a code.
func (a *App) StopCodes(ctx context.Context, by access.Actor, password, code, from string) error {
	return a.withProof(ctx, by, Proof{Password: password}, from, func(t *store.Tx) error {
		if err := a.takeCode(t, by.Person.ID, code); err != nil {
			return err
		}
		t.Audit(a.line(by, audit.CodesOff, ""))
		if err := t.DropOneTime(by.Person.ID); err != nil {
			return err
		}
		return dropRecoveryWithout(t, by.Person.ID)
	})
}

// dropRecoveryWithout takes away the recovery codes of whoever has nothing that they stand in
// for.
func dropRecoveryWithout(t *store.Tx, person string) error {
	has, err := t.HasSecondFactor(person)
	if err != nil || has {
		return err
	}
	return t.PutRecoveryCodes(person, nil)
}

// NewRecovery gives new recovery codes instead of the old ones. They are told once.
func (a *App) NewRecovery(ctx context.Context, by access.Actor) (codes []string, err error) {
	if err := a.Confirmed(by); err != nil {
		return nil, err
	}
	err = a.store.Node().Write(ctx, func(t *store.Tx) error {
		has, err := t.HasSecondFactor(by.Person.ID)
		if err == nil && !has {
			err = fault.New(fault.Conflict, "account.no_second")
		}
		if err == nil {
			codes, err = a.putRecovery(t, by)
		}
		return err
	})
	return codes, err
}

// firstRecovery gives recovery codes to whoever has none.
func (a *App) firstRecovery(t *store.Tx, by access.Actor) ([]string, error) {
	n, err := t.RecoveryCodesLeft(by.Person.ID)
	if err != nil || n > 0 {
		return nil, err
	}
	return a.putRecovery(t, by)
}

func (a *App) putRecovery(t *store.Tx, by access.Actor) ([]string, error) {
	codes, hashes := make([]string, recoveryCodes), make([]string, recoveryCodes)
	for i := range codes {
		plain := rand.Text()[:recoveryLength]
		codes[i], hashes[i] = groups(plain), recoveryHash(by.Person.ID, plain)
	}
	t.Audit(a.line(by, audit.RecoveryMade, ""))
	return codes, t.PutRecoveryCodes(by.Person.ID, hashes)
}

// recoveryHash is what is kept of a recovery code: it has 120 random bits, so that a plain hash
// is enough, and holds for one person only.
func recoveryHash(person, plain string) string { return hashOf(person + "\n" + plain) }

// plainCode gives a code as it is compared: case, spaces and dashes mean nothing.
func plainCode(typed string) string {
	return strings.ToUpper(strings.NewReplacer("-", "", " ", "", "\u00a0", "").Replace(typed))
}

// takeCode uses up a one-time code or a recovery code.
func (a *App) takeCode(t *store.Tx, person, typed string) error {
	code := plainCode(typed)
	if len(code) != recoveryLength && len(code) != earlierRecovery {
		return a.takeOneTime(t, person, typed, true)
	}
	err := t.UseRecoveryCode(person, recoveryHash(person, code), a.now())
	if err != nil && fault.KindOf(err) == fault.NotFound {
		return fault.New(fault.Refused, "account.wrong_code")
	}
	t.Audit(audit.Line{At: a.now(), Person: person, Act: audit.RecoveryUsed})
	return err
}

// takeOneTime uses up a one-time code: the database keeps which time step was used last, and
// takes none twice. confirmed says which secret it is of: one that counts, or one that waits.
func (a *App) takeOneTime(t *store.Tx, person, typed string, confirmed bool) error {
	code := plainCode(typed)
	o, err := t.OneTime(person)
	if err != nil && fault.KindOf(err) != fault.NotFound {
		return err
	}
	step, ok := stepOf(o.Secret, code, a.now())
	if err != nil || confirmed == o.Confirmed.IsZero() || !ok {
		return fault.New(fault.Refused, "account.wrong_code")
	}
	if err = t.TakeStep(person, step); isKey(err, "account.code_used") {
		return fault.New(fault.Refused, "account.used_code")
	}
	return err
}

// stepOf gives the time step that a code is of, among those that a clock may be off by.
func stepOf(secret []byte, code string, now time.Time) (step int64, ok bool) {
	at := now.Unix() / int64(codeStep/time.Second)
	for s := at - clockOff; s <= at+clockOff; s++ {
		want, err := hotp.GenerateCode(base32Plain.EncodeToString(secret), uint64(s))
		if err == nil && len(code) == codeDigits && subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 {
			step, ok = s, true
		}
	}
	return step, ok
}

func isKey(err error, key string) bool {
	var e *fault.Error
	return errors.As(err, &e) && e.Key == key
}
