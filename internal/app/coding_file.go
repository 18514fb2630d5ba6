package app

import (
	"bytes"
	"context"
	"strconv"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/exchange"
	"foljsam/internal/fault"
	"foljsam/internal/locale"
	"foljsam/internal/report"
	"foljsam/internal/store"
)

// CodingFiles are the endings of the files that a result can be taken away as.
var CodingFiles = []string{"csv", "xlsx"}

// CodingFile writes the result of an exercise: a row for each question, option and case.
func (a *App) CodingFile(ctx context.Context, by access.Actor, id, ending string, p *locale.Printer) (*ResultFile, error) {
	x, err := a.CodingResultOf(ctx, by, id)
	switch {
	case err != nil:
		return nil, err
	case !x.Shown || x.Lost:
		return nil, fault.New(fault.NotFound, "coding.not_shown")
	}
	t := codingTable(x, p)
	f, b := &ResultFile{Name: "internt-kodning." + ending}, &bytes.Buffer{}
	switch ending {
	case "csv":
		f.Kind, err = "text/csv; charset=utf-8", exchange.WriteRows(b, plainRows(t))
	case "xlsx":
		f.Kind, err = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", report.WritePlain(b, t, p)
	default:
		return nil, fault.New(fault.NotFound, "coding.not_shown")
	}
	if err != nil {
		return nil, err
	}
	f.Content = b.Bytes()
	r, err := a.register(ctx, by)
	if err != nil {
		return nil, err
	}
	return f, r.Write(ctx, func(t *store.Tx) error { t.Audit(a.about(by, audit.CodingTaken, id)); return nil })
}

func codingTable(x *CodingResult, p *locale.Printer) report.PlainTable {
	t := report.PlainTable{Title: x.Title, Name: p.T("coding.sheet_name"), Notes: []string{p.T("coding.answered_by", "n", x.Answered, "fall", len(x.Cases)), p.T("coding.method"), p.T("coding.internal")}}
	for _, key := range []string{"question", "option", "case", "chosen", "of", "same", "alpha_head", "low", "high"} {
		t.Head = append(t.Head, p.T("coding."+key))
	}
	for _, q := range x.Questions {
		l := p.Lang()
		t.Rows = append(t.Rows, append(texts(q.Label.In(l), p.T("coding.all_options"), p.T("coding.all_cases")), statCells(0, 0, q.Whole, false)...))
		for o, option := range q.Coded {
			t.Rows = append(t.Rows, append(texts(q.Label.In(l), q.Options[o].Label.In(l), p.T("coding.all_cases")), statCells(option.Chosen, x.Answered*len(x.Cases), option.Agreed, true)...))
			for i, chosen := range q.Cases {
				t.Rows = append(t.Rows, append(texts(q.Label.In(l), q.Options[o].Label.In(l), p.T("coding.case_nr", "nr", i+1)), statCells(chosen[o], x.Answered, Agreed{}, true)...))
			}
		}
	}
	return t
}

func texts(all ...string) (cells []report.PlainCell) {
	for _, s := range all {
		cells = append(cells, report.PlainCell{Text: s})
	}
	return cells
}

func whole(n int) report.PlainCell { return report.PlainCell{Number: float64(n), IsNumber: true} }

// statCells writes how many chose, and the agreement; empty where there is none to tell.
func statCells(n, of int, a Agreed, counted bool) []report.PlainCell {
	cells := make([]report.PlainCell, 6)
	if counted {
		cells[0], cells[1] = whole(n), whole(of)
	}
	if a.SameOK {
		cells[2] = report.PlainCell{Number: 100 * a.Same, IsNumber: true, Decimals: 1}
	}
	if a.Known {
		cells[3] = report.PlainCell{Number: a.Value, IsNumber: true, Decimals: 3}
	}
	if a.Known && a.Spanned {
		cells[4], cells[5] = report.PlainCell{Number: a.Low, IsNumber: true, Decimals: 3}, report.PlainCell{Number: a.High, IsNumber: true, Decimals: 3}
	}
	return cells
}

// plainRows gives a table as rows of texts, with a point in numbers whatever the language.
func plainRows(t report.PlainTable) [][]string {
	rows := [][]string{t.Head}
	for _, r := range t.Rows {
		var row []string
		for _, c := range r {
			s := c.Text
			if c.IsNumber {
				s = strconv.FormatFloat(c.Number, 'f', c.Decimals, 64)
			}
			row = append(row, s)
		}
		rows = append(rows, row)
	}
	return rows
}

// AgreedText says an agreement in words, with its interval where there is one.
func AgreedText(p *locale.Printer, a Agreed) string {
	if !a.Known {
		return p.T("coding.alpha_none")
	}
	how := "coding.alpha_some"
	switch {
	case a.IsHigh():
		how = "coding.alpha_high"
	case a.IsLow():
		how = "coding.alpha_low"
	}
	if !a.Spanned {
		return p.T("coding.alpha_alone", "hur", p.T(how), "alfa", hundredths(p, a.Value))
	}
	return p.T("coding.alpha", "hur", p.T(how), "alfa", hundredths(p, a.Value), "lagst", hundredths(p, a.Low), "hogst", hundredths(p, a.High))
}

// hundredths writes a number with two decimals, never minus zero.
func hundredths(p *locale.Printer, f float64) string {
	if f < 0 && f > -0.005 {
		f = 0
	}
	return p.Number(f, 2)
}
