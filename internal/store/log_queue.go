package store

import (
	"sync"

	"github.com/ncruces/go-sqlite3/util/vfsutil"
	"github.com/ncruces/go-sqlite3/vfs"
)

// queued gives a file system, between the encryption and the disk, that collects what is written
// to a log and makes one write of many blocks of it. What a commit wrote can be waited for
// later, while the next transaction runs: see logQueue.
func queued(base vfs.VFS) *queuedFiles {
	return &queuedFiles{VFS: base, open: map[string]*logQueue{}}
}

type queuedFiles struct {
	vfs.VFS
	mu   sync.Mutex
	open map[string]*logQueue
}

func (v *queuedFiles) OpenFilename(name *vfs.Filename, flags vfs.OpenFlag) (vfs.File, vfs.OpenFlag, error) {
	f, flags, err := vfsutil.WrapOpenFilename(v.VFS, name, flags)
	if err == nil && flags&vfs.OPEN_MAIN_DB != 0 && name.URIParameter(calmly) != "" {
		return &calmFile{File: f}, flags, nil
	}
	if err != nil || flags&vfs.OPEN_WAL == 0 {
		return f, flags, err
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	path := name.String()
	q := v.open[path]
	if q == nil {
		q = newLogQueue()
		v.open[path] = q
	}
	q.users++
	return &queuedFile{File: f, q: q, mayWait: name.URIParameter(waitsLater) != "", closed: func() { v.forget(path) }}, flags, nil
}

// queueOf gives what is collected of a log; nil where nobody has the log open.
func (v *queuedFiles) queueOf(path string) *logQueue {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.open[path]
}

func (v *queuedFiles) forget(path string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.open[path].users--; v.open[path].users == 0 {
		delete(v.open, path)
	}
}

// waitsLater names the connection whose commits may be waited for later.
const waitsLater = "senare"

// cipherBlock is what the encryption writes at a time.
const cipherBlock = 4096

// logQueue is the end of a log that SQLite has written, and that is not on the disk yet. First
// it is collected; then it is going, and what comes meanwhile is collected behind it. All of
// the process's connections share it, and no other process has the file: nobody can tell
// what is here from what is in the file.
//
// A commit that is waited for later is seen by others before it is on the disk, and
// acknowledged after. If the disk then fails, everything from that commit on must be as if it
// had never been: the queue stays failed until all connections are closed without a
// checkpoint and the log is cut where it surely was on the disk (discard).
type logQueue struct {
	users int // under the file system's lock

	mu     sync.Mutex
	done   sync.Cond // of busy
	owner  *queuedFile
	from   int64
	bytes  []byte // collected
	busy   bool   // something is going
	at     int64
	going  []byte // nobody changes it
	spare  []byte
	owed   bool  // a commit has not been waited for
	later  bool  // SQLite is at a commit that may be waited for later
	sure   int64 // where the log can be cut, and nothing is lost that was waited for
	failed error
}

func newLogQueue() *logQueue {
	q := &logQueue{sure: 1 << 62}
	q.done.L = &q.mu
	return q
}

// longest is how much of a log is collected: a large batch, or a part of a larger one.
const longest = 1 << 20

func (q *logQueue) end() int64 { return q.from + int64(len(q.bytes)) }

// begin gives where the queue begins, in the log.
func (q *logQueue) begin() int64 {
	if q.busy {
		return q.at
	}
	return q.from
}

func (q *logQueue) rest() {
	for q.busy {
		q.done.Wait()
	}
}

// push puts what is collected into the file, and waits for the disk where it should. What fails
// stays collected: SQLite writes over it, or asks for the disk again. The lock is held before
// and after, and let go of meanwhile.
func (q *logQueue) push(f *queuedFile, sync bool) error {
	q.rest()
	if q.failed != nil || len(q.bytes) == 0 && !sync {
		return q.failed
	}
	if q.owner != nil {
		f = q.owner
	}
	owed := q.owed
	q.busy, q.going, q.at = true, q.bytes, q.from
	q.from, q.bytes = q.end(), q.spare[:0]
	q.owed = owed && !sync
	if len(q.going) > 0 {
		q.sure = min(q.sure, q.at+cipherBlock)
	}
	q.mu.Unlock()
	err := f.put(q.going, q.at, sync)
	q.mu.Lock()
	q.busy, q.spare = false, q.going
	if err != nil {
		q.bytes = append(q.going, q.bytes...) // one after the other: what comes elsewhere waits
		q.from, q.spare = q.at, nil
		if q.owed = q.owed || owed; q.owed {
			q.failed = err
		}
	} else if sync {
		q.sure = max(q.sure, q.at+int64(len(q.going)))
	}
	q.going = nil
	q.done.Broadcast()
	return err
}

// wait waits for the disk where a commit has not been waited for, and says whether it failed.
func (q *logQueue) wait() error {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.rest()
	if q.failed != nil || !q.owed {
		return q.failed
	}
	return q.push(q.owner, true)
}

// owes tells whether a commit has not been waited for.
func (q *logQueue) owes() bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.owed || q.busy
}

