package nation

import (
	"html/template"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"foljsam/internal/app"
	"foljsam/internal/chart"
	"foljsam/internal/disclosure"
	"foljsam/internal/locale"
	"foljsam/internal/place"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

// UnitPage is a unit's series beside what it is compared with.
type UnitPage struct {
	Title     string
	Address   string
	Where     string // county, or the city that it lies in
	Figures   []Choice
	Withs     []Choice
	Chosen    []Group
	Heading   string
	Secret    []string // what a secret year means
	Wide      template.HTML
	Narrow    template.HTML
	Key       []string // what the lines are, for where they have no names
	Series    page.Table
	Breaks    []string
	Group     string // who the group is
	Others    page.Table
	Parts     page.Table
	Sources   []string // of the number of adults
	Overview  string
	OwnChoice bool
}

// Unit shows a unit's series to anyone.
func Unit(v *visit.Visit) error {
	p, q := v.Text, v.R.URL.Query()
	ask := app.CompareAsk{Unit: v.R.PathValue("enhet"), Figure: number(q, "nyckeltal", 1), With: app.With(q.Get("med")), Chosen: chosenIn(q)}
	if ask.With == "" {
		ask.With = app.WithCounty
	}
	c, err := v.App.Compare(v.R.Context(), ask)
	if err != nil {
		return err
	}
	x := UnitPage{Title: c.Name, Address: CompareAddress + "/" + url.PathEscape(c.Unit), Figures: figureChoices(p, c.Figure), Where: whereText(p, c), Overview: CompareAddress + "?nyckeltal=" + strconv.Itoa(c.Figure)}
	for _, w := range app.Withs {
		x.Withs = append(x.Withs, Choice{string(w), p.T("nation.with_" + string(w)), w == c.With})
	}
	x.Chosen, x.OwnChoice = municipalities(p, c.Chosen...), c.With == app.WithChosen
	x.Heading = p.T("nation.unit_heading", "nyckeltal", figureName(p, c.Figure))
	x.fill(p, c)
	f := open(v, x.Title+" – "+p.T("nation.title"))
	f.Synthetic = f.Synthetic || c.Synthetic
	return v.Show("nation-unit.html", f, x)
}

// chosenIn reads the units that are compared with: several fields, or one with commas between.
func chosenIn(q url.Values) (all []string) {
	for _, text := range q["valda"] {
		for code := range strings.SplitSeq(text, ",") {
			if place.IsUnit(strings.TrimSpace(code)) {
				all = append(all, strings.TrimSpace(code))
			}
		}
	}
	return all
}

func whereText(p *locale.Printer, c *app.Comparison) string {
	county := countyName(place.CountyOf(c.Unit))
	switch c.Kind {
	case app.PartUnit, app.RestUnit:
		return p.T("nation.in_city", "stad", place.NameOf(place.MunicipalityOf(c.Unit)), "lan", county)
	case app.CityUnit:
		return p.T("nation.is_city", "lan", county)
	}
	return county
}

func (x *UnitPage) fill(p *locale.Printer, c *app.Comparison) {
	group := p.T("nation.group_" + string(c.With))
	x.Group = groupText(p, c)
	s := chart.RateSeries{Title: x.Heading + ": " + c.Name, Years: c.Years, Name: c.Name, Beside: group, Named: c.With == app.WithChosen}
	for _, y := range c.Own {
		s.Own = append(s.Own, y.Rate)
	}
	for _, g := range c.Group {
		s.Group = append(s.Group, g.Sum)
	}
	for _, o := range c.Others {
		s.Others = append(s.Others, chart.NamedRates{Name: o.Name, Rates: o.Years})
	}
	for _, b := range c.Breaks {
		s.Breaks = append(s.Breaks, b.Year)
		x.Breaks = append(x.Breaks, breakText(p, b))
	}
	x.Wide, x.Narrow = template.HTML(s.SVG(p, "serie", false)), template.HTML(s.SVG(p, "smal", true)) // our own drawing, every text in it escaped
	x.Key = keyText(p, c, group)
	x.Secret = secretText(p, c)
	x.Series = seriesTable(p, c, group)
	x.Others = othersTable(p, p.T("nation.others"), c, c.Others)
	x.Parts = othersTable(p, p.T("nation.parts"), c, c.Parts)
	x.Sources = sourceTexts(p, c)
}

func groupText(p *locale.Printer, c *app.Comparison) string {
	switch c.With {
	case app.WithCounty:
		return p.T("nation.group_lan_text", "lan", countyName(place.CountyOf(c.Unit)), "n", len(c.Members))
	case app.WithSize:
		return p.T("nation.group_storlek_text", "n", app.NearestInSize/2)
	case app.WithNation:
		return p.T("nation.group_riket_text")
	}
	return p.T("nation.group_valda_text", "n", len(c.Members))
}

func keyText(p *locale.Printer, c *app.Comparison, group string) (all []string) {
	all = []string{p.T("nation.key_own", "namn", c.Name)}
	if len(c.Group) > 0 {
		all = append(all, p.T("nation.key_group", "grupp", group))
	}
	if len(c.Others) > 0 {
		all = append(all, p.T("nation.key_others"))
	}
	all = append(all, p.T("nation.key_marks"))
	if len(c.Breaks) > 0 {
		all = append(all, p.T("nation.key_breaks"))
	}
	return all
}

// secretText says what is known of a year that is secret: that it is 1-4 cases, and the span.
func secretText(p *locale.Printer, c *app.Comparison) (all []string) {
	for _, y := range c.Own {
		if low, high, ok := y.Rate.Span(); ok {
			all = append(all, p.T("nation.secret_year", "ar", yearText(y.Year), "lagst", p.Number(low.Float(), 2), "hogst", p.Number(high.Float(), 2)))
		}
	}
	return all
}

func breakText(p *locale.Printer, b app.Break) string {
	was, is := b.Was, b.Is
	if b.Key == "omfattning" {
		was, is = p.T("nation.scope_"+b.Was), p.T("nation.scope_"+b.Is)
	}
	return p.T("nation.break_"+b.Key, "ar", yearText(b.Year), "var", was, "ar_nu", is)
}

// seriesTable is the series in numbers, the last year first.
func seriesTable(p *locale.Printer, c *app.Comparison, group string) page.Table {
	t := page.Table{Caption: p.T("nation.series"), Head: []page.Head{{Text: p.T("nation.year")}, {Text: p.T("nation.per"), Number: true}, {Text: p.T("nation.cases"), Number: true},
		{Text: p.T("nation.adults"), Number: true}, {Text: p.T("nation.scope")}, {Text: p.T("nation.edition_word"), Number: true}}}
	if len(c.Group) > 0 {
		t.Head = append(t.Head, page.Head{Text: p.T("nation.group_rate", "grupp", group), Number: true}, page.Head{Text: p.T("nation.group_of"), Number: true})
	}
	for i, y := range slices.Backward(c.Own) {
		value, adults := whyText(p, y.Rate, y.Why), y.Rate.Adults()
		if low, high, ok := y.Rate.Span(); ok {
			value = p.T("nation.secret_span", "lagst", p.Number(low.Float(), 2), "hogst", p.Number(high.Float(), 2))
		}
		if parts, ok := y.Rate.Parts(); ok {
			value = p.T("nation.of_parts", "varde", value, "n", parts.Numbers, "av", parts.Of, "procent", parts.Share())
		}
		if adults == 0 {
			adults = y.Adults
		}
		row := page.Row{{Text: yearText(y.Year)}, {Text: value}, {Text: casesText(p, y.Rate)}, {Text: intText(p, adults)}, {Text: scopeBeside(p, y.Rate, y.Scope)}, {Text: strconv.Itoa(y.Edition)}}
		if len(c.Group) > 0 {
			g := c.Group[i]
			rate := p.T("nation.missing_mark")
			if g.Numbers > 0 {
				rate = p.Number(g.Rate.Float(), 2)
			}
			row = append(row, page.Cell{Text: rate}, page.Cell{Text: p.T("nation.n_of", "n", g.Numbers, "av", g.Of)})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// othersTable is others' rates by year.
func othersTable(p *locale.Printer, caption string, c *app.Comparison, all []app.OtherRate) page.Table {
	t := page.Table{Caption: caption, Hidden: true, Head: []page.Head{{Text: p.T("nation.municipality")}}}
	for _, year := range c.Years {
		t.Head = append(t.Head, page.Head{Text: yearText(year), Number: true})
	}
	for _, o := range all {
		row := page.Row{{Text: o.Name, Address: unitAddress(o.Unit, c.Figure), Written: true}}
		for i, r := range o.Years {
			text := whyText(p, r, o.Whys[i])
			if o.Kind == app.RestUnit && o.Whys[i] == (app.Why{}) {
				text = restText(p, o.Counts[i])
			}
			row = append(row, page.Cell{Text: text})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// restText writes what a city reports for no district: a number of cases, no rate.
func restText(p *locale.Printer, c disclosure.Count) string {
	if n, ok := c.Number(); ok {
		return p.T("nation.n_cases", "n", n)
	}
	return countText(p, c)
}

// sourceTexts says where the numbers of adults come from, years with the same together.
func sourceTexts(p *locale.Printer, c *app.Comparison) (all []string) {
	last := ""
	for _, y := range c.Own {
		if y.Adults == 0 {
			continue
		}
		method := y.Method
		if method == "" {
			method = "fil"
		}
		text := p.T("nation.people_"+method, "tabell", y.Table)
		if y.Reason != "" {
			text = p.T("nation.people_egen", "tabell", y.Table) + " " + p.T("nation.people_reason", "skal", y.Reason)
		}
		if text != last {
			all = append(all, p.T("nation.people_from", "ar", yearText(y.Year), "text", text))
		}
		last = text
	}
	return all
}
