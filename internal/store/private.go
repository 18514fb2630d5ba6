package store

import (
	"os"
	"path/filepath"
	"time"

	"github.com/ncruces/go-sqlite3/util/vfsutil"
	"github.com/ncruces/go-sqlite3/vfs"
)

// private is a file system whose new files nobody else on the machine may read. Encrypted
// files, too, tell how much there is in them.
type private struct{ vfs.VFS }

func (v private) OpenFilename(name *vfs.Filename, flags vfs.OpenFlag) (vfs.File, vfs.OpenFlag, error) {
	if name != nil && flags&vfs.OPEN_CREATE != 0 && flags&vfs.OPEN_EXCLUSIVE == 0 {
		if f, err := os.OpenFile(name.String(), os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600); err == nil {
			_ = f.Close() // nothing was written; what is wrong is told when it is opened
		}
	}
	return vfsutil.WrapOpenFilename(v.VFS, name, flags)
}

// keepPrivate takes the right to read a register's files from others, as they may have had
// it before. Files of another owner's are left as they are: they can be used.
func keepPrivate(file string) {
	for _, end := range []string{"", "-wal", "-shm"} {
		_ = os.Chmod(file+end, 0o600)
	}
}

// A lock that is older than this was left by a process that died: what is done under one
// takes some milliseconds.
const staleLock = 10 * time.Second

// lockFile holds a file for this process, by a file beside it, and waits for another that
// has it. It lets go by release.
func lockFile(path string) (release func(), err error) {
	lock := filepath.Clean(path) + ".las"
	for end := time.Now().Add(2 * staleLock); ; time.Sleep(5 * time.Millisecond) {
		f, err := os.OpenFile(lock, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
		if err == nil {
			_ = f.Close() // that it is there is all
			return func() { _ = os.Remove(lock) }, nil
		}
		about, gone := os.Stat(lock)
		switch {
		case gone == nil && time.Since(about.ModTime()) > staleLock:
			_ = os.Remove(lock)
		case gone != nil && !os.IsNotExist(gone), !os.IsExist(err) && !os.IsPermission(err), time.Now().After(end):
			return nil, err
		case os.IsPermission(err) && gone != nil:
			return nil, err // the folder cannot be written to; on Windows, a lock that is being removed answers so too
		}
	}
}
