package report

import (
	"html/template"
	"strconv"
	"strings"

	"foljsam/internal/chart"
	"foljsam/internal/disclosure"
	"foljsam/internal/locale"
	"foljsam/internal/query"
)

// builder makes the report's figures in their order, and counts what the method has to
// tell of them.
type builder struct {
	rel         *disclosure.Release
	p           *locale.Printer
	tables      int // that are no diagram of the report, so far
	differences int // comparisons with an interval, so far
	seen        []figure
	of          []chapter
	key         string        // of the chapters' titles
	then        func(*figure) // what is done with each figure; nil: nothing
}

// longest is how many rows a diagram may have and still be read on one printed page.
const longest = 30

// figure is one diagram or table as the template shows it.
type figure struct {
	ID, Label, Title string
	Sentence         string
	Difference       string
	Wide, Narrow     template.HTML // the diagram, for two widths of screen
	Long             bool          // the diagram is longer than a printed page
	Base, Missing    string
	Notes            []string
	Stamp            string
	Table            template.HTML
	Numbers          template.HTML // instead of Table: beside the year before, in a board's paper
	Splits           []splitTable
	of               *disclosure.Released
	grid             grid // what Numbers is written of
}

func (b *builder) chapters() []chapterView {
	var all []chapterView
	for _, c := range b.of {
		v := chapterView{ID: "kapitel-" + c.id, Title: b.p.T(b.key + c.id), Intro: b.p.T(b.key + c.id + "_intro")}
		for _, id := range c.tables {
			if f, ok := b.figure(id); ok {
				if b.then != nil {
					b.then(&f)
				}
				v.Figures = append(v.Figures, f)
			}
		}
		if len(v.Figures) > 0 {
			all = append(all, v)
		}
		b.seen = append(b.seen, v.Figures...)
	}
	return all
}

// figure makes a table's figure; false if the release does not have the table.
func (b *builder) figure(id string) (figure, bool) {
	var f figure
	for _, r := range b.rel.Tables {
		switch {
		case r.ID() != id:
		case r.Split().ID == "":
			b.whole(&f, r)
		default:
			f.Splits = append(f.Splits, newSplitTable(r, b.p))
		}
		if r.ID() == id && f.of == nil {
			f.of = r
		}
	}
	if f.of == nil {
		return f, false
	}
	f.ID, f.Label, f.Title = id, b.label(id), f.of.Table().Title.In(b.p)
	f.Stamp = stamp(b.rel.About, b.p)
	return f, true
}

// label numbers the report's diagrams as the report does, other tables as they come.
func (b *builder) label(id string) string {
	if n, ok := strings.CutPrefix(id, "d"); ok {
		if n, err := strconv.Atoi(n); err == nil {
			return b.p.T("report.diagram", "number", n)
		}
	}
	b.tables++
	return b.p.T("report.table", "number", b.tables)
}

// whole tells and draws a table that is of all cases.
func (b *builder) whole(f *figure, r *disclosure.Released) {
	t := tell(b.rel, r, b.p)
	f.Sentence, _ = t.sentence()
	if f.Difference = t.difference(); f.Difference != "" {
		b.differences++
	}
	f.Long = len(r.Table().Dims[0].Cats) > longest
	d := chart.Of(r, 0, b.p)
	if !t.empty() {
		f.draw(d)
	}
	f.Base, f.Missing = t.baseLine(), t.missing()
	s := sheet{teller: t}
	f.Table = template.HTML(s.write(r.Table().Title.In(b.p))) // escaped by sheet
	b.differences += len(s.differences)
	if r.Table().BaseDims == 2 {
		f.Difference = t.largestDifferences(s.differences)
	}
	f.Notes = append(t.notes(s.scarce), d.Marks...)
}

// draw puts the diagram into the figure, for wide screens and paper and for narrow ones.
func (f *figure) draw(d *chart.Diagram) {
	f.Wide = template.HTML(d.SVG(chart.View{Prefix: "w-" + d.ID, Bare: true}))                 // escaped by chart
	f.Narrow = template.HTML(d.SVG(chart.View{Prefix: "s-" + d.ID, Bare: true, Narrow: true})) // escaped by chart
}

// notes are what must be read with the table.
func (t teller) notes(scarce bool) []string {
	var all []string
	if t.r.Table().Multiple {
		all = append(all, t.p.T("report.note_multiple"))
	}
	if n := t.note(); n != "" {
		all = append(all, n)
	}
	if scarce {
		all = append(all, t.p.T("report.note_few"))
	}
	if t.r.Split().ID == query.Year {
		all = append(all, t.p.T("note.years"))
	}
	for _, n := range t.r.Notes() {
		all = append(all, t.p.T(n.Key, n.Args...))
	}
	if w := t.withheld(); w != "" {
		all = append(all, w)
	}
	return all
}

// withheld names the groups that have no breakdown.
func (t teller) withheld() string {
	var names []string
	for _, name := range t.r.Withheld() {
		names = append(names, t.withheldName(name))
	}
	if len(names) == 0 {
		return ""
	}
	return t.p.T(maskedKey(t.r.About(), "report.withheld", "report.withheld_primary"), "list", strings.Join(names, ", "))
}

// withheldName turns "0180/1" into the words for the unit and the group.
func (t teller) withheldName(name string) string {
	unit, group, _ := strings.Cut(name, "/")
	if t.r.Split().ID == "" {
		unit, group = "", name
	}
	var words []string
	for _, u := range t.r.Split().Units {
		if unit != "" && u.ID == unit {
			words = append(words, unitName(t.r.Split(), u, t.p))
		}
	}
	for _, d := range t.r.Table().Dims[:min(2, len(t.r.Table().Dims))] {
		if i := category(d, group); group != "" && i >= 0 {
			words = append(words, nameOf(t.r, d, d.Cats[i], t.p))
			break
		}
	}
	if len(words) == 0 {
		return name
	}
	return strings.Join(words, ": ")
}
