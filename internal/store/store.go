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
	"io/fs"
	"maps"
	"slices"
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
	// BackedUp says that a copy of a PostgreSQL database was taken, so that it may be
	// brought up to date. (Of SQLite files a copy is taken by itself.)
	BackedUp bool
	// AsIs leaves a database of an older version as it is, for a backup of it before it is
	// brought up to date. Nothing else can be done with it then.
	AsIs bool

	raw       bool   // a backup is being put in: nothing is written by itself
	restoring bool   // a half restored database may be opened
	vfs       string // tests: another file system under SQLite
	steps     fs.FS  // tests: other migrations
}

// Store is one installation: its people and its registers.
type Store struct {
	options Options
	engine  engine
	node    *Register  // people, roles, sessions and settings, kept as a register of their own
	opening sync.Mutex // held while a register is opened or made
	mu      sync.RWMutex
	open    map[string]*Register
	closed  bool
}

// NodeID is the id under which the installation's own audit log and settings are kept.
const NodeID = "nod"

// Open opens an installation, or begins one in an empty folder or database.
func Open(ctx context.Context, o Options) (*Store, error) {
	if o.steps == nil {
		o.steps = schemas
	}
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
	s.node, err = s.openRegister(ctx, NodeID, o.raw || o.Keys.onlyNode())
	if err != nil {
		return nil, closing(err, s.engine.close)
	}
	return s, nil
}

// Close waits for what is being written and closes everything. It may be called again.
func (s *Store) Close() error {
	s.opening.Lock()
	defer s.opening.Unlock()
	s.mu.Lock()
	was, all := s.closed, s.open
	s.closed, s.open = true, map[string]*Register{}
	s.mu.Unlock()
	if was {
		return nil
	}
	var first error
	for _, r := range all {
		first = firstOf(first, r.close())
	}
	first = firstOf(first, s.node.close())
	return firstOf(first, s.engine.close())
}

// Register opens a register that exists.
func (s *Store) Register(ctx context.Context, id string) (*Register, error) {
	if r, err := s.opened(id); r != nil || err != nil {
		return r, err
	}
	s.opening.Lock()
	defer s.opening.Unlock()
	if r, err := s.opened(id); r != nil || err != nil {
		return r, err
	}
	err := s.node.Read(ctx, func(t *Tx) error { _, err := t.register(id); return err })
	if err != nil {
		return nil, err
	}
	r, err := s.openRegister(ctx, id, false)
	if err == nil {
		s.keep(r)
	}
	return r, err
}

func (s *Store) opened(id string) (*Register, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.closed {
		return nil, fault.New(fault.Internal, "store.closed")
	}
	return s.open[id], nil
}

func (s *Store) keep(r *Register) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.open[r.id] = r
}

// AddRegister makes a register with its units. The keys are on disk before it is, and it
// is in the installation's list when all of it is there: what was begun and never ended
// can be begun again.
func (s *Store) AddRegister(ctx context.Context, r place.Register, units []place.Unit) error {
	if err := place.CheckRegister(r); err != nil {
		return err
	}
	if !validID(r.ID) || r.ID == NodeID || r.ID == lockName {
		return fault.New(fault.Invalid, "store.register_id")
	}
	s.opening.Lock()
	defer s.opening.Unlock()
	if open, err := s.opened(r.ID); err != nil || open != nil {
		return firstOf(err, fault.New(fault.Conflict, "store.register_taken"))
	}
	err := s.node.Read(ctx, func(t *Tx) error { _, err := t.register(r.ID); return err })
	if fault.KindOf(err) != fault.NotFound {
		return firstOf(err, fault.New(fault.Conflict, "store.register_taken"))
	}
	return s.begin(ctx, r, units)
}

func (s *Store) begin(ctx context.Context, r place.Register, units []place.Unit) error {
	reg, err := s.openRegister(ctx, r.ID, true)
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
	if err == nil && !s.options.Quick {
		err = reg.settle(ctx) // what a register begins with is never only in a log beside its file
	}
	if err == nil {
		err = s.node.Write(ctx, func(t *Tx) error { return t.addRegister(r) })
	}
	if err != nil {
		return closing(err, reg.close)
	}
	s.keep(reg)
	return nil
}

// Settle waits until everything written so far is on disk, and goes on safely from there.
func (s *Store) Settle(ctx context.Context) error {
	s.opening.Lock()
	defer s.opening.Unlock()
	s.engine.safely()
	s.mu.RLock()
	all := slices.Collect(maps.Values(s.open))
	s.mu.RUnlock()
	for _, r := range append(all, s.node) {
		if err := r.settle(ctx); err != nil {
			return err
		}
	}
	return nil
}

// Node gives the installation's own part: people, roles, sessions, settings, and the log
// of what concerns no case.
func (s *Store) Node() *Register { return s.node }

// keysOf gives a register's keys, and makes them for one that begins. Where there is data
// without a key, the key is lost or elsewhere, and another would only hide that; where
// there is a key without data, the same holds of the data.
func (s *Store) keysOf(ctx context.Context, id string, mayBegin bool) (registerKeys, error) {
	held, err := s.engine.holds(ctx, id)
	if err != nil {
		return registerKeys{}, err
	}
	keys, missing := s.options.Keys.Of(id)
	switch {
	case held && missing != nil:
		return keys, missing
	case !held && !mayBegin:
		return keys, aboutRegister(fault.Invalid, "store.gone", "store.gone_node", id)
	case missing != nil:
		if err := s.options.Keys.Ensure(id); err != nil {
			return keys, err
		}
		return s.options.Keys.Of(id)
	}
	return keys, nil
}

// openRegister opens a register's connections, brings its schema up to date and starts its
// writer.
func (s *Store) openRegister(ctx context.Context, id string, mayBegin bool) (*Register, error) {
	keys, err := s.keysOf(ctx, id, mayBegin)
	if err != nil {
		return nil, err
	}
	ready, err := keys.secrets(keys.last(codeKey), keys.last(pseudonymKey))
	if err != nil {
		return nil, err
	}
	l, err := s.engine.open(ctx, id, keys, mayBegin)
	if err != nil {
		return nil, err
	}
	r := newRegister(id, ready, l)
	r.older = s.options.steps != fs.FS(schemas)
	if s.options.raw || s.options.AsIs {
		go r.writeAll()
		return r, s.checkKeys(ctx, r, keys)
	}
	if err := r.transact(func(t *Tx) (err error) { r.secrets, err = t.prove(keys, mayBegin); return err }); err != nil {
		return nil, closing(err, l.close)
	}
	if s.options.Address == "" && !r.older {
		r.catalog = newCatalog()
	}
	go func() {
		_ = r.catalogue() // who asks is told
		r.writeAll()
	}()
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
