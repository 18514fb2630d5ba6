package store

import (
	"database/sql"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/driver"
	"github.com/ncruces/go-sqlite3/vfs"
)

// mayWaitLater lets the writer run the next transaction while the last one's commit is waited
// for.
func (f *folder) mayWaitLater(register string, l *lines, beside *fold) {
	files, ok := vfs.Find(f.vfs).(*logFiles)
	if !ok {
		return
	}
	path, _ := files.FullPathname(f.file(register)) // that it is a link is no fault
	path += "-wal"
	l.log = func() *logQueue { return files.disk.queueOf(path) }
	l.renew = func() error {
		if !f.viewed.TryLock() { // what a backup reads would be cut off
			return sqlite3.BUSY
		}
		defer f.viewed.Unlock()
		beside.mu.Lock()
		defer beside.mu.Unlock()
		return l.writes.renew(func() error {
			return l.reads.renew(func() error { return files.discard(path) }, forget)
		}, forget)
	}
}

// forget closes a connection and leaves the log as it is.
func forget(c *conn) {
	_ = leaveLog(c.db)
	c.broken = true
	_ = c.close() // nothing was written through it
}

// leaveLog says that the log is not folded into the file when the connection is closed.
func leaveLog(c *sql.Conn) error {
	return c.Raw(func(raw any) error {
		_, err := raw.(driver.Conn).Raw().Config(sqlite3.DBCONFIG_NO_CKPT_ON_CLOSE, true)
		return err
	})
}
