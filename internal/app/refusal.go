package app

import (
	"context"
	"errors"
	"slices"
	"strings"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/fault"
	"foljsam/internal/store"
)

// errNoted is behind a refusal that has its line in a log.
var errNoted = errors.New("it is in the log")

// refused logs that somebody was refused, and gives the refusal. Whether the case is there
// is not told.
func (a *App) refused(ctx context.Context, r *store.Register, by access.Actor, id string, refusal error) error {
	err := r.Write(ctx, func(t *store.Tx) error { t.Audit(a.line(by, audit.Refused, id)); return nil })
	if err != nil {
		return err
	}
	if e := new(fault.Error); errors.As(refusal, &e) {
		return fault.Wrap(errNoted, e.Kind, e.Key, e.Args...)
	}
	return refusal
}

// ownLine are refusals that ask for something else first, or have a line of their own: what their
// keys begin with.
var ownLine = []string{"account.", "app.", "visit.", "keeping.too_many"}

// NoteRefusal gives an error as it is told, and logs a refusal that has no line yet: in the register
// that the one who was refused acts in, and of an administrator in the installation's own log.
func (a *App) NoteRefusal(ctx context.Context, by access.Actor, err error) error {
	has := func(begins string) bool { return strings.HasPrefix(fault.KeyOf(err), begins) }
	if err == nil || by.Person.ID == "" || fault.KindOf(err) != fault.Refused || errors.Is(err, errNoted) || slices.ContainsFunc(ownLine, has) {
		return err
	}
	r := a.store.Node()
	if by.Register != "" {
		if own, failed := a.store.Register(ctx, by.Register); failed == nil {
			r = own
		}
	}
	return a.refused(ctx, r, by, "", err)
}
