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
		code, err := t.PutCode(record.OfTheCase, caseCode)
		if err != nil {
			return nil, err
		}
		client, err := t.PutCode(record.OfTheClient, clientCode)
		if err != nil {
			return nil, err
		}
		if s.recoded = code != c.Code || client != c.Client; !s.recoded {
			return nil, nil
		}
		c.Code, c.Client = code, client
		return nil, t.Recode(id, code, client)
	})
}
