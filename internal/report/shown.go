package report

import (
	"html/template"

	"foljsam/internal/disclosure"
	"foljsam/internal/locale"
)

// Shown is one figure of a release for a page of its own or a card: the same sentence, diagram
// and table as the report has.
type Shown struct {
	ID, Label, Title string
	Sentence         string
	Difference       string        // how two groups differ, where the report says that
	Wide, Narrow     template.HTML // the diagram for two widths of screen; empty where there is no case
	Base, Missing    string
	Notes            []string
	Stamp            string
	Table            template.HTML
	Rules            []string // the formal definitions of the bases
	Read, Period     string
	Codebook         string
	Audience         string
}

// Show makes the figure of a table; false where the release has no such table.
func Show(rel *disclosure.Release, id string, p *locale.Printer) (Shown, bool) {
	r := rel.Table("", id)
	if r == nil {
		return Shown{}, false
	}
	b := builder{rel: rel, p: p}
	f := figure{of: r}
	b.whole(&f, r)
	a := rel.About
	return Shown{ID: id, Label: b.label(id), Title: r.Table().Title.In(p), Sentence: f.Sentence, Difference: f.Difference, Wide: f.Wide, Narrow: f.Narrow,
		Base: f.Base, Missing: f.Missing, Notes: f.Notes, Stamp: stamp(a, p), Table: f.Table, Rules: rules(r.Table()), Read: read(a, p), Period: period(a, p),
		Codebook: p.T("report.codebook", "title", a.Codebook.Title.In(p.Lang()), "version", a.Codebook.Version), Audience: audience(a, p)}, true
}
