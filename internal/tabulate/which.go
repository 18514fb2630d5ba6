package tabulate

import (
	"math/bits"

	"foljsam/internal/codebook"
	"foljsam/internal/query"
	"foljsam/internal/record"
)

// Each tells the numbers of the cases in a set, each once and in no order: for what has to be
// followed case by case and is no count of a set.
func (c *Columns) Each(s query.Set, do func(number uint32)) error {
	return c.eachBit(s, func(c *Columns, bit int) { do(c.names[bit]) })
}

// eachBit tells where the cases in a set stand, and in which columns.
func (c *Columns) eachBit(s query.Set, do func(c *Columns, bit int)) error {
	column, err := c.column(s)
	if err != nil {
		return err
	}
	for w, word := range column {
		if c.alive != nil {
			word &= c.alive[w]
		}
		for ; word != 0; word &= word - 1 {
			do(c, w*64+bits.TrailingZeros64(word))
		}
	}
	if c.more != nil {
		return c.more.eachBit(s, do)
	}
	return nil
}

// Course is one case in time: when it came in, how many days later it was closed (record.NoNumber
// while it is open), and why, as a code of the reasons for closing; 0: not
// registered, or open.
type Course struct {
	Intake record.Day
	Days   uint16
	Reason int
}

// EachCourse tells the courses of the cases in a set, in no order.
func (c *Columns) EachCourse(s query.Set, do func(Course)) error {
	reasons := c.codeBits(c.layout.Book.Role(codebook.ClosingReason))
	return c.eachBit(s, func(c *Columns, bit int) {
		x := Course{Intake: c.intake[bit], Days: c.days[bit]}
		if x.Days != record.NoNumber {
			x.Reason = c.codeAt(reasons, bit)
		}
		do(x)
	})
}

// codeBit is which bit of a packed case stands for a code.
type codeBit struct{ code, bit int }

func (c *Columns) codeBits(v *codebook.Variable) (all []codeBit) {
	for _, x := range v.Codes {
		if bit := c.layout.Bit(v.Number, x.Code); bit >= 0 {
			all = append(all, codeBit{x.Code, bit})
		}
	}
	return all
}

// codeAt gives which of some codes a case has; 0 for none.
func (c *Columns) codeAt(codes []codeBit, bit int) (code int) {
	for _, x := range codes {
		if c.bits[x.bit][bit>>6]>>(bit&63)&1 != 0 {
			code = x.code
		}
	}
	return code
}
