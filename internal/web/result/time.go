package result

import (
	"html/template"
	"strconv"

	"foljsam/internal/app"
	"foljsam/internal/chart"
	"foljsam/internal/codebook"
	"foljsam/internal/disclosure"
	"foljsam/internal/locale"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

// TimePage is how large a share of cases has been closed for each reason, by days.
type TimePage struct {
	Title        string
	Filter       Filter
	Says         []string
	Sentence     string
	Wide, Narrow template.HTML
	Shares       page.Table
	Ended        page.Table
	Method       []Fact
	Closed       string // the closed-only diagram
	Overview     string
	None         *page.Empty
}

// Time shows the cumulative incidence of the reasons for closing.
func Time(v *visit.Visit) error {
	a, err := ask(v)
	if err != nil {
		return err
	}
	a.Where = nil
	c, err := v.App.Incidence(v.R.Context(), v.By(), a)
	if err != nil {
		return err
	}
	p := v.Text
	f := frame(v, p.T("result.time"))
	x := TimePage{Title: f.Title, Filter: filterOf(v, timeAddress, c.Results), Closed: addressOf(figureAddress+"d17", a, nil), Overview: addressOf(Address, a, nil)}
	x.Filter.Time = true
	all := c.Ended.Base(0, 0)
	if len(v.R.URL.Query()["dar"]) > 0 { // never left out in silence
		x.Says = append(x.Says, p.T("result.time_conditions"))
	}
	x.Says = append(x.Says, p.T("result.followed", "n", all.Int(), "till", p.Date(c.Till.Time())))
	if c.Late.IsNumber() && c.Late.Int() > 0 {
		x.Says = append(x.Says, p.T("result.late", "n", c.Late.Int()))
	}
	if all.IsNumber() && all.Int() == 0 {
		x.None = nothing(v, c.Results)
		return v.Show("result-time.html", f, x)
	}
	x.fill(v, c)
	return v.Show("result-time.html", f, x)
}

func (x *TimePage) fill(v *visit.Visit, c *app.Courses) {
	p := v.Text
	cats := c.Ended.Table().Dims[0].Cats
	reasons := len(cats) - 1 // the last is those still open
	x.ended(p, c)
	x.Sentence = courseSentence(p, c)
	x.explain(v, c)
	if few(c.Ended.Base(0, 0)) {
		return // a share of so few is neither said nor drawn
	}
	curve := chart.Course{Title: p.T("result.time"), Says: p.T("result.time_says"), Days: courseDays}
	x.Shares = page.Table{Caption: p.T("result.time_table"), Head: []page.Head{{Text: p.T("result.within")}}}
	open := page.Row{{Text: p.T("result.still_followed")}}
	for i, m := range c.Marks {
		x.Shares.Head = append(x.Shares.Head, page.Head{Text: p.T("result.days", "n", m.Day), Number: true})
		open = append(open, page.Cell{Text: written(p, c.AtRisk.Cell(0, i).Count)})
	}
	for k := range reasons {
		line, row := chart.CourseLine{Name: cats[k].Label.In(p)}, page.Row{{Text: cats[k].Label.In(p)}}
		for _, s := range c.Steps {
			line.Steps = append(line.Steps, chart.CourseStep{Day: s.Day, Share: s.Share[k]})
		}
		for _, m := range c.Marks {
			row = append(row, page.Cell{Text: courseText(p, m.Share[k])})
		}
		curve.Lines, x.Shares.Rows = append(curve.Lines, line), append(x.Shares.Rows, row)
	}
	x.Shares.Rows = append(x.Shares.Rows, open)
	x.Wide = template.HTML(curve.SVG(p, "tid", false))   // our own drawing, every text in it escaped
	x.Narrow = template.HTML(curve.SVG(p, "tids", true)) // the same
}

func (x *TimePage) ended(p *locale.Printer, c *app.Courses) {
	x.Ended = page.Table{Caption: p.T("result.ended"), Head: []page.Head{{Text: p.T("result.ended_how")}, {Text: p.T("matt.antal"), Number: true}}}
	for i, cat := range c.Ended.Table().Dims[0].Cats {
		x.Ended.Rows = append(x.Ended.Rows, page.Row{{Text: cat.Label.In(p)}, {Text: written(p, c.Ended.Cell(0, i).Count)}})
	}
}

// explain says how it is made, and of which cases: those open in the period, not only those that
// came in within it.
func (x *TimePage) explain(v *visit.Visit, c *app.Courses) {
	p := v.Text
	for _, key := range []string{"what", "open", "unknown", "entry", "clients", "interval"} {
		x.Method = append(x.Method, Fact{p.T("result.time_" + key), p.T("result.time_" + key + "_text")})
	}
	x.Method = append(x.Method, Fact{p.T("result.unit"), c.UnitIn(p)}, Fact{p.T("result.period_word"), openIn(p, c.Ask)}, Fact{p.T("result.filter"), p.T("result.time_no_conditions")}, Fact{p.T("result.codebook"), codebookIn(p, c.Book)})
	x.Method = append(x.Method, Fact{p.T("result.base"), p.T("result.time_base_text")}, Fact{p.T("result.missing"), p.T("result.time_unknown_text")})
	x.Method = append(x.Method, Fact{p.T("result.read"), v.When(c.Results.Release.About.Read[1])}, Fact{p.T("result.audience"), p.T("result.audience_text")})
}

// openIn says the period as one in which the cases were open.
func openIn(p *locale.Printer, a app.ResultAsk) string {
	switch {
	case a.From.IsZero() && a.Till.IsZero():
		return p.T("result.open_ever")
	case a.Year() != 0:
		return p.T("result.open_in", "period", strconv.Itoa(a.Year()))
	case a.Till.IsZero():
		return p.T("result.open_from", "fran", p.Date(a.From))
	case a.From.IsZero():
		return p.T("result.open_till", "till", p.Date(a.Till))
	}
	return p.T("result.open_in", "period", p.Date(a.From)+" – "+p.Date(a.Till))
}

// courseDays is where the drawing ends.
const courseDays = 720

// courseSentence says how many reach the goal and how many break off within a year.
func courseSentence(p *locale.Printer, c *app.Courses) string {
	if c.Ended.Base(0, 0).Int() < leastBase {
		return p.T("result.time_few")
	}
	for _, m := range c.Marks {
		if m.Day != sentenceDay || len(m.Share) == 0 || !m.Share[0].Value.IsNumber() {
			continue
		}
		reason := c.Book.Role(codebook.ClosingReason).Codes[0].Label.In(p.Lang())
		return p.T("result.time_sentence", "dagar", strconv.Itoa(m.Day), "orsak", reason, "andel", courseText(p, m.Share[0]))
	}
	return ""
}

// sentenceDay is the day that the sentence is about.
const sentenceDay = 360

func courseText(p *locale.Printer, e disclosure.Estimate) string {
	switch {
	case !e.Value.IsNumber():
		return e.Value.State().Mark()
	case e.Value.Float() == 0:
		return p.Percent(0, 0)
	}
	return p.T("result.span", "andel", percentText(p, e.Value), "lagst", p.Number(e.Low.Float(), 0), "hogst", p.Number(e.High.Float(), 0))
}
