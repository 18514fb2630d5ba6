package record

import (
	"math/bits"

	"foljsam/internal/codebook"
)

// Layout says which bit of a packed case stands for which answer: a bit for every code
// of every coded variable, one for "noted none" where that is an answer, one for "has a
// risk assessment", and three for each instrument's change from first to last.
// Support and risk rows are folded to the case: a bit is set when any row has the code.
type Layout struct {
	Book  *codebook.Codebook
	Words int // 64-bit words a case

	fields  map[int]field
	risk    int // bit: any risk assessment
	changes map[int]int
	used    int
}

// field is the bits of one coded variable: the first code's bit stands at from, the
// noted "none" (code 0) last.
type field struct {
	from  int
	codes []int // in the order of their bits
	index []int16
}

// NewLayout lays out a codebook's variables.
func NewLayout(cb *codebook.Codebook) *Layout {
	l := &Layout{Book: cb, fields: map[int]field{}, changes: map[int]int{}}
	for _, v := range cb.Variables {
		if v.Number > 0 && (v.Kind == codebook.One || v.Kind == codebook.Many) {
			l.add(v)
		}
	}
	if v := cb.Role(codebook.Risk); v != nil {
		l.risk = l.take(1)
		for _, c := range v.Codes {
			l.changes[c.Code] = l.take(3)
		}
	}
	l.Words = (l.used + 63) / 64
	return l
}

func (l *Layout) take(n int) int {
	at := l.used
	l.used += n
	return at
}

func (l *Layout) add(v *codebook.Variable) {
	f := field{}
	for _, c := range v.Codes {
		f.codes = append(f.codes, c.Code)
	}
	if v.Noted != nil {
		f.codes = append(f.codes, v.Noted.Code)
	}
	f.from = l.take(len(f.codes))
	for i, c := range f.codes {
		for len(f.index) <= c {
			f.index = append(f.index, -1)
		}
		f.index[c] = int16(f.from + i)
	}
	l.fields[v.Number] = f
}

// Bit gives the bit of a code, -1 when the variable has no such code.
func (l *Layout) Bit(v, code int) int {
	f, ok := l.fields[v]
	if !ok || code < 0 || code >= len(f.index) {
		return -1
	}
	return int(f.index[code])
}

// Field gives the codes of a variable in the order of their bits, which stand one after
// another from the first. A variable without codes has none.
func (l *Layout) Field(v int) (first int, codes []int) {
	f := l.fields[v]
	return f.from, f.codes
}

// AssessedBit is the bit that says that the case has a risk assessment.
func (l *Layout) AssessedBit() int { return l.risk }

// ChangeBit gives the bit of a change (0 lower, 1 the same, 2 higher) from the first to
// the last assessment with an instrument, -1 for an unknown instrument.
func (l *Layout) ChangeBit(instrument, change int) int {
	from, ok := l.changes[instrument]
	if !ok {
		return -1
	}
	return from + change
}

// SetBit sets one bit of a packed case.
func SetBit(row []uint64, bit int) { row[bit>>6] |= 1 << (bit & 63) }

// HasBit tells whether a bit of a packed case is set.
func HasBit(row []uint64, bit int) bool { return row[bit>>6]>>(bit&63)&1 == 1 }

// Chosen counts the codes that a packed case has in a variable, "noted none" not among
// them; ok is false when the variable is not registered.
func (l *Layout) Chosen(row []uint64, v int) (n int, ok bool) {
	f := l.fields[v]
	all := popRange(row, f.from, len(f.codes))
	if len(f.codes) > 0 && f.codes[len(f.codes)-1] == 0 && HasBit(row, f.from+len(f.codes)-1) {
		return all - 1, true
	}
	return all, all > 0
}

// popRange counts the bits set from a place on.
func popRange(row []uint64, from, n int) int {
	c := 0
	for n > 0 {
		k := min(n, 64-from&63)
		w := row[from>>6] >> (from & 63)
		if k < 64 {
			w &= 1<<k - 1
		}
		c += bits.OnesCount64(w)
		from, n = from+k, n-k
	}
	return c
}
