package app

import (
	"context"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/place"
	"foljsam/internal/store"
)

// KeyState is how the keys are: who can recover them, and which are in use.
type KeyState struct {
	Holders   []store.Holder
	Confirmed int // of them, those whose key counts
	Registers []RegisterKeys
	Lookups   int // how many look-ups of codes a person may make in an hour
}

// RegisterKeys are the versions of a register's keys.
type RegisterKeys struct {
	Name     string
	Versions []store.KeyVersion
	Broken   time.Time // when the key to codes was lost; zero where it never was
}

// KeyState shows how the keys are to whoever keeps them. It shows no key.
func (a *App) KeyState(ctx context.Context, by access.Actor) (*KeyState, error) {
	if err := by.Allow(access.ManageKeys, "", ""); err != nil {
		return nil, a.refused(ctx, a.store.Node(), by, "", err)
	}
	holders, err := a.store.KeyHolders()
	if err != nil {
		return nil, err
	}
	k := &KeyState{Holders: holders}
	for _, h := range holders {
		if !h.Confirmed.IsZero() {
			k.Confirmed++
		}
	}
	if k.Lookups, err = a.LookupLimit(ctx); err != nil {
		return nil, err
	}
	var all []place.Register
	err = a.store.Node().Read(ctx, func(t *store.Tx) (err error) { all, err = t.Registers(); return err })
	for _, x := range all {
		if err != nil {
			break
		}
		var one RegisterKeys
		one, err = a.registerKeys(ctx, x)
		k.Registers = append(k.Registers, one)
	}
	return k, err
}

func (a *App) registerKeys(ctx context.Context, x place.Register) (one RegisterKeys, err error) {
	one.Name = x.Name
	r, err := a.store.Register(ctx, x.ID)
	if err != nil {
		return one, err
	}
	err = r.Read(ctx, func(t *store.Tx) (err error) {
		one.Broken = t.CodesBroken()
		one.Versions, err = t.KeyVersions()
		return err
	})
	return one, err
}
