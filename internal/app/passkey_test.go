package app

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"testing"
	"time"

	"github.com/go-webauthn/webauthn/protocol"

	"foljsam/internal/audit"
)

const here = "https://foljsam.nora.example"

// device is a security key in miniature: one passkey, signed for as WebAuthn level 2 says
// (sections 6.1 and 6.5), written by hand so that the library is not checked against itself.
type device struct {
	key    *ecdsa.PrivateKey
	id     []byte
	handle []byte
	origin string
	count  uint32
	flags  byte
}

const (
	present  = 0x01
	verified = 0x04
	attested = 0x40
)

func newDevice(t *testing.T) *device {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return &device{key: key, id: []byte("en-passnyckel-16"), origin: here, flags: present | verified}
}

func (d *device) client(kind, challenge string) []byte {
	b, _ := json.Marshal(map[string]any{"type": kind, "challenge": challenge, "origin": d.origin, "crossOrigin": false})
	return b
}

// said is the authenticator data: whose name, what was shown, how many times.
func (d *device) said(host string, flags byte) []byte {
	sum := sha256.Sum256([]byte(host))
	return binary.BigEndian.AppendUint32(append(sum[:], flags), d.count)
}

func text(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

// make answers a request for a new passkey.
func (d *device) make(ask PasskeyAsk) PasskeyAnswer {
	o := ask.Options.(protocol.PublicKeyCredentialCreationOptions)
	d.handle = o.User.ID.(protocol.URLEncodedBase64)
	point, _ := d.key.PublicKey.Bytes() // 4, x, y
	auth := d.said(o.RelyingParty.ID, d.flags|attested)
	auth = append(append(append(auth, make([]byte, 16)...), 0, byte(len(d.id))), d.id...)
	auth = append(auth, 0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 32) // COSE: EC2, ES256, P-256, x …
	auth = append(append(append(auth, point[1:33]...), 0x22, 0x58, 32), point[33:]...)
	object := append([]byte("\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58"), byte(len(auth)))
	return d.answer(ask, map[string]string{
		"clientDataJSON": text(d.client("webauthn.create", o.Challenge.String())), "attestationObject": text(append(object, auth...))})
}

// get answers a request for the passkey.
func (d *device) get(ask PasskeyAsk) PasskeyAnswer {
	o := ask.Options.(protocol.PublicKeyCredentialRequestOptions)
	client, auth := d.client("webauthn.get", o.Challenge.String()), d.said(o.RelyingPartyID, d.flags)
	sum := sha256.Sum256(client)
	signed := sha256.Sum256(append(append([]byte{}, auth...), sum[:]...))
	signature, _ := ecdsa.SignASN1(rand.Reader, d.key, signed[:])
	return d.answer(ask, map[string]string{"clientDataJSON": text(client), "authenticatorData": text(auth), "signature": text(signature), "userHandle": text(d.handle)})
}

func (d *device) answer(ask PasskeyAsk, response map[string]string) PasskeyAnswer {
	b, _ := json.Marshal(map[string]any{"id": text(d.id), "rawId": text(d.id), "type": "public-key", "response": response, "clientExtensionResults": map[string]any{}})
	return PasskeyAnswer{Step: ask.Step, Answer: string(b)}
}

// withPasskey makes a passkey of Alm's.
func withPasskey(t *testing.T) (*house, *Who, *device) {
	t.Helper()
	h := newHouse(t, false)
	w, d := h.begin(t), newDevice(t)
	if err := h.SetPublic(t.Context(), PublicName{Address: here}); err != nil {
		t.Fatal(err)
	}
	ask, err := h.AskNewPasskey(t.Context(), w.Actor)
	if err != nil {
		t.Fatal(err)
	}
	recovery, err := h.AddPasskey(t.Context(), w.Actor, d.make(ask), "Nyckeln")
	if err != nil || len(recovery) != 10 {
		t.Fatal(recovery, err)
	}
	return h, w, d
}

func (h *house) asked(t *testing.T) PasskeyAsk {
	t.Helper()
	ask, err := h.AskAnyPasskey(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	return ask
}

func TestAPasskeyIsBothSteps(t *testing.T) {
	h, w, d := withPasskey(t)
	for range 2 {
		d.count++
		secret, err := h.SignInPasskey(t.Context(), d.get(h.asked(t)), "")
		if err != nil || h.who(t, secret).Person.ID != w.Person.ID {
			t.Fatal(err)
		}
	}
	own, err := h.OwnFactors(t.Context(), w.Actor)
	if err != nil || len(own.Passkeys) != 1 || own.Passkeys[0].Uses != 2 || own.Passkeys[0].Name != "Nyckeln" || !own.Has {
		t.Errorf("%+v %v", own, err)
	}
}

// After a password, a passkey is the second step; before something grave it is enough.
func TestAPasskeyStandsInForACode(t *testing.T) {
	h, _, d := withPasskey(t)
	in, err := h.SignIn(t.Context(), "alm", almsPassword, "")
	if err != nil || in.Step == "" {
		t.Fatal("the password is enough", err)
	}
	ask, err := h.AskSecond(t.Context(), in.Step)
	if err != nil {
		t.Fatal(err)
	}
	d.count++
	secret, err := h.SignInSecond(t.Context(), in.Step, Proof{Passkey: d.get(ask)}, "")
	if err != nil {
		t.Fatal(err)
	}
	h.time = h.time.Add(sureFor)
	w := h.who(t, secret)
	if ask, err = h.AskPasskey(t.Context(), w.Person.ID); err != nil {
		t.Fatal(err)
	}
	d.count++
	if err := h.Confirm(t.Context(), secret, w.Actor, Proof{Passkey: d.get(ask)}, ""); err != nil {
		t.Fatal(err)
	}
	if err := h.Confirmed(h.who(t, secret).Actor); err != nil {
		t.Error(err)
	}
}

func TestPasskeyAnswersThatAreRefused(t *testing.T) {
	for name, x := range map[string]struct {
		spoil func(*house, *device)
		key   string
	}{
		"another address":          {func(_ *house, d *device) { d.origin = "https://foljsam.nora.example.evil" }, "account.wrong_passkey"},
		"the same host in plain":   {func(_ *house, d *device) { d.origin = "http://foljsam.nora.example" }, "account.wrong_passkey"},
		"nobody showed who it is":  {func(_ *house, d *device) { d.flags = present }, "account.wrong_passkey"},
		"nobody is there":          {func(_ *house, d *device) { d.flags = verified }, "account.wrong_passkey"},
		"another person's handle":  {func(_ *house, d *device) { d.handle = []byte("p2") }, "account.wrong_passkey"},
		"no handle":                {func(_ *house, d *device) { d.handle = nil }, "account.wrong_passkey"},
		"another key":              {func(_ *house, d *device) { d.key, _ = ecdsa.GenerateKey(elliptic.P256(), rand.Reader) }, "account.wrong_passkey"},
		"another passkey":          {func(_ *house, d *device) { d.id = []byte("en-annan-nyckel!") }, "account.wrong_passkey"},
		"a count that stands":      {func(_ *house, d *device) { d.count-- }, "account.copied_passkey"},
		"a count that went back":   {func(_ *house, d *device) { d.count -= 2 }, "account.copied_passkey"},
		"after five minutes":       {func(h *house, _ *device) { h.time = h.time.Add(5 * time.Minute) }, "account.wrong_passkey"},
		"nobody's words as answer": {nil, "account.wrong_passkey"},
	} {
		t.Run(name, func(t *testing.T) {
			h, _, d := withPasskey(t)
			d.count = 7
			if _, err := h.SignInPasskey(t.Context(), d.get(h.asked(t)), ""); err != nil {
				t.Fatal(err)
			}
			d.count++
			ask := h.asked(t)
			answer := PasskeyAnswer{ask.Step, "{}"}
			if x.spoil != nil {
				x.spoil(h, d)
				answer = d.get(ask)
			}
			_, err := h.SignInPasskey(t.Context(), answer, "")
			wants(t, err, x.key)
			if n := h.nodeActs(t)[audit.PasskeyCopied]; (n == 1) != (x.key == "account.copied_passkey") {
				t.Errorf("%d copied passkeys logged", n)
			}
		})
	}
}

func TestAChallengeIsAnsweredOnce(t *testing.T) {
	h, w, d := withPasskey(t)
	ask := h.asked(t)
	d.count = 1
	if _, err := h.SignInPasskey(t.Context(), d.get(ask), ""); err != nil {
		t.Fatal(err)
	}
	d.count = 2
	_, err := h.SignInPasskey(t.Context(), d.get(ask), "")
	wants(t, err, "account.wrong_passkey")
	ask = h.asked(t)
	_, err = h.SignInPasskey(t.Context(), PasskeyAnswer{ask.Step, "{}"}, "") // a wrong answer uses it up too
	wants(t, err, "account.wrong_passkey")
	_, err = h.SignInPasskey(t.Context(), d.get(ask), "")
	wants(t, err, "account.wrong_passkey")
	own, err := h.AskPasskey(t.Context(), w.Person.ID) // a challenge for one purpose is none for another
	if err != nil {
		t.Fatal(err)
	}
	_, err = h.SignInPasskey(t.Context(), d.get(own), "")
	wants(t, err, "account.wrong_passkey")
}

func TestThePublicNameStandsWhileThereArePasskeys(t *testing.T) {
	h, w, _ := withPasskey(t)
	set := func(p PublicName) error { return h.SetPublic(t.Context(), p) }
	for _, bad := range []string{"foljsam.nora.example", "http://foljsam.nora.example", "https://192.168.1.4", "https://nora.example/foljsam", "https://a:b@nora.example", "https://", "http://127.0.0.1:8417"} {
		wants(t, set(PublicName{Address: bad}), "account.public_form")
	}
	wants(t, set(PublicName{Address: "https://annat.nora.example"}), "account.public_changed")
	wants(t, set(PublicName{Address: "http://localhost:8417"}), "account.public_changed")
	if h.Public() != here {
		t.Error("the name is", h.Public())
	}
	for _, p := range []PublicName{{Local: "http://localhost:8417"}, {Address: here + ":8443"}, {Address: here + "/"}} {
		if err := set(p); err != nil {
			t.Error(err)
		}
	}
	if err := set(PublicName{Address: "https://annat.nora.example", Change: true}); err != nil {
		t.Fatal(err)
	}
	if own, err := h.OwnFactors(t.Context(), w.Actor); err != nil || own.PasskeysHere != 0 || len(own.Passkeys) != 1 {
		t.Errorf("%+v %v", own, err)
	}
	if err := set(PublicName{}); err != nil || h.Public() != "https://annat.nora.example" {
		t.Error(h.Public(), err)
	}
}

// Beyond this machine a name of this machine says nothing.
func TestTheNameOfThisMachineIsForThisMachine(t *testing.T) {
	h := newHouse(t, false)
	if err := h.SetPublic(t.Context(), PublicName{Local: "http://localhost:8417"}); err != nil || h.Public() != "http://localhost:8417" {
		t.Fatal(h.Public(), err)
	}
	other := New(Options{Store: h.store, Codebook: h.Codebook()})
	if err := other.SetPublic(t.Context(), PublicName{}); err != nil || other.Public() != "" {
		t.Error(other.Public(), err)
	}
}
