package query

import (
	"slices"

	"foljsam/internal/codebook"
)

// Rest is the cross table of a and b with, instead of each category of a, the cases that are
// registered in a and not in that category: what a part is compared with. Comparing it with
// all would compare it with itself.
func Rest(cb *codebook.Codebook, a, b string, filter Set) (*Table, error) {
	t, err := Cross(cb, a, b, filter)
	if err != nil {
		return nil, err
	}
	group, _ := named(cb, a)
	m, _ := named(cb, b)
	others := group.Dim
	others.ID, others.Cats = group.ID+"_ovriga", slices.Clone(group.Cats)
	for i, c := range others.Cats {
		others.Cats[i].Set = And(group.base, Not(c.Set))
	}
	return within(t.ID+"_ovriga", others, m.Dim, And(filter, m.base)), nil
}

// Crossable names all that a cross table can be made of, in the codebook's order: each
// variable with codes, and each grouping of a number.
func Crossable(cb *codebook.Codebook) (names []string) {
	for _, v := range cb.Variables {
		if g := groupingOf(cb, v); g != "" {
			names = append(names, g)
		} else if len(v.Codes) > 0 {
			names = append(names, name(v.Number))
		}
	}
	for _, g := range cb.Groupings {
		if g.Of == 0 {
			names = append(names, g.ID)
		}
	}
	for _, v := range OwnLocal(cb) {
		names = append(names, v.Column)
	}
	return names
}

// groupingOf gives the grouping of a variable that is a number.
func groupingOf(cb *codebook.Codebook, v *codebook.Variable) string {
	for _, g := range cb.Groupings {
		if g.Of == v.Number && len(v.Codes) == 0 {
			return g.ID
		}
	}
	return ""
}

// Categories gives what a name of Crossable is divided in.
func Categories(cb *codebook.Codebook, name string) (Dim, error) {
	m, err := named(cb, name)
	return m.Dim, err
}
