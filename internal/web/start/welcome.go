package start

import (
	"net/url"
	"strings"
	"unicode/utf8"

	"foljsam/internal/app"
	"foljsam/internal/fault"
	"foljsam/internal/locale"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

const welcomeAddress = "/valkommen"

// WelcomePage lets somebody who has been given a one-time code set a password of their own.
type WelcomePage struct {
	Title string
	Lines []Line
	Set   bool // it is done
}

// Welcome asks for a one-time code and a new password.
func Welcome(v *visit.Visit) error {
	switch {
	case v.App.Demo(): // nobody has a password there
		return v.Redirect(demoAddress)
	case v.App.NeedsFirst(v.R.Context()):
		return v.Redirect(firstAddress)
	}
	if v.R.URL.Query().Has("klart") {
		f := v.Frame(v.Text.T("people.welcome_set"))
		f.Messages = []page.Message{{Kind: page.Done, Text: v.Text.T("people.welcome_set_text")}}
		return v.Show("start-welcome.html", f, WelcomePage{Title: f.Title, Set: true})
	}
	return showWelcome(v, url.Values{}, nil, 0)
}

// SetPassword sets the password. Whoever did it signs in as everybody does.
func SetPassword(v *visit.Visit) error {
	if v.App.Demo() {
		return fault.New(fault.NotFound, "visit.not_found")
	}
	posted, err := postedShort(v)
	if err != nil {
		return err
	}
	wrong := welcomeFaults(v.Text, posted)
	status := 0
	if len(wrong) == 0 {
		err = v.App.UseCode(v.R.Context(), posted.Get("inloggning"), posted.Get("kod"), posted.Get("losenord"), v.From)
		if fault.KindOf(err) == fault.Refused && err != nil {
			wrong["kod"], status = v.Text.Error(err), statusOf(err)
		} else if field := firstField(err); field != "" {
			wrong[field] = v.Text.Error(err)
		}
	}
	if len(wrong) > 0 {
		return showWelcome(v, posted, wrong, status)
	}
	if err != nil {
		return err
	}
	return v.Redirect(welcomeAddress + "?klart=ja")
}

func welcomeFaults(p *locale.Printer, posted url.Values) map[string]string {
	wrong := map[string]string{}
	for _, name := range []string{"inloggning", "kod", "losenord"} {
		if strings.TrimSpace(posted.Get(name)) == "" {
			wrong[name] = p.T("people.welcome_needed_" + name)
		}
	}
	password := posted.Get("losenord")
	switch {
	case wrong["losenord"] != "":
	case utf8.RuneCountInString(password) < app.ShortestPassword:
		wrong["losenord"] = p.T("app.password_short", "n", app.ShortestPassword)
	case password != posted.Get("losenord2"):
		wrong["losenord2"] = p.T("start.password_differs")
	}
	return wrong
}

func showWelcome(v *visit.Visit, posted url.Values, wrong map[string]string, status int) error {
	f := v.Frame(v.Text.T("people.welcome"))
	line := func(name, complete string) Line {
		l := Line{Name: name, Label: v.Text.T("people.welcome_" + name), Kind: "text", Complete: complete, Size: "code", Max: 200, Value: posted.Get(name), Fault: wrong[name]}
		if key := "people.welcome_hint_" + name; v.Text.Has(key) {
			l.Hint = v.Text.T(key, "n", app.ShortestPassword)
		}
		if strings.HasPrefix(name, "losenord") {
			l.Kind, l.Value = "password", ""
		}
		return l
	}
	data := WelcomePage{Title: f.Title, Lines: []Line{line("inloggning", "username"), line("kod", "one-time-code"), line("losenord", "new-password"), line("losenord2", "new-password")}}
	if f.Faults = faults(data.Lines); len(f.Faults) > 0 {
		f.Status = unprocessable
	}
	if status != 0 {
		f.Status = status
	}
	return v.Show("start-welcome.html", f, data)
}
