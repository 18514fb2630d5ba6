package report

import (
	"fmt"
	"html"
	"slices"
	"strings"

	"foljsam/internal/codebook"
	"foljsam/internal/disclosure"
	"foljsam/internal/locale"
	"foljsam/internal/query"
)

// most is how many groups stand beside each other in a table; more stand under each other.
const most = 3

// difference is how much two groups differ in one row, in percentage points.
type difference struct {
	label            string
	value, low, high float64
}

// sheet writes one released table of one unit as an HTML table. It writes whole texts
// only, every one escaped.
type sheet struct {
	strings.Builder
	teller
	differences []difference
	scarce      bool
}

func (s *sheet) put(parts ...string) {
	for _, p := range parts {
		s.WriteString(p)
	}
}

func (s *sheet) cell(tag, attributes, text string) {
	s.put("<", tag, attributes, ">", html.EscapeString(text), "</", tag, ">")
}

// write gives the whole table; id names what the caption is.
func (s *sheet) write(caption string) string {
	x := s.r.Table()
	s.put("<table>")
	s.cell("caption", "", caption)
	switch {
	case x.Kind == query.Means:
		s.means()
	case len(x.Dims) == 1:
		s.one()
	case x.BaseDims == 2:
		s.profile()
	case len(x.Dims[0].Cats) <= most:
		s.beside()
	default:
		s.under()
	}
	s.put("</table>")
	return s.String()
}

func (s *sheet) head(words ...string) {
	s.put("<thead><tr>")
	for i, w := range words {
		if i == 0 {
			s.cell("th", ` scope="col"`, w)
		} else {
			s.cell("th", ` scope="col" class="n"`, w)
		}
	}
	s.put("</tr></thead><tbody>")
}

func (s *sheet) label(text string) { s.cell("th", ` scope="row"`, text) }

func (s *sheet) count(v disclosure.Value) { s.cell("td", ` class="n"`, written(s.p, v)) }

// share writes the percent, or says that the cases are few.
func (s *sheet) share(v, base disclosure.Value) {
	switch {
	case !v.IsNumber():
		s.cell("td", ` class="n"`, v.State().Mark())
	case base.IsNumber() && base.Int() < few:
		s.scarce = true
		s.cell("td", ` class="n few"`, s.p.T("report.few"))
	default:
		s.cell("td", ` class="n"`, shown(s.p, v.Float(), 1))
	}
}

// foot writes the groups' bases under their counts.
func (s *sheet) foot(compared bool, bases ...disclosure.Value) {
	s.put("</tbody><tfoot><tr>")
	s.label(s.p.T("report.base"))
	for _, v := range bases {
		s.count(v)
		s.put("<td></td>")
	}
	if compared {
		s.put("<td></td>")
	}
	s.put("</tr></tfoot>")
}

// one is a table of one dimension. Where the cases are few it has no percent.
func (s *sheet) one() {
	d := s.r.Table().Dims[0]
	base := s.r.Base(s.unit, 0)
	heads := []string{d.Label.In(s.p), s.p.T("report.count"), s.p.T("report.percent")}
	short := base.IsNumber() && base.Int() > 0 && base.Int() < few
	if short {
		heads = heads[:2]
	}
	s.head(heads...)
	for i, c := range d.Cats {
		cell := s.r.Cell(s.unit, i)
		s.put("<tr>")
		s.label(c.Label.In(s.p))
		s.count(cell.Count)
		if !short {
			s.share(cell.Share, base)
		}
		s.put("</tr>")
	}
	s.put("</tbody><tfoot><tr>")
	s.label(s.p.T("report.base"))
	s.count(base)
	if !short {
		s.put("<td></td>")
	}
	s.put("</tr></tfoot>")
}

// means is a table of means in groups.
func (s *sheet) means() {
	d := s.r.Table().Dims[0]
	s.head(d.Label.In(s.p), s.p.T("report.cases"), s.p.T("report.mean"))
	for i, c := range d.Cats {
		cell := s.r.Cell(s.unit, i)
		s.put("<tr>")
		s.label(c.Label.In(s.p))
		s.count(cell.Count)
		s.share(cell.Share, cell.Count)
		s.put("</tr>")
	}
	s.put("</tbody>")
}

