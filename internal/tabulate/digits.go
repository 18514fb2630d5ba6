package tabulate

import (
	"math/bits"
	"strconv"

	"foljsam/internal/fault"
	"foljsam/internal/query"
)

// digits gives a number as columns of binary digits, the lowest first; a case that lacks
// the number has none. The sum of the number over a set is then the sum of 2^k times the
// cases of the set that have digit k.
func (c *Columns) digits(n query.Numeric) ([][]uint64, error) {
	if kind, v, _ := n.Parts(); kind == 'n' {
		if _, codes := c.layout.Field(v); len(codes) > 0 {
			return c.chosenDigits(v), nil
		}
		return nil, fault.New(fault.Invalid, "query.unknown_number", "number", n.String())
	}
	number, ok := c.number(n)
	if !ok {
		return nil, fault.New(fault.Invalid, "query.unknown_number", "number", n.String())
	}
	return c.keepDigits(n.String(), func() [][]uint64 { return c.answerDigits(number) }), nil
}

// keepDigits works out digits the first time they are asked for.
func (c *Columns) keepDigits(name string, make func() [][]uint64) [][]uint64 {
	c.derived.mu.Lock()
	defer c.derived.mu.Unlock()
	var out [][]uint64
	for k := 0; ; k++ {
		d, ok := c.derived.kept[name+"#"+strconv.Itoa(k)]
		if !ok {
			break
		}
		out = append(out, d)
	}
	if out == nil {
		out = make()
		for k, d := range out {
			c.derived.keep(name+"#"+strconv.Itoa(k), d)
		}
	}
	return out
}

func (c *Columns) answerDigits(number func(at int) int) [][]uint64 {
	top := 0
	for at := range c.words * 64 {
		if x := number(at); x != lacks {
			top = max(top, x)
		}
	}
	out := c.blanks(bits.Len(uint(top)))
	for at := range c.words * 64 {
		if x := number(at); x != lacks {
			for k := range out {
				out[k][at>>6] |= uint64(x>>k&1) << (at & 63)
			}
		}
	}
	return out
}

func (c *Columns) blanks(n int) [][]uint64 {
	out := make([][]uint64, n)
	for k := range out {
		out[k] = make([]uint64, c.words)
	}
	return out
}

// chosenDigits adds up the columns of a variable's codes, 64 cases at a time: each word
// of the sum is a column addition with carry.
func (c *Columns) chosenDigits(v int) [][]uint64 {
	return c.keepDigits(query.CodesChosen(v).String(), func() [][]uint64 {
		from, codes := c.layout.Field(v)
		out := c.blanks(bits.Len(uint(len(codes))))
		for i, code := range codes {
			if code == 0 { // "noted none" is none
				continue
			}
			for w, carry := range c.bits[from+i] {
				for k := 0; carry != 0; k++ {
					out[k][w], carry = out[k][w]^carry, out[k][w]&carry
				}
			}
		}
		return out
	})
}

// chosenBetween is the cases with between lo and hi codes chosen, among those registered.
func (r *resolver) chosenBetween(v, lo, hi int) []uint64 {
	out := append([]uint64(nil), r.Registered(v)...)
	if r.err != nil {
		return out
	}
	digits := r.c.chosenDigits(v)
	for w := range out {
		out[w] &= atLeast(digits, w, lo) &^ atLeast(digits, w, hi+1)
	}
	return out
}

// atLeast is, for the 64 cases of a word, whether their number is n or more.
func atLeast(digits [][]uint64, w, n int) uint64 {
	if bits.Len(uint(max(n, 0))) > len(digits) {
		return 0
	}
	more, same := uint64(0), ^uint64(0)
	for k := len(digits) - 1; k >= 0; k-- {
		d := digits[k][w]
		if n>>k&1 == 1 {
			same &= d
		} else {
			more |= same & d
			same &^= d
		}
	}
	return more | same
}
