package store_test

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/util/vfsutil"
	"github.com/ncruces/go-sqlite3/vfs"

	"foljsam/internal/store"
)

// disk is the machine's disk under the encryption, which fails on demand, and remembers
// what a power cut would have left of each file.
type disk struct {
	vfs.VFS
	name     string
	noShared bool // no shared memory: as on an old Windows

	mu      sync.Mutex
	onWrite error
	onSync  error
	files   map[string]*surface
}

// surface is a file as it is for sure on the disk, and what has been written to it since.
type surface struct {
	sure  []byte
	since []change
}

type change struct {
	at   int64
	data []byte // nil: cut at
}

func (s *surface) apply(c change) {
	if c.data == nil {
		s.sure = append(s.sure, make([]byte, max(0, int(c.at)-len(s.sure)))...)[:c.at]
		return
	}
	if end := int(c.at) + len(c.data); end > len(s.sure) {
		s.sure = append(s.sure, make([]byte, end-len(s.sure))...)
	}
	copy(s.sure[c.at:], c.data)
}

var disks atomic.Int32

// newDisk registers a disk as a file system of SQLite's.
func newDisk(t testing.TB) *disk {
	d := &disk{VFS: vfs.Find(""), name: "disk" + strconv.Itoa(int(disks.Add(1))), files: map[string]*surface{}}
	vfs.Register(d.name, store.Encrypted(d))
	t.Cleanup(func() { vfs.Unregister(d.name) })
	return d
}

// fails makes every write, or every wait for the disk, fail from now on; nil: no longer.
func (d *disk) fails(write, sync error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.onWrite, d.onSync = write, sync
}

func (d *disk) OpenFilename(name *vfs.Filename, flags vfs.OpenFlag) (vfs.File, vfs.OpenFlag, error) {
	f, flags, err := vfsutil.WrapOpenFilename(d.VFS, name, flags)
	if err != nil {
		return f, flags, err
	}
	base := filepath.Base(name.String())
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.files[base] == nil {
		d.files[base] = &surface{}
	}
	return &diskFile{File: f, d: d, name: base}, flags, nil
}

func (d *disk) Delete(name string, syncDir bool) error {
	d.mu.Lock()
	delete(d.files, filepath.Base(name))
	d.mu.Unlock()
	return d.VFS.Delete(name, syncDir)
}

type diskFile struct {
	vfs.File
	d    *disk
	name string
}

func (f *diskFile) changed(c change) error {
	f.d.mu.Lock()
	defer f.d.mu.Unlock()
	if f.d.onWrite != nil {
		return f.d.onWrite
	}
	if s := f.d.files[f.name]; s != nil {
		s.since = append(s.since, c)
	}
	return nil
}

func (f *diskFile) WriteAt(p []byte, at int64) (int, error) {
	if err := f.changed(change{at, append([]byte{}, p...)}); err != nil {
		return 0, err
	}
	return f.File.WriteAt(p, at)
}

func (f *diskFile) Truncate(size int64) error {
	if err := f.changed(change{at: size}); err != nil {
		return err
	}
	return f.File.Truncate(size)
}

func (f *diskFile) Sync(flags vfs.SyncFlag) error {
	f.d.mu.Lock()
	defer f.d.mu.Unlock()
	if f.d.onSync != nil {
		return f.d.onSync
	}
	if s := f.d.files[f.name]; s != nil {
		for _, c := range s.since {
			s.apply(c)
		}
		s.since = nil
	}
	return nil // nothing here needs the real disk
}

func (f *diskFile) SharedMemory() vfs.SharedMemory {
	if f.d.noShared {
		return nil
	}
	return vfsutil.WrapSharedMemory(f.File)
}

func (f *diskFile) LockState() vfs.LockLevel        { return vfsutil.WrapLockState(f.File) }
func (f *diskFile) SizeHint(size int64) error       { return sqlite3.NOTFOUND }
func (f *diskFile) Unwrap() vfs.File                { return f.File }
func (f *diskFile) BusyHandler(handler func() bool) { vfsutil.WrapBusyHandler(f.File, handler) }

// cut gives the files as a power cut at this moment leaves them: of what was not waited
// for, some sectors are there and some are not.
func (d *disk) cut(luck *rand.Rand) map[string][]byte {
	d.mu.Lock()
	defer d.mu.Unlock()
	left := map[string][]byte{}
	for name, s := range d.files {
		after := surface{sure: append([]byte{}, s.sure...)}
		for _, c := range s.since {
			if c.data == nil {
				if luck.IntN(2) == 0 {
					after.apply(c)
				}
				continue
			}
			const sector = 512
			if end := c.at + int64(len(c.data)); int64(len(after.sure)) < end && luck.IntN(2) == 0 {
				after.apply(change{at: end}) // grown, and perhaps none of it written
			}
			for from := 0; from < len(c.data); from += sector {
				if luck.IntN(2) == 0 {
					after.apply(change{c.at + int64(from), c.data[from:min(from+sector, len(c.data))]})
				}
			}
		}
		left[name] = after.sure
	}
	return left
}

// putFiles writes files into a folder.
func putFiles(t *testing.T, folder string, files map[string][]byte) {
	t.Helper()
	if err := os.MkdirAll(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(folder, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
