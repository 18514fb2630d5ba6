package store

import (
	"sync"

	"github.com/ncruces/go-sqlite3/util/vfsutil"
	"github.com/ncruces/go-sqlite3/vfs"
	"github.com/ncruces/go-sqlite3/vfs/adiantum"
)

// The names of the file systems that registers are opened in, and the lock of a folder.
const fileSystem, lockSystem = "foljsam", "foljsam-las"

func init() {
	mine := private{vfs.Find("")}
	vfs.Register(fileSystem, encrypted(mine))
	vfs.Register(lockSystem, mine)
}

// encrypted gives a file system that encrypts, and that writes a log's frames together.
// SQLite writes each frame as two unaligned parts; encrypted one by one, every part reads,
// decrypts, encrypts and writes whole blocks again, six for a page. Collected until SQLite
// waits for the disk, a page costs one.
func encrypted(base vfs.VFS) vfs.VFS {
	disk := queued(base)
	return &logFiles{VFS: adiantum.Wrap(disk, nil), disk: disk, open: map[string]*tail{}}
}

type logFiles struct {
	vfs.VFS
	disk *queuedFiles
	mu   sync.Mutex
	open map[string]*tail
}

// discard forgets what the disk failed at in a log: see logQueue.
func (v *logFiles) discard(path string) error {
	v.mu.Lock()
	t := v.open[path]
	v.mu.Unlock()
	if t != nil {
		t.mu.Lock()
		t.bytes = nil
		t.mu.Unlock()
	}
	if q := v.disk.queueOf(path); q != nil {
		return q.discard()
	}
	return nil
}

func (v *logFiles) OpenFilename(name *vfs.Filename, flags vfs.OpenFlag) (vfs.File, vfs.OpenFlag, error) {
	f, flags, err := vfsutil.WrapOpenFilename(v.VFS, name, flags)
	if err != nil || flags&vfs.OPEN_WAL == 0 {
		return f, flags, err
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	path := name.String()
	if v.open[path] == nil {
		v.open[path] = &tail{}
	}
	v.open[path].users++
	return &logFile{File: f, tail: v.open[path], closed: func() { v.forget(path) }}, flags, nil
}

func (v *logFiles) forget(path string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.open[path].users--; v.open[path].users == 0 {
		delete(v.open, path)
	}
}

// tail is the end of a log that has been written and not yet put into the file. All of the
// process's connections share it, and no other process has the file; so nobody can tell it
// from the file.
type tail struct {
	mu    sync.Mutex
	users int // under the file system's lock
	owner *logFile
	from  int64
	bytes []byte
}

func (t *tail) end() int64 { return t.from + int64(len(t.bytes)) }

// flush puts what is collected into the file.
func (t *tail) flush() error {
	if len(t.bytes) == 0 {
		return nil
	}
	if _, err := t.owner.File.WriteAt(t.bytes, t.from); err != nil {
		return err // it stays collected: SQLite writes over it, or asks for the disk again
	}
	t.from, t.bytes = t.end(), t.bytes[:0]
	return nil
}

// logFile is one connection's log.
type logFile struct {
	vfs.File
	tail   *tail
	closed func()
}

func (f *logFile) WriteAt(p []byte, at int64) (int, error) {
	t := f.tail
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.owner != f || at != t.end() || len(t.bytes)+len(p) > longest {
		if at <= t.from && at+int64(len(p)) >= t.end() {
			t.bytes = t.bytes[:0] // written over
		}
		if err := t.flush(); err != nil {
			return 0, err
		}
		t.owner, t.from = f, at
	}
	t.bytes = append(t.bytes, p...)
	return len(p), nil
}

func (f *logFile) ReadAt(p []byte, at int64) (int, error) {
	t := f.tail
	t.mu.Lock()
	if at < t.end() && at+int64(len(p)) > t.from {
		if err := t.flush(); err != nil {
			t.mu.Unlock()
			return 0, err
		}
	}
	if f == t.owner { // another may flush through it
		defer t.mu.Unlock()
	} else {
		t.mu.Unlock()
	}
	return f.File.ReadAt(p, at)
}

func (f *logFile) Sync(flags vfs.SyncFlag) error {
	f.tail.mu.Lock()
	err := f.tail.flush()
	f.tail.mu.Unlock()
	if err != nil {
		return err
	}
	return f.File.Sync(flags)
}

func (f *logFile) Truncate(size int64) error {
	f.tail.mu.Lock()
	defer f.tail.mu.Unlock()
	if size <= f.tail.from {
		f.tail.bytes = f.tail.bytes[:0]
	}
	if err := f.tail.flush(); err != nil {
		return err
	}
	return f.File.Truncate(size)
}

func (f *logFile) Size() (int64, error) {
	f.tail.mu.Lock()
	defer f.tail.mu.Unlock()
	size, err := f.File.Size()
	if len(f.tail.bytes) > 0 {
		size = max(size, f.tail.end())
	}
	return size, err
}

func (f *logFile) Close() error {
	t := f.tail
	t.mu.Lock()
	var err error
	if t.owner == f {
		err = t.flush()
		t.owner, t.bytes = nil, nil
	}
	t.mu.Unlock()
	f.closed()
	return firstOf(err, f.File.Close())
}
