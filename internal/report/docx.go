package report

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"time"

	"foljsam/internal/chart"
	"foljsam/internal/disclosure"
	"foljsam/internal/locale"
)

// WriteBoardDOCX writes a paper as a document to be edited: the same sentences and numbers as the
// page, and each diagram as a native chart with its workbook in it. The same release gives the
// same bytes. It holds no macro, no field but the page's number, and no address of anything else.
func WriteBoardDOCX(w io.Writer, rel *disclosure.Release, paper Paper, p *locale.Printer) error {
	b := newBoard(rel, paper, p)
	d := &docx{board: b, page: b.page(), zip: steadyZip{w: w}}
	if err := d.write(); err != nil {
		return err
	}
	return d.zip.Close()
}

// docx is a document being written.
type docx struct {
	board
	page   page
	zip    steadyZip
	body   strings.Builder
	charts int
	err    error
}

func (d *docx) write() error {
	d.cover()
	for _, c := range d.page.Chapters {
		d.chapter(c)
	}
	d.thoughts()
	d.appendix()
	for name, text := range d.parts() {
		d.part(name, text)
	}
	return d.err
}

func (d *docx) part(name, text string) { d.bytes(name, []byte(text)) }

func (d *docx) bytes(name string, content []byte) {
	f, err := d.zip.Create(name)
	if err == nil {
		_, err = f.Write(content)
	}
	if d.err == nil {
		d.err = err
	}
}

// escaped gives a text as it may stand in XML.
func escaped(s string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(s)) // a buffer takes everything
	return b.String()
}

func (d *docx) put(parts ...string) {
	for _, p := range parts {
		d.body.WriteString(p)
	}
}

// say writes a paragraph in a style of the document's.
func (d *docx) say(style, text string) {
	if text == "" {
		return
	}
	d.put(`<w:p><w:pPr><w:pStyle w:val="`, style, `"/></w:pPr>`, run(text), `</w:p>`)
}

func run(text string) string {
	return `<w:r><w:t xml:space="preserve">` + escaped(text) + `</w:t></w:r>`
}

func (d *docx) cover() {
	for _, b := range d.page.Bands {
		d.say("Band", b.Text)
	}
	d.say("Kicker", d.page.Kicker)
	d.say("Title", d.page.Title)
	rows := [][]string{}
	for _, f := range d.page.Facts {
		rows = append(rows, []string{f.Name, f.Text})
	}
	d.table(docTable{rows: rows, widths: []int{28, 72}, words: true})
	d.say("Heading1", d.p.T("report.summary"))
	for _, s := range d.page.Summary {
		d.say("ListBullet", s)
	}
}

func (d *docx) chapter(c chapterView) {
	d.say("Heading1", c.Title)
	d.say("Mute", c.Intro)
	d.say("Near", c.Change)
	for _, f := range c.Figures {
		d.figure(f)
	}
}

func (d *docx) figure(f figure) {
	d.say("Heading2", f.Title)
	d.say("Lead", f.Sentence)
	d.say("Normal", f.Difference)
	if f.Wide != "" {
		d.draw(chart.Of(f.of, 0, d.p))
	}
	d.table(docTable{head: f.grid.head, rows: f.grid.rows, foot: f.grid.foot, widths: widthsOf(f.grid)})
	d.say("SmallNear", strings.TrimSpace(f.Base+" "+f.Missing))
	for _, n := range f.Notes {
		d.say("SmallNear", n)
	}
	d.say("SmallStrong", f.Stamp)
}

// widthsOf gives the label the room that the numbers leave.
func widthsOf(g grid) []int {
	if len(g.head) == 6 { // with the period before, and a difference with its interval
		return []int{27, 9, 11, 10, 11, 32}
	}
	all := []int{100 - 14*(len(g.head)-1)}
	for range g.head[1:] {
		all = append(all, 14)
	}
	return all
}

