package people

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"foljsam/internal/app"
	"foljsam/internal/fault"
	"foljsam/internal/locale"
	"foljsam/internal/place"
	"foljsam/internal/record"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

const unitsAddress = HubAddress + "/enheter"

// UnitsPage is the units of the register.
type UnitsPage struct {
	Owner string // whose page it is
	Title string
	Table page.Table
	New   []Line // empty: whoever looks does not look after the whole register
}

// Units shows the units that the person looks after.
func Units(v *visit.Visit) error { return showUnits(v, url.Values{}, nil) }

func showUnits(v *visit.Visit, posted url.Values, wrong map[string]string) error {
	all, err := v.App.ManagedUnits(v.R.Context(), v.By())
	if err != nil {
		return err
	}
	data := UnitsPage{Owner: v.Owner(), Title: v.Text.T("people.units"), Table: unitTable(v, all)}
	if v.By().AllUnits {
		if posted.Get("omrade") == "" {
			in, part := areaFields(v.Who.At.Unit)
			posted.Set("omrade", in)
			posted.Set("delomrade", part)
		}
		data.New = slices.Concat([]Line{lineOf(v.Text, "enhet", posted.Get("enhet"), wrong)}, areaLines(v.Text, posted, wrong), []Line{dayLine(v.Text, "fran", posted.Get("fran"), wrong)})
	}
	f := asks(v, data.Title, data.New)
	f.Address = unitsAddress
	done(v, &f, "enhet_ny", "enhet")
	return v.Show("people-units.html", f, data)
}

// areaLines ask for the municipality, by name, and for the code of a part of it, where there
// are such.
func areaLines(p *locale.Printer, posted url.Values, wrong map[string]string) []Line {
	in := lineOf(p, "omrade", posted.Get("omrade"), wrong)
	in.Groups = municipalities(p, posted.Get("omrade"))
	part := lineOf(p, "delomrade", posted.Get("delomrade"), wrong)
	part.Size, part.Max, part.Optional = "short", 6, true
	return []Line{in, part}
}

// always is how the form says that a unit was in an area all the time.
const always = "alltid"

// moveLines ask from when a unit is in another area than before.
func moveLines(p *locale.Printer, posted url.Values, wrong map[string]string) []Line {
	since := dayLine(p, "sedan", posted.Get("sedan"), wrong)
	how := listLine(p, "byte", posted.Get("byte"), wrong, []Choice{{Value: "", Text: p.T("people.move_since")}, {Value: always, Text: p.T("people.move_always")}})
	return []Line{how, since}
}

// areaFields gives an area as the form says it.
func areaFields(code string) (in, part string) {
	if place.IsDistrict(code) {
		return place.MunicipalityOf(code), code
	}
	return code, ""
}

// areaIn gives the area that a form says; it puts what is wrong where it belongs.
func areaIn(p *locale.Printer, posted url.Values, wrong map[string]string) string {
	in, part := posted.Get("omrade"), strings.TrimSpace(posted.Get("delomrade"))
	if part == "" {
		return in
	}
	if !place.IsDistrict(part) || place.MunicipalityOf(part) != in {
		wrong["delomrade"] = p.T("people.part_area")
	}
	return part
}

// municipalities gives those of every county, both in the order of the language.
func municipalities(p *locale.Printer, chosen string) (groups []Group) {
	for _, c := range locale.SortBy(p, place.Counties(), place.Area.Called) {
		g := Group{Label: c.Name}
		for _, m := range locale.SortBy(p, place.In(c.Code), place.Area.Called) {
			g.Choices = append(g.Choices, Choice{m.Code, m.Short, m.Code == chosen})
		}
		groups = append(groups, g)
	}
	return groups
}

func unitTable(v *visit.Visit, all []place.Unit) page.Table {
	p := v.Text
	t := page.Table{Caption: p.T("people.units"), Hidden: true, Empty: p.T("people.no_units"),
		Head: []page.Head{{Text: p.T("people.unit")}, {Text: p.T("people.area")}, {Text: p.T("people.from")}, {Text: p.T("people.last")}}}
	for _, u := range all {
		t.Rows = append(t.Rows, page.Row{{Text: u.Name, Address: unitAddress(u.ID), Written: true}, {Text: place.NameOf(u.Area)}, {Text: dateOf(v, u.From)}, {Text: day(p, app.LastDay(u.Till))}})
	}
	return t
}

func day(p *locale.Printer, d record.Day) string {
	if d == record.NoDay {
		return ""
	}
	return page.Date(p, d.Time())
}

func unitAddress(id string) string { return unitsAddress + "/" + url.PathEscape(id) }

