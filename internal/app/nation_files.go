package app

import (
	"bytes"
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"foljsam/internal/exchange"
	"foljsam/internal/fault"
	"foljsam/internal/locale"
	"foljsam/internal/report"
)

// FigureFile is a file of published key figures.
type FigureFile struct {
	Name    string
	Kind    string // media type
	Content []byte
}

// FigureFiles are the endings of the files that there are, in the order in which they are offered.
var FigureFiles = []string{"csv", "xlsx", "json", "px", "kolada.json"}

// FigureFile gives published key figures as a file: "nyckeltal.csv" of all years, or
// "nyckeltal-2024.csv" of one. The same editions give the same bytes.
func (a *App) FigureFile(ctx context.Context, name string, p *locale.Printer) (*FigureFile, error) {
	x, err := a.figures(ctx)
	if err != nil {
		return nil, err
	}
	if f, made := x.files.Load(name + " " + string(p.Lang())); made {
		return f.(*FigureFile), nil
	}
	stem, ending, _ := strings.Cut(name, ".")
	years := x.years
	if year, ok := strings.CutPrefix(stem, "nyckeltal-"); ok {
		n, _ := strconv.Atoi(year) // 0 is no year
		years, stem = []int{n}, "nyckeltal"
		if year != strconv.Itoa(n) {
			years = nil // one name for each file
		}
	}
	if stem != "nyckeltal" || !slices.Contains(FigureFiles, ending) || len(years) == 0 || x.of[years[0]] == nil {
		return nil, fault.New(fault.NotFound, "visit.not_found")
	}
	f := &FigureFile{Name: name}
	var b bytes.Buffer
	f.Kind, err = writeFigures(&b, x.series(years), ending, p)
	f.Content = slices.Clip(b.Bytes())
	if err == nil {
		x.files.Store(name+" "+string(p.Lang()), f)
	}
	return f, err
}

func writeFigures(b *bytes.Buffer, s *exchange.Series, ending string, p *locale.Printer) (kind string, err error) {
	switch ending {
	case "csv":
		return "text/csv; charset=utf-8", s.WriteCSV(b, p)
	case "json":
		return "application/json", s.WriteJSONStat(b, p)
	case "px":
		return "text/x-pcaxis", s.WritePX(b, p)
	case "kolada.json":
		b.Write(exchange.NewKolada(s, p).All())
		return "application/json", nil
	}
	sheet := s.Sheet(p)
	t := report.PlainTable{Title: sheet.Title, Name: p.T("nation.sheet"), Head: sheet.Header, Notes: sheet.Notes}
	for _, row := range sheet.Rows {
		var cells []report.PlainCell
		for _, c := range row {
			cells = append(cells, report.PlainCell{Text: c.Text, Number: c.Number, IsNumber: c.IsNumber, Decimals: c.Decimals})
		}
		t.Rows = append(t.Rows, cells)
	}
	return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", report.WritePlain(b, t, p)
}

// series gives some years' editions as one series.
func (x *publishedFigures) series(years []int) *exchange.Series {
	var editions []*exchange.Edition
	for _, year := range years {
		editions = append(append(editions, x.of[year].past...), x.of[year].Edition)
	}
	s := exchange.SeriesOf(editions)
	for _, year := range years {
		s.Published[year] = x.of[year].line.At
	}
	return s
}

// Kolada answers a question about published key figures in the shape of Kolada's v3. It is the same
// for everybody, and is made once for each language and set of editions.
func (a *App) Kolada(ctx context.Context, path string, q url.Values, self string, p *locale.Printer) (exchange.KoladaAnswer, error) {
	x, err := a.figures(ctx)
	if err != nil {
		return exchange.KoladaAnswer{}, err
	}
	k, made := x.kolada.Load(p.Lang())
	if !made {
		k, _ = x.kolada.LoadOrStore(p.Lang(), exchange.NewKolada(x.series(x.years), p))
	}
	return k.(*exchange.Kolada).Answer(path, q, self), nil
}
