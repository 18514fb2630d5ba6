package exchange

import (
	"bytes"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"foljsam/internal/disclosure"
	"foljsam/internal/indicator"
	"foljsam/internal/locale"
)

// PX is the format of SCB's PX programs and of PxWeb: keywords, each with a value that ends
// with a semicolon, and last the numbers. The format is SCB's "PX file format", 2013.

// pxLine is the most characters of a text on one line; longer ones go on in further quotes.
const pxLine = 200

// pxText is a PX file that is being written.
type pxText struct{ b bytes.Buffer }

// put writes a keyword whose value stands as it is. about says which variable or value the
// keyword is about, if any.
func (x *pxText) put(keyword, about, value string) {
	x.b.WriteString(keyword)
	if about != "" {
		x.b.WriteString("(" + pxQuoted(about) + ")")
	}
	x.b.WriteString("=" + value + ";\n")
}

// text writes a keyword with texts.
func (x *pxText) text(keyword, about string, values ...string) {
	quoted := make([]string, len(values))
	for i, v := range values {
		quoted[i] = pxQuoted(v)
	}
	x.put(keyword, about, strings.Join(quoted, ",\n"))
}

// pxQuoted writes a text in quotes. A PX text holds no quotes and no line breaks; # is a new line.
func pxQuoted(s string) string {
	s = strings.NewReplacer(`"`, "'", "\r", "", "\n", "#", "\x00", "").Replace(strings.ToValidUTF8(s, "?"))
	var b strings.Builder
	for utf8.RuneCountInString(s) > pxLine {
		runes := []rune(s)
		b.WriteString(`"` + string(runes[:pxLine]) + "\"\n")
		s = string(runes[pxLine:])
	}
	return b.String() + `"` + s + `"`
}

// PX has six marks for a number that is not there. Secret and missing are never "-", which
// in PX is zero.
var pxMarks = map[disclosure.State]string{disclosure.NotApplicable: `"."`, disclosure.Masked: `".."`, disclosure.Missing: `"..."`}

// WritePX writes the series as a PX file in Windows-1252, which all PX programs read.
func (s *Series) WritePX(w io.Writer, p *locale.Printer) error {
	x := &pxText{}
	dims := s.dimensions(p)
	x.head(s, p)
	x.variables(dims)
	x.measuresOf(dims[3])
	x.foot(s, p)
	x.data(s)
	_, err := w.Write(pxEncoded(x.b.String()))
	return err
}

// pxEncoded writes a character that Windows-1252 does not have as a question mark.
func pxEncoded(text string) []byte {
	out := make([]byte, 0, len(text))
	for _, r := range text {
		b, ok := charmap.Windows1252.EncodeRune(r)
		if !ok {
			b = '?'
		}
		out = append(out, b)
	}
	return out
}

func (x *pxText) head(s *Series, p *locale.Printer) {
	x.text("CHARSET", "", "ANSI")
	x.text("AXIS-VERSION", "", "2013")
	x.text("CODEPAGE", "", "windows-1252")
	x.text("LANGUAGE", "", string(p.Lang()))
	x.put("DECIMALS", "", "2")
	x.put("SHOWDECIMALS", "", "0")
	x.text("MATRIX", "", "nyckeltal")
	x.put("AGGREGALLOWED", "", "NO") // rates are not added
	x.text("SUBJECT-CODE", "", "SO")
	x.text("SUBJECT-AREA", "", p.T("series.subject"))
	x.put("DESCRIPTIONDEFAULT", "", "YES")
	x.text("TITLE", "", p.T("series.title"))
	x.text("DESCRIPTION", "", p.T("series.title"))
	x.text("CONTENTS", "", p.T("series.contents"))
}

// variables writes the dimensions: units down the side, the rest above.
func (x *pxText) variables(dims []dimension) {
	x.text("STUB", "", dims[0].label)
	x.text("HEADING", "", dims[2].label, dims[3].label, dims[1].label)
	x.text("CONTVARIABLE", "", dims[3].label)
	for _, d := range []dimension{dims[0], dims[2], dims[3], dims[1]} {
		x.text("VARIABLECODE", d.label, d.id)
		x.text("VALUES", d.label, pxNames(d)...)
	}
	years := []string{"TLIST(A1)"}
	for _, y := range dims[1].cats {
		years = append(years, pxQuoted(y))
	}
	x.put("TIMEVAL", dims[1].label, strings.Join(years, ","))
	for _, d := range []dimension{dims[0], dims[2], dims[3], dims[1]} {
		x.text("CODES", d.label, d.cats...)
	}
}

// pxNames gives the names of a dimension's categories; those that are alike get their code,
// as PX tells values apart by name.
func pxNames(d dimension) []string {
	names := slices.Clone(d.names)
	for i, name := range names {
		if slices.Index(d.names, name) != i || slices.Contains(d.names[i+1:], name) {
			names[i] = name + " (" + d.cats[i] + ")"
		}
	}
	return names
}

func (x *pxText) measuresOf(d dimension) {
	x.text("UNITS", "", d.names[0])
	for _, name := range d.names {
		x.text("UNITS", name, name)
	}
	x.b.WriteString("PRECISION(" + pxQuoted(d.label) + "," + pxQuoted(d.names[0]) + ")=2;\n")
}

func (x *pxText) foot(s *Series, p *locale.Printer) {
	if t := s.changed(); !t.IsZero() {
		x.text("LAST-UPDATED", "", t.UTC().Format("20060102 15:04"))
	}
	x.text("SOURCE", "", s.Source)
	x.put("OFFICIAL-STATISTICS", "", "NO")
	x.text("NOTEX", "", strings.Join(s.notes(p), "\n"))
	x.text("DATASYMBOL1", "", ".")
	x.text("DATASYMBOL2", "", "..")
	x.text("DATASYMBOL3", "", "-")
}

// data writes the numbers: a row for each unit; in it key figure, measure and year.
func (x *pxText) data(s *Series) {
	x.b.WriteString("DATA=\n")
	n, m := len(s.Years), len(s.Years)*3
	for _, u := range s.Units {
		row := make([]string, m*3)
		for y, year := range s.Years {
			for f := range 3 {
				texts, states := s.Point(u, year, indicator.Figures[f]).measures()
				for k, v := range texts {
					if states[k] != disclosure.Number {
						v = pxMarks[states[k]]
					}
					row[f*m+k*n+y] = v
				}
			}
		}
		x.lines(row)
	}
	x.b.WriteString(";\n")
}

// lines writes a row's numbers, ten to a line: no line of a PX file is longer than 256.
func (x *pxText) lines(row []string) {
	for len(row) > 0 {
		k := min(10, len(row))
		x.b.WriteString(strings.Join(row[:k], " ") + "\n")
		row = row[k:]
	}
}
