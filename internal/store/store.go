// Package store keeps what the system knows: all SQL of the program is here. Each register
// has its own encrypted SQLite file, or its own rows under row-level security in a
// PostgreSQL database; one contract suite (storetest) runs on both.
//
// What a write has acknowledged is on disk. Cases are never deleted and never changed
// without a revision; a register's methods know nothing of another register. The package
// decides nothing: who may do what is access's, what an answer may be is record's.
package store

import (
	"context"
	"sync"

	"foljsam/internal/fault"
	"foljsam/internal/place"
)

// Options say where an installation's data is.
type Options struct {
	Folder  string // of the SQLite files; made if it is not there
	Address string // postgres://…; empty: SQLite
	Keys    *Keys
	// Quick leaves out waiting for the disk until Settle: only for filling a new
	// demonstration, which can be made again.
	Quick bool
}

// Store is one installation: its people and its registers.
type Store struct {
	options  Options
	engine   engine
	node     *Register // people, roles, sessions and settings, kept as a register of their own
	mu       sync.Mutex
	open     map[string]*Register
	closeAll []func() error
}

// NodeID is the id under which the installation's own audit log and settings are kept.
const NodeID = "nod"

// Open opens an installation, or begins one in an empty folder or database.
func Open(ctx context.Context, o Options) (*Store, error) {
	s := &Store{options: o, open: map[string]*Register{}}
	var err error
	if o.Address != "" {
		s.engine, err = openPostgres(ctx, o)
	} else {
		s.engine, err = openFolder(o)
	}
	if err != nil {
		return nil, err
	}
	s.node, err = s.openRegister(ctx, NodeID)
	if err != nil {
		return nil, closing(err, s.engine.close)
	}
	return s, nil
}

// Close waits for what is being written and closes everything.
func (s *Store) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	var first error
	for _, r := range s.open {
		first = firstOf(first, r.close())
	}
	first = firstOf(first, s.node.close())
	return firstOf(first, s.engine.close())
}

// Register opens a register that exists.
func (s *Store) Register(ctx context.Context, id string) (*Register, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if r := s.open[id]; r != nil {
		return r, nil
	}
	err := s.node.Read(ctx, func(t *Tx) error { _, err := t.register(id); return err })
	if err != nil {
		return nil, err
	}
	r, err := s.openRegister(ctx, id)
	if err != nil {
		return nil, err
	}
	s.open[id] = r
	return r, nil
}

// AddRegister makes a register with its units. The keys are on disk before it is.
func (s *Store) AddRegister(ctx context.Context, r place.Register, units []place.Unit) error {
	if err := place.CheckRegister(r); err != nil {
		return err
	}
	if !validID(r.ID) || r.ID == NodeID {
		return fault.New(fault.Invalid, "store.register_id")
	}
	if err := s.options.Keys.Ensure(r.ID); err != nil {
		return err
	}
	reg, err := s.openRegister(ctx, r.ID)
	if err != nil {
		return err
	}
	err = reg.Write(ctx, func(t *Tx) error {
		for _, u := range units {
			if err := t.PutUnit(u); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		err = s.node.Write(ctx, func(t *Tx) error { return t.addRegister(r) })
	}
	if err != nil {
		return closing(err, reg.close)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.open[r.ID] = reg
	return nil
}

// Settle waits until everything written so far is on disk, and goes on safely from there.
func (s *Store) Settle(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, r := range s.open {
		if err := r.settle(ctx); err != nil {
			return err
		}
	}
	return s.node.settle(ctx)
}

// Node gives the installation's own part: people, roles, sessions, settings, and the log
// of what concerns no case.
func (s *Store) Node() *Register { return s.node }

// openRegister opens a register's connections, brings its schema up to date and starts its
// writer.
func (s *Store) openRegister(ctx context.Context, id string) (*Register, error) {
	keys, err := s.options.Keys.Of(id)
	if err != nil {
		return nil, err
	}
	r, err := s.engine.open(ctx, id, keys)
	if err != nil {
		return nil, err
	}
	r.keys = keys
	go r.writeAll()
	return r, nil
}

// validID tells whether a register's id may stand in a file name: letters a-z, digits, -.
func validID(id string) bool {
	for _, c := range id {
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' {
			return false
		}
	}
	return id != "" && len(id) <= 40
}

func firstOf(a, b error) error {
	if a != nil {
		return a
	}
	return b
}

func closing(err error, close func() error) error {
	_ = close() // the first error is the one to tell of
	return err
}
