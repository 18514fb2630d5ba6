package store

import (
	"context"
	"time"

	"foljsam/internal/audit"
)

// NoteRestored has every log of an installation say that it was restored, from a backup that
// was made at a time. Whoever runs the machine did it: there is no actor.
func NoteRestored(ctx context.Context, o Options, made, at time.Time) error {
	s, err := Open(ctx, o)
	if err != nil {
		return err
	}
	all, err := s.AllRegisters(ctx)
	for _, r := range all {
		if err != nil {
			break
		}
		err = r.Write(ctx, func(t *Tx) error {
			t.Audit(audit.Line{At: at, Act: audit.Restored, About: made.UTC().Format(time.RFC3339)})
			return nil
		})
	}
	return firstOf(err, s.Close())
}
