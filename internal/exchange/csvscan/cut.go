package csvscan

import "bytes"

// extent is where a record stands: its bytes, and the row that it is.
type extent struct{ start, end, row int }

// firstRecord finds the first record that is not an empty line; end is 0 when d does
// not hold all of it. The delimiter is not known yet, so a quote opens a field after
// either.
func firstRecord(d []byte, newline byte, eof bool) extent {
	e := extent{row: 1}
	for e.start < len(d) && (d[e.start] == newline || d[e.start] == '\r') {
		if d[e.start] == newline {
			e.row++
		}
		e.start++
	}
	quoted := false
	for i := e.start; i < len(d); i++ {
		switch {
		case d[i] == '"':
			quoted = !quoted
		case d[i] == newline && !quoted:
			e.end = i + 1
			return e
		}
	}
	if eof && !quoted && e.start < len(d) {
		e.end = len(d)
	}
	return e
}

// cut gives how much of d, which begins at a record, is whole records (0: none), and
// whether a quote is among it.
func cut(d []byte, comma, newline byte, eof bool) (n int, quotes bool) {
	first := bytes.IndexByte(d, '"')
	switch {
	case eof:
		return len(d), first >= 0
	case first < 0:
		return bytes.LastIndexByte(d, newline) + 1, false
	}
	w := walk{d: d, comma: comma, newline: newline, at: first}
	for w.at >= 0 && !w.short {
		w.quote()
	}
	if !w.short {
		w.lines(len(d))
	}
	return w.whole, first < w.whole
}

// walk goes from quote to quote.
type walk struct {
	d              []byte
	comma, newline byte
	from           int  // nothing is quoted from here to at
	at             int  // the next quote; -1 none
	whole          int  // records are whole up to here
	short          bool // d ends inside a quoted field
}

// lines takes the line ends between from and till, where nothing is quoted.
func (w *walk) lines(till int) {
	if i := bytes.LastIndexByte(w.d[w.from:till], w.newline); i >= 0 {
		w.whole = w.from + i + 1
	}
}

func (w *walk) quote() {
	w.lines(w.at)
	if !w.opens() {
		w.next(w.at + 1)
		return
	}
	end, fate := closing(w.d, w.at, w.comma, w.newline, false)
	if fate == cutOff {
		w.short = true
		return
	}
	if fate == Broken {
		i := bytes.IndexByte(w.d[w.at:], w.newline)
		if i < 0 {
			w.short = true
			return
		}
		end = w.at + i + 1
		w.whole = end
		w.from = end
		w.next(end)
		return
	}
	w.from = end + 1
	w.next(end + 1)
}

func (w *walk) next(from int) {
	i := bytes.IndexByte(w.d[from:], '"')
	if i < 0 {
		w.at = -1
		return
	}
	w.at = from + i
}

// opens tells whether the quote begins a field.
func (w *walk) opens() bool {
	if w.at == 0 {
		return true
	}
	b := w.d[w.at-1]
	return b == w.comma || b == w.newline
}

// Fate tells whether a record could be read.
type Fate uint8

const (
	Whole   Fate = iota
	Broken       // a quoted field does not end as one: the record is its line
	TooLong      // longer than the longest record
	cutOff       // the data ends before the record does
)

// closing finds the quote that ends the field which d[at] opens.
func closing(d []byte, at int, comma, newline byte, eof bool) (end int, fate Fate) {
	for i := at + 1; ; i++ {
		k := bytes.IndexByte(d[i:], '"')
		if k < 0 {
			return 0, cutOff
		}
		i += k
		if i+1 == len(d) {
			if eof {
				return i, Whole
			}
			return 0, cutOff
		}
		switch b := d[i+1]; {
		case b == '"':
			i++
		case b == comma || b == newline:
			return i, Whole
		case b == '\r':
			return i, afterReturn(d[i+2:], newline, eof)
		default:
			return 0, Broken
		}
	}
}

// afterReturn judges what follows a quote and a carriage return.
func afterReturn(rest []byte, newline byte, eof bool) Fate {
	switch {
	case len(rest) == 0 && eof:
		return Whole
	case len(rest) == 0:
		return cutOff
	case rest[0] == newline:
		return Whole
	}
	return Broken
}
