package store

import (
	"context"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"foljsam/internal/fault"
)

// Pulse is what the writers do.
type Pulse struct {
	Waiting int   // writes that wait for their turn
	Written int64 // writes acknowledged since the registers were opened
}

// Pulse gives what the writers of the open registers do now.
func (s *Store) Pulse() (p Pulse) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	add := func(r *Register) {
		p.Waiting += len(r.wants)
		p.Written += r.written.Load()
	}
	add(s.node)
	for _, r := range s.open {
		add(r)
	}
	return p
}

// Opened gives the registers that are open.
func (s *Store) Opened() (all []*Register) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	for _, r := range s.open {
		all = append(all, r)
	}
	return all
}

// Room is how much the data takes and how much more there is room for, in bytes.
type Room struct {
	Used int64
	Free int64 // -1: not known, since the disk is another machine's
}

// Room asks the disk, or the database server.
func (s *Store) Room(ctx context.Context) (Room, error) {
	if s.options.Address != "" {
		r := Room{Free: -1}
		err := s.node.Read(ctx, func(t *Tx) error {
			_, err := t.c.one([]any{&r.Used}, `SELECT pg_database_size(current_database())`)
			return err
		})
		return r, err
	}
	used, err := sizeOf(s.options.Folder)
	return Room{Used: used, Free: freeOn(s.options.Folder)}, err
}

// sizeOf gives how much the files of a folder take. One that is gone meanwhile takes nothing.
func sizeOf(folder string) (n int64, err error) {
	err = filepath.WalkDir(folder, func(_ string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if about, err := d.Info(); err == nil && about.Mode().IsRegular() {
			n += about.Size()
		}
		return nil
	})
	if err != nil && !os.IsNotExist(err) {
		return n, fault.Wrap(err, fault.Invalid, "store.disk")
	}
	return n, nil
}

// Database tells which database is used.
func (s *Store) Database() string {
	if s.options.Address != "" {
		return "PostgreSQL"
	}
	return "SQLite"
}

// Steps names the steps of the schema, in their order. A database that is open has taken all.
func (s *Store) Steps() []string {
	dialect := sqlite.name
	if s.options.Address != "" {
		dialect = "postgres"
	}
	names, _ := fs.Glob(s.options.steps, path.Join("schema", dialect, "[0-9]*.sql")) // a pattern that is right
	for i, name := range names {
		names[i] = strings.TrimSuffix(path.Base(name), ".sql")
	}
	return names
}

// Size is how many rows a register has of what there is most of.
type Size struct{ Cases, Revisions, Lines int64 }

// Size counts the register's rows.
func (r *Register) Size(ctx context.Context) (s Size, err error) {
	err = r.Read(ctx, func(t *Tx) error {
		for table, into := range map[string]*int64{"cases": &s.Cases, "revisions": &s.Revisions, "audit": &s.Lines} {
			if _, err := t.c.one([]any{into}, `SELECT COUNT(*) FROM `+table+` WHERE register = ?`, r.id); err != nil {
				return err
			}
		}
		return nil
	})
	return s, err
}

// Headcount is how many people and sign-ins there are.
type Headcount struct{ People, Sessions int64 }

// Headcount counts those who can sign in and those who are signed in at a time.
func (s *Store) Headcount(ctx context.Context, now time.Time) (n Headcount, err error) {
	err = s.node.Read(ctx, func(t *Tx) error {
		at := writeTime(now)
		if _, err := t.c.one([]any{&n.People}, `SELECT COUNT(*) FROM people WHERE ended = '' OR ended > ?`, at); err != nil {
			return err
		}
		_, err := t.c.one([]any{&n.Sessions}, `SELECT COUNT(*) FROM sessions WHERE ends > ?`, at)
		return err
	})
	return n, err
}
