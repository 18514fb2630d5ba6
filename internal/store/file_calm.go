package store

import (
	"time"

	"github.com/ncruces/go-sqlite3/util/vfsutil"
	"github.com/ncruces/go-sqlite3/vfs"
)

// calmly names the connection that folds a log into the file beside those who write.
const calmly = "lugnt"

// calmFile is a register's file as the log is folded into it. It rests as long as it works, and
// waits for the disk a little at a time: those who save meanwhile would wait behind a disk and
// a processor that are given everything at once.
type calmFile struct {
	vfs.File
	worked time.Time // since when it has worked
	part   int       // bytes written since then
	since  int       // bytes that the disk has not been waited for
}

const (
	calmPart = 128 << 10
	calmWait = 1 << 20
	calmRest = 20 * time.Millisecond // at most
)

func (f *calmFile) WriteAt(p []byte, at int64) (int, error) {
	n, err := f.File.WriteAt(p, at)
	f.part, f.since = f.part+n, f.since+n
	if err == nil && f.since >= calmWait {
		f.since = 0
		err = f.File.Sync(vfs.SYNC_NORMAL)
	}
	if f.part >= calmPart {
		f.rest()
	}
	return n, err
}

func (f *calmFile) rest() {
	if !f.worked.IsZero() {
		time.Sleep(min(time.Since(f.worked), calmRest))
	}
	f.part, f.worked = 0, time.Now()
}

func (f *calmFile) Unwrap() vfs.File                { return f.File }
func (f *calmFile) SharedMemory() vfs.SharedMemory  { return vfsutil.WrapSharedMemory(f.File) }
func (f *calmFile) LockState() vfs.LockLevel        { return vfsutil.WrapLockState(f.File) }
func (f *calmFile) SizeHint(size int64) error       { return vfsutil.WrapSizeHint(f.File, size) }
func (f *calmFile) HasMoved() (bool, error)         { return vfsutil.WrapHasMoved(f.File) }
func (f *calmFile) BusyHandler(handler func() bool) { vfsutil.WrapBusyHandler(f.File, handler) }
