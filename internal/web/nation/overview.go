package nation

import (
	"html/template"
	"net/url"
	"slices"
	"strconv"

	"foljsam/internal/app"
	"foljsam/internal/chart"
	"foljsam/internal/disclosure"
	"foljsam/internal/fault"
	"foljsam/internal/locale"
	"foljsam/internal/place"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

// OverviewPage is a year and a key figure over the whole country.
type OverviewPage struct {
	Title    string
	Years    []Choice
	Figures  []Choice
	Orders   []Choice
	In       []Choice // counties of the list
	Heading  string   // the key figure and the year
	Edition  string
	Reason   string   // why there is a new edition
	Reported []string // sentences: how many have reported
	Counties page.Table
	Sizes    page.Table
	Sum      []string // sentences: what those who show a number have together
	Map      template.HTML
	List     page.Table
	None     *page.Empty
	Method   string
	Files    string
	Kolada   string
}

// Overview shows a year and a key figure to anyone.
func Overview(v *visit.Visit) error {
	years, err := v.App.PublishedYears(v.R.Context())
	if err != nil {
		return err
	}
	p, q := v.Text, v.R.URL.Query()
	f := open(v, p.T("nation.title"))
	x := OverviewPage{Title: f.Title, Method: methodAddress, Files: fileAddress}
	if len(years) == 0 {
		x.None = &page.Empty{Title: p.T("nation.nothing"), Text: p.T("nation.nothing_text")}
		return v.Show("nation-overview.html", f, x)
	}
	figure, order, county := number(q, "nyckeltal", 1), q.Get("ordning"), q.Get("lan")
	o, err := v.App.Overview(v.R.Context(), number(q, "ar", 0), figure)
	if err != nil {
		return err
	}
	f.Synthetic = f.Synthetic || o.Synthetic
	for _, y := range years {
		x.Years = append(x.Years, Choice{yearText(y.Year), yearText(y.Year), y.Year == o.Year})
	}
	x.Figures = figureChoices(p, figure)
	for _, key := range []string{"namn", "varde", "lan"} {
		x.Orders = append(x.Orders, Choice{key, p.T("nation.order_" + key), key == order || key == "namn" && order == ""})
	}
	x.Heading = p.T("nation.heading", "nyckeltal", figureName(p, figure), "ar", yearText(o.Year))
	f.Title = x.Heading + " – " + f.Title
	x.Edition, x.Reason = editionText(v, o.Edition), o.Edition.Reason
	x.Reported, x.Counties, x.Sizes = reported(p, o)
	x.Sum = sumText(p, o.Sum)
	x.Map = template.HTML(mapOf(p, o).SVG(p, "karta")) // our own drawing, every text in it escaped
	x.List = listOf(p, o, order, county)
	x.In = countyChoices(v, county)
	return v.Show("nation-overview.html", f, x)
}

// unitAddress leads to a unit's own page, at the same key figure.
func unitAddress(unit string, figure int) string {
	return CompareAddress + "/" + url.PathEscape(unit) + "?nyckeltal=" + strconv.Itoa(figure)
}

// reported says how many have reported, from where.
func reported(p *locale.Printer, o *app.Overview) (said []string, counties, sizes page.Table) {
	all := o.All
	from := 0
	for _, c := range o.Counties {
		if c.Any > 0 {
			from++
		}
	}
	said = []string{p.T("nation.reported", "n", all.Any, "av", all.Of, "lan", from, "alla", len(o.Counties))}
	for i, n := range all.Figures {
		said = append(said, p.T("nation.reported_figure", "nyckeltal", figureName(p, i+1), "n", n))
	}
	counties = takingTable(p, p.T("nation.by_county"), p.T("nation.county"), o.Counties, countyName)
	sizes = takingTable(p, p.T("nation.by_size"), p.T("nation.size"), o.Sizes, func(id string) string { return sizeName(p, id) })
	return said, counties, sizes
}

func sizeName(p *locale.Printer, id string) string {
	if id == "" {
		return p.T("nation.size_unknown")
	}
	return p.T("nation.size_" + id)
}

func takingTable(p *locale.Printer, caption, first string, all []app.Taking, name func(string) string) page.Table {
	t := page.Table{Caption: caption, Head: []page.Head{{Text: first}, {Text: p.T("nation.municipalities"), Number: true}, {Text: p.T("nation.any"), Number: true}}}
	for i := range 3 {
		t.Head = append(t.Head, page.Head{Text: figureName(p, i+1), Number: true})
	}
	for _, x := range all {
		row := page.Row{{Text: name(x.ID)}, {Text: p.Int(int64(x.Of))}, {Text: p.Int(int64(x.Any))}}
		for _, n := range x.Figures {
			row = append(row, page.Cell{Text: p.Int(int64(n))})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// sumText says what those who show a number have together, and what that lacks.
func sumText(p *locale.Printer, s disclosure.Sum) (said []string) {
	if s.Numbers > 0 {
		said = append(said, p.T("nation.sum", "n", s.Numbers, "arenden", p.Int(int64(s.Cases)), "vagt", p.Number(s.Rate.Float(), 2), "ovagt", p.Number(s.Mean.Float(), 2)))
	}
	return append(said, p.T("nation.sum_lacks", "sekretess", s.Secret, "saknas", s.Missing))
}

func mapOf(p *locale.Printer, o *app.Overview) chart.Tiles {
	m := chart.Tiles{Title: p.T("nation.map_title", "nyckeltal", figureName(p, o.Figure), "ar", yearText(o.Year)), County: func(code string) string { return countyShort(code) }}
	for _, u := range sortedBy(p, o.Units, "lan") {
		m.Tiles = append(m.Tiles, chart.Tile{Code: u.Unit, Name: u.Name, County: u.County, Rate: u.Rate, Address: unitAddress(u.Unit, o.Figure)})
	}
	return m
}

// sortedBy gives units by name, by county and name, or by rate with what has none last.
func sortedBy(p *locale.Printer, units []app.PublishedRate, order string) []app.PublishedRate {
	all := locale.SortBy(p, units, func(u app.PublishedRate) string { return u.Name })
	switch order {
	case "lan":
		slices.SortStableFunc(all, func(x, y app.PublishedRate) int {
			if x.County < y.County {
				return -1
			}
			if x.County > y.County {
				return 1
			}
			return 0
		})
	case "varde":
		slices.SortStableFunc(all, func(x, y app.PublishedRate) int { return rank(y.Rate) - rank(x.Rate) })
	}
	return all
}

// countyChoices offers the counties.
func countyChoices(v *visit.Visit, chosen string) (all []Choice) {
	all = []Choice{{"", v.Text.T("nation.all_counties"), chosen == ""}}
	for _, c := range locale.SortBy(v.Text, place.Counties(), place.Area.Called) {
		all = append(all, Choice{c.Code, c.Name, c.Code == chosen})
	}
	return all
}

// rank is where a rate stands among others: what has none comes after zero.
func rank(r disclosure.Rate) int {
	if v, ok := r.Value(); ok {
		return int(v) + 1
	}
	if r.State() == disclosure.Masked {
		return 0
	}
	return -1
}

// listOf is the list beside the map.
func listOf(p *locale.Printer, o *app.Overview, order, county string) page.Table {
	t := page.Table{Caption: p.T("nation.list"), Hidden: true, Head: []page.Head{{Text: p.T("nation.municipality")}, {Text: p.T("nation.county")}, {Text: p.T("nation.per"), Number: true},
		{Text: p.T("nation.cases"), Number: true}, {Text: p.T("nation.adults"), Number: true}, {Text: p.T("nation.scope")}}}
	for _, u := range sortedBy(p, o.Units, order) {
		if county != "" && u.County != county {
			continue
		}
		t.Rows = append(t.Rows, rateRow(p, u, o.Figure))
		if order != "varde" {
			for _, part := range o.Parts[u.Unit] {
				t.Rows = append(t.Rows, rateRow(p, part, o.Figure))
			}
		}
	}
	return t
}

func rateRow(p *locale.Printer, u app.PublishedRate, figure int) page.Row {
	name, value, cases, adults, scope := u.Name, whyText(p, u.Rate, app.Why{Taken: u.Taken}), casesText(p, u.Rate), intText(p, u.Adults), scopeBeside(p, u.Rate, u.Scope)
	switch u.Kind {
	case app.PartUnit:
		name = p.T("nation.part_of", "namn", u.Name)
	case app.RestUnit:
		name, value, cases, adults = p.T("nation.part_of", "namn", u.Name), p.T("nation.no_rate"), countText(p, u.Rest), p.T("nation.no_rate")
	case app.CityUnit:
		if parts, ok := u.Rate.Parts(); ok {
			value = p.T("nation.of_parts", "varde", value, "n", parts.Numbers, "av", parts.Of, "procent", parts.Share())
			adults = intText(p, u.Rate.Adults())
		}
	}
	return page.Row{{Text: name, Address: unitAddress(u.Unit, figure), Written: true}, {Text: countyShort(u.County)}, {Text: value}, {Text: cases}, {Text: adults}, {Text: scope}}
}

// Method says in plain words how the figures are made.
func Method(v *visit.Visit) error {
	if _, err := v.App.PublishedYears(v.R.Context()); err != nil {
		return err
	}
	f := open(v, v.Text.T("nation.method_title"))
	parts := []string{"what", "opened", "supported", "goal", "rate", "people", "zero", "cities", "means", "differ", "colour", "gender", "honour", "ifo", "others", "oj", "who", "edition", "source"}
	x := MethodPage{Title: f.Title}
	for _, key := range parts {
		x.Parts = append(x.Parts, Fact{v.Text.T("nation.method_" + key), v.Text.T("nation.method_" + key + "_text")})
	}
	return v.Show("nation-method.html", f, x)
}

// MethodPage is questions and answers.
type MethodPage struct {
	Title string
	Parts []Fact
}

// FilesPage is what can be fetched.
type FilesPage struct {
	Title  string
	All    []Link
	Years  []FileYear
	Sealed page.Table
	Kolada string
}

// FileYear is a year's files.
type FileYear struct {
	Year  string
	Files []Link
}

// Files lists the files of published figures.
func Files(v *visit.Visit) error {
	years, err := v.App.PublishedYears(v.R.Context())
	if err != nil {
		return err
	}
	editions, err := v.App.Editions(v.R.Context())
	if err != nil {
		return err
	}
	p := v.Text
	f := open(v, p.T("nation.files"))
	x := FilesPage{Title: f.Title, All: fileLinks(p, "nyckeltal"), Kolada: "/v3/kpi"}
	for _, y := range years {
		x.Years = append(x.Years, FileYear{yearText(y.Year), fileLinks(p, "nyckeltal-"+yearText(y.Year))})
	}
	x.Sealed = page.Table{Caption: p.T("nation.editions"), Empty: p.T("nation.nothing"), Head: []page.Head{{Text: p.T("nation.edition_word")}, {Text: p.T("nation.published")}, {Text: p.T("nation.reason")}, {Text: p.T("nation.hash")}}}
	for _, e := range editions {
		x.Sealed.Rows = append(x.Sealed.Rows, page.Row{{Text: p.T("nation.edition_short", "ar", yearText(e.Year), "nr", e.Number), Address: sealedAddress + "/" + yearText(e.Year) + "/" + strconv.Itoa(e.Number)},
			{Text: v.Date(e.At)}, {Text: e.Reason, Written: true}, {Text: e.Hash}})
	}
	return v.Show("nation-files.html", f, x)
}

func fileLinks(p *locale.Printer, stem string) (all []Link) {
	for _, ending := range app.FigureFiles {
		all = append(all, Link{fileAddress + "/" + stem + "." + ending, p.T("nation.file_" + ending)})
	}
	return all
}

// File sends a file of published figures.
func File(v *visit.Visit) error {
	f, err := v.App.FigureFile(v.R.Context(), v.R.PathValue("fil"), v.Text)
	if err != nil {
		return err
	}
	return v.Download(f.Name, f.Kind, f.Content)
}

// Sealed sends an edition as it was published.
func Sealed(v *visit.Visit) error {
	year, err := strconv.Atoi(v.R.PathValue("ar"))
	nr, err2 := strconv.Atoi(v.R.PathValue("nr"))
	if err != nil || err2 != nil {
		return fault.New(fault.NotFound, "nation.no_publication")
	}
	body, err := v.App.EditionBody(v.R.Context(), year, nr)
	if err != nil {
		return err
	}
	return v.Download("utgava-"+strconv.Itoa(year)+"-"+strconv.Itoa(nr)+".json", "application/json", body)
}

// Kolada answers clients that are written for Kolada's API.
func Kolada(v *visit.Visit) error {
	scheme := "http://"
	if v.Secure {
		scheme = "https://"
	}
	self := scheme + v.R.Host + "/v3"
	if public := v.App.Public(); public != "" {
		self = public + "/v3"
	}
	a, err := v.App.Kolada(v.R.Context(), v.R.PathValue("fraga"), v.R.URL.Query(), self, v.Text)
	if err != nil {
		return err
	}
	v.W.Header().Set("Content-Type", "application/json; charset=utf-8")
	v.W.WriteHeader(a.Status)
	_, _ = v.W.Write(a.Body)
	return nil
}