// AddUnit makes a unit.
func AddUnit(v *visit.Visit) error {
	posted, err := v.Posted()
	if err != nil {
		return err
	}
	wrong := map[string]string{}
	e := app.UnitEdit{Name: posted.Get("enhet"), Area: areaIn(v.Text, posted, wrong), From: readDay(v.Text, "fran", posted.Get("fran"), wrong), Last: record.NoDay}
	if len(wrong) == 0 {
		err = v.App.AddUnit(v.R.Context(), v.By(), e)
	}
	if unitFault(v.Text, err, wrong) {
		return showUnits(v, posted, wrong)
	}
	if err != nil {
		return err
	}
	return v.Redirect(unitsAddress + "?klart=enhet_ny")
}

// unitFault puts what is wrong with a unit at its field, and tells whether anything is.
func unitFault(p *locale.Printer, err error, wrong map[string]string) bool {
	at(p, err, wrong, map[string]string{"people.unit_name": "enhet", "people.unit_name_long": "enhet", "people.unit_taken": "enhet", "people.unit_area": "omrade", "people.ends_before": "sista", "people.area_since": "sedan", "people.area_later": "sedan"})
	return len(wrong) > 0
}

// at puts an error at the field that it is about.
func at(p *locale.Printer, err error, wrong, fields map[string]string) {
	if field := fields[fault.KeyOf(err)]; field != "" {
		wrong[field] = p.Error(err)
	}
}

// UnitPage is one unit.
type UnitPage struct {
	Owner   string // whose page it is
	Title   string
	Address string
	Mark    string // how the unit was when the page was made
	Lines   []Line
	Now     []Fact // how somebody else has made it meanwhile; empty: nobody has
}

// Fact is a word and what it is.
type Fact struct{ Word, Text string }

// Unit shows a unit.
func Unit(v *visit.Visit) error {
	u, err := v.App.ManagedUnit(v.R.Context(), v.By(), v.R.PathValue("enhet"))
	if err != nil {
		return err
	}
	last := ""
	if d := app.LastDay(u.Till); d != record.NoDay {
		last = d.String()
	}
	in, part := areaFields(u.Area)
	return showUnit(v, u, url.Values{"enhet": {u.Name}, "omrade": {in}, "delomrade": {part}, "sista": {last}}, nil, false)
}

func showUnit(v *visit.Visit, u place.Unit, posted url.Values, wrong map[string]string, changed bool) error {
	p := v.Text
	data := UnitPage{Owner: v.Owner(), Title: u.Name, Address: unitAddress(u.ID), Mark: app.UnitMark(u)}
	data.Lines = slices.Concat([]Line{lineOf(p, "enhet", posted.Get("enhet"), wrong)}, areaLines(p, posted, wrong), moveLines(p, posted, wrong), []Line{dayLine(p, "sista", posted.Get("sista"), wrong)})
	if wrong != nil && !changed {
		data.Mark = posted.Get("sedd")
	}
	f := asks(v, data.Title, data.Lines)
	f.Address = data.Address
	if changed {
		f.Status = http.StatusConflict
		last := day(p, app.LastDay(u.Till))
		if last == "" {
			last = p.T("people.still")
		}
		data.Now = []Fact{{p.T("people.unit"), u.Name}, {p.T("people.area"), u.Area}, {p.T("people.last"), last}}
	}
	return v.Show("people-unit.html", f, data)
}

// SaveUnit changes a unit. What somebody else has changed meanwhile is shown, and not
// written over.
func SaveUnit(v *visit.Visit) error {
	posted, err := v.Posted()
	if err != nil {
		return err
	}
	wrong := map[string]string{}
	id := v.R.PathValue("enhet")
	e := app.UnitEdit{Name: posted.Get("enhet"), Area: areaIn(v.Text, posted, wrong), From: record.NoDay, Last: readDay(v.Text, "sista", posted.Get("sista"), wrong),
		Since: record.NoDay, Always: posted.Get("byte") == always}
	if !e.Always {
		e.Since = readDay(v.Text, "sedan", posted.Get("sedan"), wrong)
	}
	if len(wrong) == 0 {
		err = v.App.SaveUnit(v.R.Context(), v.By(), id, posted.Get("sedd"), e)
	}
	changed := err != nil && fault.KeyOf(err) == "people.unit_changed"
	if !unitFault(v.Text, err, wrong) && !changed {
		if err != nil {
			return err
		}
		return v.Redirect(unitsAddress + "?klart=enhet")
	}
	u, err := v.App.ManagedUnit(v.R.Context(), v.By(), id)
	if err != nil {
		return err
	}
	return showUnit(v, u, posted, wrong, changed)
}
