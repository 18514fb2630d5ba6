package report

import (
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/xuri/excelize/v2"

	"foljsam/internal/disclosure"
	"foljsam/internal/locale"
)

// WriteXLSX writes the release as a workbook: a sheet of contents, a sheet for each
// table with its numbers and a native chart, and a sheet of definitions. The same
// release gives the same bytes. Texts are never formulas, and what has no number has its
// mark.
func WriteXLSX(w io.Writer, rel *disclosure.Release, p *locale.Printer) error {
	return writeBook(w, &book{f: excelize.NewFile(), rel: rel, p: p, charts: map[string]string{}})
}

// WriteBoardXLSX writes the figures of a paper as such a workbook, with its sentences on the
// first sheet.
func WriteBoardXLSX(w io.Writer, rel *disclosure.Release, paper Paper, p *locale.Printer) error {
	x := newBoard(rel, paper, p)
	return writeBook(w, &book{f: excelize.NewFile(), rel: rel, p: p, charts: map[string]string{}, board: &x})
}

func writeBook(w io.Writer, b *book) error {
	defer b.f.Close()
	for _, step := range []func() error{b.prepare, b.contents, b.tables, b.definitions} {
		if err := step(); err != nil {
			return err
		}
	}
	b.f.SetZipWriter(func(w io.Writer) excelize.ZipWriter { return &steadyZip{w: w, instead: b.charts} })
	_, err := b.f.WriteTo(w)
	return err
}

// book is a workbook being written.
type book struct {
	f      *excelize.File
	rel    *disclosure.Release
	p      *locale.Printer
	looks  looks
	sheets []tableSheet
	board  *board            // of a paper; nil: the release is shown as it is
	charts map[string]string // chart parts by their path: ours instead of the library's
}

// tableSheet is one table and the sheet that it is on.
type tableSheet struct {
	name  string
	table *disclosure.Released
}

// looks are the styles of cells.
type looks struct{ title, text, wrapped, strong, head, label, link, mark, whole, percent, mean, sumLabel, sum int }

const bookFont = "Calibri"

func (b *book) prepare() error {
	a := b.rel.About
	read := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC) // said by nobody: a fixed day, never the clock
	if !a.Read[1].IsZero() {
		read = a.Read[1]
	}
	lang := map[locale.Lang]string{locale.Swedish: "sv-SE", locale.English: "en-GB"}[b.p.Lang()]
	stamp := read.UTC().Format(time.RFC3339)
	err := b.f.SetDocProps(&excelize.DocProperties{Title: b.title(), Creator: "Följsam", LastModifiedBy: "Följsam",
		Language: lang, Description: b.audience(), Created: stamp, Modified: stamp})
	if err != nil {
		return err
	}
	if err := b.f.SetDefaultFont(bookFont); err != nil {
		return err
	}
	b.nameSheets()
	return b.makeLooks()
}

func (b *book) title() string {
	if b.board != nil {
		return b.board.paper.Title
	}
	return b.p.T("xlsx.title", "codebook", b.rel.About.Codebook.Title.In(b.p.Lang()))
}

// audience says for whom the workbook is.
func (b *book) audience() string {
	switch kindOf(b.rel.About) {
	case "internal":
		return b.p.T("xlsx.internal")
	case "primary":
		return b.p.T("xlsx.only_primary")
	}
	return b.p.T("xlsx.publication")
}

func (b *book) makeLooks() error {
	font := func(size float64, bold bool, colour string) *excelize.Font {
		return &excelize.Font{Family: bookFont, Size: size, Bold: bold, Color: colour}
	}
	const ink, mute, accent, tint = "22201D", "57514B", "0B5D66", "E6EFF0"
	format := func(code string) *string { return &code }
	line := []excelize.Border{{Type: "bottom", Color: accent, Style: 1}}
	over := []excelize.Border{{Type: "top", Color: accent, Style: 1}}
	right := &excelize.Alignment{Horizontal: "right", Vertical: "top"}
	space := "0\u00a0%"
	if b.p.Lang() == locale.English {
		space = "0%"
	}
	var err error
	make := func(s excelize.Style) int {
		id, e := b.f.NewStyle(&s)
		if e != nil {
			err = e
		}
		return id
	}
	b.looks = looks{
		title:    make(excelize.Style{Font: font(15, true, ink)}),
		text:     make(excelize.Style{Font: font(11, false, mute)}),
		wrapped:  make(excelize.Style{Font: font(11, false, ink), Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}}),
		strong:   make(excelize.Style{Font: font(11, true, ink)}),
		head:     make(excelize.Style{Font: font(11, true, ink), Border: line, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{tint}}, Alignment: &excelize.Alignment{WrapText: true, Vertical: "bottom"}}),
		label:    make(excelize.Style{Font: font(11, false, ink), Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}}),
		link:     make(excelize.Style{Font: &excelize.Font{Family: bookFont, Size: 11, Color: accent, Underline: "single"}, Alignment: &excelize.Alignment{Vertical: "top"}}),
		mark:     make(excelize.Style{Font: font(11, false, ink), Alignment: right}),
		whole:    make(excelize.Style{Font: font(11, false, ink), CustomNumFmt: format("#,##0"), Alignment: right}),
		percent:  make(excelize.Style{Font: font(11, false, ink), CustomNumFmt: &space, Alignment: right}),
		mean:     make(excelize.Style{Font: font(11, false, ink), CustomNumFmt: format("0.0"), Alignment: right}),
		sumLabel: make(excelize.Style{Font: font(11, true, ink), Border: over}),
		sum:      make(excelize.Style{Font: font(11, true, ink), Border: over, CustomNumFmt: format("#,##0"), Alignment: right}),
	}
	return err
}

// nameSheets gives every table a sheet name: its id, and what it is split by.
func (b *book) nameSheets() {
	seen := map[string]bool{}
	for _, r := range b.rel.Tables {
		if b.board != nil && !slices.Contains(BoardTables(b.board.paper.Parts...), r.ID()) {
			continue
		}
		name := safeSheetName(r.ID())
		if r.Split().ID != "" {
			name = safeSheetName(r.ID() + " " + r.Split().ID)
		}
		for n, whole := 2, name; seen[name]; n++ {
			name = fmt.Sprintf("%.27s~%d", whole, n)
		}
		seen[name] = true
		b.sheets = append(b.sheets, tableSheet{name, r})
	}
}

// safeSheetName keeps what every spreadsheet program allows in a sheet's name.
func safeSheetName(s string) string {
	var name []rune
	for _, r := range s {
		switch r {
		case ':', '\\', '/', '?', '*', '[', ']', '\'':
			r = '_'
		}
		name = append(name, r)
	}
	return string(name[:min(len(name), 31)])
}
