package exchange

import (
	"encoding/binary"
	"math/bits"

	"foljsam/internal/codebook"
	"foljsam/internal/exchange/csvscan"
	"foljsam/internal/record"
)

// The fast way: a row whose cells all have the usual forms, quoted or not, is read in one
// pass over its bytes, with as few branches as can be. Any other row is left to the
// careful way, which reads it from its beginning and names what is wrong. A test holds
// the two against each other.

// nextRow reads the chunk's next record in the one way or the other; more is false at the
// chunk's end, usable as in [rowReader.next].
func (r *rowReader) nextRow(c *csvscan.Chunk) (more, usable bool) {
	if r.plan.fast && c.Lines() {
		if n := r.fastRow(c.Rest(), c.Comma()); n > 0 {
			c.Skip(n, 1)
			r.at = c.Row()
			return true, true
		}
	}
	if !c.Next() {
		return false, false
	}
	return true, r.next(c)
}

// room is how many bytes must follow where a cell begins, so that looking ahead needs no
// care; the last rows of a chunk go the careful way.
const room = 32

// fastRow reads the row that d begins with, and gives how many bytes it has; 0 when some
// cell needs a closer look.
func (r *rowReader) fastRow(d []byte, comma byte) (n int) {
	r.clear()
	i, odd := 0, uint16(0)
	last := len(r.plan.cells) - 1
	for k := range r.plan.cells {
		x := &r.plan.cells[k]
		if i+room > len(d) {
			return 0
		}
		stop, quoted := comma, d[i] == '"'
		if quoted { // a cell with a quote in it ends too early, and is odd
			stop, i = '"', i+1
		}
		switch x.use {
		case pickCode, check:
			e := x.entry(d[i], d[i+1])
			r.acc[e>>6&7] |= 1 << (e & 63)
			i += int(e >> 12)
			odd |= e & oddCode
		case pickCodes:
			i = r.fastCodes(x, d, i)
		default:
			i = r.fastCell(x, d, i, stop)
		}
		if i < 0 || i+1 >= len(d) {
			return 0
		}
		if quoted {
			odd |= uint16(d[i] ^ '"')
			i++
		}
		if k < last {
			odd |= uint16(d[i] ^ comma)
			i++
		}
	}
	if d[i] == '\r' && i+1 < len(d) {
		i++
	}
	if odd != 0 || d[i] != '\n' || r.closing < r.intake && r.closing != record.NoDay || r.ended < r.began && r.ended != record.NoDay {
		return 0
	}
	return i + 1
}

// clear is reset for rows that leave nothing else behind.
func (r *rowReader) clear() {
	clear(r.bits)
	r.left, r.hasValue, r.instrument, r.age, r.found = false, false, 0, record.NoAge, -1
	r.intake, r.closing, r.began, r.ended, r.day = record.NoDay, record.NoDay, record.NoDay, record.NoDay, record.NoDay
}

// A code cell's table tells of its first two bytes (as digits, or as no digit), or where
// all codes are one digit of its first byte, what to do: the bit to set in the lower nine bits, whether the cell is odd, and how many bytes
// are digits. Where there is no bit to set, a bit that nobody reads is set.
const (
	nowhere = 7<<6 | 63
	oddCode = 1 << 9
)

var digitHigh, digitLow = digitTables()

func digitTables() (high, low [256]uint8) {
	for b := range 256 {
		digit := uint8(10)
		if b >= '0' && b <= '9' {
			digit = uint8(b - '0')
		}
		high[b], low[b] = digit<<4, digit
	}
	return high, low
}

// codeTable makes a code cell's table. A third digit is found to be no delimiter.
func (x *cell) codeTable() *[256]uint16 {
	var t [256]uint16
	for i := range t {
		high, low := i>>4, i&15
		if x.digit {
			high, low = int(digitLow[i]), 10
		}
		switch {
		case high > 9:
			t[i] = nowhere
		case low > 9:
			t[i] = 1<<12 | x.codeEntry(high)
		case high == 0:
			t[i] = nowhere | oddCode
		default:
			t[i] = 2<<12 | x.codeEntry(high*10+low)
		}
	}
	return &t
}

func (x *cell) entry(a, b byte) uint16 {
	if x.digit {
		return x.table[a]
	}
	return x.table[digitHigh[a]|digitLow[b]]
}

