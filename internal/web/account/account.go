// Package account is the pages on which somebody looks after their own sign-in: password,
// one-time codes, passkeys, recovery codes, where they are signed in; the page that asks
// again who they are before something grave; and the administrator's rule of who must have a
// second factor. It shows no case, and no secret longer than it must.
package account

import (
	"embed"
	"net/http"
	"time"

	"foljsam/internal/app"
	"foljsam/internal/fault"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

// Templates are the pages', for page.New.
//
//go:embed template/*.html
var Templates embed.FS

// The addresses that these pages lead between.
const (
	ownAddress      = "/konto"
	passwordAddress = "/konto/losenord"
	codesAddress    = "/konto/koder"
	recoveryAddress = "/konto/reservkoder"
	passkeyAddress  = "/konto/passnycklar"
	ruleAddress     = "/hantera/krav"
)

// OwnPage is how somebody signs in, and where they are signed in.
type OwnPage struct {
	Owner    string // whose page it is, without saying who that is
	Title    string
	Own      app.OwnFactors
	Public   bool // passkeys can be made here
	Demo     bool
	Sessions []Session
	Others   bool // there is more than this one
}

// Session is one place where the person is signed in.
type Session struct {
	ID          string
	Role        string
	Began, Seen time.Time
	Here        bool
}

// Own shows how the person signs in, and where they are signed in.
func Own(v *visit.Visit) error {
	f := v.Frame(v.Text.T("account.title"))
	data := OwnPage{Owner: v.Owner(), Title: f.Title, Public: v.App.Public() != "", Demo: v.App.Demo()}
	var err error
	if data.Own, err = v.App.OwnFactors(v.R.Context(), v.By()); err != nil {
		return err
	}
	data.Own.CodesSince, data.Own.Until = v.Here(data.Own.CodesSince), v.Here(data.Own.Until)
	sessions, err := v.App.OwnSessions(v.R.Context(), v.Secret, v.By())
	if err != nil {
		return err
	}
	for _, s := range sessions {
		data.Sessions = append(data.Sessions, Session{s.ID, v.Text.T("role." + string(s.Role)), v.Here(s.Created), v.Here(s.Seen), s.Here})
		data.Others = data.Others || !s.Here
	}
	if said := told(v); said != "" {
		f.Messages = []page.Message{{Kind: page.Done, Text: said}}
	}
	return v.Show("account-own.html", f, data)
}

// done are what can be told on the page that one comes back to: the words of the query, and
// the text key.
var done = map[string]string{"losenord": "account.done_password", "koder": "account.done_codes_on", "av": "account.done_codes_off", "utloggad": "account.done_ended"}

func told(v *visit.Visit) string {
	if key := done[v.R.URL.Query().Get("klart")]; key != "" {
		return v.Text.T(key)
	}
	return ""
}

// End ends one of the person's sessions, or all others.
func End(v *visit.Visit) error {
	posted, err := v.Posted()
	if err != nil {
		return err
	}
	if posted.Has("andra") {
		err = v.App.EndOtherSessions(v.R.Context(), v.Secret, v.By())
	} else {
		err = v.App.EndOwnSession(v.R.Context(), v.By(), posted.Get("en"))
	}
	if err != nil {
		return err
	}
	return v.Redirect(ownAddress + "?klart=utloggad")
}

// unprocessable is the status of a page that asks for something again.
const unprocessable = http.StatusUnprocessableEntity

// asksAgain tells whether an error is for the page to tell, and not a page of its own.
func asksAgain(err error) bool {
	k := fault.KindOf(err)
	return err != nil && (k == fault.Refused || k == fault.Invalid) && !isConfirm(err)
}

// withFault puts what is wrong first on a page, and marks the field.
func withFault(f *page.Frame, field, text string) {
	if text != "" {
		f.Status, f.Faults = unprocessable, []page.Fault{{ID: field, Text: text}}
	}
}
