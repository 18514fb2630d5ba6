package work

import (
	"cmp"

	"foljsam/internal/app"
	"foljsam/internal/place"
	"foljsam/internal/record"
	"foljsam/internal/web/visit"
)

// A queue is the cases of a walk-through, oldest first, read a piece at a time. It becomes
// shorter while the group works, so a case is known by its id, and its place is a guess.
type queue struct {
	v      *visit.Visit
	unit   string
	units  []place.Unit
	of     int
	length int // of a piece
	pieces map[int][]app.Listed
}

// mostPieces is how many pieces are searched for a case.
const mostPieces = 40

func lineOf(v *visit.Visit, unit string) (*queue, error) {
	q := &queue{v: v, unit: unit, pieces: map[int][]app.Listed{}}
	first, err := q.piece(0)
	q.length = max(1, len(first))
	return q, err
}

func (q *queue) piece(n int) ([]app.Listed, error) {
	if p, ok := q.pieces[n]; ok {
		return p, nil
	}
	list, err := q.v.App.Walk(q.v.R.Context(), q.v.By(), q.unit, n)
	if err != nil {
		return nil, err
	}
	q.pieces[n], q.of, q.units = list.Cases, list.Of, list.Units
	return list.Cases, nil
}

// at gives the case in a place, from 0. The last one, where the list has become shorter.
func (q *queue) at(i int) (app.Listed, error) {
	p, err := q.piece(i / q.length)
	if err != nil || len(p) == 0 {
		return app.Listed{}, err
	}
	return p[min(i%q.length, len(p)-1)], nil
}

// find gives the place of a case, and whether it is in the list; where it is not, the place
// where it would be. Nothing is added to the list in front of a case often, and what was
// there goes: so the search begins at the guess and goes back, and only then on.
func (q *queue) find(c record.Cover, guess int) (i int, in bool, err error) {
	last := (max(q.of, 1) - 1) / q.length
	n := min(max(guess, 0)/q.length, last)
	moved := 0 // the last step: -1 back, 1 on
	for range mostPieces {
		p, err := q.piece(n)
		if err != nil {
			return 0, false, err
		}
		switch i, in := within(p, c); {
		case in, i > 0 && i < len(p), i == 0 && (n == 0 || moved > 0), i == len(p) && (n == last || moved < 0):
			return n*q.length + i, in, nil
		case i == 0:
			moved = -1
		default:
			moved = 1
		}
		n += moved
	}
	return min(max(guess, 0), q.of), false, nil
}

// within gives the place of a case in a piece, and whether it is there.
func within(p []app.Listed, c record.Cover) (int, bool) {
	for i, x := range p {
		if x.ID == c.ID {
			return i, true
		}
		if before(c, x.Cover) {
			return i, false
		}
	}
	return len(p), false
}

// before is the order of the list: by intake, those without one first, then as they were
// opened.
func before(a, b record.Cover) bool {
	if (a.Intake == record.NoDay) != (b.Intake == record.NoDay) {
		return a.Intake == record.NoDay
	}
	return cmp.Or(cmp.Compare(a.Intake, b.Intake), cmp.Compare(a.ID, b.ID)) < 0
}

func (q *queue) name() string {
	for _, u := range q.units {
		if u.ID == q.unit {
			return u.Name
		}
	}
	return ""
}