func (d *docx) thoughts() {
	if len(d.page.Thoughts) == 0 {
		return
	}
	d.say("Heading1", d.p.T("board.part_beslut"))
	for _, t := range d.page.Thoughts {
		d.say("Heading2", t.Title)
		d.say("Normal", t.Text)
		d.say("Small", t.When)
	}
}

// appendix says how the figures are made and what every one of them is of.
func (d *docx) appendix() {
	m := d.page.Method
	d.say("Heading1", d.p.T("report.method"))
	var signs [][]string
	for _, s := range m.Signs {
		signs = append(signs, []string{s.Name, s.Text})
	}
	d.table(docTable{head: []string{d.p.T("report.sign"), d.p.T("report.meaning")}, rows: signs, widths: []int{14, 86}, words: true})
	for _, key := range []string{"report.reading_base", "report.reading_cases", "report.reading_rounded", "report.reading_scale", "report.care_text"} {
		d.say("Normal", d.p.T(key))
	}
	for _, s := range append(append([]string{m.Disclosure}, m.Comparisons...), m.Caveats...) {
		d.say("Normal", s)
	}
	d.say("Heading2", d.p.T("report.definitions"))
	d.say("Normal", m.Numbering)
	var rows [][]string
	for _, f := range m.Figures {
		rules := strings.Join(f.Rules, "; ")
		if rules == "" {
			rules = d.p.T("report.groups_differ")
		}
		rows = append(rows, []string{f.Label + ": " + f.Title, f.Base, f.Missing, rules})
	}
	d.table(docTable{head: []string{d.p.T("report.definition_id"), d.p.T("report.definition_base"), d.p.T("report.definition_missing"), d.p.T("report.definition_rule")},
		rows: rows, widths: []int{26, 28, 26, 20}, words: true})
	d.say("Small", m.Source)
}

// draw puts a native chart into the text, with its numbers in a workbook of its own.
func (d *docx) draw(x *chart.Diagram) {
	o, t := x.Office(), x.Table()
	if o.Rows == 0 {
		return
	}
	d.charts++
	n := d.charts
	sheet := PlainTable{Title: x.Title, Name: "Data", Head: t.Head, Notes: marks(d.rel.About, d.p)}
	for _, row := range t.Rows {
		var cells []PlainCell
		for _, c := range row {
			cells = append(cells, PlainCell{Text: c.Text, Number: c.Number(), IsNumber: !c.Label && c.Text != "" && c.Value.IsNumber(), Decimals: map[chart.Format]int{chart.Percent: 4, chart.Mean: 1}[c.Format]})
		}
		sheet.Rows = append(sheet.Rows, cells)
	}
	var book bytes.Buffer
	if err := WritePlain(&book, sheet, d.p); err != nil {
		d.err = err
		return
	}
	d.bytes(fmt.Sprintf("word/embeddings/data%d.xlsx", n), book.Bytes())
	d.part(fmt.Sprintf("word/charts/chart%d.xml", n), x.OfficeXML(chart.OfficePlace{Sheet: sheet.Name, FirstRow: 2, External: "rId1"}))
	d.part(fmt.Sprintf("word/charts/_rels/chart%d.xml.rels", n), docRelations(docRelation{"rId1", "package", fmt.Sprintf("../embeddings/data%d.xlsx", n)}))
	const wide, pixel, most = 5_760_000, 9525, 8_000_000 // 16 cm and a page's height, in the format's units
	high := min(most, (o.Height+80)*pixel)
	d.put(`<w:p><w:pPr><w:keepNext/></w:pPr><w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">`,
		fmt.Sprintf(`<wp:extent cx="%d" cy="%d"/><wp:docPr id="%d" name="%s" descr="%s"/>`, wide, high, n, escaped(x.ID), escaped(o.Alt)),
		`<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart r:id="`,
		fmt.Sprintf("rIdChart%d", n), `"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>`)
}

// read is the time that the document says it was made: when the data was read, never the clock.
func (d *docx) read() string {
	if at := d.rel.About.Read[1]; !at.IsZero() {
		return at.UTC().Format(time.RFC3339)
	}
	return "2000-01-01T00:00:00Z"
}
