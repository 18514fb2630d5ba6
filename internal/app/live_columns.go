package app

import (
	"foljsam/internal/record"
	"foljsam/internal/tabulate"
)

// columns builds columns of the cases that are wanted. Excluded cases are never counted.
func (l *live) columns(want func(liveCase) bool) (*tabulate.Columns, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	all := &record.Batch{Layout: l.layout}
	for _, x := range l.cases {
		if x.row >= 0 && x.standing != record.Excluded && want(x) {
			all.Append(l.batch.Unit[x.row], l.batch.Intake[x.row])
			copyRow(all, all.Len()-1, l.batch, int(x.row))
		}
	}
	return tabulate.Build(l.layout, []*record.Batch{all}), nil
}
