package query

import (
	"strconv"
	"strings"

	"foljsam/internal/codebook"
	"foljsam/internal/fault"
)

// Cross is a free cross table: b in each category of a, of the cases in the filter that
// have both registered. a and b are variables with codes ("v59" or "59") or groupings
// ("alder").
func Cross(cb *codebook.Codebook, a, b string, filter Set) (*Table, error) {
	group, err := named(cb, a)
	if err != nil {
		return nil, err
	}
	m, err := named(cb, b)
	if err != nil {
		return nil, err
	}
	if a == b {
		return nil, fault.New(fault.Usage, "query.same_twice", "name", a)
	}
	t := within("x_"+a+"_"+b, group.Dim, m.Dim, And(filter, m.base))
	t.Title = codebook.Label{Text: codebook.Join(group.Label.Text, " × ", m.Label.Text)}
	return t, nil
}

// named gives the dimension of a variable or a grouping by its name.
func named(cb *codebook.Codebook, name string) (measure, error) {
	if g := cb.Grouping(name); g != nil {
		return groupsOf(cb, name), nil
	}
	if n, err := strconv.Atoi(strings.TrimPrefix(name, "v")); err == nil {
		if v := cb.Variable(n); v != nil && len(v.Codes) > 0 {
			return codesOf(cb, n), nil
		}
	}
	if v := localOf(cb, name); v != nil {
		return localMeasure(v), nil
	}
	return measure{}, fault.New(fault.Usage, "query.no_dimension", "name", name)
}
