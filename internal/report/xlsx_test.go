package report

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"foljsam/internal/chart/charttest"
	"foljsam/internal/codebook"
	"foljsam/internal/disclosure"
	"foljsam/internal/locale"
	"foljsam/internal/query"
)

// workbook writes a release of n invented cases, and opens it again.
func workbook(t *testing.T, n int, audience disclosure.Audience, lang locale.Lang, splits ...query.Split) (*disclosure.Release, []byte, *excelize.File) {
	t.Helper()
	about := disclosure.About{Audience: audience, Synthetic: true, Read: charttest.Read, Municipalities: 2, Packages: 2, Coverage: [5]int{0, 0, 0, 1, 1}}
	rel, err := charttest.Make(n, 2).Release(about, splits...)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := WriteXLSX(&b, rel, locale.For(lang)); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(b.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return rel, b.Bytes(), f
}

func cell(t *testing.T, f *excelize.File, sheet, at string) string {
	t.Helper()
	v, err := f.GetCellValue(sheet, at, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestWorkbookHoldsTheNumbersAsNumbers(t *testing.T) {
	rel, _, f := workbook(t, 700, disclosure.Internal, locale.Swedish, query.Whole())
	d02 := rel.Table("", "d02")
	if got := cell(t, f, "d02", "A6"); got != "Kvinna" {
		t.Errorf("the first category is %q", got)
	}
	if got, want := cell(t, f, "d02", "B6"), strconv.FormatInt(d02.Cell(0, 0).Count.Int(), 10); got != want {
		t.Errorf("the count is %s, not %s", got, want)
	}
	share, err := strconv.ParseFloat(cell(t, f, "d02", "C6"), 64)
	if err != nil || math.Abs(share*100-d02.Cell(0, 0).Share.Float()) > 1e-9 {
		t.Errorf("the share is %v, not %v percent", share, d02.Cell(0, 0).Share.Float())
	}
	if kind, _ := f.GetCellType("d02", "B6"); kind != excelize.CellTypeUnset && kind != excelize.CellTypeNumber {
		t.Errorf("the count is not a number but %v", kind)
	}
	if got, want := cell(t, f, "d02", "B8"), strconv.FormatInt(d02.Base(0, 0).Int(), 10); got != want {
		t.Errorf("N is %s, not %s", got, want)
	}
}

func TestWorkbookHasASheetForEveryTableAndTwoMore(t *testing.T) {
	rel, _, f := workbook(t, 60, disclosure.Publication, locale.English, query.Whole(), charttest.Towns("Ale", "Åre"))
	sheets := f.GetSheetList()
	if len(sheets) != len(rel.Tables)+2 || sheets[0] != "Contents" || sheets[len(sheets)-1] != "Definitions" {
		t.Errorf("the sheets are %v", sheets)
	}
	for _, name := range sheets {
		panes, err := f.GetPanes(name)
		if err != nil || !panes.Freeze {
			t.Errorf("%s has no frozen heads", name)
		}
		if l, err := f.GetPageLayout(name); err != nil || *l.Orientation != "landscape" || *l.Size != 9 {
			t.Errorf("%s is not on A4 lying", name)
		}
	}
}

// readParts gives the workbook's parts by name.
func readParts(t *testing.T, b []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		all, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		parts[f.Name] = string(all)
	}
	return parts
}

func TestEveryWholeTableHasANativeChart(t *testing.T) {
	rel, b, _ := workbook(t, 60, disclosure.Publication, locale.Swedish, query.Whole())
	charts := 0
	for name, part := range readParts(t, b) {
		if strings.HasSuffix(name, ".xml") {
			wellFormed(t, name, part)
		}
		if strings.HasPrefix(name, "xl/charts/chart") {
			charts++
			for _, want := range []string{`<c:varyColors val="0"/>`, `typeface="Calibri"`, `<c:min val="0"/>`, `<c:showVal val="1"/>`} {
				if !strings.Contains(part, want) {
					t.Errorf("%s lacks %s", name, want)
				}
			}
		}
		if strings.HasPrefix(name, "xl/drawings/drawing") && !strings.Contains(part, `descr="`) {
			t.Errorf("%s has no text for whoever does not see it", name)
		}
		if strings.HasPrefix(name, "xl/worksheets/sheet") && strings.Contains(part, "<f>") {
			t.Errorf("%s holds a formula", name)
		}
	}
	if charts != len(rel.Tables) {
		t.Errorf("%d charts of %d tables", charts, len(rel.Tables))
	}
}

func wellFormed(t *testing.T, name, part string) {
	t.Helper()
	for dec := xml.NewDecoder(strings.NewReader(part)); ; {
		if _, err := dec.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
}

func TestWorkbookIsTheSameBytesEachTime(t *testing.T) {
	rel, first, _ := workbook(t, 60, disclosure.Publication, locale.Swedish, query.Whole(), charttest.Towns("Ale", "Åre"))
	for range 20 {
		var b bytes.Buffer
		if err := WriteXLSX(&b, rel, locale.For(locale.Swedish)); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(first, b.Bytes()) {
			t.Fatal("the same release gave other bytes")
		}
	}
}

func TestMaskedCellsHaveTheirMark(t *testing.T) {
	rel, _, f := workbook(t, 60, disclosure.Publication, locale.Swedish, query.Whole())
	marks := 0
	for _, r := range rel.Tables {
		rows, err := f.GetRows(r.ID())
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows[headRow:] {
			for _, v := range row {
				if v == ".." {
					marks++
				}
			}
		}
	}
	if marks < 100 {
		t.Errorf("only %d cells have the mark of what is masked", marks)
	}
}

// Small counts that are other small counts must give the same workbook. Only tables of
// several answers a case are asked for: their cells hang together with no other.
type shifted struct{ disclosure.Counts }

func (c shifted) Count(unit int, s query.Set) int64 {
	n := c.Counts.Count(unit, s)
	if n >= 1 && n <= 4 {
		return 5 - n
	}
	return n
}

func TestWorkbookHoldsNoTraceOfMaskedNumbers(t *testing.T) {
	cases, cb := charttest.Make(70, 1), codebook.Default()
	tables := slices.DeleteFunc(query.Report(cb), func(t *query.Table) bool { return len(t.Dims) > 1 || !t.Multiple })
	write := func(c disclosure.Counts) []byte {
		about := &disclosure.About{Audience: disclosure.Publication, Codebook: cb}
		rel, err := disclosure.New(about, []disclosure.Part{{Split: query.Whole(), Tables: tables, Counts: c}})
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := WriteXLSX(&b, rel, locale.For(locale.Swedish)); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	if !bytes.Equal(write(cases.Counts(query.Whole())), write(shifted{cases.Counts(query.Whole())})) {
		t.Error("the workbook is another when only masked numbers are")
	}
}

func TestNoTextBecomesAFormula(t *testing.T) {
	b := &book{f: excelize.NewFile(), rel: &disclosure.Release{About: &disclosure.About{}}, p: locale.For(locale.Swedish)}
	s, err := b.newSheet("x", 1)
	if err != nil {
		t.Fatal(err)
	}
	s.say(0, `=HYPERLINK("http://example.org")`)
	if err := s.close(); err != nil {
		t.Fatal(err)
	}
	if formula, _ := b.f.GetCellFormula("x", "A1"); formula != "" {
		t.Errorf("a text became the formula %s", formula)
	}
	if got := safeSheetName("lokal_a/b[c]*'d' och mycket mer än så, för långt"); len([]rune(got)) > 31 || strings.ContainsAny(got, `/[]*'`) {
		t.Errorf("the sheet's name is %q", got)
	}
}

func BenchmarkWorkbook(b *testing.B) {
	rel, err := charttest.Make(700, 1).Release(disclosure.About{Audience: disclosure.Publication}, query.Whole())
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if err := WriteXLSX(io.Discard, rel, locale.For(locale.Swedish)); err != nil {
			b.Fatal(err)
		}
	}
}
