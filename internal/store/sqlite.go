package store

import (
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/driver"

	"foljsam/internal/fault"
)

// folder is an installation in SQLite files, one a register, each with its own key.
type folder struct {
	path  string
	vfs   string
	steps fs.FS
	quick atomic.Bool
	asIs  bool // files are not brought up to date
	raw   bool // a backup is being put in
	lock  *sql.DB

	viewed sync.RWMutex // held to read while files are read by connections of their own
}

var sqlite = &dialect{
	name:     "sqlite",
	query:    func(q string) string { return q },
	begin:    func(string) string { return "BEGIN IMMEDIATE" },
	snapshot: func(string) string { return "BEGIN" },
	again:    func(error, bool) bool { return false }, // there is one writer
	idle:     isIdleSQLite,
	direct:   newDirectSQLite,
	tell:     tellSQLite,
	plain:    plainSQLite,
}

func openFolder(o Options) (engine, error) {
	if err := os.MkdirAll(o.Folder, 0o700); err != nil {
		return nil, tellFolder(err, o.Folder)
	}
	f := &folder{path: o.Folder, vfs: fileSystem, steps: o.steps, asIs: o.AsIs, raw: o.raw}
	if o.vfs != "" {
		f.vfs = o.vfs
	}
	f.quick.Store(o.Quick)
	return f, f.take()
}

// lockName is the file that tells another process that the folder is in use. No register
// may have the name.
const lockName = "las"

// take holds the folder for this process: two servers on one folder would each believe
// that what it has in memory is all there is. The file holds nothing, and the system lets
// go of it when the process ends, however it ends.
func (f *folder) take() error {
	if err := f.tryWriting(); err != nil {
		return tellFolder(err, f.path)
	}
	db, err := sql.Open("sqlite3", "file:"+fileURL(f.file(lockName))+"?vfs="+lockSystem+"&_pragma=busy_timeout(0)&_pragma=locking_mode(exclusive)")
	if err != nil {
		return fault.Wrap(plainSQLite(err), fault.Internal, "store.failed")
	}
	db.SetMaxOpenConns(1)
	if _, err := db.Exec("BEGIN EXCLUSIVE; PRAGMA user_version = 1; COMMIT"); err != nil {
		_ = db.Close()
		if e, ok := tellSQLite(err); ok {
			return e
		}
		return fault.Wrap(plainSQLite(err), fault.Internal, "store.failed")
	}
	f.lock = db
	return nil
}

// tryWriting finds out whether the folder can be written to, while the system's own error
// can still say why not.
func (f *folder) tryWriting() error {
	try, err := os.OpenFile(f.file(lockName), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	_ = try.Close() // nothing was written
	tmp, err := os.CreateTemp(f.path, ".prov-*")
	if err != nil {
		return err
	}
	return firstOf(tmp.Close(), os.Remove(tmp.Name()))
}

func tellFolder(err error, folder string) error {
	key := "store.folder"
	switch {
	case errors.Is(err, syscall.ENOSPC):
		key = "store.disk_full"
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		key = "store.read_only"
	}
	return fault.Wrap(err, fault.Invalid, key, "folder", folder)
}

func (f *folder) safely() { f.quick.Store(false) }

func (f *folder) close() error { return f.lock.Close() }

func (f *folder) holds(_ context.Context, register string) (bool, error) {
	about, err := os.Stat(f.file(register))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, tellFolder(err, f.path)
	}
	return about.Size() > 0, nil
}

// fileURL gives a path as SQLite reads it in an address.
func fileURL(path string) string {
	path = filepath.ToSlash(path)
	if runtime.GOOS == "windows" && filepath.VolumeName(path) != "" {
		path = "/" + path
	}
	return (&url.URL{Path: path}).EscapedPath()
}

func (f *folder) file(register string) string { return filepath.Join(f.path, register+".db") }

// readers is how many may read at the same time while one writes. Each has memory of its own.
var readers = min(max(runtime.NumCPU(), 2), 4)

