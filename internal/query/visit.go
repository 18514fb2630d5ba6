package query

// Visitor is told what a set is made of; exactly one method is called for each set.
// Whoever counts or names sets implements it.
type Visitor[T any] interface {
	All() T
	Codes(v int, codes []int) T
	Registered(v int) T
	Span(n Numeric, lo, hi int) T
	Changed(instrument int, c Change) T
	Local(column string, code int) T
	And(terms []Set) T
	Or(terms []Set) T
	Not(s Set) T
}

// Visit calls the method of v that fits the set.
func Visit[T any](s Set, v Visitor[T]) T {
	d := s.d()
	switch d.op {
	case opCodes:
		return v.Codes(d.of, d.codes)
	case opRegistered:
		return v.Registered(d.of)
	case opSpan:
		return v.Span(d.num, d.lo, d.hi)
	case opChange:
		return v.Changed(d.of, d.dir)
	case opLocal:
		return v.Local(d.local, d.of)
	case opAnd:
		return v.And(d.terms)
	case opOr:
		return v.Or(d.terms)
	case opNot:
		return v.Not(d.terms[0])
	}
	return v.All()
}
