package account

import (
	"net/http"
	"net/url"
	"time"

	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

// PasskeyPage lists the person's passkeys and makes new ones.
type PasskeyPage struct {
	Owner  string // whose page it is, without saying who that is
	Title  string
	Public string // the address that passkeys work at; empty: none is set
	Keys   []Passkey
	Name   string
	Wrong  string
}

// Passkey is one of them.
type Passkey struct {
	ID, Name      string
	Created, Used time.Time
	Elsewhere     string // the host name that it was made for, when that is another
}

// Passkeys lists the person's passkeys.
func Passkeys(v *visit.Visit) error { return showPasskeys(v, PasskeyPage{}) }

func showPasskeys(v *visit.Visit, data PasskeyPage) error {
	if err := v.App.Confirmed(v.By()); err != nil {
		return err
	}
	own, err := v.App.OwnFactors(v.R.Context(), v.By())
	if err != nil {
		return err
	}
	f := v.Frame(v.Text.T("account.passkeys"))
	data.Title, data.Owner, data.Public = f.Title, v.Owner(), v.App.Public()
	host := ""
	if u, err := url.Parse(data.Public); err == nil {
		host = u.Hostname()
	}
	for _, k := range own.Passkeys {
		p := Passkey{ID: k.ID, Name: k.Name, Created: v.Here(k.Created), Used: v.Here(k.Used)}
		if k.Host != host {
			p.Elsewhere = k.Host
		}
		data.Keys = append(data.Keys, p)
	}
	withFault(&f, "namn", data.Wrong)
	switch v.R.URL.Query().Get("klart") {
	case "ny":
		f.Messages = []page.Message{{Kind: page.Done, Text: v.Text.T("account.done_passkey")}}
	case "bort":
		f.Messages = []page.Message{{Kind: page.Done, Text: v.Text.T("account.done_passkey_gone")}}
	}
	return v.Show("account-passkeys.html", f, data)
}

// ChangePasskeys asks the browser for a new passkey, keeps the one that it made, or takes one
// away.
func ChangePasskeys(v *visit.Visit) error {
	posted, err := v.Posted()
	if err != nil {
		return err
	}
	switch posted.Get("gor") {
	case "fraga":
		ask, err := v.App.AskNewPasskey(v.R.Context(), v.By())
		if err != nil {
			return err
		}
		return v.JSON(http.StatusOK, ask)
	case "bort":
		if err := v.App.RemovePasskey(v.R.Context(), v.By(), posted.Get("nyckel")); err != nil {
			return err
		}
		return v.Redirect(passkeyAddress + "?klart=bort")
	}
	recovery, err := v.App.AddPasskey(v.R.Context(), v.By(), answerOf(posted), posted.Get("namn"))
	switch {
	case asksAgain(err):
		return showPasskeys(v, PasskeyPage{Name: posted.Get("namn"), Wrong: v.Text.Error(err)})
	case err != nil:
		return err
	case recovery != nil:
		return tellRecovery(v, recovery, v.Text.T("account.done_passkey"))
	}
	return v.Redirect(passkeyAddress + "?klart=ny")
}
