package record

import (
	"encoding/binary"
	"math"
)

// Courses are the courses of risk of a register's cases as they are kept in memory, one after the
// other: each by itself would weigh ten times as much. What was added stays, so that a copy of
// it can be read while more are added. Its zero value has none.
type Courses struct{ packed []byte }

// Add gives where a course is kept; nil is kept nowhere, which is 0.
func (c *Courses) Add(x *RiskCourse) int32 {
	if x == nil {
		return 0
	}
	one := x.pack()
	if len(c.packed) == 0 {
		c.packed = append(c.packed, 0)
	}
	at := len(c.packed)
	c.packed = append(binary.AppendUvarint(c.packed, uint64(len(one))), one...)
	return int32(at)
}

// At gives the course that is kept at a place; nil at 0.
func (c *Courses) At(at int32) *RiskCourse {
	if at == 0 {
		return nil
	}
	n, size := binary.Uvarint(c.packed[at:])
	from := int(at) + size
	return unpackCourse(c.packed[from : from+int(n)])
}

func (x *RiskCourse) pack() []byte {
	b := binary.AppendUvarint(make([]byte, 0, 64), uint64(len(x.Assessed)))
	for _, a := range x.Assessed {
		b = appendDay(b, a.Day)
		b = appendShort(appendShort(b, a.Phase), a.Scale)
		b = appendValue(binary.AppendVarint(b, int64(a.Instrument)), a.Value, a.Valued)
	}
	b = binary.AppendVarint(b, int64(x.Own))
	for _, s := range x.Given {
		b = appendDay(binary.AppendVarint(b, int64(s.Code)), s.Began)
	}
	return b
}

// appendDay writes a day as one more than it is, and 0 for none, which is the commonest.
func appendDay(b []byte, d Day) []byte {
	if d == NoDay {
		return append(b, 0)
	}
	if d >= 0 {
		d++
	}
	return binary.AppendVarint(b, int64(d))
}

// How a value is kept: as a whole number in few bytes, or else as all its bits.
const (
	noValueKept = iota
	wholeKept
	bitsKept
)

func appendValue(b []byte, value float64, valued bool) []byte {
	switch whole := int64(value); {
	case !valued:
		return append(b, noValueKept)
	case float64(whole) == value && math.Abs(value) < 1<<31:
		return binary.AppendVarint(append(b, wholeKept), whole)
	}
	return binary.BigEndian.AppendUint64(append(b, bitsKept), math.Float64bits(value))
}

func appendShort(b []byte, text string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(text))), text...)
}

func unpackCourse(packed []byte) *RiskCourse {
	u := unpacker{packed}
	x := &RiskCourse{Assessed: make([]Assessed, u.count())}
	for i := range x.Assessed {
		a := &x.Assessed[i]
		a.Day, a.Phase, a.Scale, a.Instrument = u.day(), u.short(), u.short(), u.number()
		a.Value, a.Valued = u.value()
	}
	x.Own = u.number()
	for len(u.rest) > 0 {
		x.Given = append(x.Given, Supported{u.number(), u.day()})
	}
	return x
}

// unpacker reads what Pack wrote.
type unpacker struct{ rest []byte }

func (u *unpacker) count() int {
	n, size := binary.Uvarint(u.rest)
	u.rest = u.rest[size:]
	return int(n)
}

func (u *unpacker) number() int {
	n, size := binary.Varint(u.rest)
	u.rest = u.rest[size:]
	return int(n)
}

func (u *unpacker) day() Day {
	switch d := Day(u.number()); {
	case d == 0:
		return NoDay
	case d > 0:
		return d - 1
	default:
		return d
	}
}

func (u *unpacker) short() string {
	n := u.count()
	text := string(u.rest[:n])
	u.rest = u.rest[n:]
	return text
}

func (u *unpacker) value() (float64, bool) {
	kind := u.rest[0]
	u.rest = u.rest[1:]
	switch kind {
	case noValueKept:
		return 0, false
	case wholeKept:
		return float64(u.number()), true
	}
	bits := binary.BigEndian.Uint64(u.rest)
	u.rest = u.rest[8:]
	return math.Float64frombits(bits), true
}
