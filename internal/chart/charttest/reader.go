package charttest

import (
	"slices"

	"foljsam/internal/query"
)

// reader makes a set into a question to one case.
type reader struct{}

type test = func(*Case) bool

func (reader) All() test { return func(*Case) bool { return true } }

func (reader) Codes(v int, codes []int) test {
	return func(x *Case) bool {
		return slices.ContainsFunc(x.Codes[v], func(c int) bool { return slices.Contains(codes, c) })
	}
}

func (reader) Registered(v int) test {
	return func(x *Case) bool {
		_, number := x.Numbers[v]
		return number || len(x.Codes[v]) > 0
	}
}

func (reader) Span(n query.Numeric, lo, hi int) test {
	return func(x *Case) bool {
		v, ok := x.number(n)
		return ok && v >= lo && v <= hi
	}
}

func (reader) Changed(instrument int, c query.Change) test {
	return func(x *Case) bool { return x.Moved[instrument] == c }
}

func (reader) Local(string, int) test { return func(*Case) bool { return false } }

func (r reader) And(terms []query.Set) test {
	return func(x *Case) bool {
		return !slices.ContainsFunc(terms, func(s query.Set) bool { return !query.Visit(s, r)(x) })
	}
}

func (r reader) Or(terms []query.Set) test {
	return func(x *Case) bool {
		return slices.ContainsFunc(terms, func(s query.Set) bool { return query.Visit(s, r)(x) })
	}
}

func (r reader) Not(s query.Set) test {
	return func(x *Case) bool { return !query.Visit(s, r)(x) }
}

func (x *Case) number(n query.Numeric) (int, bool) {
	kind, a, b := n.Parts()
	switch kind {
	case 'n':
		return len(slices.DeleteFunc(slices.Clone(x.Codes[a]), func(c int) bool { return c == 0 })), len(x.Codes[a]) > 0
	case 'd':
		from, ok1 := x.Numbers[a]
		till, ok2 := x.Numbers[b]
		return till - from, ok1 && ok2
	}
	v, ok := x.Numbers[a]
	return v, ok
}
