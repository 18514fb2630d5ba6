package codebook

import "slices"

// Counted says what a grouping counts from a case when it is of no variable.
const (
	CountsDays    = "dagar"  // from intake to closing
	CountsParties = "parter" // codes of collaboration
)

// GroupOfCode gives the index of the group that holds a code, -1 if none does.
func (g *Grouping) GroupOfCode(code int) int {
	return slices.IndexFunc(g.Groups, func(x Group) bool { return slices.Contains(x.Codes, code) })
}

// GroupOfNumber gives the index of the group whose span holds a number, -1 if none does.
func (g *Grouping) GroupOfNumber(n int) int {
	return slices.IndexFunc(g.Groups, func(x Group) bool {
		return x.From != nil && n >= *x.From && (x.Till == nil || n <= *x.Till)
	})
}