func (f *folder) open(ctx context.Context, register string, keys registerKeys, mayBegin bool) (*lines, error) {
	connect := func(how string, written func(int)) func(context.Context) (*conn, error) {
		return func(ctx context.Context) (*conn, error) {
			return f.connect(ctx, register, keys, how+f.safety(), written)
		}
	}
	beside := newFold(connect(folding, nil))
	settle := func(c *conn) error {
		beside.mu.Lock()
		defer beside.mu.Unlock()
		return settleFile(c)
	}
	l := &lines{settle: settle, scrub: func(c *conn) error { return f.scrub(c, register) }, writes: newPool(1, connect(writing, beside.written)), reads: newPool(readers, connect(reading, nil))}
	l.most, l.trim = beside.most, func(c *conn) {
		beside.mu.Lock()
		defer beside.mu.Unlock()
		trimFile(c)
	}
	l.between = func() { beside.rest(l.writes) }
	f.mayWaitLater(register, l, beside)
	l.close = func() error {
		beside.close()
		return firstOf(l.reads.close(), l.writes.close()) // the last one folds the log into the file
	}
	w, err := l.writes.take(ctx)
	if err != nil {
		return nil, closing(err, l.close)
	}
	if !w.isWAL() { // no shared memory for the log: one connection holds the file alone
		w.broken = true
		l.writes.give(w)
		l.writes, l.reads = newPool(1, connect(alone+writing, nil)), nil
		l.between, l.most, l.trim, l.log = func() {}, nil, nil, nil
		l.close = func() error { beside.close(); return l.writes.close() }
		if w, err = l.writes.take(ctx); err != nil {
			return nil, closing(err, l.close)
		}
	}
	if !mayBegin {
		err = w.hasBegun(register)
	}
	if err == nil {
		err = f.bringUp(w, register, keys)
	}
	if err == nil {
		err = syncFolder(f.path) // a new file's name is on disk before anything in it is acknowledged
	}
	l.writes.give(w)
	if err != nil {
		return nil, closing(err, l.close)
	}
	keepPrivate(f.file(register))
	return l, nil
}

// How connections are set up.
const (
	common  = "PRAGMA busy_timeout=10000; PRAGMA temp_store=memory; PRAGMA trusted_schema=off; "
	reading = common + "PRAGMA cache_size=-2000; PRAGMA query_only=on; "
	writing = common + "PRAGMA cache_size=-4000; PRAGMA journal_mode=wal; PRAGMA journal_size_limit=100663296; "
	folding = common + "PRAGMA cache_size=-100; "
	alone   = "PRAGMA locking_mode=exclusive; "
)

func (f *folder) safety() string {
	if f.quick.Load() {
		return "PRAGMA synchronous=off;"
	}
	return "PRAGMA synchronous=full;"
}

// connect opens a register's file. The key is given to the connection by a statement, so
// that it is never in an address.
func (f *folder) connect(ctx context.Context, register string, keys registerKeys, how string, written func(pages int)) (*conn, error) {
	key := "PRAGMA hexkey='" + hex.EncodeToString(keys.Data) + "'; "
	address := "file:" + fileURL(f.file(register)) + "?vfs=" + f.vfs
	switch {
	case written != nil:
		address += "&" + waitsLater + "=1"
	case strings.HasPrefix(how, folding):
		address += "&" + calmly + "=1"
	}
	db, err := driver.Open(address, func(c *sqlite3.Conn) error {
		if err := c.Exec(key); err != nil {
			return plainSQLite(err)
		}
		if err := c.Exec(how); err != nil || written == nil {
			return err
		}
		c.WALHook(func(_ *sqlite3.Conn, _ string, pages int) error { written(pages); return nil })
		return nil
	})
	if err == nil {
		db.SetMaxOpenConns(1)
		var one *sql.Conn
		if one, err = db.Conn(ctx); err == nil {
			return newConn(sqlite, one, db.Close), nil
		}
		_ = db.Close() // the first error is the one to tell of
	}
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if e, ok := tellSQLite(err); ok {
		return nil, e
	}
	return nil, fault.Wrap(plainSQLite(err), fault.Internal, "store.failed")
}

// isIdleSQLite tells whether a connection has no transaction open: SQLite rolls back by
// itself when a disk fails. The connection is kept then: what it could not finish it will
// write over, while another connection could find it in the log and take it for whole.
func isIdleSQLite(c *sql.Conn) bool {
	idle := false
	err := c.Raw(func(raw any) error { idle = raw.(driver.Conn).Raw().GetAutocommit(); return nil })
	return err == nil && idle
}

// isWAL tells whether the connection has a log beside the file. It has not where the log's
// index cannot be shared: on Windows before 10 (1803) and Server 2019, and on some network
// disks, where a database must not be anyway.
func (c *conn) isWAL() bool {
	var mode string
	err := c.db.QueryRowContext(background, "PRAGMA journal_mode").Scan(&mode)
	return err == nil && mode == "wal"
}

