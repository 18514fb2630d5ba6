package start

import (
	"net/url"

	"foljsam/internal/app"
	"foljsam/internal/locale"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

// SettingsPage is how somebody wants the pages.
type SettingsPage struct {
	Title     string
	Owner     string // whose page it is
	Languages []Choice
	Themes    []Choice
	KeysOn    bool
	Saved     string // where the form leads then
}

// Settings shows what can be chosen.
func Settings(v *visit.Visit) error {
	f := v.Frame(v.Text.T("start.settings_title"))
	data := SettingsPage{Title: f.Title, Owner: v.Owner(), KeysOn: !v.Who.Person.KeysOff, Saved: settingsAddress + "?sparat=ja"}
	for _, l := range locale.Staff {
		data.Languages = append(data.Languages, Choice{string(l), locale.For(l).T("page.language_name"), l == v.Text.Lang()})
	}
	now := page.LookOf(v.R).Theme
	for _, t := range page.Themes {
		data.Themes = append(data.Themes, Choice{string(t), v.Text.T("page.theme_" + string(t)), t == now})
	}
	if p := v.Who.Protect; p.Demand == app.Recommended && !p.Has {
		f.Messages = append(f.Messages, page.Message{Kind: page.Info, Title: v.Text.T("account.should"), Text: v.Text.T("account.should_text"), Link: &page.Link{Address: "/konto", Text: v.Text.T("account.title")}})
	}
	if v.R.URL.Query().Has("sparat") {
		f.Messages = append(f.Messages, page.Message{Kind: page.Done, Text: v.Text.T("start.settings_saved")})
	}
	return v.Show("start-settings.html", f, data)
}

// Prefer saves what was chosen: language and keys with the person, the look with the browser.
func Prefer(v *visit.Visit) error {
	posted, err := v.Posted()
	if err != nil {
		return err
	}
	if err := v.App.Prefer(v.R.Context(), v.Secret, v.By(), language(posted), posted.Get("tangenter") != "pa"); err != nil {
		return err
	}
	page.SetLook(v.W, v.R, v.Secure)
	return nil
}

// language gives the language that was chosen, empty where the program does not speak it.
func language(posted url.Values) string {
	l, ok := locale.Parse(posted.Get("sprak"))
	if !ok {
		return ""
	}
	return string(l)
}

// Look keeps the language and the look that the foot of every page offers. Whoever is
// signed in and has chosen a language keeps the new one instead.
func Look(v *visit.Visit) error {
	posted, err := v.Posted()
	if err != nil {
		return err
	}
	if l := language(posted); l != "" && v.Who != nil && v.Who.Person.Language != "" {
		if err := v.App.Prefer(v.R.Context(), v.Secret, v.By(), l, v.Who.Person.KeysOff); err != nil {
			return err
		}
	}
	page.SetLook(v.W, v.R, v.Secure)
	return nil
}
