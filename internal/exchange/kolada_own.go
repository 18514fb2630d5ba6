package exchange

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"foljsam/internal/disclosure"
	"foljsam/internal/indicator"
	"foljsam/internal/locale"
	"foljsam/internal/place"
)

// What Kolada's v3 answers are made of, as we write them. The same shapes are read in
// kolada.go, but leniently: others may leave out what we always write.
type (
	koladaKPI struct {
		ID          string  `json:"id"`
		Title       string  `json:"title"`
		Description string  `json:"description"`
		ByGender    bool    `json:"is_divided_by_gender"`
		Type        string  `json:"municipality_type"`
		Auspice     *string `json:"auspice"`
		Area        string  `json:"operating_area"`
		Perspective *string `json:"perspective"`
		Preliminary *string `json:"prel_publication_date"`
		Publication *string `json:"publication_date"`
		Period      *string `json:"publ_period"`
		HasUnits    bool    `json:"has_ou_data"`
	}
	koladaMunicipality struct {
		ID    string `json:"id"`
		Title string `json:"title"`
		Type  string `json:"type"`
	}
	koladaMember struct {
		ID    string `json:"id"`
		Title string `json:"title"`
	}
	koladaGroup struct {
		ID      string         `json:"id"`
		Title   string         `json:"title"`
		Members []koladaMember `json:"members"`
	}
	koladaUnit struct {
		ID           string `json:"id"`
		Title        string `json:"title"`
		Municipality string `json:"municipality"`
	}
	koladaDatum struct {
		Gender  string   `json:"gender"`
		Count   int      `json:"count"`
		Status  string   `json:"status"`
		Value   *float64 `json:"value"`
		Deleted bool     `json:"isdeleted"`
	}
	koladaData struct {
		KPI          string        `json:"kpi"`
		Municipality string        `json:"municipality,omitempty"`
		Unit         string        `json:"ou,omitempty"`
		Period       int           `json:"period"`
		Values       []koladaDatum `json:"values"`

		published time.Time
	}
)

// The nation as Kolada writes it, and the words of its types.
const (
	koladaNation       = "0000"
	koladaMunicipal    = "K"
	koladaRegional     = "L"
	koladaTotal        = "T"
	koladaSecret       = "sekretess"
	koladaGroupOfUnits = "G-nyckeltal"
)

// KoladaID is the id under which we serve a key figure of our own. It is none of Kolada's:
// theirs begin with N or U and are never written here.
func KoladaID(f indicator.Figure) string { return "FOLJSAM" + strconv.Itoa(int(f)) }

// Kolada is our own published figures in the shape of Kolada's v3, ready to be asked.
// A number is a row; a secret one a row with the value null and the status "sekretess"; a
// missing one has no row; one that was taken back has a row that is deleted.
type Kolada struct {
	kpis      []koladaKPI
	kpiGroups []koladaGroup
	towns     []koladaMunicipality
	groups    []koladaGroup
	units     []koladaUnit
	data      []koladaData // of municipalities, groups and the nation
	unitData  []koladaData
	text      *locale.Printer
}

// NewKolada makes a series ready to be asked, with the texts of a language. The nation and
// the counties have unweighted means, as Kolada's groups do, of published rates only.
func NewKolada(s *Series, p *locale.Printer) *Kolada {
	k := &Kolada{text: p}
	k.addKPIs(s)
	k.addUnits(s)
	for _, x := range s.Points() {
		k.addPoint(x, s)
	}
	k.addMeans(s)
	slices.SortFunc(k.data, compareData)
	slices.SortFunc(k.unitData, compareData)
	return k
}

func compareData(a, b koladaData) int {
	return cmp.Or(strings.Compare(a.KPI, b.KPI), strings.Compare(a.Municipality+a.Unit, b.Municipality+b.Unit), cmp.Compare(a.Period, b.Period))
}

