package report

import (
	"html"
	"html/template"
	"strconv"
	"strings"

	"foljsam/internal/disclosure"
	"foljsam/internal/locale"
	"foljsam/internal/query"
)

// splitTable is a table split by units: a row for each unit, or for each group of one.
type splitTable struct {
	ID, Title string
	Broad     bool // has more columns than a sheet of paper has room for
	Table     template.HTML
	Notes     []string
}

// broad is how many columns no paper has room for.
const broad = 24

func newSplitTable(r *disclosure.Released, p *locale.Printer) splitTable {
	m := matrix{sheet{teller: teller{r: r, p: p}}}
	title := p.T("report.table_by", "unit", lowerFirst(r.Split().Label.In(p)))
	_, columns := axes(r.Table())
	v := splitTable{ID: r.ID() + "-" + r.Split().ID, Title: title, Broad: len(columns.Cats) > broad}
	v.Table = template.HTML(m.write(r.Table().Title.In(p) + " " + title)) // escaped by sheet
	v.Notes = m.notes(m.scarce)
	return v
}

// unitName is what a unit is called.
func unitName(s query.Split, u query.Unit, p *locale.Printer) string {
	if name := u.Label.In(p); name != "" {
		return name
	}
	return u.ID
}

// matrix writes units by categories, so that hundreds of units can be read.
type matrix struct{ sheet }

func (m *matrix) write(caption string) string {
	x, split := m.r.Table(), m.r.Split()
	groups, columns := axes(x)
	m.put(`<table class="matrix">`)
	m.cell("caption", "", caption)
	m.put("<thead><tr>")
	m.cell("th", ` scope="col"`, split.Label.In(m.p))
	if groups != nil {
		m.cell("th", ` scope="col"`, groups.Label.In(m.p))
	}
	m.cell("th", ` scope="col" class="n"`, m.p.T("report.base"))
	for _, c := range columns.Cats {
		name := html.EscapeString(nameOf(m.r, *columns, c, m.p))
		m.put(`<th scope="col" class="n">`, strings.ReplaceAll(name, "/", "/<wbr>"), "</th>")
	}
	m.put("</tr></thead>")
	for u := range split.Units {
		m.rows(u, groups, columns)
	}
	m.put("</table>")
	return m.String()
}

// axes gives the groups that have a row each in a unit (nil: the unit has one row), and
// what the columns are.
func axes(x *query.Table) (groups, columns *query.Dim) {
	switch {
	case len(x.Dims) == 1:
		return nil, &x.Dims[0]
	case x.BaseDims == 2:
		return &x.Dims[1], &x.Dims[0]
	}
	return &x.Dims[0], &x.Dims[1]
}

// rows writes one unit.
func (m *matrix) rows(u int, groups, columns *query.Dim) {
	m.unit = u
	n := 1
	if groups != nil {
		n = len(groups.Cats)
	}
	m.put("<tbody>")
	for g := range n {
		m.put("<tr>")
		if g == 0 {
			m.cell("th", spanned(n), unitName(m.r.Split(), m.r.Split().Units[u], m.p))
		}
		if groups != nil {
			m.label(nameOf(m.r, *groups, groups.Cats[g], m.p))
		}
		m.base(g)
		for c := range columns.Cats {
			m.pair(m.place(g, c))
		}
		m.put("</tr>")
	}
	m.put("</tbody>")
}

func spanned(rows int) string {
	if rows == 1 {
		return ` scope="row"`
	}
	return ` scope="rowgroup" rowspan="` + strconv.Itoa(rows) + `"`
}

// place is the cell of a group and a column.
func (m *matrix) place(g, c int) int {
	x := m.r.Table()
	switch {
	case len(x.Dims) == 1:
		return c
	case x.BaseDims == 2:
		return x.Index(c, g)
	}
	return x.Index(g, c)
}

// base writes the number of cases that a row is of; in a profile the size of the group.
func (m *matrix) base(g int) {
	x := m.r.Table()
	switch {
	case x.BaseDims == 2:
		m.count(m.r.Figure(m.unit, "grupp")[g])
	case x.Kind == query.Means:
		m.count(m.r.Base(m.unit, 0))
	case x.BaseDims == 0:
		m.count(m.r.Base(m.unit, 0))
	default:
		m.count(m.r.Base(m.unit, g))
	}
}

// pair writes a cell's percent or mean with its count under it; the count alone where
// the cases are few.
func (m *matrix) pair(cell int) {
	c, base := m.r.Cell(m.unit, cell), m.r.BaseOf(m.unit, cell)
	if m.r.Table().Kind == query.Means {
		base = c.Count
	}
	switch {
	case !c.Share.IsNumber():
		m.put("<td>", c.Share.State().Mark(), "</td>")
	case base.IsNumber() && base.Int() < few:
		m.scarce = true
		m.put(`<td><i>`, html.EscapeString(m.p.T("report.few")), `</i> <small>`, written(m.p, c.Count), "</small></td>")
	default:
		m.put("<td>", html.EscapeString(shown(m.p, c.Share.Float(), m.decimals())), ` <small>`, written(m.p, c.Count), "</small></td>")
	}
}

func (m *matrix) decimals() int {
	if m.r.Table().Kind == query.Means {
		return 1
	}
	return 0
}
