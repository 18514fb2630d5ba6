package chart

import (
	"fmt"
	"html"
	"strconv"
	"strings"

	"foljsam/internal/locale"
)

// OfficePlace is where a native chart finds its table.
type OfficePlace struct {
	Sheet    string
	FirstRow int    // of the numbers, 1-based
	External string // id of the relation to the workbook in a document; empty in the workbook itself
}

// OfficeXML writes the native chart as the chart part of an OOXML file, its numbers in
// it as well: a document shows them without opening its workbook, and a reader that does
// not recalculate shows them too. What has no number gets its mark as label; without it,
// a spreadsheet program would call it 0.
func (d *Diagram) OfficeXML(at OfficePlace) string {
	o, t := d.Office(), d.Table()
	x := &officeWriter{o: o, t: t, at: at, lang: string(d.p.Lang())}
	x.put(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>`+"\n",
		`<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">`,
		`<c:date1904 val="0"/><c:lang val="`, x.lang, `"/><c:roundedCorners val="0"/><c:chart>`)
	x.title(d)
	x.put(`<c:autoTitleDeleted val="0"/><c:plotArea><c:layout/>`)
	x.bars()
	x.axes()
	x.put(`<c:spPr><a:noFill/></c:spPr></c:plotArea>`)
	if len(o.Series) > 1 {
		x.put(`<c:legend><c:legendPos val="t"/><c:overlay val="0"/>`, x.font(1000, false), `</c:legend>`)
	}
	x.put(`<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>`,
		`<c:spPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill><a:ln><a:noFill/></a:ln></c:spPr>`, x.font(1000, false))
	if at.External != "" {
		x.put(`<c:externalData r:id="`, xmlText(at.External), `"><c:autoUpdate val="0"/></c:externalData>`)
	}
	x.put(`</c:chartSpace>`)
	return x.b.String()
}

type officeWriter struct {
	b    strings.Builder
	o    Office
	t    Table
	at   OfficePlace
	lang string
}

func (x *officeWriter) put(parts ...string) {
	for _, p := range parts {
		x.b.WriteString(p)
	}
}

const officeFace = `<a:solidFill><a:srgbClr val="22201D"/></a:solidFill><a:latin typeface="Calibri"/><a:cs typeface="Calibri"/>`

// font is the text properties of a part of the chart; every part names its own, as some
// programs draw the default very pale.
func (x *officeWriter) font(size int, bold bool) string {
	return fmt.Sprintf(`<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="%d" b="%s">%s</a:defRPr></a:pPr><a:endParaRPr lang="%s"/></a:p></c:txPr>`,
		size, bit(bold), officeFace, x.lang)
}

// xmlText gives a text as it may stand in XML, in an attribute too: escaped, and without
// the characters that XML has no way to write.
func xmlText(s string) string {
	return html.EscapeString(strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xfffe || r == 0xffff {
			return -1
		}
		return r
	}, s))
}

func bit(b bool) string {
	if b {
		return "1"
	}
	return "0"
}

// title is the title with N and base under it, so that both follow a copied chart.
func (x *officeWriter) title(d *Diagram) {
	x.put(`<c:title><c:tx><c:rich><a:bodyPr/><a:lstStyle/>`)
	size := 1300
	if x.at.External != "" { // in a document, where the same title stands over it
		size = 1000
	}
	x.paragraph(d.fullTitle(), size, true)
	under := d.Base
	if d.N != "" && len(d.N) < 80 {
		under = d.N + ". " + d.Base
	}
	x.paragraph(under, 900, false)
	if d.Stamp != "" {
		x.paragraph(d.Stamp, 900, true)
	}
	x.put(`</c:rich></c:tx><c:overlay val="0"/></c:title>`)
}

func (x *officeWriter) paragraph(s string, size int, bold bool) {
	x.put(fmt.Sprintf(`<a:p><a:pPr><a:defRPr sz="%d" b="%s"/></a:pPr><a:r><a:rPr lang="%s" sz="%d" b="%s">%s</a:rPr><a:t>%s</a:t></a:r></a:p>`,
		size, bit(bold), x.lang, size, bit(bold), officeFace, xmlText(s)))
}

func (x *officeWriter) bars() {
	dir, grouping, overlap := "bar", "clustered", "0"
	if x.o.Kind != OfficeBars {
		dir = "col"
	}
	if x.o.Kind == OfficeStacked {
		grouping, overlap = "stacked", "100"
	}
	x.put(`<c:barChart><c:barDir val="`, dir, `"/><c:grouping val="`, grouping, `"/><c:varyColors val="0"/>`)
	for i := range x.o.Series {
		x.series(i)
	}
	x.put(`<c:gapWidth val="50"/><c:overlap val="`, overlap, `"/><c:axId val="1001"/><c:axId val="1002"/></c:barChart>`)
}

