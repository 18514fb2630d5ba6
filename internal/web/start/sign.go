package start

import (
	"errors"
	"net/http"
	"net/url"
	"strings"

	"foljsam/internal/app"
	"foljsam/internal/fault"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

// SignInPage asks who somebody is.
type SignInPage struct {
	Title string
	Back  string // where to go then
	Login string
	Wrong string // why it did not work
	Out   bool   // somebody just signed out here
	Lost  bool   // what was sent on the way here was not saved
	Other bool   // somebody is signed in, and somebody else's page led here
	// Public is the address that passkeys work at; empty: they do not.
	Public string
	Nation bool // there are key figures that anyone may see
}

// SignIn asks for a login and a password. Whoever is signed in is led on, unless it takes
// somebody else.
func SignIn(v *visit.Visit) error {
	q := v.R.URL.Query()
	back, other := page.Local(q.Get("ater")), v.Who != nil && q.Has("byt")
	switch {
	case v.Who != nil && !other:
		return v.Redirect(back)
	case v.App.Demo(): // nobody has a password there
		return v.Redirect(strings.TrimSuffix(demoAddress+"?"+v.R.URL.RawQuery, "?"))
	case v.App.NeedsFirst(v.R.Context()):
		return v.Redirect(firstAddress)
	}
	return showSignIn(v, SignInPage{Back: back, Out: q.Has("utloggad"), Lost: q.Has("osparat"), Other: other}, http.StatusOK)
}

// Enter signs somebody in and leads back to where they were going.
func Enter(v *visit.Visit) error {
	posted, err := postedShort(v)
	if err != nil {
		return err
	}
	login := posted.Get("inloggning")
	data := SignInPage{Back: page.Local(posted.Get("ater")), Login: login}
	if app.TooLong(login) {
		data.Login = ""
	}
	in, err := v.App.SignIn(v.R.Context(), login, posted.Get("losenord"), v.From)
	if fault.KindOf(err) == fault.Refused && err != nil {
		data.Wrong = v.Text.Error(err)
		return showSignIn(v, data, statusOf(err))
	}
	if err != nil {
		return err
	}
	if in.Step != "" {
		setStep(v, in.Step)
		return v.Redirect(withBack(secondAddress, data.Back))
	}
	return enter(v, in.Secret, data.Back)
}

// mostToSignIn is how much anybody may send to sign in, in bytes.
const mostToSignIn = 8 << 10

// postedShort gives the fields of a form that anybody may send.
func postedShort(v *visit.Visit) (url.Values, error) {
	v.R.Body = http.MaxBytesReader(v.W, v.R.Body, mostToSignIn)
	return v.Posted()
}

// withBack adds to an address where to go then.
func withBack(address, back string) string {
	if back == "/" {
		return address
	}
	return address + "?ater=" + url.QueryEscape(back)
}

func statusOf(err error) int {
	var e *fault.Error
	switch {
	case !errors.As(err, &e):
	case e.Key == "app.wait":
		return http.StatusTooManyRequests
	case e.Key == "app.busy":
		return http.StatusServiceUnavailable
	}
	return unprocessable
}

func showSignIn(v *visit.Visit, data SignInPage, status int) error {
	f := v.Frame(v.Text.T("start.sign_in_title"))
	data.Title, data.Public, f.Status = f.Title, v.App.Public(), status
	data.Nation = v.App.HasNation(v.R.Context())
	if data.Wrong != "" {
		f.Title = v.Text.T("page.fault_in_title") + ": " + f.Title
	}
	return v.Show("start-sign-in.html", f, data)
}

// SignOut ends the session, and what the browser has kept of the pages.
func SignOut(v *visit.Visit) error {
	if err := leave(v); err != nil {
		return err
	}
	v.SignedInAs("")
	v.W.Header().Set("Clear-Site-Data", `"cache", "storage"`)
	return v.Redirect(visit.SignInAddress + "?utloggad=ja")
}

// leave ends the session that the browser has, if any, and forgets what waits for it: also
// one under which nothing may be done any more.
func leave(v *visit.Visit) error {
	v.Forget()
	c, err := v.R.Cookie(v.Cookie())
	if err != nil || c.Value == "" {
		return nil // no cookie: no session
	}
	return v.App.SignOut(v.R.Context(), c.Value)
}
