package app

import (
	"context"
	"time"

	"foljsam/internal/access"
	"foljsam/internal/fault"
	"foljsam/internal/place"
	"foljsam/internal/store"
)

// Operation is how the installation is, for the one who looks after it. It tells of no case
// and of no person.
type Operation struct {
	Database  string // SQLite or PostgreSQL
	Steps     []string
	Room      store.Room
	Backup    time.Time // the last; zero: none is known
	Sessions  int64     // sign-ins that hold now
	People    int64     // who can sign in
	Registers []RegisterLog
	Waiting   int
}

// RegisterLog is where a register's log ends.
type RegisterLog struct {
	Name  string // the register's; empty: the installation's own
	Lines int64
	At    time.Time // the newest line; zero: none
}

// Operation gives how the installation is.
func (a *App) Operation(ctx context.Context, by access.Actor) (*Operation, error) {
	if err := by.Allow(access.Operate, "", ""); err != nil {
		return nil, a.refused(ctx, a.store.Node(), by, "", err)
	}
	o := &Operation{Database: a.store.Database(), Steps: a.store.Steps(), Waiting: a.store.Pulse().Waiting}
	people, err := a.store.Headcount(ctx, a.now())
	if err != nil {
		return nil, err
	}
	o.People, o.Sessions = people.People, people.Sessions
	if o.Room, err = a.store.Room(ctx); err != nil {
		return nil, err
	}
	if o.Backup, err = a.lastBackup(ctx); err != nil {
		return nil, err
	}
	o.Registers, err = a.logsOf(ctx)
	return o, err
}

// logsOf gives where every log ends, the installation's own first. A register that cannot be
// opened is told of by its own page, and does not hide the others.
func (a *App) logsOf(ctx context.Context) ([]RegisterLog, error) {
	var registers []place.Register
	err := a.store.Node().Read(ctx, func(t *store.Tx) (err error) { registers, err = t.Registers(); return err })
	if err != nil {
		return nil, err
	}
	n, at, err := lastLine(ctx, a.store.Node())
	if err != nil {
		return nil, err
	}
	all := []RegisterLog{{Lines: n, At: at}}
	for _, x := range registers {
		r, err := a.store.Register(ctx, x.ID)
		if err == nil {
			n, at, err = lastLine(ctx, r)
		}
		if err != nil && fault.KindOf(err) == fault.Internal {
			return nil, err
		}
		if err != nil {
			n, at = 0, time.Time{}
		}
		all = append(all, RegisterLog{Name: x.Name, Lines: n, At: at})
	}
	return all, nil
}

// backupProved is the setting that says when the last backup was taken.
const backupProved = "sakerhetskopia_provad"

// lastBackup gives when the last backup was taken, no time when none is known.
func (a *App) lastBackup(ctx context.Context) (at time.Time, err error) {
	err = a.store.Node().Read(ctx, func(t *store.Tx) error {
		said, err := t.Setting(backupProved)
		if err == nil && said != "" {
			at, err = time.Parse(time.RFC3339, said)
		}
		return err
	})
	return at, err
}
