package app

import (
	"maps"

	"foljsam/internal/audit"
	"foljsam/internal/codebook"
	"foljsam/internal/record"
)

// Closes tells whether it was this save that closed the case.
func (s Saved) Closes() bool { return s.Act == audit.Closed }

// Doubts gives what the codebook's checks would find odd about the day of a role when some
// edits were saved: closed before it began, or in the future. It saves nothing.
func (a *App) Doubts(c *CaseView, edits []Edit, r codebook.Role) (all []codebook.Check) {
	answers := map[string]record.Answer{}
	for _, e := range edits {
		if x, err := mayStand(c.Book, e.Field, e.Answer); err == nil {
			answers[e.Field] = x
		}
	}
	trial := &record.Form{Version: c.Filed.Form.Version, Answers: maps.Clone(c.Filed.Form.Answers)}
	if _, err := trial.Set(c.Book, answers); err != nil {
		return nil // it will be refused
	}
	for _, k := range trial.Warnings(c.Book, a.today()) {
		if k.Orders(r) {
			all = append(all, k)
		}
	}
	return all
}
