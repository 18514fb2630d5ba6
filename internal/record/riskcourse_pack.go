package record

import (
	"encoding/binary"
	"math"
)

// PackedCourse is a course of risk as it is kept in memory for every case of a register, where
// what it points to would weigh ten times as much. Empty: no risk has been assessed.
type PackedCourse string

// Pack gives a course as it is kept in memory.
func (x *RiskCourse) Pack() PackedCourse {
	if x == nil {
		return ""
	}
	b := binary.AppendUvarint(make([]byte, 0, 64), uint64(len(x.Assessed)))
	for _, a := range x.Assessed {
		b = binary.AppendVarint(b, int64(a.Day))
		b = appendShort(appendShort(b, a.Phase), a.Scale)
		b = appendValue(binary.AppendVarint(b, int64(a.Instrument)), a.Value, a.Valued)
	}
	b = binary.AppendVarint(b, int64(x.Own))
	for _, s := range x.Given {
		b = binary.AppendVarint(binary.AppendVarint(b, int64(s.Code)), int64(s.Began))
	}
	return PackedCourse(b)
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

// Course gives the course that was packed; nil where no risk has been assessed.
func (p PackedCourse) Course() *RiskCourse {
	if p == "" {
		return nil
	}
	u := unpacker{[]byte(p)}
	x := &RiskCourse{Assessed: make([]Assessed, u.count())}
	for i := range x.Assessed {
		a := &x.Assessed[i]
		a.Day, a.Phase, a.Scale, a.Instrument = Day(u.number()), u.short(), u.short(), u.number()
		a.Value, a.Valued = u.value()
	}
	x.Own = u.number()
	for len(u.rest) > 0 {
		x.Given = append(x.Given, Supported{u.number(), Day(u.number())})
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
