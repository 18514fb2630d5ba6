package app

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pquerna/otp/hotp"

	"foljsam/internal/audit"
	"foljsam/internal/fault"
	"foljsam/internal/store"
)

const almsPassword = "ett långt lösenord"

// RFC 6238, appendix B: the secret of SHA-1, and the last six digits of its codes.
func TestOneTimeCodesAreThoseOfTheStandard(t *testing.T) {
	secret := []byte("12345678901234567890")
	for at, code := range map[int64]string{59: "287082", 1111111109: "081804", 1111111111: "050471", 1234567890: "005924", 2000000000: "279037", 20000000000: "353130"} {
		for off, want := range map[time.Duration]bool{0: true, -codeStep: true, codeStep: true, -2 * codeStep: false, 2 * codeStep: false} {
			if at < 60 && off < -codeStep {
				continue // before the beginning of time
			}
			step, ok := stepOf(secret, code, time.Unix(at, 0).Add(off))
			if ok != want || ok && step != at/30 {
				t.Errorf("%s of %d, %v off: %v, step %d", code, at, off, ok, step)
			}
		}
	}
	for _, none := range []string{"", "28708", "2870822", "94287082", "287083", "２８７０８２"} {
		if _, ok := stepOf(secret, none, time.Unix(59, 0)); ok {
			t.Errorf("%q was taken", none)
		}
	}
}

// code gives the code that a telephone shows now, and moves the clock on to when it is new.
func (h *house) code(t *testing.T, w *Who) string {
	t.Helper()
	h.time = h.time.Add(codeStep)
	var o store.OneTime
	err := h.store.Node().Read(t.Context(), func(tx *store.Tx) (err error) { o, err = tx.OneTime(w.Person.ID); return err })
	if err != nil {
		t.Fatal(err)
	}
	return codeAt(o.Secret, h.time)
}

// withCodes turns one-time codes on, and gives the recovery codes.
func (h *house) withCodes(t *testing.T, w *Who) []string {
	t.Helper()
	if err := h.BeginCodes(t.Context(), w.Actor); err != nil {
		t.Fatal(err)
	}
	recovery, err := h.ConfirmCodes(t.Context(), w.Actor, h.code(t, w), "")
	if err != nil || len(recovery) != 10 {
		t.Fatal(recovery, err)
	}
	return recovery
}

func wants(t *testing.T, err error, key string) {
	t.Helper()
	if e := new(fault.Error); !errors.As(err, &e) || e.Key != key {
		t.Errorf("got %v; want %s", err, key)
	}
}

// second signs in with the password, and then with a code.
func (h *house) second(t *testing.T, code string) (secret string, err error) {
	t.Helper()
	in, err := h.SignIn(t.Context(), "alm", almsPassword, "")
	if err != nil || in.Secret != "" || in.Step == "" {
		t.Fatal("the password is enough:", in.Secret != "", err)
	}
	return h.SignInSecond(t.Context(), in.Step, Proof{Code: code}, "")
}

func TestTheSecondStepAsksForACode(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	h.withCodes(t, w)
	used := h.code(t, w)
	secret, err := h.second(t, used[:3]+" "+used[3:])
	if err != nil || h.who(t, secret).Person.Name != "Alm" {
		t.Fatal(err)
	}
	_, err = h.second(t, used)
	wants(t, err, "account.used_code")
	_, err = h.second(t, "000000")
	wants(t, err, "account.wrong_code")
	if n := h.nodeActs(t)[audit.ProofFailed]; n != 2 {
		t.Errorf("%d refusals logged", n)
	}
}

// What the browser has between the two steps opens nothing.
func TestTheHalfSignedInAreNobody(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	h.withCodes(t, w)
	in, err := h.SignIn(t.Context(), "alm", almsPassword, "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.Who(t.Context(), in.Step); fault.KindOf(err) != fault.Refused {
		t.Error("half signed in is signed in:", err)
	}
	code := h.code(t, w)
	h.time = h.time.Add(5 * time.Minute)
	_, err = h.SignInSecond(t.Context(), in.Step, Proof{Code: code}, "")
	wants(t, err, "account.step_over")
	in, _ = h.SignIn(t.Context(), "alm", almsPassword, "")
	if _, err = h.SignInSecond(t.Context(), in.Step, Proof{Password: almsPassword}, ""); err == nil {
		t.Error("the password is both steps")
	}
	if _, err = h.SignInSecond(t.Context(), in.Step, Proof{Code: h.code(t, w)}, ""); err != nil {
		t.Error(err)
	}
	_, err = h.SignInSecond(t.Context(), in.Step, Proof{Code: h.code(t, w)}, "")
	wants(t, err, "account.step_over")
}

