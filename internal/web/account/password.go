package account

import (
	"foljsam/internal/app"
	"foljsam/internal/fault"
	"foljsam/internal/web/visit"
)

// PasswordPage changes the password.
type PasswordPage struct {
	Owner    string // whose page it is, without saying who that is
	Title    string
	Login    string
	Shortest int
	Wrong    string
	Field    string // that is wrong
	Demo     bool
}

// Password asks for the old password and a new one.
func Password(v *visit.Visit) error { return showPassword(v, PasswordPage{}) }

func showPassword(v *visit.Visit, data PasswordPage) error {
	f := v.Frame(v.Text.T("account.password"))
	data.Owner = v.Owner()
	data.Title, data.Shortest, data.Login, data.Demo = f.Title, app.ShortestPassword, v.By().Person.Login, v.App.Demo()
	withFault(&f, data.Field, data.Wrong)
	return v.Show("account-password.html", f, data)
}

// ChangePassword changes it. Everybody who is signed in as this person is signed out, and
// this browser goes on in a new session.
func ChangePassword(v *visit.Visit) error {
	posted, err := v.Posted()
	if err != nil {
		return err
	}
	if posted.Get("nytt") != posted.Get("nytt2") {
		return showPassword(v, PasswordPage{Wrong: v.Text.T("start.password_differs"), Field: "nytt2"})
	}
	secret, err := v.App.ChangePassword(v.R.Context(), v.By(), posted.Get("losenord"), posted.Get("nytt"), v.From)
	if asksAgain(err) {
		field := "losenord"
		if fault.KindOf(err) == fault.Invalid {
			field = "nytt"
		}
		return showPassword(v, PasswordPage{Wrong: v.Text.Error(err), Field: field})
	}
	if err != nil {
		return err
	}
	v.SignedInAs(secret)
	return v.Redirect(ownAddress + "?klart=losenord")
}
