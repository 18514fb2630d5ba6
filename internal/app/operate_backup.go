package app

import (
	"context"
	"io"
	"time"

	"foljsam/internal/audit"
	"foljsam/internal/fault"
	"foljsam/internal/store"
)

// BackupTo says who can open a backup, and how long it is kept.
type BackupTo struct {
	Recipients []string // recovery keys ("age1…"); none: those of the holders
	Passphrase string   // instead of them
	Check      string   // a further recovery key, to read back with what was written
	Days       int
	Program    string // version
}

// BackUp writes everything to an encrypted file while others work. Where it is encrypted to
// recovery keys, the installation's keys go along, sealed to the same. Whoever runs the
// machine asks for it: there is no actor, and the log says so.
func (a *App) BackUp(ctx context.Context, w io.Writer, to BackupTo) (store.Backup, error) {
	o := store.BackupOptions{Days: to.Days, Program: to.Program, Now: a.now()}
	var err error
	if o.To, o.Keys, err = a.sealedTo(to); err != nil {
		return store.Backup{}, err
	}
	err = a.store.Node().Write(ctx, func(t *store.Tx) error {
		t.Audit(audit.Line{At: a.now(), Act: audit.BackedUp})
		return nil
	})
	if err == nil {
		_, err = a.SignHeads(ctx)
	}
	if err != nil {
		return store.Backup{}, err
	}
	b, err := a.store.BackUp(ctx, w, o)
	if err != nil {
		return b, err
	}
	made := b.Made.Format(time.RFC3339)
	return b, a.store.Node().Write(ctx, func(t *store.Tx) error { return t.PutSetting(backupProved, made) })
}

// sealedTo gives who can open a backup, and the keys sealed to the recovery keys. Where nobody
// is named, it is those who hold confirmed recovery keys. Under a passphrase, which machines
// know, the keys are still only the holders'.
func (a *App) sealedTo(to BackupTo) (who []store.Recipient, keys []byte, err error) {
	if to.Passphrase != "" {
		if len(to.Recipients) > 0 {
			return nil, nil, fault.New(fault.Usage, "backup.one_way")
		}
		if who, err = store.Passphrase(to.Passphrase); err != nil {
			return nil, nil, err
		}
		keys, err = a.store.SealedKeys(nil)
		return who, keys, err
	}
	if len(to.Recipients) == 0 {
		if to.Recipients, err = a.holders(); err != nil {
			return nil, nil, err
		}
	}
	if who, err = store.Recipients(to.Recipients); err != nil {
		return nil, nil, err
	}
	if keys, err = a.store.SealedKeys(to.Recipients); err != nil || to.Check == "" {
		return who, keys, err
	}
	check, err := store.Recipients([]string{to.Check})
	return append(who, check...), keys, err
}

// holders gives the confirmed recovery keys.
func (a *App) holders() (all []string, err error) {
	holders, err := a.store.KeyHolders()
	for _, h := range holders {
		if !h.Confirmed.IsZero() {
			all = append(all, h.Recipient)
		}
	}
	if err == nil && len(all) == 0 {
		err = fault.New(fault.Usage, "backup.to_whom")
	}
	return all, err
}

// SignHeads signs where each log ends now, and keeps that with the log.
func (a *App) SignHeads(ctx context.Context) ([]audit.SignedHead, error) {
	return a.store.SignHeads(ctx, a.now())
}

// SignedHead signs where a register's log ends now: what goes with a delivery, and proves
// later that the log was not made anew.
func (a *App) SignedHead(ctx context.Context, register string) (audit.SignedHead, error) {
	r, err := a.store.Register(ctx, register)
	if err != nil {
		return audit.SignedHead{}, err
	}
	return a.store.SignHead(ctx, r, a.now())
}

// Prove goes through everything there is. The log says that it was done, and that nobody who
// is signed in asked for it.
func (a *App) Prove(ctx context.Context, outside []audit.SignedHead) ([]store.Proof, error) {
	proofs, err := a.store.Verify(ctx, outside)
	if err != nil {
		return nil, err
	}
	if !store.Whole(proofs) {
		return proofs, nil // nothing more is written where something is wrong
	}
	return proofs, a.store.Node().Write(ctx, func(t *store.Tx) error {
		t.Audit(audit.Line{At: a.now(), Act: audit.Proved})
		return nil
	})
}
