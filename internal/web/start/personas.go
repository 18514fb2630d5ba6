package start

import (
	"slices"

	"foljsam/internal/access"
	"foljsam/internal/app"
	"foljsam/internal/fault"
	"foljsam/internal/locale"
	"foljsam/internal/place"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

// PersonasPage lets somebody choose whom to be in the demonstration.
type PersonasPage struct {
	Title    string
	Back     string        // where to go then
	Any      []app.Persona // one of each role, for whoever is in a hurry
	Counties []County
	Town     string // the chosen municipality's name; empty: none is chosen
	People   []app.Persona
	Nation   bool // there are key figures that anyone may see
}

// County is a county with its municipalities in the demonstration.
type County struct {
	Name  string
	Towns []Choice
}

// Personas shows the synthetic municipalities, or the people of one of them.
func Personas(v *visit.Visit) error {
	all, err := v.App.Personas(v.R.Context())
	if err != nil {
		return err
	}
	f := v.Frame(v.Text.T("start.demo_title"))
	data := PersonasPage{Title: f.Title, Back: page.Local(v.R.URL.Query().Get("ater"))}
	switch q := v.R.URL.Query(); {
	case q.Has("utloggad"):
		f.Messages = []page.Message{{Kind: page.Done, Title: v.Text.T("start.signed_out"), Text: v.Text.T("start.signed_out_text")}}
	case q.Has("byt"):
		f.Messages = []page.Message{{Kind: page.Warning, Title: v.Text.T("start.other"), Text: v.Text.T("start.other_text")}}
	case q.Has("osparat"):
		f.Messages = []page.Message{{Kind: page.Warning, Title: v.Text.T("start.unsaved"), Text: v.Text.T("start.unsaved_text")}}
	}
	if code := v.R.URL.Query().Get("kommun"); code != "" {
		data.People = slices.DeleteFunc(all, func(p app.Persona) bool { return p.Area != code })
		if len(data.People) == 0 {
			return fault.New(fault.NotFound, "visit.not_found")
		}
		data.Town = data.People[0].Place
		f.Title = data.Town + " – " + f.Title
		return v.Show("start-personas.html", f, data)
	}
	data.Any, data.Counties, data.Nation = oneOfEach(all), countiesOf(v.Text, all), v.App.HasNation(v.R.Context())
	return v.Show("start-personas.html", f, data)
}

func oneOfEach(all []app.Persona) (some []app.Persona) {
	for _, role := range access.Roles {
		if i := slices.IndexFunc(all, func(p app.Persona) bool { return p.Role == role }); i >= 0 {
			some = append(some, all[i])
		}
	}
	return some
}

func countiesOf(p *locale.Printer, all []app.Persona) (counties []County) {
	towns := map[string][]place.Area{}
	seen := map[string]bool{}
	for _, x := range all {
		if code := x.Area; !seen[code] {
			seen[code] = true
			towns[place.CountyOf(code)] = append(towns[place.CountyOf(code)], place.Area{Code: code, Short: x.Place})
		}
	}
	for _, c := range sorted(p, place.Counties()) {
		if len(towns[c.Code]) == 0 {
			continue
		}
		county := County{Name: c.Name}
		for _, t := range sorted(p, towns[c.Code]) {
			county.Towns = append(county.Towns, Choice{Value: t.Code, Text: t.Short})
		}
		counties = append(counties, county)
	}
	return counties
}

// BeAs signs somebody in as a persona.
func BeAs(v *visit.Visit) error {
	posted, err := v.Posted()
	if err != nil {
		return err
	}
	secret, err := v.App.BeAs(v.R.Context(), posted.Get("person"))
	if err != nil {
		return err
	}
	if err := leave(v); err != nil {
		return err
	}
	v.SignedInAs(secret)
	return v.Redirect(page.Local(posted.Get("ater")))
}