// Many who send the same code at once: one comes in.
func TestACodeIsTakenOnce(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	h.withCodes(t, w)
	code := h.code(t, w)
	var steps []string
	for range freeTries {
		in, err := h.SignIn(t.Context(), "alm", almsPassword, "")
		if err != nil {
			t.Fatal(err)
		}
		steps = append(steps, in.Step)
	}
	came := make([]bool, len(steps))
	var all sync.WaitGroup
	for i, step := range steps {
		all.Go(func() {
			_, err := h.SignInSecond(t.Context(), step, Proof{Code: code}, "")
			came[i] = err == nil
		})
	}
	all.Wait()
	n := 0
	for _, in := range came {
		if in {
			n++
		}
	}
	if n != 1 {
		t.Errorf("%d came in with one code", n)
	}
}

func TestGuessingCodesCostsTime(t *testing.T) {
	h := newHouse(t, false)
	h.withCodes(t, h.begin(t))
	for range freeTries {
		_, err := h.second(t, "000000")
		wants(t, err, "account.wrong_code")
	}
	_, err := h.second(t, "000000")
	wants(t, err, "app.wait") // the password was right each time, and helps nothing
}

func TestRecoveryCodesWorkOnceEach(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	codes := h.withCodes(t, w)
	if _, err := h.second(t, strings.ToLower(strings.ReplaceAll(codes[0], "-", " "))); err != nil {
		t.Fatal(err)
	}
	_, err := h.second(t, codes[0])
	wants(t, err, "account.wrong_code")
	w = h.signedInAgain(t, codes[1])
	again, err := h.NewRecovery(t.Context(), w.Actor)
	if err != nil {
		t.Fatal(err)
	}
	_, err = h.second(t, codes[2])
	wants(t, err, "account.wrong_code")
	if _, err := h.second(t, again[9]); err != nil {
		t.Error(err)
	}
}

func (h *house) signedInAgain(t *testing.T, code string) *Who {
	t.Helper()
	secret, err := h.second(t, code)
	if err != nil {
		t.Fatal(err)
	}
	return h.who(t, secret)
}

func TestTurningCodesOffTakesPasswordAndCode(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	h.withCodes(t, w)
	wants(t, h.StopCodes(t.Context(), w.Actor, "fel", h.code(t, w), ""), "account.wrong_password")
	wants(t, h.StopCodes(t.Context(), w.Actor, almsPassword, "", ""), "account.wrong_code")
	if err := h.StopCodes(t.Context(), w.Actor, almsPassword, h.code(t, w), ""); err != nil {
		t.Fatal(err)
	}
	in, err := h.SignIn(t.Context(), "alm", almsPassword, "")
	if err != nil || in.Secret == "" {
		t.Error("codes are still asked for:", err)
	}
	if own, _ := h.OwnFactors(t.Context(), w.Actor); own.Recovery != 0 || own.CodesOn() {
		t.Errorf("%+v", own)
	}
}

// A secret that waits counts for nothing, and is shown to who has just shown who they are.
func TestASecretThatWaitsIsNoFactor(t *testing.T) {
	h := newHouse(t, false)
	w := h.begin(t)
	if err := h.BeginCodes(t.Context(), w.Actor); err != nil {
		t.Fatal(err)
	}
	s, err := h.PendingCodes(t.Context(), w.Actor)
	if err != nil || len(strings.ReplaceAll(s.Secret, "-", "")) != 32 || !strings.HasPrefix(s.Address, "otpauth://totp/F%C3%B6ljsam:alm?") {
		t.Fatal(err)
	}
	if p, err := s.Picture(); err != nil || p.Size < 29+8 || len(p.Path) < 1000 {
		t.Error("no picture:", err)
	}
	if in, err := h.SignIn(t.Context(), "alm", almsPassword, ""); err != nil || in.Step != "" {
		t.Error("a secret that waits is asked for", err)
	}
	_, err = h.ConfirmCodes(t.Context(), w.Actor, "", "")
	wants(t, err, "account.wrong_code")
	h.time = h.time.Add(sureFor)
	for _, err := range []error{h.BeginCodes(t.Context(), w.Actor), errOf(h.PendingCodes(t.Context(), w.Actor)), errOf(h.NewRecovery(t.Context(), w.Actor)), errOf(h.AskNewPasskey(t.Context(), w.Actor)), h.RemovePasskey(t.Context(), w.Actor, "x")} {
		wants(t, err, "account.confirm_first")
	}
}

func errOf[T any](_ T, err error) error { return err }

// codeAt gives the code of a time.
func codeAt(secret []byte, at time.Time) string {
	code, err := hotp.GenerateCode(base32Plain.EncodeToString(secret), uint64(at.Unix()/30))
	if err != nil {
		panic(err)
	}
	return code
}
