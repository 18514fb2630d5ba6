package report

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/net/html"

	"foljsam/internal/chart"
	"foljsam/internal/chart/charttest"
	"foljsam/internal/disclosure"
	"foljsam/internal/locale"
	"foljsam/internal/query"
)

// boardRelease is n invented cases, as a period and beside another.
func boardRelease(t testing.TB, n int, of disclosure.Audience) *disclosure.Release {
	t.Helper()
	periods := charttest.Towns("perioden", "perioden före")
	periods.ID = beside
	rel, err := charttest.Make(n, 2).Release(disclosure.About{Audience: of, Read: charttest.Read, Municipalities: 1}, query.Whole(), periods)
	if err != nil {
		t.Fatal(err)
	}
	return rel
}

var somePaper = Paper{Title: "Stöd till våldsutsatta vuxna 2025", From: `Socialnämnden i <Nora> & "Lindesberg"`, Units: []string{"Enhet Vuxen"}, Clock: "22 november 2026 kl. 14.02", Address: "/namndunderlag/papper?ar=2025",
	Earlier: "2024", Thoughts: []Thought{{"Hur går det?", "Vi frågar <oftare> & tidigare.", "Alm, 3 mars 2026"}}}

// written3 writes a paper in its three forms.
func written3(t testing.TB, rel *disclosure.Release, paper Paper, p *locale.Printer) (page string, docx, xlsx []byte) {
	t.Helper()
	var a, b, c bytes.Buffer
	for _, err := range []error{WriteBoardHTML(&a, rel, paper, p), WriteBoardDOCX(&b, rel, paper, p), WriteBoardXLSX(&c, rel, paper, p)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	return a.String(), b.Bytes(), c.Bytes()
}

// tablesOfPage reads the rows of every figure's table, by the figure's id.
func tablesOfPage(t *testing.T, page string) map[string][][]string {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string][][]string{}
	var text func(*html.Node) string
	text = func(n *html.Node) string {
		if n.Type == html.TextNode {
			return n.Data
		}
		s := ""
		for c := range n.ChildNodes() {
			s += text(c)
		}
		return s
	}
	for n := range doc.Descendants() {
		if n.Data != "figure" {
			continue
		}
		id := ""
		for _, a := range n.Attr {
			if a.Key == "id" {
				id = a.Val
			}
		}
		for r := range n.Descendants() {
			if r.Data == "tr" {
				var cells []string
				for c := range r.ChildNodes() {
					if c.Data == "td" || c.Data == "th" {
						cells = append(cells, text(c))
					}
				}
				all[id] = append(all[id], cells)
			}
		}
	}
	return all
}

// tablesOfDocument reads the rows of every table of a document that has numbers, in order.
func tablesOfDocument(t *testing.T, parts map[string]string) (all [][][]string) {
	t.Helper()
	type cell struct {
		Text []string `xml:"p>r>t"`
	}
	var doc struct {
		Tables []struct {
			Rows []struct {
				Cells []cell `xml:"tc"`
			} `xml:"tr"`
		} `xml:"body>tbl"`
	}
	if err := xml.Unmarshal([]byte(parts["word/document.xml"]), &doc); err != nil {
		t.Fatal(err)
	}
	for _, x := range doc.Tables {
		var rows [][]string
		for _, r := range x.Rows {
			var cells []string
			for _, c := range r.Cells {
				cells = append(cells, strings.Join(c.Text, ""))
			}
			rows = append(rows, cells)
		}
		all = append(all, rows)
	}
	return all
}

// The page, the document and the workbook say the same: every row of every table, and every
// number that a chart and its workbook hold.
func TestThePageTheDocumentAndTheWorkbookSayTheSame(t *testing.T) {
	for _, c := range []struct {
		n    int
		of   disclosure.Audience
		lang locale.Lang
	}{{3000, disclosure.Internal, locale.Swedish}, {300, disclosure.Publication, locale.Swedish}, {60, disclosure.Publication, locale.English}, {25, disclosure.Internal, locale.English}, {1, disclosure.Internal, locale.Swedish}, {3, disclosure.Publication, locale.Swedish}, {0, disclosure.Internal, locale.Swedish}} {
		t.Run(fmt.Sprint(c.n, c.of, c.lang), func(t *testing.T) {
			p, rel := locale.For(c.lang), boardRelease(t, c.n, c.of)
			page, docx, xlsx := written3(t, rel, somePaper, p)
			onPage, parts := tablesOfPage(t, page), readParts(t, docx)
			inDocument := tablesOfDocument(t, parts)
			f, err := excelize.OpenReader(bytes.NewReader(xlsx))
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			numbers := 0
			for i, id := range BoardTables() {
				if !slices.EqualFunc(onPage[id], inDocument[i+1], slices.Equal[[]string]) { // the first table is of facts
					t.Errorf("%s: the page has %q, the document %q", id, onPage[id], inDocument[i+1])
				}
				numbers += sameInWorkbook(t, p, rel, id, onPage[id], f)
			}
			numbers += sameInCharts(t, p, rel, parts)
			t.Log(numbers, "numbers")
			if c.n > 20 && numbers < 200 {
				t.Errorf("only %d numbers were compared", numbers)
			}
		})
	}
}

