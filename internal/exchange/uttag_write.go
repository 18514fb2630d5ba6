package exchange

import (
	"io"
	"iter"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"foljsam/internal/codebook"
	"foljsam/internal/fault"
	"foljsam/internal/record"
)

// tableColumns is a file of a package and the columns that are written in it.
type tableColumns struct {
	file    string
	columns []column
}

// Write writes cases as a package: a zip when dst ends with ".zip", else a folder. The
// same cases and the same meta give the same bytes. Nothing stands at dst before all is
// written.
func Write(dst string, m Meta, cases iter.Seq[*record.Case], cb *codebook.Codebook) error {
	tables := tablesToWrite(m, cb)
	description, err := describePackage(m, cb, tables)
	if err != nil {
		return fault.Wrap(err, fault.Internal, "fault.internal")
	}
	var out target
	if strings.EqualFold(filepath.Ext(dst), ".zip") {
		out, err = newZip(dst, m.Created)
	} else {
		out, err = newFolder(dst)
	}
	if err != nil {
		return fault.Wrap(err, fault.Invalid, "exchange.cannot_write")
	}
	if err := writeAll(out, description, tables, m, cases); err != nil {
		out.abandon()
		return fault.Wrap(err, fault.Invalid, "exchange.cannot_write")
	}
	return nil
}

// WriteZip writes the same package as [Write] makes of a zip, to somebody who keeps it.
func WriteZip(w io.Writer, m Meta, cases iter.Seq[*record.Case], cb *codebook.Codebook) error {
	tables := tablesToWrite(m, cb)
	description, err := describePackage(m, cb, tables)
	if err == nil {
		err = writeAll(zipTo(w, m.Created), description, tables, m, cases)
	}
	if err != nil {
		return fault.Wrap(err, fault.Internal, "fault.internal")
	}
	return nil
}

func tablesToWrite(m Meta, cb *codebook.Codebook) (all []tableColumns) {
	for _, file := range []string{casesFile, supportFile, riskFile} {
		columns := columnsOf(cb, file)
		columns = slices.DeleteFunc(columns, func(c column) bool { return c.optional && !m.Caseworkers })
		all = append(all, tableColumns{file, columns})
	}
	if len(m.Texts) > 0 {
		all = append(all, tableColumns{textFile, []column{{name: caseColumn, required: true, use: pickID}, {name: "variabel", required: true}, {name: "text", required: true}}})
	}
	if len(m.Local) > 0 {
		all = append(all, tableColumns{localFile, []column{{name: caseColumn, required: true, use: pickID}}})
	}
	return all
}

func writeAll(out target, description []byte, tables []tableColumns, m Meta, cases iter.Seq[*record.Case]) error {
	if err := out.describe(description); err != nil {
		return err
	}
	w := &caseWriter{meta: m}
	for _, t := range tables {
		f, err := out.create(t.file)
		if err != nil {
			w.end() // the first error is the one to tell
			return err
		}
		w.files = append(w.files, &rowWriter{columns: t.columns, blocks: startBlocks(f)})
	}
	w.writeHeaders()
	w.writeTexts()
	for c := range cases {
		if w.write(c); w.failed() {
			break
		}
	}
	if err := w.end(); err != nil {
		return err
	}
	return out.finish()
}

// caseWriter writes cases to a package's files.
type caseWriter struct {
	meta  Meta
	files []*rowWriter // as tablesToWrite gives them
}

// rowWriter writes the rows of one file.
type rowWriter struct {
	columns []column
	*blocks
}

func (w *caseWriter) writeHeaders() {
	for i, f := range w.files {
		var names []string
		for _, c := range f.columns {
			names = append(names, c.name)
		}
		if i == len(w.files)-1 && len(w.meta.Local) > 0 {
			for _, l := range w.meta.Local {
				names = append(names, l.Name)
			}
		}
		f.row = appendRow(f.row, names...)
	}
}

func (w *caseWriter) write(c *record.Case) {
	w.files[0].writeCase(c)
	for i := range c.Supports {
		w.files[1].writeSupport(c.ID, &c.Supports[i])
	}
	for i := range c.Risks {
		w.files[2].writeRisk(c.ID, &c.Risks[i])
	}
	if len(w.meta.Local) > 0 && len(c.Local) > 0 {
		w.files[len(w.files)-1].writeLocal(c, w.meta.Local)
	}
}

