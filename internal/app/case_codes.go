package app

import (
	"context"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/record"
	"foljsam/internal/store"
)

// Recode corrects the local codes of a case that were mistyped. The history says that they
// were corrected, and never from what.
func (a *App) Recode(ctx context.Context, by access.Actor, id, caseCode, clientCode string) (Saved, error) {
	if err := checkCodes(NewCase{Case: caseCode, Client: clientCode}); err != nil {
		return Saved{}, err
	}
	return a.change(ctx, by, id, audit.Recoded, func(t *store.Tx, c *record.Filed, s *Saved) (map[string]record.Answer, error) {
		s.recoded = true
		if err := t.PutCodes(c, caseCode, clientCode); err != nil {
			return nil, err
		}
		return nil, t.Recode(c)
	})
}
