package report

import (
	"html/template"
	"io"
	"slices"
	"strings"

	"foljsam/internal/disclosure"
	"foljsam/internal/locale"
)

// Paper is what a board's paper is besides its figures: whose it is, of which units, and which
// parts are in it. The figures are a release's, for the audience that the release is for.
type Paper struct {
	Title    string
	From     string   // the municipality's or the board's name
	Units    []string // names; none: all
	Parts    []string // ids of BoardParts, in that order whatever is asked
	Clock    string   // when the data was read, day and time
	Address  string   // where the same figures are again
	Earlier  string   // what the year before is called; empty: there is none
	Thoughts []Thought
}

// Thought is a reflection that was written beside a figure: what is done about it.
type Thought struct{ Title, Text, When string }

// boardPart is one part of the paper, and the tables that it is made of.
type boardPart struct {
	id     string
	tables []string
}

// boardParts are all parts, in the order of the turn. Every table in them is of one question: a
// paper that anybody may read crosses nothing.
var boardParts = []boardPart{
	{"antal", []string{"d01"}},
	{"vem", []string{"d02", "d03", "d05"}},
	{"vald", []string{"d07", "d08"}},
	{"stod", []string{"d09", "d11"}},
	{"utfall", []string{"d15", "d14"}},
	{"klienter", []string{"d18", "d19"}},
	{"tid", []string{"d16"}},
	{"risk", []string{"d26"}},
}

// BoardParts gives the ids of the parts of a paper.
func BoardParts() (ids []string) {
	for _, x := range boardParts {
		ids = append(ids, x.id)
	}
	return ids
}

// BoardTables gives the tables of some parts; of all where none is named.
func BoardTables(parts ...string) (ids []string) {
	for _, x := range boardParts {
		if len(parts) == 0 || slices.Contains(parts, x.id) {
			ids = append(ids, x.tables...)
		}
	}
	return ids
}

// board makes the documents of a paper.
type board struct {
	rel   *disclosure.Release
	paper Paper
	p     *locale.Printer
}

// newBoard takes a paper; where there was no case in the period before, there is none beside.
func newBoard(rel *disclosure.Release, paper Paper, p *locale.Printer) board {
	r := rel.Table(beside, summed[0])
	if r == nil || r.Base(1, 0).IsNumber() && r.Base(1, 0).Int() == 0 {
		paper.Earlier = ""
	}
	return board{rel, paper, p}
}

// chapters are the parts that are asked for, with their tables.
func (b board) chapters() (all []chapter) {
	for _, x := range boardParts {
		if len(b.paper.Parts) == 0 || slices.Contains(b.paper.Parts, x.id) {
			all = append(all, chapter(x))
		}
	}
	return all
}

// WriteBoardHTML writes a paper as one page that needs nothing else, to be shown and printed.
func WriteBoardHTML(w io.Writer, rel *disclosure.Release, paper Paper, p *locale.Printer) error {
	return writePage(w, newBoard(rel, paper, p).page())
}

// BoardPolicy gives the content security policy of the page.
func BoardPolicy(rel *disclosure.Release, paper Paper, p *locale.Printer) string {
	return policy(boardStyle(rel.About, paper.Title, p))
}

// boardStyle is the report's style sheet for a paper: its parts are short, so that on paper none
// begins a page, the summary is on the first, and there is no list of contents.
func boardStyle(a *disclosure.About, title string, p *locale.Printer) string {
	return pageStyle(a, title, false, p) + `.facts div:last-child{grid-column:1/-1}@media print{.contents{display:none}.cover{padding-block-start:2mm}h1{font-size:22pt;margin-block:1mm 4mm}.summary{padding:4mm 6mm}.summary,.chapter{break-before:auto;margin-block-start:8mm}}`
}

func (b board) page() page {
	style := boardStyle(b.rel.About, b.paper.Title, b.p)
	x := page{
		Printer: b.p, Lang: string(b.p.Lang()), Dir: b.p.Lang().Dir(), Title: b.paper.Title, Kicker: b.paper.From,
		Policy: policy(style), Style: template.CSS(style), // the program's own style sheet
		Bands: bands(b.rel.About, b.p.T("board.band_internal"), b.p.T("board.band_primary"), b.p), Synthetic: b.rel.About.Synthetic, Facts: b.facts(), Summary: b.summary(), Thoughts: b.paper.Thoughts,
	}
	make := &builder{rel: b.rel, p: b.p, of: b.chapters(), key: "board.part_", then: b.numbers}
	x.Chapters = make.chapters()
	for i, c := range b.chapters() {
		if i < len(x.Chapters) {
			x.Chapters[i].Change = b.changeOf(c)
		}
	}
	x.Method = make.method()
	x.Method.Own, x.Method.Numbering, x.Method.Caveats = true, b.p.T("board.definitions_intro"), b.caveats()
	return x
}

// numbers puts the figure's table beside the year before.
func (b board) numbers(f *figure) {
	f.Table, f.Splits = "", nil
	f.grid = gridOf(b.rel, f.of.ID(), b.paper.Earlier, b.p)
	f.Numbers = f.grid.html(f.of.Table().Title.In(b.p))
	for _, n := range f.grid.notes {
		if !slices.Contains(f.Notes, n) {
			f.Notes = append(f.Notes, n)
		}
	}
}

// facts are what the paper answers for itself with.
func (b board) facts() (all []fact) {
	a, p := b.rel.About, b.p
	add := func(key, text string) {
		if text != "" {
			all = append(all, fact{p.T(key), text})
		}
	}
	add("report.fact_cases", b.cases())
	add("board.fact_units", strings.Join(b.paper.Units, ", "))
	add("report.fact_period", period(a, p))
	add("report.fact_read", b.paper.Clock)
	add("report.fact_codebook", p.T("report.codebook", "title", a.Codebook.Title.In(p.Lang()), "version", a.Codebook.Version))
	add("report.fact_audience", p.T("board.audience_"+kindOf(a)))
	add("board.fact_address", b.paper.Address)
	return all
}

// cases says how many cases there are, or why not.
func (b board) cases() string {
	r := b.rel.Table("", summed[0])
	if r == nil {
		return ""
	}
	return written(b.p, r.Base(0, 0))
}

// summary is the first sentence of every part, those that can be said.
func (b board) summary() (all []string) {
	for _, c := range b.chapters() {
		r := b.rel.Table("", c.tables[0])
		if r == nil {
			continue
		}
		if s, own := tell(b.rel, r, b.p).sentence(); own {
			all = append(all, s)
		}
	}
	if len(all) == 0 {
		all = []string{b.p.T("report.summary_none")}
	}
	return all
}

// caveats are what must be known of the paper as a whole.
func (b board) caveats() []string {
	all := []string{b.p.T("board.caveat_cases"), b.p.T("board.caveat_change")}
	if b.rel.About.Audience == disclosure.Publication {
		all = append(all, b.p.T("board.caveat_again"))
	}
	return all
}
