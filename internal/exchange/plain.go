package exchange

import (
	"context"
	"errors"
	"io"
	"slices"

	"foljsam/internal/exchange/csvscan"
	"foljsam/internal/fault"
)

// plainFile is a file of rows that stands for itself, in no package. Its faults are named
// without one.
type plainFile struct {
	file     string
	at       map[string]int // column by name
	width    int
	problems []fault.Problem
	placed   int // problems whose row is the file's, not the chunk's
	row      func(*csvscan.Chunk)
	chunk    func(before int) // perhaps: called after each chunk with the number of rows before it
}

// plainTexts are what is said of a file that cannot be read.
type plainTexts struct{ empty, utf16, unreadable, columnMissing, headless string }

// readPlain reads a file that has at least some columns; others are passed over. row is
// called for every row that has as many fields as the header. The error is about the file.
func readPlain(r io.Reader, p *plainFile, said plainTexts, columns ...string) error {
	s, err := csvscan.Open(r, csvscan.Options{})
	switch {
	case errors.Is(err, csvscan.ErrEmpty):
		return fault.New(fault.Invalid, said.empty, "file", p.file)
	case errors.Is(err, csvscan.ErrUTF16):
		return fault.New(fault.Invalid, said.utf16, "file", p.file)
	case err != nil:
		return fault.Wrap(err, fault.Invalid, said.unreadable, "file", p.file)
	}
	p.at, p.width = map[string]int{}, len(s.Header())
	for i, name := range s.Header() {
		if _, twice := p.at[name]; !twice {
			p.at[name] = i
		}
	}
	if isHeadless(s.Header()) {
		return fault.New(fault.Invalid, said.headless, "file", p.file)
	}
	for _, name := range columns {
		if _, ok := p.at[name]; !ok {
			return fault.New(fault.Invalid, said.columnMissing, "file", p.file, "column", name)
		}
	}
	parse := func(c *csvscan.Chunk) struct{} { p.readChunk(c); return struct{}{} }
	if err := csvscan.Each(context.Background(), s, 1, parse, p.take); err != nil {
		return fault.Wrap(err, fault.Invalid, said.unreadable, "file", p.file)
	}
	return nil
}

// isHeadless tells a first row that begins with a unit from one that names columns: somebody
// has pasted a table without its headings.
func isHeadless(first []string) bool {
	return len(first) > 0 && isUnit(first[0]) && !slices.Contains(first, unitColumn)
}

// take is called after each chunk, as there is one worker.
func (p *plainFile) take(_ struct{}, before int) error {
	for ; p.placed < len(p.problems); p.placed++ {
		p.problems[p.placed].Row += before
	}
	if p.chunk != nil {
		p.chunk(before)
	}
	return nil
}

func (p *plainFile) say(row int, column, value, key string, args ...any) {
	p.problems = append(p.problems, fault.Problem{File: p.file, Row: row, Column: column, Value: clip(value), Key: key, Args: args})
}

func (p *plainFile) readChunk(c *csvscan.Chunk) {
	for c.Next() {
		if key, args := rowFault(c, p.width); key != "" {
			p.say(c.Row(), "", "", key, args...)
		} else {
			p.row(c)
		}
	}
}

// rowFault says why a row cannot be read at all; nothing where it can.
func rowFault(c *csvscan.Chunk, width int) (key string, args []any) {
	switch {
	case c.Fate() == csvscan.Broken:
		return "exchange.row_quotes", nil
	case c.Fate() == csvscan.TooLong:
		return "exchange.row_long", nil
	case c.Len() != width:
		return "exchange.row_fields", []any{"have", c.Len(), "want", width}
	}
	return "", nil
}

// cell gives a cell without surrounding blanks; empty when there is no such column.
func (p *plainFile) cell(c *csvscan.Chunk, column string) string {
	i, ok := p.at[column]
	if !ok {
		return ""
	}
	return string(trim(c.Field(i)))
}
