package main

import (
	"bytes"
	"encoding/binary"
	"math/bits"

	"foljsam/internal/record"
)

// The plain way: a record without quotes whose cells all have the usual forms is read in
// one pass, eight bytes at a time where columns of 0 and 1 stand beside each other.
// Anything else is left to the careful way.

// step reads one column, or several beside each other.
type step struct {
	kind  kind
	end   byte        // what follows the last cell
	cells int         // 0/1 columns
	bit   int         // of the first of them
	codes *[256]uint8 // by the cell's first byte: bit+1 of the code, 0 for none
	to    int         // number
}

type kind uint8

const (
	skip kind = iota
	flags
	code
	number
	day
)

// stepsOf joins 0/1 columns whose bits follow each other. The last column ends with the
// line, and is read by itself.
func stepsOf(cells []cell) (steps []step) {
	for i, c := range cells {
		s := step{kind: skip, end: ',', to: c.number}
		if i == len(cells)-1 {
			s.end = '\n'
		}
		switch {
		case c.flag >= 0:
			s.kind, s.bit, s.cells = flags, c.flag, 1
			if n := len(steps) - 1; n >= 0 && steps[n].kind == flags && steps[n].bit+steps[n].cells == c.flag && s.end == ',' {
				steps[n].cells++
				continue
			}
		case c.bits != nil:
			s.kind, s.codes = code, codeBytes(c.bits)
		case c.number >= aktualisering && c.number < ignored:
			s.kind = day
		case c.number < aktualisering:
			s.kind = number
		}
		steps = append(steps, s)
	}
	return steps
}

func codeBytes(bits []int16) *[256]uint8 {
	var t [256]uint8
	for k, bit := range bits {
		if bit >= 0 {
			t['0'+k] = uint8(bit + 1)
		}
	}
	return &t
}

// row is what a record holds, read.
type row struct {
	bits    [8]uint64
	numbers [numbers]int
}

const none = -1 << 30

var noNumbers = [numbers]int{none, none, none, none, none, none, none, none}

func (x *row) clear() { x.bits, x.numbers = [8]uint64{}, noNumbers }

// room is how many bytes must follow where a cell begins, so that looking ahead needs no
// care; the last records of a chunk go the careful way.
const room = 32

// plainRow reads the record that d begins with, and gives how many bytes it has; 0 when
// some cell needs a closer look.
func (x *row) plainRow(steps []step, d []byte) int {
	x.clear()
	i := 0
	for k := range steps {
		s := &steps[k]
		if i+room > len(d) {
			return 0
		}
		switch s.kind {
		case flags:
			i = x.readFlags(s, d, i)
		case code:
			i = x.readCode(s, d, i)
		case number:
			i = x.readNumber(s, d, i)
		case day:
			i = x.readDay(s, d, i)
		default:
			i = endOfCell(d, i, s.end)
		}
		if i <= 0 || i >= len(d) || d[i] != s.end {
			return 0
		}
		i++
	}
	return i
}

const (
	eachByte = 0x0101010101010101
	highBits = 0x80 * eachByte
	eachPair = 0x0001000100010001
	zeros    = 0x2c302c302c302c30 // "0,0,0,0,"
	commas   = ',' * eachByte
)

// readFlags reads cells of 0 and 1, four at a time, or empty ones, eight at a time, and
// gives where the last ends; -1 when one is something else.
func (x *row) readFlags(s *step, d []byte, i int) int {
	set := uint64(0)
	for at := 0; at < s.cells; {
		if i+8 > len(d) {
			return -1
		}
		w, left := binary.LittleEndian.Uint64(d[i:]), s.cells-at
		if n := min(left, 4); (w^zeros)&^eachPair<<(64-16*n) == 0 {
			// the digits are bits 0, 16, 32 and 48: multiplied, they stand together at the top
			four := (w & eachPair << (64 - 16*n) >> (64 - 16*n)) * (1<<48 | 1<<33 | 1<<18 | 1<<3) >> 48 & 15
			set |= four << at
			at, i = at+n, i+2*n
		} else if n := min(left, 8); (w^commas)<<(64-8*n) == 0 {
			at, i = at+n, i+n
		} else if byte(w) == ',' {
			at, i = at+1, i+1
		} else {
			return -1
		}
	}
	w, shift := s.bit>>6&7, s.bit&63
	x.bits[w] |= set << shift
	x.bits[(w+1)&7] |= set >> (64 - shift)
	return i - 1
}

func (x *row) readCode(s *step, d []byte, i int) int {
	if d[i] == s.end {
		return i
	}
	bit := int(s.codes[d[i]]) - 1
	if bit < 0 {
		return -1
	}
	x.bits[bit>>6&7] |= 1 << (bit & 63)
	return i + 1
}

// readNumber reads up to seven digits. Shifted so that their end stands at the top, they
// are added up by pairs, fours and eights.
func (x *row) readNumber(s *step, d []byte, i int) int {
	if d[i] == s.end {
		return i
	}
	w := binary.LittleEndian.Uint64(d[i:])
	n := firstOf(w, s.end)
	y := (w ^ '0'*eachByte) << (64 - 8*n)
	if n > 7 || ((y+0x76*eachByte)|y)&highBits != 0 {
		return -1
	}
	y = y * (10<<8 + 1) >> 8 & 0x00ff00ff00ff00ff
	y = y * (100<<16 + 1) >> 16 & 0x0000ffff0000ffff
	x.numbers[s.to] = int(y * (10000<<32 + 1) >> 32)
	return i + n
}

// firstOf gives where a byte is first found in eight; 8 when it is not.
func firstOf(w uint64, b byte) int {
	y := w ^ uint64(b)*eachByte
	return bits.TrailingZeros64((y-eachByte)&^y&highBits) >> 3
}

func (x *row) readDay(s *step, d []byte, i int) int {
	if d[i] == s.end {
		return i
	}
	day, ok := record.ParseDay(d[i : i+10])
	if !ok {
		return -1
	}
	x.numbers[s.to] = int(day)
	return i + 10
}

// endOfCell gives where a cell ends that nobody reads; -1 when there is a line's end in it.
func endOfCell(d []byte, i int, end byte) int {
	n := bytes.IndexByte(d[i:], end)
	if n < 0 || end != '\n' && bytes.IndexByte(d[i:i+n], '\n') >= 0 {
		return -1
	}
	return i + n
}
