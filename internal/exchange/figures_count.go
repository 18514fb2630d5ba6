package exchange

import "foljsam/internal/indicator"

// CountFigures counts the key figures of a year in what was delivered: a return for every
// unit that has a case, with the scope that its packages state when all state the same.
// differ is in how many cases the two readings of "the goal was met" differ, never 1-4. Only
// with Options.Spans.
func CountFigures(d *Delivery, year int, by indicator.Reading) (returns []indicator.Return, differ indicator.Count) {
	var all []indicator.Case
	scopes := map[string]map[indicator.Scope]bool{}
	n := 0
	for _, p := range d.Packages {
		for _, c := range p.FigureCases() {
			if scopes[c.Unit] == nil {
				scopes[c.Unit] = map[indicator.Scope]bool{}
			}
			scopes[c.Unit][indicator.Scope(p.Scope)] = true
			if indicator.Decide(c, year, indicator.ByGoal) != indicator.Decide(c, year, indicator.ByReason) {
				n++
			}
			all = append(all, c)
		}
	}
	returns = indicator.CountCases(all, year, by)
	for i := range returns {
		returns[i].Scope = only(scopes[returns[i].Unit])
	}
	return returns, indicator.CountOf(n)
}

// only gives the one scope of a set, not stated when there are several.
func only(scopes map[indicator.Scope]bool) indicator.Scope {
	for s := range scopes {
		if len(scopes) == 1 {
			return s
		}
	}
	return indicator.NotStated
}
