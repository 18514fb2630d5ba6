package store

import (
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"runtime"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/driver"
	_ "github.com/ncruces/go-sqlite3/vfs/adiantum" // the encrypting file system

	"foljsam/internal/fault"
)

// folder is an installation in SQLite files, one a register, each with its own key.
type folder struct {
	path  string
	quick bool
	lock  *sql.DB
}

var sqlite = &dialect{
	name:     "sqlite",
	query:    func(q string) string { return q },
	begin:    "BEGIN IMMEDIATE",
	snapshot: "BEGIN",
	enter:    func(*conn, string) error { return nil }, // the file is the register's own
	again:    func(error) bool { return false },        // there is one writer
	tell:     tellSQLite,
}

func openFolder(o Options) (engine, error) {
	if err := os.MkdirAll(o.Folder, 0o700); err != nil {
		return nil, fault.Wrap(err, fault.Invalid, "store.folder", "folder", o.Folder)
	}
	if err := o.Keys.Ensure(NodeID); err != nil {
		return nil, err
	}
	f := &folder{path: o.Folder, quick: o.Quick}
	return f, f.take()
}

// take holds the folder for this process: two servers on one folder would each believe
// that what it has in memory is all there is.
func (f *folder) take() error {
	db, err := sql.Open("sqlite3", "file:"+fileURL(filepath.Join(f.path, "las.db"))+"?_pragma=busy_timeout(0)&_pragma=locking_mode(exclusive)")
	if err != nil {
		return fault.Wrap(err, fault.Internal, "store.failed")
	}
	db.SetMaxOpenConns(1)
	if _, err := db.Exec("BEGIN EXCLUSIVE; PRAGMA user_version = 1; COMMIT"); err != nil {
		_ = db.Close()
		if e, ok := tellSQLite(err); ok {
			return e
		}
		return fault.Wrap(err, fault.Internal, "store.failed")
	}
	f.lock = db
	return nil
}

func (f *folder) close() error { return f.lock.Close() }

// fileURL gives a path as SQLite reads it in an address.
func fileURL(path string) string {
	path = filepath.ToSlash(path)
	if runtime.GOOS == "windows" && filepath.VolumeName(path) != "" {
		path = "/" + path
	}
	return (&url.URL{Path: path}).EscapedPath()
}

func (f *folder) file(register string) string { return filepath.Join(f.path, register+".db") }

// readers is how many may read at the same time while one writes.
const readers = 3

func (f *folder) open(ctx context.Context, register string, keys registerKeys) (*Register, error) {
	db, err := f.connect(register, keys, false)
	if err != nil {
		return nil, err
	}
	w, err := f.conn(ctx, db, register)
	if err != nil {
		return nil, closing(err, db.Close)
	}
	if err := migrate(w, func() error { return f.backup(w, register, keys) }); err != nil {
		return nil, closing(err, db.Close)
	}
	r := &Register{id: register, writer: &fileWriter{w}, reads: make(chan *conn, readers), wants: make(chan *write, most), ended: make(chan struct{})}
	pool, err := f.connect(register, keys, true)
	if err != nil {
		return nil, closing(err, db.Close)
	}
	for range readers {
		c, err := f.conn(ctx, pool, register)
		if err != nil {
			return nil, closing(closing(err, pool.Close), db.Close)
		}
		r.reads <- c
	}
	r.closed = func() error {
		err := firstOf(pool.Close(), w.close())
		return firstOf(err, db.Close())
	}
	return r, nil
}

func (f *folder) conn(ctx context.Context, db *sql.DB, register string) (*conn, error) {
	c, err := db.Conn(ctx)
	if err != nil {
		if e, ok := tellSQLite(err); ok {
			return nil, e
		}
		return nil, fault.Wrap(err, fault.Internal, "store.failed")
	}
	return newConn(sqlite, register, c), nil
}

// connect opens a register's file. The key is given to each connection by a statement, so
// that it is never in an address.
func (f *folder) connect(register string, keys registerKeys, readOnly bool) (*sql.DB, error) {
	pragmas := "PRAGMA hexkey='" + hex.EncodeToString(keys.Data) + "'; PRAGMA busy_timeout=10000; PRAGMA temp_store=memory; "
	if readOnly {
		pragmas += "PRAGMA cache_size=-4000; PRAGMA query_only=on;"
	} else {
		pragmas += "PRAGMA cache_size=-8000; PRAGMA journal_mode=wal; PRAGMA synchronous=" + f.synchronous() + "; PRAGMA foreign_keys=on;"
	}
	return driver.Open("file:"+fileURL(f.file(register))+"?vfs=adiantum", func(c *sqlite3.Conn) error { return c.Exec(pragmas) })
}

func (f *folder) synchronous() string {
	if f.quick {
		return "off"
	}
	return "full"
}

// backup writes an encrypted copy beside the file before a migration changes it.
func (f *folder) backup(w *conn, register string, keys registerKeys) error {
	to := f.file(register) + ".fore-uppgradering"
	if err := os.Remove(to); err != nil && !os.IsNotExist(err) {
		return fault.Wrap(err, fault.Invalid, "store.backup")
	}
	key := url.Values{"vfs": {"adiantum"}, "hexkey": {hex.EncodeToString(keys.Data)}}
	if _, err := w.db.ExecContext(background, "VACUUM INTO ?", "file:"+fileURL(to)+"?"+key.Encode()); err != nil {
		return fault.Wrap(errors.New("the copy could not be written"), fault.Invalid, "store.backup") // the cause may hold the address, and so the key
	}
	return nil
}

// fileWriter is the one connection that writes a file.
type fileWriter struct{ *conn }

// settle makes everything written so far last, and all that comes.
func (w *fileWriter) settle(ctx context.Context) error {
	for _, q := range []string{"PRAGMA synchronous=full", "PRAGMA wal_checkpoint(truncate)"} {
		if _, err := w.db.ExecContext(ctx, q); err != nil {
			return w.translate(err)
		}
	}
	return nil
}

// tellSQLite gives what a person can do something about.
func tellSQLite(err error) (*fault.Error, bool) {
	for code, key := range map[sqlite3.ErrorCode]string{
		sqlite3.FULL:     "store.disk_full",
		sqlite3.READONLY: "store.read_only",
		sqlite3.CANTOPEN: "store.cannot_open",
		sqlite3.NOTADB:   "store.wrong_key",
		sqlite3.BUSY:     "store.in_use",
		sqlite3.CORRUPT:  "store.damaged",
		sqlite3.IOERR:    "store.disk",
	} {
		if errors.Is(err, code) {
			return fault.Wrap(err, fault.Invalid, key), true
		}
	}
	return nil, false
}
