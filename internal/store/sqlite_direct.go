package store

import (
	"database/sql"
	"fmt"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/driver"
)

// directSQLite keeps statements ready on SQLite's own connection. A case is six statements, and
// what database/sql does around each costs as much as some of them.
type directSQLite struct {
	c     *sqlite3.Conn
	ready map[string]*sqlite3.Stmt
}

func newDirectSQLite(c *sql.Conn) direct {
	d := &directSQLite{ready: map[string]*sqlite3.Stmt{}}
	// The connection is lent to nobody else as long as c is held, and c is until it is closed.
	_ = c.Raw(func(raw any) error { d.c = raw.(driver.Conn).Raw(); return nil })
	return d
}

func (d *directSQLite) exec(query string, args []any) (changed int64, err error) {
	s, err := d.bound(query, args)
	if err != nil {
		return 0, err
	}
	if err := s.Exec(); err != nil {
		return 0, err
	}
	return d.c.Changes(), s.ClearBindings() // what was bound is an answer, and would stay in memory
}

func (d *directSQLite) bound(query string, args []any) (s *sqlite3.Stmt, err error) {
	if s = d.ready[query]; s == nil {
		if s, _, err = d.c.Prepare(query); err != nil {
			return nil, err
		}
		d.ready[query] = s
	}
	for i, a := range args {
		if err := bind(s, i+1, a); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// each gives the rows of a query to read, as SQLite has them: a text is gone with its row.
func (d *directSQLite) each(read func(*sqlite3.Stmt) error, query string, args ...any) error {
	s, err := d.bound(query, args)
	if err != nil {
		return err
	}
	for err == nil && s.Step() {
		err = read(s)
	}
	return firstOf(firstOf(err, s.Err()), s.Reset())
}

// inserted gives the number of the row that was inserted last.
func (d *directSQLite) inserted() uint32 { return uint32(d.c.LastInsertRowID()) }

func bind(s *sqlite3.Stmt, at int, a any) error {
	switch a := a.(type) {
	case string:
		return s.BindText(at, a)
	case int:
		return s.BindInt(at, a)
	case int64:
		return s.BindInt64(at, a)
	case []byte:
		return s.BindBlob(at, a)
	case bool:
		return s.BindBool(at, a)
	case nil:
		return s.BindNull(at)
	}
	return fmt.Errorf("an argument of type %T", a)
}

func (d *directSQLite) close() {
	for _, s := range d.ready {
		_ = s.Close() // the connection goes with it
	}
}
