package oracle

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A row is a record of a CSV file: as it is written, and as it should be read.
type row struct {
	text map[string]string // what stands in the file
	good map[string]string // what the contract says that it means
	gone bool              // left out
	used bool              // a fault stands here already
	add  []string          // fields beyond the header
	cut  int               // fields missing at the end
}

func newRow(cells map[string]string) *row {
	return &row{text: cells, good: maps.Clone(cells)}
}

// set writes a value that means itself.
func (r *row) set(column, value string) { r.text[column], r.good[column] = value, value }

// spoil writes one thing that should be read as another.
func (r *row) spoil(column, written, read string) { r.text[column], r.good[column] = written, read }

// A sheet is a CSV file of a package.
type sheet struct {
	columns []string
	rows    []*row
	form    form
	raw     []byte // stands instead of everything, when set
}

// A form is how a CSV file is written.
type form struct {
	bom, semicolon, latin, crlf, quoted, open bool // open: no line end after the last row
}

// A pack is a package of cases, as it will be written.
type pack struct {
	path   string // last element
	meta   map[string]any
	desc   []byte // stands instead of meta, when set
	sheets map[string]*sheet
	locals []*local
	zipped bool
	top    string            // the folder around everything in a zip
	more   map[string]string // further members
	gone   bool              // left out
	fixed  bool              // may not be left out: a fault in another package needs it
}

// A local is a variable of lokala.csv; codes is empty for free text.
type local struct {
	name, title string
	codes       []string
	foreign     bool // described differently from the other packages
}

const (
	caseFile = "arenden.csv"
	supFile  = "insatser.csv"
	riskFile = "risk.csv"
	locFile  = "lokala.csv"
	descFile = "datapackage.json"
)

// write puts the package in dir and gives its path.
func (p *pack) write(t testing.TB, dir string) string {
	t.Helper()
	files := p.bytes(t)
	at := filepath.Join(dir, p.path)
	if p.zipped {
		check(t, os.WriteFile(at, p.zip(t, files), 0o600))
		return at
	}
	check(t, os.MkdirAll(at, 0o700))
	for name, text := range files {
		check(t, os.WriteFile(filepath.Join(at, name), text, 0o600))
	}
	return at
}

func (p *pack) zip(t testing.TB, files map[string][]byte) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	put := func(name string, text []byte) {
		w, err := z.Create(name)
		check(t, err)
		_, err = w.Write(text)
		check(t, err)
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		put(p.top+name, files[name])
	}
	for _, name := range slices.Sorted(maps.Keys(p.more)) {
		put(name, []byte(p.more[name]))
	}
	check(t, z.Close())
	return b.Bytes()
}

// bytes gives the files of the package by name.
func (p *pack) bytes(t testing.TB) map[string][]byte {
	t.Helper()
	files := map[string][]byte{descFile: p.desc}
	if p.desc == nil {
		files[descFile] = p.describe(t)
	}
	for name, s := range p.sheets {
		files[name] = s.raw
		if s.raw == nil {
			files[name] = s.bytes()
		}
	}
	return files
}

func (p *pack) describe(t testing.TB) []byte {
	t.Helper()
	meta := maps.Clone(p.meta)
	var resources []any
	for _, name := range slices.Sorted(maps.Keys(p.sheets)) {
		var fields []any
		for _, c := range p.sheets[name].columns {
			fields = append(fields, p.field(name, c))
		}
		resources = append(resources, map[string]any{
			"name": strings.TrimSuffix(name, ".csv"), "path": name, "type": "table",
			"schema": map[string]any{"fields": fields, "missingValues": []string{""}},
		})
	}
	meta["resources"] = resources
	text, err := json.MarshalIndent(meta, "", " ")
	check(t, err)
	return text
}

func (p *pack) field(file, column string) map[string]any {
	f := map[string]any{"name": column, "type": "string"}
	if file != locFile {
		return f
	}
	for _, l := range p.locals {
		if l.name == column {
			f["title"] = l.title
			if len(l.codes) > 0 {
				f["categories"] = l.codes
			}
		}
	}
	return f
}

func (s *sheet) bytes() []byte {
	var b strings.Builder
	if s.form.bom {
		b.WriteString("\uFEFF")
	}
	s.line(&b, s.columns)
	for _, r := range s.rows {
		var fields []string
		for _, c := range s.columns {
			fields = append(fields, r.text[c])
		}
		s.line(&b, append(fields[:len(fields)-r.cut], r.add...))
	}
	text := b.String()
	if s.form.open {
		text = strings.TrimRight(text, "\r\n")
	}
	if s.form.latin {
		return latin(text)
	}
	return []byte(text)
}

func (s *sheet) line(b *strings.Builder, fields []string) {
	comma, end := ",", "\n"
	if s.form.semicolon {
		comma = ";"
	}
	if s.form.crlf {
		end = "\r\n"
	}
	for i, f := range fields {
		if i > 0 {
			b.WriteString(comma)
		}
		if s.form.quoted || strings.ContainsAny(f, ",;\"\r\n") {
			f = `"` + strings.ReplaceAll(f, `"`, `""`) + `"`
		}
		b.WriteString(f)
	}
	b.WriteString(end)
}

// latin writes text as Windows-1252; the tests use only letters that are there.
func latin(text string) []byte {
	var out []byte
	for _, r := range text {
		out = append(out, byte(r))
	}
	return out
}

// at gives the row's number as a spreadsheet shows it.
func (s *sheet) at(r *row) int { return slices.Index(s.rows, r) + 2 }

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
