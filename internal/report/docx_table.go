package report

import "fmt"

// docTable is a table of a document. Its first column is what the row is about.
type docTable struct {
	head   []string
	rows   [][]string
	foot   []string
	widths []int // percent of the page
	words  bool  // the cells are words, not numbers
}

// paperWidth is how wide the text is, in twentieths of a point: 16 cm.
const paperWidth = 9070

func (d *docx) table(t docTable) {
	if len(t.rows) == 0 {
		return
	}
	d.put(`<w:tbl><w:tblPr><w:tblStyle w:val="Tabell"/><w:tblW w:w="`, fmt.Sprint(paperWidth), `" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblLook w:val="0420" w:firstRow="1"/></w:tblPr><w:tblGrid>`)
	for _, w := range t.widths {
		d.put(fmt.Sprintf(`<w:gridCol w:w="%d"/>`, w*paperWidth/100))
	}
	d.put(`</w:tblGrid>`)
	if t.head != nil {
		d.line(t, t.head, `<w:tblHeader/>`, "TableHead")
	}
	for _, row := range t.rows {
		d.line(t, row, "", "TableText")
	}
	if t.foot != nil {
		d.line(t, t.foot, "", "TableHead")
	}
	d.put(`</w:tbl><w:p><w:pPr><w:pStyle w:val="Small"/></w:pPr></w:p>`)
}

// line writes a row that stands whole on a page. The heads stay with the row under them by another
// rule: a head that may not be split, last on a page, makes some programs lose the rest of the table.
func (d *docx) line(t docTable, cells []string, as, style string) {
	whole, stay := `<w:cantSplit/>`, ""
	if as != "" {
		whole, stay = "", `<w:keepNext/>`
	}
	d.put(`<w:tr><w:trPr>`, whole, as, `</w:trPr>`)
	for i, text := range cells {
		side := ""
		if i > 0 && !t.words {
			side = `<w:jc w:val="right"/>`
		}
		d.put(fmt.Sprintf(`<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/></w:tcPr>`, t.widths[i]*paperWidth/100),
			`<w:p><w:pPr><w:pStyle w:val="`, style, `"/>`, stay, side, `</w:pPr>`, run(text), `</w:p></w:tc>`)
	}
	d.put(`</w:tr>`)
}
