package exchange

import (
	"bytes"
	"cmp"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"foljsam/internal/locale"
	"foljsam/internal/place"
)

// What Kolada allows: rows in a page, ids in one part of a question.
const (
	koladaPage = 5000
	koladaIDs  = 25
)

// KoladaAnswer is what a question is answered with.
type KoladaAnswer struct {
	Status int // of HTTP
	Body   []byte
}

// koladaRefusal is a question that cannot be answered: 422, with the part that is wrong.
type koladaRefusal struct {
	where string
	said  string
}

// Answer answers a question in the shape of Kolada's v3: path is what stands after /v3/, self
// the address that /v3 has for the one who asks. It depends on nothing else.
func (k *Kolada) Answer(path string, q url.Values, self string) KoladaAnswer {
	path = strings.Trim(path, "/")
	a := &koladaQuestion{k: k, path: path, q: q, self: strings.TrimRight(self, "/")}
	parts := strings.Split(path, "/")
	switch parts[0] {
	case "kpi":
		return list(a, parts, k.kpis, func(x koladaKPI) (string, string) { return x.ID, x.Title })
	case "kpi_groups":
		return list(a, parts, k.kpiGroups, func(x koladaGroup) (string, string) { return x.ID, x.Title })
	case "municipality":
		return list(a, parts, a.townsOf(k.towns), func(x koladaMunicipality) (string, string) { return x.ID, x.Title })
	case "municipality_groups":
		return list(a, parts, k.groups, func(x koladaGroup) (string, string) { return x.ID, x.Title })
	case "ou":
		return list(a, parts, a.unitsOf(k.units), func(x koladaUnit) (string, string) { return x.ID, x.Title })
	case "data":
		return a.data(parts[1:], k.data, "municipality")
	case "oudata":
		return a.data(parts[1:], k.unitData, "ou")
	}
	return notFound()
}

// koladaQuestion is one question while it is answered.
type koladaQuestion struct {
	k    *Kolada
	path string
	q    url.Values
	self string
	bad  *koladaRefusal // the first thing that is wrong
}

func (a *koladaQuestion) refuse(where, said string) {
	if a.bad == nil {
		a.bad = &koladaRefusal{where, said}
	}
}

// ids reads ids out of a part of a path or out of parameters that may be repeated, each
// perhaps several with commas between. At most 25 may stand there.
func (a *koladaQuestion) ids(where string, texts ...string) map[string]bool {
	all := map[string]bool{}
	n := 0
	for _, text := range texts {
		for _, id := range strings.Split(text, ",") {
			if id = strings.TrimSpace(id); id != "" {
				n++
				all[id] = true
			}
		}
	}
	if n > koladaIDs {
		a.refuse(where, a.text().T("series.api_too_many", "n", koladaIDs))
	}
	return all
}

func (a *koladaQuestion) text() *locale.Printer { return a.k.text }

// townsOf keeps the municipalities, or the regions, if one is asked for.
func (a *koladaQuestion) townsOf(all []koladaMunicipality) []koladaMunicipality {
	kind := strings.ToUpper(cmp.Or(a.q.Get("region_type"), a.q.Get("type")))
	switch kind {
	case "":
		return all
	case koladaMunicipal, koladaRegional:
		return slices.DeleteFunc(slices.Clone(all), func(x koladaMunicipality) bool { return x.Type != kind })
	}
	a.refuse("region_type", a.text().T("series.api_region"))
	return nil
}

func (a *koladaQuestion) unitsOf(all []koladaUnit) []koladaUnit {
	of := a.ids("municipality", a.q["municipality"]...)
	if len(of) == 0 {
		return all
	}
	return slices.DeleteFunc(slices.Clone(all), func(x koladaUnit) bool { return !of[x.Municipality] })
}

// list answers /what, /what?title=… and /what/id,id.
func list[T any](a *koladaQuestion, parts []string, all []T, of func(T) (id, title string)) KoladaAnswer {
	if len(parts) > 2 {
		return notFound()
	}
	title := strings.ToLower(a.q.Get("title"))
	var ids map[string]bool
	if len(parts) == 2 {
		ids = a.ids("id", parts[1])
	}
	some := []T{}
	for _, x := range all {
		id, name := of(x)
		if (ids == nil || ids[id]) && strings.Contains(strings.ToLower(name), title) {
			some = append(some, x)
		}
	}
	return page(a, some)
}

// koladaFilter says which rows are asked for; an empty part asks for all.
type koladaFilter struct{ kpis, units, towns, years map[string]bool }

func (f koladaFilter) has(x koladaData) bool {
	return in(f.kpis, x.KPI) && in(f.units, x.Municipality+x.Unit) && in(f.years, strconv.Itoa(x.Period)) &&
		(len(f.towns) == 0 || f.towns[place.MunicipalityOf(x.Unit)])
}

