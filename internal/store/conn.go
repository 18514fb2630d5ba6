package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/ncruces/go-sqlite3"

	"foljsam/internal/fault"
)

// engine is what differs between the databases: how they are opened and closed.
type engine interface {
	// holds tells whether there is data of a register already.
	holds(ctx context.Context, register string) (bool, error)
	// open brings a register's schema up to date and gives its connections.
	// Where it may not begin, one that is empty is refused.
	open(ctx context.Context, register string, keys registerKeys, mayBegin bool) (*lines, error)
	// safely ends Quick: what is opened from now on waits for the disk.
	safely()
	close() error
}

// lines are a register's connections.
type lines struct {
	writes  *pool // of one, where the database is a file
	reads   *pool // nil: reads go through the writer, since only one connection is possible
	settle  func(*conn) error
	most    func()            // files: puts nearly all of the log beside the file into it, beside those who write
	trim    func(*conn)       // files: the rest, where nobody reads for long
	scrub   func(*conn) error // writes over what was deleted
	between func()            // what is done between two transactions that write
	log     func() *logQueue  // files: the log beside the file, whose commits are waited for later; nil: none is
	renew   func() error      // files: takes back what the disk failed at, once it is well
	close   func() error
}

// dialect is what differs between the databases' languages.
type dialect struct {
	name     string                               // folder of the schema
	remote   bool                                 // the connection can be lost
	query    func(string) string                  // gives a query with the database's own placeholders for ?
	begin    func(r string) string                // begins a register's transaction that will write
	snapshot func(r string) string                // one that only reads
	again    func(err error, broken bool) bool    // the transaction should be run again
	idle     func(c *sql.Conn) bool               // has no transaction, though it could not roll one back
	direct   func(c *sql.Conn) direct             // a shorter way for statements than database/sql's; nil: none
	tell     func(err error) (*fault.Error, bool) // what a person should read about
	plain    func(err error) error                // the error without any value that stood in a row
}

// conn is one connection with its prepared statements. It is used by one goroutine at a
// time.
type conn struct {
	d       *dialect
	db      *sql.Conn
	release func() error // closes what was opened for this connection alone
	ready   map[string]*sql.Stmt
	direct  direct    // nil: none
	reading bool      // only reads
	wrote   bool      // something was changed, or failed, since it was last asked
	rows    bool      // rows are being read: PostgreSQL can do nothing else then, and so SQLite may not
	broken  bool      // not to be used again
	refuse  error     // why nothing can be asked here
	later   *logQueue // what is committed next is waited for later, here
	// changing is told of each statement that is about to change something; nil: nobody is.
	changing func(statement string) error
}

var background = context.Background()

func newConn(d *dialect, db *sql.Conn, release func() error) *conn {
	c := &conn{d: d, db: db, release: release, ready: map[string]*sql.Stmt{}}
	if d.direct != nil {
		c.direct = d.direct(db)
	}
	return c
}

// direct runs statements on a connection that one goroutine has, without what database/sql
// does between.
type direct interface {
	exec(query string, args []any) (changed int64, err error)
	each(read func(*sqlite3.Stmt) error, query string, args ...any) error
	inserted() uint32
	close()
}

func (c *conn) close() error {
	for _, s := range c.ready {
		_ = s.Close() // the connection goes with it
	}
	if c.direct != nil {
		c.direct.close()
	}
	err := c.db.Close()
	if c.release != nil {
		err = firstOf(err, c.release())
	}
	if err != nil && !c.broken {
		return fault.Wrap(c.d.plain(err), fault.Internal, "store.failed")
	}
	return nil
}

// may says why nothing can be asked just now.
func (c *conn) may(args []any) error {
	if c.refuse != nil {
		return c.refuse
	}
	if c.rows {
		return fault.Wrap(errors.New("a query while the rows of another are read"), fault.Internal, "store.failed")
	}
	return checkText(args)
}

func (c *conn) prepare(query string, args []any) (*sql.Stmt, error) {
	if err := c.may(args); err != nil {
		return nil, err
	}
	if s := c.ready[query]; s != nil {
		return s, nil
	}
	s, err := c.db.PrepareContext(background, c.d.query(query))
	if err != nil {
		c.wrote = true
		return nil, said{err}
	}
	c.ready[query] = s
	return s, nil
}

// exec runs a statement and gives how many rows it changed.
func (c *conn) exec(query string, args ...any) (n int64, err error) {
	if c.reading {
		return 0, fault.Wrap(errors.New("a write where only reading is done"), fault.Internal, "store.failed")
	}
	if c.changing != nil {
		if err := c.changing(query); err != nil {
			return 0, err
		}
	}
	if c.direct == nil {
		n, err = c.execAround(query, args)
	} else if err = c.may(args); err == nil {
		if n, err = c.direct.exec(query, args); err != nil {
			err = said{err}
		}
	}
	c.wrote = c.wrote || n > 0 || errors.As(err, new(said))
	return n, err
}

func (c *conn) execAround(query string, args []any) (int64, error) {
	s, err := c.prepare(query, args)
	if err != nil {
		return 0, err
	}
	done, err := s.ExecContext(background, args...)
	if err != nil {
		return 0, said{err}
	}
	return done.RowsAffected() // neither database fails here
}

// each runs a query and gives every row to read.
func (c *conn) each(read func(*sql.Rows) error, query string, args ...any) error {
	s, err := c.prepare(query, args)
	if err != nil {
		return err
	}
	rows, err := s.QueryContext(background, args...)
	if err != nil {
		c.wrote = true
		return said{err}
	}
	c.rows = true
	defer func() { _ = rows.Close(); c.rows = false }() // what failed is in rows.Err
	for rows.Next() {
		if err := read(rows); err != nil {
			return err
		}
	}
	if err := rows.Err(); err != nil {
		c.wrote = true
		return said{err}
	}
	return nil
}

