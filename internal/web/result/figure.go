package result

import (
	"bytes"
	"math"
	"net/url"
	"slices"
	"strings"

	"foljsam/internal/app"
	"foljsam/internal/chart"
	"foljsam/internal/codebook"
	"foljsam/internal/disclosure"
	"foljsam/internal/fault"
	"foljsam/internal/locale"
	"foljsam/internal/query"
	"foljsam/internal/report"
	"foljsam/internal/web/page"
	"foljsam/internal/web/visit"
)

// FigurePage is one diagram, with all that it answers for itself with.
type FigurePage struct {
	Title    string
	Filter   Filter
	Says     []string
	Card     Card
	Beside   *page.Table // the period before
	Earlier  string
	Caveat   *page.Link // one click behind
	Overview string
	Answered *Card // who has answered, where the figure is of the survey's answers
	Next     []page.Link
	Marks    []Fact
	None     *page.Empty
	Kept     Notes
	Order    *page.OrderForm // nil: the reader may not order
}

// Figure shows one table of the report of one's own cases.
func Figure(v *visit.Visit) error {
	a, err := ask(v)
	if err != nil {
		return err
	}
	id := v.R.PathValue("figur")
	r, err := figureOf(v, a, id)
	if err != nil {
		return err
	}
	c, ok := cardOf(v, r, id)
	if !ok {
		return fault.New(fault.NotFound, "result.no_figure")
	}
	f := frame(v, c.Title)
	x := FigurePage{Title: c.Title, Filter: filterOf(v, figureAddress+id, r), Says: says(v, r), Card: c, Overview: addressOf(Address, a, nil), None: noCases(v, r), Marks: marks(v.Text)}
	if id == "d16" || id == "d17" {
		x.Caveat = &page.Link{Address: addressOf(timeAddress, app.ResultAsk{Unit: a.Unit, From: a.From, Till: a.Till}, nil), Text: v.Text.T("result.to_time")}
	}
	if from, till, ok := r.Earlier(); ok && x.None == nil {
		x.Beside = besideTable(v.Text, r, id)
		x.Earlier = app.ResultAsk{From: from, Till: till}.PeriodIn(v.Text)
	}
	x.Next, x.Answered = neighbours(v, r, id), answeredCard(v, r, id)
	if x.Kept, err = notes(v, c.Title, r); err != nil {
		return err
	}
	x.Kept.tell(v, &f)
	x.Order = v.OrderForm(&f, x.Title, x.Kept.Unit)
	return v.Show("result-figure.html", f, x)
}

func figureOf(v *visit.Visit, a app.ResultAsk, id string) (*app.Results, error) {
	r, err := v.App.Results(v.R.Context(), v.By(), a, withAnswered(id)...)
	if err == nil && r.Release.Table("", id) == nil {
		err = fault.New(fault.NotFound, "result.no_figure")
	}
	return r, err
}

// neighbours leads to the diagram before and the one after.
func neighbours(v *visit.Visit, r *app.Results, id string) (all []page.Link) {
	for n := 1; n <= diagrams; n++ {
		if diagramID(n) != id {
			continue
		}
		if n > 1 {
			all = append(all, page.Link{Address: addressOf(figureAddress+diagramID(n-1), r.Ask, nil), Text: v.Text.T("result.diagram_before")})
		}
		if n < diagrams {
			all = append(all, page.Link{Address: addressOf(figureAddress+diagramID(n+1), r.Ask, nil), Text: v.Text.T("result.diagram_after")})
		}
	}
	return all
}

// besideTable puts the period beside the one before; nil where the table is none of shares of
// one dimension, or no case was in it before.
func besideTable(p *locale.Printer, r *app.Results, id string) *page.Table {
	s, apart := r.Beside(id)
	if s == nil || len(s.Table().Dims) != 1 || s.Base(1, 0).IsNumber() && s.Base(1, 0).Int() == 0 {
		return nil // nothing to stand beside
	}
	t := &page.Table{Caption: p.T("result.beside"), Hidden: true, Head: []page.Head{{Text: s.Table().Dims[0].Label.In(p)}}}
	for u := range s.Split().Units {
		name := s.Split().Units[u].Label.In(p)
		t.Head = append(t.Head, page.Head{Text: p.T("result.beside_of", "period", name, "n", written(p, s.Base(u, 0))), Number: true})
	}
	t.Head = append(t.Head, page.Head{Text: p.T("result.difference"), Number: true})
	for i, c := range s.Table().Dims[0].Cats {
		row := page.Row{{Text: c.Label.In(p)}}
		for u := range s.Split().Units {
			row = append(row, page.Cell{Text: shareText(p, s.Cell(u, i), s.Base(u, 0))})
		}
		t.Rows = append(t.Rows, append(row, page.Cell{Text: besideText(p, s, i, apart[i])}))
	}
	return t
}

// besideText writes how far the shares of two periods are apart as they are shown, as the board's
// paper does.
func besideText(p *locale.Printer, s *disclosure.Released, at int, e disclosure.Estimate) string {
	if e.Value.IsNumber() && !few(s.Base(0, 0)) && !few(s.Base(1, 0)) {
		return p.T("result.points", "skillnad", signed(p, report.SubtractShown(s.Cell(0, at).Share, s.Cell(1, at).Share)), "lagst", signed(p, e.Low.Float()), "hogst", signed(p, e.High.Float()))
	}
	return pointsText(p, e, true)
}