// data answers /data/kpi/…/municipality/…/year/… with any two of the three, and /data with
// parameters. unit is what the rows are about.
func (a *koladaQuestion) data(parts []string, all []koladaData, unit string) KoladaAnswer {
	var f koladaFilter
	switch {
	case len(parts) == 0:
		f = a.parameters(unit)
	case len(parts)%2 == 1 || len(parts) > 6:
		return notFound()
	default:
		asked := map[string]map[string]bool{}
		for i := 0; i < len(parts); i += 2 {
			if !slices.Contains([]string{"kpi", unit, "year"}, parts[i]) || asked[parts[i]] != nil {
				return notFound()
			}
			if asked[parts[i]] = a.ids(parts[i], parts[i+1]); len(asked[parts[i]]) == 0 {
				return notFound()
			}
		}
		if len(asked) < 2 {
			a.refuse("path", a.text().T("series.api_two"))
		}
		f = koladaFilter{kpis: asked["kpi"], units: asked[unit], years: asked["year"]}
	}
	a.checkYears(f.years)
	return page(a, matching(all, f, a.since()))
}

// parameters reads kpi_id, municipality_id or ou_id, and year.
func (a *koladaQuestion) parameters(unit string) koladaFilter {
	f := koladaFilter{kpis: a.ids("kpi_id", a.q["kpi_id"]...), units: a.ids(unit+"_id", a.q[unit+"_id"]...), years: a.ids("year", a.q["year"]...)}
	if unit == "ou" {
		f.towns = a.ids("municipality_id", a.q["municipality_id"]...)
	}
	if len(f.kpis)+len(f.units)+len(f.towns)+len(f.years) == 0 {
		a.refuse("query", a.text().T("series.api_ids"))
	}
	return f
}

func matching(all []koladaData, f koladaFilter, since time.Time) []koladaData {
	some := []koladaData{}
	for _, x := range all {
		if f.has(x) && (x.published.IsZero() || !x.published.Before(since)) {
			some = append(some, x)
		}
	}
	return some
}

// in tells whether an id is asked for; all are where none is.
func in(asked map[string]bool, id string) bool { return len(asked) == 0 || asked[id] }

func (a *koladaQuestion) checkYears(years map[string]bool) {
	for y := range years {
		if _, ok := yearOf(y); !ok {
			a.refuse("year", a.text().T("series.api_year"))
		}
	}
}

// since reads from_date: only what was published that day or later.
func (a *koladaQuestion) since() time.Time {
	text := a.q.Get("from_date")
	if text == "" {
		return time.Time{}
	}
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		a.refuse("from_date", a.text().T("series.api_date"))
	}
	return t
}

// koladaEnvelope is around every answer.
type koladaEnvelope[T any] struct {
	Count    int     `json:"count"`
	Next     *string `json:"next_url"`
	Previous *string `json:"previous_url"`
	Values   []T     `json:"values"`
}

// page answers with the page that is asked for. count is the rows of all pages.
func page[T any](a *koladaQuestion, all []T) KoladaAnswer {
	nr, size := a.number("page", 1, 1<<30), a.number("per_page", koladaPage, koladaPage)
	if a.bad != nil {
		return refused(*a.bad)
	}
	from := min(len(all), (nr-1)*size)
	till := min(len(all), from+size)
	e := koladaEnvelope[T]{Count: len(all), Values: all[from:till]}
	if till < len(all) {
		e.Next = a.at(nr + 1)
	}
	if nr > 1 {
		e.Previous = a.at(nr - 1)
	}
	return answer(http.StatusOK, e)
}

func (a *koladaQuestion) number(name string, usual, most int) int {
	text := a.q.Get(name)
	if text == "" {
		return usual
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > most {
		a.refuse(name, a.text().T("series.api_page", "n", koladaPage))
		return usual
	}
	return n
}

// at gives the address of another page of the same question.
func (a *koladaQuestion) at(nr int) *string {
	q := url.Values{}
	for name, values := range a.q {
		q[name] = values
	}
	q.Set("page", strconv.Itoa(nr))
	u := a.self + "/" + (&url.URL{Path: a.path}).EscapedPath() + "?" + q.Encode()
	return &u
}

func refused(r koladaRefusal) KoladaAnswer {
	type detail struct {
		Where []string `json:"loc"`
		Said  string   `json:"msg"`
		Type  string   `json:"type"`
	}
	return answer(http.StatusUnprocessableEntity, map[string][]detail{"detail": {{[]string{r.where}, r.said, "value_error"}}})
}

func notFound() KoladaAnswer {
	return answer(http.StatusNotFound, map[string]string{"detail": "Not Found"})
}

func answer(status int, body any) KoladaAnswer {
	var b bytes.Buffer
	w := json.NewEncoder(&b)
	w.SetEscapeHTML(false)
	if w.Encode(body) != nil {
		return KoladaAnswer{Status: http.StatusInternalServerError}
	}
	return KoladaAnswer{status, b.Bytes()}
}

// All gives all of a series' rows as one answer of Kolada's /data: a file for
// programs that read it.
func (k *Kolada) All() []byte {
	all := append(slices.Clone(k.data), k.unitData...)
	return answer(http.StatusOK, koladaEnvelope[koladaData]{Count: len(all), Values: all}).Body
}
