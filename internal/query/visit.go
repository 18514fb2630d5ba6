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
	switch s.op {
	case opCodes:
		return v.Codes(s.of, s.codes)
	case opRegistered:
		return v.Registered(s.of)
	case opSpan:
		return v.Span(s.num, s.span.lo, s.span.hi)
	case opChange:
		return v.Changed(s.of, s.dir)
	case opLocal:
		return v.Local(s.local, s.of)
	case opAnd:
		return v.And(s.terms)
	case opOr:
		return v.Or(s.terms)
	case opNot:
		return v.Not(s.terms[0])
	}
	return v.All()
}

// Terms gives the parts of a conjunction; a set that is none is its own only part,
// every case has no part.
func (s Set) Terms() []Set {
	switch s.op {
	case opAll:
		return nil
	case opAnd:
		return s.terms
	}
	return []Set{s}
}

// Negated tells whether the set is the complement of another.
func (s Set) Negated() bool { return s.op == opNot }

// Wider gives the set of cases registered in what the set is about, the set itself when
// it is about no variable.
func (s Set) Wider() Set {
	switch {
	case s.op == opCodes:
		return Registered(s.of)
	case s.op == opSpan && s.num.kind == "d":
		return Registered(s.num.b)
	case s.op == opSpan:
		return Registered(s.num.a)
	case s.op == opChange:
		return Repeated(s.of)
	}
	return s
}