// beside is a table of a few groups: each group two columns, and their difference when
// they are two.
func (s *sheet) beside() {
	x := s.r.Table()
	groups, rows := x.Dims[0], x.Dims[1]
	compared := len(groups.Cats) == 2
	names, difference := groupNames(s.r, s.p), ""
	if compared {
		difference = s.p.T("report.difference_to", "first", names[0], "second", names[1])
	}
	s.groupHead(rows.Label.In(s.p), names, difference)
	for i, c := range rows.Cats {
		s.put("<tr>")
		s.label(c.Label.In(s.p))
		for g := range groups.Cats {
			cell := s.r.Cell(s.unit, x.Index(g, i))
			s.count(cell.Count)
			s.share(cell.Share, s.r.Base(s.unit, g))
		}
		if compared {
			s.interval(c.Label.In(s.p), s.at(x.Index(0, i)), s.at(x.Index(1, i)))
		}
		s.put("</tr>")
	}
	var bases []disclosure.Value
	for g := range groups.Cats {
		bases = append(bases, s.r.Base(s.unit, g))
	}
	s.foot(compared, bases...)
}

// groupHead writes a head of two rows: the groups, count and percent for each, and what
// the difference is called if there is one.
func (s *sheet) groupHead(rows string, groups []string, difference string) {
	s.put("<thead><tr>")
	s.cell("th", ` scope="col" rowspan="2"`, rows)
	for _, g := range groups {
		s.cell("th", ` scope="colgroup" colspan="2" class="g"`, g)
	}
	if difference != "" {
		s.cell("th", ` scope="col" rowspan="2" class="n"`, difference)
	}
	s.put("</tr><tr>")
	for range groups {
		s.cell("th", ` scope="col" class="n"`, s.p.T("report.count"))
		s.cell("th", ` scope="col" class="n"`, s.p.T("report.percent"))
	}
	s.put("</tr></thead><tbody>")
}

// under is a table of many groups, one in each row.
func (s *sheet) under() {
	x := s.r.Table()
	groups, columns := x.Dims[0], x.Dims[1]
	of := s.cellFigure()
	s.underHead(of != nil)
	for g, c := range groups.Cats {
		s.put("<tr>")
		s.label(nameOf(s.r, groups, c, s.p))
		s.count(s.r.Base(s.unit, g))
		for i := range columns.Cats {
			cell := s.r.Cell(s.unit, x.Index(g, i))
			s.count(cell.Count)
			s.share(cell.Share, s.r.Base(s.unit, g))
			if of != nil {
				s.count(of[x.Index(g, i)])
			}
		}
		s.put("</tr>")
	}
	s.put("</tbody>")
}

// cellFigure gives a further figure that has a value for each cell, nil if there is none.
func (s *sheet) cellFigure() []disclosure.Value {
	x := s.r.Table()
	for _, f := range x.Figures {
		if len(f.At) == x.Size() {
			return s.r.Figure(s.unit, f.ID)
		}
	}
	return nil
}

// underHead writes the heads of a table of many groups.
func (s *sheet) underHead(further bool) {
	x := s.r.Table()
	words := []string{s.p.T("report.count"), s.p.T("report.percent")}
	if further {
		words = append(words, s.p.T("report.goal_reached"))
	}
	s.put("<thead><tr>")
	s.cell("th", ` scope="col" rowspan="2"`, x.Dims[0].Label.In(s.p))
	s.cell("th", ` scope="col" rowspan="2" class="n"`, s.p.T("report.base"))
	for _, c := range x.Dims[1].Cats {
		s.cell("th", fmt.Sprintf(` scope="colgroup" colspan="%d" class="g"`, len(words)), nameOf(s.r, x.Dims[1], c, s.p))
	}
	s.put("</tr><tr>")
	for range x.Dims[1].Cats {
		for _, w := range words {
			s.cell("th", ` scope="col" class="n"`, w)
		}
	}
	s.put("</tr></thead><tbody>")
}