func (x *cell) codeEntry(code int) uint16 {
	switch {
	case code >= len(x.bits) || x.bits[code] == unknown:
		return nowhere | oddCode
	case x.bits[code] == noBit:
		return nowhere
	}
	return uint16(x.bits[code])
}

// fastCodes reads a list of codes, each there once, and gives where it ends; -1 when it
// needs a closer look.
func (r *rowReader) fastCodes(x *cell, d []byte, i int) int {
	from, none := i, false
	for i+2 < len(d) {
		e := x.entry(d[i], d[i+1])
		w, bit := e>>6&7, uint64(1)<<(e&63)
		if e>>12 == 0 {
			if i == from {
				return i // empty, or something that is no delimiter
			}
			return -1
		}
		if e&oddCode != 0 || r.acc[w]&bit != 0 {
			return -1
		}
		r.acc[w] |= bit
		none = none || d[i] == '0'
		if i += int(e >> 12); d[i] != codebook.ListDelimiter[0] {
			if none && i > from+1 {
				return -1
			}
			return i
		}
		i++
	}
	return -1
}

// fastCell reads any other cell and gives where it ends; -1 when it needs a closer look.
// There is room at i.
func (r *rowReader) fastCell(x *cell, d []byte, i int, stop byte) int {
	switch x.use {
	case pickID:
		return r.fastID(d, i, stop)
	case pickIntake:
		return fastDay(d, i, &r.intake, -1)
	case pickClosing:
		return fastDay(d, i, &r.closing, i)
	case pickBegan:
		return fastDay(d, i, &r.began, i)
	case pickEnded:
		return fastDay(d, i, &r.ended, i)
	case pickDay:
		return fastDay(d, i, &r.day, i)
	case pickUnit:
		return r.fastUnit(d, i, stop)
	}
	end := endOfCell(d, i, stop)
	if x.use == ignore || end <= i {
		return end
	}
	if d[i] <= ' ' || d[end-1] <= ' ' || x.use == pickLocal || !r.quick(x, d[i:end]) {
		return -1
	}
	return end
}

// fastID reads the case's pseudonym. In a file of rows it is mostly that of the row
// before, or of the case after.
func (r *rowReader) fastID(d []byte, i int, stop byte) int {
	if f := r.finder; f != nil {
		ids := f.p.ids
		for k := f.last; k <= f.last+ahead && int(k) < ids.len(); k++ {
			id := ids.at(k)
			if end := i + len(id); end < len(d) && d[end] == stop && string(d[i:end]) == string(id) {
				f.last, r.found, r.id = k, k, id
				return end
			}
		}
	}
	end := endOfCell(d, i, stop)
	if end <= i || d[i] <= ' ' || d[end-1] <= ' ' {
		return -1
	}
	r.id = d[i:end]
	return end
}

// fastUnit reads a code of 4 or 6 digits.
func (r *rowReader) fastUnit(d []byte, i int, stop byte) int {
	end := i + 4
	if d[end] != stop {
		end = i + 6
	}
	var ok bool
	if r.unit, ok = record.UnitNumber(d[i:end]); !ok {
		return -1
	}
	return end
}

const (
	eachByte  = 0x0101010101010101
	highBits  = 0x8080808080808080
	noControl = ' ' * eachByte
)

// endOfCell gives where the cell ends: where it must stop, or at a control character; len(d)
// when neither comes. Eight bytes at a time: a byte of w^stops is 0, or one of w is
// below a blank, exactly when its high bit becomes set; what lies after the first such
// byte is not looked at.
func endOfCell(d []byte, i int, stop byte) int {
	stops := uint64(stop) * eachByte
	for ; i+8 <= len(d); i += 8 {
		w := binary.LittleEndian.Uint64(d[i:])
		x := w ^ stops
		if hit := ((x-eachByte)&^x | (w-noControl)&^w) & highBits; hit != 0 {
			return i + bits.TrailingZeros64(hit)>>3
		}
	}
	for i < len(d) && d[i] != stop && d[i] >= ' ' {
		i++
	}
	return i
}

// fastDay reads a date; an empty cell ends at empty.
func fastDay(d []byte, i int, to *record.Day, empty int) int {
	if d[i]-'0' > 9 {
		return empty // or something that is no delimiter
	}
	day, ok := record.ParseDay(d[i : i+10])
	if !ok {
		return -1
	}
	*to = day
	return i + 10
}
