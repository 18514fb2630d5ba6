package app

import (
	"foljsam/internal/record"
	"foljsam/internal/tabulate"
)

// columns builds columns of the cases that are wanted. Excluded cases are never counted.
func (l *live) columns(want func(unit string, x liveCase) bool) (*tabulate.Columns, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	all := &record.Batch{Layout: l.layout}
	for _, x := range l.cases {
		if x.counts() && want(l.ids.all[x.unit], x) {
			all.Append(l.batch.Unit[x.row], l.batch.Intake[x.row])
			copyRow(all, all.Len()-1, l.batch, int(x.row))
		}
	}
	return tabulate.Build(l.layout, []*record.Batch{all}), nil
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
