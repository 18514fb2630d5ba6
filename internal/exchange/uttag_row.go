package exchange

import (
	"bytes"
	"slices"

	"foljsam/internal/codebook"
	"foljsam/internal/exchange/csvscan"
	"foljsam/internal/fault"
	"foljsam/internal/record"
)

// row is what a record holds, read.
type row struct {
	left                   bool // out, for a fault of a required column
	id                     []byte
	unit                   uint32
	age                    uint8
	instrument             int
	intake, closing        record.Day
	began, ended, day      record.Day
	value                  float64
	hasValue               bool
	closingCell, endedCell []byte
	found                  int32    // the case, where the fast way has found it; else -1
	bits                   []uint64 // the words of acc that a case has
	local                  []int16  // by local column
}

// rowReader reads rows of one chunk.
type rowReader struct {
	plan     *plan
	problems found
	have     int // fields of the row before that had too few or too many
	args     []any
	at       int
	finder   *finder // for rows that belong to a case
	acc      [8]uint64
	row
}

func newRowReader(p *plan, f *finder, locals, room int) *rowReader {
	r := &rowReader{plan: p, finder: f, problems: found{room: room}}
	r.local = make([]int16, locals)
	if r.bits = r.acc[:]; p.layout.Words > len(r.acc) {
		r.bits = make([]uint64, p.layout.Words)
	}
	r.bits = r.bits[:p.layout.Words]
	return r
}

// next reads the chunk's next record. usable is false when the record cannot be taken
// apart as it should; id is then the pseudonym that stands where it should stand.
func (r *rowReader) next(c *csvscan.Chunk) (usable bool) {
	r.reset(c.Row())
	switch {
	case c.Fate() == csvscan.Broken:
		r.say("", nil, "exchange.row_quotes")
	case c.Fate() == csvscan.TooLong:
		r.say("", nil, "exchange.row_long")
	case c.Len() != len(r.plan.cells):
		r.sayFields(c.Len())
	default:
		for i := range r.plan.cells {
			x, field := &r.plan.cells[i], c.Field(i)
			switch {
			case x.name != "" && bytes.IndexByte(field, 0) >= 0:
				r.sayNUL(x, field)
			case x.use != ignore:
				r.read(x, field)
			}
		}
		return true
	}
	r.left = true
	if r.plan.id < c.Len() {
		r.id = trim(c.Field(r.plan.id))
	}
	return false
}

func (r *rowReader) reset(at int) {
	bits, local := r.bits, r.local
	clear(bits)
	for i := range local {
		local[i] = -1
	}
	r.at = at
	r.row = row{bits: bits, local: local, found: -1, age: record.NoAge,
		intake: record.NoDay, closing: record.NoDay, began: record.NoDay, ended: record.NoDay, day: record.NoDay}
}

// say names a fault of a value or row that is left out.
func (r *rowReader) say(column string, value []byte, key string, args ...any) {
	if !r.problems.full() {
		r.problems.add(fault.Problem{File: r.plan.file, Row: r.at, Column: column, Value: clipBytes(value), Key: key, Args: args})
	}
}

// sayFields names a row with too few or too many fields. Such rows often come in numbers,
// and share what is said of them.
func (r *rowReader) sayFields(have int) {
	if r.args == nil || have != r.have {
		r.have, r.args = have, []any{"have", have, "want", len(r.plan.cells)}
	}
	r.say("", nil, "exchange.row_fields", r.args...)
}

// sayNUL names a value with a byte that no text has.
func (r *rowReader) sayNUL(x *cell, field []byte) {
	r.say(x.name, field, "exchange.value_nul")
	r.left = r.left || x.required
}

// sayOf names a fault of the value in the column that has a use.
func (r *rowReader) sayOf(u use, value []byte, key string) {
	for i := range r.plan.cells {
		if x := &r.plan.cells[i]; x.use == u {
			r.say(x.name, value, key)
		}
	}
}

// trim takes away the blanks around a cell.
func trim(b []byte) []byte {
	if len(b) > 0 && (b[0] <= ' ' || b[len(b)-1] <= ' ') {
		return bytes.TrimSpace(b)
	}
	return b
}

// read reads one cell. What the quick readers do not know, the codebook decides.
func (r *rowReader) read(x *cell, raw []byte) {
	b := trim(raw)
	if len(b) == 0 {
		if x.required {
			r.say(x.name, raw, "exchange.value_missing")
			r.left = true
		}
		return
	}
	switch x.use {
	case pickID:
		r.id = b
	case pickLocal:
		r.readLocal(x, b, raw)
	default:
		if !r.quick(x, b) {
			r.slow(x, b, raw)
		}
	}
	switch x.use {
	case pickClosing:
		r.closingCell = raw
	case pickEnded:
		r.endedCell = raw
	}
}

