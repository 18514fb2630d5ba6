package indicator

import (
	"errors"

	"foljsam/internal/fault"
)

// ReturnsOf gathers reports into returns, in the order in which the units and years first
// stand. Of several of the same figure the first stands. refuse says why a return cannot be
// taken: it is named at its first row, and left out. No problem holds a count.
func ReturnsOf(reports []Report, file string, refuse func(Return) error) (all []Return, problems []fault.Problem) {
	place, first, refused := map[at]int{}, map[key]int{}, map[at]bool{}
	for _, r := range reports {
		k := key{r.at(), r.Figure}
		row, twice := first[k]
		switch {
		case r.Left || refused[r.at()]:
			continue
		case twice:
			problems = append(problems, fault.Problem{File: file, Row: r.Row, Key: "indicator.twice", Args: []any{"row", row}})
			continue
		}
		first[k] = r.Row
		i, begun := place[r.at()]
		if !begun {
			x := Return{Unit: r.Unit, Year: r.Year, Scope: r.Scope}
			if err := refuse(x); err != nil {
				refused[r.at()] = true
				problems = append(problems, refusal(err, file, r))
				continue
			}
			i = len(all)
			place[r.at()] = i
			all = append(all, x)
		}
		all[i].Counts[r.Figure.Index()] = r.Count
		if all[i].Scope == NotStated {
			all[i].Scope = r.Scope
		}
	}
	return all, problems
}

func refusal(err error, file string, r Report) fault.Problem {
	p := fault.Problem{File: file, Row: r.Row, Column: UnitColumn, Value: r.Unit, Key: "fault.internal"}
	var e *fault.Error
	if errors.As(err, &e) {
		p.Key, p.Args = e.Key, e.Args
	}
	return p
}
