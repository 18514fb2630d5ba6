package report

import (
	"fmt"
	"strings"

	"foljsam/internal/locale"
)

const (
	wordNames = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" ` +
		`xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"`
	xmlHead     = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	officeTypes = "application/vnd.openxmlformats-officedocument."
)

// docRelation is where one part finds another.
type docRelation struct{ id, kind, target string }

func docRelations(all ...docRelation) string {
	var b strings.Builder
	b.WriteString(xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
	for _, r := range all {
		kind := "http://schemas.openxmlformats.org/officeDocument/2006/relationships/" + r.kind
		if r.kind == "core-properties" {
			kind = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
		}
		fmt.Fprintf(&b, `<Relationship Id="%s" Type="%s" Target="%s"/>`, r.id, kind, r.target)
	}
	b.WriteString(`</Relationships>`)
	return b.String()
}

// parts are the document's parts besides the charts.
func (d *docx) parts() map[string]string {
	of := []docRelation{{"rIdStyles", "styles", "styles.xml"}, {"rIdNumbers", "numbering", "numbering.xml"}, {"rIdSettings", "settings", "settings.xml"},
		{"rIdHead", "header", "header1.xml"}, {"rIdFoot", "footer", "footer1.xml"}}
	for n := range d.charts {
		of = append(of, docRelation{fmt.Sprintf("rIdChart%d", n+1), "chart", fmt.Sprintf("charts/chart%d.xml", n+1)})
	}
	return map[string]string{
		contentTypes:                   d.types(),
		"_rels/.rels":                  docRelations(docRelation{"rId1", "officeDocument", "word/document.xml"}, docRelation{"rId2", "core-properties", "docProps/core.xml"}),
		"docProps/core.xml":            d.core(),
		"word/document.xml":            d.document(),
		"word/_rels/document.xml.rels": docRelations(of...),
		"word/styles.xml":              d.styles(),
		"word/numbering.xml":           xmlHead + `<w:numbering ` + wordNames + `><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="360" w:hanging="240"/></w:pPr></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`,
		"word/settings.xml":            xmlHead + `<w:settings ` + wordNames + `><w:defaultTabStop w:val="720"/><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>`,
		"word/header1.xml":             xmlHead + `<w:hdr ` + wordNames + `>` + edge(d.page.Title, strings.Join(marks(d.rel.About, d.p), " · "), "") + `</w:hdr>`,
		"word/footer1.xml":             xmlHead + `<w:ftr ` + wordNames + `>` + edge(d.p.T("report.fact_read")+": "+d.paper.Clock, d.p.T("report.print_page")+" ", pageNumber) + `</w:ftr>`,
	}
}

const pageNumber = `<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple><w:r><w:t xml:space="preserve"> / </w:t></w:r><w:fldSimple w:instr=" NUMPAGES "><w:r><w:t>1</w:t></w:r></w:fldSimple>`

// edge is a line at the top or the foot of a page: something at its start, something at its end.
func edge(start, end, more string) string {
	return `<w:p><w:pPr><w:pStyle w:val="Edge"/><w:tabs><w:tab w:val="right" w:pos="` + fmt.Sprint(paperWidth) + `"/></w:tabs></w:pPr>` + run(start) + `<w:r><w:tab/></w:r>` + run(end) + more + `</w:p>`
}

func (d *docx) types() string {
	var b strings.Builder
	b.WriteString(xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
		`<Default Extension="xlsx" ContentType="` + officeTypes + `spreadsheetml.sheet"/>` +
		`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>`)
	for _, x := range [][2]string{{"document", "document.main"}, {"styles", "styles"}, {"numbering", "numbering"}, {"settings", "settings"}, {"header1", "header"}, {"footer1", "footer"}} {
		fmt.Fprintf(&b, `<Override PartName="/word/%s.xml" ContentType="%swordprocessingml.%s+xml"/>`, x[0], officeTypes, x[1])
	}
	for n := range d.charts {
		fmt.Fprintf(&b, `<Override PartName="/word/charts/chart%d.xml" ContentType="%sdrawingml.chart+xml"/>`, n+1, officeTypes)
	}
	b.WriteString(`</Types>`)
	return b.String()
}

func (d *docx) core() string {
	return xmlHead + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">` +
		`<dc:title>` + escaped(d.page.Title) + `</dc:title><dc:subject>` + escaped(strings.Join(marks(d.rel.About, d.p), " · ")) + `</dc:subject><dc:creator>` + escaped(d.page.Kicker) + `</dc:creator><dc:language>` + d.language() + `</dc:language>` +
		`<cp:lastModifiedBy>Följsam</cp:lastModifiedBy><dcterms:created xsi:type="dcterms:W3CDTF">` + d.read() + `</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">` + d.read() + `</dcterms:modified></cp:coreProperties>`
}

func (d *docx) language() string {
	return map[locale.Lang]string{locale.Swedish: "sv-SE", locale.English: "en-GB"}[d.p.Lang()]
}

func (d *docx) document() string {
	return xmlHead + `<w:document ` + wordNames + `><w:body>` + d.body.String() +
		`<w:sectPr><w:headerReference w:type="default" r:id="rIdHead"/><w:footerReference w:type="default" r:id="rIdFoot"/><w:pgSz w:w="11906" w:h="16838"/>` +
		`<w:pgMar w:top="1418" w:right="1418" w:bottom="1247" w:left="1418" w:header="624" w:footer="567" w:gutter="0"/></w:sectPr></w:body></w:document>`
}

// docStyle is one style: what it is called, built on, and looks like.
type docStyle struct {
	id, name      string
	outline       int // of a heading; 0: none
	size          int // in half points
	bold          bool
	colour        string
	before, after int // room, in twentieths of a point
	extra         string
}

func (d *docx) styles() string {
	const ink, mute, accent, warn = "22201D", "57514B", "0B5D66", "4A3300"
	keep := `<w:keepNext/><w:keepLines/>`
	all := []docStyle{
		{id: "Title", name: "Title", size: 52, bold: true, colour: ink, after: 240, extra: keep},
		{id: "Heading1", name: "heading 1", outline: 1, size: 32, bold: true, colour: accent, before: 480, after: 120, extra: keep},
		{id: "Heading2", name: "heading 2", outline: 2, size: 25, bold: true, colour: ink, before: 320, after: 80, extra: keep},
		{id: "Kicker", name: "Kicker", size: 24, bold: true, colour: accent, before: 360},
		{id: "Lead", name: "Lead", size: 23, colour: ink, after: 120, extra: `<w:keepNext/>`},
		{id: "Mute", name: "Mute", size: 22, colour: mute, after: 120, extra: keep},
		{id: "Near", name: "Near", size: 22, colour: ink, after: 120, extra: keep},
		{id: "Small", name: "Small", size: 18, colour: mute, after: 60},
		{id: "SmallNear", name: "Small near", size: 18, colour: mute, after: 60, extra: keep},
		{id: "SmallStrong", name: "Small strong", size: 18, bold: true, colour: ink, after: 60},
		{id: "Band", name: "Band", size: 21, bold: true, colour: warn, after: 60, extra: `<w:shd w:val="clear" w:color="auto" w:fill="F8E7BD"/>`},
		{id: "Edge", name: "Edge", size: 17, colour: mute},
		{id: "TableText", name: "Table text", size: 19, colour: ink, before: 20, after: 20},
		{id: "TableHead", name: "Table head", size: 19, bold: true, colour: ink, before: 20, after: 20},
		{id: "ListBullet", name: "List Bullet", size: 22, colour: ink, after: 100, extra: `<w:numPr><w:numId w:val="1"/></w:numPr>`},
	}
	var b strings.Builder
	b.WriteString(xmlHead + `<w:styles ` + wordNames + `><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="` + bookFont + `" w:hAnsi="` + bookFont + `" w:cs="` + bookFont + `"/><w:color w:val="` + ink + `"/><w:sz w:val="22"/><w:lang w:val="` + d.language() + `"/></w:rPr></w:rPrDefault>` +
		`<w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="264" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>`)
	for _, s := range all {
		outline := ""
		if s.outline > 0 {
			outline = fmt.Sprintf(`<w:outlineLvl w:val="%d"/>`, s.outline-1)
		}
		bold := ""
		if s.bold {
			bold = `<w:b/>`
		}
		order := s.extra + fmt.Sprintf(`<w:spacing w:before="%d" w:after="%d"/>`, s.before, s.after)
		fmt.Fprintf(&b, `<w:style w:type="paragraph" w:styleId="%s"><w:name w:val="%s"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>%s%s</w:pPr><w:rPr>%s<w:color w:val="%s"/><w:sz w:val="%d"/></w:rPr></w:style>`,
			s.id, s.name, order, outline, bold, s.colour, s.size)
	}
	b.WriteString(`<w:style w:type="table" w:styleId="Tabell"><w:name w:val="Tabell"/><w:tblPr><w:tblBorders><w:top w:val="single" w:sz="8" w:color="` + accent + `"/><w:bottom w:val="single" w:sz="4" w:color="` + accent + `"/><w:insideH w:val="single" w:sz="4" w:color="D9D3CB"/></w:tblBorders><w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style></w:styles>`)
	return b.String()
}