// writeTexts writes what people wrote, in a file of its own.
func (w *caseWriter) writeTexts() {
	for _, x := range w.meta.Texts {
		f := w.files[3]
		f.row = appendRow(f.row, x.Case, x.Variable, x.Text)
		f.flush()
	}
}

func (w *caseWriter) failed() bool {
	return slices.ContainsFunc(w.files, func(f *rowWriter) bool { return f.failed() })
}

func (w *caseWriter) end() (err error) {
	for _, f := range w.files {
		if e := f.end(); err == nil {
			err = e
		}
	}
	return err
}

func (f *rowWriter) writeCase(c *record.Case) {
	b := f.row
	for i := range f.columns {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendAnswer(b, &f.columns[i], c)
	}
	f.row = append(b, '\n')
	f.flush()
}

// appendAnswer adds the cell of a case.
func appendAnswer(b []byte, x *column, c *record.Case) []byte {
	switch {
	case x.use == pickID:
		return appendCell(b, c.ID)
	case x.v.Role == codebook.Client:
		return appendCell(b, c.Client)
	case x.v.Role == codebook.Caseworker:
		return appendCell(b, c.Caseworker)
	case x.v.Role == codebook.Municipality:
		return appendCell(b, c.Unit)
	case x.v.Kind == codebook.Date:
		if d, ok := c.Dates[x.v.Number]; ok {
			return appendDay(b, d)
		}
	case x.v.Kind == codebook.Number:
		if n, ok := c.Numbers[x.v.Number]; ok {
			return strconv.AppendInt(b, int64(n), 10)
		}
	default:
		return appendCodes(b, c.Codes[x.v.Number])
	}
	return b
}

func appendDay(b []byte, d record.Day) []byte {
	if d == record.NoDay {
		return b
	}
	return d.Time().AppendFormat(b, "2006-01-02")
}

func appendCodes(b []byte, codes []int) []byte {
	for i, c := range codes {
		if i > 0 {
			b = append(b, codebook.ListDelimiter...)
		}
		b = strconv.AppendInt(b, int64(c), 10)
	}
	return b
}

// appendCode adds a code, nothing for 0: not registered.
func appendCode(b []byte, code int) []byte {
	if code == 0 {
		return b
	}
	return strconv.AppendInt(b, int64(code), 10)
}

func (f *rowWriter) writeSupport(id string, s *record.Support) {
	b := f.row
	for i := range f.columns {
		x := &f.columns[i]
		if i > 0 {
			b = append(b, ',')
		}
		switch {
		case x.use == pickID:
			b = appendCell(b, id)
		case x.use == pickBegan:
			b = appendDay(b, s.Began)
		case x.use == pickEnded:
			b = appendDay(b, s.Ended)
		case x.use == pickCodes:
			b = appendCodes(b, s.Codes)
		case x.v.Role == codebook.SupportBasis:
			b = appendCode(b, s.Basis)
		case x.v.Number == 0:
			b = appendCode(b, s.Regi)
		}
	}
	f.row = append(b, '\n')
	f.flush()
}

func (f *rowWriter) writeRisk(id string, r *record.Risk) {
	b := f.row
	for i := range f.columns {
		x := &f.columns[i]
		if i > 0 {
			b = append(b, ',')
		}
		switch {
		case x.use == pickID:
			b = appendCell(b, id)
		case x.use == pickDay:
			b = appendDay(b, r.Date)
		case x.use == pickValue:
			if r.Value != nil {
				b = strconv.AppendFloat(b, *r.Value, 'f', -1, 64)
			}
		case x.v.Role == codebook.Risk:
			b = appendCode(b, r.Instrument)
		default:
			b = appendCell(b, r.Phase)
		}
	}
	f.row = append(b, '\n')
	f.flush()
}

func (f *rowWriter) writeLocal(c *record.Case, fields []LocalField) {
	b := appendCell(f.row, c.ID)
	for _, l := range fields {
		b = append(b, ',')
		b = appendCell(b, c.Local[l.Name])
	}
	f.row = append(b, '\n')
	f.flush()
}
