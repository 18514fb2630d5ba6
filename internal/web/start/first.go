package start

import (
	"errors"
	"net/url"
	"strings"
	"unicode/utf8"

	"foljsam/internal/app"
	"foljsam/internal/fault"
	"foljsam/internal/locale"
	"foljsam/internal/place"
	"foljsam/internal/web/visit"
)

// FirstPage is what is asked at the very first start.
type FirstPage struct {
	Title  string
	Person []Line
	Place  []Line
}

// First asks who begins to use the program, and where.
func First(v *visit.Visit) error {
	if !v.App.NeedsFirst(v.R.Context()) {
		return v.Redirect("/")
	}
	return showFirst(v, url.Values{}, nil)
}

// Begin makes the first register and the first person, who is then signed in.
func Begin(v *visit.Visit) error {
	if !v.App.NeedsFirst(v.R.Context()) {
		return v.Redirect("/")
	}
	posted, err := v.Posted()
	if err != nil {
		return err
	}
	if wrong := firstFaults(v.Text, posted); len(wrong) > 0 {
		return showFirst(v, posted, wrong)
	}
	secret, err := v.App.Begin(v.R.Context(), app.First{
		Code: posted.Get("kod"), Name: posted.Get("namn"), Login: posted.Get("inloggning"), Password: posted.Get("losenord"),
		Register: posted.Get("register"), Controller: posted.Get("ansvarig"), Area: posted.Get("omrade"), Unit: posted.Get("enhet"),
	})
	if field := firstField(err); field != "" {
		return showFirst(v, posted, map[string]string{field: v.Text.Error(err)})
	}
	if err != nil {
		return err
	}
	if err := leave(v); err != nil {
		return err
	}
	v.SignedInAs(secret)
	if posted.Get("omrade") == place.Nation {
		return v.Redirect(collectAddress)
	}
	return v.Redirect(firstDayAddress + "?valkommen=ja")
}

// needed are the fields that must be filled in.
var needed = []string{"kod", "namn", "inloggning", "losenord", "register", "ansvarig", "omrade", "enhet"}

func firstFaults(p *locale.Printer, posted url.Values) map[string]string {
	wrong := map[string]string{}
	for _, name := range needed {
		if name == "enhet" && posted.Get("omrade") == place.Nation {
			continue // the nation's units are the municipalities
		}
		if strings.TrimSpace(posted.Get(name)) == "" {
			wrong[name] = p.T("start.needed_" + name)
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

// firstField gives the field that an error is about, empty for none of them.
func firstField(err error) string {
	var e *fault.Error
	if !errors.As(err, &e) {
		return ""
	}
	return map[string]string{
		"app.first_code": "kod", "app.password_short": "losenord", "app.password_long": "losenord",
		"app.login_long": "inloggning", "place.register_name": "register", "place.register_area": "omrade",
	}[e.Key]
}

func showFirst(v *visit.Visit, posted url.Values, wrong map[string]string) error {
	f := v.Frame(v.Text.T("start.first_title"))
	line := func(name, complete, size string, max int) Line {
		l := Line{Name: name, Label: v.Text.T("start.first_" + name), Kind: "text", Complete: complete, Size: size, Max: max, Value: posted.Get(name), Fault: wrong[name]}
		if key := "start.first_hint_" + name; v.Text.Has(key) {
			l.Hint = v.Text.T(key, "n", app.ShortestPassword)
		}
		if strings.HasPrefix(name, "losenord") {
			l.Kind, l.Value = "password", ""
		}
		return l
	}
	area := line("omrade", "off", "", 0)
	area.Choices = municipalities(v.Text, posted.Get("omrade"))
	data := FirstPage{
		Title: f.Title,
		Person: []Line{line("kod", "one-time-code", "code", 40), line("namn", "name", "code", 100), line("inloggning", "username", "code", 100),
			line("losenord", "new-password", "code", 200), line("losenord2", "new-password", "code", 200)},
		Place: []Line{line("register", "off", "code", 100), line("ansvarig", "organization", "code", 100), area, line("enhet", "off", "code", 100)},
	}
	f.Faults = faults(append(append([]Line{}, data.Person...), data.Place...))
	if len(f.Faults) > 0 {
		f.Status = unprocessable
	}
	return v.Show("start-first.html", f, data)
}

// municipalities gives those of every county, both in the order of the language.
func municipalities(p *locale.Printer, chosen string) []Group {
	groups := []Group{{Choices: []Choice{{Text: p.T("start.choose_municipality")}, {place.Nation, p.T("start.whole_nation"), chosen == place.Nation}}}}
	for _, c := range sorted(p, place.Counties()) {
		g := Group{Label: c.Name}
		for _, m := range sorted(p, place.In(c.Code)) {
			g.Choices = append(g.Choices, Choice{m.Code, m.Short, m.Code == chosen})
		}
		groups = append(groups, g)
	}
	return groups
}

// sorted gives areas by name.
func sorted(p *locale.Printer, areas []place.Area) []place.Area {
	by := map[string]place.Area{}
	var names []string
	for _, a := range areas {
		by[a.Short] = a
		names = append(names, a.Short)
	}
	p.Sort(names)
	all := make([]place.Area, len(names))
	for i, name := range names {
		all[i] = by[name]
	}
	return all
}