// one reads the only row of a query; found is false where there is none.
func (c *conn) one(into []any, query string, args ...any) (found bool, err error) {
	err = c.each(func(rows *sql.Rows) error {
		found = true
		return rows.Scan(into...)
	}, query, args...)
	return found, err
}

// checkText refuses text that a database would change or could not keep.
func checkText(args []any) error {
	for _, a := range args {
		if s, ok := a.(string); ok && !keepable(s) {
			return fault.New(fault.Invalid, "store.text")
		}
	}
	return nil
}

// keepable tells whether both databases keep a text as it is: UTF-8 without NUL.
func keepable(s string) bool { return utf8.ValidString(s) && strings.IndexByte(s, 0) < 0 }

// errUnsure: the connection was lost while the database was asked to commit. The write may
// have been kept.
var errUnsure = errors.New("the connection was lost at commit")

// said is an error that the database said. Its text may quote what somebody wrote.
type said struct{ error }

func (e said) Unwrap() error { return e.error }

// notBegun is an error before a transaction began: nothing of it has run.
type notBegun struct{ error }

func (e notBegun) Unwrap() error { return e.error }

// run runs do in one transaction.
func (c *conn) run(begin, end string, do func(*Tx) error) (err error) {
	if err := c.bound(begin); err != nil {
		c.undo()
		return notBegun{said{err}}
	}
	ended := false
	defer func() {
		c.changing = nil
		if !ended { // also when do panics
			c.undo()
		}
	}()
	if err = do(&Tx{c: c}); err != nil {
		return err
	}
	ended = true
	if err = c.ends(end); err != nil {
		c.undo()
		err = said{err}
		if c.broken && c.d.remote {
			err = fmt.Errorf("%w: %w", errUnsure, err)
		}
	}
	return err
}

// bound begins or ends a transaction. A file's database keeps the statement ready; another
// is told several in one text.
func (c *conn) bound(statement string) error {
	if c.d.remote {
		_, err := c.db.ExecContext(background, statement)
		return err
	}
	_, err := c.direct.exec(statement, nil)
	return err
}

// ends ends a transaction, and leaves the waiting for later where it may.
func (c *conn) ends(statement string) error {
	if c.later != nil {
		c.later.mayWait(true)
		defer c.later.mayWait(false)
	}
	return c.bound(statement)
}

// undo rolls back. Another connection takes the place of one that cannot.
func (c *conn) undo() {
	if _, err := c.db.ExecContext(background, "ROLLBACK"); err != nil {
		c.broken = !c.d.idle(c.db)
	}
}

// tries is how many times a transaction is run that the database asks to have run again.
const tries = 14

// transact runs do in a transaction that writes, again where the database asks for it.
func (r *Register) transact(do func(*Tx) error) (err error) {
	for try := range tries {
		var c *conn
		if c, err = r.lines.writes.take(background); err != nil {
			return err
		}
		c.reading, c.later = false, nil
		err = r.once(r.lines.writes, c, c.d.begin(r.id), "COMMIT", do)
		if err == nil || !c.d.again(err, c.broken) {
			return c.translate(err)
		}
		time.Sleep(time.Duration(rand.IntN(1<<min(try, 8))) * time.Millisecond)
		err = c.translate(err)
	}
	return err
}

// snapshot runs do in a transaction that only reads. It is run again only when it never
// began, so that do need not expect to be.
func (r *Register) snapshot(ctx context.Context, from *pool, do func(*Tx) error) (err error) {
	for range tries {
		var c *conn
		if c, err = from.take(ctx); err != nil {
			return err
		}
		c.reading = true
		err = r.once(from, c, c.d.snapshot(r.id), "ROLLBACK", do)
		var early notBegun
		if !errors.As(err, &early) || !c.d.again(err, c.broken) {
			return c.translate(err)
		}
		err = c.translate(err)
	}
	return err
}

func (r *Register) once(from *pool, c *conn, begin, end string, do func(*Tx) error) error {
	defer from.give(c)
	return c.run(begin, end, func(t *Tx) error { t.r = r; return do(t) })
}

// translate gives an error that a person can read: what the database said is its cause,
// without any value.
func (c *conn) translate(err error) error {
	if err == nil || isTold(err) {
		return err
	}
	var db said
	cause := err
	if errors.As(err, &db) {
		cause = c.d.plain(err)
	}
	if errors.Is(err, errUnsure) {
		return fault.Wrap(cause, fault.Internal, "store.unsure")
	}
	if e, ok := c.d.tell(err); ok {
		return e
	}
	return fault.Wrap(cause, fault.Internal, "store.failed")
}

// isTold tells whether an error is one that a person can read, or that the caller made.
func isTold(err error) bool {
	var e *fault.Error
	return errors.As(err, &e) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}

// guarded runs do. A panic in it becomes an error that says where, never what: the value
// of a panic can hold an answer.
func guarded(do func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fault.Wrap(fmt.Errorf("panic (%T) at %s", p, panicked()), fault.Internal, "store.failed")
		}
	}()
	return do()
}

// panicked gives the place in the code where a panic being recovered began.
func panicked() string {
	pcs := make([]uintptr, 32)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(3, pcs)])
	for {
		f, more := frames.Next()
		if !strings.HasPrefix(f.Function, "runtime.") {
			return fmt.Sprintf("%s:%d", f.Function, f.Line)
		}
		if !more {
			return "?"
		}
	}
}
