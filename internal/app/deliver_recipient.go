package app

import (
	"context"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"foljsam/internal/access"
	"foljsam/internal/audit"
	"foljsam/internal/fault"
	"foljsam/internal/store"
)

// longestRecipient is how long a recipient's name may be.
const longestRecipient = 100

// National is the id of the recipient that every register has: the national compilation.
const National = "nationell"

// ownRecipients are those that every register has.
var ownRecipients = []store.Receiver{{ID: National, Name: "Nationell sammanställning"}}

// Recipient is somebody whom extracts may be for.
type Recipient struct{ ID, Name string }

// Recipients gives whom extracts of the actor's register may be for, by name. Those of a time when
// they were typed names are kept the first time that somebody asks, with the pseudonyms that
// they had.
func (a *App) Recipients(ctx context.Context, by access.Actor) (all []Recipient, err error) {
	r, err := a.mayDeliver(ctx, by)
	if err != nil {
		return nil, err
	}
	kept, err := a.recipients(ctx, r)
	for _, x := range kept {
		all = append(all, Recipient{x.ID, x.Name})
	}
	return all, err
}

// mayDeliver gives the actor's register where they may let an extract leave it.
func (a *App) mayDeliver(ctx context.Context, by access.Actor) (*store.Register, error) {
	r, err := a.register(ctx, by)
	if err == nil {
		if err = by.Allow(access.Deliver, r.ID(), ""); err != nil {
			err = a.refused(ctx, r, by, "", err)
		}
	}
	return r, err
}

func (a *App) recipients(ctx context.Context, r *store.Register) (all []store.Receiver, err error) {
	var left bool
	read := func(t *store.Tx) error {
		if left, err = t.ReceiversToKeep(ownRecipients); err != nil {
			return err
		}
		all, err = t.Receivers()
		return err
	}
	if err := r.Read(ctx, read); err != nil || !left {
		return all, err
	}
	if err := r.Write(ctx, func(t *store.Tx) error { return t.KeepReceivers(ownRecipients, newID) }); err != nil {
		return nil, err
	}
	return all, r.Read(ctx, read)
}

// recipient gives one that is kept.
func (a *App) recipient(ctx context.Context, r *store.Register, id string) (store.Receiver, error) {
	all, err := a.recipients(ctx, r)
	for _, x := range all {
		if x.ID == id && id != "" {
			return x, err
		}
	}
	return store.Receiver{}, firstError(err, fault.New(fault.Invalid, "deliver.recipient_missing"))
}

// AddRecipient adds somebody whom extracts may be for. A name that differs from another's in case
// or spaces only is the other's.
func (a *App) AddRecipient(ctx context.Context, by access.Actor, name string) (id string, err error) {
	r, err := a.mayDeliver(ctx, by)
	if err != nil {
		return "", err
	}
	name = norm.NFC.String(strings.Join(strings.Fields(name), " "))
	switch {
	case name == "":
		return "", fault.New(fault.Invalid, "deliver.name_missing")
	case !utf8.ValidString(name) || utf8.RuneCountInString(name) > longestRecipient:
		return "", fault.New(fault.Invalid, "deliver.recipient_long", "n", longestRecipient)
	}
	if _, err := a.recipients(ctx, r); err != nil {
		return "", err // those of a time of names are kept before another takes one's name
	}
	x := store.Receiver{ID: newID(), Name: name, Added: a.now(), Person: by.Person.ID}
	x.Key = "id " + x.ID
	err = r.Write(ctx, func(t *store.Tx) error {
		t.Audit(a.about(by, audit.AddedRecipient, x.ID))
		return t.AddReceiver(x)
	})
	return x.ID, err
}
