package query

import "foljsam/internal/codebook"

// Cross is a free cross table: the codes of variable b in each code of variable a, of the
// cases in the filter that have both registered.
func Cross(cb *codebook.Codebook, a, b int, filter Set) *Table {
	m := codesOf(cb, b)
	t := within("x_"+name(a)+"_"+name(b), codesOf(cb, a).Dim, m.Dim, And(filter, m.base))
	t.Title = codebook.Label{Text: codebook.Join(cb.Variable(a).Label, " × ", cb.Variable(b).Label)}
	return t
}
