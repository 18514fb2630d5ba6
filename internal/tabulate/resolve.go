package tabulate

import (
	"foljsam/internal/codebook"
	"foljsam/internal/fault"
	"foljsam/internal/query"
	"foljsam/internal/record"
)

// column gives a set as a column of bits, working it out the first time it is asked for.
func (c *Columns) column(s query.Set) ([]uint64, error) {
	r := &resolver{c: c}
	bits := query.Visit[[]uint64](s, r)
	return bits, r.err
}

// resolver works out columns. The first error stays.
type resolver struct {
	c   *Columns
	err error
}

var _ query.Visitor[[]uint64] = (*resolver)(nil)

// once keeps what make works out, under the name.
func (r *resolver) once(name string, make func() []uint64) []uint64 {
	r.c.derived.mu.Lock()
	bits, ok := r.c.derived.kept[name]
	r.c.derived.mu.Unlock()
	if ok {
		return bits
	}
	bits = make()
	if r.err == nil {
		r.c.derived.mu.Lock()
		r.c.derived.keep(name, bits)
		r.c.derived.mu.Unlock()
	}
	return bits
}

func (r *resolver) fail(s string) []uint64 {
	if r.err == nil {
		r.err = fault.New(fault.Invalid, "query.unknown_set", "set", s)
	}
	return r.c.valid
}

func (r *resolver) All() []uint64 { return r.c.valid }

func (r *resolver) Codes(v int, codes []int) []uint64 {
	s := query.Codes(v, codes...)
	if len(codes) == 1 {
		bit := r.c.layout.Bit(v, codes[0])
		if bit < 0 {
			return r.fail(s.String())
		}
		return r.c.bits[bit]
	}
	return r.once(s.String(), func() []uint64 {
		out := r.blank()
		for _, code := range codes {
			into(out, r.Codes(v, []int{code}), or)
		}
		return out
	})
}

func (r *resolver) Registered(v int) []uint64 {
	x := r.c.layout.Book.Variable(v)
	if x == nil {
		return r.fail(query.Registered(v).String())
	}
	switch x.Role {
	case codebook.Risk:
		return r.c.bits[r.c.layout.AssessedBit()]
	case codebook.Intake:
		return r.c.valid
	case codebook.Age:
		return r.Span(query.Answer(v), 0, query.Open)
	case codebook.Closing:
		return r.Span(query.DaysBetween(r.c.layout.Book.Role(codebook.Intake).Number, v), 0, query.Open)
	}
	_, codes := r.c.layout.Field(v)
	if len(codes) == 0 {
		return r.fail(query.Registered(v).String())
	}
	return r.once(query.Registered(v).String(), func() []uint64 { return r.Codes(v, codes) })
}

func (r *resolver) Span(n query.Numeric, lo, hi int) []uint64 {
	s := query.Span(n, lo, hi)
	return r.once(s.String(), func() []uint64 {
		if kind, v, _ := n.Parts(); kind == 'n' {
			return r.chosenBetween(v, lo, hi)
		}
		out, ok := r.c.span(n, lo, hi)
		if !ok {
			return r.fail(s.String())
		}
		return out
	})
}

func (r *resolver) Changed(instrument int, change query.Change) []uint64 {
	for i, x := range query.Changes {
		if bit := r.c.layout.ChangeBit(instrument, i); x == change && bit >= 0 {
			return r.c.bits[bit]
		}
	}
	return r.fail(query.Changed(instrument, change).String())
}

func (r *resolver) Local(column string, code int) []uint64 {
	s := query.Local(column, code)
	for i := range r.c.local {
		l := &r.c.local[i]
		if l.Name != column {
			continue
		}
		return r.once(s.String(), func() []uint64 {
			out := r.blank()
			for at, v := range l.Values {
				if v >= 0 && (code < 0 || int(v) == code) {
					out[at>>6] |= 1 << (at & 63)
				}
			}
			return out
		})
	}
	return r.fail(s.String())
}

func (r *resolver) And(terms []query.Set) []uint64 {
	return r.once(query.And(terms...).String(), func() []uint64 { return r.join(terms, and) })
}

func (r *resolver) Or(terms []query.Set) []uint64 {
	return r.once(query.Or(terms...).String(), func() []uint64 { return r.join(terms, or) })
}

func (r *resolver) Not(s query.Set) []uint64 {
	return r.once(query.Not(s).String(), func() []uint64 {
		out := append([]uint64(nil), r.c.valid...)
		into(out, query.Visit[[]uint64](s, r), andNot)
		return out
	})
}

func (r *resolver) join(terms []query.Set, op func(a, b uint64) uint64) []uint64 {
	out := append([]uint64(nil), query.Visit[[]uint64](terms[0], r)...)
	for _, t := range terms[1:] {
		into(out, query.Visit[[]uint64](t, r), op)
	}
	return out
}

func (r *resolver) blank() []uint64 { return make([]uint64, r.c.words) }

func and(a, b uint64) uint64    { return a & b }
func or(a, b uint64) uint64     { return a | b }
func andNot(a, b uint64) uint64 { return a &^ b }

func into(out, in []uint64, op func(a, b uint64) uint64) {
	for i, w := range in {
		out[i] = op(out[i], w)
	}
}

// lacks is what a case without a number has.
const lacks = -1 << 31

// number gives a number of every case by its bit; ok is false for one that is not known.
func (c *Columns) number(n query.Numeric) (func(at int) int, bool) {
	kind, a, b := n.Parts()
	book := c.layout.Book
	x := book.Variable(a)
	switch {
	case x == nil:
	case kind == 'v' && x.Role == codebook.Age:
		return func(at int) int { return orLacks(c.age[at] != record.NoAge, int(c.age[at])) }, true
	case kind == 'd' && x.Role == codebook.Intake && book.Variable(b) == book.Role(codebook.Closing):
		return func(at int) int { return orLacks(c.days[at] != record.NoNumber, int(c.days[at])) }, true
	case (kind == 'y' || kind == 't') && x.Role == codebook.Intake:
		return c.dateNumber(kind == 'y'), true
	}
	return nil, false
}

func orLacks(has bool, n int) int {
	if has {
		return n
	}
	return lacks
}

func (c *Columns) dateNumber(year bool) func(at int) int {
	return func(at int) int {
		d := c.intake[at]
		switch {
		case d == record.NoDay:
			return lacks
		case year:
			return d.Time().Year()
		}
		return int(d)
	}
}
