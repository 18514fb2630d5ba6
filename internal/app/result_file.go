package app

import (
	"bytes"

	"foljsam/internal/compile"
	"foljsam/internal/disclosure"
	"foljsam/internal/exchange"
	"foljsam/internal/fault"
	"foljsam/internal/locale"
	"foljsam/internal/report"
)

// ResultFiles are the endings of the files that a table can be taken away as; what it is drawn
// as is the page's to give.
var ResultFiles = []string{"csv", "xlsx", "json"}

// ResultFile is a table to take away.
type ResultFile struct {
	Name, Kind string
	Content    []byte
}

// FileName names a file of a table. What is internal says so.
func (x *Results) FileName(id, ending string) string {
	if x.Release.About.Audience == disclosure.Internal {
		id = "internt-" + id
	}
	return id + "." + ending
}

// forWhom says on every row whom it is for: a file may be given another name.
func (x *Results) forWhom(p *locale.Printer) string {
	if x.Release.About.Audience == disclosure.Internal {
		return p.T("dataset.internal")
	}
	return p.T("dataset.only_primary")
}

func (x *Results) told(r *disclosure.Released, p *locale.Printer) exchange.Told {
	return exchange.Told{Low: p.T("result.interval_low"), High: p.T("result.interval_high"), About: p.T("result.selection"), Text: x.forWhom(p) + " " + x.AskedIn(p),
		Interval: func(unit, cell int) disclosure.Estimate { return compile.ShareAt(x.Release, r, unit, cell) }}
}

// File writes one table of the release, or in a workbook all of them. What is internal says so
// in its name.
func (x *Results) File(id, ending string, p *locale.Printer) (*ResultFile, error) {
	r := x.Release.Table("", id)
	if r == nil {
		return nil, fault.New(fault.NotFound, "result.no_figure")
	}
	x.Tell(p)
	f, b := &ResultFile{Name: x.FileName(id, ending)}, &bytes.Buffer{}
	var err error
	switch ending {
	case "csv":
		f.Kind, err = "text/csv; charset=utf-8", exchange.WriteToldCSV(b, r, p, x.told(r, p))
	case "json":
		f.Kind, err = "application/json", exchange.WriteJSONStat(b, r, p)
	case "xlsx":
		f.Kind, err = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", report.WriteXLSX(b, x.Release, p)
	default:
		return nil, fault.New(fault.NotFound, "result.no_figure")
	}
	f.Content = b.Bytes()
	return f, err
}