func (q *logQueue) failure() error {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.failed
}

// mayWait says whether SQLite is at a commit that is waited for later.
func (q *logQueue) mayWait(yes bool) {
	q.mu.Lock()
	q.later = yes
	q.mu.Unlock()
}

// discard forgets what the disk failed at, and cuts the log before it. Nobody may use a
// connection until all have been closed without a checkpoint.
func (q *logQueue) discard() error {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.rest()
	if q.failed == nil || q.owner == nil {
		return q.failed
	}
	size, err := q.owner.File.Size()
	if err == nil && size > q.sure {
		err = q.owner.File.Truncate(q.sure)
	}
	if err = firstOf(err, q.owner.File.Sync(vfs.SYNC_FULL)); err != nil {
		return err
	}
	q.bytes, q.owed, q.failed, q.owner = nil, false, nil, nil
	return nil
}

// queuedFile is one connection's log.
type queuedFile struct {
	vfs.File
	q       *logQueue
	mayWait bool
	closed  func()
}

func (f *queuedFile) put(p []byte, at int64, sync bool) error {
	if len(p) > 0 {
		if _, err := f.File.WriteAt(p, at); err != nil {
			return err
		}
	}
	if !sync {
		return nil
	}
	return f.File.Sync(vfs.SYNC_FULL)
}

func (f *queuedFile) WriteAt(p []byte, at int64) (int, error) {
	q := f.q
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.failed != nil {
		return 0, q.failed
	}
	if q.owner != f || at != q.end() || len(q.bytes)+len(p) > longest {
		if !q.busy && at <= q.from && at+int64(len(p)) >= q.end() {
			q.bytes = q.bytes[:0] // written over
		}
		if err := q.push(f, false); err != nil {
			return 0, err
		}
		q.owner, q.from = f, at
	}
	q.bytes = append(q.bytes, p...)
	return len(p), nil
}

func (f *queuedFile) ReadAt(p []byte, at int64) (int, error) {
	q := f.q
	q.mu.Lock()
	from, end := q.begin(), q.end()
	if at >= end || at+int64(len(p)) <= from {
		q.mu.Unlock()
		return f.File.ReadAt(p, at)
	}
	defer q.mu.Unlock()
	if at >= from && at+int64(len(p)) <= end { // as ever: a block
		n := 0
		if q.busy && at < q.from {
			n = copy(p, q.going[at-q.at:])
		}
		if n < len(p) {
			copy(p[n:], q.bytes[at+int64(n)-q.from:])
		}
		return len(p), nil
	}
	if err := q.push(f, false); err != nil {
		return 0, err
	}
	return f.File.ReadAt(p, at)
}

func (f *queuedFile) Sync(flags vfs.SyncFlag) error {
	f.q.mu.Lock()
	defer f.q.mu.Unlock()
	if f.mayWait && f.q.later {
		f.q.owed = true
		return f.q.failed
	}
	return f.q.push(f, true)
}

func (f *queuedFile) Truncate(size int64) error {
	q := f.q
	q.mu.Lock()
	defer q.mu.Unlock()
	q.rest()
	if size <= q.from {
		q.bytes = q.bytes[:0]
	}
	if err := q.push(f, false); err != nil {
		return err
	}
	q.sure = min(q.sure, size)
	return f.File.Truncate(size)
}

// Size gives the length without a last block that is not whole: it cannot be decrypted,
// and SQLite would not open a log whose end it cannot read.
func (f *queuedFile) Size() (int64, error) {
	q := f.q
	q.mu.Lock()
	defer q.mu.Unlock()
	size, err := f.File.Size()
	size -= size % cipherBlock
	if q.end() > q.begin() {
		size = max(size, q.end())
	}
	return size, err
}

func (f *queuedFile) Close() error {
	q := f.q
	q.mu.Lock()
	var err error
	if q.rest(); q.owner == f {
		if q.failed == nil {
			err = q.push(f, q.owed)
		}
		q.owner, q.bytes = nil, nil
	}
	q.mu.Unlock()
	f.closed()
	return firstOf(err, f.File.Close())
}
