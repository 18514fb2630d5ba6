package app

import (
	"foljsam/internal/record"
	"foljsam/internal/tabulate"
)

// columns builds columns of the cases that are wanted. Excluded cases are never counted.
func (l *live) columns(want func(unit string, x liveCase) bool) (*tabulate.Columns, error) {
	all := &record.Batch{Layout: l.layout}
	l.eachCase(func(_ int, x *liveCase) {
		if b := l.batch; x.counts() && want(l.ids.all[x.unit], *x) {
			all.Add(b.Row(int(x.row)), b.Unit[x.row], b.Intake[x.row], b.Days[x.row], b.Age[x.row])
		}
	})
	return tabulate.Build(l.layout, []*record.Batch{all}), nil
}

// atOnce is how many cases are looked at before others may save.
const atOnce = 4096

// eachCase tells all cases, as each is when it is told: between some and the next others may save.
func (l *live) eachCase(do func(i int, x *liveCase)) {
	for from, all := 0, 1; from < all; from += atOnce {
		l.mu.Lock()
		all = len(l.cases)
		for i := from; i < min(from+atOnce, all); i++ {
			do(i, &l.cases[i])
		}
		l.mu.Unlock()
	}
}

// pack puts a case's packed row in its place, and gives the place.
func (l *live) pack(c *record.Case, row int) int {
	one := &record.Batch{Layout: l.layout}
	if !record.Pack(l.layout, c, one) {
		return -1
	}
	if row < 0 {
		l.batch.Join(one)
		return l.batch.Len() - 1
	}
	copyRow(l.batch, row, one, 0)
	return row
}

func copyRow(to *record.Batch, i int, from *record.Batch, j int) {
	copy(to.Row(i), from.Row(j))
	to.Unit[i], to.Intake[i], to.Days[i], to.Age[i] = from.Unit[j], from.Intake[j], from.Days[j], from.Age[j]
}
