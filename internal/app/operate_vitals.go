package app

import (
	"context"
	"time"

	"foljsam/internal/store"
)

// Vitals is how the system is, for a machine that watches over it: no case, no person, no
// name of a register.
type Vitals struct {
	Saved   int64     // writes acknowledged since the program began
	Waiting int       // writes that wait for their turn
	Line    time.Time // the newest line of a log; zero: none
	Backup  time.Time // the last; zero: none is known
}

// Vitals asks the database how it is. That it answers is half of what is asked.
func (a *App) Vitals(ctx context.Context) (Vitals, error) {
	p := a.store.Pulse()
	v := Vitals{Saved: p.Written, Waiting: p.Waiting}
	var err error
	if v.Backup, err = a.lastBackup(ctx); err != nil {
		return v, err
	}
	for _, r := range append(a.store.Opened(), a.store.Node()) {
		_, at, err := lastLine(ctx, r)
		if err != nil {
			return v, err
		}
		if at.After(v.Line) {
			v.Line = at
		}
	}
	return v, nil
}

// Ready tells whether the database answers.
func (a *App) Ready(ctx context.Context) error {
	return a.store.Node().Read(ctx, func(t *store.Tx) error { _, err := t.AuditHead(); return err })
}

// lastLine gives the number and the time of the newest line of a log.
func lastLine(ctx context.Context, r *store.Register) (n int64, at time.Time, err error) {
	err = r.Read(ctx, func(t *store.Tx) error {
		head, err := t.AuditHead()
		if err != nil || head.Seq == 0 {
			return err
		}
		n = head.Seq
		lines, err := t.AuditLines(head.Seq-1, 1)
		if err != nil || len(lines) == 0 {
			return err
		}
		l, err := lines[0].Read()
		at = l.At
		return err
	})
	return n, at, err
}
