package report

import (
	"cmp"
	"html/template"
	"math"
	"slices"

	"foljsam/internal/disclosure"
	"foljsam/internal/locale"
	"foljsam/internal/query"
)

// beside is the split by period: the one that is asked for, and the one before it.
const beside = "period"

// Changed says in a sentence what a table has that the period before had not; empty where there
// is none before, or nothing can be compared.
func Changed(rel *disclosure.Release, id, earlier string, p *locale.Printer) string {
	return newBoard(rel, Paper{Earlier: earlier}, p).changeOf(chapter{tables: []string{id}})
}

// changeOf compares the answers of a part with the period before, and names the largest
// differences among those that are clear.
func (b board) changeOf(c chapter) string {
	if b.paper.Earlier == "" {
		return ""
	}
	if c.tables[0] == summed[0] {
		return b.more()
	}
	var all []difference
	for _, id := range c.tables {
		g := gridOf(b.rel, id, b.paper.Earlier, b.p)
		all = append(all, g.differences...)
	}
	if len(all) == 0 {
		return b.p.T("board.change_few", "fore", b.paper.Earlier)
	}
	clear := slices.DeleteFunc(slices.Clone(all), func(d difference) bool { return d.low <= 0 && d.high >= 0 })
	if len(clear) == 0 {
		return b.p.T("board.change_none", "n", len(all), "fore", b.paper.Earlier)
	}
	slices.SortStableFunc(clear, func(x, y difference) int { return cmp.Compare(math.Abs(y.value), math.Abs(x.value)) })
	var words []string
	for _, d := range clear[:min(named, len(clear))] {
		words = append(words, b.p.T("sentence.profile_item", "label", b.p.T("sentence.quoted", "label", d.label), "value", signed(b.p, d.value, 1)))
	}
	return b.p.T("board.change", "n", len(all), "some", len(clear), "lista", teller{p: b.p}.list(words), "fore", b.paper.Earlier)
}

// more says how many cases there are beside how many there were.
func (b board) more() string {
	r := b.rel.Table(beside, summed[0])
	if r == nil {
		return ""
	}
	now, before := r.Base(0, 0), r.Base(1, 0)
	if !now.IsNumber() || !before.IsNumber() {
		return b.p.T("board.change_masked", "fore", b.paper.Earlier)
	}
	return b.p.T("board.change_cases", "n", now.Int(), "antal", b.p.Int(before.Int()), "fore", b.paper.Earlier)
}

// grid is a table as it stands in a paper: each answer with how many and the percent, this period
// and the one before, and how far they are apart. Its texts are all that is shown.
type grid struct {
	head        []string
	rows        [][]string // the first cell is what the row is about
	foot        []string
	notes       []string
	differences []difference
}

// gridOf makes the grid of a table of one dimension, or of the phases.
func gridOf(rel *disclosure.Release, id, earlier string, p *locale.Printer) grid {
	whole := rel.Table("", id)
	if whole == nil {
		return grid{}
	}
	g := &gridder{sheet: sheet{teller: tell(rel, whole, p)}, of: []*disclosure.Released{whole}, earlier: earlier, steps: len(whole.Table().Dims) > 1}
	if x := rel.Table(beside, id); x != nil && earlier != "" {
		g.of = append(g.of, x)
	}
	return g.write()
}

type gridder struct {
	sheet
	out     grid
	of      []*disclosure.Released // the whole; and split, where there is a period before
	earlier string
	steps   bool // the rows are steps, each with a base of its own
}

func (g *gridder) write() grid {
	g.heads()
	dim := g.r.Table().Dims[0]
	for i, c := range dim.Cats {
		g.row(i, c)
	}
	g.feet()
	if g.scarce {
		g.out.notes = []string{g.p.T("report.note_few")}
	}
	g.out.differences = g.differences
	return g.out
}

func (g *gridder) heads() {
	g.out.head = []string{g.r.Table().Dims[0].Label.In(g.p)}
	for u := range g.of {
		count, percent := g.p.T("report.count"), g.p.T("report.percent")
		if u == 1 {
			count, percent = g.p.T("board.before", "matt", count, "fore", g.earlier), g.p.T("board.before", "matt", percent, "fore", g.earlier)
		}
		g.out.head = append(g.out.head, count, percent)
	}
	if len(g.of) == 2 {
		g.out.head = append(g.out.head, g.p.T("board.difference"))
	}
}

func (g *gridder) row(i int, c query.Cat) {
	x, at := g.r.Table(), i
	if g.steps {
		at = x.Index(i, 0)
	}
	cells := []string{c.Label.In(g.p)}
	var shares []sum
	for u, r := range g.of {
		g.r, g.unit = r, u
		cell, base := r.Cell(u, at), r.BaseOf(u, at)
		cells = append(cells, written(g.p, cell.Count), g.percent(cell.Share, base))
		shares = append(shares, g.at(at))
	}
	if len(g.of) == 2 {
		cells = append(cells, g.apart(cells[0], shares[0], shares[1]))
	}
	g.out.rows = append(g.out.rows, cells)
}

// percent writes the percent, or that the cases are few.
func (g *gridder) percent(v, base disclosure.Value) string {
	switch {
	case !v.IsNumber():
		return v.State().Mark()
	case base.IsNumber() && base.Int() < few:
		g.scarce = true
		return g.p.T("report.few")
	}
	return shown(g.p, v.Float(), 1)
}

// apart writes how far two shares are from each other, with the interval.
func (g *gridder) apart(label string, a, b sum) string {
	e, ok := compare(g.rel, a, b)
	switch {
	case !ok:
		return disclosure.NotApplicable.Mark()
	case !e.Value.IsNumber():
		return e.Value.State().Mark()
	case a.base < few || b.base < few:
		g.scarce = true
		return g.p.T("report.few")
	}
	value := apart(a, b)
	g.differences = append(g.differences, difference{label, value, e.Low.Float(), e.High.Float()})
	return g.p.T("report.interval", "value", signed(g.p, value, 1), "low", signed(g.p, e.Low.Float(), 1), "high", signed(g.p, e.High.Float(), 1))
}

// feet writes the bases under their columns; where each row has its own, there is none.
func (g *gridder) feet() {
	if g.steps {
		return
	}
	g.out.foot = []string{g.p.T("report.base")}
	for u, r := range g.of {
		g.out.foot = append(g.out.foot, written(g.p, r.Base(u, 0)), "")
	}
	if len(g.of) == 2 {
		g.out.foot = append(g.out.foot, "")
	}
}

// html writes the grid as a table.
func (g grid) html(caption string) template.HTML {
	s := &sheet{}
	s.put("<table>")
	s.cell("caption", "", caption)
	s.head(g.head...)
	for _, row := range g.rows {
		s.put("<tr>")
		s.label(row[0])
		for _, text := range row[1:] {
			s.cell("td", ` class="n"`, text)
		}
		s.put("</tr>")
	}
	s.put("</tbody>")
	if g.foot != nil {
		s.put("<tfoot><tr>")
		s.label(g.foot[0])
		for _, text := range g.foot[1:] {
			s.cell("td", ` class="n"`, text)
		}
		s.put("</tr></tfoot>")
	}
	s.put("</table>")
	return template.HTML(s.String()) // every text is escaped by sheet
}