func (x *officeWriter) series(i int) {
	s := x.o.Series[i]
	name := s.Name
	if name == "" {
		name = x.t.Head[s.Column]
	}
	n := strconv.Itoa(i)
	x.put(`<c:ser><c:idx val="`, n, `"/><c:order val="`, n, `"/><c:tx><c:v>`, xmlText(name), `</c:v></c:tx><c:spPr>`, fill(s),
		`</c:spPr><c:invertIfNegative val="0"/>`)
	if x.o.All >= 0 {
		x.put(`<c:dPt><c:idx val="`, strconv.Itoa(x.o.All), `"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/><c:spPr>`, fill(looks[1]), `</c:spPr></c:dPt>`)
	}
	x.labels(s)
	x.put(`<c:cat><c:strRef><c:f>`, x.column(0), `</c:f><c:strCache>`, x.count())
	for r := range x.o.Rows {
		x.point(r, x.t.Rows[r][0].Text)
	}
	x.put(`</c:strCache></c:strRef></c:cat><c:val><c:numRef><c:f>`, x.column(s.Column), `</c:f><c:numCache><c:formatCode>`,
		xmlText(x.o.Format.Code(locale.Lang(x.lang))), `</c:formatCode>`, x.count())
	for r := range x.o.Rows {
		if c := x.t.Rows[r][s.Column]; c.Value.IsNumber() {
			x.point(r, strconv.FormatFloat(c.Number(), 'g', -1, 64))
		}
	}
	x.put(`</c:numCache></c:numRef></c:val></c:ser>`)
}

// fill is a series' colour; other series than the first have a pattern as well.
func fill(s OfficeSeries) string {
	if s.Pattern == "" {
		return `<a:solidFill><a:srgbClr val="` + s.Colour + `"/></a:solidFill>`
	}
	return `<a:pattFill prst="` + s.Pattern + `"><a:fgClr><a:srgbClr val="` + s.Colour + `"/></a:fgClr><a:bgClr><a:srgbClr val="FFFFFF"/></a:bgClr></a:pattFill>` +
		`<a:ln w="6350"><a:solidFill><a:srgbClr val="` + s.Colour + `"/></a:solidFill></a:ln>`
}

// labels are the numbers at the ends of the bars, and the marks of what has none.
func (x *officeWriter) labels(s OfficeSeries) {
	const show = `<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>`
	place := `<c:dLblPos val="outEnd"/>`
	if x.o.Kind == OfficeStacked {
		place = `<c:dLblPos val="` + map[bool]string{true: "inEnd", false: "inBase"}[s.Pattern == ""] + `"/>`
	}
	x.put(`<c:dLbls>`)
	for r := range x.o.Rows {
		if c := x.t.Rows[r][s.Column]; !c.Value.IsNumber() {
			x.put(`<c:dLbl><c:idx val="`, strconv.Itoa(r), `"/><c:tx><c:rich><a:bodyPr/><a:lstStyle/>`)
			x.paragraph(c.Text, 1000, true)
			x.put(`</c:rich></c:tx>`, place, show, `</c:dLbl>`)
		}
	}
	size := x.font(1000, true)
	if x.o.Kind == OfficeStacked && s.Pattern == "" {
		size = strings.ReplaceAll(size, "22201D", "FFFFFF") // on the colour, not beside it
	}
	back := `<a:noFill/>`
	if x.o.Kind == OfficeStacked && s.Pattern != "" {
		back = `<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>`
	}
	x.put(`<c:numFmt formatCode="`, xmlText(x.o.Format.Code(locale.Lang(x.lang))), `" sourceLinked="0"/><c:spPr>`, back, `<a:ln><a:noFill/></a:ln></c:spPr>`,
		size, place, show, `</c:dLbls>`)
}

func (x *officeWriter) count() string { return `<c:ptCount val="` + strconv.Itoa(x.o.Rows) + `"/>` }

func (x *officeWriter) point(i int, v string) {
	x.put(`<c:pt idx="`, strconv.Itoa(i), `"><c:v>`, xmlText(v), `</c:v></c:pt>`)
}

// column is the reference to a column's categories: 'd02'!$A$6:$A$9.
func (x *officeWriter) column(c int) string {
	letter := string(rune('A' + c))
	sheet := xmlText(strings.ReplaceAll(x.at.Sheet, "'", "''"))
	return fmt.Sprintf("'%s'!$%s$%d:$%s$%d", sheet, letter, x.at.FirstRow, letter, x.at.FirstRow+x.o.Rows-1)
}

// axes are the categories, first on top, and a scale from zero that is not shown: the
// numbers stand at the bars.
func (x *officeWriter) axes() {
	orientation, across, along := "maxMin", "l", "t"
	if x.o.Kind != OfficeBars {
		orientation, across, along = "minMax", "b", "l"
	}
	top := ""
	if x.o.Max > 0 {
		top = `<c:max val="` + strconv.FormatFloat(x.o.Max/100, 'g', -1, 64) + `"/>`
	}
	x.put(`<c:catAx><c:axId val="1001"/><c:scaling><c:orientation val="`, orientation, `"/></c:scaling><c:delete val="0"/><c:axPos val="`, across,
		`"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>`,
		`<c:spPr><a:ln w="9525"><a:solidFill><a:srgbClr val="22201D"/></a:solidFill></a:ln></c:spPr>`, x.font(1000, false),
		`<c:crossAx val="1002"/><c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:tickLblSkip val="1"/><c:noMultiLvlLbl val="1"/></c:catAx>`,
		`<c:valAx><c:axId val="1002"/><c:scaling><c:orientation val="minMax"/>`, top, `<c:min val="0"/></c:scaling><c:delete val="1"/><c:axPos val="`, along,
		`"/><c:numFmt formatCode="`, xmlText(x.o.Format.Code(locale.Lang(x.lang))), `" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>`,
		`<c:tickLblPos val="nextTo"/><c:crossAx val="1001"/><c:crosses val="autoZero"/><c:crossBetween val="between"/></c:valAx>`)
}