// profile is a group beside all cases by every property; the difference is that between
// the group and the rest.
func (s *sheet) profile() {
	x := s.r.Table()
	var names []string
	for _, c := range x.Dims[1].Cats {
		names = append(names, c.Label.In(s.p))
	}
	s.groupHead(x.Dims[0].Label.In(s.p), names, s.p.T("report.difference_rest"))
	last := ""
	for i, c := range x.Dims[0].Cats {
		head, label := headed(c.Label.In(s.p))
		if head != last {
			s.rowGroup(head, 2*len(names)+2)
		}
		last = head
		s.put("<tr>")
		s.label(label)
		for g := range names {
			at := x.Index(i, g)
			s.count(s.r.Cell(s.unit, at).Count)
			s.share(s.r.Cell(s.unit, at).Share, s.r.Base(s.unit, at))
		}
		part, all := s.at(x.Index(i, 0)), s.at(x.Index(i, 1))
		s.interval(c.Label.In(s.p), part, all.without(part))
		s.put("</tr>")
	}
	s.put("</tbody>")
}

// rowGroup begins a group of rows, with a head unless it has none.
func (s *sheet) rowGroup(head string, columns int) {
	s.put("</tbody><tbody>")
	if head != "" {
		s.put(`<tr class="head">`)
		s.cell("th", fmt.Sprintf(` scope="rowgroup" colspan="%d"`, columns), head)
		s.put("</tr>")
	}
}

// headed divides "Kön: Kvinna" into its variable and its answer.
func headed(label string) (head, rest string) {
	if head, rest, ok := strings.Cut(label, ": "); ok {
		return head, rest
	}
	return "", label
}

// at gives one cell with its base, to be compared.
func (s *sheet) at(cell int) sum {
	c, b := s.r.Cell(s.unit, cell).Count, s.r.BaseOf(s.unit, cell)
	return sum{c.Int(), b.Int(), []disclosure.Value{c, b}}
}

// without is what is left of a whole when a part of it is taken away.
func (s sum) without(part sum) sum {
	return sum{s.count - part.count, s.base - part.base, slices.Concat(s.from, part.from)}
}

// interval writes the difference between two shares with its interval.
func (s *sheet) interval(label string, a, b sum) {
	text := disclosure.NotApplicable.Mark()
	switch e, ok := compare(s.rel, a, b); {
	case !ok:
	case !e.Value.IsNumber():
		text = e.Value.State().Mark()
	case a.base < few || b.base < few:
		s.scarce, text = true, s.p.T("report.few")
	default:
		value := apart(a, b)
		if s.r.Table().BaseDims == 2 { // the rest, which is compared with, is not shown
			value = e.Value.Float()
		}
		s.differences = append(s.differences, difference{label, value, e.Low.Float(), e.High.Float()})
		text = s.p.T("report.interval", "value", signed(s.p, value, 1),
			"low", signed(s.p, e.Low.Float(), 1), "high", signed(s.p, e.High.Float(), 1))
	}
	s.cell("td", ` class="n d"`, text)
}

// nameOf is what a category is called where its question does not stand beside it: "Ja"
// and "Nej" to the honour context say nothing alone.
func nameOf(r *disclosure.Released, d query.Dim, c query.Cat, p *locale.Printer) string {
	honour := d.ID == "hrv" || d.ID == numbers{r.About().Codebook}.name(codebook.Honour)
	if honour && len(r.Table().Dims) > 1 {
		switch c.ID {
		case "1":
			return p.T("cat.hrv")
		case "2":
			return p.T("cat.ej_hrv")
		}
	}
	return c.Label.In(p)
}

func groupNames(r *disclosure.Released, p *locale.Printer) (names []string) {
	d := r.Table().Dims[0]
	for _, c := range d.Cats {
		names = append(names, nameOf(r, d, c, p))
	}
	return names
}