// bringUp brings a file up to date. What a step left free is taken out: in a page that is not in
// use nobody would notice that a byte had become another.
func (f *folder) bringUp(w *conn, register string, keys registerKeys) error {
	stepped, err := migrate(w, f.steps, func() error { return f.beforeSteps(w, register, keys) })
	if err == nil && stepped && !f.quick.Load() { // a demonstration is about to be filled
		_ = vacuum(w) // without room for it, it stays as it is
	}
	return err
}

// beforeSteps is what is done before a file is brought up to date.
func (f *folder) beforeSteps(w *conn, register string, keys registerKeys) error {
	switch {
	case f.asIs:
		return errAsIs
	case f.raw: // it is being restored: there is the backup
		return nil
	}
	return f.backup(w, register, keys)
}

// backup writes an encrypted copy beside the file before a migration changes it. Its
// address holds the key, so nothing that SQLite says about it goes further.
func (f *folder) backup(w *conn, register string, keys registerKeys) error {
	to := f.file(register) + ".fore-uppgradering"
	if err := os.Remove(to); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fault.Wrap(err, fault.Invalid, "store.backup")
	}
	key := url.Values{"vfs": {f.vfs}, "hexkey": {hex.EncodeToString(keys.Data)}}
	if _, err := w.db.ExecContext(background, "VACUUM INTO ?", "file:"+fileURL(to)+"?"+key.Encode()); err != nil {
		return fault.Wrap(plainSQLite(err), fault.Invalid, "store.backup")
	}
	return firstOf(syncFile(to), syncFolder(f.path))
}

// settleFile waits for the disk, and does so from now on.
func settleFile(c *conn) error {
	if _, err := c.db.ExecContext(background, "PRAGMA synchronous=full"); err != nil {
		return err
	}
	var busy, in, done int
	err := c.db.QueryRowContext(background, "PRAGMA wal_checkpoint(truncate)").Scan(&busy, &in, &done)
	if err == nil && busy != 0 {
		err = sqlite3.BUSY
	}
	return err
}

// trimFile empties the log into the file, where that can be done soon; otherwise another time.
func trimFile(c *conn) {
	var busy, in, done int
	_, _ = c.db.ExecContext(background, "PRAGMA busy_timeout=200")
	_ = c.db.QueryRowContext(background, "PRAGMA wal_checkpoint(truncate)").Scan(&busy, &in, &done)
	_, _ = c.db.ExecContext(background, "PRAGMA busy_timeout=10000")
}

// hasBegun refuses a file with nothing in it. What was last written lies in a log beside the
// file, and of a damaged one SQLite leaves out the rest: a register can become empty so. The
// log is left as it is, for whoever can read more of it.
func (c *conn) hasBegun(register string) error {
	var tables int
	if err := c.asks(`SELECT COUNT(*) FROM sqlite_schema WHERE name = 'schema_version'`, &tables); err != nil {
		return c.translate(err)
	}
	if tables > 0 {
		return nil
	}
	_ = leaveLog(c.db)
	return errEmptied(register)
}

func errEmptied(register string) error {
	return aboutRegister(fault.Invalid, "store.emptied", "store.gone_node", register)
}

// told lists what a person can do something about.
var told = []struct {
	code sqlite3.ErrorCode
	key  string
}{
	{sqlite3.FULL, "store.disk_full"},
	{sqlite3.READONLY, "store.read_only"},
	{sqlite3.CANTOPEN, "store.cannot_open"},
	{sqlite3.NOTADB, "store.wrong_key"},
	{sqlite3.BUSY, "store.in_use"},
	{sqlite3.CORRUPT, "store.damaged"},
	{sqlite3.IOERR, "store.disk"},
}

func tellSQLite(err error) (*fault.Error, bool) {
	if errors.Is(err, syscall.ENOSPC) {
		return fault.Wrap(plainSQLite(err), fault.Invalid, "store.disk_full"), true
	}
	if errors.Is(err, sqlite3.CONSTRAINT_UNIQUE) || errors.Is(err, sqlite3.CONSTRAINT_PRIMARYKEY) {
		return fault.Wrap(plainSQLite(err), fault.Conflict, "store.taken"), true
	}
	for _, t := range told {
		if errors.Is(err, t.code) {
			return fault.Wrap(plainSQLite(err), fault.Invalid, t.key), true
		}
	}
	return nil, false
}

// plainSQLite gives the kind of an error of SQLite's, without its text: that can name a
// file with its key, or quote what somebody wrote.
func plainSQLite(err error) error {
	var e *sqlite3.Error
	if errors.As(err, &e) {
		return e.ExtendedCode()
	}
	var code sqlite3.ExtendedErrorCode
	if errors.As(err, &code) {
		return code
	}
	return errors.New("sqlite")
}
