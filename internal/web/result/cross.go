package result

import (
	"html/template"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"foljsam/internal/app"
	"foljsam/internal/chart"
	"foljsam/internal/codebook"
	"foljsam/internal/disclosure"
	"foljsam/internal/locale"
	"foljsam/internal/query"
	"foljsam/internal/report"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

// CrossPage is a free cross table.
type CrossPage struct {
	Title        string
	Filter       Filter
	Says         []string
	Wide, Narrow template.HTML
	Base         string
	Missing      string
	Notes        []string
	Few          bool   // in every row: no share is shown
	Left         string // rows of too few
	Counts       page.Table
	OfRow        page.Table
	OfColumn     page.Table
	Against      page.Table
	Tests        []string
	Looks        string
	AskTest      string // address of the same with tests
	Turned       string // address of the same with rows and columns changed
	Files        []page.Link
	Facts        []Fact
	Marks        []Fact
	Overview     string
	None         *page.Empty
	Kept         Notes
	Order        *page.OrderForm // nil: the reader may not order
}

// crossed reads which variables are crossed: violence's degree by honour where it is not said.
func crossed(v *visit.Visit) (rows, columns string, more url.Values) {
	q := v.R.URL.Query()
	rows, columns = q.Get("rader"), q.Get("kolumner")
	cb := v.App.Codebook()
	if rows == "" {
		rows = nameOf(cb, codebook.Honour)
	}
	if columns == "" {
		if columns = nameOf(cb, codebook.Severity); columns == rows {
			columns = nameOf(cb, codebook.Honour)
		}
	}
	more = url.Values{"rader": {rows}, "kolumner": {columns}}
	if q.Get("prova") == "ja" {
		more.Set("prova", "ja")
	}
	return rows, columns, more
}

func nameOf(cb *codebook.Codebook, r codebook.Role) string {
	if x := cb.Role(r); x != nil {
		return "v" + strconv.Itoa(x.Number)
	}
	return "alder"
}

// Cross shows any two variables of one's own cases.
func Cross(v *visit.Visit) error {
	a, err := ask(v)
	if err != nil {
		return err
	}
	rows, columns, more := crossed(v)
	c, err := v.App.CrossTable(v.R.Context(), v.By(), a, rows, columns, more.Get("prova") == "ja")
	if err != nil {
		return err
	}
	p := v.Text
	f := frame(v, p.T("result.cross"))
	t := c.Rows.Table()
	x := CrossPage{Title: t.Title.In(p), Says: says(v, c.Results), None: noCases(v, c.Results), Marks: marks(p), Overview: addressOf(Address, a, nil)}
	f.Title = x.Title
	x.Filter = filterOf(v, crossAddress, c.Results)
	x.Filter.Cross, x.Filter.Rows, x.Filter.Columns, x.Filter.Test = true, variableChoices(p, c.Book, rows), variableChoices(p, c.Book, columns), more.Get("prova") == "ja"
	turned := url.Values{"rader": {columns}, "kolumner": {rows}}
	x.Turned = addressOf(crossAddress, a, turned)
	if x.None != nil && x.None.Link != nil && x.None.Link.Address == crossAddress { // the same table, of all cases
		x.None.Link.Address = addressOf(crossAddress, app.ResultAsk{}, more)
	}
	if x.None == nil {
		x.fill(v, c)
		x.Files = fileLinks(v, crossAddress+"/fil/", a, more)
		if !x.Filter.Test && !c.Overlap {
			x.AskTest = addressOf(crossAddress, a, url.Values{"rader": {rows}, "kolumner": {columns}, "prova": {"ja"}}) + "#slump"
		}
	}
	if x.Kept, err = notes(v, x.Title, c.Results); err != nil {
		return err
	}
	x.Kept.tell(v, &f)
	x.Order = v.OrderForm(&f, x.Title, x.Kept.Unit)
	return v.Show("result-cross.html", f, x)
}

func (x *CrossPage) fill(v *visit.Visit, c *app.Crossed) {
	p, t := v.Text, c.Rows.Table()
	s, _ := report.Show(c.Results.Release, t.ID, p)
	s.Base, s.Missing = crossBase(p, c) // the report's own table of the two may have fewer rows
	x.Wide, x.Narrow, x.Base, x.Missing, x.Notes = s.Wide, s.Narrow, s.Base, s.Missing, s.Notes
	x.Facts = explained(v, c.Results, s, t)
	d := chart.Of(c.Rows, 0, p)
	x.Notes = append(x.Notes, slices.DeleteFunc(slices.Clone(d.Notes), func(n string) bool { return t.Multiple && n == p.T("chart.multiple") })...) // said already
	slices.Sort(x.Notes)
	x.Notes = slices.Compact(x.Notes)
	if h := c.Book.Role(codebook.Honour); h != nil && (variableOf(c.Book, t.Dims[0].ID) == h || variableOf(c.Book, t.Dims[1].ID) == h) {
		x.Notes = append(x.Notes, p.T("result.cross_honour"))
	}
	if c.Overlap {
		x.Notes = append(x.Notes, p.T("result.overlap"))
	}
	x.Counts = grid(p, p.T("result.counts"), t, func(i int) string { return written(p, c.Rows.Cell(0, i).Count) })
	x.OfRow = grid(p, p.T("result.of_row"), t, func(i int) string { return spanText(p, c.OfRow[i], c.Rows.BaseOf(0, i)) })
	x.OfColumn = grid(p, p.T("result.of_column"), t, func(i int) string {
		return spanText(p, c.OfColumn[i], c.Columns.Base(0, i%len(t.Dims[1].Cats)))
	})
	x.Against = grid(p, p.T("result.against"), t, func(i int) string { return pointsText(p, c.Against[i], few(c.Rows.BaseOf(0, i)) || few(c.Others[i])) })
	x.Counts.Hidden, x.Against.Hidden = true, true // headings say the same
	x.leaveOutFew(p, c)
	x.sums(p, c)
	x.test(p, c)
	if x.Few = allFew(c); x.Few {
		x.Wide, x.Narrow, x.Notes = "", "", nil // nor is it drawn
	}
}

// leaveOutFew leaves out the rows that are of too few for shares, and says which they are.
func (x *CrossPage) leaveOutFew(p *locale.Printer, c *app.Crossed) {
	t := c.Rows.Table()
	var left []string
	var ofRow, against []page.Row
	for i, cat := range t.Dims[0].Cats {
		if few(c.Rows.BaseOf(0, t.Index(i, 0))) {
			left = append(left, cat.Label.In(p))
			continue
		}
		ofRow, against = append(ofRow, x.OfRow.Rows[i]), append(against, x.Against.Rows[i])
	}
	x.OfRow.Rows, x.Against.Rows = ofRow, against
	if len(left) > 0 {
		x.Left = p.T("result.cross_left", "lista", strings.Join(left, ", "))
	}
}

// allFew tells whether every row and every column is of so few that no share is said.
func allFew(c *app.Crossed) bool {
	t := c.Rows.Table()
	for i := range t.Dims[0].Cats {
		if !few(c.Rows.BaseOf(0, t.Index(i, 0))) {
			return false
		}
	}
	for j := range t.Dims[1].Cats {
		if !few(c.Columns.Base(0, j)) {
			return false
		}
	}
	return true
}

// crossBase says in how many cases both are registered, and in how many not.
func crossBase(p *locale.Printer, c *app.Crossed) (base, missing string) {
	if !c.Both.IsNumber() || !c.Cases.IsNumber() {
		return p.T("result.cross_base_hidden"), ""
	}
	base = p.T("result.cross_base", "n", c.Both.Int())
	if left := c.Cases.Int() - c.Both.Int(); left > 0 {
		missing = p.T("result.cross_missing", "n", left)
	}
	return base, missing
}

// grid is a table of one row for each category of the first dimension.
func grid(p *locale.Printer, caption string, t *query.Table, cell func(i int) string) page.Table {
	g := page.Table{Caption: caption, Head: []page.Head{{Text: t.Dims[0].Label.In(p)}}}
	for _, c := range t.Dims[1].Cats {
		g.Head = append(g.Head, page.Head{Text: c.Label.In(p), Number: true})
	}
	for i, c := range t.Dims[0].Cats {
		row := page.Row{{Text: c.Label.In(p)}}
		for j := range t.Dims[1].Cats {
			row = append(row, page.Cell{Text: cell(t.Index(i, j))})
		}
		g.Rows = append(g.Rows, row)
	}
	return g
}

// sums puts each row's base last in the counts, and each column's under them.
func (x *CrossPage) sums(p *locale.Printer, c *app.Crossed) {
	t := c.Rows.Table()
	x.Counts.Head = append(x.Counts.Head, page.Head{Text: p.T("result.row_base"), Number: true})
	for i := range x.Counts.Rows {
		x.Counts.Rows[i] = append(x.Counts.Rows[i], page.Cell{Text: written(p, c.Rows.BaseOf(0, t.Index(i, 0)))})
	}
	last := page.Row{{Text: p.T("result.column_base")}}
	for j := range t.Dims[1].Cats {
		last = append(last, page.Cell{Text: written(p, c.Columns.Base(0, j))})
	}
	x.Counts.Rows = append(x.Counts.Rows, append(last, page.Cell{Text: written(p, c.Both)}))
}

// spanText writes a share with its interval; of a few only that they are few.
func spanText(p *locale.Printer, e disclosure.Estimate, base disclosure.Value) string {
	switch {
	case !e.Value.IsNumber():
		return e.Value.State().Mark()
	case few(base):
		return p.T("result.few")
	}
	return p.T("result.span", "andel", percentText(p, e.Value), "lagst", p.Number(e.Low.Float(), 0), "hogst", p.Number(e.High.Float(), 0))
}

// chance is the level under which a difference is hardly by chance.
const chance = 0.05

// test says in words whether the rows differ more than chance would make them.
func (x *CrossPage) test(p *locale.Printer, c *app.Crossed) {
	if !x.Filter.Test {
		return
	}
	t := c.Rows.Table()
	for _, one := range c.Tests {
		x.Tests = append(x.Tests, testText(p, t, one))
	}
	switch {
	case c.Overlap:
		x.Tests = []string{p.T("result.test_overlap")}
	case len(c.Tests) == 0:
		x.Tests = []string{p.T("result.test_none")}
	default:
		x.Looks = p.T("result.looks", "n", len(c.Tests))
	}
}

func testText(p *locale.Printer, t *query.Table, one app.Tested) string {
	if !one.Holm.Value.IsNumber() {
		return one.Holm.Value.State().Mark()
	}
	key := "result.test_chance"
	if one.Holm.Value.Float() < chance {
		key = "result.test_differ"
	}
	what := p.T("result.test_all")
	if one.Column >= 0 {
		what = p.T("result.test_column", "svar", t.Dims[1].Cats[one.Column].Label.In(p))
	}
	return p.T(key, "vad", what, "p", probability(p, one.Holm.Value.Float()), "metod", p.T(one.P.Method))
}

func probability(p *locale.Printer, f float64) string {
	if f < 0.001 {
		return "< " + p.Number(0.001, 3)
	}
	return "= " + p.Number(f, 3)
}

// CrossFile sends a cross table as a file.
func CrossFile(v *visit.Visit) error {
	a, err := ask(v)
	if err != nil {
		return err
	}
	rows, columns, _ := crossed(v)
	c, err := v.App.CrossTable(v.R.Context(), v.By(), a, rows, columns, false)
	if err != nil {
		return err
	}
	return sendFile(v, c.Results, c.Rows.ID())
}