// leastBase is the base under which percent says more than the cases can carry: the report's.
const leastBase = 20

func few(v disclosure.Value) bool { return !v.IsNumber() || v.Int() < leastBase }

// shareText writes "57 % (171)"; of a few only how many.
func shareText(p *locale.Printer, c disclosure.Cell, base disclosure.Value) string {
	if few(base) || !c.Share.IsNumber() {
		return written(p, c.Count)
	}
	return p.T("result.share", "andel", percentText(p, c.Share), "antal", written(p, c.Count))
}

// percentText writes a whole percent with halves up, as the diagrams do: a table beside one never says
// another percent of the same cases.
func percentText(p *locale.Printer, v disclosure.Value) string {
	switch {
	case !v.IsNumber():
		return v.State().Mark()
	case v.Float() > 0 && v.Float() < 0.5:
		return "<" + p.Percent(1, 0)
	}
	return p.Percent(chart.HalfUp(v.Float()), 0)
}

// pointsText writes a difference in percentage points with its interval.
func pointsText(p *locale.Printer, e disclosure.Estimate, scarce bool) string {
	switch {
	case !e.Value.IsNumber():
		return e.Value.State().Mark()
	case scarce:
		return p.T("result.few")
	}
	return p.T("result.points", "skillnad", signed(p, e.Value.Float()), "lagst", signed(p, e.Low.Float()), "hogst", signed(p, e.High.Float()))
}

// signed writes a number with a true minus sign and one decimal, never minus zero.
func signed(p *locale.Printer, f float64) string {
	s := p.Number(math.Round(10*max(f, -f))/10, 1)
	if f < 0 && s != p.Number(0, 1) {
		return "\u2212" + s
	}
	return s
}

// fileLinks leads to the files of a table.
func fileLinks(v *visit.Visit, base string, a app.ResultAsk, more url.Values) (all []page.Link) {
	for _, ending := range append(slices.Clone(app.ResultFiles), "svg", "png") {
		all = append(all, page.Link{Address: addressOf(base+ending, a, more), Text: v.Text.T("result.file_" + ending)})
	}
	return all
}

// FigureFile sends a table as a file.
func FigureFile(v *visit.Visit) error {
	a, err := ask(v)
	if err != nil {
		return err
	}
	id := v.R.PathValue("figur")
	r, err := figureOf(v, a, id)
	if err != nil {
		return err
	}
	return sendFile(v, r, id)
}

// sendFile sends a table of a release; what it is drawn as is drawn here.
func sendFile(v *visit.Visit, r *app.Results, id string) error {
	kind := v.R.PathValue("slag")
	if err := v.App.TookResult(v.R.Context(), v.By()); err != nil {
		return err
	}
	if kind == "svg" || kind == "png" {
		r.Tell(v.Text)
		return sendDrawing(v, r.FileName(id, kind), kind, chart.Of(r.Release.Table("", id), 0, v.Text).SVG(chart.View{Prefix: "bild", Titled: true}))
	}
	f, err := r.File(id, kind, v.Text)
	if err != nil {
		return err
	}
	return v.Download(f.Name, f.Kind, f.Content)
}

// sendDrawing sends a drawing as it is, or as a picture of dots made of it.
func sendDrawing(v *visit.Visit, name, kind, svg string) error {
	if kind == "svg" {
		return v.Download(name, "image/svg+xml", []byte(svg))
	}
	var b bytes.Buffer
	if err := chart.WritePNG(&b, svg); err != nil {
		return err
	}
	return v.Download(name, "image/png", b.Bytes())
}

// explained is what a figure is: definition, base, N, missing, filter, codebook, when read.
func explained(v *visit.Visit, r *app.Results, s report.Shown, t *query.Table) (all []Fact) {
	p := v.Text
	add := func(key, text string) {
		if text != "" {
			all = append(all, Fact{p.T(key), text})
		}
	}
	for _, d := range t.Dims {
		if x := variableOf(r.Book, d.ID); x != nil {
			add("result.definition", definitionOf(p, x))
		}
	}
	add("result.base", s.Base)
	add("result.missing", s.Missing)
	add("result.unit", r.UnitIn(p))
	add("result.period_word", r.Ask.PeriodIn(p))
	add("result.filter", r.ConditionsIn(p))
	if len(s.Rules) > 0 {
		add("result.rule", p.T("result.rule_text", "regel", strings.Join(s.Rules, " ; ")))
	}
	add("result.codebook", codebookIn(p, r.Book))
	add("result.read", v.When(r.Release.About.Read[1]))
	add("result.audience", p.T("result.audience_text"))
	return all
}

// definitionOf is what the codebook says of a variable: its label, its question and its help, each a
// sentence of its own.
func definitionOf(p *locale.Printer, x *codebook.Variable) string {
	question := strings.TrimSpace(x.Question.In(p.Lang()))
	if question != "" && !strings.ContainsAny(question[len(question)-1:], ".?!:") {
		question += "."
	}
	return strings.TrimSpace(p.T("result.asked", "variabel", x.Label.In(p.Lang()), "fraga", question) + " " + x.Help.In(p.Lang()))
}

// marks says what stands where there is no number.
func marks(p *locale.Printer) []Fact {
	return []Fact{{p.Int(0), p.T("result.mark_zero")}, {disclosure.Masked.Mark(), p.T("result.mark_masked")},
		{disclosure.Missing.Mark(), p.T("result.mark_missing")}, {disclosure.NotApplicable.Mark(), p.T("result.mark_none")}}
}
