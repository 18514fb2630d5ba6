package account

import (
	"errors"
	"net/url"

	"foljsam/internal/app"
	"foljsam/internal/fault"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

// ConfirmPage asks somebody who is signed in to show again who they are.
type ConfirmPage struct {
	Owner   string // whose page it is, without saying who that is
	Title   string
	Login   string // for the browser's own list of passwords
	Back    string
	Code    bool   // a code may be shown instead of the password
	Passkey bool   // a passkey may
	Public  string // the address that passkeys work at
	Wrong   string
}

func isConfirm(err error) bool {
	var e *fault.Error
	return errors.As(err, &e) && e.Key == "account.confirm_first"
}

// Confirm asks for the password, a code or a passkey.
func Confirm(v *visit.Visit) error {
	q := v.R.URL.Query()
	f := v.Frame(v.Text.T("account.confirm_title"))
	if q.Has("osparat") {
		f.Messages = []page.Message{{Kind: page.Warning, Title: v.Text.T("account.not_done"), Text: v.Text.T("account.not_done_text")}}
	}
	return showConfirm(v, f, ConfirmPage{Back: page.Local(q.Get("ater"))})
}

func showConfirm(v *visit.Visit, f page.Frame, data ConfirmPage) error {
	own, err := v.App.OwnFactors(v.R.Context(), v.By())
	if err != nil {
		return err
	}
	data.Title, data.Owner, data.Login, data.Public = f.Title, v.Owner(), v.By().Person.Login, v.App.Public()
	data.Code, data.Passkey = own.CodesOn() || own.Recovery > 0, own.PasskeysHere > 0
	withFault(&f, "losenord", data.Wrong)
	return v.Show("account-confirm.html", f, data)
}

// Confirmed takes what was shown, and leads back.
func Confirmed(v *visit.Visit) error {
	posted, err := v.Posted()
	if err != nil {
		return err
	}
	if posted.Get("gor") == "fraga" {
		return askPasskey(v)
	}
	err = v.App.Confirm(v.R.Context(), v.Secret, v.By(), proofOf(posted), v.From)
	back := page.Local(posted.Get("ater"))
	if asksAgain(err) {
		return showConfirm(v, v.Frame(v.Text.T("account.confirm_title")), ConfirmPage{Back: back, Wrong: v.Text.Error(err)})
	}
	if err != nil {
		return err
	}
	return v.Redirect(back)
}

// proofOf reads what was shown: one of three.
func proofOf(posted url.Values) app.Proof {
	return app.Proof{Password: posted.Get("losenord"), Code: posted.Get("kod"), Passkey: answerOf(posted)}
}

func answerOf(posted url.Values) app.PasskeyAnswer {
	return app.PasskeyAnswer{Step: posted.Get("steg"), Answer: posted.Get("svar")}
}

func askPasskey(v *visit.Visit) error {
	ask, err := v.App.AskPasskey(v.R.Context(), v.By().Person.ID)
	if err != nil {
		return err
	}
	return v.JSON(200, ask)
}
