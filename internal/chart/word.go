package chart

import (
	"slices"
	"strings"

	"foljsam/internal/disclosure"
	"foljsam/internal/locale"
	"foljsam/internal/query"
)

// tell writes the sentences that belong to the diagram.
func (d *Diagram) tell(l line) {
	d.N = d.sizes()
	d.Base = d.p.T("chart.base_" + l.base)
	if d.table.Table().Multiple && d.measure == percents {
		d.Notes = append(d.Notes, d.p.T("chart.multiple"))
	}
	d.tellFewGroups()
	d.tellFigures()
	for _, n := range d.table.Notes() {
		d.Notes = append(d.Notes, d.p.T(n.Key, n.Args...))
	}
	if d.hasWithheld() {
		d.Notes = append(d.Notes, d.p.T("chart.withheld"))
	}
	for _, s := range []disclosure.State{disclosure.Masked, disclosure.Missing, disclosure.NotApplicable} {
		if d.hasState(s) {
			d.Marks = append(d.Marks, Mark(d.table.About(), s, d.p))
		}
	}
	d.Stamp = strings.Join(Stamps(d.table.About(), d.p), " · ")
}

// sizes gives N: of the table, of all cases where rows are groups, or of each series.
func (d *Diagram) sizes() string {
	if len(d.series) == 1 || d.kind.name == stackedName {
		n := d.table.Base(d.unit, 0)
		if i := d.rowOfAll(); i >= 0 && d.measure == means {
			n = d.series[0].cells[i].Count
		}
		return d.p.T("chart.n", "n", write(d.p, n, counts))
	}
	var all []string
	for _, s := range d.series {
		if n := d.nOf(s); n != "" {
			all = append(all, s.name+" "+n)
		}
	}
	for _, r := range d.rows {
		if n := d.rowBase(r); n != "" {
			all = append(all, r.label+" "+n)
		}
	}
	return strings.Join(all, ", ")
}

// nOf is the N of a series that has one of its own.
func (d *Diagram) nOf(s series) string {
	if d.kind.rowsFirst && d.kind.name != profileName || len(d.series) == 1 {
		return ""
	}
	return d.p.T("chart.n", "n", write(d.p, s.n, counts))
}

// tellFewGroups warns of percentages of a handful of cases.
func (d *Diagram) tellFewGroups() {
	if d.measure != percents || len(d.series) == 1 {
		return
	}
	var names []string
	for _, s := range d.series {
		if s.n.IsNumber() && s.n.Float() > 0 && s.n.Float() < few && d.nOf(s) != "" {
			names = append(names, s.name)
		}
	}
	for _, r := range d.rows {
		if d.rowN && r.n.IsNumber() && r.n.Float() > 0 && r.n.Float() < few {
			names = append(names, r.label)
		}
	}
	if len(names) > 0 {
		d.Notes = append(d.Notes, d.p.T("chart.few_group", "groups", strings.Join(names, ", ")))
	}
}

// figures are the tables' further figures that are sentences, and what they measure.
var figures = []struct {
	id      string
	measure measure
	args    []string
}{
	{"svar", counts, []string{"svar"}},
	{"standardiserat", counts, []string{"antal"}},
	{"medel_insatser", means, []string{"topp", "alla"}},
	{"av_avslutade", percents, []string{"andel"}},
}

func (d *Diagram) tellFigures() {
	for _, f := range figures {
		values := d.table.Figure(d.unit, f.id)
		if len(values) != len(f.args) {
			continue
		}
		var args []any
		for i, name := range f.args {
			args = append(args, name, write(d.p, values[i], f.measure))
		}
		d.Notes = append(d.Notes, d.p.T("chart.figure_"+f.id, args...))
	}
}

// hasWithheld tells whether the unit, or a group in it, has no breakdown.
func (d *Diagram) hasWithheld() bool {
	id := ""
	if d.table.Split().ID != "" {
		id = d.table.Split().Units[d.unit].ID
	}
	return slices.ContainsFunc(d.table.Withheld(), func(name string) bool {
		return id == "" || name == id || strings.HasPrefix(name, id+"/")
	})
}

func (d *Diagram) hasState(s disclosure.State) bool {
	for _, one := range d.series {
		for _, c := range one.cells {
			if c.Count.State() == s || c.Share.State() == s {
				return true
			}
		}
	}
	return false
}

// Mark says what a mark means in a release: ".. = …". It promises no more than the
// release's masking has done.
func Mark(a *disclosure.About, s disclosure.State, p *locale.Printer) string {
	word := map[disclosure.State]string{
		disclosure.Masked: "masked", disclosure.Missing: "missing", disclosure.NotApplicable: "not_applicable",
	}[s]
	if s == disclosure.Masked && a.OnlyPrimary {
		if word = "masked_primary"; a.WithinTables {
			word = "masked_table"
		}
	}
	return p.T("chart.mark", "mark", s.Mark(), "meaning", p.T("chart."+word))
}

// Stamps says what a release must carry wherever it is seen: that it is internal, that
// it is made up, that its masking is not finished.
func Stamps(a *disclosure.About, p *locale.Printer) []string {
	var all []string
	if a.Audience == disclosure.Internal {
		all = append(all, p.T("chart.internal"))
	}
	if a.OnlyPrimary {
		all = append(all, p.T("chart.only_primary"))
	}
	if a.Synthetic {
		all = append(all, p.T("chart.synthetic"))
	}
	return all
}

// mostSaid is how many numbers a description holds before it points to the table.
const mostSaid = 24

// Describe says in words what the diagram shows, for whoever does not see it.
func (d *Diagram) Describe() string {
	said := []string{d.p.T("chart.kind_" + d.kind.name), d.Base}
	if len(d.rows)*len(d.series) > mostSaid {
		return strings.Join(append(said, d.p.T("chart.see_table")), " ")
	}
	for s, one := range d.series {
		var all []string
		for i, r := range d.rows {
			all = append(all, r.label+" "+d.text(s, i))
		}
		sentence := strings.Join(all, "; ") + "."
		if one.name != "" {
			sentence = one.name + ": " + sentence
		}
		said = append(said, sentence)
	}
	if d.N != "" {
		said = append(said, d.N+".")
	}
	return strings.Join(append(said, d.Marks...), " ")
}

// BaseOf says whom a table's numbers are of.
func BaseOf(t *query.Table, p *locale.Printer) string { return p.T("chart.base_" + lineOf(t).base) }

// OfMeans tells whether the table's second number is a mean.
func OfMeans(t *query.Table) bool { return t.Kind == query.Means }
