package nation

import (
	"net/url"
	"strconv"
	"strings"

	"foljsam/internal/access"
	"foljsam/internal/app"
	"foljsam/internal/fault"
	"foljsam/internal/place"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

// TownsPage is the municipalities, with how many live there.
type TownsPage struct {
	Title string
	Links []Link
	Table page.Table
}

// Towns shows the municipalities with their districts.
func Towns(v *visit.Visit) error {
	all, err := v.App.NationUnits(v.R.Context(), v.By())
	if err != nil {
		return err
	}
	p := v.Text
	f := v.Frame(p.T("nation.towns"))
	x := TownsPage{Title: f.Title, Links: []Link{{TownsAddress + "/folkmangd", p.T("nation.people")}, {TownsAddress + "/stadsdelar", p.T("nation.districts")}, {TownsAddress + "/lamnare", p.T("nation.reporters")}, {koladaAddress, p.T("nation.kolada")}, {"/hantera/forslag", p.T("people.proposals")}}}
	x.Table = page.Table{Caption: f.Title, Hidden: true, Head: []page.Head{{Text: p.T("nation.municipality")}, {Text: p.T("nation.county")}, {Text: p.T("nation.year"), Number: true}, {Text: p.T("nation.adults"), Number: true}, {Text: p.T("nation.districts")}}}
	for _, u := range all {
		year, adults := "", p.T("nation.missing_mark")
		if n := len(u.Years); n > 0 {
			year, adults = yearText(u.Years[n-1].Year), p.Int(int64(u.Years[n-1].Adults))
		}
		parts := ""
		if len(u.Parts) > 0 {
			parts = p.Int(int64(len(u.Parts)))
		}
		x.Table.Rows = append(x.Table.Rows, page.Row{{Text: u.Name, Address: townAddress(u.ID), Written: true}, {Text: countyShort(u.County)}, {Text: year}, {Text: adults}, {Text: parts}})
	}
	return v.Show("nation-towns.html", f, x)
}

func townAddress(unit string) string { return TownsAddress + "/enhet/" + url.PathEscape(unit) }

// TownPage is one municipality or district.
type TownPage struct {
	Owner   string
	Title   string
	Address string
	Years   page.Table
	Parts   page.Table
	Set     []Line
	Back    Link
}

// Town shows how many live in a unit, and who says so.
func Town(v *visit.Visit) error { return showTown(v, url.Values{}, nil) }

func showTown(v *visit.Visit, posted url.Values, wrong map[string]string) error {
	u, err := townIn(v)
	if err != nil {
		return err
	}
	p := v.Text
	x := TownPage{Owner: v.Owner(), Title: u.Name, Address: townAddress(u.ID), Back: Link{TownsAddress, p.T("nation.back_to_towns")}}
	x.Years = page.Table{Caption: p.T("nation.people"), Hidden: true, Empty: p.T("nation.people_none"), Head: []page.Head{{Text: p.T("nation.year")}, {Text: p.T("nation.adults"), Number: true}, {Text: p.T("nation.inhabitants"), Number: true}, {Text: p.T("nation.how")}, {Text: p.T("nation.taken")}}}
	for _, y := range u.Years {
		how := p.T("nation.people_"+y.Method, "tabell", y.Table)
		if y.Reason != "" {
			how += " " + p.T("nation.people_reason", "skal", y.Reason)
		}
		x.Years.Rows = append(x.Years.Rows, page.Row{{Text: yearText(y.Year)}, {Text: p.Int(int64(y.Adults))}, {Text: intText(p, y.Inhabitants)}, {Text: how, Written: true}, {Text: v.Date(y.Taken)}})
	}
	x.Parts = districtTable(v, u.Parts)
	ar, adults, reason := lineOf(p, "ar", posted.Get("ar"), wrong), lineOf(p, "vuxna", posted.Get("vuxna"), wrong), lineOf(p, "skal_folk", posted.Get("skal_folk"), wrong)
	ar.Size, ar.Max, adults.Size, adults.Max, reason.Size, reason.Max = "short", 4, "short", 9, "wide", 500
	x.Set = []Line{ar, adults, reason}
	f := asks(v, x.Title, x.Set...)
	f.Address = x.Address
	done(v, &f, "folkmangd")
	return v.Show("nation-town.html", f, x)
}

func townIn(v *visit.Visit) (app.NationUnit, error) {
	all, err := v.App.NationUnits(v.R.Context(), v.By())
	for _, u := range all {
		for _, x := range append([]app.NationUnit{u}, u.Parts...) {
			if x.ID == v.R.PathValue("kommun") {
				return x, nil
			}
		}
	}
	if err == nil {
		err = fault.New(fault.NotFound, "nation.no_such_unit")
	}
	return app.NationUnit{}, err
}

func districtTable(v *visit.Visit, all []app.NationUnit) page.Table {
	p := v.Text
	t := page.Table{Caption: p.T("nation.districts"), Hidden: true, Empty: p.T("nation.districts_none"), Head: []page.Head{{Text: p.T("nation.district")}, {Text: p.T("nation.code")}, {Text: p.T("nation.first_year"), Number: true}, {Text: p.T("nation.last_year"), Number: true}, {Text: p.T("nation.adults"), Number: true}}}
	for _, u := range all {
		from, till := app.YearsOf(u.Unit)
		last, adults := "", ""
		if till != 0 {
			last = yearText(till)
		}
		if n := len(u.Years); n > 0 {
			adults = p.Int(int64(u.Years[n-1].Adults))
		}
		t.Rows = append(t.Rows, page.Row{{Text: u.Name, Address: townAddress(u.ID), Written: true}, {Text: u.ID}, {Text: yearText(from)}, {Text: last}, {Text: adults}})
	}
	return t
}

// SetPeople sets a unit's number of adults by hand.
func SetPeople(v *visit.Visit) error {
	posted, err := v.Posted()
	if err != nil {
		return err
	}
	wrong := map[string]string{}
	unit := v.R.PathValue("kommun")
	err = v.App.SetPeople(v.R.Context(), v.By(), unit, number(posted, "ar", 0), number(posted, "vuxna", 0), posted.Get("skal_folk"))
	if at(v.Text, err, wrong, map[string]string{"population.override_number": "vuxna", "population.override_reason": "skal_folk", "nation.reason_long": "skal_folk", "nation.reason_identifies": "skal_folk", "nation.reason_few": "skal_folk", "nation.no_unit": "ar"}) {
		return showTown(v, posted, wrong)
	}
	if err != nil {
		return err
	}
	return v.Redirect(townAddress(unit) + "?klart=folkmangd")
}

// DistrictsPage is all districts, and adds one.
type DistrictsPage struct {
	Owner string
	Title string
	Table page.Table
	New   []Line
	Back  Link
}

// Districts shows all districts.
func Districts(v *visit.Visit) error { return showDistricts(v, url.Values{}, nil) }

func showDistricts(v *visit.Visit, posted url.Values, wrong map[string]string) error {
	all, err := v.App.NationUnits(v.R.Context(), v.By())
	if err != nil {
		return err
	}
	var parts []app.NationUnit
	for _, u := range all {
		parts = append(parts, u.Parts...)
	}
	p := v.Text
	x := DistrictsPage{Owner: v.Owner(), Title: p.T("nation.districts"), Table: districtTable(v, parts), Back: Link{TownsAddress, p.T("nation.back_to_towns")}}
	for _, name := range []string{"kod", "namn", "fran_ar", "till_ar"} {
		l := lineOf(p, name, posted.Get(name), wrong)
		if name != "namn" {
			l.Size, l.Max = "short", 6
		}
		x.New = append(x.New, l)
	}
	f := asks(v, x.Title, x.New...)
	f.Address = TownsAddress + "/stadsdelar"
	done(v, &f, "stadsdel")
	return v.Show("nation-districts.html", f, x)
}

// PutDistrict adds or changes a district.
func PutDistrict(v *visit.Visit) error {
	posted, err := v.Posted()
	if err != nil {
		return err
	}
	wrong := map[string]string{}
	err = v.App.PutDistrict(v.R.Context(), v.By(), app.DistrictEdit{Code: strings.TrimSpace(posted.Get("kod")), Name: posted.Get("namn"), From: number(posted, "fran_ar", 0), Till: number(posted, "till_ar", 0)})
	if at(v.Text, err, wrong, map[string]string{"nation.district_code": "kod", "nation.district_years": "fran_ar", "people.unit_name": "namn", "people.unit_name_long": "namn"}) {
		return showDistricts(v, posted, wrong)
	}
	if err != nil {
		return err
	}
	return v.Redirect(TownsAddress + "/stadsdelar?klart=stadsdel")
}

// People asks for a file with how many live where.
func People(v *visit.Visit) error {
	if _, err := v.App.Collections(v.R.Context(), v.By()); err != nil {
		return err
	}
	return showTaken(v, peoplePage(v))
}

// AskPeople asks SCB how many live where, at the address that the server was started with.
func AskPeople(v *visit.Visit) error {
	posted, err := v.Posted()
	if err != nil {
		return err
	}
	in, err := v.App.AskPeople(v.R.Context(), v.By(), number(posted, "ar", 0))
	return showPeople(v, in, err)
}

func peoplePage(v *visit.Visit) TakenPage {
	p := v.Text
	asks, _ := v.App.Services()
	return TakenPage{Owner: v.Owner(), Asks: asks, Year: yearText(v.App.Now().Year() - 1), OfPeople: true, Title: p.T("nation.people"), Intro: p.T("nation.people_intro"), Hint: p.T("nation.people_hint"), Address: TownsAddress + "/folkmangd", Back: Link{TownsAddress, p.T("nation.back_to_towns")}}
}

// TakePeople takes in such a file.
func TakePeople(v *visit.Visit) error {
	name, content, err := fileIn(v)
	if err != nil {
		return err
	}
	in, err := v.App.ImportPeople(v.R.Context(), v.By(), name, strings.NewReader(content))
	return showPeople(v, in, err)
}

func showPeople(v *visit.Visit, in *app.PeopleIn, err error) error {
	x := peoplePage(v)
	switch {
	case err != nil && fault.KindOf(err) == fault.Invalid:
		x.Fault = v.Text.Error(err)
	case err != nil:
		return err
	default:
		x.Done = peopleDone(v, in)
		x.Problems, x.More = problemTexts(v.Text, in.Problems), len(in.Problems)
	}
	return showTaken(v, x)
}

func peopleDone(v *visit.Visit, in *app.PeopleIn) []string {
	years := make([]string, len(in.Years))
	for i, y := range in.Years {
		years[i] = strconv.Itoa(y)
	}
	said := []string{v.Text.T("nation.people_done", "n", in.Taken, "ar", strings.Join(years, ", "))}
	if in.Same > 0 {
		said = append(said, v.Text.T("nation.people_same", "n", in.Same))
	}
	return said
}

// ReportersPage is who reports.
type ReportersPage struct {
	Owner string
	Title string
	Held  []Reporter
	New   []Line
	Back  Link
}

// Reporter is somebody who reports for a unit.
type Reporter struct {
	Name, Login, Unit, State string
	End                      []Fact // what is sent to end it; empty: it has ended
}

// Reporters shows who reports.
func Reporters(v *visit.Visit) error { return showReporters(v, url.Values{}, nil) }

func showReporters(v *visit.Visit, posted url.Values, wrong map[string]string) error {
	all, err := v.App.Reporters(v.R.Context(), v.By())
	if err != nil {
		return err
	}
	p := v.Text
	x := ReportersPage{Owner: v.Owner(), Title: p.T("nation.reporters"), Back: Link{TownsAddress, p.T("nation.back_to_towns")}}
	for _, h := range all {
		r := Reporter{Name: h.PersonName, Login: h.Login, Unit: h.UnitName, State: p.T("nation.reporter_since", "dag", v.Date(h.From))}
		switch {
		case h.OverAt(v.App.Now()):
			r.State = p.T("nation.reporter_over", "dag", v.Date(h.Till))
		case h.Role == access.National:
			r.Unit = p.T("role.nationell")
		default:
			r.End = []Fact{{"person", h.Person}, {"enhet", h.Unit}, {"fran", h.From.UTC().Format("2006-01-02T15:04:05.999999999Z07:00")}}
		}
		x.Held = append(x.Held, r)
	}
	login, unit := lineOf(p, "inloggning", posted.Get("inloggning"), wrong), lineOf(p, "enhet", posted.Get("enhet"), wrong)
	unit.Size, unit.Max = "short", 6
	x.New = []Line{login, unit}
	f := asks(v, x.Title, x.New...)
	f.Address = TownsAddress + "/lamnare"
	done(v, &f, "lamnare", "lamnare_slut")
	return v.Show("nation-reporters.html", f, x)
}

// GiveReporter lets somebody report for a unit, or ends that.
func GiveReporter(v *visit.Visit) error {
	posted, err := v.Posted()
	if err != nil {
		return err
	}
	if posted.Has("fran") {
		err := v.App.EndReporter(v.R.Context(), v.By(), access.Grant{Person: posted.Get("person"), Unit: posted.Get("enhet"), From: timeIn(posted.Get("fran"))})
		if err != nil {
			return err
		}
		return v.Redirect(TownsAddress + "/lamnare?klart=lamnare_slut")
	}
	wrong := map[string]string{}
	unit := strings.TrimSpace(posted.Get("enhet"))
	if !place.IsUnit(unit) {
		unit = codeNamed(unit)
	}
	err = v.App.GiveReporter(v.R.Context(), v.By(), posted.Get("inloggning"), unit)
	if at(v.Text, err, wrong, map[string]string{"people.no_such_login": "inloggning", "people.role_held": "inloggning", "nation.no_such_unit": "enhet"}) {
		return showReporters(v, posted, wrong)
	}
	if err != nil {
		return err
	}
	return v.Redirect(TownsAddress + "/lamnare?klart=lamnare")
}

// codeNamed gives the code of a municipality that somebody wrote by name; what was written where there
// is none.
func codeNamed(name string) string {
	for _, m := range place.Municipalities() {
		if strings.EqualFold(m.Short, name) {
			return m.Code
		}
	}
	return name
}
