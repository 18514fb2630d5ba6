package work

import (
	"foljsam/internal/app"
	"foljsam/internal/disclosure"
	"foljsam/internal/place"
	"foljsam/internal/record"
	"foljsam/internal/web/visit"
)

// A queue is the cases of a walk-through, open ones first and then the oldest, read a piece at a time. It becomes
// shorter while the group works, so a case is known by its id, and its place is counted anew.
type queue struct {
	v      *visit.Visit
	unit   string
	units  []place.Unit
	of     disclosure.ListCount
	length int // of a piece
	pieces map[int][]app.Listed
}

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
// where it would be, at the end at most.
func (q *queue) find(c record.Cover) (i int, in bool, err error) {
	i, in, err = q.v.App.WalkPlace(q.v.R.Context(), q.v.By(), c)
	return min(i, q.of.N()), in, err
}

func (q *queue) name() string {
	for _, u := range q.units {
		if u.ID == q.unit {
			return u.Name
		}
	}
	return ""
}
