package app

import (
	"context"
	"fmt"
	"strings"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/store"
)

// mostFew is how many cases are so few that what is counted of them tells of each.
const mostFew = 4

// sawFew logs that somebody saw figures of very few cases: once in a quarter of an hour for each
// question, with how many cases it was of and not what was asked.
func (a *App) sawFew(ctx context.Context, r *store.Register, by access.Actor, ask ResultAsk, n int) error {
	if n < 1 || n > mostFew {
		return nil
	}
	key := strings.Join([]string{r.ID(), by.Person.ID, string(by.Role), string(audit.SawFew), fmt.Sprintf("%q %q %q %v %v", ask.Unit, ask.Units, ask.Where, ask.From, ask.Till)}, "\x00")
	if a.reads.has(key, a.now()) {
		return nil
	}
	l := a.line(by, audit.SawFew, "")
	l.N = n
	err := r.Write(ctx, func(t *store.Tx) error { t.Audit(l); return nil })
	if err == nil {
		a.reads.add(key, l.At)
	}
	return err
}
