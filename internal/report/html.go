// Package report makes documents of released tables: the national report as one
// self-contained page, and the workbook. A document is tables, diagrams and sentences
// that state what they are of.
//
// It takes numbers only as [disclosure.Release], so that no document can hold a number
// that may not be shown, and it never counts. It calls nothing out: a report has no
// script, no address of anyone else, and the same release gives the same bytes.
package report

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"html/template"
	"io"
	"strings"

	"foljsam/internal/chart"
	"foljsam/internal/disclosure"
	"foljsam/internal/locale"
)

//go:embed template
var files embed.FS

var pages = template.Must(template.New("").Funcs(template.FuncMap{"chapter": inChapter}).ParseFS(files, "template/*.html"))

// inChapter gives a chapter's template what it shows and the page's words.
func inChapter(p page, c chapterView) map[string]any {
	return map[string]any{"Page": p, "Chapter": c}
}

// WriteHTML writes the national report as one page that needs nothing else.
func WriteHTML(w io.Writer, rel *disclosure.Release, p *locale.Printer) error {
	return writePage(w, newPage(rel, p))
}

func writePage(w io.Writer, x page) error {
	var b bytes.Buffer
	if err := pages.ExecuteTemplate(&b, "report.html", x); err != nil {
		return err
	}
	_, err := w.Write(b.Bytes())
	return err
}

// Policy gives the content security policy of a release's page, which the page states
// itself, for whoever serves it.
func Policy(rel *disclosure.Release, p *locale.Printer) string {
	return policy(pageStyle(rel.About, p.T("report.title"), splitUnits(rel) > 0, p))
}

// page is everything that the report's template shows.
type page struct {
	*locale.Printer
	Lang, Dir string
	Title     string
	Kicker    string       // over the title
	Policy    string       // the content security policy: this style, nothing else
	Style     template.CSS // ours only
	Bands     []band
	Synthetic bool
	Split     bool // has tables by unit, which need a wide page
	Facts     []fact
	Summary   []string
	Chapters  []chapterView
	Thoughts  []Thought // of a board's paper: what was decided
	Method    method
}

// chapterView is one chapter as the template shows it.
type chapterView struct {
	ID, Title, Intro string
	Change           string // since the year before, in a board's paper
	Figures          []figure
}

func newPage(rel *disclosure.Release, p *locale.Printer) page {
	style := pageStyle(rel.About, p.T("report.title"), splitUnits(rel) > 0, p)
	b := builder{rel: rel, p: p, of: chapters(rel), key: "report.chapter_"}
	x := page{
		Printer: p, Lang: string(p.Lang()), Dir: p.Lang().Dir(), Title: p.T("report.title"), Kicker: p.T("report.subtitle"),
		Policy: policy(style), Style: template.CSS(style), // the program's own style sheet
		Bands: bands(rel.About, p.T("report.band_internal"), p.T("report.band_primary"), p), Synthetic: rel.About.Synthetic, Split: splitUnits(rel) > 0,
		Facts: facts(rel, p), Summary: summary(rel, p), Chapters: b.chapters(),
	}
	x.Method = b.method()
	return x
}

// policy allows the one style sheet by its hash, and nothing else.
func policy(style string) string {
	hash := sha256.Sum256([]byte(style))
	return "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(hash[:]) + "'; base-uri 'none'; form-action 'none'"
}

// pageStyle is the report's style sheet, the diagrams', and the running lines of the
// printed page, which is wide when there are tables by unit.
func pageStyle(a *disclosure.About, title string, wide bool, p *locale.Printer) string {
	css, err := files.ReadFile("template/report.css")
	if err != nil {
		panic(err)
	}
	paper := ""
	if wide {
		paper = "@page{size:A4 landscape;margin:17mm 16mm 15mm}"
	}
	return string(css) + chart.Style + paper + running(a, title, p)
}

// summary is the sentences of the report's most important tables, those that can be said.
func summary(rel *disclosure.Release, p *locale.Printer) []string {
	var all []string
	for _, id := range summed {
		r := rel.Table("", id)
		if r == nil {
			continue
		}
		if s, own := tell(rel, r, p).sentence(); own {
			all = append(all, strings.TrimSpace(s+" "+addition(rel, id, p)))
		}
	}
	if len(all) > 0 {
		return all
	}
	if units := splitUnits(rel); units > 0 && rel.Table("", summed[0]) == nil {
		return []string{p.T("report.summary_split", "n", units)}
	}
	return []string{p.T("report.summary_none")}
}

// addition says how many cases a sentence of the summary is about, where that is not
// plain; empty where there is nothing to say or it may not be said.
func addition(rel *disclosure.Release, id string, p *locale.Printer) string {
	phases := rel.Table("", summed[0])
	if phases == nil {
		return ""
	}
	return tell(rel, phases, p).optional("summary." + id)
}

// splitUnits is how many units the release's tables are split by.
func splitUnits(rel *disclosure.Release) int {
	n, seen := 0, map[string]bool{}
	for _, t := range rel.Tables {
		if s := t.Split(); s.ID != "" && !seen[s.ID] {
			seen[s.ID] = true
			n += len(s.Units)
		}
	}
	return n
}
