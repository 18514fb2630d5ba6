package disclosure

// ListCount is how many cases stand in a list that somebody works from. Whoever may see the
// list can count its lines, so nothing is masked; but that holds for nobody else. A ListCount
// is internal for ever: it is no cell of any release, and nothing that is published or drawn
// takes it.
type ListCount struct {
	n    int
	more bool
}

// CountList makes the count of a list that was counted no further than most.
func CountList(n, most int) ListCount { return ListCount{min(n, most), n > most} }

// N gives how many there are, as far as was counted.
func (c ListCount) N() int { return c.n }

// More tells whether there are more than that.
func (c ListCount) More() bool { return c.more }

// After gives how many are left where the first ones are shown.
func (c ListCount) After(shown int) ListCount { return ListCount{max(0, c.n-shown), c.more} }

// Audience says for whom it is: never for publication.
func (ListCount) Audience() Audience { return Internal }
