package start

import (
	"errors"
	"net/http"
	"strings"

	"foljsam/internal/app"
	"foljsam/internal/fault"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

// The second step of signing in, between password and session. What the browser has meanwhile
// opens nothing: it only says whose step it is, for five minutes.
const (
	secondAddress  = "/logga-in/kod"
	passkeyAddress = "/logga-in/passnyckel"
	stepCookie     = "foljsam-steg"
)

// SecondPage asks for a code or a passkey after the password.
type SecondPage struct {
	Title   string
	Back    string
	Codes   bool
	Passkey bool
	Public  string
	Wrong   string
}

func setStep(v *visit.Visit, secret string) {
	c := &http.Cookie{Name: stepCookie, Value: secret, Path: visit.SignInAddress, HttpOnly: true, Secure: v.Secure, SameSite: http.SameSiteLaxMode}
	if secret == "" {
		c.MaxAge = -1
	}
	http.SetCookie(v.W, c)
}

func stepOf(v *visit.Visit) string {
	if c, err := v.R.Cookie(stepCookie); err == nil {
		return c.Value
	}
	return ""
}

// Second asks for a code or a passkey.
func Second(v *visit.Visit) error { return showSecond(v, page.Local(v.R.URL.Query().Get("ater")), nil) }

func showSecond(v *visit.Visit, back string, wrong error) error {
	s, err := v.App.Second(v.R.Context(), stepOf(v))
	if isStepOver(err) {
		return v.Redirect(withBack(visit.SignInAddress, back))
	}
	if err != nil {
		return err
	}
	f := v.Frame(v.Text.T("account.second_title"))
	data := SecondPage{Title: f.Title, Back: back, Codes: s.Codes, Passkey: s.Passkey, Public: v.App.Public()}
	if wrong != nil {
		data.Wrong, f.Status = v.Text.Error(wrong), statusOf(wrong)
		f.Faults = []page.Fault{{ID: "kod", Text: data.Wrong}}
	}
	return v.Show("start-second.html", f, data)
}

func isStepOver(err error) bool {
	var e *fault.Error
	return errors.As(err, &e) && e.Key == "account.step_over"
}

// EnterSecond signs in who shows a code or a passkey.
func EnterSecond(v *visit.Visit) error {
	posted, err := postedShort(v)
	if err != nil {
		return err
	}
	if posted.Get("gor") == "fraga" {
		ask, err := v.App.AskSecond(v.R.Context(), stepOf(v))
		return answerAsk(v, ask, err)
	}
	back := page.Local(posted.Get("ater"))
	proof := app.Proof{Code: posted.Get("kod"), Passkey: app.PasskeyAnswer{Step: posted.Get("steg"), Answer: posted.Get("svar")}}
	secret, err := v.App.SignInSecond(v.R.Context(), stepOf(v), proof, v.From)
	if fault.KindOf(err) == fault.Refused && err != nil {
		return showSecond(v, back, err)
	}
	if err != nil {
		return err
	}
	setStep(v, "")
	return enter(v, secret, back)
}

// EnterByPasskey signs in whoever holds a device with a passkey.
func EnterByPasskey(v *visit.Visit) error {
	posted, err := postedShort(v)
	if err != nil {
		return err
	}
	if posted.Get("gor") == "fraga" {
		ask, err := v.App.AskAnyPasskey(v.R.Context(), v.From)
		return answerAsk(v, ask, err)
	}
	back := page.Local(posted.Get("ater"))
	secret, err := v.App.SignInPasskey(v.R.Context(), app.PasskeyAnswer{Step: posted.Get("steg"), Answer: posted.Get("svar")}, v.From)
	if fault.KindOf(err) == fault.Refused && err != nil {
		return showSignIn(v, SignInPage{Back: back, Wrong: v.Text.Error(err)}, unprocessable)
	}
	if err != nil {
		return err
	}
	return enter(v, secret, back)
}

func answerAsk(v *visit.Visit, ask app.PasskeyAsk, err error) error {
	if err != nil {
		return err
	}
	return v.JSON(http.StatusOK, ask)
}

// enter gives the browser its new session, ends the one that it had, and leads on: by way of
// the page that asks for a second step, where one is due.
func enter(v *visit.Visit, secret, back string) error {
	if err := leave(v); err != nil {
		return err
	}
	v.SignedInAs(secret)
	who, err := v.App.Who(v.R.Context(), secret)
	if err == nil && who.Protect.Due() && !strings.HasPrefix(back, "/arenden/") { // in the middle of a case, that comes first
		return v.Redirect(withBack(visit.ProtectAddress, back))
	}
	return v.Redirect(back) // whoever may not go on is told there
}
