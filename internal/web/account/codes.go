package account

import (
	"foljsam/internal/app"
	"foljsam/internal/fault"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

// CodesPage turns one-time codes on or off.
type CodesPage struct {
	Owner   string // whose page it is, without saying who that is
	Title   string
	Login   string // for the browser's own list of passwords
	On      bool
	Secret  string // that waits to be confirmed
	Picture app.Picture
	Wrong   string
}

// Codes shows whether one-time codes are on, and the secret while it waits to be confirmed.
func Codes(v *visit.Visit) error {
	f := v.Frame(v.Text.T("account.codes"))
	wrong, _ := v.Kept().(string) // of a post that led here
	data := CodesPage{Owner: v.Owner(), Login: v.By().Person.Login, Title: f.Title, Wrong: wrong}
	own, err := v.App.OwnFactors(v.R.Context(), v.By())
	if err != nil {
		return err
	}
	if data.On = own.CodesOn(); !data.On {
		waits, err := v.App.PendingCodes(v.R.Context(), v.By())
		if err != nil {
			return err
		}
		if waits != nil {
			data.Secret = waits.Secret
			if data.Picture, err = waits.Picture(); err != nil {
				return err
			}
		}
	}
	field := "kod"
	if data.On {
		field = "losenord"
	}
	withFault(&f, field, wrong)
	return v.Show("account-codes.html", f, data)
}

// ChangeCodes makes a secret, confirms it, or turns one-time codes off.
func ChangeCodes(v *visit.Visit) error {
	posted, err := v.Posted()
	if err != nil {
		return err
	}
	to := codesAddress
	var recovery []string
	switch posted.Get("gor") {
	case "borja":
		err = v.App.BeginCodes(v.R.Context(), v.By())
	case "av":
		err = v.App.StopCodes(v.R.Context(), v.By(), posted.Get("losenord"), posted.Get("kod"), v.From)
		to = ownAddress + "?klart=av"
	default:
		recovery, err = v.App.ConfirmCodes(v.R.Context(), v.By(), posted.Get("kod"), v.From)
		to = ownAddress + "?klart=koder"
	}
	switch {
	case asksAgain(err):
		return v.Again(codesAddress, v.Text.Error(err))
	case err != nil:
		return err
	case recovery != nil:
		return tellRecovery(v, recovery, v.Text.T("account.done_codes_on"))
	}
	return v.Redirect(to)
}

// RecoveryPage tells recovery codes, once; without any it asks whether to make new ones.
type RecoveryPage struct {
	Owner string // whose page it is, without saying who that is
	Title string
	Codes []string
	Left  int
	Has   bool // a second factor that they stand in for
}

// Recovery tells how many recovery codes are left.
func Recovery(v *visit.Visit) error {
	if err := v.App.Confirmed(v.By()); err != nil {
		return err
	}
	own, err := v.App.OwnFactors(v.R.Context(), v.By())
	if err != nil {
		return err
	}
	f := v.Frame(v.Text.T("account.recovery"))
	return v.Show("account-recovery.html", f, RecoveryPage{Owner: v.Owner(), Title: f.Title, Left: own.Recovery, Has: own.CodesOn() || len(own.Passkeys) > 0})
}

// NewRecovery makes new recovery codes and tells them.
func NewRecovery(v *visit.Visit) error {
	if _, err := v.Posted(); err != nil {
		return err
	}
	codes, err := v.App.NewRecovery(v.R.Context(), v.By())
	if fault.KindOf(err) == fault.Conflict { // nothing that they could replace: the page says so
		return v.Redirect(recoveryAddress)
	}
	if err != nil {
		return err
	}
	return tellRecovery(v, codes, "")
}

// tellRecovery tells recovery codes, on a page that is shown one time.
func tellRecovery(v *visit.Visit, codes []string, said string) error {
	f := v.Frame(v.Text.T("account.recovery_new"))
	v.Once = true
	if said != "" {
		f.Messages = []page.Message{{Kind: page.Done, Text: said}}
	}
	return v.Show("account-recovery.html", f, RecoveryPage{Owner: v.Owner(), Title: f.Title, Codes: codes, Has: true})
}
