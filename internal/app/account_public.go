package app

import (
	"context"
	"net"
	"net/url"
	"strings"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"foljsam/internal/audit"
	"foljsam/internal/fault"
	"foljsam/internal/store"
)

// publicSetting is where the public address is kept in the installation's settings.
const publicSetting = "adress"

// publicName is where browsers reach us. Passkeys are bound to its host name for good.
type publicName struct {
	origin, host string
	asks         *webauthn.WebAuthn
}

// PublicName says where browsers reach us: Address is "https://foljsam.nora.se". Where it is
// empty it is what was said before, and where nothing was, Local: "http://localhost:8417" of
// who listens on this machine only. Change says that another host name than before is meant.
type PublicName struct {
	Address, Local string
	Change         bool
}

// SetPublic keeps where browsers reach us. Another host name than before is refused while
// there are passkeys, which would not work under it, unless that is meant.
func (a *App) SetPublic(ctx context.Context, p PublicName) error {
	return a.store.Node().Write(ctx, func(t *store.Tx) error {
		was, err := t.Setting(publicSetting)
		if err != nil {
			return err
		}
		address := p.Address
		if address == "" && !sameHost(was, localhost) {
			address = was
		}
		if address = orElse(address, p.Local); address == "" {
			return nil
		}
		name, err := publicOf(address)
		if err != nil {
			return err
		}
		lost, err := t.PasskeysElsewhere(name.host)
		switch {
		case err != nil:
			return err
		case lost > 0 && !p.Change && !sameHost(was, name.host):
			return fault.New(fault.Conflict, "account.public_changed", "was", was, "now", name.origin, "n", lost)
		}
		a.public.Store(name)
		if was == name.origin {
			return nil
		}
		t.Audit(audit.Line{At: a.now(), Act: audit.PublicNameSet})
		return t.PutSetting(publicSetting, name.origin)
	})
}

// localhost is this machine, for browsers as safe as a name with TLS.
const localhost = "localhost"

func sameHost(origin, host string) bool {
	u, err := url.Parse(origin)
	return err == nil && u.Hostname() == host
}

// publicOf reads an address. A bare number is no name that passkeys can be bound to.
func publicOf(address string) (*publicName, error) {
	u, err := url.Parse(strings.TrimSuffix(strings.ToLower(strings.TrimSpace(address)), "/"))
	if err != nil || u.Host == "" || u.User != nil || u.Path != "" || u.RawQuery != "" || u.Fragment != "" || net.ParseIP(u.Hostname()) != nil {
		return nil, fault.New(fault.Usage, "account.public_form")
	}
	if u.Scheme != "https" && (u.Scheme != "http" || u.Hostname() != localhost) {
		return nil, fault.New(fault.Usage, "account.public_form")
	}
	n := &publicName{origin: u.Scheme + "://" + u.Host, host: u.Hostname()}
	n.asks, err = webauthn.New(&webauthn.Config{
		RPID: n.host, RPDisplayName: "Följsam", RPOrigins: []string{n.origin},
		AttestationPreference:             protocol.PreferNoAttestation,
		ExtensionsUnsolicitedOutputPolicy: protocol.UnsolicitedOutputPolicyIgnore,
		AuthenticatorSelection: protocol.AuthenticatorSelection{
			ResidentKey: protocol.ResidentKeyRequirementRequired, RequireResidentKey: protocol.ResidentKeyRequired(), UserVerification: protocol.VerificationRequired,
		},
	})
	if err != nil {
		return nil, fault.New(fault.Usage, "account.public_form")
	}
	return n, nil
}

// Public gives the address that passkeys work at; empty: none is set.
func (a *App) Public() string {
	if n := a.public.Load(); n != nil {
		return n.origin
	}
	return ""
}

func orElse(text, other string) string {
	if text == "" {
		return other
	}
	return text
}