// quick reads a cell in the usual form; ok is false for any other, right or wrong.
func (r *rowReader) quick(x *cell, b []byte) (ok bool) {
	switch x.use {
	case pickCode, pickInstrument:
		return r.quickCode(x, b)
	case pickCodes:
		return r.quickCodes(x, b)
	case pickUnit:
		r.unit, ok = record.UnitNumber(b)
	case pickAge:
		return r.quickAge(x, b)
	case pickIntake:
		r.intake, ok = record.ParseDay(b)
	case pickClosing:
		r.closing, ok = record.ParseDay(b)
	case pickBegan:
		r.began, ok = record.ParseDay(b)
	case pickEnded:
		r.ended, ok = record.ParseDay(b)
	case pickDay:
		r.day, ok = record.ParseDay(b)
	case pickValue:
		r.value, ok = quickNumber(b)
		r.hasValue = ok
	case check, pickWord:
		return x.isWord(b) || r.quickCode(x, b)
	}
	return ok
}

func (x *cell) isWord(b []byte) bool {
	for _, w := range x.words {
		if w == string(b) {
			return true
		}
	}
	return false
}

func (r *rowReader) quickCode(x *cell, b []byte) bool {
	n, ok := smallNumber(b)
	if !ok || n >= len(x.bits) || x.bits[n] == unknown || len(x.words) > 0 {
		return false
	}
	r.take(x, n)
	return true
}

// take sets what a code of a single-choice variable sets.
func (r *rowReader) take(x *cell, code int) {
	if b := x.bits[code]; b >= 0 {
		record.SetBit(r.bits, int(b))
	}
	if x.use == pickInstrument {
		r.instrument = code
	}
}

// quickCodes reads a list of known codes, each there once.
func (r *rowReader) quickCodes(x *cell, b []byte) bool {
	var set [4]uint64 // a list has fewer than 256 codes, or goes the slow way
	n, last := 0, 0
	for i := 0; i <= len(b); i++ {
		if i < len(b) && b[i] != codebook.ListDelimiter[0] {
			continue
		}
		code, ok := smallNumber(b[last:i])
		if !ok || code >= len(x.bits) || code >= 256 || x.bits[code] == unknown || set[code>>6]>>(code&63)&1 == 1 {
			return false
		}
		set[code>>6] |= 1 << (code & 63)
		n, last = n+1, i+1
	}
	if n > 1 && set[0]&1 == 1 { // a noted none and more
		return false
	}
	for w, m := range set {
		for c := 64 * w; m != 0; c, m = c+1, m>>1 {
			if m&1 == 1 {
				r.take(x, c)
			}
		}
	}
	return true
}

func (r *rowReader) quickAge(x *cell, b []byte) bool {
	n, ok := smallNumber(b)
	if !ok || n < x.v.Min || n > x.v.Max || n >= int(record.NoAge) {
		return false
	}
	r.age = uint8(n)
	return true
}

// slow reads a cell as the codebook says, and names its faults.
func (r *rowReader) slow(x *cell, b, raw []byte) {
	v, reasons := x.v.Parse(string(b))
	if _, isNumber := smallNumber(b); isNumber && len(x.words) > 0 { // a list of words is not written as numbers
		v, reasons = codebook.Value{}, []codebook.Reason{{Key: "codebook.unknown_code", Part: string(b)}}
	}
	for i, why := range reasons {
		if why.Severity == fault.Warning && slices.Contains(reasons[:i], why) {
			continue // three times is told once
		}
		if r.problems.full() {
			continue
		}
		value := why.Part
		if value == string(b) {
			value = string(raw)
		}
		r.problems.add(fault.Problem{File: r.plan.file, Row: r.at, Column: x.name, Value: clip(value), Severity: why.Severity, Key: why.Key})
	}
	if v.Set {
		r.store(x, v)
	} else if x.required {
		r.left = true
	}
}

// store keeps a value that was not in the usual form.
func (r *rowReader) store(x *cell, v codebook.Value) {
	switch x.use {
	case pickCode, pickCodes, pickInstrument:
		for _, code := range v.Codes {
			r.take(x, code)
		}
	case pickAge:
		r.age = uint8(min(max(int(v.Number), 0), int(record.NoAge)-1))
	case pickValue:
		r.value, r.hasValue = v.Number, true
	}
}