func (k *Kolada) addKPIs(s *Series) {
	p := k.text
	about := []string{p.T("series.describe_opened"), p.T("series.describe_supported"), p.T("series.describe_goal_met")}
	notes := strings.Join(append(s.notes(p), p.T("series.unweighted")), " ")
	group := koladaGroup{ID: koladaGroupOfUnits, Title: p.T("series.contents")}
	for _, f := range indicator.Figures {
		x := koladaKPI{ID: KoladaID(f), Title: figureName(f, p), Description: about[f.Index()] + " " + notes,
			Type: koladaMunicipal, Area: p.T("series.area"), HasUnits: true}
		if n := len(s.Years); n > 0 {
			year := strconv.Itoa(s.Years[n-1])
			x.Period = &year
			if t := s.Published[s.Years[n-1]]; !t.IsZero() {
				day := t.UTC().Format(time.DateOnly)
				x.Publication = &day
			}
		}
		k.kpis = append(k.kpis, x)
		group.Members = append(group.Members, koladaMember{x.ID, x.Title})
	}
	k.kpiGroups = []koladaGroup{group}
}

// addUnits lists the municipalities, the districts as units of theirs, and the counties as
// groups of municipalities.
func (k *Kolada) addUnits(s *Series) {
	k.towns = []koladaMunicipality{{koladaNation, k.text.T("series.nation"), koladaRegional}}
	members := map[string][]koladaMember{}
	for _, u := range s.Units {
		switch u.Kind {
		case WholeUnit, CityUnit:
			k.towns = append(k.towns, koladaMunicipality{u.Code, u.Name, koladaMunicipal})
			county := place.CountyOf(u.Code)
			members[county] = append(members[county], koladaMember{u.Code, u.Name})
		case PartUnit:
			k.units = append(k.units, koladaUnit{u.Code, u.Name, place.MunicipalityOf(u.Code)})
		}
	}
	for _, c := range place.Counties() {
		if all := members[c.Code]; len(all) > 0 {
			k.groups = append(k.groups, koladaGroup{countyGroup(c.Code), k.text.T("series.county_group", "name", c.Name), all})
		}
	}
}

func countyGroup(county string) string { return "GL" + county }

func (k *Kolada) addPoint(x Point, s *Series) {
	d := koladaDatum{Gender: koladaTotal, Count: 1}
	if parts, ok := x.Rate.Parts(); ok {
		d.Count = parts.Numbers
	}
	switch x.State {
	case disclosure.Number:
		h, _ := x.Rate.Value()
		f := h.Float()
		d.Value = &f
	case disclosure.Masked:
		d.Status = koladaSecret
	default:
		if !x.Taken || x.Unit.Kind == RestUnit {
			return
		}
		d.Count, d.Deleted = 0, true
	}
	row := koladaData{KPI: KoladaID(x.Figure), Period: x.Year, Values: []koladaDatum{d}, published: s.Published[x.Year]}
	if x.Unit.Kind == PartUnit {
		row.Unit = x.Unit.Code
		k.unitData = append(k.unitData, row)
		return
	}
	row.Municipality = x.Unit.Code
	k.data = append(k.data, row)
}

// addMeans adds the nation's and the counties' means. One that an earlier edition had, and the last
// has not, is a row that is deleted.
func (k *Kolada) addMeans(s *Series) {
	for _, y := range s.Years {
		for _, f := range indicator.Figures {
			rates := map[string][]disclosure.Rate{}
			for at, had := range s.means {
				if at.year == y && had[f.Index()] {
					rates[at.unit] = nil
				}
			}
			for _, u := range s.Units {
				if u.Kind == WholeUnit || u.Kind == CityUnit {
					r, county := s.Point(u, y, f).Rate, place.CountyOf(u.Code)
					rates[koladaNation], rates[county] = append(rates[koladaNation], r), append(rates[county], r)
				}
			}
			for of, all := range rates {
				row := koladaData{KPI: KoladaID(f), Municipality: groupID(of), Period: y, published: s.Published[y]}
				k.addMean(row, disclosure.SumOf(all), s.means[seriesAt{of, y}][f.Index()])
			}
		}
	}
}

func (k *Kolada) addMean(row koladaData, sum disclosure.Sum, had bool) {
	switch {
	case sum.Numbers > 0:
		mean := sum.Mean.Float()
		row.Values = []koladaDatum{{Gender: koladaTotal, Count: sum.Numbers, Value: &mean}}
	case had:
		row.Values = []koladaDatum{{Gender: koladaTotal, Deleted: true}}
	default:
		return
	}
	k.data = append(k.data, row)
}

// groupID is the id of a county's group, or the nation's own.
func groupID(of string) string {
	if of == koladaNation {
		return of
	}
	return countyGroup(of)
}
