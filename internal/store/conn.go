package store

import (
	"context"
	"database/sql"
	"errors"
	"iter"
	"maps"

	"foljsam/internal/fault"
)

// engine is what differs between the databases: how connections are opened and closed.
type engine interface {
	open(ctx context.Context, register string, keys registerKeys) (*Register, error)
	close() error
}

// dialect is what differs between the databases' languages.
type dialect struct {
	name     string                            // folder of the schema
	query    func(string) string               // gives a query with the database's own placeholders for ?
	begin    string                            // of a transaction that will write
	snapshot string                            // of one that only reads
	enter    func(c *conn, r string) error     // what makes the transaction the register's own
	again    func(err error) bool              // the transaction should be run again
	tell     func(err error) (*fault.Error, bool) // what a person should read about
}

// conn is one connection with its prepared statements. It is used by one goroutine at a
// time.
type conn struct {
	d        *dialect
	register string
	db       *sql.Conn
	ready    map[string]*sql.Stmt
}

// writeConn is the connection that a register is written through.
type writeConn interface {
	transact(do func(*Tx) error) error
	settle(ctx context.Context) error
}

var background = context.Background()

func newConn(d *dialect, register string, db *sql.Conn) *conn {
	return &conn{d: d, register: register, db: db, ready: map[string]*sql.Stmt{}}
}

func (c *conn) close() error {
	for _, s := range c.ready {
		_ = s.Close() // the connection goes with it
	}
	return c.db.Close()
}

func (c *conn) prepare(query string) (*sql.Stmt, error) {
	if s := c.ready[query]; s != nil {
		return s, nil
	}
	s, err := c.db.PrepareContext(background, c.d.query(query))
	if err != nil {
		return nil, err
	}
	c.ready[query] = s
	return s, nil
}

// exec runs a statement and gives how many rows it changed.
func (c *conn) exec(query string, args ...any) (int64, error) {
	s, err := c.prepare(query)
	if err != nil {
		return 0, err
	}
	done, err := s.ExecContext(background, args...)
	if err != nil {
		return 0, err
	}
	return done.RowsAffected()
}

// each runs a query and gives every row to read.
func (c *conn) each(read func(*sql.Rows) error, query string, args ...any) error {
	s, err := c.prepare(query)
	if err != nil {
		return err
	}
	rows, err := s.QueryContext(background, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := read(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// one reads the only row of a query; found is false where there is none.
func (c *conn) one(into []any, query string, args ...any) (found bool, err error) {
	err = c.each(func(rows *sql.Rows) error {
		found = true
		return rows.Scan(into...)
	}, query, args...)
	return found, err
}

const tries = 8

// transact runs do in a transaction, again where the database asks for it.
func (c *conn) transact(do func(*Tx) error) error {
	var err error
	for range tries {
		if err = c.once(c.d.begin, "COMMIT", do); err == nil || !c.d.again(err) {
			break
		}
	}
	return c.translate(err)
}

// snapshot runs do in a transaction that only reads.
func (c *conn) snapshot(do func(*Tx) error) error {
	return c.translate(c.once(c.d.snapshot, "ROLLBACK", do))
}

func (c *conn) once(begin, end string, do func(*Tx) error) error {
	if _, err := c.db.ExecContext(background, begin); err != nil {
		return err
	}
	err := c.d.enter(c, c.register)
	if err == nil {
		err = do(&Tx{c: c})
	}
	if err == nil {
		_, err = c.db.ExecContext(background, end)
		if err == nil {
			return nil
		}
	}
	_, _ = c.db.ExecContext(background, "ROLLBACK") // some errors have rolled back by themselves
	return err
}

// translate gives an error that a person can read: what the database said is its cause.
func (c *conn) translate(err error) error {
	var e *fault.Error
	if err == nil || errors.As(err, &e) {
		return err
	}
	if e, ok := c.d.tell(err); ok {
		return e
	}
	return fault.Wrap(err, fault.Internal, "store.failed")
}

// told gives an error as it is when it is one that a person can read.
func told(err error) error {
	var e *fault.Error
	if err == nil || errors.As(err, &e) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return fault.Wrap(err, fault.Internal, "store.failed")
}

func mapKeys[K comparable, V any](m map[K]V) iter.Seq[K] { return maps.Keys(m) }