// sameInWorkbook compares a figure's table with its sheet. The sheet is in the diagram's order.
func sameInWorkbook(t *testing.T, p *locale.Printer, rel *disclosure.Release, id string, page [][]string, f *excelize.File) (numbers int) {
	t.Helper()
	rows, err := f.GetRows(id, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	byLabel := map[string][]string{}
	for _, r := range rows[headRow:] {
		if len(r) > 2 {
			byLabel[r[0]] = r
		}
	}
	for _, row := range page[1:] {
		sheet := byLabel[row[0]]
		if row[0] == p.T("report.base") {
			continue
		}
		if len(sheet) < 3 {
			t.Errorf("%s: %q is not in the workbook", id, row[0])
			continue
		}
		if n, err := strconv.ParseFloat(sheet[1], 64); err == nil {
			sheet[1] = p.Int(int64(n))
			numbers++
		}
		if s, err := strconv.ParseFloat(sheet[2], 64); err == nil {
			sheet[2] = shown(p, 100*s, 1)
			numbers++
		}
		if row[1] != sheet[1] || row[2] != sheet[2] && row[2] != p.T("report.few") {
			t.Errorf("%s, %s: the page says %q, the workbook %q", id, row[0], row[1:3], sheet[1:3])
		}
	}
	return numbers
}

var cached = regexp.MustCompile(`<c:numCache>.*?</c:numCache>`)
var point = regexp.MustCompile(`<c:pt idx="(\d+)"><c:v>([^<]*)</c:v>`)

// sameInCharts compares what every native chart of a document holds with the workbook inside the
// document and with the release.
func sameInCharts(t *testing.T, p *locale.Printer, rel *disclosure.Release, parts map[string]string) (numbers int) {
	t.Helper()
	n := 0
	for _, id := range BoardTables() {
		d := chart.Of(rel.Table("", id), 0, p)
		part, drawn := parts[fmt.Sprintf("word/charts/chart%d.xml", n+1)]
		if !drawn || !strings.Contains(part, strings.ReplaceAll(d.Title, "&", "&amp;")) {
			continue // a table of no cases is not drawn
		}
		n++
		f, err := excelize.OpenReader(strings.NewReader(parts[fmt.Sprintf("word/embeddings/data%d.xlsx", n)]))
		if err != nil {
			t.Fatal(err)
		}
		o, table := d.Office(), d.Table()
		for s, cache := range cached.FindAllString(part, -1) {
			held := map[int]float64{}
			for _, m := range point.FindAllStringSubmatch(cache, -1) {
				at, _ := strconv.Atoi(m[1])
				held[at], _ = strconv.ParseFloat(m[2], 64)
			}
			for r := range o.Rows {
				c := table.Rows[r][o.Series[s].Column]
				v, inChart := held[r]
				raw, err := f.GetCellValue("Data", cellName(o.Series[s].Column+1, r+2), excelize.Options{RawCellValue: true})
				inBook, bad := strconv.ParseFloat(raw, 64)
				if inChart != c.Value.IsNumber() || inChart && (math.Abs(v-c.Number()) > 1e-12 || bad != nil || math.Abs(inBook-v) > 1e-9) || !inChart && raw != c.Text || err != nil {
					t.Errorf("%s, row %d: the chart has %v (%v), its workbook %q, the release %q", id, r, v, inChart, raw, c.Text)
				}
				numbers++
			}
		}
		f.Close()
	}
	return numbers
}

func TestAPaperIsWellFormedAndTheSameBytesEachTime(t *testing.T) {
	rel, p := boardRelease(t, 300, disclosure.Publication), locale.For(locale.Swedish)
	page, docx, xlsx := written3(t, rel, somePaper, p)
	for range 3 {
		a, b, c := written3(t, rel, somePaper, p)
		if a != page || !bytes.Equal(b, docx) || !bytes.Equal(c, xlsx) {
			t.Fatal("the same release gave other bytes")
		}
	}
	types := readParts(t, docx)[contentTypes]
	for name, part := range readParts(t, docx) {
		if strings.HasSuffix(name, ".xml") || strings.HasSuffix(name, ".rels") {
			wellFormed(t, name, part)
			if strings.Contains(part, "http://") && strings.Contains(part, "TargetMode") {
				t.Errorf("%s leads out of the document", name)
			}
		}
		if strings.HasPrefix(name, "word/") && strings.HasSuffix(name, ".xml") && !strings.Contains(types, "/"+name) {
			t.Errorf("%s has no type", name)
		}
	}
	if strings.Contains(page, "<Nora>") || !strings.Contains(page, "&lt;Nora&gt;") {
		t.Error("a name is not escaped")
	}
}

// A head that may not be split, last on a page, makes some programs lose the rest of the table: it
// stays with the next row instead.
func TestAHeadOfADocumentsTableStaysWithItsRows(t *testing.T) {
	_, docx, _ := written3(t, boardRelease(t, 120, disclosure.Publication), somePaper, locale.For(locale.Swedish))
	body := readParts(t, docx)["word/document.xml"]
	if strings.Contains(body, "<w:cantSplit/><w:tblHeader/>") || !strings.Contains(body, `<w:pStyle w:val="TableHead"/><w:keepNext/>`) {
		t.Error("a head may be left alone")
	}
}

func TestAPaperSaysForWhomItIsOnEveryPage(t *testing.T) {
	p := locale.For(locale.Swedish)
	page, docx, xlsx := written3(t, boardRelease(t, 300, disclosure.Internal), somePaper, p)
	parts := readParts(t, docx)
	for where, text := range map[string]string{"page": page, "head": parts["word/header1.xml"], "document": parts["word/document.xml"], "chart": parts["word/charts/chart1.xml"], "properties": parts["docProps/core.xml"]} {
		if !strings.Contains(text, "Internt") {
			t.Errorf("the %s does not say that it is internal", where)
		}
	}
	f, err := excelize.OpenReader(strings.NewReader(parts["word/embeddings/data1.xlsx"]))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if rows, err := f.GetRows("Data"); err != nil || !slices.ContainsFunc(rows, func(r []string) bool { return len(r) > 0 && strings.HasPrefix(r[0], "Internt") }) {
		t.Error("the numbers behind a chart do not say that they are internal", err)
	}
	for _, want := range []string{"22 november 2026 kl. 14.02", "/namndunderlag/papper?ar=2025", "Enhet Vuxen", "Vi frågar &lt;oftare&gt;"} {
		if !strings.Contains(page, want) || !strings.Contains(parts["word/document.xml"], strings.ReplaceAll(want, "&amp;", "&")) {
			t.Errorf("it does not say %q", want)
		}
	}
	z, err := zip.NewReader(bytes.NewReader(xlsx), int64(len(xlsx)))
	if err != nil || len(z.File) < 20 {
		t.Fatal(err)
	}
}

// Fifty units with long names, and a title of any length, have room.
func TestAPaperOfManyUnitsWithLongNames(t *testing.T) {
	paper := somePaper
	paper.Units = nil
	for i := range 50 {
		paper.Units = append(paper.Units, fmt.Sprintf("Enheten för våldsutsatta vuxna och deras barn i det trettiosjunde stadsdelsområdet nummer %d", i+1))
	}
	paper.Title = strings.Repeat("Mycket lång rubrik ", 12)
	page, docx, _ := written3(t, boardRelease(t, 60, disclosure.Publication), paper, locale.For(locale.English))
	for _, u := range paper.Units {
		if !strings.Contains(page, u) || !strings.Contains(readParts(t, docx)["word/document.xml"], u) {
			t.Fatalf("%s is not there", u)
		}
	}
}

func BenchmarkBoard(b *testing.B) {
	rel, p := boardRelease(b, 3000, disclosure.Publication), locale.For(locale.Swedish)
	for name, write := range map[string]func(io.Writer, *disclosure.Release, Paper, *locale.Printer) error{"page": WriteBoardHTML, "docx": WriteBoardDOCX, "xlsx": WriteBoardXLSX} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if err := write(io.Discard, rel, somePaper, p); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
