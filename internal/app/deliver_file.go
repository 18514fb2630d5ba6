package app

import (
	"bytes"
	"context"
	"encoding/csv"
	"strings"

	"foljsam/internal/access"
	"foljsam/internal/codebook"
	"foljsam/internal/disclosure"
	"foljsam/internal/exchange"
	"foljsam/internal/fault"
	"foljsam/internal/record"
)

// leavingFile reads a file of an extract for showing it.
func leavingFile(name string, text []byte) LeavingFile {
	f := LeavingFile{Name: name}
	if !strings.HasSuffix(name, ".csv") {
		f.Text = string(text)
		return f
	}
	rows := csv.NewReader(bytes.NewReader(text))
	n := 0
	for {
		row, err := rows.Read()
		if err != nil {
			break // we wrote it
		}
		switch {
		case f.Head == nil:
			f.Head = row
			continue
		case n < shownRows:
			f.First = append(f.First, row)
		}
		n++
	}
	f.Rows = disclosure.CountList(n, n)
	return f
}

// outgoingWith gives the cases of an extract, and what people wrote in them where that was
// asked for.
func (a *App) outgoingWith(ctx context.Context, by access.Actor, ask DeliveryAsk) (*Outgoing, error) {
	out, err := a.Outgoing(ctx, by, ask.From, ask.Till, ask.Texts)
	if err == nil && len(out.Cases) == 0 {
		err = fault.New(fault.Invalid, "deliver.no_cases")
	}
	return out, err
}

// textsOf gives what people wrote in a case: free answers and comments, under the name of the
// column that the answer has or would have. Notes for the group are the house's own.
func textsOf(cb *codebook.Codebook, c *record.Filed) (all []exchange.FreeText) {
	add := func(name, text string) {
		if text = strings.TrimSpace(text); text != "" {
			all = append(all, exchange.FreeText{Case: c.Code, Variable: name, Text: text})
		}
	}
	for field, x := range c.Form.Answers {
		v := record.VariableOf(cb, field)
		if v == nil || v.Home || v.Kind == codebook.Key {
			continue
		}
		name := v.Column
		if name == "" {
			name = "v" + v.Key()
		}
		if v.Kind == codebook.Free {
			add(name, x.Value)
		}
		add(name, x.Comment)
	}
	return all
}
